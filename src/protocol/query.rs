//! Reads. Every query is answered within the actor's scope; what lies outside looks like nothing.

mod file;
mod journal;
mod part;
mod reach;

use chrono::NaiveDate;

use crate::domain::cockpit::{Figure, Grouping};
use crate::domain::duty::DutyClass;
use crate::domain::flag::Level;
use crate::domain::ids::{CustomerId, FlagId, PacketId, UserId, VisitId};
use crate::domain::picture::View;
use crate::protocol::page::SideId;

pub use file::{DropsFor, GalleryOf, PictureOf};
pub use journal::JournalFilter;
pub use part::{AgendaFilter, FlagScope, Window};
pub use reach::Reaching;

/// A standing read's place. One slot shows one thing; a newer query in a slot replaces the older.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// Status bar: who, counters, notices.
    Home,
    /// Calendar pane.
    Month,
    /// Agenda pane.
    Agenda,
    /// Month plan: everybody's load.
    Board,
    /// Month plan: one officer's month.
    MonthPlan,
    /// Cockpit.
    Cockpit,
    /// The customers behind the selected figure of the cockpit.
    Behind,
    /// Dossier pane.
    Dossier,
    /// Panes of the preparation.
    Brief,
    /// Overlay with contracts, borrower and schedule.
    Sheets,
    /// Overlay with the statements.
    Statements,
    /// Overlay with the tiers.
    Tiers,
    /// Overlay with the financing strategies.
    Strategies,
    /// Overlay with the portfolio.
    Portfolio,
    /// The customers of a part of it.
    PortfolioPart,
    /// Flag pane.
    Flags,
    /// Checklist pane.
    Visit,
    /// Review queue.
    Queue,
    /// The record under review.
    Record,
    /// Two visits side by side.
    Compare,
    /// Customer table.
    Customers,
    /// Search overlay.
    Search,
    /// Overlay that hands a record in.
    Handing,
    /// Why overlay.
    Why,
    /// Overlay with the early-warning score.
    Score,
    /// Overlay with the back-test.
    Backtest,
    /// Inbox overlay.
    Inbox,
    /// Overlay with the requests.
    Requests,
    /// Overlay with the journal.
    Journal,
    /// Overlay with the data whose time is over.
    Retention,
    /// Overlay with the events outside.
    Events,
    /// The customers that one of them concerns.
    LookAts,
    /// Dialog that enters an event.
    Foreseen,
    /// Overlay with the inspections that were ordered.
    Tasks,
    /// Overlay with the packets of customers that change hands.
    Packets,
    /// One of these packets.
    Packet,
    /// Overlay with the deadlines beside visits.
    Deadlines,
    /// Overlay with the policies of the bank's own.
    Policies,
    /// Dialog that names people.
    Staff,
    /// Overlay with the history of a flag.
    History,
    /// Overlay with the files of the drop folder.
    Drops,
    /// Overlay with the files of a visit or a customer.
    Gallery,
    /// The picture in an overlay.
    Picture,
}

/// Column by which the customer table is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CustomerSort {
    /// By id.
    #[default]
    Id,
    /// Next due date first.
    NextDue,
    /// Largest exposure first.
    Exposure,
    /// Worst tier first.
    Tier,
    /// Highest flags first.
    Flags,
    /// Highest early-warning score first; those without one last.
    Score,
}

/// Conditions of the customer table; those given must all hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CustomerFilter {
    /// Free text: name, pinyin, id, contract, phone.
    pub text: String,
    /// Only this officer's.
    pub officer: Option<UserId>,
    /// Only this tier (code of `Tier`).
    pub tier: Option<crate::domain::loan::Tier>,
    /// Next due on or before this day.
    pub due_by: Option<NaiveDate>,
    /// At least this exposure.
    pub min_exposure: Option<crate::domain::money::Fen>,
    /// At least one open flag of this level or worse.
    pub level: Option<Level>,
    /// At least this early-warning score.
    pub min_score: Option<i64>,
    /// Only this grade of the score.
    pub grade: Option<String>,
    /// Only this line.
    pub line: Option<crate::domain::customer::Line>,
    /// Only customers with a gap in the plan.
    pub gaps: bool,
    /// Only this district; empty = those without one.
    pub district: Option<String>,
    /// Only those behind this figure of the cockpit.
    pub figure: Option<Figure>,
    /// First day of the month for which the figure counts; `None` = this month.
    pub month: Option<NaiveDate>,
}

/// A read, described by value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Who am I, what waits.
    Home,
    /// Days of a month with load; `first` is the first of the month.
    Month {
        /// First day of the month.
        first: NaiveDate,
        /// Only this officer's, for supervisors.
        officer: Option<UserId>,
    },
    /// Every officer's load in a month.
    Board {
        /// First day of the month.
        first: NaiveDate,
    },
    /// One officer's month.
    MonthPlan {
        /// First day of the month.
        first: NaiveDate,
        /// Whose.
        officer: UserId,
    },
    /// A branch in figures.
    Cockpit {
        /// What the rows are.
        by: Grouping,
        /// First day of the month whose duties are counted.
        month: NaiveDate,
    },
    /// Due visits.
    Agenda {
        /// Which.
        filter: AgendaFilter,
        /// Only this class.
        class: Option<DutyClass>,
        /// Only this officer's, for supervisors.
        officer: Option<UserId>,
        /// Which part.
        window: Window,
    },
    /// Everything about one customer.
    Dossier {
        /// Whose.
        customer: CustomerId,
    },
    /// The preparation of a visit to one customer.
    Brief {
        /// Whom.
        customer: CustomerId,
    },
    /// Contracts, borrower and schedule, for looking up during a visit.
    Sheets {
        /// Whose.
        customer: CustomerId,
    },
    /// Financial statements.
    Statements {
        /// Whose.
        customer: CustomerId,
    },
    /// The portfolio in sight, summed.
    Portfolio {
        /// By what.
        by: crate::domain::portfolio_by::PortfolioBy,
        /// Every row, for a file, instead of as many as a screen has.
        whole: bool,
    },
    /// The customers of a part of the portfolio.
    PortfolioPart {
        /// By what.
        by: crate::domain::portfolio_by::PortfolioBy,
        /// Which part.
        key: String,
        /// Every customer, for a file, instead of as many as a screen has.
        whole: bool,
    },
    /// Tiers that wait for somebody.
    Tiers {
        /// Only this customer, whether it waits or not.
        customer: Option<CustomerId>,
        /// Only this officer's.
        officer: Option<UserId>,
    },
    /// Strategies that wait for somebody or go by a plan.
    Strategies {
        /// Only this customer, whatever her strategy.
        customer: Option<CustomerId>,
        /// Only this officer's.
        officer: Option<UserId>,
    },
    /// Flags.
    Flags {
        /// Which.
        scope: FlagScope,
        /// Which part.
        window: Window,
    },
    /// The record of a visit for writing or reading.
    Visit {
        /// Which.
        visit: VisitId,
    },
    /// What stands before handing a record in.
    Handing {
        /// Which.
        visit: VisitId,
    },
    /// What the early-warning score of a customer is made of.
    Score {
        /// Whose.
        customer: CustomerId,
    },
    /// What signals and scores foretold: held against instalments that fell due after them and tiers
    /// that were lowered; an overdue that was there already is no proof.
    Backtest,
    /// Why is this customer due: every duty with rule, inputs and source.
    Why {
        /// Whose plan.
        customer: CustomerId,
    },
    /// Customer table.
    Customers {
        /// Conditions.
        filter: CustomerFilter,
        /// Order.
        sort: CustomerSort,
        /// Which part.
        window: Window,
    },
    /// Customers found by name, pinyin, initials, id, contract or phone; best first.
    Search {
        /// As typed.
        text: String,
        /// How many at the most.
        limit: u32,
    },
    /// Records that wait for review.
    Queue,
    /// A record as the reviewer sees it: differences first.
    Record {
        /// Which.
        visit: VisitId,
    },
    /// Two visits of a customer side by side.
    Compare {
        /// Whose.
        customer: CustomerId,
        /// The older side; `None` = the one in force before the newer side.
        left: Option<SideId>,
        /// The newer side; `None` = the latest.
        right: Option<SideId>,
    },
    /// Which visits of a month are called back.
    Sample {
        /// First day of the month.
        month: NaiveDate,
    },
    /// Messages to me.
    Inbox,
    /// Requests in scope: open ones first, then those decided last.
    Requests,
    /// Policies of the bank's own: what waits for a decision first.
    Policies,
    /// Rows of the journal, latest first, for who audits it.
    Journal(JournalFilter),
    /// Unusual reads.
    Unusual {
        /// How many days back.
        days: u32,
    },
    /// Data whose time is over.
    Retention,
    /// Events outside: those of the branch, with the customers in scope counted.
    Events,
    /// Customers in scope that are looked at because of events, of one or of all.
    LookAts {
        /// Which; `None` = all.
        event: Option<crate::domain::ids::EventId>,
    },
    /// Whom an event would concern, for who may enter one.
    Foreseen(Reaching),
    /// Inspections ordered at customers in scope, within the last year or still open.
    Tasks,
    /// Packets of customers that change hands.
    Packets,
    /// One of them.
    Packet {
        /// Which.
        packet: PacketId,
        /// About which of its customers more is wanted.
        customer: Option<CustomerId>,
    },
    /// People who can take part in a packet.
    Staff,
    /// Open 待办.
    Todos {
        /// Only those that this member of staff sees to.
        owner: Option<UserId>,
        /// Which part.
        window: Window,
    },
    /// Deadlines beside visits that nobody has met: those of a customer, or those in scope that
    /// stand in lists by now.
    Deadlines {
        /// Only this customer's, also those that are still far away.
        customer: Option<CustomerId>,
        /// Only this officer's, for supervisors.
        officer: Option<UserId>,
    },
    /// Everything that a report prints.
    Report {
        /// About what.
        subject: super::report::ReportSubject,
        /// Personal data in clear.
        unmasked: bool,
    },
    /// One flag with its history.
    FlagHistory {
        /// Which.
        flag: FlagId,
    },
    /// Files in the actor's drop folder.
    Drops(DropsFor),
    /// Files of a visit, a customer or a flag, in the order of the form, latest visit first.
    Gallery(GalleryOf),
    /// A part of a picture, small enough for the terminal.
    Picture {
        /// Which.
        what: PictureOf,
        /// Which part of it, in how many cells.
        view: View,
    },
}
