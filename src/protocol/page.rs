//! Pages: the plain read models that queries return. Compared by value, so that a write that
//! changes nothing on a screen sends nothing to it.

mod attachment;
mod backtest;
mod board;
mod brief;
mod calendar;
mod cockpit;
mod compare;
mod conduct;
mod customers;
mod deadline;
mod dossier;
mod dossier_news;
mod event;
mod flag;
mod foreseen;
mod journal;
mod order;
mod policy;
mod portfolio;
mod record;
mod report;
mod request;
mod retention;
mod review;
mod score;
mod statements;
mod strategy;
mod tier;
mod todo;
mod why;

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::domain::ids::{CustomerId, FlagId, UserId, VisitId};
use crate::domain::user::Role;

pub use attachment::{
    AttachmentRow, DropRow, DropsPage, FirstPlace, FirstUse, GalleryPage, GalleryRow, PicturePage,
    ProofRow, ReuseRow,
};
pub use backtest::{BacktestGrade, BacktestPage, BacktestQuarter, BacktestSignal, share_of};
pub use board::{
    BoardDay, BoardOfficer, BoardPage, DayLoad, MonthPlanPage, OpenRequest, PlanAppointment,
    PlanVisit, Stand,
};
pub use brief::{
    BriefPage, Changed, Contract, Found, Instalment, LookUpEntry, LookUpRow, MustMeet, Neighbour,
    Paper, Person, SheetsPage, Since,
};
pub use calendar::{AgendaPage, AgendaRow, MonthDay, MonthPage, PlanLine, WishRow};
pub use cockpit::{Closing, CockpitPage, CockpitRow};
pub use compare::{CompareChoice, ComparePage, CompareSide, SideId};
pub use conduct::{Declared, Handing, HandingPage, LikeRow, LikeWhose, Second, SecondRow};
pub use customers::{CustomerRow, CustomersPage, Hit, SearchPage};
pub use deadline::{DeadlineRow, DeadlinesPage};
pub use dossier::{
    CollateralRow, ConditionRow, DossierPage, GroupSum, LoanRow, RelationRow, VisitRow,
};
pub use dossier_news::{DossierChange, DossierNow};
pub use event::{EventRow, EventsPage, LookAtRow, LookAtsPage};
pub use flag::{CHANGED, FlagBeside, FlagHistoryPage, FlagInput, FlagRow, FlagsPage};
pub use foreseen::{ForeseenCustomer, ForeseenOfficer, ForeseenPage};
pub use journal::{JournalEntry, JournalPage, UnusualPage, UnusualRow};
pub use order::{
    BatchRow, PacketDetail, PacketHead, PacketPage, PacketRow, PacketsPage, Partner, StaffPage,
    TaskFate, TaskRow, TasksPage,
};
pub use policy::{PoliciesPage, PolicyRow, PolicyValue};
pub use portfolio::{PortfolioCustomer, PortfolioPage, PortfolioPartPage, PortfolioRow};
pub use record::{CommentRow, HeardRow, Recorded, ReplyRow, VisitPage};
pub use report::{
    CovenantRow, DiligenceReport, DrawdownRow, FlagChangeRow, HandoverRow, InstalmentRow,
    JournalRow, PackReport, PacketReport, PastRecord, PastVisit, ReportBase, ReportBody,
    ReportPage, RequestRow, VersionRow, VisitReport, WarningRow,
};
pub use request::{RequestCount, RequestEntry, RequestsPage};
pub use retention::{Erased, ErasureRow, ExpiredRow, RetentionPage};
pub use review::{
    CallRow, Mended, OpinionRow, QueuePage, QueueRow, RecordPage, RecordVersion, ReturnRow,
    ReviewPart, SamplePage, SampleRow,
};
pub use score::{ScorePage, StoredScore};
pub use statements::StatementsPage;
pub use strategy::{StepRow, StrategiesPage, StrategyDecision, StrategyRow};
pub use tier::{TierAnswered, TierHappened, TierOpen, TierPast, TierRow, TierSpans, TiersPage};
pub use todo::{TodoRow, TodosPage};
pub use why::{WhyDuty, WhyPage};

/// What a slot shows. Cloning copies a pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// Answer to `Query::Home`.
    Home(Arc<HomePage>),
    /// Answer to `Query::Month`.
    Month(Arc<MonthPage>),
    /// Answer to `Query::Board`.
    Board(Arc<BoardPage>),
    /// Answer to `Query::MonthPlan`.
    MonthPlan(Arc<MonthPlanPage>),
    /// Answer to `Query::Cockpit`.
    Cockpit(Arc<CockpitPage>),
    /// Answer to `Query::Agenda`.
    Agenda(Arc<AgendaPage>),
    /// Answer to `Query::Dossier`.
    Dossier(Arc<DossierPage>),
    /// Answer to `Query::Brief`.
    Brief(Arc<BriefPage>),
    /// Answer to `Query::Sheets`.
    Sheets(Arc<SheetsPage>),
    /// Answer to `Query::Statements`.
    Statements(Arc<StatementsPage>),
    /// Answer to `Query::Portfolio`.
    Portfolio(Arc<PortfolioPage>),
    /// Answer to `Query::PortfolioPart`.
    PortfolioPart(Arc<PortfolioPartPage>),
    /// Answer to `Query::Tiers`.
    Tiers(Arc<TiersPage>),
    /// Answer to `Query::Strategies`.
    Strategies(Arc<StrategiesPage>),
    /// Answer to `Query::Flags`.
    Flags(Arc<FlagsPage>),
    /// Answer to `Query::Visit`.
    Visit(Arc<VisitPage>),
    /// Answer to `Query::Handing`.
    Handing(Arc<HandingPage>),
    /// Answer to `Query::Why`.
    Why(Arc<WhyPage>),
    /// Answer to `Query::Backtest`.
    Backtest(Arc<BacktestPage>),
    /// Answer to `Query::Score`.
    Score(Arc<ScorePage>),
    /// Answer to `Query::Customers`.
    Customers(Arc<CustomersPage>),
    /// Answer to `Query::Search`.
    Search(Arc<SearchPage>),
    /// Answer to `Query::Queue`.
    Queue(Arc<QueuePage>),
    /// Answer to `Query::Record`.
    Record(Arc<RecordPage>),
    /// Answer to `Query::Compare`.
    Compare(Arc<ComparePage>),
    /// Answer to `Query::Sample`.
    Sample(Arc<SamplePage>),
    /// Answer to `Query::Inbox`.
    Inbox(Arc<InboxPage>),
    /// Answer to `Query::Requests`.
    Requests(Arc<RequestsPage>),
    /// Answer to `Query::Policies`.
    Policies(Arc<PoliciesPage>),
    /// Answer to `Query::Journal`.
    Journal(Arc<JournalPage>),
    /// Answer to `Query::Unusual`.
    Unusual(Arc<UnusualPage>),
    /// Answer to `Query::Retention`.
    Retention(Arc<RetentionPage>),
    /// Answer to `Query::Events`.
    Events(Arc<EventsPage>),
    /// Answer to `Query::LookAts`.
    LookAts(Arc<LookAtsPage>),
    /// Answer to `Query::Foreseen`.
    Foreseen(Arc<ForeseenPage>),
    /// Answer to `Query::Tasks`.
    Tasks(Arc<TasksPage>),
    /// Answer to `Query::Packets`.
    Packets(Arc<PacketsPage>),
    /// Answer to `Query::Packet`.
    Packet(Arc<PacketPage>),
    /// Answer to `Query::Staff`.
    Staff(Arc<StaffPage>),
    /// Answer to `Query::FlagHistory`.
    FlagHistory(Arc<FlagHistoryPage>),
    /// Answer to `Query::Todos`.
    Todos(Arc<TodosPage>),
    /// Answer to `Query::Report`.
    Report(Arc<ReportPage>),
    /// Answer to `Query::Deadlines`.
    Deadlines(Arc<DeadlinesPage>),
    /// Answer to `Query::Drops`.
    Drops(Arc<DropsPage>),
    /// Answer to `Query::Gallery`.
    Gallery(Arc<GalleryPage>),
    /// Answer to `Query::Picture`.
    Picture(Arc<PicturePage>),
}

/// Who am I, what waits.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one fact that the status bar tells")]
pub struct HomePage {
    /// Login name.
    pub user: UserId,
    /// Name for people.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Branch.
    pub branch: String,
    /// The business date that the plan is for.
    pub today: NaiveDate,
    /// An invented portfolio.
    pub demo: bool,
    /// No customer in the file yet.
    pub empty: bool,
    /// There are customers, but none of them within the actor's scope.
    pub unseen: bool,
    /// The day for which the plan was last projected; older than `today` while it is being rolled.
    pub planned_on: Option<NaiveDate>,
    /// Due visits that are overdue.
    pub overdue: u32,
    /// Due visits due today.
    pub due_today: u32,
    /// Due visits due in this calendar week, overdue ones not counted.
    pub due_week: u32,
    /// My open drafts.
    pub drafts: u32,
    /// Records returned to me.
    pub returned: u32,
    /// Records that I may review.
    pub to_review: u32,
    /// Requests that I may decide.
    pub requests: u32,
    /// Packets of customers that wait for my signature.
    pub to_sign: u32,
    /// Open 待办 in scope past their date.
    pub todos_overdue: u32,
    /// Deadlines beside visits in scope that have passed.
    pub deadlines_late: u32,
    /// Unread messages that still stand, up to [`MANY_UNREAD`].
    pub unread: u32,
    /// Customers with a gap in the plan.
    pub gaps: u32,
    /// The first year from today on whose holidays are not yet announced, if the plan reaches it.
    pub provisional_year: Option<i32>,
    /// The clock stands before the latest time this file has seen: date jobs pause.
    pub clock_back: bool,
    /// The clock stands more than a week after it: date jobs wait for a confirmation.
    pub clock_ahead: bool,
    /// Whether a PIN opens her screen when it is locked.
    pub pin: bool,
    /// The draft to continue at log-in: visit, customer name, time of the last answer.
    pub resume: Option<(VisitId, String, String)>,
}

/// From so many unread messages on nobody counts them: the head of a large branch may have a thousand,
/// and each is looked at for whether it still stands.
pub const MANY_UNREAD: u32 = 100;

/// Messages to me.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxPage {
    /// Unread first, then latest first; at most two hundred.
    pub rows: Vec<NoticeRow>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// Id.
    pub id: i64,
    /// Code: `visit_overdue`, `flag_overdue`, `flag_red`, `record_returned`, `review_late`,
    /// `opinion_wanted`, `opinion_against`, `amendment_wanted`, `co_inspect`, `task_issued`,
    /// `handover_open` …
    pub kind: String,
    /// Which customer.
    pub customer: Option<CustomerId>,
    /// Name of the customer.
    pub name: Option<String>,
    /// Which visit.
    pub visit: Option<VisitId>,
    /// Which flag.
    pub flag: Option<FlagId>,
    /// Business date of the message.
    pub date: NaiveDate,
    /// Days late, where that is what it is about.
    pub days: i64,
    /// Who is concerned: name for people. For a returned record, who returned it.
    pub officer_name: Option<String>,
    /// What was said with it: why a record was returned.
    pub note: Option<String>,
    /// Not yet read, and still standing.
    pub unread: bool,
    /// Whether what it warns of still holds: not once the visit is made, the flag closed …
    pub stands: bool,
    /// For visits that fall due soon: the day, and how many there are.
    pub ahead: Option<(NaiveDate, u32)>,
    /// Whether the officer concerned, told the same, has read it.
    pub officer_read: OfficerRead,
}

/// Whether an officer has read what others were told as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfficerRead {
    /// She was told nothing of the kind, or the message is her own.
    NotTold,
    /// Not yet.
    NotYet,
    /// When.
    At(DateTime<FixedOffset>),
}
