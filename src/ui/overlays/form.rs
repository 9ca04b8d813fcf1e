//! A question or a small form of a pane.

use chrono::{Datelike, Days, NaiveDate};

use super::{Overlay, Step};
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field, FieldKind};
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;
use crate::ui::narrow::Narrow;
use crate::ui::reach::read_percent;
use crate::ui::reveal::SHOWN;
use crate::ui::widgets::input::Input;

mod choice;
mod draw;
mod told;

/// A list that is not longer than this is chosen from by one letter; a longer one is narrowed.
const SHORT: usize = 5;

/// A question being answered.
#[derive(Debug)]
pub struct Form {
    ask: Ask,
    inputs: Vec<Input>,
    focus: usize,
    fault: Option<String>,
    /// Whether Enter was pressed while fields that may not stay empty were: they are named until they
    /// are filled in.
    hasty: bool,
    /// The field in which something is wanted that the fault tells: once it is typed, nothing is.
    wanting: Option<usize>,
    /// What the fields began with, and whether Esc was pressed once over what was typed since.
    began: Vec<String>,
    leaving: bool,
    /// What was typed to narrow the list of a form that is one choice.
    narrow: Narrow,
}

impl Overlay {
    /// Whether it shows for a moment what else is masked.
    pub fn is_in_clear(&self) -> bool {
        matches!(self, Self::Form(it) if it.ask.tag == SHOWN)
    }
}

impl Form {
    pub(super) fn new(ask: Ask) -> Self {
        let inputs: Vec<Input> = ask.fields.iter().map(input).collect();
        let focus = ask.focus.min(inputs.len().saturating_sub(1));
        let began = inputs.iter().map(Input::text).collect();
        let narrow = Narrow::default();
        let (fault, wanting, hasty, leaving) = (None, None, false, false);
        Self { ask, inputs, focus, fault, hasty, wanting, began, leaving, narrow }
    }

    /// What was entered could not be written: stays with everything typed, and says why. `field`
    /// is the name of the field in question, if one is.
    pub(super) fn refused(&mut self, why: String, field: Option<&str>) {
        let asked = &self.ask.fields;
        let day = asked.iter().position(|f| f.kind == FieldKind::Date);
        // A label may say more than the name: `责任人（用户名）`.
        let of = |label: &str, name: &str| label.to_lowercase().starts_with(&name.to_lowercase());
        let named = field.and_then(|name| asked.iter().position(|f| of(&f.label, name)));
        self.refuse(why, named.or(day.filter(|_| field.is_some())));
    }

    /// The same, where something is wanted in the field at this position.
    pub(super) fn refused_at(&mut self, why: String, field: Option<usize>) {
        self.refuse(why, field);
        self.wanting = field;
    }

    fn refuse(&mut self, why: String, field: Option<usize>) {
        if let Some(index) = field.filter(|index| *index < self.inputs.len()) {
            self.focus = index;
            // What can't be read can't be mended: it is typed anew.
            let secret = self.field().is_some_and(|f| f.kind == FieldKind::Secret);
            if let Some(input) = self.inputs.get_mut(index).filter(|_| secret) {
                *input = Input::new("");
            }
        }
        (self.fault, self.hasty, self.wanting) = (Some(why), false, None);
    }

    pub(super) fn context(&self) -> KeyContext {
        if self.ask.fields.is_empty() { KeyContext::Confirm } else { KeyContext::Form }
    }

    /// Whether it is a plain yes or no: nothing typed could be lost.
    pub(super) fn is_bare(&self) -> bool {
        self.ask.fields.is_empty()
    }

    /// Whether words were written since it opened; a choice or a day is quickly made again.
    fn is_written(&self) -> bool {
        let fields = self.ask.fields.iter().zip(&self.inputs).zip(&self.began);
        fields.into_iter().any(|((field, input), began)| {
            field.kind == FieldKind::Text && !input.text().is_empty() && input.text() != *began
        })
    }

    /// Whether there is another field, or a list, to move in.
    fn moves(&self) -> bool {
        self.ask.fields.len() > 1 || self.listed().is_some()
    }

    /// Whether an action has anything to act on now.
    pub(super) fn offers(&self, action: &Action) -> bool {
        match action {
            Action::Next | Action::Previous => self.moves(),
            // What is only told is closed, not confirmed.
            Action::Accept => !self.ask.tells,
            Action::Photos => self.ask.files.is_some(),
            _ => true,
        }
    }

    fn field(&self) -> Option<&Field> {
        self.ask.fields.get(self.focus)
    }

    /// What stands in the way, and that one more Esc leaves.
    fn told(&self, ctx: &Ctx<'_>) -> Option<String> {
        if self.leaving {
            return Some(ctx.text.overlays.form_leave.to_owned());
        }
        let missing = || {
            let labels: Vec<&str> = self.missing().map(|(_, label)| label).collect();
            (self.hasty && !labels.is_empty()).then(|| ctx.text.overlays.missing(&labels))
        };
        self.fault.clone().or_else(missing)
    }

    pub(super) fn on_key(&mut self, key: Key, ctx: &Ctx<'_>) -> bool {
        let taken = self.take(key, ctx);
        // Whoever goes on writing does not leave.
        self.leaving &= !taken;
        taken
    }

    fn take(&mut self, key: Key, ctx: &Ctx<'_>) -> bool {
        let Some(field) = self.ask.fields.get(self.focus) else { return false };
        let Some(input) = self.inputs.get_mut(self.focus) else { return false };
        let FieldKind::Choice(options) = &field.kind else {
            let taken = input.on_key(key);
            self.typed_in(taken);
            return taken;
        };
        if self.ask.fields.len() == 1 && options.len() > SHORT {
            return choice::narrow(options, input, &mut self.narrow, &mut self.fault, key, ctx);
        }
        let Some(typed) = key.half_width().typed() else { return false };
        if self.ask.files.is_some() && choice::meant(options, &input.text(), typed).is_none() {
            // It may be the key that shows them.
            return false;
        }
        self.fault = match choice::meant(options, &input.text(), typed) {
            Some(code) => {
                input.set(code);
                None
            }
            None => Some(ctx.text.overlays.form_choose.to_owned()),
        };
        true
    }

    /// Something was typed in the field in focus: what was wanted there is no more.
    fn typed_in(&mut self, taken: bool) {
        if taken && self.wanting == Some(self.focus) {
            (self.fault, self.wanting) = (None, None);
        }
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        let typed = self.field().is_some_and(|f| !matches!(f.kind, FieldKind::Choice(_)));
        if typed && let Some(input) = self.inputs.get_mut(self.focus) {
            input.on_paste(text);
        }
        self.typed_in(typed);
        self.leaving &= !typed;
        typed
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        let count = self.ask.fields.len();
        let single = count == 1;
        let leaving = std::mem::take(&mut self.leaving);
        match action {
            // In a form of one choice the vertical arrows choose.
            Action::Next if single => self.choose(true),
            Action::Previous if single => self.choose(false),
            Action::Next if count > 0 => self.focus = (self.focus + 1) % count,
            Action::Previous if count > 0 => self.focus = (self.focus + count - 1) % count,
            Action::Right => self.choose(true),
            Action::Left => self.choose(false),
            Action::Accept => return self.accept(ctx),
            Action::Photos => {
                let files = self.ask.files.clone().map(Box::new);
                return Step::only(files.into_iter().map(Action::OpenPhotos).collect());
            }
            Action::Back if self.narrow.clear() => {}
            // One key must not throw away what somebody has written.
            Action::Back if !leaving && self.is_written() => self.leaving = true,
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
        if let (Some(at), false) = (at, self.narrow.text().is_empty()) {
            let place = self.narrow.step(&choice::plain(&options), at, forward);
            options.get(place).into_iter().for_each(|(code, _)| input.set(code));
            return;
        }
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

    /// Whether a field may not stay empty, as the choices stand.
    fn needs(&self, field: &Field) -> bool {
        let chosen = |(at, code): (usize, &str)| {
            self.inputs.get(at).is_some_and(|input| input.text() == code)
        };
        field.required
            || field.required_when.is_some_and(chosen)
            || field.required_unless.is_some_and(|unless| !chosen(unless))
    }

    /// Fields that may not stay empty and are: position and name.
    fn missing(&self) -> impl Iterator<Item = (usize, &str)> {
        let fields = self.ask.fields.iter().zip(&self.inputs).enumerate();
        fields
            .filter(|(_, (field, input))| self.needs(field) && input.text().trim().is_empty())
            .map(|(index, (field, _))| (index, field.label.as_str()))
    }

    /// Checks all fields; what is missing is named at once and the first of it gets the focus.
    fn accept(&mut self, ctx: &Ctx<'_>) -> Step {
        let text = &ctx.text.overlays;
        let first = self.missing().next().map(|(first, _)| first);
        if let Some(first) = first {
            (self.fault, self.hasty, self.focus) = (None, true, first);
            return Step::stay();
        }
        let mut values = Vec::new();
        for (index, (field, input)) in self.ask.fields.iter().zip(&self.inputs).enumerate() {
            let value = input.text().trim().to_owned();
            let (read, fault) = match field.kind {
                _ if value.is_empty() => (Some(value), ""),
                FieldKind::Date => {
                    (read_day(&value, ctx.today).map(|day| day.to_string()), text.form_bad_date)
                }
                FieldKind::Number => {
                    (read_percent(&value).map(|n| n.to_string()), text.form_bad_number)
                }
                _ => (Some(value), ""),
            };
            let Some(read) = read else {
                self.focus = index;
                self.fault = Some(format!("{}{}{fault}", field.label, ctx.lang.colon()));
                return Step::stay();
            };
            values.push(read);
        }
        Step::close(vec![Action::Answered(Answered { tag: self.ask.tag, values })])
    }

    /// The options of a form that is one choice: shown as a list.
    fn listed(&self) -> Option<&[(String, String)]> {
        match self.ask.fields.as_slice() {
            [Field { kind: FieldKind::Choice(options), .. }] => Some(options),
            _ => None,
        }
    }

    /// Whether a line tells what was typed to narrow the list.
    fn typed_line(&self) -> usize {
        usize::from(!self.narrow.text().is_empty())
    }
}

/// What a field begins with: a day is proposed, a text is there to be gone on with.
fn input(field: &Field) -> Input {
    match field.kind {
        FieldKind::Date => Input::preset(&field.value),
        _ => Input::new(&field.value),
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
