//! Chapter 1, continued: whom the officer meant to meet and whom she met, what was looked up, and
//! the second pair of eyes.

use std::collections::BTreeSet;

use super::Writing;
use super::chapter::Chapter;
use crate::domain::answer::Value;
use crate::domain::conduct::Stand;
use crate::domain::facts;
use crate::i18n::words;
use crate::report::model::{Block, Said};

/// Where the officer says when a look-up that she left out is made up for.
fn later_item(code: &str) -> String {
    ["lookup_later[", code, "]"].concat()
}

impl Writing<'_> {
    /// Whom it was planned to meet, whom of them one missed, then the people with their identity
    /// check.
    pub(super) fn people(&self) -> Vec<Block> {
        let (desk, c) = (self.desk, self.desk.c);
        let Some((judged, record)) = self.judged.zip(self.report.record.as_ref()) else {
            return Vec::new();
        };
        let list = |name: &str| match record.visit.facts.get(name) {
            Some(Value::Multi(list)) => list.as_slice(),
            _ => &[],
        };
        let (names, roles) = (list(facts::PLANNED_TO_MEET), list(facts::PLANNED_ROLES));
        let role = |code: &str| words::contact_role(desk.lang, code).to_owned();
        // Both lists are of the same people, in the same order, where each role is known.
        let intended: Vec<String> = names
            .iter()
            .enumerate()
            .map(|(at, name)| match roles.get(at).filter(|_| roles.len() == names.len()) {
                Some(code) => format!("{name}{}", desk.t.bracketed(&role(code))),
                None => name.clone(),
            })
            .collect();
        let met: BTreeSet<&str> = judged
            .answers
            .iter()
            .filter(|(path, _)| path.starts_with("people_met[") && path.ends_with("].role"))
            .filter_map(|(_, answer)| match &answer.value {
                Value::Choice(code) => Some(code.as_str()),
                _ => None,
            })
            .collect();
        let missed: BTreeSet<String> = roles
            .iter()
            .filter(|code| !met.contains(code.as_str()))
            .map(|code| role(code))
            .collect();
        let missed: Vec<String> = missed.into_iter().collect();
        let mut pairs = Vec::new();
        if names.is_empty() {
            pairs.push((c.intended.to_owned(), Said::missing(c.nobody_intended)));
        } else {
            let deviation = if missed.is_empty() {
                Said::from(c.as_planned)
            } else {
                Said::strong(c.roles_not_met(&desk.join(&missed)))
            };
            pairs.push((c.intended.to_owned(), desk.join(&intended).into()));
            pairs.push((c.deviation.to_owned(), deviation));
        }
        let answers = desk.flat_rows(judged, &|row| self.belongs(row, Chapter::People));
        let mut blocks = vec![Block::Heading(2, c.people.to_owned()), Block::Pairs(pairs)];
        if answers.is_empty() {
            blocks.push(Block::Text(Said::missing(c.nobody_asked)));
        }
        blocks.extend(answers);
        blocks
    }

    /// What was looked up, and what was not and why.
    pub(super) fn looked_up(&self) -> Vec<Block> {
        let (desk, c) = (self.desk, self.desk.c);
        if self.report.record.is_none() {
            return Vec::new();
        }
        let later = |code: &str| self.made_up(code);
        vec![Block::Heading(2, c.look_ups.to_owned()), desk.look_ups(&self.report.lookups, &later)]
    }

    /// When the officer means to make up for a look-up, in her words.
    pub(super) fn made_up(&self, code: &str) -> Option<String> {
        let record = self.report.record.as_ref()?;
        match &record.visit.answers.get(&later_item(code))?.answer.value {
            Value::Text(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
            _ => None,
        }
    }

    /// The co-inspector's own opinion, with whether her signature still holds.
    pub(super) fn second(&self) -> Vec<Block> {
        let (desk, t, c) = (self.desk, self.desk.t, self.desk.c);
        let Some(record) = &self.report.record else { return Vec::new() };
        let mut blocks = vec![Block::Heading(2, c.second.to_owned())];
        let Some(row) = &record.visit.second.asked else {
            blocks.push(Block::Text(Said::missing(c.nobody_second)));
            return blocks;
        };
        let stand = row.stand.map(|stand| {
            let word = words::stand(desk.lang, stand);
            if stand == Stand::Agree { Said::from(word) } else { Said::strong(word) }
        });
        let signed = match (&row.signed_at, row.holds) {
            (None, _) => Said::missing(c.not_signed),
            (Some(at), true) => format!("{at}{}", t.bracketed(c.signed_here)).into(),
            (Some(at), false) => Said::strong(format!("{at}{}", t.bracketed(c.void))),
        };
        blocks.push(Block::Pairs(vec![
            (t.co_inspector.to_owned(), row.name.as_str().into()),
            (c.stand.to_owned(), stand.unwrap_or_else(|| Said::missing(c.not_signed))),
            (c.signed_at.to_owned(), signed),
            (c.own_words.to_owned(), desk.or_missing(Some(&row.opinion))),
        ]));
        blocks
    }
}
