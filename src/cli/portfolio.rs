//! `huifang portfolio`: the portfolio in sight by tier, industry, district, officer, group or customer.

use serde_json::{Value, json};

use super::args::{Format, Portfolio};
use super::session::{Desk, Io, Session, Want};
use super::table::Sheet;
use crate::assets::portfolio as limits;
use crate::domain::loan::Tier;
use crate::domain::portfolio_by::PortfolioBy;
use crate::fault::Fault;
use crate::i18n::{Catalog, words};
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;
use crate::risk::portfolio::share;

/// Prints one view.
pub fn run(args: &Portfolio, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let mut session = Session::batch(desk, Want::Read)?;
    let by = PortfolioBy::from_code(&args.by).unwrap_or(PortfolioBy::Tier);
    // Every row: who reads a file adds them up, and a terminal can be scrolled.
    let query = Query::Portfolio { by, whole: true };
    let Page::Portfolio(page) = session.store.query(&session.actor, session.now(), &query)? else {
        return Err(Refusal::NotFound.into());
    };
    let text = &Catalog::of(desk.lang).portfolio;
    let machine = format != Format::Table || args.out.is_some();
    let mut sheet = Sheet::new(&[
        ("key", text.by(by)),
        ("name", ""),
        ("customers", text.customers),
        ("exposure", text.exposure),
        ("share", text.share),
        ("special_mention", text.mention),
        ("bad", text.bad),
        ("past_due", text.past_due),
        ("red", text.red),
        ("orange", text.orange),
        ("without_balance", text.without_balance),
        ("out_of_sight", text.out_of_sight),
        ("of_capital", text.capital_percent),
        ("over", text.over_limit),
    ]);
    let by_capital = matches!(by, PortfolioBy::Single | PortfolioBy::Group);
    let percent = |part, whole| share(part, whole).map_or(Value::Null, |of| json!(of.to_string()));
    // Of all parts there is a row for people; who reads a file adds up what is there.
    let total = (!machine).then_some(&page.total);
    for (at, row) in page.rows.iter().chain(total).enumerate() {
        let key = match (by, machine) {
            _ if at == page.rows.len() => text.total.to_owned(),
            (PortfolioBy::Tier, false) => Tier::from_code(&row.key)
                .map_or_else(|| row.key.clone(), |tier| words::tier(desk.lang, tier).to_owned()),
            (PortfolioBy::Strategy, false) => {
                text.strategy(&row.key).map_or_else(|| row.key.clone(), str::to_owned)
            }
            _ => row.key.clone(),
        };
        // All of it together is held against nothing.
        let held = limits::shared().held(by, row.exposure, page.total.exposure);
        let held = held.filter(|_| at < page.rows.len());
        sheet.push(vec![
            json!(key),
            json!(row.name),
            json!(row.customers),
            json!(row.exposure.to_string()),
            percent(row.exposure, page.total.exposure),
            percent(row.mention, row.exposure),
            percent(row.bad, row.exposure),
            json!(row.past_due),
            json!(row.flags[0]),
            json!(row.flags[1]),
            json!(row.unknown),
            json!(row.hidden),
            held.filter(|_| by_capital)
                .and_then(|held| held.share)
                .map_or(Value::Null, |of| json!(of.to_string())),
            held.map_or(Value::Null, |held| json!(held.is_over())),
        ]);
    }
    match &args.out {
        Some(path) => {
            let subject = format!("portfolio {}", by.as_code());
            let place = super::leave::Place { path, force: args.force };
            super::leave::to_file(&sheet, place, &subject, &mut session, (desk, io))
        }
        None => super::lists::print(&sheet, format, io),
    }?;
    if !machine && page.total.unknown > 0 {
        writeln!(io.out, "{}", text.missing(page.total.unknown))?;
    }
    Ok(())
}
