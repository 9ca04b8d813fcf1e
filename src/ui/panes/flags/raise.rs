//! Raising a flag by hand, in two steps: which signal, then what is done about it. The library tells
//! how grave a signal is, and so which measures there are and until when one may end.

use super::FlagsPane;
use super::act::{catalogue, owner_of};
use crate::domain::flag::{Level, Lowered};
use crate::domain::ids::UserId;
use crate::i18n::words;
use crate::protocol::command::Command;
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::flag::{Signal, handling, levels, read_signal, several};
use crate::ui::value::{least, measure_written, signal_level, signal_line};

const SIGNAL: &str = "flag-signal";
const WHICH: &str = "flag-which";
const RAISE: &str = "flag-raise";

impl FlagsPane {
    pub(super) fn ask_raise(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        self.raising = self.customer();
        if self.raising.is_none() {
            return vec![Action::warn(ctx.text.flags.no_customer)];
        }
        vec![self.ask_signal(ctx)]
    }

    fn ask_signal(&self, ctx: &Ctx<'_>) -> Action {
        let text = &ctx.text.flags;
        let field = Field::text(text.signal, "").required();
        let mut ask = Ask::form(SIGNAL, text.raise_title, vec![field]);
        ask.lines.extend(self.raising.as_ref().map(|customer| self.named(customer)));
        ask.lines.push(text.signal_hint.to_owned());
        Action::ask(ask)
    }

    /// The answers of both steps; `None` = it is about something else.
    pub(super) fn answer_raise(
        &mut self,
        answered: &Answered,
        ctx: &Ctx<'_>,
    ) -> Option<Vec<Action>> {
        match answered.tag {
            SIGNAL | WHICH => {
                Some(self.ask_care(answered.values.first().map_or("", |v| v.trim()), ctx))
            }
            RAISE => Some(self.raise(&answered.values, ctx)),
            _ => None,
        }
    }

    /// What was typed as the signal is read; then comes what is done about it.
    fn ask_care(&mut self, typed: &str, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.flags;
        let several = several(typed);
        if let Some(first) = several.first() {
            let name = |code: &String| (code.clone(), signal_line(code, ctx.lang));
            let options = several.iter().map(name).collect();
            let field = Field::choice(text.which_signal, first.clone(), options);
            return vec![Action::ask(Ask::form(WHICH, text.which_signal, vec![field]))];
        }
        let Signal { written, level: known } = match read_signal(typed, ctx) {
            Ok(signal) => signal,
            Err(why) => return vec![Action::fail(why)],
        };
        let Some(customer) = self.raising.clone() else { return Vec::new() };
        self.signal = written;
        let level = known.unwrap_or(Level::Yellow);
        let officer = self.officer_of(&customer);
        let mut fields = vec![Field::choice(text.level, level.as_code(), levels(ctx))];
        fields.extend(handling(&owner_of(officer, ctx), "", "", Some(level), ctx));
        fields.push(Field::text(text.facts, ""));
        if known.is_some_and(|level| level > Level::Yellow) {
            fields.push(Field::text(text.at_least(text.lowered_why, least().reason), ""));
        }
        let mut ask = Ask::form(RAISE, text.raise_title, fields).starting_at(2);
        let signal = signal_line(&self.signal, ctx.lang);
        let line = match known {
            Some(level) => format!("{} {signal}", words::level(ctx.lang, level)),
            None => signal,
        };
        ask.lines = vec![self.named(&customer), line, catalogue(level, ctx)];
        vec![Action::ask(ask)]
    }

    fn raise(&self, values: &[String], ctx: &Ctx<'_>) -> Vec<Action> {
        let value = |i: usize| values.get(i).map_or("", |v| v.trim()).to_owned();
        let Some(customer) = self.raising.clone() else { return Vec::new() };
        let (Some(level), Ok(due_on)) = (Level::from_code(&value(0)), value(3).parse()) else {
            return vec![Action::fail(ctx.text.flags.needs)];
        };
        let lowered = signal_level(&self.signal).filter(|from| *from > level);
        vec![Action::apply(Command::RaiseFlag {
            lowered: lowered.map(|from| Box::new(Lowered { from, why: value(5) })),
            customer,
            visit: None,
            item: None,
            signal: self.signal.clone(),
            level,
            proposed: false,
            owner: Some(UserId(value(1))),
            measure: measure_written(&value(2), ctx.lang),
            due_on: Some(due_on),
            note: value(4),
        })]
    }
}
