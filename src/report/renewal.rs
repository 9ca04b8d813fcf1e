//! 续贷摘要: everything since the first visit on a page or two, for the renewal meeting (F77).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::judged::Judged;
use super::model::{Block, Said, Table};
use super::show::pick;
use super::{Desk, Fault};
use crate::domain::answer::{DocumentState, Value};
use crate::domain::flag::FlagState;
use crate::domain::money::Decimal4;
use crate::domain::todo::{Promiser, TodoState};
use crate::form::definition::Kind;
use crate::form::{Row, entry};
use crate::i18n::words;
use crate::protocol::page::{ConditionRow, PastVisit, TodoRow};

/// Visits whose figures stand side by side.
const COLUMNS: usize = 4;
/// Figures from visits that are followed.
const FOLLOWED: usize = 8;
/// Visits listed one by one; earlier ones are counted.
const LISTED: usize = 12;
/// Within so many days of the day for which it was promised, a visit that has the document proves that
/// it came in time: nobody notes the day on which a paper comes.
const PROVES_FOR: i64 = 31;

/// The content of a renewal summary.
pub(super) fn blocks(desk: Desk<'_>, visits: &[PastVisit]) -> Result<Vec<Block>, Fault> {
    let t = desk.t;
    let done: Vec<&PastVisit> = visits.iter().filter(|past| past.row.state.is_done()).collect();
    let judged = latest_judged(&done)?;
    let mut blocks = vec![
        desk.heading(1, t.loans_and_exposure),
        desk.borrower(),
        desk.loans(false),
        desk.heading(2, t.eight_figures),
        desk.eight(),
        desk.heading(3, t.seen_figures),
        followed(desk, &judged),
        desk.heading(4, t.promises),
    ];
    blocks.extend(promises(desk, &done));
    blocks.push(desk.heading(5, t.flags_and_outcome));
    blocks.push(flag_counts(desk));
    blocks.push(desk.flags(desk.base.flags.iter(), t.no_flags));
    blocks.push(desk.heading(6, t.visits_made));
    blocks.extend(list(desk, &done));
    blocks.push(desk.heading(7, t.judgement_course));
    blocks.push(course(desk, &judged));
    blocks.push(desk.heading(8, t.strategy_decided));
    blocks.extend(desk.strategy());
    blocks.push(Block::Heading(2, t.strategy_history.to_owned()));
    blocks.push(desk.strategies());
    Ok(blocks)
}

impl Desk<'_> {
    /// A numbered heading.
    pub(super) fn heading(&self, number: usize, title: &str) -> Block {
        Block::Heading(1, self.t.numbered(number, title))
    }
}

/// A visit with its judged record.
type Seen<'a> = (&'a PastVisit, Judged);

/// The last visits that have a record, judged, earliest first.
fn latest_judged<'a>(done: &[&'a PastVisit]) -> Result<Vec<Seen<'a>>, Fault> {
    let with_record = done.iter().rev().filter_map(|past| Some((*past, past.record.as_ref()?)));
    let mut seen = Vec::new();
    for (past, record) in with_record.take(COLUMNS) {
        let text = record.pack_text.as_deref();
        let none = BTreeMap::new();
        let answers = record.answers.clone();
        seen.push((past, Judged::new(text, &record.sections, &record.facts, &none, answers)?));
    }
    seen.reverse();
    Ok(seen)
}

fn is_figure(row: &Row) -> bool {
    row.repeat.is_none()
        && row.answered
        && matches!(row.item.kind, Kind::Money | Kind::Number(_) | Kind::Percent)
}

/// Figures that officers saw, over the last visits: those that were asked most often.
fn followed(desk: Desk<'_>, seen: &[Seen<'_>]) -> Block {
    let t = desk.t;
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for (_, judged) in seen.iter().rev() {
        for row in judged.state.rows.iter().filter(|row| is_figure(row)) {
            match counts.iter_mut().find(|(code, _)| *code == &*row.path) {
                Some((_, count)) => *count += 1,
                None => counts.push((&row.path, 1)),
            }
        }
    }
    // Stable: among equals the order of the form stays.
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.truncate(FOLLOWED);
    let mut titles = vec![t.figure.to_owned()];
    titles.extend(seen.iter().map(|(past, _)| format!(">{}", past.row.visited_on)));
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut table = Table::new(&titles);
    for (path, _) in counts {
        let mut name = path.to_owned();
        let mut cells = Vec::new();
        for (_, judged) in seen {
            cells.push(match judged.state.row(path) {
                Some(row) => {
                    pick(&row.title, desk.lang).clone_into(&mut name);
                    desk.now(judged, row)
                }
                None => Said::missing(t.not_asked),
            });
        }
        let mut row = vec![Said::from(name)];
        row.extend(cells);
        table.row(row);
    }
    table.or(t.no_record)
}

/// What was promised and what became of it.
#[derive(Debug, Default)]
struct Tally {
    kept: u32,
    broken: u32,
    open: u32,
}

impl Tally {
    /// Conditions of the approval: kept when done by their day, broken when that passed without.
    fn conditions(&mut self, rows: &[ConditionRow], today: NaiveDate) {
        for row in rows {
            match (row.done_on, row.due_on) {
                (Some(done), Some(due)) if done > due => self.broken += 1,
                (Some(_), _) => self.kept += 1,
                (None, Some(due)) if due < today => self.broken += 1,
                (None, _) => self.open += 1,
            }
        }
    }

    /// Documents that were promised at visits, by item. The first promise of one counts; whether it
    /// came by its day tells the later visits.
    fn documents<'v>(&mut self, done: &[&'v PastVisit], today: NaiveDate) -> BTreeSet<&'v str> {
        let mut promised: BTreeMap<&str, NaiveDate> = BTreeMap::new();
        let mut settled: BTreeSet<&str> = BTreeSet::new();
        for past in done {
            for (item, answer) in past.record.iter().flat_map(|record| &record.answers) {
                let Value::Document { state, until, .. } = &answer.value else { continue };
                match (state, promised.get(item.as_str())) {
                    (DocumentState::Promised, None) => {
                        if let Some(until) = until {
                            promised.insert(item, *until);
                        }
                    }
                    (DocumentState::Received, Some(until)) if settled.insert(item) => {
                        let late = (past.row.visited_on - *until).num_days() > PROVES_FOR;
                        if late { self.broken += 1 } else { self.kept += 1 }
                    }
                    (DocumentState::Refused, Some(_)) if settled.insert(item) => self.broken += 1,
                    _ => {}
                }
            }
        }
        for (item, until) in &promised {
            if !settled.contains(item) {
                if *until < today { self.broken += 1 } else { self.open += 1 }
            }
        }
        promised.into_keys().collect()
    }

    /// What the customer promised otherwise; a document that visits tell of is counted there.
    fn todos(&mut self, rows: &[TodoRow], documents: &BTreeSet<&str>, today: NaiveDate) {
        for row in rows.iter().filter(|row| row.promised_by == Promiser::Customer) {
            if row.item.as_deref().is_some_and(|item| documents.contains(item)) {
                continue;
            }
            match (row.state, row.done_on) {
                (TodoState::Done, Some(done)) if done > row.due_on => self.broken += 1,
                (TodoState::Done, _) => self.kept += 1,
                (TodoState::Open, _) if row.due_on < today => self.broken += 1,
                (TodoState::Open, _) => self.open += 1,
                (TodoState::Dropped, _) => {}
            }
        }
    }
}

/// What was promised, and how much of it was kept.
fn promises(desk: Desk<'_>, done: &[&PastVisit]) -> Vec<Block> {
    let (t, today, dossier) = (desk.t, desk.base.as_of, &desk.base.dossier);
    let mut count = Tally::default();
    count.conditions(&dossier.conditions, today);
    let documents = count.documents(done, today);
    count.todos(&dossier.todos, &documents, today);
    let judged = count.kept + count.broken;
    let percent = if judged == 0 {
        Said::missing(t.not_computable)
    } else {
        let percent = i64::from(count.kept) * 1_000_000 / i64::from(judged);
        Said::strong(format!("{}%", entry::format_tenths(Decimal4(percent))))
    };
    vec![
        Block::Pairs(vec![
            (t.kept_share.to_owned(), percent),
            (t.kept.to_owned(), count.kept.to_string().into()),
            (t.broken.to_owned(), count.broken.to_string().into()),
            (t.still_open.to_owned(), count.open.to_string().into()),
        ]),
        Block::Note(t.how_kept.to_owned()),
        desk.conditions(),
    ]
}

fn flag_counts(desk: Desk<'_>) -> Block {
    let t = desk.t;
    let count = |state: FlagState| {
        desk.base.flags.iter().filter(|flag| flag.state == state).count().to_string()
    };
    let of =
        |state: FlagState| (t.begun(words::flag_state(desk.lang, state)), Said::from(count(state)));
    let mut pairs = vec![(t.all_flags.to_owned(), desk.base.flags.len().to_string().into())];
    pairs.extend([
        of(FlagState::Confirmed),
        of(FlagState::Proposed),
        of(FlagState::Closed),
        of(FlagState::Rejected),
    ]);
    Block::Pairs(pairs)
}

fn list(desk: Desk<'_>, done: &[&PastVisit]) -> Vec<Block> {
    let t = desk.t;
    let mut table = Table::new(&[t.visit_day, t.class, t.basis, t.inspector, t.conclusion]);
    for past in done.iter().rev().take(LISTED) {
        let duties: Vec<&str> =
            past.row.purposes.iter().map(|p| words::duty(desk.lang, p.code)).collect();
        table.row(vec![
            past.row.visited_on.to_string().into(),
            words::visit_class(desk.lang, past.row.class).into(),
            if duties.is_empty() { Said::missing(t.no_purpose) } else { desk.join(&duties).into() },
            past.row.officer_name.as_str().into(),
            conclusion(desk, past),
        ]);
    }
    let mut blocks = vec![table.or(t.no_visits)];
    if done.len() > LISTED {
        blocks.push(Block::Note(t.more_visits(done.len() - LISTED)));
    }
    blocks
}

/// What a visit concluded: of the record, else of the imported row.
pub(super) fn conclusion(desk: Desk<'_>, past: &PastVisit) -> Said {
    let answer = past.record.as_ref().and_then(|record| record.answers.get("conclusion"));
    match answer.map(|answer| &answer.value) {
        Some(Value::Text(text)) => desk.or_missing(Some(text)),
        _ => desk.or_missing(past.conclusion.as_deref()),
    }
}

/// Ability, willingness, tier and strategy as they were judged visit by visit (R78, R94).
fn course(desk: Desk<'_>, seen: &[Seen<'_>]) -> Block {
    const JUDGED: [&str; 5] =
        ["ability", "willingness", "promises_kept", "tier_proposal", "strategy"];
    let t = desk.t;
    let mut titles = vec![t.item.to_owned()];
    titles.extend(seen.iter().map(|(past, _)| past.row.visited_on.to_string()));
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut table = Table::new(&titles);
    for code in JUDGED {
        let mut row = vec![Said::from(desk.item_title(code))];
        row.extend(seen.iter().map(|(_, judged)| match judged.state.row(code) {
            Some(found) => desk.now(judged, found),
            None => Said::missing(t.not_asked),
        }));
        table.row(row);
    }
    if seen.is_empty() { Block::Text(Said::missing(t.no_record)) } else { Block::Table(table) }
}
