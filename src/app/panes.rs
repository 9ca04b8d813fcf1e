//! One of each pane, and one `match` per operation.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::protocol::command::Command;
use crate::protocol::page::Page;
use crate::protocol::query::{Query, Slot};
use crate::protocol::reply::{Outcome, Refusal};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;
use crate::ui::panes::agenda::AgendaPane;
use crate::ui::panes::calendar::CalendarPane;
use crate::ui::panes::checklist::ChecklistPane;
use crate::ui::panes::cockpit::CockpitPane;
use crate::ui::panes::customers::CustomersPane;
use crate::ui::panes::dossier::DossierPane;
use crate::ui::panes::flags::FlagsPane;
use crate::ui::panes::month::board::BoardPane;
use crate::ui::panes::month::day::DayPane;
use crate::ui::panes::prepare::brief::BriefPane;
use crate::ui::panes::prepare::lookups::LookUpsPane;
use crate::ui::panes::prepare::script::ScriptPane;
use crate::ui::panes::review::queue::QueuePane;
use crate::ui::panes::review::record::RecordPane;
use crate::ui::screen::PaneId;

/// One of each pane.
#[derive(Debug)]
pub(super) struct Panes {
    pub(super) calendar: CalendarPane,
    pub(super) agenda: AgendaPane,
    pub(super) dossier: DossierPane,
    pub(super) flags: FlagsPane,
    pub(super) customers: CustomersPane,
    pub(super) checklist: ChecklistPane,
    pub(super) queue: QueuePane,
    pub(super) record: RecordPane,
    pub(super) brief: BriefPane,
    pub(super) lookups: LookUpsPane,
    pub(super) script: ScriptPane,
    pub(super) board: BoardPane,
    pub(super) day: DayPane,
    pub(super) cockpit: CockpitPane,
}

/// Does the same with whichever pane it is.
macro_rules! with {
    ($panes:expr, $id:expr, $pane:ident => $body:expr) => {
        match $id {
            PaneId::Calendar => {
                let $pane = &mut $panes.calendar;
                $body
            }
            PaneId::Agenda => {
                let $pane = &mut $panes.agenda;
                $body
            }
            PaneId::Dossier => {
                let $pane = &mut $panes.dossier;
                $body
            }
            PaneId::Flags => {
                let $pane = &mut $panes.flags;
                $body
            }
            PaneId::Customers => {
                let $pane = &mut $panes.customers;
                $body
            }
            PaneId::Checklist => {
                let $pane = &mut $panes.checklist;
                $body
            }
            PaneId::Queue => {
                let $pane = &mut $panes.queue;
                $body
            }
            PaneId::Record => {
                let $pane = &mut $panes.record;
                $body
            }
            PaneId::Brief => {
                let $pane = &mut $panes.brief;
                $body
            }
            PaneId::LookUps => {
                let $pane = &mut $panes.lookups;
                $body
            }
            PaneId::Script => {
                let $pane = &mut $panes.script;
                $body
            }
            PaneId::Board => {
                let $pane = &mut $panes.board;
                $body
            }
            PaneId::Day => {
                let $pane = &mut $panes.day;
                $body
            }
            PaneId::Cockpit => {
                let $pane = &mut $panes.cockpit;
                $body
            }
        }
    };
}

pub(super) use with;

impl Panes {
    pub(super) fn new(today: NaiveDate) -> Self {
        Self {
            calendar: CalendarPane::new(today),
            agenda: AgendaPane::new(today),
            dossier: DossierPane::default(),
            flags: FlagsPane::default(),
            customers: CustomersPane::default(),
            checklist: ChecklistPane::default(),
            queue: QueuePane::default(),
            record: RecordPane::default(),
            brief: BriefPane::default(),
            lookups: LookUpsPane::default(),
            script: ScriptPane::default(),
            board: BoardPane::new(today),
            day: DayPane::default(),
            cockpit: CockpitPane::new(today),
        }
    }

    pub(super) fn query(&mut self, id: PaneId) -> Option<Query> {
        with!(self, id, pane => pane.query())
    }

    pub(super) fn context(&mut self, id: PaneId) -> KeyContext {
        with!(self, id, pane => pane.context())
    }

    pub(super) fn on_action(&mut self, id: PaneId, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        with!(self, id, pane => pane.on_action(action, ctx))
    }

    /// Asks the panes in which text is typed.
    pub(super) fn on_key(&mut self, id: PaneId, key: Key, ctx: &Ctx<'_>) -> Option<Vec<Action>> {
        match id {
            PaneId::Customers => self.customers.on_key(key, ctx),
            PaneId::Checklist => self.checklist.on_key(key, ctx),
            _ => None,
        }
    }

    /// Asks the panes in which text is typed.
    pub(super) fn on_paste(
        &mut self,
        id: PaneId,
        text: &str,
        ctx: &Ctx<'_>,
    ) -> Option<Vec<Action>> {
        match id {
            PaneId::Customers => self.customers.on_paste(text, ctx),
            PaneId::Checklist => self.checklist.on_paste(text, ctx),
            _ => None,
        }
    }

    /// Asks the panes that write.
    pub(super) fn on_done(
        &mut self,
        id: PaneId,
        command: &Command,
        outcome: &Outcome,
        ctx: &Ctx<'_>,
    ) -> Vec<Action> {
        match id {
            PaneId::Customers => self.customers.on_done(command),
            PaneId::Flags => self.flags.on_done(command, outcome, ctx),
            PaneId::Checklist => self.checklist.on_done(command, outcome, ctx),
            PaneId::Record => self.record.on_done(command, outcome, ctx),
            PaneId::Brief => self.brief.on_done(command, outcome, ctx),
            PaneId::LookUps => self.lookups.on_done(command, outcome, ctx),
            PaneId::Day => self.day.on_done(command, outcome, ctx),
            PaneId::Cockpit => self.cockpit.on_done(command, ctx),
            _ => Vec::new(),
        }
    }

    /// Asks the panes that know better than the application why.
    pub(super) fn on_refused(
        &mut self,
        id: PaneId,
        command: &Command,
        why: &Refusal,
        ctx: &Ctx<'_>,
    ) -> bool {
        match id {
            PaneId::Checklist => self.checklist.on_refused(command, why, ctx),
            PaneId::Record => self.record.on_refused(command, why, ctx),
            _ => false,
        }
    }

    /// How many answers are on the screen alone, as the machine could not write them.
    pub(super) fn held_back(&self) -> usize {
        self.checklist.held_back()
    }

    /// Asks the one pane that holds back what is being typed.
    pub(super) fn flush(&mut self, id: PaneId) -> Vec<Command> {
        match id {
            PaneId::Checklist => self.checklist.flush(),
            _ => Vec::new(),
        }
    }

    /// Hands a page to the pane of its slot; pages of overlays are not for panes.
    pub(super) fn load(&mut self, page: Page) {
        match page {
            Page::Month(page) => self.calendar.load(page),
            Page::Agenda(page) => self.agenda.load(page),
            Page::Board(page) => self.board.load(page),
            Page::MonthPlan(page) => {
                self.board.load_plan(Arc::clone(&page));
                self.day.load(page);
            }
            Page::Cockpit(page) => self.cockpit.load(page),
            Page::Dossier(page) => self.dossier.load(page),
            Page::Flags(page) => self.flags.load(page),
            Page::Visit(page) => self.checklist.load(page),
            Page::Customers(page) => self.customers.load(page),
            Page::Queue(page) => self.queue.load(page),
            Page::Sample(page) => self.queue.load_sample(page),
            Page::Record(page) => self.record.load(page),
            Page::Brief(page) => {
                self.brief.load(&page);
                self.lookups.load(&page);
                self.script.load(&page);
            }
            Page::Home(_)
            | Page::Sheets(_)
            | Page::Statements(_)
            | Page::Tiers(_)
            | Page::Strategies(_)
            | Page::Portfolio(_)
            | Page::PortfolioPart(_)
            | Page::Handing(_)
            | Page::Why(_)
            | Page::Score(_)
            | Page::Backtest(_)
            | Page::Search(_)
            | Page::Inbox(_)
            | Page::Requests(_)
            | Page::Retention(_)
            | Page::Journal(_)
            | Page::Unusual(_)
            | Page::Events(_)
            | Page::LookAts(_)
            | Page::Foreseen(_)
            | Page::Tasks(_)
            | Page::Packets(_)
            | Page::Packet(_)
            | Page::Staff(_)
            | Page::Compare(_)
            | Page::FlagHistory(_)
            | Page::Todos(_)
            | Page::Deadlines(_)
            | Page::Policies(_)
            | Page::Report(_)
            | Page::Drops(_)
            | Page::Gallery(_)
            | Page::Picture(_) => {}
        }
    }

    /// Whom the record that a pane shows is about, raw.
    pub(super) fn customer_name(&self, pane: PaneId) -> Option<&str> {
        match pane {
            PaneId::Record => self.record.customer_name(),
            PaneId::Checklist => self.checklist.customer_name(),
            PaneId::Flags => self.flags.customer_name(),
            _ => None,
        }
    }
}

/// The slot in which a pane's query stands.
pub(super) const fn slot(id: PaneId) -> Slot {
    match id {
        PaneId::Calendar => Slot::Month,
        PaneId::Agenda => Slot::Agenda,
        PaneId::Dossier => Slot::Dossier,
        PaneId::Flags => Slot::Flags,
        PaneId::Customers => Slot::Customers,
        PaneId::Checklist => Slot::Visit,
        PaneId::Queue => Slot::Queue,
        PaneId::Record => Slot::Record,
        PaneId::Board => Slot::Board,
        PaneId::Day => Slot::MonthPlan,
        PaneId::Cockpit => Slot::Cockpit,
        PaneId::Brief | PaneId::LookUps | PaneId::Script => Slot::Brief,
    }
}
