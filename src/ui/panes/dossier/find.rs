//! `/` in the history: looks for words among a customer's visits; elsewhere among all customers.

use super::{DossierPane, Section};
use crate::i18n::{format, words};
use crate::protocol::page::{DossierPage, VisitRow};
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::narrow;

pub(super) const FIND: &str = "dossier-find";

impl DossierPane {
    /// Whether it looks for words among its own lines rather than among all customers.
    pub fn finds(&self) -> bool {
        self.section == Section::History && self.shown().is_some_and(|page| !page.visits.is_empty())
    }

    pub(super) fn ask_find(&self, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.dossier;
        let field = Field::text(ctx.text.review.find_field, self.wanted.as_str()).required();
        vec![Action::ask(Ask::form(FIND, text.find_title, vec![field]))]
    }

    /// Goes to the next visit that holds the words, round and round.
    pub(super) fn find(
        &mut self,
        answered: &Answered,
        page: &DossierPage,
        ctx: &Ctx<'_>,
    ) -> Vec<Action> {
        let wanted = answered.values.first().map_or("", |value| value.trim()).to_lowercase();
        let again = wanted == self.wanted;
        self.wanted.clone_from(&wanted);
        let visits = page.visits.iter().enumerate();
        let found: Vec<usize> = visits
            .filter(|(_, visit)| told(visit, ctx).to_lowercase().contains(&wanted))
            .map(|(at, _)| at)
            .collect();
        let here = again.then(|| self.visit.selected());
        let Some((next, at)) = narrow::onward(&found, here) else {
            return vec![Action::warn(ctx.text.dossier.find_none)];
        };
        self.visit.select(at);
        vec![Action::say(ctx.text.review.found(next + 1, found.len()))]
    }
}

/// All that the list says of a visit.
fn told(visit: &VisitRow, ctx: &Ctx<'_>) -> String {
    let codes: Vec<&str> = visit.purposes.iter().map(|p| words::duty(ctx.lang, p.code)).collect();
    let parts = [
        format::full_day(visit.visited_on),
        words::visit_class(ctx.lang, visit.class).to_owned(),
        visit.channel.clone().unwrap_or_default(),
        visit.officer_name.clone(),
        words::visit_state(ctx.lang, visit.state).to_owned(),
        codes.join(" "),
        visit.conclusion.clone().unwrap_or_default(),
    ];
    parts.join(" ")
}
