//! Each overlay, as it is opened.

use chrono::NaiveDate;

use super::{
    Overlay, Placed, backtest, compare, conflict, deadlines, drops, entering, events, flag,
    foreseeing, form, gallery, handing, help, inbox, ordering, palette, policies, portfolio,
    requests, score, script, search, sheets, start, statements, strategies, tasks, tiers, tour,
    welcome, why,
};
use crate::domain::ids::{CustomerId, FlagId};
use crate::i18n::Lang;
use crate::protocol::command::{Command, Revision};
use crate::protocol::page::SideId;
use crate::protocol::reply::ConflictField;
use crate::ui::action::{Chosen, Entering, ForItem, HandIn, Photos, VisitPlan};
use crate::ui::ask::Ask;
use crate::ui::keymap::KeyContext;
use crate::ui::talk::Talk;

impl Overlay {
    /// The choices of an empty database.
    pub fn first_start() -> Self {
        Self::Welcome(welcome::Welcome::default())
    }

    /// Both values of what somebody changed meanwhile.
    pub fn conflict(command: Command, now: Revision, fields: Vec<ConflictField>) -> Self {
        Self::Conflict(conflict::Conflict::new(command, now, fields))
    }

    /// Search, maybe with what was typed already.
    pub fn search(typed: Option<char>) -> Self {
        Self::Search(search::Search::new(typed))
    }

    /// Keys of a place.
    pub fn help(context: KeyContext) -> Self {
        Self::Help(help::Help::new(context))
    }

    /// Commands that are possible in a place.
    pub fn palette(context: KeyContext) -> Self {
        Self::Palette(palette::Palette::new(context))
    }

    /// Messages.
    pub fn inbox() -> Self {
        Self::Inbox(inbox::Inbox::default())
    }

    /// The journal.
    pub fn journal() -> Self {
        Self::Journal(Box::default())
    }

    /// Data whose time is over.
    pub fn retention() -> Self {
        Self::Retention(Box::default())
    }

    /// Requests for delay and termination.
    pub fn requests() -> Self {
        Self::Requests(requests::Requests::default())
    }

    /// Policies of the bank's own.
    pub fn policies() -> Self {
        Self::Policies(policies::Policies::default())
    }

    /// Events outside.
    pub fn events() -> Self {
        Self::Events(events::Events::default())
    }

    /// Deadlines of a customer; `None` = all that are near.
    pub fn deadlines(customer: Option<CustomerId>) -> Self {
        Self::Deadlines(Box::new(deadlines::Deadlines::new(customer)))
    }

    /// Inspections that were ordered.
    pub fn tasks() -> Self {
        Self::Tasks(tasks::Tasks::default())
    }

    /// Customers that change hands.
    pub fn packets() -> Self {
        Self::Packets(Box::default())
    }

    /// The dialog that orders an inspection.
    pub fn inspection(chosen: Chosen) -> Self {
        Self::Ordering(Box::new(ordering::Ordering::inspection(chosen)))
    }

    /// The dialog that lets customers change hands.
    pub fn hand_over(chosen: Chosen) -> Self {
        Self::Ordering(Box::new(ordering::Ordering::hand_over(chosen)))
    }

    /// The tour.
    pub fn tour() -> Self {
        Self::Tour(tour::Tour::default())
    }

    /// A question.
    pub fn ask(ask: Ask) -> Self {
        match ask.reach {
            Some(at) => Self::Foreseeing(Box::new(foreseeing::Foreseeing::new(ask, at))),
            None => Self::Form(form::Form::new(ask)),
        }
    }

    /// Why a customer is due.
    pub fn why(customer: CustomerId) -> Self {
        Self::Why(why::Why::new(customer))
    }

    /// The early-warning score of a customer.
    pub fn score(customer: CustomerId) -> Self {
        Self::Score(score::Score::new(customer))
    }

    /// A flag with its history.
    pub fn flag(flag: FlagId) -> Self {
        Self::History(flag::History::new(flag))
    }

    /// What to say.
    pub fn script(talk: Talk) -> Self {
        Self::Script(script::Script::new(talk))
    }

    /// Contracts, borrower and schedule of a customer.
    pub fn sheets(customer: CustomerId) -> Self {
        Self::Sheets(sheets::Sheets::new(customer))
    }

    /// Statements and ratios of a customer.
    pub fn statements(customer: CustomerId) -> Self {
        Self::Statements(Box::new(statements::Statements::new(customer)))
    }

    /// The portfolio in sight.
    pub fn portfolio() -> Self {
        Self::Portfolio(Box::new(portfolio::Portfolio::new()))
    }

    /// What signals and scores foretold.
    pub fn backtest() -> Self {
        Self::Backtest(backtest::Backtest::default())
    }

    /// The tiers that wait, or those of one customer.
    pub fn tiers(customer: Option<CustomerId>) -> Self {
        Self::Tiers(Box::new(tiers::Tiers::new(customer)))
    }

    /// The strategies that wait or go by a plan, or that of one customer.
    pub fn strategies(customer: Option<CustomerId>) -> Self {
        Self::Strategies(Box::new(strategies::Strategies::new(customer)))
    }

    /// The grid in which a statement is entered.
    pub fn entering(wanted: Entering) -> Self {
        Self::Entering(Box::new(entering::Entering::new(wanted)))
    }

    /// Two visits of a customer side by side; the newer one, if it is known.
    pub fn compare(customer: CustomerId, right: Option<SideId>) -> Self {
        Self::Compare(Box::new(compare::Compare::new(customer, right)))
    }

    /// Files in the drop folder, for an item or a flag.
    pub fn drops(of: ForItem) -> Self {
        Self::Drops(Box::new(drops::Drops::new(of.place, of.title)))
    }

    /// Photos; `dots` are the pixels of a cell where the terminal draws pictures itself.
    pub fn photos(of: Photos, dots: Option<(u16, u16)>) -> Self {
        Self::Gallery(Box::new(gallery::Gallery::new(of, dots)))
    }

    /// The picture that the terminal has to draw itself.
    pub fn placed(&self) -> Option<&Placed> {
        match self {
            Self::Gallery(it) => it.placed(),
            _ => None,
        }
    }

    /// The dialog that starts a visit.
    pub fn start_visit(customer: CustomerId, today: NaiveDate, lang: Lang) -> Self {
        Self::Start(Box::new(start::Start::new(customer, today, lang)))
    }

    /// The dialog that hands a record in.
    pub fn hand_in(record: HandIn) -> Self {
        Self::Handing(Box::new(handing::Handing::new(record)))
    }

    /// The dialog that changes what an open visit is about.
    pub fn change_visit(plan: VisitPlan, today: NaiveDate, lang: Lang) -> Self {
        Self::Start(Box::new(start::Start::change(plan, today, lang)))
    }
}
