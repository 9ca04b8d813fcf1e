//! Entering an event outside: what is asked, and what the answer writes.

use super::FlagsPane;
use crate::domain::event::EventKind;
use crate::domain::money::Decimal4;
use crate::domain::user::Role;
use crate::i18n::{Lang, warning};
use crate::protocol::command::{Command, EventCommand, NewEvent};
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::reach::ReachFields;

const ADD: &str = "event-add";
/// Where the lists stand in the form.
const REACH: ReachFields = ReachFields { drivers: 4, industries: 5, districts: 6, change: 2 };

impl FlagsPane {
    pub(super) fn ask_event(ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.warning;
        let may = |role| matches!(role, Role::Supervisor | Role::Risk);
        if !ctx.home.is_some_and(|home| may(home.role)) {
            return vec![Action::warn(text.only_superiors)];
        }
        let kinds = EventKind::ALL.iter().map(|kind| {
            (kind.as_code().to_owned(), warning::event_kind(ctx.lang, *kind).to_owned())
        });
        let fields = vec![
            Field::choice(text.kind, EventKind::Price.as_code(), kinds.collect()),
            Field::text(text.title, "").required(),
            Field::number(text.change, "").required_when(0, EventKind::Price.as_code()),
            Field::date(text.happened_on, ctx.today.to_string()).required(),
            Field::text(text.drivers, ""),
            Field::text(text.industries, ""),
            Field::text(text.districts, ""),
            Field::text(text.points, "").required(),
            Field::date(text.due_on, "").required(),
        ];
        let mut ask = Ask::form(ADD, text.add_title, fields);
        ask.lines = vec![text.add_line.to_owned(), format!("{} {}", text.list_line, drivers(ctx))];
        ask.reach = Some(REACH);
        vec![Action::ask(ask)]
    }

    pub(super) fn answer_event(answered: &Answered, ctx: &Ctx<'_>) -> Option<Vec<Action>> {
        if answered.tag != ADD {
            return None;
        }
        let value = |i: usize| answered.values.get(i).map_or("", |v| v.trim());
        let of = REACH.read(|i| value(i).to_owned());
        let change = match value(2) {
            "" => Some(None),
            typed => Decimal4::parse(typed).ok().map(Some),
        };
        let (Some(kind), Ok(happened_on), Ok(due_on), Some(change)) =
            (EventKind::from_code(value(0)), value(3).parse(), value(8).parse(), change)
        else {
            return Some(vec![Action::fail(ctx.text.warning.needs)]);
        };
        let new = NewEvent {
            kind,
            title: value(1).to_owned(),
            change,
            happened_on,
            drivers: of.drivers,
            industries: of.industries,
            districts: of.districts,
            points: value(7).to_owned(),
            due_on,
        };
        Some(vec![Action::apply(Command::Event(EventCommand::Add(Box::new(new))))])
    }
}

/// The drivers of the pack by name.
fn drivers(ctx: &Ctx<'_>) -> String {
    let Ok(drivers) = crate::assets::drivers::shared() else { return String::new() };
    let names = drivers.iter().map(|driver| match ctx.lang {
        Lang::Zh => driver.zh.as_str(),
        Lang::En => driver.code.as_str(),
    });
    names.collect::<Vec<_>>().join(ctx.lang.list_mark())
}
