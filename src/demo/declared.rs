//! What one customer of the demo answered in a questionnaire: most of it where the officer had
//! nothing, and one figure that is not hers.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Days, FixedOffset};

use crate::access::Actor;
use crate::domain::answer::{Answer, Value};
use crate::domain::ids::{OpId, VisitId};
use crate::domain::money::{Decimal4, Fen};
use crate::form::{Form, Kind, Row};
use crate::protocol::command::{Command, Conduct};
use crate::protocol::page::{Page, VisitPage};
use crate::protocol::query::{CustomerFilter, CustomerSort, Query, Window};
use crate::protocol::reply::Refusal;
use crate::store::Store;

/// Place of the officer's customer whose draft has a questionnaire.
const PLACE: u32 = 12;
/// How many answers came that the officer had not.
const NEW: usize = 4;

/// Takes the questionnaire in. What the store refuses is left out.
pub(super) fn make(store: &mut Store, officer: &Actor, now: DateTime<FixedOffset>) {
    if let Err(why) = take_in(store, officer, now) {
        tracing::debug!(?why, "demo questionnaire left out");
    }
}

fn take_in(store: &mut Store, officer: &Actor, now: DateTime<FixedOffset>) -> Result<(), Refusal> {
    let page = draft(store, officer, now)?.ok_or(Refusal::NotFound)?;
    let library = Arc::clone(&store.packs().library);
    let form =
        Form::new(Arc::clone(&library), &page.sections, page.facts.clone(), page.last.clone());
    let answers: BTreeMap<String, Answer> =
        page.answers.iter().map(|(item, at)| (item.clone(), at.answer.clone())).collect();
    let state = form.evaluate(&answers);
    let asked = || state.rows.iter().filter(|row| row.item.declarable && !row.item.computed);
    let new = asked().filter(|row| !row.answered).filter_map(|row| Some((row, told(row)?)));
    let mut said: Vec<(String, Value)> =
        new.take(NEW).map(|(row, value)| (row.path.to_string(), value)).collect();
    let other = asked().filter_map(|row| Some((row, other(&answers.get(&*row.path)?.value)?)));
    said.extend(other.take(1).map(|(row, value)| (row.path.to_string(), value)));
    let on = now.date_naive();
    let command = Command::Conduct(Conduct::TakeQuestionnaire {
        visit: page.visit.clone(),
        version: page.version,
        pack: page.pack.clone(),
        by: String::from("财务负责人"),
        on: on.checked_sub_days(Days::new(1)).unwrap_or(on),
        answers: said,
    });
    store.apply(officer, now, &OpId(String::from("demo-questionnaire")), &command)?;
    Ok(())
}

/// The open record of the customer.
fn draft(
    store: &Store,
    officer: &Actor,
    now: DateTime<FixedOffset>,
) -> Result<Option<Arc<VisitPage>>, Refusal> {
    let query = Query::Customers {
        filter: CustomerFilter::default(),
        sort: CustomerSort::Id,
        window: Window { offset: PLACE, limit: 1 },
    };
    let Page::Customers(page) = store.query(officer, now, &query)? else { return Ok(None) };
    let Some(row) = page.rows.first() else { return Ok(None) };
    let query = Query::Dossier { customer: row.customer.clone() };
    let Page::Dossier(page) = store.query(officer, now, &query)? else { return Ok(None) };
    let open = page.record.clone().filter(|(_, state)| state.is_open());
    let Some((visit, _)): Option<(VisitId, _)> = open else { return Ok(None) };
    match store.query(officer, now, &Query::Visit { visit })? {
        Page::Visit(page) => Ok(Some(page)),
        _ => Ok(None),
    }
}

/// What a customer would say where nobody has asked her yet.
fn told(row: &Row) -> Option<Value> {
    Some(match &row.item.kind {
        Kind::Bool => Value::Bool(false),
        Kind::Choice(options) => Value::Choice(options.first()?.code.clone()),
        Kind::Number(_) => Value::Number(Decimal4::from_int(12)),
        Kind::Percent => Value::Number(Decimal4::from_int(30)),
        Kind::Money => Value::Money(Fen::from_yuan(860_000)),
        Kind::Text | Kind::LongText => Value::Text(String::from("与往年相同，年底前为旺季")),
        _ => return None,
    })
}

/// Another figure than the officer's.
fn other(own: &Value) -> Option<Value> {
    match own {
        Value::Money(fen) if fen.0 > 0 => Some(Value::Money(Fen(fen.0 / 10 * 9))),
        Value::Number(n) if n.0 > 0 => {
            Some(Value::Number(Decimal4(n.0 / 10_000 * 10_000 + 20_000)))
        }
        _ => None,
    }
}
