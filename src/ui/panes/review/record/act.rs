//! Keys of the record under review: reading, deciding, commenting.

use super::sheet::Entry;
use super::{Asked, RecordPane};
use crate::domain::visit::VisitState;
use crate::form::Light;
use crate::protocol::command::Command;
use crate::protocol::query::GalleryOf;
use crate::ui::action::{Action, Answered, Photos};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::value::pick;

const APPROVE: &str = "record-approve";
const RETURN: &str = "record-return";
const COMMENT: &str = "record-comment";
const SAMPLE: &str = "record-sample";
const AMEND: &str = "record-amend";

impl RecordPane {
    pub(super) fn act(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        if self.scroll.on_action(action, self.rows()) {
            return Vec::new();
        }
        match action {
            Action::Fold => self.enter(),
            Action::Right => self.fold(true),
            Action::Left => self.fold(false),
            Action::Compare => {
                self.comparing = !self.comparing;
                self.list();
                Vec::new()
            }
            Action::Gaps => self.next_gap(ctx),
            Action::Approve => self.ask(Self::approve_dialog, ctx),
            Action::ReturnRecord => self.ask(Self::return_dialog, ctx),
            Action::Comment => self.ask(Self::comment_dialog, ctx),
            Action::Sample => self.ask(Self::sample_dialog, ctx),
            Action::Amend => self.ask(Self::amend_dialog, ctx),
            Action::Copy => self.copy(ctx),
            Action::Photos => self.photos(),
            Action::Answered(answered) => self.on_answered(answered, ctx),
            _ => Vec::new(),
        }
    }

    /// The photos of this record.
    fn photos(&self) -> Vec<Action> {
        let Some(visit) = self.visit().cloned() else { return Vec::new() };
        let of = Photos::Of { of: GalleryOf::Visit(visit), item: None };
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
            Entry::Answer(_) if !self.comparing => return self.fold(false),
            _ => {
                let Some(row) = entry.row() else { return Vec::new() };
                return self.show_answer(row);
            }
        }
        self.list();
        Vec::new()
    }

    /// Unfolds the section of a row and goes there.
    fn show_answer(&mut self, row: usize) -> Vec<Action> {
        let section = self.section_of(row);
        self.unfolded.extend(section);
        self.comparing = false;
        self.list();
        self.go_to(|entry| *entry == Entry::Answer(row));
        Vec::new()
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

    /// Why the record can't be approved or returned by me; `None` = it can.
    pub(super) fn obstacle(&self, ctx: &Ctx<'_>) -> Option<&'static str> {
        let text = &ctx.text.review;
        let Some(sheet) = &self.sheet else { return Some(text.no_record) };
        if sheet.page.visit.state != VisitState::Submitted {
            return Some(text.only_submitted);
        }
        sheet.page.own.then_some(text.own_note)
    }

    fn approve_dialog(&self, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
        let text = &ctx.text.review;
        let sheet = self.sheet.as_ref().ok_or(text.no_record)?;
        if let Some(why) = self.obstacle(ctx) {
            return Err(why);
        }
        if sheet.page.content_hash.is_none() {
            return Err(text.no_hash);
        }
        let red = sheet.has_red();
        let title = if red { text.approve_red } else { text.approve_title };
        let name = &sheet.page.visit.name;
        let title = format!("{name}  {title}");
        let mut ask = Ask::form(APPROVE, title, vec![Field::text(text.opinion, "")]);
        let missing = sheet.gaps().len() + sheet.documents().len();
        let flags = sheet.page.flags.iter().sum();
        ask.lines.push(sheet.page.visit.name.clone());
        ask.lines.push(text.approve_summary(sheet.changes().len(), flags, missing));
        let alarms = sheet.state.checks.iter().filter(|c| c.light == Light::Alarm).count();
        let undecided = sheet.undecided().count();
        if alarms + undecided > 0 {
            ask.lines.push(text.approve_warnings(alarms, undecided));
        }
        Ok(if red { ask.dangerous() } else { ask })
    }

    fn return_dialog(&self, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
        let text = &ctx.text.review;
        let sheet = self.sheet.as_ref().ok_or(text.no_record)?;
        if let Some(why) = self.obstacle(ctx) {
            return Err(why);
        }
        let comments = sheet.open_comments();
        let reason = Field::text(text.return_field, "");
        let reason = if comments == 0 { reason.required() } else { reason };
        let mut ask = Ask::form(RETURN, text.return_title, vec![reason]);
        ask.lines.push(sheet.page.visit.name.clone());
        if comments > 0 {
            ask.lines.push(format!("{}  {}", text.comments(comments), text.return_commented));
        }
        Ok(ask)
    }

    fn comment_dialog(&self, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
        let text = &ctx.text.review;
        let sheet = self.sheet.as_ref().ok_or(text.no_record)?;
        let row = self.entry().and_then(Entry::row).and_then(|row| sheet.state.rows.get(row));
        let about = row.map_or(text.comment_whole, |row| pick(&row.title, ctx.lang));
        let field = Field::text(text.comment_field, "").required();
        let mut ask = Ask::form(COMMENT, text.comment_title, vec![field]);
        ask.lines.push(about.to_owned());
        Ok(ask)
    }

    fn sample_dialog(&self, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
        let text = &ctx.text.review;
        let sheet = self.sheet.as_ref().ok_or(text.no_record)?;
        let field = Field::text(text.sample_field, "").required();
        let mut ask = Ask::form(SAMPLE, text.sample_title, vec![field]);
        ask.lines.push(sheet.page.visit.name.clone());
        Ok(ask)
    }

    fn amend_dialog(&self, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
        let text = &ctx.text.review;
        let sheet = self.sheet.as_ref().ok_or(text.no_record)?;
        if sheet.page.visit.state != VisitState::Approved {
            return Err(text.only_approved);
        }
        let field = Field::text(text.amend_field, "").required();
        let mut ask = Ask::form(AMEND, text.amend_title, vec![field]);
        ask.lines.push(text.amend_line.to_owned());
        Ok(ask)
    }

    fn on_answered(&mut self, answered: &Answered, ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(Asked { visit, seen, content_hash, item }) = self.asked.clone() else {
            return Vec::new();
        };
        let typed = answered.values.first().map_or("", |value| value.trim()).to_owned();
        let command = match answered.tag {
            APPROVE => Command::Approve { visit, seen, content_hash, note: typed },
            RETURN => Command::Return { visit, seen, reason: typed },
            COMMENT => Command::Comment { visit, item, text: typed },
            SAMPLE => {
                let text = format!("{}{typed}", ctx.text.review.sample_mark);
                Command::Comment { visit, item: None, text }
            }
            AMEND => Command::Amend { visit, reason: typed },
            _ => return Vec::new(),
        };
        vec![Action::apply(command)]
    }
}
