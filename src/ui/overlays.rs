//! What lies above the panes, as a stack of one closed enumeration.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::protocol::page::Page;
use crate::protocol::reply::Outcome;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::{KeyContext, Keymap};

mod asking;
mod backtest;
mod compare;
mod conflict;
mod deadlines;
mod drops;
mod entering;
mod events;
mod flag;
mod foreseeing;
mod form;
mod gallery;
mod handing;
mod help;
mod inbox;
mod journal;
mod kept;
mod opened;
mod opening;
pub mod ordering;
mod packets;
mod palette;
mod policies;
mod portfolio;
mod queries;
mod requests;
mod retention;
mod score;
mod script;
mod search;
mod sheets;
mod start;
mod statements;
mod step;
mod strategies;
mod tasks;
mod tiers;
mod tour;
mod welcome;
mod why;

pub use gallery::Placed;
pub use step::Step;

/// An overlay.
#[derive(Debug)]
pub enum Overlay {
    /// Keys of a place.
    Help(help::Help),
    /// Commands by name.
    Palette(palette::Palette),
    /// Customers by name.
    Search(search::Search),
    /// Why a customer is due.
    Why(why::Why),
    /// The early-warning score of a customer.
    Score(score::Score),
    /// Messages.
    Inbox(inbox::Inbox),
    /// Requests for delay and termination.
    Requests(requests::Requests),
    /// Policies of the bank's own.
    Policies(policies::Policies),
    /// The journal.
    Journal(Box<journal::Journal>),
    /// Data whose time is over.
    Retention(Box<retention::Retention>),
    /// Deadlines beside visits.
    Deadlines(Box<deadlines::Deadlines>),
    /// Events outside.
    Events(events::Events),
    /// Inspections that were ordered.
    Tasks(tasks::Tasks),
    /// Customers that change hands.
    Packets(Box<packets::Packets>),
    /// Ordering an inspection or a handover.
    Ordering(Box<ordering::Ordering>),
    /// A question or a form of a pane.
    Form(form::Form),
    /// Entering an event.
    Foreseeing(Box<foreseeing::Foreseeing>),
    /// Starting a visit.
    Start(Box<start::Start>),
    /// Handing a record in.
    Handing(Box<handing::Handing>),
    /// Both values of a conflict.
    Conflict(conflict::Conflict),
    /// An empty database.
    Welcome(welcome::Welcome),
    /// The tour.
    Tour(tour::Tour),
    /// A flag with its history.
    History(flag::History),
    /// What to say.
    Script(script::Script),
    /// Contracts, borrower, schedule.
    Sheets(sheets::Sheets),
    /// Statements and ratios.
    Statements(Box<statements::Statements>),
    /// Entering a statement.
    Entering(Box<entering::Entering>),
    /// The portfolio.
    Portfolio(Box<portfolio::Portfolio>),
    /// The back-test.
    Backtest(backtest::Backtest),
    /// Five tiers.
    Tiers(Box<tiers::Tiers>),
    /// Financing strategies.
    Strategies(Box<strategies::Strategies>),
    /// Two visits side by side.
    Compare(Box<compare::Compare>),
    /// Files to register.
    Drops(Box<drops::Drops>),
    /// Photos.
    Gallery(Box<gallery::Gallery>),
}

impl Overlay {
    /// Where its keys go.
    pub fn context(&self) -> KeyContext {
        match self {
            Self::Help(_) | Self::Palette(_) | Self::Search(_) => KeyContext::Picking,
            Self::Why(_)
            | Self::Score(_)
            | Self::Backtest(_)
            | Self::Welcome(_)
            | Self::History(_)
            | Self::Sheets(_) => KeyContext::Reading,
            Self::Tour(_) => KeyContext::Touring,
            Self::Script(_) => KeyContext::Talking,
            Self::Portfolio(_) => KeyContext::Portfolio,
            Self::Statements(it) => it.context(),
            Self::Entering(_) => KeyContext::Entering,
            Self::Tiers(it) => it.context(),
            Self::Strategies(it) => it.context(),
            Self::Compare(_) => KeyContext::Comparing,
            Self::Inbox(_) => KeyContext::Inbox,
            Self::Requests(it) if it.is_typing() => KeyContext::Picking,
            Self::Requests(_) => KeyContext::Requests,
            Self::Policies(it) if it.is_typing() => KeyContext::Picking,
            Self::Policies(_) => KeyContext::Policies,
            Self::Retention(it) => it.context(),
            Self::Journal(it) => it.context(),
            Self::Deadlines(it) => it.context(),
            Self::Events(it) => it.context(),
            Self::Tasks(it) => it.context(),
            Self::Packets(it) => it.context(),
            Self::Ordering(it) => it.context(),
            Self::Drops(_) => KeyContext::Files,
            Self::Gallery(_) => KeyContext::Photo,
            Self::Form(it) => it.context(),
            Self::Foreseeing(it) => it.context(),
            Self::Start(_) | Self::Handing(_) => KeyContext::Form,
            Self::Conflict(_) => KeyContext::Conflict,
        }
    }

    /// Whether an action has anything to act on now: what has not is no hint. The keys stay.
    pub fn offers(&self, action: &Action) -> bool {
        match self {
            Self::Gallery(it) => it.offers(action),
            Self::Form(it) => it.offers(action),
            Self::Help(_) | Self::Palette(_) | Self::Search(_) => true,
            // A line that is typed about a row: there is no list to move in.
            _ if self.context() == KeyContext::Picking => {
                !matches!(action, Action::Next | Action::Previous)
            }
            Self::Tiers(it) => it.offers(action),
            Self::Strategies(it) => it.offers(action),
            Self::Deadlines(it) if it.is_receiving() => it.offers(action),
            Self::Events(it) if it.asks(action).is_some() => it.asks(action) == Some(true),
            // What is asked over a list has its own keys.
            _ if !self.context().is_box() => true,
            // Of nothing there is nothing to open or to decide.
            _ if self.is_empty() => *action == Action::Back,
            Self::Statements(it) => it.offers(action),
            Self::Requests(it) => it.offers(action),
            Self::Policies(it) => it.offers(action),
            _ => true,
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Inbox(it) => it.is_empty(),
            Self::Packets(it) => it.is_empty(),
            Self::Tasks(it) => it.is_empty(),
            Self::Deadlines(it) => it.is_empty(),
            Self::Retention(it) => it.is_empty(),
            _ => false,
        }
    }

    /// Takes a page, if it is one of its own.
    pub fn load(&mut self, page: &Page) {
        match (self, page) {
            (Self::Search(it), Page::Search(page)) => it.load(page.clone()),
            (Self::Why(it), Page::Why(page)) => it.load(page.clone()),
            (Self::Score(it), Page::Score(page)) => it.load(page.clone()),
            (Self::Backtest(it), Page::Backtest(page)) => it.load(page.clone()),
            (Self::Start(it), Page::Why(page)) => it.load(page),
            (Self::Handing(it), Page::Handing(page)) => it.load(page.clone()),
            (Self::Inbox(it), Page::Inbox(page)) => it.load(page.clone()),
            (Self::Sheets(it), Page::Sheets(page)) => it.load(page.clone()),
            (Self::Portfolio(it), Page::Portfolio(page)) => it.load(page.clone()),
            (Self::Portfolio(it), Page::PortfolioPart(page)) => it.load_part(page.clone()),
            (Self::Tiers(it), Page::Tiers(page)) => it.load(page.clone()),
            (Self::Strategies(it), Page::Strategies(page)) => it.load(page.clone()),
            (Self::Statements(it), Page::Statements(page)) => it.load(page.clone()),
            (Self::Requests(it), Page::Requests(page)) => it.load(page.clone()),
            (Self::Policies(it), Page::Policies(page)) => it.load(page.clone()),
            (Self::Retention(it), Page::Retention(page)) => it.load(page.clone()),
            (Self::Journal(it), page) => it.load(page),
            (Self::Deadlines(it), Page::Deadlines(page)) => it.load(page.clone()),
            (Self::Events(it), Page::Events(page)) => it.load(page.clone()),
            (Self::Events(it), Page::LookAts(page)) => it.load_looks(page.clone()),
            (Self::Tasks(it), Page::Tasks(page)) => it.load(page.clone()),
            (Self::Packets(it), Page::Packets(page)) => it.load(page.clone()),
            (Self::Packets(it), Page::Packet(page)) => it.load_packet(page.clone()),
            (Self::Ordering(it), Page::Staff(page)) => it.load(page.clone()),
            (Self::Foreseeing(it), Page::Foreseen(page)) => it.load(page.clone()),
            (Self::History(it), Page::FlagHistory(page)) => it.load(page.clone()),
            (Self::Compare(it), Page::Compare(page)) => it.load(page.clone()),
            (Self::Drops(it), Page::Drops(page)) => it.load(page.clone()),
            (Self::Drops(it), Page::Picture(page)) => it.load_picture(page.clone()),
            (Self::Gallery(it), Page::Gallery(page)) => it.load(page.clone()),
            (Self::Gallery(it), Page::Picture(page)) => it.load_picture(page.clone()),
            _ => {}
        }
    }

    /// A write is on disk that was asked for from a box above this one.
    pub fn on_done(&mut self, outcome: &Outcome) {
        if let Self::Events(it) = self {
            it.on_done(outcome);
        }
    }

    /// A key while text is typed; `None` = look it up in the keymap.
    pub fn on_key(&mut self, key: Key, ctx: &Ctx<'_>) -> Option<Vec<Action>> {
        let taken = match self {
            Self::Help(it) => it.on_key(key),
            Self::Palette(it) => it.on_key(key),
            Self::Search(it) => it.on_key(key),
            Self::Requests(it) => it.on_key(key),
            Self::Policies(it) => it.on_key(key),
            Self::Retention(it) => it.on_key(key),
            Self::Journal(it) => it.on_key(key),
            Self::Deadlines(it) => it.on_key(key, ctx),
            Self::Events(it) => it.on_key(key, ctx),
            Self::Tasks(it) => it.on_key(key),
            Self::Packets(it) => it.on_key(key),
            Self::Ordering(it) => it.on_key(key, ctx),
            Self::Form(it) => it.on_key(key, ctx),
            Self::Foreseeing(it) => it.on_key(key, ctx),
            Self::Start(it) => it.on_key(key, ctx),
            Self::Handing(it) => it.on_key(key),
            Self::Entering(it) => it.on_key(key),
            Self::Statements(it) => it.on_key(key, ctx),
            Self::Tiers(it) => it.on_key(key, ctx),
            Self::Strategies(it) => it.on_key(key, ctx),
            _ => false,
        };
        taken.then(Vec::new)
    }

    /// Pasted text; `None` = not wanted.
    pub fn on_paste(&mut self, text: &str, _: &Ctx<'_>) -> Option<Vec<Action>> {
        let taken = match self {
            Self::Help(it) => it.on_paste(text),
            Self::Palette(it) => it.on_paste(text),
            Self::Search(it) => it.on_paste(text),
            Self::Requests(it) => it.on_paste(text),
            Self::Policies(it) => it.on_paste(text),
            Self::Retention(it) => it.on_paste(text),
            Self::Journal(it) => it.on_paste(text),
            Self::Deadlines(it) => it.on_paste(text),
            Self::Events(it) => it.on_paste(text),
            Self::Tasks(it) => it.on_paste(text),
            Self::Packets(it) => it.on_paste(text),
            Self::Ordering(it) => it.on_paste(text),
            Self::Form(it) => it.on_paste(text),
            Self::Foreseeing(it) => it.on_paste(text),
            Self::Start(it) => it.on_paste(text),
            Self::Handing(it) => it.on_paste(text),
            Self::Entering(it) => it.on_paste(text),
            Self::Statements(it) => it.on_paste(text),
            Self::Tiers(it) => it.on_paste(text),
            Self::Strategies(it) => it.on_paste(text),
            _ => false,
        };
        taken.then(Vec::new)
    }

    /// Does what an action means here.
    pub fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>, keymap: &Keymap) -> Step {
        match self {
            Self::Help(it) => it.on_action(action),
            Self::Palette(it) => it.on_action(action, ctx, keymap),
            Self::Search(it) => it.on_action(action),
            Self::Why(it) => it.on_action(action),
            Self::Score(it) => it.on_action(action),
            Self::Backtest(it) => it.on_action(action),
            Self::Inbox(it) => it.on_action(action),
            Self::Requests(it) => it.on_action(action, ctx),
            Self::Policies(it) => it.on_action(action, ctx),
            Self::Retention(it) => it.on_action(action, ctx),
            Self::Journal(it) => it.on_action(action, ctx),
            Self::Deadlines(it) => it.on_action(action, ctx),
            Self::Events(it) => it.on_action(action, ctx),
            Self::Tasks(it) => it.on_action(action, ctx),
            Self::Packets(it) => it.on_action(action, ctx),
            Self::Ordering(it) => it.on_action(action, ctx),
            Self::Form(it) => it.on_action(action, ctx),
            Self::Foreseeing(it) => it.on_action(action, ctx),
            Self::Start(it) => it.on_action(action, ctx),
            Self::Handing(it) => it.on_action(action, ctx),
            Self::Conflict(it) => it.on_action(action),
            Self::Welcome(it) => it.on_action(action),
            Self::Tour(it) => it.on_action(action, ctx),
            Self::History(it) => it.on_action(action),
            Self::Script(it) => it.on_action(action),
            Self::Sheets(it) => it.on_action(action),
            Self::Statements(it) => it.on_action(action, ctx),
            Self::Entering(it) => it.on_action(action, ctx),
            Self::Portfolio(it) => it.on_action(action, ctx),
            Self::Tiers(it) => it.on_action(action, ctx),
            Self::Strategies(it) => it.on_action(action, ctx),
            Self::Compare(it) => it.on_action(action),
            Self::Drops(it) => it.on_action(action, ctx),
            Self::Gallery(it) => it.on_action(action, ctx),
        }
    }

    /// Draws itself in the middle of an area.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>, keymap: &Keymap) {
        match self {
            Self::Help(it) => it.render(frame, area, ctx, keymap),
            Self::Palette(it) => it.render(frame, area, ctx, keymap),
            Self::Search(it) => it.render(frame, area, ctx),
            Self::Why(it) => it.render(frame, area, ctx),
            Self::Score(it) => it.render(frame, area, ctx),
            Self::Backtest(it) => it.render(frame, area, ctx),
            Self::Inbox(it) => it.render(frame, area, ctx),
            Self::Requests(it) => it.render(frame, area, ctx),
            Self::Policies(it) => it.render(frame, area, ctx),
            Self::Retention(it) => it.render(frame, area, ctx),
            Self::Journal(it) => it.render(frame, area, ctx),
            Self::Deadlines(it) => it.render(frame, area, ctx),
            Self::Events(it) => it.render(frame, area, ctx),
            Self::Tasks(it) => it.render(frame, area, ctx),
            Self::Packets(it) => it.render(frame, area, ctx),
            Self::Ordering(it) => it.render(frame, area, ctx),
            Self::Form(it) => it.render(frame, area, ctx),
            Self::Foreseeing(it) => it.render(frame, area, ctx),
            Self::Start(it) => it.render(frame, area, ctx),
            Self::Handing(it) => it.render(frame, area, ctx),
            Self::Conflict(it) => it.render(frame, area, ctx),
            Self::Welcome(it) => it.render(frame, area, ctx),
            Self::Tour(it) => it.render(frame, area, ctx),
            Self::History(it) => it.render(frame, area, ctx),
            Self::Script(it) => it.render(frame, area, ctx),
            Self::Sheets(it) => it.render(frame, area, ctx),
            Self::Statements(it) => it.render(frame, area, ctx),
            Self::Entering(it) => it.render(frame, area, ctx),
            Self::Portfolio(it) => it.render(frame, area, ctx),
            Self::Tiers(it) => it.render(frame, area, ctx),
            Self::Strategies(it) => it.render(frame, area, ctx),
            Self::Compare(it) => it.render(frame, area, ctx),
            Self::Drops(it) => it.render(frame, area, ctx),
            Self::Gallery(it) => it.render(frame, area, ctx),
        }
    }
}
