//! Facts of the preparation: what look-ups found, what was not queried, whom the officer meant to
//! meet, and on what to look first.

use chrono::NaiveDate;
use rusqlite::{Connection, Result, named_params};

use crate::access::mask_name;
use crate::domain::answer::Value;
use crate::domain::duty::DutyCode;
use crate::domain::facts::{self, Facts, NOTE};
use crate::domain::flag::Level;
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::loan::Tier;
use crate::domain::money::Decimal4;
use crate::domain::preparation::LookedUp;
use crate::form::preparation::{FocusRule, Preparation, Situation};
use crate::protocol::page::LookUpRow;
use crate::protocol::reply::Refusal;
use crate::store::prepared;
use crate::store::row::maybe_day;
use crate::store::write::Ctx;
use crate::store::write::record::Record;

/// Facts that this file gives, and takes away where they hold no more.
const NAMES: [&str; 7] = [
    facts::FINDINGS,
    facts::FINDING_KINDS,
    facts::NOT_QUERIED,
    facts::LOOKED_UP,
    facts::PROPOSED_FOCUS,
    facts::PLANNED_TO_MEET,
    facts::PLANNED_ROLES,
];

/// Adds the facts of the preparation to those about the customer; `visit` = for this one.
pub(in crate::store) fn add_preparation(
    db: &Connection,
    pack: &Preparation,
    customer: &CustomerId,
    visit: Option<&VisitId>,
    facts: &mut Facts,
) -> Result<()> {
    for name in NAMES {
        facts.0.remove(name);
    }
    let Some(day) = day(facts) else { return Ok(()) };
    let line = prepared::line(db, customer)?;
    let (mut found, mut kinds, mut open, mut done) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for lookup in pack.lookups_for(line) {
        let row = prepared::look_up(db, customer, lookup, day, None)?;
        match row.result {
            LookedUp::Nothing => done += 10_000,
            LookedUp::Found => {
                found.push(noted(&row));
                let option = row.last.as_ref().map_or("", |last| last.option.as_str());
                kinds.push(format!("{}:{option}", row.code));
            }
            LookedUp::NotQueried => open.push(noted(&row)),
        }
    }
    let mut put = |name: &str, value| facts.0.insert(name.to_owned(), value);
    put(facts::FINDINGS, Value::Multi(found));
    put(facts::FINDING_KINDS, Value::Multi(kinds));
    put(facts::NOT_QUERIED, Value::Multi(open));
    put(facts::LOOKED_UP, Value::Number(Decimal4(done)));
    let chosen = prepared::chosen(db, customer, visit)?;
    if !chosen.is_empty() {
        let people = prepared::people(db, customer)?;
        let meant = |name: &String| people.iter().find(|person| person.name == *name);
        let roles = chosen.iter().filter_map(|name| meant(name)?.role.as_deref().map(asked_as));
        let roles = roles.map(str::to_owned).collect();
        let names = chosen.iter().map(|name| mask_name(name)).collect();
        put(facts::PLANNED_TO_MEET, Value::Multi(names));
        put(facts::PLANNED_ROLES, Value::Multi(roles));
    }
    if let Some(rule) = focus(db, pack, customer, facts)? {
        let code = rule.focus.as_code().to_owned();
        facts.0.insert(facts::PROPOSED_FOCUS.to_owned(), Value::Choice(code));
    }
    Ok(())
}

/// [`add_preparation`] for an open record.
pub(in crate::store::write) fn prepare(
    ctx: &Ctx<'_>,
    record: &Record,
    facts: &mut Facts,
) -> Result<(), Refusal> {
    let pack = &ctx.packs.preparation;
    Ok(add_preparation(ctx.tx, pack, &record.customer, Some(&record.visit), facts)?)
}

/// The rule that proposes a focus for a visit with these facts.
pub(in crate::store) fn focus<'p>(
    db: &Connection,
    pack: &'p Preparation,
    customer: &CustomerId,
    facts: &Facts,
) -> Result<Option<&'p FocusRule>> {
    const YOUNGEST: &str =
        "SELECT max(disbursed_on) FROM loans WHERE customer_id = :id AND status = 'active'";
    const LEVEL: &str = "
        SELECT max(CASE level WHEN 'red' THEN 3 WHEN 'orange' THEN 2 ELSE 1 END)
        FROM flags WHERE customer_id = :id AND state IN ('proposed', 'confirmed')";
    let parameters = named_params! {":id": customer.as_str()};
    let youngest: Option<NaiveDate> =
        db.prepare_cached(YOUNGEST)?.query_row(parameters, |row| maybe_day(row, 0))?;
    let level: Option<i64> = db.prepare_cached(LEVEL)?.query_row(parameters, |row| row.get(0))?;
    let duties: Vec<DutyCode> = match facts.get(facts::DUTIES) {
        Some(Value::Multi(codes)) => codes.iter().filter_map(|c| DutyCode::from_code(c)).collect(),
        _ => Vec::new(),
    };
    let industry = match facts.get(facts::INDUSTRY) {
        Some(Value::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let tier = match facts.get(facts::TIER) {
        Some(Value::Choice(code)) => Tier::from_code(code),
        _ => None,
    };
    Ok(pack.focus(&Situation {
        duties: &duties,
        industry,
        tier,
        level: level.and_then(|n| Level::ALL.get(usize::try_from(n - 1).ok()?)).copied(),
        youngest_loan_days: day(facts).zip(youngest).map(|(day, loan)| (day - loan).num_days()),
        visited: facts.get(facts::LAST_VISIT).is_some(),
    }))
}

fn day(facts: &Facts) -> Option<NaiveDate> {
    match facts.get(facts::TODAY) {
        Some(Value::Date(day)) => Some(*day),
        _ => None,
    }
}

/// The code with what was said to it. A list is kept with `;` between its parts.
fn noted(row: &LookUpRow) -> String {
    let Some(last) = &row.last else { return row.code.clone() };
    let day = last.on.filter(|_| row.stale).map(|on| format!("{on} ")).unwrap_or_default();
    let said = format!("{day}{}", last.detail).replace(';', "；").replace('\n', " ");
    let said = said.trim();
    if said.is_empty() { row.code.clone() } else { format!("{}{NOTE}{said}", row.code) }
}

/// The role under which the form asks for somebody: its list is shorter than that of the contacts.
fn asked_as(role: &str) -> &str {
    match role {
        "legal_rep" => "borrower",
        "project_lead" => "manager",
        role => role,
    }
}
