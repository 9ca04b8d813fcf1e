//! Comments of the reviewer, one by one: `c` answers the one in focus, or leads to the next that has
//! not been answered.

use super::ChecklistPane;
use super::session::Session;
use crate::protocol::command::Command;
use crate::protocol::page::CommentRow;
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;

pub(super) const REPLY: &str = "checklist-reply";

impl ChecklistPane {
    /// Asks how a comment was dealt with: one at the question in focus, then one on the whole
    /// record; otherwise goes to the next question that has one.
    pub(super) fn ask_reply(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.checklist;
        let Some(session) = &self.session else { return Vec::new() };
        if !session.page.writable {
            return vec![Action::warn(self.why_read_only(ctx))];
        }
        let here = self.row().map(|row| row.path.clone());
        let here = here.as_deref();
        let at = |item: Option<&str>| {
            let mut at = open(session).filter(move |comment| comment.item.as_deref() == item);
            let first = at.clone().next();
            at.find(|comment| comment.reply.is_none()).or(first)
        };
        let unanswered = |found: &&CommentRow| found.reply.is_none();
        let mine = here.and_then(|path| at(Some(path)));
        let whole = at(None);
        let waits = open(session).filter(unanswered).find_map(|comment| {
            let path = comment.item.as_deref()?;
            session.state.rows.iter().position(|row| &*row.path == path)
        });
        let asked = mine.filter(unanswered).or_else(|| whole.filter(unanswered));
        if asked.is_none()
            && let Some(row) = waits
        {
            let mut actions = self.go_to(row);
            actions.push(Action::say(text.comment_here));
            return actions;
        }
        let Some(comment) = asked.or(mine).or(whole) else {
            return vec![Action::say(text.no_comment)];
        };
        let said = comment.reply.as_ref();
        let field = Field::text(ctx.text.review.reply, said.map_or("", |reply| &reply.text));
        let mut ask = Ask::form(REPLY, text.reply_title, vec![field.required()]);
        let colon = ctx.lang.colon();
        ask.lines.push(format!("{} {}{colon}{}", comment.by, comment.at, comment.text));
        self.replying = Some((comment.id.clone(), said.map_or(0, |reply| reply.revision)));
        vec![Action::ask(ask)]
    }

    pub(super) fn replied(&mut self, answered: &Answered) -> Vec<Action> {
        let Some((comment, seen)) = self.replying.take() else { return Vec::new() };
        let text = answered.values.first().map_or("", |value| value.trim()).to_owned();
        vec![Action::apply(Command::ReplyComment { comment, text, seen })]
    }
}

/// Comments that the officer has to deal with.
fn open(session: &Session) -> impl Iterator<Item = &CommentRow> + Clone {
    session.page.comments.iter().filter(|comment| !comment.resolved)
}
