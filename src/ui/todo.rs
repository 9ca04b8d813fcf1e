//! 待办 as dialogs ask for them, for the panes that note them.

use crate::domain::ids::{CustomerId, UserId, VisitId};
use crate::domain::todo::{Promiser, TodoKind};
use crate::i18n::words;
use crate::protocol::command::{Command, TodoCommand};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;

/// The dialog that notes one. Documents promised are noted by themselves.
pub fn ask(tag: &'static str, ctx: &Ctx<'_>) -> Ask {
    let text = &ctx.text.todos;
    let kinds = [TodoKind::Agreed, TodoKind::Recommendation, TodoKind::Measure]
        .iter()
        .map(|kind| (kind.as_code().to_owned(), words::todo_kind(ctx.lang, *kind).to_owned()))
        .collect();
    let parties = Promiser::ALL
        .iter()
        .map(|who| (who.as_code().to_owned(), words::promiser(ctx.lang, *who).to_owned()))
        .collect();
    let fields = vec![
        Field::text(text.what, "").required(),
        Field::choice(text.kind, TodoKind::Agreed.as_code(), kinds),
        Field::choice(text.promised_by, Promiser::Customer.as_code(), parties),
        Field::text(text.owner, ctx.me()).required(),
        Field::date(text.due_on, "").required(),
    ];
    Ask::form(tag, text.add_title, fields)
}

/// The command that the answers to [`ask`] mean.
pub fn add(
    customer: CustomerId,
    at: Option<(VisitId, String)>,
    values: &[String],
) -> Option<Command> {
    let value = |i: usize| values.get(i).map_or("", |v| v.trim());
    let (visit, item) = at.unzip();
    Some(Command::Todo(TodoCommand::Add {
        customer,
        visit,
        item,
        kind: TodoKind::from_code(value(1))?,
        text: value(0).to_owned(),
        owner: UserId::from(value(3)),
        promised_by: Promiser::from_code(value(2))?,
        due_on: value(4).parse().ok()?,
    }))
}
