//! Keys of the record under review: reading, deciding, commenting.

use super::sheet::Entry;
use super::{Asked, RecordPane};
use crate::protocol::query::GalleryOf;
use crate::ui::action::{Action, Photos};
use crate::ui::ask::Ask;
use crate::ui::ctx::Ctx;

impl RecordPane {
    pub(super) fn act(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        if self.scroll.on_action(action, self.rows()) {
            return Vec::new();
        }
        match action {
            Action::Fold => self.enter(),
            Action::Right => self.fold(true),
            Action::Left => self.fold(false),
            Action::Compare => self.compare(),
            Action::Gaps => self.next_gap(ctx),
            Action::Approve => self.ask(Self::approve_dialog, ctx),
            Action::ReturnRecord => self.ask(Self::return_dialog, ctx),
            Action::Comment => self.ask(Self::comment_dialog, ctx),
            Action::Sample => self.ask(Self::call_dialog, ctx),
            Action::Amend => self.ask(Self::amend_dialog, ctx),
            Action::Report => self.ask(Self::report_dialog, ctx),
            Action::Copy => self.copy(ctx),
            Action::Photos => self.photos(ctx),
            Action::Search => self.ask(Self::find_dialog, ctx),
            Action::Answered(answered) if answered.tag == super::find::FIND => {
                self.find(answered, ctx)
            }
            Action::Answered(answered) => self.on_answered(answered),
            _ => Vec::new(),
        }
    }

    /// The photos of this record.
    fn photos(&self, ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(visit) = self.visit().cloned() else { return Vec::new() };
        if self.sheet.as_ref().is_some_and(|sheet| sheet.page.visit.attachments.is_empty()) {
            return vec![Action::warn(ctx.text.files.gallery_empty)];
        }
        let of = Photos::Of { of: GalleryOf::Visit(visit), item: None, open: false };
        vec![Action::OpenPhotos(Box::new(of))]
    }

    /// Enter: a section unfolds, a flag shows its history, anything else goes to its place among
    /// the answers.
    fn enter(&mut self) -> Vec<Action> {
        let (Some(sheet), Some(entry)) = (&self.sheet, self.entry().cloned()) else {
            return Vec::new();
        };
        match entry {
            Entry::Flag(at) => {
                let flag = sheet.page.visit.flags.get(at).map(|row| row.flag.clone());
                return flag.map(Action::OpenFlag).into_iter().collect();
            }
            Entry::Section(at) => {
                let id = sheet.state.sections.get(at).map(|section| section.id.to_string());
                if let Some(id) = id
                    && !self.unfolded.remove(&id)
                {
                    self.unfolded.insert(id);
                }
            }
            Entry::Answer(_) => return self.fold(false),
            _ => {
                let Some(row) = entry.row() else { return Vec::new() };
                return self.show_answer(row);
            }
        }
        self.list();
        Vec::new()
    }

    /// Unfolds the section of a row and goes there.
    pub(super) fn show_answer(&mut self, row: usize) -> Vec<Action> {
        let section = self.section_of(row);
        self.unfolded.extend(section);
        self.list();
        self.go_to(|entry| *entry == Entry::Answer(row));
        Vec::new()
    }

    /// This version beside the visit before it.
    fn compare(&self) -> Vec<Action> {
        let Some(sheet) = &self.sheet else { return Vec::new() };
        let visit = &sheet.page.visit;
        let side = (visit.visit.clone(), Some(visit.version));
        vec![Action::OpenCompare((visit.customer.clone(), Some(side)))]
    }

    fn section_of(&self, row: usize) -> Option<String> {
        let state = &self.sheet.as_ref()?.state;
        let section = state.rows.get(row)?.section;
        state.sections.get(section).map(|section| section.id.to_string())
    }

    /// Unfolds or folds the section in focus; folding leads to its heading.
    fn fold(&mut self, unfold: bool) -> Vec<Action> {
        let (Some(sheet), Some(entry)) = (&self.sheet, self.entry()) else { return Vec::new() };
        let section = match entry {
            Entry::Section(at) => Some(*at),
            Entry::Answer(row) => sheet.state.rows.get(*row).map(|row| row.section),
            _ => None,
        };
        let Some(at) = section else { return Vec::new() };
        let Some(id) = sheet.state.sections.get(at).map(|s| s.id.to_string()) else {
            return Vec::new();
        };
        if unfold {
            self.unfolded.insert(id);
        } else {
            self.unfolded.remove(&id);
            self.go_to(|entry| *entry == Entry::Section(at));
        }
        self.list();
        Vec::new()
    }

    /// `e`: the next thing that is missing, round and round.
    fn next_gap(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        let missing = |entry: &Entry| matches!(entry, Entry::Gap(_) | Entry::Document(_));
        let rows = self.entries.iter().filter(|entry| entry.is_row()).enumerate();
        let gaps: Vec<usize> = rows.filter(|(_, e)| missing(e)).map(|(at, _)| at).collect();
        let here = self.scroll.selected();
        match gaps.iter().find(|at| **at > here).or(gaps.first()) {
            Some(at) => self.scroll.select(*at),
            None => return vec![Action::say(ctx.text.review.no_gap)],
        }
        Vec::new()
    }

    fn copy(&self, ctx: &Ctx<'_>) -> Vec<Action> {
        let row = self.entry().and_then(Entry::row);
        let shown = self.sheet.as_ref().zip(row).and_then(|(sheet, row)| {
            let row = sheet.state.rows.get(row)?;
            Some(crate::ui::value::show(&row.item, sheet.now(row)?, ctx))
        });
        vec![Action::CopyText(shown.unwrap_or_default())]
    }

    /// Asks; what the dialog is about is kept as it is now.
    fn ask(
        &mut self,
        dialog: fn(&Self, &Ctx<'_>) -> Result<Ask, &'static str>,
        ctx: &Ctx<'_>,
    ) -> Vec<Action> {
        self.meanwhile = false;
        let asked = self.sheet.as_ref().map(|sheet| Asked {
            visit: sheet.page.visit.visit.clone(),
            seen: sheet.page.visit.revision,
            content_hash: sheet.page.content_hash.clone().unwrap_or_default(),
            opinion: sheet.opinion_asked(),
            item: self
                .entry()
                .and_then(Entry::row)
                .and_then(|row| sheet.state.rows.get(row))
                .map(|row| row.path.to_string()),
        });
        if asked.is_none() {
            return vec![Action::warn(ctx.text.review.no_record)];
        }
        match dialog(self, ctx) {
            Ok(ask) => {
                self.asked = asked;
                vec![Action::ask(ask)]
            }
            Err(why) => vec![Action::warn(why)],
        }
    }
}
