//! A check of many points, and what it found of each: told alike by `doctor` and `server check`.

use serde_json::json;

use super::args::Format;
use super::session::{Desk, Io};
use super::table::{Sheet, document};
use crate::fault::Fault;
use crate::i18n::Catalog;

/// How a point stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// In order.
    Fine,
    /// Works, and should be looked at.
    Note,
    /// Not in order.
    Bad,
}

/// One point of the list.
#[derive(Debug)]
struct Point<C> {
    check: C,
    state: State,
    detail: String,
    /// What to do, where it is not the same for every such point.
    advice: Option<&'static str>,
}

/// All points so far.
#[derive(Debug)]
pub(super) struct Points<C>(Vec<Point<C>>);

impl<C> Default for Points<C> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// What a check is called.
pub(super) struct Told {
    /// For scripts.
    pub(super) code: &'static str,
    /// For people.
    pub(super) name: &'static str,
    /// What to do where it is not in order.
    pub(super) advice: &'static str,
}

impl<C: Copy> Points<C> {
    /// What has to be in order.
    pub(super) fn must(&mut self, check: C, fine: bool, detail: impl Into<String>) {
        self.add(check, if fine { State::Fine } else { State::Bad }, detail);
    }

    /// What should be in order.
    pub(super) fn should(&mut self, check: C, fine: bool, detail: impl Into<String>) {
        self.add(check, if fine { State::Fine } else { State::Note }, detail);
    }

    /// A point that stands so, with what was seen.
    pub(super) fn add(&mut self, check: C, state: State, detail: impl Into<String>) {
        self.0.push(Point { check, state, detail: detail.into(), advice: None });
    }

    /// Gives the last point an advice of its own.
    pub(super) fn advise(&mut self, advice: &'static str) {
        if let Some(last) = self.0.last_mut() {
            last.advice = Some(advice);
        }
    }

    /// How many are not in order.
    pub(super) fn bad(&self) -> usize {
        self.0.iter().filter(|point| point.state == State::Bad).count()
    }

    /// Tells them, with advice where one is not quite in order.
    pub(super) fn print(
        &self,
        told: impl Fn(C) -> Told,
        format: Format,
        desk: &Desk,
        io: &mut Io<'_>,
    ) -> Result<(), Fault> {
        let t = &Catalog::of(desk.lang).cli;
        if format == Format::Json {
            let list: Vec<_> = self
                .0
                .iter()
                .map(|point| {
                    let Told { code, advice, .. } = told(point.check);
                    let advice = point.advice.unwrap_or(advice);
                    let advice = (point.state != State::Fine).then_some(advice);
                    json!({"check": code, "ok": point.state != State::Bad,
                        "warning": point.state == State::Note, "detail": point.detail,
                        "advice": advice})
                })
                .collect();
            return Ok(document(&json!(list), io.out)?);
        }
        let columns =
            [("check", t.check), ("ok", t.result), ("detail", t.detail), ("advice", t.advice)];
        let mut sheet = Sheet::new(&columns);
        for point in &self.0 {
            let Told { name, advice, .. } = told(point.check);
            let advice = point.advice.unwrap_or(advice);
            let (result, advice) = match point.state {
                State::Fine => (t.fine, ""),
                State::Note => (t.worth_note, advice),
                State::Bad => (t.not_fine, advice),
            };
            sheet.push(vec![json!(name), json!(result), json!(point.detail), json!(advice)]);
        }
        Ok(sheet.text(io.out)?)
    }
}
