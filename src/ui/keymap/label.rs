//! What a key does, in the words of the place where it is pressed.

use super::{Binding, KeyContext};
use crate::i18n::Catalog;
use crate::ui::action::Action;

impl Binding {
    /// Its name in hints, help and the tables of the READMEs. Most actions are called the same
    /// everywhere; some mean something of their own in one place.
    pub fn label(&self, text: &Catalog) -> &'static str {
        use {Action as A, KeyContext as C};
        let verbs = &text.verbs;
        match (self.context, &self.action) {
            (C::Form | C::Editing | C::Choosing | C::Picking, A::Next)
            | (C::Entering, A::Accept) => verbs.next_field,
            (C::Editing | C::Choosing | C::Picking, A::Previous) => verbs.previous_field,
            (C::Portfolio, A::Open) => verbs.screen_customers,
            (C::Portfolio, A::Right) => verbs.next_view,
            (C::Statements, A::Right) | (C::Entering, A::StepNext) => verbs.next_part,
            (C::Statements, A::Edit) => verbs.correct,
            (C::Comparing, A::Left) => verbs.older,
            (C::Comparing, A::Right) => verbs.newer,
            (C::Comparing, A::NextPane) => verbs.other_side,
            (C::Talking, A::Right) => verbs.channel_next,
            (C::Talking, A::Left) => verbs.focus_next,
            (C::Conflict, A::Back) => verbs.decide_later,
            (C::Tiers | C::Strategies, A::Edit) => verbs.put_forward,
            (C::Tiers, A::Approve) => verbs.confirm_flag,
            (C::Tiers, A::Note) => verbs.note_event,
            (C::Tiers, A::Finish) => verbs.end_event,
            (C::Tiers | C::Strategies | C::Requests | C::Retention, A::ReturnRecord) => {
                verbs.refuse
            }
            (C::Inbox, A::Toggle) => verbs.mark_read,
            (C::Flags, A::Comment) => verbs.discuss,
            (_, action) => action.label(text),
        }
    }
}
