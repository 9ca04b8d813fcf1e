//! What an officer takes along to a visit, gathered in one read.

use chrono::NaiveDate;

use super::{CovenantRow, DossierPage, FlagRow, WhyDuty};
use crate::domain::answer::Value;
use crate::domain::customer::Line;
use crate::domain::duty::DutyCode;
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::loan::Tier;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::occasion::OccasionOn;
use crate::domain::preparation::LookedUp;
use crate::domain::visit::Focus;
use crate::protocol::command::Revision;

/// The preparation of a visit to one customer. Codes only: titles of look-ups, rules, sections and
/// papers are those of the packs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefPage {
    /// The day for which it is made: of the open draft, otherwise today.
    pub day: NaiveDate,
    /// Everything on file about the customer.
    pub dossier: DossierPage,
    /// Why this visit: the open duties, the earliest first.
    pub duties: Vec<WhyDuty>,
    /// Occasions of that day; no duties.
    pub occasions: Vec<OccasionOn>,
    /// What changed since the last done visit; `None` = there was none.
    pub since: Option<Since>,
    /// What the last visit with a record found; `None` = no record was made here.
    pub found: Option<Found>,
    /// Flags that are proposed or confirmed, worst first.
    pub flags: Vec<FlagRow>,
    /// 约束条款
    pub covenants: Vec<CovenantRow>,
    /// Rules on whom to meet, in order.
    pub must_meet: Vec<MustMeet>,
    /// Everybody on file who can be met.
    pub people: Vec<Person>,
    /// Number of the last choice of people; 0 = nobody was chosen yet.
    pub people_revision: Revision,
    /// Documents and photos to collect, in the order of the form.
    pub papers: Vec<Paper>,
    /// The next instalments not paid, the earliest first.
    pub instalments: Vec<Instalment>,
    /// Customers near by that are due soon, the earliest first.
    pub neighbours: Vec<Neighbour>,
    /// Sections of the form with the number of their questions.
    pub outline: Vec<(String, u32)>,
    /// Focus proposed.
    pub focus: Option<(Focus, String)>,
    /// What to look up, in the order of the pack.
    pub lookups: Vec<LookUpRow>,
    /// Whether the actor may note look-ups and choose people.
    pub writable: bool,
    /// Pack that asks for all this: `preparation@1`.
    pub pack: String,
}

/// What changed since a visit. What was not kept then is `None` and shows as not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Since {
    /// The day of the visit.
    pub day: NaiveDate,
    /// The visit, if its record was made here.
    pub visit: Option<VisitId>,
    /// Tier then.
    pub tier: Option<Tier>,
    /// Exposure then.
    pub exposure: Option<Fen>,
    /// Greatest days past due then.
    pub days_past_due: Option<i64>,
    /// Flags raised since: signal and day.
    pub flags_raised: Vec<(String, NaiveDate)>,
    /// Flags closed since: signal and day.
    pub flags_closed: Vec<(String, NaiveDate)>,
    /// Loans disbursed since: number, day, amount.
    pub loans_new: Vec<(String, NaiveDate, Fen)>,
    /// Loans settled since: number, day, amount.
    pub loans_settled: Vec<(String, NaiveDate, Fen)>,
    /// Statements of periods that ended since.
    pub statements: Vec<NaiveDate>,
}

/// What the last visit with a record found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Its day.
    pub day: NaiveDate,
    /// Who made it: name for people.
    pub by: String,
    /// Its conclusion, problems and strengths, in the officer's words.
    pub conclusion: Option<String>,
    /// See there.
    pub problems: Option<String>,
    /// See there.
    pub strengths: Option<String>,
    /// Day of the recorded visit before it; `None` = nothing to compare with.
    pub before: Option<NaiveDate>,
    /// Answers that were not those of the visit before, in the order of the form.
    pub changes: Vec<Changed>,
}

/// An answer that was not last time's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Item of the form.
    pub item: String,
    /// What it was.
    pub then: Value,
    /// What it became.
    pub now: Value,
    /// By how many percent, where both are numbers.
    pub percent: Option<Decimal4>,
    /// What was said to it.
    pub note: String,
}

/// A rule on whom to meet, and whether somebody on file fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MustMeet {
    /// Id of the rule in the pack.
    pub rule: String,
    /// Roles of which one must be met.
    pub roles: Vec<String>,
    /// Somebody on file has one of them.
    pub on_file: bool,
    /// Somebody chosen has one of them.
    pub chosen: bool,
}

/// Somebody who can be met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Stands for the name in commands, which is masked here.
    pub key: String,
    /// Masked name.
    pub name: String,
    /// Code of the role.
    pub role: Option<String>,
    /// Masked phone.
    pub phone: Option<String>,
    /// Chosen for this visit.
    pub chosen: bool,
}

/// A document or photo to collect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Item of the form.
    pub item: String,
    /// Of which days: first and last.
    pub window: Option<(NaiveDate, NaiveDate)>,
    /// The record can't be handed in without it.
    pub hard: bool,
    /// A photo, made on the spot.
    pub photo: bool,
    /// What became of it at the last visit, and its day.
    pub last: Option<(Value, NaiveDate)>,
}

/// An instalment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instalment {
    /// 借据号
    pub loan: String,
    /// 应还日期
    pub due_on: NaiveDate,
    /// Principal.
    pub principal: Option<Fen>,
    /// Interest.
    pub interest: Option<Fen>,
    /// 实还日期
    pub paid_on: Option<NaiveDate>,
    /// 实还金额
    pub paid: Option<Fen>,
    /// Whether it is not paid in full, whatever was paid.
    pub open: bool,
}

/// A customer near by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// Whose.
    pub customer: CustomerId,
    /// Name.
    pub name: String,
    /// Due.
    pub due: NaiveDate,
    /// Codes of the duties, each once.
    pub codes: Vec<DutyCode>,
    /// The same trade circle, not just the same district.
    pub circle: bool,
    /// Line.
    pub line: Option<Line>,
}

/// What is to be looked up, with the latest result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookUpRow {
    /// Code of the pack.
    pub code: String,
    /// Number of the last entry; 0 = none yet.
    pub revision: Revision,
    /// What counts for this visit: a stale result is not queried.
    pub result: LookedUp,
    /// The last entry that was not taken back.
    pub last: Option<LookUpEntry>,
    /// The last entry is too old to count.
    pub stale: bool,
    /// The result before that one, of another day.
    pub before: Option<LookUpEntry>,
}

/// A noted look-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookUpEntry {
    /// Code of the result in the pack.
    pub option: String,
    /// What it means.
    pub result: LookedUp,
    /// What was found, or why it was not queried.
    pub detail: String,
    /// Where it was looked up.
    pub place: String,
    /// On which day; `None` = not queried.
    pub on: Option<NaiveDate>,
    /// Who: name for people.
    pub by: String,
}

/// What an officer looks up during a visit: contracts, borrower, schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetsPage {
    /// Everything on file about the customer; personal data masked.
    pub dossier: DossierPage,
    /// Contract number and way of repayment by loan.
    pub contracts: Vec<Contract>,
    /// The whole schedule of the active loans, by day.
    pub schedule: Vec<Instalment>,
}

/// What a contract says beyond the dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// 借据号
    pub loan: String,
    /// 合同号
    pub number: Option<String>,
    /// 还款方式
    pub repayment: Option<String>,
}
