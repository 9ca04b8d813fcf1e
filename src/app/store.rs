//! What the worker is asked and what it answers: standing queries and writes under way.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::panes::slot;
use super::writes::Pending;
use super::{App, Effect, ctx};
use crate::domain::ids::OpId;
use crate::i18n::refusal;
use crate::i18n::report::Report;
use crate::protocol::command::{Command, PinCommand};
use crate::protocol::page::{HomePage, Page};
use crate::protocol::query::{Query, Slot};
use crate::protocol::reply::{Outcome, Refusal, Reply, Request};
use crate::ui::action::{Action, Said, Tone};
use crate::ui::ask::Ask;
use crate::ui::overlays::Overlay;
use crate::ui::reveal;
use crate::ui::screen::{PaneId, Screen};
use crate::ui::value::{signal_level, signal_line};

/// Standing queries by slot.
#[derive(Debug, Default)]
pub(super) struct Watches {
    next: u64,
    now: BTreeMap<Slot, Watch>,
}

#[derive(Debug)]
struct Watch {
    seq: u64,
    query: Query,
    answered: bool,
}

impl Watches {
    /// Compares what is wanted with what stands; gives the requests that make it so.
    fn update(&mut self, wanted: Vec<(Slot, Query)>) -> Vec<Request> {
        let mut requests = Vec::new();
        let gone: Vec<Slot> = self
            .now
            .keys()
            .filter(|slot| !wanted.iter().any(|(s, _)| s == *slot))
            .copied()
            .collect();
        for slot in gone {
            self.now.remove(&slot);
            requests.push(Request::Unwatch { slot });
        }
        for (slot, query) in wanted {
            if self.now.get(&slot).is_some_and(|w| w.query == query) {
                continue;
            }
            self.next += 1;
            let seq = self.next;
            self.now.insert(slot, Watch { seq, query: query.clone(), answered: false });
            requests.push(Request::Watch { slot, seq, query });
        }
        requests
    }

    /// Whether an answer belongs to the query that stands now; an older one is dropped.
    fn accepts(&mut self, slot: Slot, seq: u64) -> bool {
        match self.now.get_mut(&slot) {
            Some(watch) if watch.seq == seq => {
                watch.answered = true;
                true
            }
            _ => false,
        }
    }

    /// Forgets what was asked, so that everything is asked again.
    pub(super) fn forget(&mut self) {
        self.now.clear();
    }

    /// Whether a query has not been answered yet.
    pub(super) fn any_waiting(&self) -> bool {
        self.now.values().any(|w| !w.answered)
    }
}

impl App {
    /// Makes the standing queries those of what is on the screen now.
    pub(super) fn rewatch(&mut self) -> Vec<Effect> {
        let mut wanted = vec![(Slot::Home, Query::Home)];
        for id in self.place.screen.panes() {
            // Panes of one screen may share a slot: they look at the same.
            if let Some(query) = self.panes.query(*id)
                && wanted.iter().all(|(taken, _)| *taken != slot(*id))
            {
                wanted.push((slot(*id), query));
            }
        }
        if self.place.screen == Screen::Cockpit
            && let Some(query) = self.panes.cockpit.query_behind(self.place.size)
        {
            wanted.push((Slot::Behind, query));
        }
        for overlay in &self.overlays {
            for (slot, query) in overlay.queries(self.place.size) {
                wanted.retain(|(s, _)| *s != slot);
                wanted.push((slot, query));
            }
        }
        self.watches.update(wanted).into_iter().map(Effect::Store).collect()
    }

    /// Takes an answer of the worker.
    pub(super) fn on_reply(&mut self, reply: Reply) -> Vec<Effect> {
        match reply {
            Reply::Loaded { slot, seq, page } => {
                if self.watches.accepts(slot, seq) {
                    match (slot, page) {
                        (Slot::Behind, Page::Customers(page)) => {
                            self.panes.cockpit.load_behind(page);
                        }
                        (_, page) => self.take(page),
                    }
                }
                Vec::new()
            }
            Reply::Unread { slot, seq, why } => {
                // The box of the journal says itself who reads it.
                let told = slot == Slot::Journal && why == Refusal::NotFound;
                if self.watches.accepts(slot, seq) && !told {
                    self.say(Tone::Bad, self.text().shell.refusal(&why));
                }
                Vec::new()
            }
            Reply::Done { op, outcome } => self.on_done(&op, &outcome),
            Reply::Refused { op, why } => {
                self.on_refused(&op, &why);
                Vec::new()
            }
            Reply::JobsRan { .. } => Vec::new(),
            Reply::Down { .. } => {
                // Nobody will answer any more: leaving must not wait for it.
                self.writes.pending.clear();
                self.say(Tone::Bad, self.text().shell.down.to_owned());
                vec![Effect::Quit]
            }
        }
    }

    fn take(&mut self, page: Page) {
        match page {
            Page::Home(page) => self.take_home(page),
            page => {
                self.offer(&page);
                self.panes.load(page);
            }
        }
    }

    fn take_home(&mut self, page: Arc<HomePage>) {
        let rolled = self.home.as_ref().is_none_or(|old| old.today != page.today);
        if rolled {
            self.panes.calendar.set_today(page.today);
            self.panes.agenda.set_today(page.today);
            self.panes.board.set_today(page.today);
            self.panes.cockpit.set_today(page.today);
        }
        let text = self.text();
        if self.home.is_none() {
            if page.clock_back {
                self.say(Tone::Warn, text.shell.clock_back.to_owned());
            } else if page.clock_ahead {
                self.say(Tone::Warn, text.shell.clock_ahead.to_owned());
            } else if page.planned_on.is_some_and(|day| day < page.today) {
                self.say(Tone::Plain, text.shell.stale_plan.to_owned());
            } else if let Some((_, name, at)) = &page.resume {
                let said = format!("{}{} {at}", text.shell.resume, self.look.theme.clean(name));
                self.say(Tone::Plain, said);
            } else if self.look.idle.shared && !page.pin {
                self.say(Tone::Warn, text.lock.not_set.to_owned());
            }
        }
        if page.empty && !self.status.welcomed {
            self.status.welcomed = true;
            self.overlays.push(Overlay::first_start());
        }
        self.home = Some(page);
    }

    /// Asks for a write: of the pane that has asked, else of the one in focus.
    pub(super) fn apply(&mut self, command: Command) -> Effect {
        let from = self.asking.writer.take().unwrap_or_else(|| self.place.focused());
        let form = self.asking.form.take();
        let whose = self.look.theme.clean(self.panes.customer_name(from).unwrap_or_default());
        Effect::Store(self.writes.entered(command, from, form, whose))
    }

    /// Takes the last change back. The store knows which one that is, and whether others may have
    /// acted upon it: it says so, and the second time is the answer.
    pub(super) fn undo(&mut self) -> Vec<Action> {
        let asked = self.writes.asked.take().is_some();
        vec![Action::apply(if asked { Command::Undo } else { Command::UndoLight })]
    }

    fn on_done(&mut self, op: &OpId, outcome: &Outcome) -> Vec<Effect> {
        let Some(Pending { command, from, form, whose }) = self.writes.pending.remove(op) else {
            return Vec::new();
        };
        if let Command::Pin(pin) = &command {
            if !matches!(pin, PinCommand::Vouch { .. }) {
                return self.on_pin_done(pin, outcome, form);
            }
            // The pane decides on, or is asked again.
            self.asking.asker = Some(from);
            if !matches!(outcome, Outcome::Pin { right: true, .. }) {
                return self.on_pin_done(pin, outcome, form);
            }
            let ctx = ctx(&self.look, self.home.as_deref(), self.now);
            let actions = self.panes.on_done(from, &command, outcome, &ctx);
            (self.asking.writer, self.asking.form) = (Some(from), form);
            return self.run(actions);
        }
        let text = self.text();
        if !command.is_beside() {
            self.writes.asked = None;
            if command.weighs() {
                self.writes.weighty.push((command.deed(), whose));
            }
        }
        match outcome {
            Outcome::Undone { command } => {
                let what = Report::of(text.shell.lang).command(command);
                let said = text.shell.taken_back(what, self.writes.whose(command));
                self.writes.weighty.pop_if(|(deed, _)| deed == command);
                self.say(Tone::Plain, said);
            }
            // A suggestion that is being rejected is put down first: it is not raised.
            Outcome::FlagRaised(_)
                if matches!(command, Command::RaiseFlag { proposed: true, .. }) => {}
            Outcome::FlagRaised(_) => {
                let said = match &command {
                    // Words that were typed may have been read as a signal of the library: she sees which.
                    Command::RaiseFlag { signal, .. } if signal_level(signal).is_some() => {
                        text.shell.flag_raised_as(&signal_line(signal, text.shell.lang))
                    }
                    _ => text.shell.flag_raised.to_owned(),
                };
                self.say(Tone::Plain, said);
            }
            Outcome::Submitted { next_due, .. } => {
                let said = next_due.map_or_else(
                    || text.shell.submitted.to_owned(),
                    |day| text.shell.submitted_next(&crate::i18n::format::full_day(day)),
                );
                self.say(Tone::Plain, said);
            }
            Outcome::ReportMade { path } => {
                let (said, title) = text.shell.file_made(&command, &self.look.theme.clean(path));
                self.say(Tone::Plain, said);
                // The status line may be too short for a path.
                let ask = Ask::tell("report-made", title, vec![path.clone()]);
                self.overlays.push(Overlay::ask(ask));
            }
            Outcome::Attached { name, known, .. } => {
                let name = self.look.theme.clean(name);
                let said = match &command {
                    Command::Proof(_) => text.files.proof_attached(&name, *known),
                    _ => text.files.attached(&name, *known),
                };
                self.say(Tone::Plain, said);
            }
            Outcome::Revealed(shown) => {
                self.overlays.push(Overlay::ask(reveal::shown(shown, text)));
            }
            Outcome::Reused { name, first } => {
                // A word in the status line would go with the next key.
                let said = self.look.theme.clean(&text.files.reused(name, first.as_ref()));
                let ask = Ask::tell("reused", text.files.reused_title, vec![said]);
                self.overlays.push(Overlay::ask(ask.dangerous()));
            }
            Outcome::Plain if matches!(command, Command::Detach { .. } | Command::Proof(_)) => {
                self.say(Tone::Plain, text.files.detached.to_owned());
            }
            Outcome::Plain => {
                if let Some(said) = super::status::plainly(text, &command) {
                    self.say(Tone::Plain, said.to_owned());
                }
            }
            Outcome::VisitStarted(_)
            | Outcome::EventEntered(_)
            | Outcome::Saved { .. }
            | Outcome::Reviewed { .. }
            | Outcome::Pin { .. } => {}
        }
        let ctx = ctx(&self.look, self.home.as_deref(), self.now);
        let mut actions = self.panes.on_done(from, &command, outcome, &ctx);
        self.overlays.iter_mut().for_each(|open| open.on_done(outcome));
        if let Outcome::VisitStarted(visit) = outcome {
            actions.push(Action::OpenVisit(visit.clone()));
        }
        self.run(actions)
    }

    fn on_refused(&mut self, op: &OpId, why: &Refusal) {
        let Some(Pending { command, from, form, .. }) = self.writes.pending.remove(op) else {
            return;
        };
        if matches!(command, Command::Pin(PinCommand::Unlock { .. })) {
            self.on_unlock_refused(why);
            return;
        }
        if let Refusal::AskFirst { command } = why {
            self.writes.asked = Some(command);
            let text = self.text();
            let what = Report::of(text.shell.lang).command(command);
            self.say(Tone::Warn, text.shell.undo_again(what, self.writes.whose(command)));
            return;
        }
        let ctx = ctx(&self.look, self.home.as_deref(), self.now);
        if self.panes.on_refused(from, &command, why, &ctx) {
            return;
        }
        let conflict = match why {
            Refusal::Conflict { now, fields } => {
                Some((*now, self.panes.checklist.in_words(fields.clone(), &ctx)))
            }
            _ => None,
        };
        let text = self.text();
        let about_flag = matches!(
            command,
            Command::MoveFlag { .. } | Command::UpdateFlag { .. } | Command::RaiseFlag { .. }
        );
        let said = match why {
            Refusal::OwnRecord if about_flag => text.flags.four_eyes.to_owned(),
            _ => text.shell.refusal(why),
        };
        if conflict.is_none()
            && let Some(form) = form
        {
            self.bring_back(form, from, why, said);
            return;
        }
        if conflict.is_none() {
            let field = self.field_of(why);
            let mut boxes = self.overlays.iter_mut().rev();
            if boxes.any(|open| open.reopen(&command, &said, field)) {
                return;
            }
        }
        self.say(Tone::Bad, said);
        if let Some((now, fields)) = conflict {
            self.overlays.push(Overlay::conflict(command, now, fields));
        }
    }

    /// Opens a form again with everything typed and what the store said to it; the answer goes
    /// to the pane that asked before.
    fn bring_back(&mut self, mut form: Overlay, from: PaneId, why: &Refusal, said: String) {
        self.asking.asker = Some(from);
        form.refused(said, self.field_of(why));
        self.overlays.push(form);
    }

    /// The name of the field in question, if one is.
    fn field_of(&self, why: &Refusal) -> Option<&'static str> {
        match why {
            Refusal::Invalid { field, .. } | Refusal::TooFar { field, .. } => {
                refusal::field(self.look.lang, field)
            }
            _ => None,
        }
    }

    /// Says something in the status line.
    pub(super) fn say(&mut self, tone: Tone, text: String) {
        self.status.said = Some(Said { tone, text, field: None });
    }
}
