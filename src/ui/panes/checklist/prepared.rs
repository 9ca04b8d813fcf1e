//! What was prepared, at hand while the record is written: what to say, the sheets, whom to meet.

use super::ChecklistPane;
use crate::domain::answer::Value;
use crate::domain::customer::Line;
use crate::domain::facts;
use crate::domain::visit::{Focus, VisitClass};
use crate::form::preparation::Channel;
use crate::i18n::{Catalog, Lang};
use crate::protocol::page::VisitPage;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::talk::Talk;

impl ChecklistPane {
    /// Opens the script for this visit: its focus as answered or as proposed, its channel, its line.
    pub(super) fn open_script(&self) -> Vec<Action> {
        let Some(session) = &self.session else { return Vec::new() };
        let page = &session.page;
        let choice = |value: Option<&Value>| match value {
            Some(Value::Choice(code)) => Some(code.clone()),
            _ => None,
        };
        let answered = choice(session.answer("focus").map(|answer| &answer.value));
        let proposed = choice(page.facts.get(facts::PROPOSED_FOCUS));
        let focus = answered.or(proposed).and_then(|code| Focus::from_code(&code));
        let line = choice(page.facts.get(facts::LINE)).and_then(|code| Line::from_code(&code));
        vec![Action::OpenScript(Talk {
            focus: focus.unwrap_or(Focus::RiskControl),
            channel: channel(page),
            line,
        })]
    }

    /// Opens contracts, borrower and schedule.
    pub(super) fn open_sheets(&self) -> Vec<Action> {
        let page = self.session.as_ref().map(|session| &session.page);
        page.map(|page| Action::OpenSheets(page.customer.clone())).into_iter().collect()
    }

    /// Whom the officer meant to meet, for the heading.
    pub(super) fn planned(&self, ctx: &Ctx<'_>) -> Option<String> {
        let session = self.session.as_ref()?;
        let Some(Value::Multi(names)) = session.page.facts.get(facts::PLANNED_TO_MEET) else {
            return None;
        };
        let names = names.join(ctx.lang.list_mark());
        Some(format!("  {} {names}", ctx.text.prepare.met_short))
    }
}

/// The channel of a visit: its name was written in the language of who started it.
fn channel(page: &VisitPage) -> Channel {
    if page.class == VisitClass::Onsite {
        return Channel::Onsite;
    }
    let video = [Lang::Zh, Lang::En].map(|lang| Catalog::of(lang).overlays.channel_video);
    if video.contains(&page.channel.as_str()) { Channel::Video } else { Channel::Phone }
}
