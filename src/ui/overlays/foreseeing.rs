//! The dialog that enters an event: while its lists are typed it tells whom it will have looked at,
//! and whose work that will be.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Step;
use super::form::Form;
use crate::protocol::page::ForeseenPage;
use crate::protocol::query::{Query, Reaching, Slot};
use crate::ui::action::Action;
use crate::ui::ask::Ask;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;
use crate::ui::reach::ReachFields;
use crate::ui::width;

/// Cells of the lines in a form.
const ROOM: usize = 60;
/// Officers that are told by name, and lines that there are at least.
const NAMED: usize = 3;

/// A form with what it would do.
#[derive(Debug)]
pub struct Foreseeing {
    form: Form,
    at: ReachFields,
    page: Option<Arc<ForeseenPage>>,
}

impl Foreseeing {
    pub(super) fn new(ask: Ask, at: ReachFields) -> Self {
        Self { form: Form::new(ask), at, page: None }
    }

    pub(super) fn context(&self) -> KeyContext {
        self.form.context()
    }

    fn reaching(&self) -> Reaching {
        self.at.read(|field| self.form.typed(field))
    }

    pub(super) fn query(&self) -> Option<(Slot, Query)> {
        let of = self.reaching();
        (!of.is_empty()).then_some((Slot::Foreseen, Query::Foreseen(of)))
    }

    pub(super) fn load(&mut self, page: Arc<ForeseenPage>) {
        self.page = Some(page);
    }

    pub(super) fn on_key(&mut self, key: Key, ctx: &Ctx<'_>) -> bool {
        self.form.on_key(key, ctx)
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        self.form.on_paste(text)
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        self.form.on_action(action, ctx)
    }

    /// What was entered could not be written.
    pub(super) fn refused(&mut self, why: String, field: Option<&str>) {
        self.form.refused(why, field);
    }

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let own = wrapped(self.form.lines());
        let of = self.reaching();
        let room = own.len().max(NAMED);
        let mut told = if of.is_empty() { own } else { self.foretold(&of, room, ctx) };
        // The fields stay where they are while the answer changes.
        told.resize(room, String::new());
        self.form.render_with(&told, frame, area, ctx);
    }

    /// How many, whose and who, in as many lines as fit above the fields.
    fn foretold(&self, of: &Reaching, room: usize, ctx: &Ctx<'_>) -> Vec<String> {
        let (text, theme) = (&ctx.text.foreseen, ctx.theme);
        let Some(page) = self.page.as_ref().filter(|page| page.of == *of) else {
            return vec![text.counting.to_owned()];
        };
        let mut lines = text.strange(page);
        if page.unknown_drivers.is_empty() {
            lines.push(text.meets(page));
            if page.customers > 0 {
                let officers = page.officers.iter();
                let of = officers.map(|one| text.of_officer(&one.name, one.customers));
                lines.push(some(of, page.officers.len(), ctx));
                let left = room.saturating_sub(lines.len()).max(1);
                lines.extend(names(page, left, ctx));
            }
        }
        let cut = |line: String| theme.cut(&theme.clean(&line), ROOM);
        lines.into_iter().map(cut).collect()
    }
}

/// As many names as so many lines have room for, each whole.
fn names(page: &ForeseenPage, room: usize, ctx: &Ctx<'_>) -> Vec<String> {
    let comma = ctx.lang.list_mark();
    let more = ctx.lang.pick("…", "等");
    let mut lines = vec![String::new()];
    let last = page.first.len().saturating_sub(1);
    for (at, one) in page.first.iter().enumerate() {
        let follows = at < last || page.customers as usize > page.first.len();
        let end = if follows { comma } else { "" };
        let name = format!("{}{end}", ctx.theme.clean(&one.name));
        let fits =
            |line: &str, spare: usize| width::cells(line) + width::cells(&name) + spare <= ROOM;
        let spare = if follows { width::cells(more) } else { 0 };
        let is_last = lines.len() >= room;
        match lines.last_mut() {
            Some(line) if line.is_empty() || fits(line, if is_last { spare } else { 0 }) => {
                line.push_str(&name);
            }
            Some(line) if is_last => {
                *line = format!("{}{more}", line.trim_end_matches(comma));
                return lines;
            }
            _ => lines.push(name),
        }
    }
    if let Some(line) = lines.last_mut().filter(|line| line.ends_with(comma)) {
        *line = format!("{}{more}", line.trim_end_matches(comma));
    }
    lines
}

/// The first of many, with a word that there are more.
fn some(all: impl Iterator<Item = String>, of: usize, ctx: &Ctx<'_>) -> String {
    let first: Vec<String> = all.take(NAMED).collect();
    let more = if of > first.len() { ctx.lang.pick(" …", "等") } else { "" };
    format!("{}{more}", first.join(ctx.lang.list_mark()))
}

fn wrapped(lines: &[String]) -> Vec<String> {
    lines.iter().flat_map(|line| width::wrap(line, ROOM)).collect()
}
