//! `/` in a record: looks for words in questions, answers and notes; the same words again lead on to
//! the next place.

use super::RecordPane;
use super::sheet::Entry;
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::narrow;
use crate::ui::value::{pick, show};

pub(super) const FIND: &str = "record-find";

impl RecordPane {
    pub(super) fn find_dialog(&self, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
        let text = &ctx.text.review;
        if self.sheet.is_none() {
            return Err(text.no_record);
        }
        let field = Field::text(text.find_field, self.wanted.as_str()).required();
        Ok(Ask::form(FIND, text.find_title, vec![field]))
    }

    /// Goes to the next answer that holds the words, round and round, and unfolds its section.
    pub(super) fn find(&mut self, answered: &Answered, ctx: &Ctx<'_>) -> Vec<Action> {
        let wanted = answered.values.first().map_or("", |value| value.trim()).to_lowercase();
        let here = match self.entry() {
            Some(Entry::Answer(row)) if wanted == self.wanted => Some(*row),
            _ => None,
        };
        self.wanted.clone_from(&wanted);
        let Some(sheet) = &self.sheet else { return Vec::new() };
        let found: Vec<usize> = sheet
            .state
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| !sheet.is_private(row))
            .filter(|(_, row)| {
                let shown = sheet.now(row).map(|value| show(&row.item, value, ctx));
                sheet.holds(row, &wanted, &shown.unwrap_or_default(), pick(&row.title, ctx.lang))
            })
            .map(|(at, _)| at)
            .collect();
        let Some((next, row)) = narrow::onward(&found, here) else {
            return vec![Action::warn(ctx.text.review.find_none)];
        };
        let said = Action::say(ctx.text.review.found(next + 1, found.len()));
        let mut actions = self.show_answer(row);
        actions.push(said);
        actions
    }
}
