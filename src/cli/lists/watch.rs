//! `huifang flags --watch`: the watch list (关注名单), one row a customer with confirmed flags.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Lens;
use crate::cli::table::Sheet;
use crate::domain::flag::FlagState;
use crate::domain::ids::CustomerId;
use crate::fault::Fault;
use crate::i18n::{Catalog, words};
use crate::protocol::page::FlagRow;

/// The customers with confirmed flags: worst level first, then the longest on the list.
pub(super) fn sheet(lens: &Lens<'_>) -> Result<Sheet, Fault> {
    let t = &Catalog::of(lens.lang).cli;
    let mut sheet = Sheet::new(&[
        ("customer_id", t.customer_id),
        ("customer", t.customer),
        ("level", t.level),
        ("flags", t.flags),
        ("signals", t.signal),
        ("since", t.raised),
        ("due_on", t.due),
        ("overdue_days", t.overdue),
        ("owners", t.owner),
    ]);
    let mut watched: BTreeMap<CustomerId, Vec<FlagRow>> = BTreeMap::new();
    for row in lens.live()?.into_iter().filter(|row| row.state == FlagState::Confirmed) {
        watched.entry(row.customer.clone()).or_default().push(row);
    }
    let mut watched: Vec<(CustomerId, Vec<FlagRow>)> = watched.into_iter().collect();
    watched.sort_by_key(|(customer, flags)| {
        let worst = flags.iter().map(|flag| flag.level).max();
        let since = flags.iter().map(|flag| flag.raised_on).min();
        (std::cmp::Reverse(worst), since, customer.clone())
    });
    for (customer, flags) in watched {
        let name = flags.first().map_or("", |flag| flag.name.as_str());
        if lens.wanted(&[name, customer.as_str()]) {
            sheet.push(row(lens, &customer, name, &flags));
        }
    }
    Ok(sheet)
}

fn row(lens: &Lens<'_>, customer: &CustomerId, name: &str, flags: &[FlagRow]) -> Vec<Value> {
    let worst = flags.iter().map(|flag| flag.level).max();
    let signals: Vec<_> = flags.iter().map(|flag| flag.signal.as_str()).collect();
    let owners: BTreeMap<_, _> =
        flags.iter().filter_map(|flag| Some((flag.owner.as_ref()?, lens.owner(flag)))).collect();
    vec![
        json!(customer.as_str()),
        json!(name),
        worst.map_or(Value::Null, |l| lens.word(l.as_code(), words::level(lens.lang, l))),
        json!(flags.len()),
        json!(signals),
        json!(flags.iter().map(|flag| flag.raised_on).min().map(|day| day.to_string())),
        json!(flags.iter().filter_map(|flag| flag.due_on).min().map(|day| day.to_string())),
        json!(flags.iter().map(|flag| flag.overdue_days).max()),
        owners.into_values().collect(),
    ]
}
