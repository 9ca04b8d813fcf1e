//! Events outside: which there are, how far their look-ats have come; a superior enters new ones and
//! ends them with what came of them.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use super::asking::Asking;
use super::opened::Opened;
use crate::domain::flag::Leftover;
use crate::domain::ids::EventId;
use crate::domain::todo::TodoState;
use crate::form::entry::format_number;
use crate::i18n::{Lang, format, warning, words};
use crate::protocol::command::{Command, EventCommand};
use crate::protocol::page::{EventRow, EventsPage, LookAtRow, LookAtsPage};
use crate::protocol::query::{Query, Slot};
use crate::protocol::reply::Outcome;
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;
use crate::ui::theme::Meaning;
use crate::ui::value::{least, says_enough};
use crate::ui::widgets::frame::{centered, empty, list_of, place, popup, put};
use crate::ui::widgets::scroll::{Scroll, follow};
use crate::ui::width;

/// Lines at the foot that tell the selected event whole.
const TOLD: u16 = 7;
/// Cells of the box, at the most.
const WIDEST: u16 = 140;
/// From this width on a customer and why she is looked at stand beside each other.
const BESIDE_FROM: usize = 100;

/// The list of events.
#[derive(Debug, Default)]
pub struct Events {
    page: Option<Arc<EventsPage>>,
    scroll: Scroll,
    /// The customers that are looked at because of one.
    looks: Option<Opened<EventId, LookAtsPage>>,
    /// What is asked about the one that is being ended.
    ending: Asking<(), EventRow>,
    /// What was entered from here a moment ago: it is selected when the page with it comes.
    entered: Option<EventId>,
}

impl Events {
    fn row(&self) -> Option<&EventRow> {
        self.page.as_ref()?.rows.get(self.scroll.selected())
    }

    pub(super) fn query(&self) -> (Slot, Query) {
        match &self.looks {
            None => (Slot::Events, Query::Events),
            Some(looks) => (Slot::LookAts, Query::LookAts { event: Some(looks.of.clone()) }),
        }
    }

    pub(super) fn load_looks(&mut self, page: Arc<LookAtsPage>) {
        if let Some(looks) = &mut self.looks {
            looks.load(page);
        }
    }

    pub(super) fn context(&self) -> KeyContext {
        self.ending.context().unwrap_or(KeyContext::Events)
    }

    /// Whether something is asked, and then whether an action has anything to act on in it.
    pub(super) fn asks(&self, action: &Action) -> Option<bool> {
        self.ending.offers(action)
    }

    pub(super) fn load(&mut self, page: Arc<EventsPage>) {
        let has = |new: &mut EventId| page.rows.iter().any(|row| row.event == *new);
        let new = self.entered.take_if(has);
        let wanted = new.or_else(|| self.row().map(|row| row.event.clone()));
        follow(&mut self.scroll, wanted.as_ref(), page.rows.iter().map(|row| row.event.clone()));
        self.page = Some(page);
    }

    /// A write is on disk.
    pub(super) fn on_done(&mut self, outcome: &Outcome) {
        if let Outcome::EventEntered(event) = outcome {
            self.entered = Some(event.clone());
        }
    }

    pub(super) fn on_key(&mut self, key: Key, ctx: &Ctx<'_>) -> bool {
        self.ending.on_key(key, ctx)
    }

    /// What was entered could not be written: its form comes back and says why.
    pub(super) fn reopen(&mut self, why: &str, field: Option<&str>) -> bool {
        self.ending.reopen(why, field)
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        self.ending.on_paste(text)
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        if self.ending.is_open() {
            return self.ending.on_action(action, ctx, |(), row, answered| end(row, answered, ctx));
        }
        // Over its customers the event is ended as over its own row, which is still the selected one.
        if *action == Action::CloseEvent {
            return self.ask_finding(ctx);
        }
        if let Some(step) = Opened::on_action(&mut self.looks, action) {
            return step;
        }
        let len = self.page.as_ref().map_or(0, |page| page.rows.len());
        if self.scroll.on_action(action, len) {
            return Step::stay();
        }
        match action {
            // Entering one is asked for by the pane below.
            Action::Open => {
                let opened = |row: &EventRow| {
                    Opened::new(row.event.clone(), format!(" {}", whole_title(row)))
                };
                self.looks = self.row().map(opened);
                Step::stay()
            }
            Action::Left | Action::Right => Step::stay(),
            _ => Step::close(Vec::new()),
        }
    }

    /// Asks what came of the selected event.
    fn ask_finding(&mut self, ctx: &Ctx<'_>) -> Step {
        let text = &ctx.text.warning;
        let may = self.page.as_ref().is_some_and(|page| page.may_enter);
        match self.row() {
            _ if !may => Step::only(vec![Action::warn(text.only_superiors)]),
            None => Step::stay(),
            Some(row) if row.closed_on.is_some() => {
                Step::only(vec![Action::warn(text.closed_already)])
            }
            Some(row) => {
                let (row, ask) = (row.clone(), ask_end(row, ctx));
                self.ending.begin((), row, ask);
                self.looks = None;
                Step::stay()
            }
        }
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let text = &ctx.text.warning;
        let height = area.height.saturating_sub(2).clamp(12, 40);
        let inner = popup(frame, centered(area, WIDEST, height), text.events_title, ctx);
        if let Some(looks) = &mut self.looks {
            let width = usize::from(inner.width);
            looks.render(frame, inner, text.looks_none, ctx, |row| look(row, width, ctx));
            return;
        }
        let Some(page) = self.page.clone() else { return };
        if page.rows.is_empty() {
            let none = if page.may_enter { text.events_none_mine } else { text.events_none };
            empty(frame, inner, none, ctx);
            return;
        }
        let high = inner.height.saturating_sub(TOLD);
        let foot = Rect { y: inner.y + high, height: inner.height - high, ..inner };
        let list = Rect { height: high, ..inner };
        list_of(frame, list, (&mut self.scroll, &page.rows), ctx, |row| {
            line(row, usize::from(list.width), ctx)
        });
        place(frame, inner, self.scroll.place(page.rows.len()), ctx);
        self.render_foot(frame, foot, ctx);
        self.ending.render(frame, area, ctx);
    }

    /// The selected event in full.
    fn render_foot(&self, frame: &mut Frame<'_>, foot: Rect, ctx: &Ctx<'_>) {
        let (text, theme) = (&ctx.text.warning, ctx.theme);
        let Some(row) = self.row() else { return };
        let comma = ctx.lang.list_mark();
        let [industries, districts, drivers] = &row.reach;
        let mut told = vec![
            (text.title, whole_title(row)),
            (text.points, row.points.clone()),
            (text.drivers, named(drivers, ctx.lang).join(comma)),
            (text.industries, industries.join(comma)),
            (text.districts, districts.join(comma)),
            (text.entered_by, row.entered_by.clone()),
        ];
        told.extend(row.finding.clone().map(|finding| (text.found, finding)));
        let colon = ctx.lang.colon();
        let lines =
            told.into_iter().filter(|(_, value)| !value.is_empty()).flat_map(|(name, value)| {
                let said = theme.clean(&format!("{name}{colon}{}", value.replace('\n', " ")));
                width::wrap(&said, usize::from(foot.width).saturating_sub(2))
            });
        for (at, line) in (1..foot.height).zip(lines) {
            put(frame, foot, at, Line::styled(format!(" {line}"), theme.style(Meaning::Muted)));
        }
    }
}

/// What came of an event, and what becomes of look-ats that nobody has made.
fn ask_end(row: &EventRow, ctx: &Ctx<'_>) -> Ask {
    let (text, flags) = (&ctx.text.warning, &ctx.text.flags);
    let mut fields = vec![Field::text(flags.at_least(text.found, least().reason), "").required()];
    let open = row.customers.saturating_sub(row.done);
    if open > 0 {
        let options = vec![
            (String::new(), flags.choose.to_owned()),
            (Leftover::Stay.as_code().to_owned(), flags.todos_stay.to_owned()),
            (Leftover::Drop.as_code().to_owned(), flags.todos_drop.to_owned()),
        ];
        fields.push(Field::choice(text.still_open(open), "", options).required());
    }
    let mut ask = Ask::form("event-close", text.end_title, fields);
    ask.lines.push(whole_title(row));
    ask
}

/// The answer, read back.
fn end(row: &EventRow, answered: &Answered, ctx: &Ctx<'_>) -> Result<Command, String> {
    let value = |at: usize| answered.values.get(at).map_or("", String::as_str);
    let least = least().reason;
    if !says_enough(value(0), least) {
        return Err(ctx.text.warning.needs_finding(least));
    }
    Ok(Command::Event(EventCommand::Close {
        event: row.event.clone(),
        seen: row.revision,
        finding: value(0).to_owned(),
        left: Leftover::from_code(value(1)),
    }))
}

/// A customer, why she is looked at, by whom until when, and how far it is. Where the name and the
/// reason have no room beside each other, the reason stands below.
fn look(row: &LookAtRow, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let theme = ctx.theme;
    let muted = theme.style(Meaning::Muted);
    let late = row.state == TodoState::Open && row.due_on < ctx.today;
    let meaning = match (late, row.state) {
        (true, _) => Meaning::Overdue,
        (false, TodoState::Open) => Meaning::Text,
        (false, _) => Meaning::Muted,
    };
    let mark = if late { theme.glyphs.overdue } else { "" };
    let state = format!("{mark}{}", words::todo_state(ctx.lang, row.state));
    let day = format::near_day(row.due_on, ctx.today);
    let why = row.why.join(ctx.lang.list_mark());
    let why = match row.industry.as_deref().or(row.district.as_deref()) {
        Some(about) => format!("{about} {} {why}", theme.glyphs.dot),
        None => why,
    };
    // Name and reason share what the others leave.
    let room = width.saturating_sub(1 + 10 + 7 + 10);
    let beside = width >= BESIDE_FROM;
    let name = if beside { room / 2 } else { room };
    let mut spans = vec![Span::raw(format!(" {} ", theme.fit(&row.name, name.saturating_sub(1))))];
    if beside {
        let why = theme.fit(&why, (room - name).saturating_sub(2));
        spans.push(Span::styled(format!("{why} "), muted));
    }
    spans.extend([
        Span::styled(theme.fit(&row.owner_name, 10), muted),
        Span::styled(theme.fit(&day, 7), muted),
        Span::styled(theme.fit_right(&state, 10), theme.style(meaning)),
    ]);
    let mut lines = vec![Line::from(spans)];
    if !beside {
        let why = theme.cut(&theme.clean(&format!("   {why}")), width.saturating_sub(1));
        lines.push(Line::styled(why, muted));
    }
    lines
}

/// The drivers by name, where the pack still has them.
fn named(codes: &[String], lang: Lang) -> Vec<String> {
    let known = crate::assets::drivers::shared().ok();
    let name = |code: &String| {
        let driver = known.as_ref()?.iter().find(|driver| driver.code == *code)?;
        Some(if lang == Lang::Zh { driver.zh.clone() } else { driver.en.clone() })
    };
    codes.iter().map(|code| name(code).unwrap_or_else(|| code.clone())).collect()
}

/// What happened, and by how much a price has changed.
fn whole_title(row: &EventRow) -> String {
    let change = row.change.map(|n| format!(" {}%", format::signed(&format_number(n))));
    format!("{}{}", row.title, change.unwrap_or_default())
}

fn line(row: &EventRow, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.warning, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let closed = row.closed_on.is_some();
    let kind = warning::event_kind(ctx.lang, row.kind);
    let progress = text.progress(row.done, row.customers, row.late);
    let (state, meaning) = if closed {
        (format!("{} {progress}", text.closed), Meaning::Muted)
    } else if row.late > 0 {
        (progress, Meaning::Overdue)
    } else {
        (progress, Meaning::Text)
    };
    let room = width.saturating_sub(11 + 14 + 29);
    let main = if closed { muted } else { theme.style(Meaning::Text) };
    Line::from(vec![
        Span::styled(format!(" {} ", theme.fit(kind, 9)), muted),
        Span::styled(theme.fit(&theme.clean(&whole_title(row)), room), main),
        Span::styled(
            format!(
                " {} ",
                theme.fit(
                    &format!(
                        "{}{}{}",
                        format::near_day(row.happened_on, ctx.today),
                        theme.glyphs.becomes,
                        format::near_day(row.due_on, ctx.today)
                    ),
                    12
                )
            ),
            muted,
        ),
        Span::styled(theme.fit_right(&state, 28), theme.style(meaning)),
    ])
}

#[cfg(test)]
mod tests;
