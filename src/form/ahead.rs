//! Times of day that have not been yet: a visit does not end after it is handed in.

use std::collections::BTreeMap;

use chrono::{NaiveDateTime, Timelike};

use super::entry::minutes;
use super::state::{Problem, State};
use crate::domain::answer::{Answer, Value};
use crate::domain::facts::{self, Facts};
use crate::domain::gap::Gap;

impl State {
    /// Marks the times of day that lie after `now`, in the time of the branch, at a visit of that
    /// day. They are right by themselves: only whoever knows what time it is can tell.
    pub fn look_at_clock(
        &mut self,
        answers: &BTreeMap<String, Answer>,
        facts: &Facts,
        now: NaiveDateTime,
    ) {
        if facts.get(facts::TODAY) != Some(&Value::Date(now.date())) {
            return;
        }
        let past = now.hour() * 60 + now.minute();
        for row in self.rows.iter_mut().filter(|row| row.item.clock && row.problem.is_none()) {
            let Some(Value::Text(text)) = answers.get(&*row.path).map(|answer| &answer.value)
            else {
                continue;
            };
            if minutes(text).is_none_or(|at| at <= past) {
                continue;
            }
            row.problem = Some(Problem::Ahead);
            self.gaps.push(Gap { item: row.path.to_string(), kind: Problem::Ahead.gap() });
            self.progress.faulty += 1;
            if let Some(section) = self.sections.get_mut(row.section) {
                section.progress.faulty += 1;
            }
        }
        let place: BTreeMap<String, usize> =
            self.rows.iter().enumerate().map(|(n, row)| (row.path.to_string(), n)).collect();
        self.gaps.sort_by_key(|gap| place.get(&gap.item).copied());
    }
}
