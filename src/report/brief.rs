//! 访前提要: what to know before going there, on two pages.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};

use super::judged::Judged;
use super::model::{Block, Said, Table};
use super::renewal::conclusion;
use super::show::pick;
use super::{Desk, Fault};
use crate::domain::answer::Value;
use crate::domain::flag::FlagState;
use crate::form::definition::Kind;
use crate::i18n::words;
use crate::protocol::page::{BriefReport, PastVisit};

/// The content of a brief.
pub(super) fn blocks(desk: Desk<'_>, report: &BriefReport) -> Result<Vec<Block>, Fault> {
    let t = desk.t;
    let mut blocks = vec![
        desk.heading(1, t.why_now),
        desk.duties(&report.duties),
        desk.heading(2, t.who_to_meet),
        desk.borrower(),
        desk.contacts(),
        desk.heading(3, t.changed_last),
    ];
    blocks.extend(changed(desk, report)?);
    blocks.push(desk.heading(4, t.figures));
    blocks.push(desk.loans(false));
    blocks.extend(desk.four_columns(desk.base.as_of, report.last.first().map(day_of)));
    blocks.push(desk.heading(5, t.open_flags));
    let live = desk.base.flags.iter();
    let live = live.filter(|flag| matches!(flag.state, FlagState::Proposed | FlagState::Confirmed));
    blocks.push(desk.flags(live, t.no_flags));
    blocks.push(desk.heading(6, t.promises_and_conditions));
    blocks.push(desk.conditions());
    blocks.push(desk.covenants());
    blocks.push(desk.instalments(3));
    blocks.push(desk.heading(7, t.to_collect));
    blocks.push(to_collect(desk, report)?);
    blocks.push(desk.heading(8, t.near_by));
    blocks.push(near(desk, report));
    Ok(blocks)
}

fn day_of(past: &PastVisit) -> NaiveDate {
    past.row.visited_on
}

/// What the last visit found, and where it differed from the one before.
fn changed(desk: Desk<'_>, report: &BriefReport) -> Result<Vec<Block>, Fault> {
    let t = desk.t;
    let Some(latest) = report.last.first() else {
        return Ok(vec![Block::Text(Said::missing(t.no_record))]);
    };
    let Some(record) = &latest.record else {
        return Ok(vec![Block::Text(Said::missing(t.no_record))]);
    };
    let earlier = report.last.get(1);
    let last: BTreeMap<_, _> = earlier
        .into_iter()
        .flat_map(|past| {
            let answers = past.record.iter().flat_map(|record| &record.answers);
            answers.map(|(item, answer)| (item.clone(), (answer.clone(), past.row.visited_on)))
        })
        .collect();
    let text = record.pack_text.as_deref();
    let judged = Judged::new(text, &record.sections, &record.facts, &last, record.answers.clone())?;
    let mut blocks = vec![Block::Pairs(vec![
        (t.visit_day.to_owned(), latest.row.visited_on.to_string().into()),
        (t.inspector.to_owned(), latest.row.officer_name.as_str().into()),
        (t.conclusion.to_owned(), conclusion(desk, latest)),
    ])];
    let now = latest.row.visited_on.to_string();
    let before = earlier.map(|past| past.row.visited_on.to_string());
    let Some(before) = before else {
        blocks.push(Block::Text(Said::missing(t.nothing_to_compare)));
        return Ok(blocks);
    };
    let mut table = Table::new(&[t.item, &now, &before, t.evidence_and_note]);
    for row in &judged.state.rows {
        let group = matches!(row.item.kind, Kind::Group(_) | Kind::Document);
        let differs = row.last.as_ref().is_some_and(|l| judged.value(row) != Some(&l.0.value));
        if differs && !group && row.repeat.is_none() {
            table.row(vec![
                pick(&row.title, desk.lang).into(),
                desk.now(&judged, row),
                desk.before(row),
                desk.remark(&judged, row),
            ]);
        }
    }
    blocks.push(table.or(t.no_change));
    Ok(blocks)
}

/// Documents that the next checklist asks for, with the months that they have to cover.
fn to_collect(desk: Desk<'_>, report: &BriefReport) -> Result<Block, Fault> {
    let t = desk.t;
    let paper = &report.paper;
    let text = paper.pack_text.as_deref();
    let judged = Judged::new(text, &paper.sections, &paper.facts, &paper.last, BTreeMap::new())?;
    let window = window(desk.base.as_of);
    let mut table = Table::new(&[t.document, t.covers, t.last_time]);
    let rows = judged.state.rows.iter().filter(|row| matches!(row.item.kind, Kind::Document));
    for row in rows {
        let last = match row.last.as_deref() {
            Some((answer, day)) => match &answer.value {
                value @ Value::Document { .. } => {
                    Said::from(format!("{day}  {}", desk.value(&row.item, value)))
                }
                _ => desk.before(row),
            },
            None => Said::missing(t.none_before),
        };
        let covers = if row.item.photo { t.on_the_spot.to_owned() } else { window.clone() };
        table.row(vec![pick(&row.title, desk.lang).into(), covers.into(), last]);
    }
    Ok(table.or(t.no_documents))
}

/// The last three full months: `2026-08 – 2026-10`.
fn window(today: NaiveDate) -> String {
    let first = today.with_day(1).unwrap_or(today);
    let back = |months: u32| first.checked_sub_months(Months::new(months)).unwrap_or(first);
    format!("{} – {}", back(3).format("%Y-%m"), back(1).format("%Y-%m"))
}

/// Who else is due in the same district.
fn near(desk: Desk<'_>, report: &BriefReport) -> Block {
    let t = desk.t;
    let mut table = Table::new(&[t.customer, t.customer_id, t.due_on, t.duty]);
    for row in &report.near {
        let codes: Vec<&str> = row.codes.iter().map(|c| words::duty(desk.lang, *c)).collect();
        table.row(vec![
            row.name.as_str().into(),
            row.customer.as_str().into(),
            row.due.to_string().into(),
            desk.join(&codes).into(),
        ]);
    }
    table.or(t.nobody_near)
}
