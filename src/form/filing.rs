//! Photos that are said to be there: each wants a file of this visit.

use std::collections::BTreeMap;

use super::state::{Problem, State};
use crate::domain::answer::{Answer, DocumentState, Value};
use crate::domain::gap::Gap;

impl State {
    /// Marks photos that are said to be there and have no file, or none of this visit: asked for,
    /// never in the way of handing in. A paper may lie in the office; a photo is a file or nothing.
    /// `filed` tells for each item how many files it has, and how many of another day.
    pub fn look_at_files(
        &mut self,
        answers: &BTreeMap<String, Answer>,
        filed: &BTreeMap<String, (u32, u32)>,
    ) {
        let mut found = Vec::new();
        for row in self.rows.iter_mut().filter(|row| row.item.photo && row.problem.is_none()) {
            let value = answers.get(&*row.path).map(|answer| &answer.value);
            if !matches!(value, Some(Value::Document { state: DocumentState::Received, .. })) {
                continue;
            }
            let there = filed.get(&*row.path).copied().unwrap_or_default();
            let problem = match there {
                (0, _) => Problem::Unfiled,
                (files, stale) if stale == files => Problem::Stale,
                _ => continue,
            };
            found.push((row.path.clone(), row.section, problem.clone()));
            row.problem = Some(problem);
        }
        for (path, section, problem) in found {
            self.gaps.push(Gap { item: path.to_string(), kind: problem.gap() });
            self.progress.wanted += 1;
            if let Some(section) = self.sections.get_mut(section) {
                section.progress.wanted += 1;
            }
        }
        let place: BTreeMap<String, usize> =
            self.rows.iter().enumerate().map(|(n, row)| (row.path.to_string(), n)).collect();
        self.gaps.sort_by_key(|gap| place.get(&gap.item).copied());
    }
}
