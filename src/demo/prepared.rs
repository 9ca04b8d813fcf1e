//! Preparations of the invented visits: finished ones, half-finished ones, and some that found
//! something.

use chrono::{DateTime, Days, FixedOffset};

use crate::access::Actor;
use crate::domain::ids::{CustomerId, OpId};
use crate::domain::preparation::LookedUp;
use crate::form::preparation::LookUp;
use crate::protocol::command::{Command, LookUpNote};
use crate::protocol::page::{BriefPage, Page};
use crate::protocol::query::{CustomerFilter, CustomerSort, Query, Window};
use crate::store::Store;

/// How far a preparation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// Everything was looked up, nothing was found.
    Whole,
    /// Every other look-up is missing, one with its reason.
    Half,
    /// Everything was looked up, and a court case was found.
    Finding,
}

/// Look-ups that find something in the invented portfolio, and what.
const FOUND: [(&str, &str); 2] = [
    ("court_company", "本年9月立案，执行标的80万元，申请执行人为供货商"),
    ("court_person", "本年10月立案，执行标的12万元"),
];

/// Which of the first officer's customers are prepared, by their places in her list.
const STORY: [(u32, Extent); 6] = [
    (2, Extent::Whole),
    (3, Extent::Half),
    (5, Extent::Finding),
    (7, Extent::Whole),
    (12, Extent::Half),
    (15, Extent::Finding),
];

/// Makes the preparations of one officer.
pub(super) fn make(store: &mut Store, officer: &Actor, at: DateTime<FixedOffset>) {
    for (place, extent) in STORY {
        let query = Query::Customers {
            filter: CustomerFilter::default(),
            sort: CustomerSort::Id,
            window: Window { offset: place, limit: 1 },
        };
        let Ok(Page::Customers(page)) = store.query(officer, at, &query) else { continue };
        if let Some(row) = page.rows.first() {
            prepare(store, officer, &row.customer, extent, at);
        }
    }
}

/// Prepares a visit to a customer. What the store refuses is left out: it can be looked up by hand.
fn prepare(
    store: &mut Store,
    officer: &Actor,
    customer: &CustomerId,
    extent: Extent,
    at: DateTime<FixedOffset>,
) {
    let query = Query::Brief { customer: customer.clone() };
    let Ok(Page::Brief(page)) = store.query(officer, at, &query) else { return };
    let packs = std::sync::Arc::clone(store.packs());
    let mut found = false;
    let mut commands = Vec::new();
    for (n, row) in page.lookups.iter().enumerate() {
        let Some(lookup) = packs.preparation.lookup(&row.code) else { continue };
        let detail = FOUND.iter().find(|(code, _)| *code == row.code && !found).map(|(_, d)| *d);
        let (result, detail) = match (extent, detail) {
            (Extent::Finding, Some(detail)) => (LookedUp::Found, detail),
            (Extent::Half, _) if n == 1 => (LookedUp::NotQueried, "公示系统维护，页面打不开"),
            (Extent::Half, _) if !n.is_multiple_of(2) => continue,
            _ => (LookedUp::Nothing, ""),
        };
        found |= result == LookedUp::Found;
        commands.extend(note(customer, lookup, result, detail, row.revision, at));
    }
    if extent != Extent::Half {
        commands.extend(meet(&page));
    }
    for (n, command) in commands.into_iter().enumerate() {
        let op = OpId(format!("demo-prepare-{customer}-{}-{n}", at.date_naive()));
        if let Err(why) = store.apply(officer, at, &op, &command) {
            tracing::debug!(?why, %customer, "demo preparation left out");
        }
    }
}

fn note(
    customer: &CustomerId,
    lookup: &LookUp,
    result: LookedUp,
    detail: &str,
    seen: i64,
    at: DateTime<FixedOffset>,
) -> Option<Command> {
    let option = lookup.options.iter().find(|option| option.result == result)?;
    // Looked up the evening before.
    let on = at.date_naive().checked_sub_days(Days::new(1))?;
    Some(Command::NoteLookUp(LookUpNote {
        customer: customer.clone(),
        check: lookup.code.clone(),
        option: option.code.clone(),
        detail: detail.to_owned(),
        place: lookup.place.zh.clone(),
        on: (result != LookedUp::NotQueried).then_some(on),
        seen,
    }))
}

/// Of each group of roles the first one on file.
fn meet(page: &BriefPage) -> Option<Command> {
    let of = |roles: &[String]| {
        let fits = |role: &Option<String>| role.as_ref().is_some_and(|role| roles.contains(role));
        page.people.iter().find(|person| fits(&person.role)).map(|person| person.key.clone())
    };
    let mut people: Vec<String> =
        page.must_meet.iter().filter_map(|must| of(&must.roles)).collect();
    people.dedup();
    let customer = page.dossier.customer.clone();
    let seen = page.people_revision;
    (!people.is_empty()).then_some(Command::PlanMeeting { customer, people, seen })
}
