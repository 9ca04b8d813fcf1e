//! What actions mean for the whole: those that concern more than one pane.

use std::collections::VecDeque;

use super::{App, Effect, ctx};
use crate::domain::ids::{CustomerId, FlagId};
use crate::i18n::Catalog;
use crate::protocol::command::Command;
use crate::protocol::query::{CustomerSort, FlagScope};
use crate::ui::action::{Action, Tone};
use crate::ui::overlays::Overlay;
use crate::ui::panes::flags::Known;
use crate::ui::pin;
use crate::ui::screen::{PaneId, Screen};

/// An action may cause others; more than this in one event would be a loop.
const MOST_ACTIONS: usize = 64;

impl App {
    /// The texts of the language in use.
    pub(super) fn text(&self) -> &'static Catalog {
        Catalog::of(self.look.lang)
    }

    /// Does actions and those that follow from them.
    pub(super) fn run(&mut self, actions: Vec<Action>) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut queue = VecDeque::from(actions);
        for _ in 0..MOST_ACTIONS {
            let Some(action) = queue.pop_front() else { break };
            let follow = self.act(&action, &mut effects);
            for action in follow.into_iter().rev() {
                queue.push_front(action);
            }
        }
        effects
    }

    /// Does one action: the top overlay first, then the whole, then the pane in focus.
    fn act(&mut self, action: &Action, effects: &mut Vec<Effect>) -> Vec<Action> {
        // Nobody fills in a form to hear at its end that it is not hers to fill in.
        if let Some(work) = self.work_of_others(action) {
            return vec![Action::warn(self.text().shell.work(work))];
        }
        if self.overlay_takes(action) {
            return self.act_on_overlay(action);
        }
        if let Some(screen) = Screen::of(action) {
            self.place.forget_ways();
            let led = matches!(action, Action::Go(_));
            match screen {
                Screen::Review if !led => _ = self.panes.queue.leave(),
                Screen::Flags if !led => _ = self.panes.flags.leave(),
                _ => {}
            }
            return if led { self.lead_to(screen) } else { self.go_to_screen(screen) };
        }
        if let Some(overlay) = self.overlay_of(action) {
            self.overlays.push(overlay);
            return Vec::new();
        }
        match action {
            Action::NextPane => self.place.turn(true),
            Action::PreviousPane => self.place.turn(false),
            Action::PreviousScreen => self.place.go_back(),
            Action::Zoom => self.place.zoomed = !self.place.zoomed,
            Action::Back => return self.back(action),
            Action::Theme => {
                let next = self.look.theme.scheme().next();
                self.look.theme = self.look.theme.with_scheme(next);
            }
            Action::SetScheme(scheme) => self.look.theme = self.look.theme.with_scheme(*scheme),
            Action::Language => self.look.lang = self.look.lang.other(),
            Action::Redraw => effects.push(Effect::Redraw),
            Action::Refresh => {
                self.watches.forget();
                self.say(Tone::Plain, self.text().shell.refreshed.to_owned());
            }
            Action::Leave(_) => effects.extend(self.leave()),
            Action::Answered(answered) if answered.tag == "quit" => effects.extend(self.leave()),
            Action::Answered(answered) if answered.tag == pin::TAG => {
                return self.on_pin_entered(answered);
            }
            Action::Lock => self.lock(),
            Action::Say(said) => self.status.said = Some(said.clone()),
            Action::CopyText(text) => self.copy(text, effects),
            Action::Undo if !self.overlays.is_empty() || !self.pane_undoes() => return self.undo(),
            Action::Apply(command) => {
                effects.push(self.apply((**command).clone()));
            }
            Action::Answered(_) => return self.answer(action),
            Action::Ask(ask) => {
                let asks = self.asking.lent.take().unwrap_or_else(|| self.place.focused());
                self.asking.asker = Some(asks);
                self.overlays.push(Overlay::ask((**ask).clone()));
            }
            Action::SelectCustomer(id) => self.place.customer = Some(id.clone()),
            Action::OpenCustomer(id) => self.open_customer(id),
            Action::SelectFlag(flag) => self.select_flag(flag),
            Action::SelectDay(day) => {
                self.panes.calendar.select(*day);
                self.place.focus_on(PaneId::Agenda);
            }
            Action::OpenVisit(visit) => {
                self.panes.checklist.open(visit.clone());
                self.place.go(Screen::Checklist);
                self.place.focus_on(PaneId::Checklist);
            }
            Action::OpenRecord(visit) => self.open_record(visit),
            Action::NextRecord => return self.turn_record(true),
            Action::PreviousRecord => return self.turn_record(false),
            Action::Reviewed(visit) => return self.reviewed(visit),
            Action::ReviewsOf(_) => return self.hand_to_pane(PaneId::Queue, action),
            Action::StartVisit(id) => self.start_visit(id),
            Action::MonthNext | Action::MonthPrevious | Action::Today
                if self.place.screen == Screen::Month =>
            {
                return self.hand_to_pane(PaneId::Board, action);
            }
            Action::PlanDay(day) => self.panes.board.select(*day),
            // What concerns the whole month is asked by the pane that has it in full.
            Action::AcceptAll | Action::Appoint if self.place.screen == Screen::Month => {
                return self.ask_through(PaneId::Day, action);
            }
            Action::MonthNext | Action::MonthPrevious | Action::Today
                if !matches!(self.place.focused(), PaneId::Queue | PaneId::Cockpit) =>
            {
                return self.hand_to_pane(PaneId::Calendar, action);
            }
            Action::Flag | Action::Todo => return self.note_for_customer(action),
            Action::Overdue => return self.hand_to_pane(PaneId::Agenda, action),
            Action::WatchList => {
                let filter = self.text().customers.watch_filter.to_owned();
                let sort = Action::SortBy(CustomerSort::Flags);
                return vec![Action::SetFilter(filter), sort, Action::Go(Screen::Customers)];
            }
            Action::SortBy(_) | Action::SetFilter(_) => {
                return self.hand_to_pane(PaneId::Customers, action);
            }
            _ => return self.hand_to_focused(action),
        }
        Vec::new()
    }

    /// Shows a screen. The checklist with nothing open goes on with the draft written in last.
    fn go_to_screen(&mut self, screen: Screen) -> Vec<Action> {
        if screen == Screen::Checklist
            && self.panes.checklist.is_empty()
            && let Some((visit, ..)) = self.home.as_ref().and_then(|h| h.resume.clone())
        {
            return vec![Action::OpenVisit(visit)];
        }
        self.follow();
        if screen == self.place.screen {
            // The number of the screen that is shown leads to its list.
            let first = screen.panes().first().copied();
            self.place.focus_on(first.unwrap_or(PaneId::Agenda));
            self.place.zoomed = false;
        }
        self.place.go(screen);
        if screen == Screen::Prepare {
            self.place.focus_on(PaneId::Brief);
        }
        if screen == Screen::Checklist {
            self.place.focus_on(PaneId::Checklist);
        }
        Vec::new()
    }

    /// What leads to a list leads to the list itself, whatever was open beside it last; Esc leads back.
    fn lead_to(&mut self, screen: Screen) -> Vec<Action> {
        if matches!(screen, Screen::Customers | Screen::Review) && self.place.screen != screen {
            self.place.note_way(screen, None, Vec::new());
        }
        let follow = self.go_to_screen(screen);
        screen.panes().first().into_iter().for_each(|first| self.place.focus_on(*first));
        follow
    }

    /// Back: zoom, then focus, then the screen; the last step asks.
    fn back(&mut self, action: &Action) -> Vec<Action> {
        let context = self.panes.context(self.place.focused());
        if !context.is_list() {
            return self.hand_to_focused(action);
        }
        if self.place.zoomed {
            self.place.zoomed = false;
        } else if let Some(boxes) = self.place.way_back() {
            self.overlays = boxes;
        } else if !self.place.at_home() {
            let first = self.place.screen.panes().first().copied();
            self.place.focus_on(first.unwrap_or(PaneId::Agenda));
        } else if self.place.screen == Screen::Month && self.panes.board.leave() {
            // From one officer's month to everybody's.
        } else if self.place.screen == Screen::Review && self.panes.queue.leave() {
            // From one officer's records, or those to call back, to all that wait.
        } else if self.place.screen == Screen::Flags && self.panes.flags.leave() {
            // From what was rejected or made milder to what is live.
        } else if self.place.screen == Screen::Prepare {
            // Back to the list or the checklist from which it was asked for.
            self.place.go_back();
        } else if self.place.screen != Screen::Today {
            self.place.go(Screen::Today);
        } else {
            return vec![Action::Quit];
        }
        Vec::new()
    }

    /// Whether the pane in focus leaves flags and 待办 to the flag pane.
    fn notes_elsewhere(&self) -> bool {
        matches!(self.place.focused(), PaneId::Agenda | PaneId::Dossier | PaneId::Customers)
    }

    /// Lets the flag pane ask about the customer in view. Where it is on the screen it gets the
    /// focus; where it is not, the screen stays and the answer goes to it all the same.
    fn note_for_customer(&mut self, action: &Action) -> Vec<Action> {
        let dossier = &self.panes.dossier;
        let known = dossier.named().zip(dossier.officer());
        let known = known.map(|((customer, name), officer)| Known { customer, name, officer });
        self.panes.flags.know(known);
        if !self.notes_elsewhere() {
            return self.hand_to_focused(action);
        }
        self.follow();
        // A dossier lists what was agreed itself: who reads it goes on reading it.
        if *action != Action::Todo || self.place.focused() != PaneId::Dossier {
            self.place.focus_on(PaneId::Flags);
        }
        self.ask_through(PaneId::Flags, action)
    }

    /// Hands an action to a pane; if it asks something, the answer comes back to that pane.
    fn ask_through(&mut self, pane: PaneId, action: &Action) -> Vec<Action> {
        let follow = self.hand_to_pane(pane, action);
        self.asking.lent = follow.iter().any(|a| matches!(a, Action::Ask(_))).then_some(pane);
        follow
    }

    fn hand_to_focused(&mut self, action: &Action) -> Vec<Action> {
        self.hand_to_pane(self.place.focused(), action)
    }

    fn hand_to_pane(&mut self, id: PaneId, action: &Action) -> Vec<Action> {
        let ctx = ctx(&self.look, self.home.as_deref(), self.now);
        self.panes.on_action(id, action, &ctx)
    }

    /// While a text is being typed, undo is the text's own.
    fn pane_undoes(&mut self) -> bool {
        !self.panes.context(self.place.focused()).is_list()
    }

    fn copy(&mut self, text: &str, effects: &mut Vec<Effect>) {
        if text.is_empty() {
            self.say(Tone::Plain, self.text().shell.copy_empty.to_owned());
            return;
        }
        if self.look.clipboard {
            effects.push(Effect::Copy(text.to_owned()));
            let customer = self.place.customer.clone();
            let note = Command::NoteCopy { customer, what: "screen".to_owned() };
            effects.push(Effect::Store(self.writes.apply(note, self.place.focused())));
        }
        let colon = self.look.lang.colon();
        let said = format!("{}{colon}{}", self.text().shell.copied, self.look.theme.clean(text));
        self.say(Tone::Plain, said);
    }

    fn open_customer(&mut self, id: &CustomerId) {
        let here = self.place.screen;
        let to =
            if matches!(here, Screen::Today | Screen::Customers) { here } else { Screen::Today };
        let mut boxes = std::mem::take(&mut self.overlays);
        boxes.extend(self.asking.list.take());
        if here != to || !boxes.is_empty() {
            self.place.note_way(to, Some(id.clone()), boxes);
        }
        self.place.go(to);
        self.follow();
        self.place.customer = Some(id.clone());
        self.place.focus_on(PaneId::Dossier);
    }

    /// Leads to a flag of the customer who was opened just before.
    fn select_flag(&mut self, flag: &FlagId) {
        self.follow();
        self.panes.flags.select(flag.clone());
        self.place.focus_on(PaneId::Flags);
    }

    fn start_visit(&mut self, id: &CustomerId) {
        let today = ctx(&self.look, self.home.as_deref(), self.now).today;
        self.overlays.push(Overlay::start_visit(id.clone(), today, self.look.lang));
    }

    /// Dossier and flags follow the list that leads on this screen, when its selection changed.
    pub(super) fn follow(&mut self) {
        self.panes.agenda.show_day(self.panes.calendar.day());
        let (columns, rows) = self.place.size;
        self.panes.agenda.set_high(super::draw::is_huge(columns, rows));
        self.panes.agenda.set_rows(rows);
        self.panes.customers.set_rows(rows);
        let board = &self.panes.board;
        self.panes.day.show(board.first(), board.officer(), board.day());
        let listed = match self.place.screen {
            Screen::Today => self.panes.agenda.selected(),
            Screen::Customers => self.panes.customers.selected(),
            Screen::Flags => self.panes.flags.selected(),
            Screen::Review => self.lead_review(),
            Screen::Checklist => self.panes.checklist.customer(),
            Screen::Prepare | Screen::Cockpit => None,
            Screen::Month => self.panes.day.selected(),
        };
        if listed.is_some() && listed != self.place.listed {
            self.place.customer.clone_from(&listed);
        }
        self.place.listed = listed;
        self.panes.dossier.show(self.place.customer.clone());
        self.panes.brief.show(self.place.customer.clone());
        self.panes.lookups.show(self.place.customer.clone());
        self.panes.script.show(self.place.customer.clone());
        let scope = if self.place.screen == Screen::Flags {
            Some(FlagScope::Live)
        } else {
            self.place.customer.clone().map(FlagScope::Customer)
        };
        self.panes.flags.show(scope);
    }

    fn act_on_overlay(&mut self, action: &Action) -> Vec<Action> {
        let ctx = ctx(&self.look, self.home.as_deref(), self.now);
        let Some(overlay) = self.overlays.last_mut() else { return Vec::new() };
        let step = overlay.on_action(action, &ctx, &self.look.keymap);
        if step.close {
            let closed = self.overlays.pop();
            if !step.actions.contains(&Action::Undo) {
                self.writes.forget_question();
            }
            // What was typed is kept until it is on disk.
            let entered = |a: &Action| matches!(a, Action::Answered(_) | Action::Apply(_));
            let opens = step.actions.iter().any(|a| matches!(a, Action::OpenCustomer(_)));
            if opens {
                self.asking.list = closed.filter(Overlay::is_come_back_to);
            } else {
                self.asking.form =
                    closed.filter(|o| o.is_form() && step.actions.iter().any(entered));
            }
        }
        step.actions
    }

    /// Hands an answer to the pane that asked. If the pane does not take it the form stays, with
    /// what was typed and why; if it writes, the form comes back should that be refused.
    fn answer(&mut self, action: &Action) -> Vec<Action> {
        let asker = self.asking.asker.take().unwrap_or_else(|| self.place.focused());
        let mut follow = self.ask_through(asker, action);
        self.asking.writer = follow.iter().any(|a| matches!(a, Action::Apply(_))).then_some(asker);
        if follow.iter().any(|a| matches!(a, Action::Apply(_))) {
            return follow;
        }
        let Some(mut form) = self.asking.form.take() else { return follow };
        let why = follow.iter().position(|a| matches!(a, Action::Say(s) if s.tone == Tone::Bad));
        if let Some(index) = why
            && let Action::Say(said) = follow.remove(index)
        {
            form.refused_at(said.text, said.field);
            self.asking.asker = Some(asker);
            self.overlays.push(form);
        }
        follow
    }
}

#[cfg(test)]
mod tests;
