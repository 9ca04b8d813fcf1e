//! "Unchanged, seen again": which of last time's answers can be confirmed so, and how many were.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::definition::{Carry, Item, Kind};
use super::state::{Row, State};
use crate::domain::answer::{Answer, DocumentState, Value};

/// Why last time's answer can't be confirmed as unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fresh {
    /// It belongs to one visit alone: when it was, who was met, what was found in words.
    Visit,
    /// It is of a period that is over.
    Period,
    /// It was a promise: it was kept, or there is another.
    Promise,
}

/// How much of a record was taken over from last time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Carried {
    /// Answers that are there; tables are counted by their cells.
    pub answered: usize,
    /// Of these, confirmed as unchanged.
    pub all: usize,
    /// Of those, texts.
    pub texts: usize,
    /// Of those, amounts, numbers and percentages.
    pub figures: usize,
}

impl Item {
    /// Why an answer of the visit on `then` can't be confirmed at a visit on `now`; `None` = it can.
    pub fn asks_anew(&self, last: &Value, then: NaiveDate, now: NaiveDate) -> Option<Fresh> {
        let quarter = |day: NaiveDate| day.month0() / 3;
        let same_year = then.year() == now.year();
        let within = match self.carry {
            Carry::Never => return Some(Fresh::Visit),
            Carry::Always => true,
            Carry::Year => same_year,
            Carry::Quarter => same_year && quarter(then) == quarter(now),
            Carry::Month => same_year && then.month() == now.month(),
        };
        let promised = matches!(last, Value::Document { state: DocumentState::Promised, .. });
        if promised { Some(Fresh::Promise) } else { (!within).then_some(Fresh::Period) }
    }

    /// Whether somebody answers it: neither worked out nor a table, whose cells are counted.
    const fn is_answered_by_somebody(&self) -> bool {
        !self.computed && !matches!(self.kind, Kind::Group(_))
    }
}

impl Row {
    /// Why last time's answer can't be confirmed at a visit on this day; `None` = it can, or there is
    /// none.
    pub fn asks_anew(&self, visited_on: NaiveDate) -> Option<Fresh> {
        let last = self.last.as_ref()?;
        self.item.asks_anew(&last.0.value, last.1, visited_on)
    }
}

impl State {
    /// How many answers were confirmed as unchanged.
    pub fn carried(&self, answers: &BTreeMap<String, Answer>) -> Carried {
        let mut carried = Carried::default();
        for row in self.rows.iter().filter(|row| row.answered && row.item.is_answered_by_somebody())
        {
            let Some(answer) = answers.get(&*row.path) else { continue };
            carried.answered += 1;
            if !answer.unchanged {
                continue;
            }
            carried.all += 1;
            match row.item.kind {
                Kind::Text | Kind::LongText => carried.texts += 1,
                Kind::Number(_) | Kind::Money | Kind::Percent => carried.figures += 1,
                _ => {}
            }
        }
        carried
    }
}
