//! Actions that do nothing but lay something over the panes.

use super::{App, ctx};
use crate::domain::ids::CustomerId;
use crate::ui::action::Action;
use crate::ui::ask::Ask;
use crate::ui::overlays::Overlay;
use crate::ui::pin;
use crate::ui::screen::PaneId;

impl App {
    /// Whether `/` looks for words in what the focused pane reads: a record, a list of visits.
    fn pane_finds(&self) -> bool {
        match self.place.focused() {
            PaneId::Record => self.panes.record.visit().is_some(),
            PaneId::Dossier => self.panes.dossier.finds(),
            _ => false,
        }
    }

    /// The customer of the dossier, while that is what one looks at.
    fn customer_in_focus(&self) -> Option<CustomerId> {
        let dossier = self.place.focused() == PaneId::Dossier;
        self.panes.dossier.named().filter(|_| dossier).map(|(customer, _)| customer)
    }

    /// What an action lays over the panes; `None` = it is no such action.
    pub(super) fn overlay_of(&mut self, action: &Action) -> Option<Overlay> {
        Some(match action {
            Action::Help => Overlay::help(self.key_context()),
            Action::Palette => Overlay::palette(self.key_context()),
            // Some panes look for words among their own lines.
            Action::Search if !self.pane_finds() => Overlay::search(None),
            Action::Inbox => Overlay::inbox(),
            Action::Requests => Overlay::requests(),
            Action::Policies => Overlay::policies(),
            Action::Journal => Overlay::journal(),
            Action::Retention => Overlay::retention(),
            Action::OpenDeadlines(customer) => Overlay::deadlines(customer.clone()),
            Action::Deadlines => Overlay::deadlines(self.customer_in_focus()),
            Action::Events => Overlay::events(),
            Action::Tasks => Overlay::tasks(),
            Action::Portfolio => Overlay::portfolio(),
            Action::Backtest => Overlay::backtest(),
            Action::Tiers => Overlay::tiers(self.customer_in_focus().or_else(|| {
                let record = self.place.focused() == PaneId::Checklist;
                self.panes.checklist.customer().filter(|_| record)
            })),
            Action::Strategies => Overlay::strategies(self.customer_in_focus()),
            Action::Packets => Overlay::packets(),
            Action::AskInspection(chosen) => Overlay::inspection((**chosen).clone()),
            Action::AskHandOver(chosen) => Overlay::hand_over((**chosen).clone()),
            Action::Tour => Overlay::tour(),
            Action::SetPin => {
                let ctx = ctx(&self.look, self.home.as_deref(), self.now);
                Overlay::ask(pin::dialog(&ctx))
            }
            Action::Quit => {
                let text = &self.text().shell;
                let lines = vec![match self.panes.held_back() {
                    0 => text.quit_body.to_owned(),
                    lost => text.quit_loses(lost),
                }];
                Overlay::ask(Ask::confirm("quit", text.quit_title, lines))
            }
            Action::OpenCompare((customer, right)) => {
                Overlay::compare(customer.clone(), right.clone())
            }
            Action::OpenDrops(of) => Overlay::drops((**of).clone()),
            Action::OpenPhotos(of) => Overlay::photos((**of).clone(), self.look.dots),
            Action::OpenFlag(flag) => Overlay::flag(flag.clone()),
            Action::OpenScript(talk) => Overlay::script(*talk),
            Action::OpenSheets(id) => Overlay::sheets(id.clone()),
            Action::OpenStatements(id) => Overlay::statements(id.clone()),
            Action::EnterStatement(wanted) => Overlay::entering((**wanted).clone()),
            Action::OpenWhy(id) => Overlay::why(id.clone()),
            Action::OpenScore(id) => Overlay::score(id.clone()),
            Action::HandIn(record) => Overlay::hand_in((**record).clone()),
            Action::AskVisit(plan) => {
                let today = ctx(&self.look, self.home.as_deref(), self.now).today;
                Overlay::change_visit((**plan).clone(), today, self.look.lang)
            }
            _ => return None,
        })
    }
}
