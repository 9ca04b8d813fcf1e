//! Handing a record in: what is like other records, the flags with who does what until when, the
//! next visit with its reason, and what must be said with it.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use crate::i18n::{format, words};
use crate::protocol::command::Command;
use crate::protocol::page::{FlagRow, HandingPage};
use crate::protocol::query::{Query, Slot};
use crate::ui::action::{Action, HandIn};
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::theme::Meaning;
use crate::ui::value::{item_title, pick, signal_line};
use crate::ui::widgets::frame::{centered, popup, put};
use crate::ui::widgets::input::Input;
use crate::ui::width::{cells, wrap};

/// Width of the dialog.
const WIDTH: u16 = 76;

/// What must be said with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Lateness,
    Likeness,
}

/// The dialog.
#[derive(Debug)]
pub struct Handing {
    record: HandIn,
    page: Option<Arc<HandingPage>>,
    lateness: Input,
    likeness: Input,
    focus: usize,
    /// First line shown of what stands above the fields.
    top: usize,
    fault: Option<String>,
}

impl Handing {
    pub(super) fn new(record: HandIn) -> Self {
        let (lateness, likeness) = (Input::new(""), Input::new(""));
        Self { record, page: None, lateness, likeness, focus: 0, top: 0, fault: None }
    }

    pub(super) fn query(&self) -> (Slot, Query) {
        (Slot::Handing, Query::Handing { visit: self.record.visit.clone() })
    }

    pub(super) fn load(&mut self, page: Arc<HandingPage>) {
        if page.visit == self.record.visit {
            // What was said when it was handed in before is not typed anew.
            let [late, like] = &page.said_before;
            for (input, said) in [(&mut self.lateness, late), (&mut self.likeness, like)] {
                if self.page.is_none() && input.text().is_empty() {
                    *input = Input::new(said);
                }
            }
            self.page = Some(page);
        }
    }

    /// It could not be handed in: stays with everything entered, and says why.
    pub(super) fn refused(&mut self, why: String) {
        self.fault = Some(why);
    }

    /// The fields that there are.
    fn fields(&self) -> Vec<Said> {
        let Some(page) = &self.page else { return Vec::new() };
        let wanted = [(Said::Lateness, page.late), (Said::Likeness, page.is_like())];
        wanted.into_iter().filter(|(_, wanted)| *wanted).map(|(said, _)| said).collect()
    }

    fn input(&mut self) -> Option<&mut Input> {
        match self.fields().get(self.focus)? {
            Said::Lateness => Some(&mut self.lateness),
            Said::Likeness => Some(&mut self.likeness),
        }
    }

    pub(super) fn on_key(&mut self, key: Key) -> bool {
        let taken = self.input().is_some_and(|input| input.on_key(key));
        if taken {
            self.fault = None;
        }
        taken
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        match self.input() {
            Some(input) => {
                input.on_paste(text);
                self.fault = None;
                true
            }
            None => false,
        }
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        let fields = self.fields().len();
        match action {
            Action::Next if fields > 1 => self.focus = (self.focus + 1) % fields,
            Action::Previous if fields > 1 => self.focus = (self.focus + fields - 1) % fields,
            Action::Next => self.top += 1,
            Action::Previous => self.top = self.top.saturating_sub(1),
            Action::Accept => return self.accept(ctx),
            Action::Back => return Step::close(Vec::new()),
            _ => {}
        }
        Step::stay()
    }

    fn accept(&mut self, ctx: &Ctx<'_>) -> Step {
        // Nothing is handed in before what there is to know of it has been seen.
        if self.page.is_none() {
            return Step::stay();
        }
        let said = |input: &Input| Some(input.text().trim().to_owned()).filter(|s| !s.is_empty());
        let (lateness_reason, likeness_reason) = (said(&self.lateness), said(&self.likeness));
        let missing = self.fields().into_iter().position(|field| match field {
            Said::Lateness => lateness_reason.is_none(),
            Said::Likeness => likeness_reason.is_none(),
        });
        if let Some(field) = missing {
            self.focus = field;
            let label = self.label(field, ctx);
            self.fault = Some(ctx.text.overlays.missing(&[label]));
            return Step::stay();
        }
        let HandIn { visit, seen, seen_answers, .. } = self.record.clone();
        Step::close(vec![Action::apply(Command::Submit {
            visit,
            seen,
            seen_answers,
            lateness_reason,
            likeness_reason,
        })])
    }

    fn label<'a>(&self, field: usize, ctx: &Ctx<'a>) -> &'a str {
        match self.fields().get(field) {
            Some(Said::Lateness) => ctx.text.conduct.lateness,
            _ => ctx.text.conduct.like_why,
        }
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let theme = ctx.theme;
        let fields = self.fields();
        let width = WIDTH.min(area.width);
        let lines = self.lines(usize::from(width).saturating_sub(5), ctx);
        let wanted = lines.len() + fields.len() + 5;
        let wanted = u16::try_from(wanted).unwrap_or(u16::MAX);
        let title = ctx.text.checklist.submit_title;
        let inner = popup(frame, centered(area, width, wanted), title, ctx);
        let below = u16::try_from(fields.len() + 2).unwrap_or(0);
        let room = usize::from(inner.height.saturating_sub(below + 1));
        self.top = self.top.min(lines.len().saturating_sub(room));
        for (row, line) in (1_u16..).zip(lines.into_iter().skip(self.top).take(room)) {
            put(frame, inner, row, line);
        }
        let first = inner.height.saturating_sub(below);
        for (index, field) in fields.iter().enumerate() {
            let row = first + u16::try_from(index).unwrap_or(0);
            let focused = index == self.focus;
            let meaning = if focused { Meaning::Accent } else { Meaning::Muted };
            let label = theme.fit(&format!("{} *", self.label(index, ctx)), 16);
            put(frame, inner, row, Line::styled(label, theme.style(meaning)));
            let place = Rect {
                x: inner.x + 16.min(inner.width),
                y: inner.y + row,
                width: inner.width.saturating_sub(16),
                height: u16::from(row < inner.height),
            };
            let input = match field {
                Said::Lateness => &self.lateness,
                Said::Likeness => &self.likeness,
            };
            input.render(frame, place, focused, ctx);
        }
        if let Some(fault) = &self.fault {
            let foot = theme.cut(fault, usize::from(inner.width));
            let foot = Line::styled(foot, theme.style(Meaning::Bad));
            put(frame, inner, inner.height.saturating_sub(1), foot);
        }
    }

    fn lines(&self, room: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
        let (text, theme) = (&ctx.text.conduct, ctx.theme);
        let plain = |said: &str, meaning: Meaning| -> Vec<Line<'static>> {
            let said = theme.clean(said);
            wrap(&said, room).into_iter().map(|l| Line::styled(l, theme.style(meaning))).collect()
        };
        let mut lines = plain(&self.record.summary, Meaning::Text);
        let Some(page) = &self.page else {
            lines.extend(plain(ctx.text.shell.loading, Meaning::Muted));
            return lines;
        };
        if let Some(mended) = page.mended {
            let meaning = if mended == 0 || self.record.comments > 0 {
                Meaning::Orange
            } else {
                Meaning::Muted
            };
            lines.extend(plain(&text.since_return(mended, self.record.comments), meaning));
        }
        if let Some(day) = page.deadline {
            let late = ctx.today > day;
            let meaning = if late { Meaning::Overdue } else { Meaning::Muted };
            lines.extend(plain(&text.deadline_line(day, ctx.today), meaning));
        }
        let heading = |said: &str| Line::styled(said.to_owned(), theme.style(Meaning::Heading));
        if page.like.is_empty() {
            lines.extend(plain(text.likeness_none, Meaning::Muted));
        } else {
            lines.push(heading(text.likeness));
            for row in &page.like {
                let title = row.item.as_deref().map(|item| self.title(item, ctx));
                let there = row.place.as_deref().map(|item| self.title(item, ctx));
                let title = title.as_deref().unwrap_or(text.whole);
                let told = text.like_line(title, there.as_deref(), row);
                let said = format!("{} {told}", theme.glyphs.overdue);
                lines.extend(plain(&said, Meaning::Orange));
            }
        }
        if !page.flags.is_empty() {
            lines.push(heading(text.flags));
            lines.extend(page.flags.iter().map(|row| flag(row, room, ctx)));
        }
        if let Some((now, asked, goes)) = page.strategy {
            let said = ctx.text.strategies.handing(now, asked, theme.glyphs.becomes, goes);
            lines.push(heading(ctx.text.strategies.title));
            lines.extend(plain(&said, if goes { Meaning::Accent } else { Meaning::Orange }));
        }
        lines.push(heading(text.next));
        let planned = page.next.as_ref().map_or_else(
            || text.next_none.to_owned(),
            |(day, codes)| {
                let codes: Vec<_> = codes.iter().map(|c| words::duty(ctx.lang, *c)).collect();
                format!("{}  {}", format::full_day(*day), codes.join(" "))
            },
        );
        lines.extend(plain(&planned, Meaning::Text));
        if let Some((day, why)) = &page.wish {
            let said = format!("{} {}  {why}", text.wish, format::full_day(*day));
            let meaning = if page.wish_late { Meaning::Bad } else { Meaning::Accent };
            lines.extend(plain(&said, meaning));
            if page.wish_late {
                lines.extend(plain(text.wish_late, Meaning::Bad));
            }
        } else if self.record.asks_next {
            lines.extend(plain(text.wish_hint, Meaning::Muted));
        }
        lines
    }

    /// The question of an item, as the checklist told it; one that only another record was asked, as
    /// the checklists have it.
    fn title(&self, item: &str, ctx: &Ctx<'_>) -> String {
        let known = self.record.titles.iter().find(|(path, _)| path == item);
        let known = known.map(|(_, title)| title.clone());
        let asked = || item_title(item).map(|title| pick(&title, ctx.lang).to_owned());
        known.or_else(asked).unwrap_or_else(|| item.to_owned())
    }
}

/// A flag with who does what until when.
fn flag(row: &FlagRow, room: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.conduct, ctx.theme);
    let head = format!("{} {} ", theme.level_mark(row.level), words::level(ctx.lang, row.level));
    let mut parts = vec![signal_line(&row.signal, ctx.lang)];
    parts.push(row.owner_name.clone().unwrap_or_else(|| text.no_owner.to_owned()));
    parts.extend(row.measure.clone().filter(|m| !m.is_empty()));
    parts.extend(row.due_on.map(|day| format::near_day(day, ctx.today)));
    let said = parts.join(&format!(" {} ", theme.glyphs.dot));
    let said = theme.cut(&said, room.saturating_sub(cells(&head)));
    Line::from(vec![Span::styled(head, theme.level(row.level)), Span::raw(said)])
}
