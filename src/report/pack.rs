//! 现场检查表: the form on paper, in the order in which it is typed in afterwards (F72), with the
//! sheet about borrower, contract and instalments (R30) in front.

use std::collections::BTreeMap;

use super::judged::Judged;
use super::model::{Block, Said, Table};
use super::show::{column_head, pick};
use super::{Desk, Fault};
use crate::domain::answer::Evidence;
use crate::domain::flag::FlagState;
use crate::form::Row;
use crate::form::definition::{Item, Kind, Needed};
use crate::i18n::words;
use crate::protocol::page::PackReport;

/// Empty rows printed for a repeat group.
const EMPTY_ROWS: usize = 4;

/// How number, question, answer, last time and evidence share the width.
const SHARES: [u16; 5] = [6, 32, 35, 14, 13];

/// The content of a visit pack.
pub(super) fn blocks(desk: Desk<'_>, report: &PackReport) -> Result<Vec<Block>, Fault> {
    let t = desk.t;
    let text = report.pack_text.as_deref();
    let judged = Judged::new(text, &report.sections, &report.facts, &report.last, BTreeMap::new())?;
    let mut blocks = vec![
        desk.heading(1, t.sheet),
        head(desk, report),
        desk.borrower(),
        desk.contacts(),
        desk.loans(false),
        desk.instalments(6),
        desk.heading(2, t.why_now),
        desk.duties(&report.duties),
        desk.heading(3, t.open_flags),
    ];
    let live = desk.base.flags.iter();
    let live = live.filter(|flag| matches!(flag.state, FlagState::Proposed | FlagState::Confirmed));
    blocks.push(desk.flags(live, t.no_flags));
    blocks.push(desk.heading(4, t.promises_and_conditions));
    blocks.push(desk.conditions());
    if desk.base.dossier.strategy.is_some() {
        blocks.push(Block::Heading(2, t.strategy_decided.to_owned()));
        blocks.extend(desk.strategy());
    }
    blocks.push(Block::Break);
    blocks.push(desk.heading(5, t.form));
    blocks.push(Block::Note(t.how_to_fill.to_owned()));
    blocks.extend(form(desk, report, &judged)?);
    blocks.push(desk.heading(6, t.remarks_of_visit));
    blocks.push(Block::Lines(8));
    blocks.push(Block::Signatures(
        [t.person_met, t.lead, t.co_inspector]
            .into_iter()
            .map(|role| super::model::Signature { role: role.to_owned(), name: String::new() })
            .collect(),
    ));
    Ok(blocks)
}

/// Day, place and people of the visit: to be written.
fn head(desk: Desk<'_>, report: &PackReport) -> Block {
    let t = desk.t;
    let day = report.visit.as_ref().map(|row| row.visited_on.to_string()).unwrap_or_default();
    let number = report.visit.as_ref().map(|row| row.visit.to_string()).unwrap_or_default();
    Block::Pairs(vec![
        (t.visit_day.to_owned(), day.into()),
        (t.visit_no.to_owned(), number.into()),
        (t.from_to.to_owned(), Said::default()),
        (t.channel.to_owned(), Said::from(t.channels)),
    ])
}

/// Section by section. Questions that only some answers lead to are printed as well.
fn form(desk: Desk<'_>, report: &PackReport, judged: &Judged) -> Result<Vec<Block>, Fault> {
    let t = desk.t;
    let library = crate::assets::checklists::for_record(report.pack_text.as_deref())
        .map_err(|fault| Fault::Pack(fault.to_string()))?;
    let mut blocks = Vec::new();
    let chosen = library.sections().iter().filter(|s| report.sections.contains(&s.id));
    for (number, section) in (1_usize..).zip(chosen) {
        let title = format!("5.{number}  {}", pick(&section.title, desk.lang));
        blocks.push(Block::Heading(2, title));
        let mut table = Table::new(&[">#", t.question, t.answer, t.last_time, t.evidence]);
        table.shares = SHARES.to_vec();
        let mut groups = Vec::new();
        let mut count = 0;
        for item in &section.items {
            let rows: Vec<&Row> = judged
                .state
                .rows
                .iter()
                .filter(|row| row.repeat.is_none() && row.item.code == item.code)
                .collect();
            if rows.is_empty() && !item.computed {
                count += 1;
                table.row(line(desk, number, count, item, None));
            }
            for row in rows.into_iter().filter(|row| !row.item.computed) {
                count += 1;
                table.row(line(desk, number, count, item, Some(row)));
            }
            if let Kind::Group(cells) = &item.kind {
                groups.push(group(desk, item, cells, judged));
            }
        }
        blocks.push(table.or(t.not_part));
        blocks.extend(groups);
    }
    Ok(blocks)
}

/// A question with the place for its answer. Without a row it is asked only after certain answers.
fn line(
    desk: Desk<'_>,
    section: usize,
    number: usize,
    item: &Item,
    row: Option<&Row>,
) -> Vec<Said> {
    let t = desk.t;
    let mut title = match row {
        Some(row) => pick(&row.title, desk.lang).to_owned(),
        None => pick(&item.title, desk.lang).replace("{subject}", t.each_of_them),
    };
    if row.is_some_and(|row| row.needed == Needed::Hard) {
        title.push_str(" *");
    }
    if row.is_none() {
        title.push_str(&t.bracketed(t.if_it_applies));
    }
    let last = match row.and_then(|row| row.last.as_ref()) {
        Some(last) => Said::from(format!("{}\n{}", desk.value(item, &last.0.value), last.1)),
        None => Said::missing("—"),
    };
    let evidence = if item.evidence {
        let levels = Evidence::ALL.iter().map(|level| words::evidence(desk.lang, *level));
        boxes(&levels.collect::<Vec<_>>())
    } else {
        String::new()
    };
    let number = format!("{section}.{number}");
    vec![number.into(), title.into(), room(desk, item).into(), last, evidence.into()]
}

/// Boxes to tick.
fn boxes(names: &[&str]) -> String {
    names.iter().map(|name| format!("□{name}")).collect::<Vec<_>>().join("  ")
}

/// Where the answer goes.
fn room(desk: Desk<'_>, item: &Item) -> String {
    let t = desk.t;
    let blank = "____________";
    match &item.kind {
        Kind::Bool => boxes(&[t.yes, t.no]),
        Kind::Choice(choices) | Kind::Multi(choices) => {
            boxes(&choices.iter().map(|c| pick(&c.words, desk.lang)).collect::<Vec<_>>())
        }
        Kind::Number(unit) => format!("{blank} {}", pick(unit, desk.lang)),
        Kind::Money => format!("{blank} {}", t.yuan),
        Kind::Percent => format!("{blank} %"),
        Kind::Date => "____-__-__".to_owned(),
        Kind::Text => format!("{blank}{blank}"),
        Kind::LongText => format!("{blank}{blank}\n{blank}{blank}\n{blank}{blank}"),
        Kind::Document => t.document_boxes.to_owned(),
        Kind::Group(_) => t.see_below.to_owned(),
    }
}

/// A table to be filled in for a repeat group: a row for each thing that it is about, where the
/// checklist knows them, otherwise empty ones.
fn group(desk: Desk<'_>, item: &Item, cells: &[std::sync::Arc<Item>], judged: &Judged) -> Block {
    let prefix = format!("{}[", item.code);
    let rows = judged.state.rows.iter();
    let inside: Vec<&Row> = rows.filter(|row| row.path.starts_with(&prefix)).collect();
    let subjects: Vec<String> = desk.subjects(&inside).into_values().collect();
    let named = !subjects.is_empty();
    let heads = cells.iter().map(|cell| desk.t.begun(&column_head(pick(&cell.title, desk.lang))));
    let heads: Vec<String> =
        named.then(|| desk.t.about.to_owned()).into_iter().chain(heads).collect();
    let titles: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut table = Table::new(&titles);
    pick(&item.title, desk.lang).clone_into(&mut table.caption);
    let rows = if named { subjects } else { vec![String::new(); EMPTY_ROWS] };
    for subject in rows {
        let row = cells.iter().map(|cell| match &cell.kind {
            Kind::Choice(choices) | Kind::Multi(choices) => {
                boxes(&choices.iter().map(|c| pick(&c.words, desk.lang)).collect::<Vec<_>>())
            }
            Kind::Bool => boxes(&[desk.t.yes, desk.t.no]),
            _ => "________".to_owned(),
        });
        let first = named.then(|| Said::strong(subject));
        table.row(first.into_iter().chain(row.map(Said::from)).collect());
    }
    Block::Table(table)
}
