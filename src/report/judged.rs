//! Answers of a record judged by their form, and as tables.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::model::{Block, Said, Table};
use super::show::{column_head, pick, signed_percent};
use super::{Desk, Fault};
use crate::domain::answer::{Answer, DocumentState, Value};
use crate::domain::facts::Facts;
use crate::form::definition::{Kind, Needed};
use crate::form::{Form, Item, Library, Problem, Row, State};
use crate::i18n::words;
use crate::protocol::page::VisitPage;

/// Answers with what their form says to them.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) state: State,
    pub(super) answers: BTreeMap<String, Answer>,
    /// The checklists under which they were given.
    library: Arc<Library>,
    /// Whether there is a visit to compare with.
    pub(super) compares: bool,
    /// Answers that rest on the customer's word alone: who declared them, and when.
    declared: BTreeMap<String, (String, NaiveDate)>,
}

impl Judged {
    /// Judges answers by the form under which they were given.
    pub(super) fn new(
        pack_text: Option<&str>,
        sections: &[String],
        facts: &Facts,
        last: &BTreeMap<String, (Answer, NaiveDate)>,
        answers: BTreeMap<String, Answer>,
    ) -> Result<Self, Fault> {
        let library = crate::assets::checklists::for_record(pack_text)
            .map_err(|fault| Fault::Pack(fault.to_string()))?;
        let form = Form::new(Arc::clone(&library), sections, facts.clone(), last.clone());
        let state = form.evaluate(&answers);
        let compares = !last.is_empty();
        Ok(Self { state, answers, library, compares, declared: BTreeMap::new() })
    }

    /// Takes in what the record knows beside its answers: files, and what was only declared.
    pub(super) fn look_at(&mut self, visit: &VisitPage) {
        self.state.look_at_files(&self.answers, &visit.filed());
        self.declared = visit
            .declared
            .iter()
            .filter(|(item, _)| {
                self.answers.get(*item).is_some_and(|answer| visit.is_declared(item, answer))
            })
            .map(|(item, declared)| (item.clone(), (declared.by.clone(), declared.on)))
            .collect();
    }

    /// The value of a row, worked out or answered.
    pub(super) fn value<'a>(&'a self, row: &'a Row) -> Option<&'a Value> {
        row.computed.as_ref().or_else(|| Some(&self.answers.get(&*row.path)?.value))
    }

    /// Id of the section of a row.
    pub(super) fn section(&self, row: &Row) -> &str {
        self.state.sections.get(row.section).map_or("", |section| &*section.id)
    }
}

impl Desk<'_> {
    /// This time's answer, or why there is none.
    pub(super) fn now(&self, judged: &Judged, row: &Row) -> Said {
        let t = self.t;
        let value = judged.value(row).filter(|_| row.answered);
        match (value, &row.problem) {
            (Some(value), None | Some(Problem::Unexplained | Problem::Weak(_))) => {
                self.value(&row.item, value).into()
            }
            (Some(value), Some(problem)) => {
                let why = match problem {
                    Problem::Against(words) => pick(words, self.lang),
                    _ => t.not_valid,
                };
                format!("{}{}", self.value(&row.item, value), t.bracketed(why)).into()
            }
            (None, _) if row.item.computed => Said::missing(t.not_computable),
            (None, _) => Said::missing(match row.needed {
                Needed::Hard => t.missing_required,
                Needed::Soft => t.not_obtained,
                Needed::No => t.not_filled,
            }),
        }
    }

    /// Last time's answer.
    pub(super) fn before(&self, row: &Row) -> Said {
        match &row.last {
            Some(last) => self.value(&row.item, &last.0.value).into(),
            // Nobody keeps what was worked out last time.
            None if row.item.computed => Said::default(),
            None => Said::missing(self.t.none_before),
        }
    }

    /// Evidence, change and note of an answer.
    pub(super) fn remark(&self, judged: &Judged, row: &Row) -> Said {
        let mut parts: Vec<String> = Vec::new();
        let answer = judged.answers.get(&*row.path);
        if let Some(delta) = row.delta {
            match delta.percent {
                _ if delta.change.0 == 0 => {}
                Some(percent) => parts.push(signed_percent(percent)),
                None => parts.push(self.t.changed.to_owned()),
            }
        }
        if let Some(answer) = answer {
            if answer.unchanged {
                parts.push(self.t.unchanged.to_owned());
            }
            match answer.evidence {
                Some(evidence) => parts.push(words::evidence(self.lang, evidence).to_owned()),
                None if row.item.evidence => parts.push(self.c.no_evidence.to_owned()),
                None => {}
            }
            if let Some((by, on)) = judged.declared.get(&*row.path) {
                parts.push(self.c.declared(by, *on));
            }
            if !answer.note.trim().is_empty() {
                parts.push(answer.note.trim().to_owned());
            }
        }
        if row.problem == Some(Problem::Unexplained) {
            parts.push(self.t.unexplained.to_owned());
        }
        // Where nothing was named that is said already.
        let named = answer.is_some_and(|answer| answer.evidence.is_some());
        if named && matches!(row.problem, Some(Problem::Weak(_))) {
            parts.push(self.t.weak_evidence.to_owned());
        }
        self.join(&parts).into()
    }

    /// The rows of one section that are wanted, with the tables of its repeat groups.
    pub(super) fn section_rows(
        &self,
        judged: &Judged,
        wanted: &dyn Fn(&Row) -> bool,
    ) -> Vec<Block> {
        let mut blocks = Vec::new();
        for (at, section) in judged.state.sections.iter().enumerate() {
            let rows: Vec<&Row> =
                judged.state.rows.iter().filter(|row| row.section == at && wanted(row)).collect();
            let mut table = self.answer_table(judged);
            for row in rows.iter().filter(|row| row.repeat.is_none()) {
                if matches!(row.item.kind, Kind::Group(_)) && row.answered {
                    continue;
                }
                table.row(self.answer_row(judged, row));
            }
            // A group whose rows the checklist brings (promises, guarantors …) has no row of its own.
            let mut heads: Vec<&str> = Vec::new();
            let inside = rows
                .iter()
                .filter(|row| row.repeat.is_some() || matches!(row.item.kind, Kind::Group(_)));
            for head in inside.filter_map(|row| row.path.split('[').next()) {
                if !heads.contains(&head) {
                    heads.push(head);
                }
            }
            let groups: Vec<Block> =
                heads.into_iter().filter_map(|head| self.group_table(judged, head)).collect();
            if table.rows.is_empty() && groups.is_empty() {
                continue;
            }
            blocks.push(Block::Heading(2, pick(&section.title, self.lang).to_owned()));
            if !table.rows.is_empty() {
                blocks.push(Block::Table(table));
            }
            blocks.extend(groups);
        }
        blocks
    }

    /// The same without headings: for what has one of its own.
    pub(super) fn flat_rows(&self, judged: &Judged, wanted: &dyn Fn(&Row) -> bool) -> Vec<Block> {
        let blocks = self.section_rows(judged, wanted).into_iter();
        blocks.filter(|block| !matches!(block, Block::Heading(..))).collect()
    }

    fn answer_table(&self, judged: &Judged) -> Table {
        let t = self.t;
        // One chapter has many of these tables: their columns stand one below the other.
        if judged.compares {
            let table = Table::new(&[t.item, t.now, t.last_time, t.evidence_and_note]);
            table.shared(&[34, 24, 18, 24])
        } else {
            Table::new(&[t.item, t.now, t.evidence_and_note]).shared(&[36, 36, 28])
        }
    }

    fn answer_row(&self, judged: &Judged, row: &Row) -> Vec<Said> {
        let title = Said::from(pick(&row.title, self.lang));
        let (now, remark) = (self.now(judged, row), self.remark(judged, row));
        if judged.compares {
            vec![title, now, self.before(row), remark]
        } else {
            vec![title, now, remark]
        }
    }

    /// The rows of a repeat group as a table of its own.
    fn group_table(&self, judged: &Judged, head: &str) -> Option<Block> {
        let group: &Item = judged.library.item(head)?;
        let Kind::Group(cells) = &group.kind else { return None };
        let prefix = format!("{head}[");
        let inside: Vec<&Row> =
            judged.state.rows.iter().filter(|row| row.path.starts_with(&prefix)).collect();
        let subjects = self.subjects(&inside);
        let named = !subjects.is_empty();
        // What no row was asked has no column.
        let cells: Vec<_> =
            cells.iter().filter(|cell| inside.iter().any(|r| r.item.code == cell.code)).collect();
        let heads =
            cells.iter().map(|cell| self.t.begun(&column_head(pick(&cell.title, self.lang))));
        // What a row is about stands in no cell of its own where the checklist brought it.
        let heads: Vec<String> =
            named.then(|| self.t.item.to_owned()).into_iter().chain(heads).collect();
        let titles: Vec<&str> = heads.iter().map(String::as_str).collect();
        let mut table = Table::new(&titles);
        pick(&group.title, self.lang).clone_into(&mut table.caption);
        let numbers = inside.iter().filter_map(|row| row.repeat).max()?;
        for number in 0..=numbers {
            let row = cells.iter().map(|cell| {
                let found = inside
                    .iter()
                    .find(|row| row.repeat == Some(number) && row.item.code == cell.code);
                found.map_or_else(Said::default, |row| self.now_with_remark(judged, row))
            });
            let subject = subjects.get(&number).map_or_else(Said::default, |s| s.as_str().into());
            table.row(named.then_some(subject).into_iter().chain(row).collect());
        }
        Some(Block::Table(table))
    }

    /// This time's answer, with what it rests on behind it.
    fn now_with_remark(&self, judged: &Judged, row: &Row) -> Said {
        let mut said = self.now(judged, row);
        let remark = self.remark(judged, row).text;
        if !remark.is_empty() {
            said.text.push_str(&self.t.bracketed(&remark));
        }
        said
    }

    /// What each row of a group is about, where the checklist brought its rows: by their number.
    pub(super) fn subjects(&self, inside: &[&Row]) -> BTreeMap<u32, String> {
        let mut subjects = BTreeMap::new();
        for row in inside {
            let (Some(number), template) = (row.repeat, pick(&row.item.title, self.lang)) else {
                continue;
            };
            let title = pick(&row.title, self.lang);
            let subject = match template.split_once("{subject}") {
                Some((before, after)) => {
                    let rest = title.strip_prefix(before);
                    Some(rest.and_then(|rest| rest.strip_suffix(after)).unwrap_or(title))
                }
                // A title that does not say it has it behind the question.
                None if row.subject.is_some() => {
                    title.strip_prefix(template).and_then(|rest| rest.strip_prefix(" · "))
                }
                None => None,
            };
            let Some(subject) = subject else { continue };
            subjects.entry(number).or_insert_with(|| subject.to_owned());
        }
        subjects
    }

    /// Labels with whole texts: for what an officer wrote in sentences.
    pub(super) fn spoken(&self, judged: &Judged, wanted: &dyn Fn(&Row) -> bool) -> Option<Block> {
        let rows = judged.state.rows.iter().filter(|row| row.repeat.is_none() && wanted(row));
        let pairs: Vec<(String, Said)> = rows
            .map(|row| {
                let said = self.now_with_remark(judged, row);
                (pick(&row.title, self.lang).to_owned(), said)
            })
            .collect();
        (!pairs.is_empty()).then_some(Block::Pairs(pairs))
    }

    /// Documents and photos: what came, what was promised, refused or never asked for.
    pub(super) fn documents(&self, judged: &Judged) -> Table {
        let t = self.t;
        let mut table = Table::new(&[t.document, t.state, t.until, t.reason_or_detail]);
        let rows = judged.state.rows.iter().filter(|row| matches!(row.item.kind, Kind::Document));
        for row in rows {
            let title = Said::from(pick(&row.title, self.lang));
            let note = judged.answers.get(&*row.path).map_or("", |answer| answer.note.trim());
            let Some(Value::Document { state, until, note: detail }) = judged.value(row) else {
                table.row(vec![title, self.now(judged, row), Said::default(), note.into()]);
                continue;
            };
            let word = words::document(self.lang, *state);
            let word = match state {
                DocumentState::Received => Said::from(word),
                _ => Said::missing(word),
            };
            let details: Vec<&str> =
                [detail.trim(), note].into_iter().filter(|text| !text.is_empty()).collect();
            let reason = match (state, details.is_empty()) {
                (DocumentState::Refused, true) => Said::missing(t.no_reason),
                _ => self.join(&details).into(),
            };
            let until = until.map(|day| day.to_string()).unwrap_or_default();
            table.row(vec![title, word, until.into(), reason]);
        }
        table
    }
}
