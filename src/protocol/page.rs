//! Pages: the plain read models that queries return. Compared by value, so that a write that
//! changes nothing on a screen sends nothing to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::command::Revision;
use super::reply::Gap;
use crate::domain::answer::Answer;
use crate::domain::customer::Line;
use crate::domain::duty::{Duty, DutyClass, DutyCode};
use crate::domain::facts::Facts;
use crate::domain::flag::{FlagState, FlagStep, Level};
use crate::domain::ids::{CustomerId, FlagId, UserId, VisitId};
use crate::domain::loan::{GuaranteeMode, LoanStatus, Tier};
use crate::domain::money::{Decimal4, Fen};
use crate::domain::user::Role;
use crate::domain::visit::{Purpose, VisitClass, VisitState};
use crate::domain::workday::DayKind;

/// What a slot shows. Cloning copies a pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// Answer to `Query::Home`.
    Home(Arc<HomePage>),
    /// Answer to `Query::Month`.
    Month(Arc<MonthPage>),
    /// Answer to `Query::Agenda`.
    Agenda(Arc<AgendaPage>),
    /// Answer to `Query::Dossier`.
    Dossier(Arc<DossierPage>),
    /// Answer to `Query::Flags`.
    Flags(Arc<FlagsPage>),
    /// Answer to `Query::Visit`.
    Visit(Arc<VisitPage>),
    /// Answer to `Query::Why`.
    Why(Arc<WhyPage>),
    /// Answer to `Query::Customers`.
    Customers(Arc<CustomersPage>),
    /// Answer to `Query::Search`.
    Search(Arc<SearchPage>),
    /// Answer to `Query::Queue`.
    Queue(Arc<QueuePage>),
    /// Answer to `Query::Record`.
    Record(Arc<RecordPage>),
    /// Answer to `Query::Inbox`.
    Inbox(Arc<InboxPage>),
    /// Answer to `Query::FlagHistory`.
    FlagHistory(Arc<FlagHistoryPage>),
}

/// Who am I, what waits.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// Live flags in scope without action or past their date.
    pub flags_rotting: u32,
    /// Unread messages.
    pub unread: u32,
    /// Customers with a gap in the plan.
    pub gaps: u32,
    /// The first year from today on whose holidays are not yet announced, if the plan reaches it.
    pub provisional_year: Option<i32>,
    /// The clock stands before the latest time this file has seen: date jobs pause.
    pub clock_back: bool,
    /// The draft to continue at log-in: visit, customer name, time of the last answer.
    pub resume: Option<(VisitId, String, String)>,
}

/// A month with load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthPage {
    /// First day of the month.
    pub first: NaiveDate,
    /// Each day of the month, in order.
    pub days: Vec<MonthDay>,
    /// Last day that the plan reaches; later days are empty because nothing is planned yet.
    pub planned_to: NaiveDate,
}

/// One day of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthDay {
    /// The date.
    pub date: NaiveDate,
    /// Due visits due on this day (on the business date without the overdue ones).
    pub due: u32,
    /// Of these, on-site.
    pub onsite: u32,
    /// Of those due on this day, how many are overdue now.
    pub overdue: u32,
    /// Visits done on this day.
    pub done: u32,
    /// Whether work is done.
    pub workday: bool,
    /// Holiday or make-up workday with its name.
    pub special: Option<(DayKind, String)>,
    /// Of a year whose holidays are not yet announced.
    pub provisional: bool,
}

/// A part of the due list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaPage {
    /// How many there are in all.
    pub total: u32,
    /// Index of the first row here.
    pub offset: u32,
    /// The rows, in the order of `planning.md` section 7.
    pub rows: Vec<AgendaRow>,
}

/// A due visit in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaRow {
    /// Of whom.
    pub customer: CustomerId,
    /// Name.
    pub name: String,
    /// Line, if known.
    pub line: Option<Line>,
    /// Responsible officer: login name.
    pub officer: UserId,
    /// Responsible officer: name for people.
    pub officer_name: String,
    /// 区域
    pub district: Option<String>,
    /// Class.
    pub class: DutyClass,
    /// Window opens.
    pub opens: NaiveDate,
    /// Due.
    pub due: NaiveDate,
    /// Calendar days past due; 0 when not overdue.
    pub overdue_days: i64,
    /// Codes of its duties, each once, in order.
    pub codes: Vec<DutyCode>,
    /// Highest level of the confirmed open flags.
    pub level: Option<Level>,
    /// Customer tier.
    pub tier: Tier,
    /// Exposure; `None` if a balance is missing.
    pub exposure: Option<Fen>,
    /// An open record of this customer: its id and state.
    pub record: Option<(VisitId, VisitState)>,
}

/// Everything about one customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierPage {
    /// 客户号
    pub customer: CustomerId,
    /// 客户名称
    pub name: String,
    /// 业务条线
    pub line: Option<Line>,
    /// 行业
    pub industry: Option<String>,
    /// 区域
    pub district: Option<String>,
    /// 商圈
    pub trade_circle: Option<String>,
    /// 信用等级
    pub grade: Option<String>,
    /// Officer: login name.
    pub officer: UserId,
    /// Officer: name for people.
    pub officer_name: String,
    /// Customer tier (worst of confirmed and loans).
    pub tier: Tier,
    /// Fully cash-secured.
    pub low_risk: bool,
    /// 集团号
    pub group_id: Option<String>,
    /// Masked 证件号码.
    pub id_no: Option<String>,
    /// Masked name of the legal representative.
    pub legal_rep: Option<String>,
    /// Masked name of the actual controller.
    pub controller: Option<String>,
    /// Masked phone.
    pub phone: Option<String>,
    /// 地址, down to the street.
    pub address: Option<String>,
    /// 纳管日期
    pub onboarded_on: Option<NaiveDate>,
    /// Exposure; `None` if a balance is missing.
    pub exposure: Option<Fen>,
    /// Greatest days past due.
    pub days_past_due: i64,
    /// Open flags by level: yellow, orange, red.
    pub flags: [u32; 3],
    /// Due visits of the next months, in order.
    pub due: Vec<AgendaRow>,
    /// Gaps of the plan: field and reference.
    pub gaps: Vec<(String, String)>,
    /// 2 贷款
    pub loans: Vec<LoanRow>,
    /// 3 财务: statements, latest first, at most eight.
    pub statements: Vec<Statement>,
    /// Account inflow and outflow by month, latest last, at most twenty-four.
    pub flows: Vec<(String, Option<Fen>, Option<Fen>)>,
    /// Power use by month in kWh, latest last, at most twenty-four.
    pub power: Vec<(String, Option<Decimal4>)>,
    /// 4 担保: collateral.
    pub collateral: Vec<CollateralRow>,
    /// 4 担保: guarantors: masked name, amount, relation.
    pub guarantors: Vec<(String, Option<Fen>, Option<String>)>,
    /// 5 关系: related parties.
    pub relations: Vec<RelationRow>,
    /// 5 关系: contacts: masked name, role code, masked phone.
    pub contacts: Vec<(String, Option<String>, Option<String>)>,
    /// 6 资料: approval conditions and documents promised.
    pub conditions: Vec<ConditionRow>,
    /// 7 历史: visits, latest first, at most fifty.
    pub visits: Vec<VisitRow>,
    /// An open record: its id and state.
    pub record: Option<(VisitId, VisitState)>,
}

/// A loan in the dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoanRow {
    /// 借据号
    pub loan: String,
    /// 产品
    pub product: Option<String>,
    /// 贷款用途
    pub purpose: Option<String>,
    /// 担保方式
    pub guarantee: Option<GuaranteeMode>,
    /// 借据金额
    pub amount: Fen,
    /// 贷款余额
    pub balance: Option<Fen>,
    /// 年利率, percent.
    pub rate: Option<Decimal4>,
    /// 放款日期
    pub disbursed_on: NaiveDate,
    /// 到期日期
    pub matures_on: Option<NaiveDate>,
    /// 借据状态
    pub status: LoanStatus,
    /// 逾期天数
    pub days_past_due: Option<i64>,
    /// 五级分类
    pub tier: Option<Tier>,
    /// Next instalment: day, principal and interest together.
    pub next: Option<(NaiveDate, Fen)>,
    /// How many drawdowns are recorded.
    pub drawdowns: u32,
}

/// A statement as far as the dossier shows it; `None` = unknown, never 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// 报表日期
    pub period_end: NaiveDate,
    /// Months that the flow figures cover.
    pub months: Option<i64>,
    /// Amounts by column name of the exchange (`total_assets`, `revenue` …).
    pub amounts: BTreeMap<&'static str, Fen>,
}

/// Collateral in the dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollateralRow {
    /// 押品号
    pub id: String,
    /// 押品种类
    pub kind: String,
    /// 坐落
    pub place: Option<String>,
    /// 评估价值
    pub value: Fen,
    /// 评估日期
    pub valued_on: Option<NaiveDate>,
    /// 下次评估日期
    pub next_valuation_on: Option<NaiveDate>,
    /// 保险到期日
    pub insured_until: Option<NaiveDate>,
}

/// A related party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationRow {
    /// Masked unless a customer in scope.
    pub name: String,
    /// If a customer.
    pub customer: Option<CustomerId>,
    /// Code of the kind.
    pub kind: String,
    /// Exposure of the related customer, if in scope.
    pub exposure: Option<Fen>,
    /// Highest open flag of the related customer, if in scope.
    pub level: Option<Level>,
}

/// An approval condition, or a document that was promised at a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionRow {
    /// Condition id, or the item of the promised document.
    pub id: String,
    /// Text; for a document the item's code.
    pub text: String,
    /// Due.
    pub due_on: Option<NaiveDate>,
    /// Done.
    pub done_on: Option<NaiveDate>,
    /// A document promised at a visit, not an approval condition.
    pub document: bool,
}

/// A visit in the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRow {
    /// Id.
    pub visit: VisitId,
    /// Day.
    pub visited_on: NaiveDate,
    /// Class.
    pub class: VisitClass,
    /// Channel.
    pub channel: Option<String>,
    /// Who: name for people.
    pub officer_name: String,
    /// State.
    pub state: VisitState,
    /// Codes served.
    pub purposes: Vec<Purpose>,
    /// Conclusion, first line.
    pub conclusion: Option<String>,
    /// Whether it has a record made here that can be opened.
    pub has_record: bool,
}

/// Flags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagsPage {
    /// How many there are in all.
    pub total: u32,
    /// Index of the first row here.
    pub offset: u32,
    /// The rows.
    pub rows: Vec<FlagRow>,
}

/// A flag in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagRow {
    /// Id.
    pub flag: FlagId,
    /// Whose.
    pub customer: CustomerId,
    /// Name of the customer.
    pub name: String,
    /// Code of the signal library or free text.
    pub signal: String,
    /// Level.
    pub level: Level,
    /// State.
    pub state: FlagState,
    /// Step of handling.
    pub step: FlagStep,
    /// 发现日期
    pub raised_on: NaiveDate,
    /// Owner: login name.
    pub owner: Option<UserId>,
    /// Owner: name for people.
    pub owner_name: Option<String>,
    /// 处置措施
    pub measure: Option<String>,
    /// 处置期限
    pub due_on: Option<NaiveDate>,
    /// 备注
    pub note: Option<String>,
    /// Days past `due_on`; 0 when not overdue.
    pub overdue_days: i64,
    /// The visit during which it was raised.
    pub visit: Option<VisitId>,
    /// Revision to name in a change.
    pub revision: Revision,
}

/// A flag's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagHistoryPage {
    /// The flag.
    pub flag: FlagRow,
    /// Changes in order: time, name of who, what (code), note.
    pub changes: Vec<(String, String, String, String)>,
}

/// The record of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitPage {
    /// Id.
    pub visit: VisitId,
    /// Version of the record.
    pub version: i64,
    /// State of this version.
    pub state: VisitState,
    /// Revision of the record.
    pub revision: Revision,
    /// Whose.
    pub customer: CustomerId,
    /// Name of the customer.
    pub name: String,
    /// Day of the visit.
    pub visited_on: NaiveDate,
    /// Class.
    pub class: VisitClass,
    /// Channel.
    pub channel: String,
    /// Duties that it serves.
    pub purposes: Vec<Purpose>,
    /// Open duties of the customer that the class can meet, to take in or out.
    pub duties: Vec<Duty>,
    /// Who wrote it: login name.
    pub author: UserId,
    /// Who wrote it: name for people.
    pub author_name: String,
    /// Whether the actor may write in it now.
    pub writable: bool,
    /// Checklist pack under which it is made: `checklists@1`.
    pub pack: String,
    /// The pack's text, only where it is not the one built in.
    pub pack_text: Option<Arc<str>>,
    /// Ids of the sections it is composed of, in order.
    pub sections: Vec<String>,
    /// Facts with which it is composed and judged.
    pub facts: Facts,
    /// Answers by item.
    pub answers: BTreeMap<String, Recorded>,
    /// Number of the last change that this page shows: rises with each answer given or cleared.
    pub seen_answers: Revision,
    /// Last time's answers by item, with their day.
    pub last: BTreeMap<String, (Answer, NaiveDate)>,
    /// Comments of the reviewer, open ones first.
    pub comments: Vec<CommentRow>,
    /// The field that was being typed when the line dropped: item, text, caret.
    pub draft: Option<(String, String, u32)>,
    /// Where in the form the officer was.
    pub place: Option<String>,
    /// Why the reviewer returned it.
    pub return_reason: Option<String>,
    /// Flags raised or proposed during this visit.
    pub flags: Vec<FlagRow>,
}

/// An answer on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The answer.
    pub answer: Answer,
    /// Its revision.
    pub revision: Revision,
    /// Who: login name.
    pub by: UserId,
    /// When, in the branch: `11-23 09:12:31`.
    pub at: String,
}

/// A comment of a reviewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentRow {
    /// At which item; `None` = the whole record.
    pub item: Option<String>,
    /// What.
    pub text: String,
    /// Who: name for people.
    pub by: String,
    /// When, in the branch.
    pub at: String,
    /// Of which version.
    pub version: i64,
    /// Dealt with: of an earlier version.
    pub resolved: bool,
}

/// Why is a customer due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyPage {
    /// Whose.
    pub customer: CustomerId,
    /// Name.
    pub name: String,
    /// As-of day.
    pub as_of: NaiveDate,
    /// Policy version.
    pub policy: String,
    /// Matrix row; `None` = no row matches.
    pub row: Option<String>,
    /// Tier column.
    pub tier: Tier,
    /// Inputs by name, as text: exposure, anchor, term, `onboarded_on`, `cadence_since` …
    pub inputs: Vec<(String, String)>,
    /// Every duty.
    pub duties: Vec<WhyDuty>,
    /// Gaps: field, reference, blocks.
    pub gaps: Vec<(String, String, bool)>,
}

/// A duty with its fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyDuty {
    /// The duty.
    pub duty: Duty,
    /// What has become of it.
    pub fate: Fate,
    /// Source of the rule: S, J, M with a reference.
    pub source: String,
    /// Whether the bank has confirmed the numbers of the rule.
    pub verified: bool,
}

/// What has become of a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Unmet.
    Open,
    /// Met in time by this visit.
    Met {
        /// By which visit.
        visit: VisitId,
        /// On which day.
        on: NaiveDate,
        /// Days late; 0 = in time.
        late_days: i64,
    },
    /// An approved termination ended it.
    Terminated,
    /// It does not exist, for this reason (code, e.g. `before_onboarding`).
    NotOwed(&'static str),
}

/// A part of the customer table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomersPage {
    /// How many match in all.
    pub total: u32,
    /// Index of the first row here.
    pub offset: u32,
    /// The rows.
    pub rows: Vec<CustomerRow>,
}

/// A customer in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    /// Id.
    pub customer: CustomerId,
    /// Name.
    pub name: String,
    /// Line.
    pub line: Option<Line>,
    /// District.
    pub district: Option<String>,
    /// Officer: name for people.
    pub officer_name: String,
    /// Tier.
    pub tier: Tier,
    /// Exposure.
    pub exposure: Option<Fen>,
    /// Greatest days past due.
    pub days_past_due: i64,
    /// Open flags by level: yellow, orange, red.
    pub flags: [u32; 3],
    /// Next due date.
    pub next_due: Option<NaiveDate>,
    /// Day of the last done visit.
    pub last_visit: Option<NaiveDate>,
    /// Gaps in the plan.
    pub gaps: u32,
}

/// Search results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchPage {
    /// What was searched.
    pub text: String,
    /// Best first.
    pub hits: Vec<Hit>,
}

/// A customer found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The customer.
    pub row: CustomerRow,
    /// Byte range of the match in the name, if the name matched.
    pub span: Option<(usize, usize)>,
}

/// Records that wait for review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuePage {
    /// Red flags first, then lateness, then age.
    pub rows: Vec<QueueRow>,
}

/// A record that waits for review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRow {
    /// Id.
    pub visit: VisitId,
    /// Version.
    pub version: i64,
    /// Whose.
    pub customer: CustomerId,
    /// Name of the customer.
    pub name: String,
    /// Who handed it in: name for people.
    pub author_name: String,
    /// The actor wrote in it: she may not review it.
    pub own: bool,
    /// Day of the visit.
    pub visited_on: NaiveDate,
    /// Handed in, in the branch: `11-23 09:12`.
    pub submitted_at: String,
    /// Workdays since handed in.
    pub waiting_workdays: i64,
    /// Calendar days by which it met its duties late; 0 = in time.
    pub late_days: i64,
    /// Flags raised or open, by level: yellow, orange, red.
    pub flags: [u32; 3],
    /// Answers that differ from last time.
    pub changes: u32,
    /// Wanted answers and documents that are missing.
    pub missing: u32,
    /// Exposure.
    pub exposure: Option<Fen>,
}

/// A record as the reviewer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordPage {
    /// The record itself.
    pub visit: VisitPage,
    /// The actor wrote in it: she may not review it.
    pub own: bool,
    /// Hash of the content, to name in an approval.
    pub content_hash: Option<String>,
    /// Handed in, in the branch.
    pub submitted_at: Option<String>,
    /// Why it was late.
    pub lateness_reason: Option<String>,
    /// Why it was amended.
    pub amend_reason: Option<String>,
    /// Soft gaps.
    pub gaps: Vec<Gap>,
    /// Flags of the customer that are open or proposed in this visit, by level: yellow, orange, red.
    pub flags: [u32; 3],
    /// Who reviewed it: name, time, note.
    pub review: Option<(String, String, String)>,
    /// Other versions: number, state.
    pub versions: Vec<(i64, VisitState)>,
}

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
    /// Code: `visit_overdue`, `flag_overdue`, `flag_red`, `record_returned`, `review_late` …
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
    /// Who is concerned: name for people.
    pub officer_name: Option<String>,
    /// Not yet read.
    pub unread: bool,
}
