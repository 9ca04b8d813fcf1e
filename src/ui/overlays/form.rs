//! A question or a small form of a pane.

use chrono::{Datelike, Days, NaiveDate};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field, FieldKind};
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{centered, popup, put};
use crate::ui::widgets::input::Input;
use crate::ui::width;

/// A question being answered.
#[derive(Debug)]
pub struct Form {
    ask: Ask,
    inputs: Vec<Input>,
    focus: usize,
    fault: Option<String>,
}

impl Form {
    pub(super) fn new(ask: Ask) -> Self {
        let inputs = ask.fields.iter().map(|f| Input::new(&f.value)).collect();
        Self { ask, inputs, focus: 0, fault: None }
    }

    pub(super) fn context(&self) -> KeyContext {
        if self.ask.fields.is_empty() { KeyContext::Confirm } else { KeyContext::Form }
    }

    fn field(&self) -> Option<&Field> {
        self.ask.fields.get(self.focus)
    }

    pub(super) fn on_key(&mut self, key: Key) -> bool {
        let typed = self.field().is_some_and(|f| !matches!(f.kind, FieldKind::Choice(_)));
        typed && self.inputs.get_mut(self.focus).is_some_and(|i| i.on_key(key))
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        let typed = self.field().is_some_and(|f| !matches!(f.kind, FieldKind::Choice(_)));
        if typed && let Some(input) = self.inputs.get_mut(self.focus) {
            input.on_paste(text);
        }
        typed
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        let count = self.ask.fields.len();
        let single = count == 1;
        match action {
            // In a form of one choice the vertical arrows choose.
            Action::Next if single => self.choose(true),
            Action::Previous if single => self.choose(false),
            Action::Next if count > 0 => self.focus = (self.focus + 1) % count,
            Action::Previous if count > 0 => self.focus = (self.focus + count - 1) % count,
            Action::Right => self.choose(true),
            Action::Left => self.choose(false),
            Action::Accept => return self.accept(ctx),
            Action::Back | Action::Cancel => return Step::close(Vec::new()),
            _ => {}
        }
        Step::stay()
    }

    /// Turns a choice.
    fn choose(&mut self, forward: bool) {
        let Some(FieldKind::Choice(options)) = self.field().map(|f| f.kind.clone()) else { return };
        let Some(input) = self.inputs.get_mut(self.focus) else { return };
        let now = input.text();
        let at = options.iter().position(|(code, _)| *code == now);
        let count = options.len().max(1);
        let next = match (at, forward) {
            (None, _) => 0,
            (Some(i), true) => (i + 1) % count,
            (Some(i), false) => (i + count - 1) % count,
        };
        if let Some((code, _)) = options.get(next) {
            input.set(code);
        }
    }

    /// Checks each field; the first fault is shown and gets the focus.
    fn accept(&mut self, ctx: &Ctx<'_>) -> Step {
        let text = &ctx.text.overlays;
        let mut values = Vec::new();
        for (index, (field, input)) in self.ask.fields.iter().zip(&self.inputs).enumerate() {
            let value = input.text().trim().to_owned();
            let fault = if value.is_empty() {
                field.required.then_some(text.form_required)
            } else if field.kind == FieldKind::Date {
                match read_day(&value, ctx.today) {
                    Some(day) => {
                        values.push(day.to_string());
                        continue;
                    }
                    None => Some(text.form_bad_date),
                }
            } else {
                None
            };
            if let Some(fault) = fault {
                self.focus = index;
                self.fault = Some(format!("{}: {fault}", field.label));
                return Step::stay();
            }
            values.push(value);
        }
        Step::close(vec![Action::Answered(Answered { tag: self.ask.tag, values })])
    }

    pub(super) fn render(&self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let (text, theme) = (&ctx.text.overlays, ctx.theme);
        let box_width = 64.min(area.width);
        let room = usize::from(box_width).saturating_sub(4);
        let lines: Vec<String> =
            self.ask.lines.iter().flat_map(|line| width::wrap(&theme.clean(line), room)).collect();
        let options = self.listed().map_or(0, <[(String, String)]>::len);
        let fields = if options > 0 { options } else { self.ask.fields.len() };
        let height = u16::try_from(lines.len() + fields + 5).unwrap_or(u16::MAX);
        let inner = popup(frame, centered(area, box_width, height), &self.ask.title, ctx);
        let mut row = 1;
        let body = if self.ask.dangerous { Meaning::Bad } else { Meaning::Text };
        for line in lines {
            put(frame, inner, row, Line::styled(line, theme.style(body)));
            row += 1;
        }
        if let Some(listed) = self.listed() {
            let now = self.inputs.first().map(Input::text).unwrap_or_default();
            for (code, name) in listed {
                let meaning = if *code == now { Meaning::Selected } else { Meaning::Text };
                let line = Line::styled(theme.fit(&format!(" {name}"), room), theme.style(meaning));
                put(frame, inner, row, line);
                row += 1;
            }
        } else {
            row = self.fields(frame, inner, row, ctx);
        }
        let keys = if self.ask.fields.is_empty() {
            format!("{}   {}", text.confirm_yes, text.confirm_no)
        } else {
            text.form_keys.to_owned()
        };
        let (foot, meaning) = match &self.fault {
            Some(fault) => (fault.clone(), Meaning::Bad),
            None => (keys, Meaning::Muted),
        };
        put(frame, inner, row + 1, Line::styled(theme.cut(&foot, room), theme.style(meaning)));
    }

    /// The options of a form that is one choice: shown as a list.
    fn listed(&self) -> Option<&[(String, String)]> {
        match self.ask.fields.as_slice() {
            [Field { kind: FieldKind::Choice(options), .. }] => Some(options),
            _ => None,
        }
    }

    fn fields(&self, frame: &mut Frame<'_>, inner: Rect, mut row: u16, ctx: &Ctx<'_>) -> u16 {
        let theme = ctx.theme;
        let label_cells = (usize::from(inner.width) / 3).min(20);
        for (index, (field, input)) in self.ask.fields.iter().zip(&self.inputs).enumerate() {
            let focused = index == self.focus;
            let need = if field.required { " *" } else { "" };
            let label = theme.fit(&format!("{}{need}", field.label), label_cells);
            let meaning = if focused { Meaning::Accent } else { Meaning::Muted };
            let cells = u16::try_from(label_cells).unwrap_or(0);
            let place = Rect {
                x: inner.x + cells.min(inner.width),
                y: inner.y + row,
                width: inner.width.saturating_sub(cells),
                height: u16::from(row < inner.height),
            };
            put(frame, inner, row, Line::styled(label, theme.style(meaning)));
            match &field.kind {
                FieldKind::Choice(options) => {
                    let now = input.text();
                    let name = options.iter().find(|(c, _)| *c == now).map_or("-", |(_, n)| n);
                    let meaning = if focused { Meaning::Selected } else { Meaning::Text };
                    let line = Line::from(vec![
                        Span::raw(if focused { "< " } else { "  " }),
                        Span::styled(theme.clean(name), theme.style(meaning)),
                        Span::raw(if focused { " >" } else { "" }),
                    ]);
                    put(frame, place, 0, line);
                }
                FieldKind::Text | FieldKind::Date => input.render(frame, place, focused, ctx),
            }
            row += 1;
        }
        row
    }
}

/// `2026-11-23`, `11-23` (the next one), `23` (of this or the next month), `+7` days.
pub(super) fn read_day(typed: &str, today: NaiveDate) -> Option<NaiveDate> {
    if let Some(days) = typed.strip_prefix('+') {
        return today.checked_add_days(Days::new(days.parse().ok()?));
    }
    if let Ok(day) = typed.parse() {
        return Some(day);
    }
    if let Some((month, day)) = typed.split_once(['-', '/', '.']) {
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        let this_year = NaiveDate::from_ymd_opt(today.year(), month, day)?;
        if (today - this_year).num_days() <= 180 {
            return Some(this_year);
        }
        return NaiveDate::from_ymd_opt(today.year() + 1, month, day);
    }
    let day: u32 = typed.parse().ok()?;
    today.iter_days().take(62).find(|d| d.day() == day)
}

#[cfg(test)]
mod tests;
