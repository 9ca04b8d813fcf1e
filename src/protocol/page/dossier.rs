//! Everything about one customer.

use chrono::NaiveDate;

use super::{AgendaRow, DeadlineRow, HandoverRow, StrategyRow, TodoRow};
use crate::domain::customer::Line;
use crate::domain::flag::Level;
use crate::domain::ids::{CustomerId, UserId, VisitId};
use crate::domain::loan::{GuaranteeMode, LoanStatus, Tier};
use crate::domain::money::{Decimal4, Fen};
use crate::domain::statement::Statement;
use crate::domain::visit::{OnsiteYear, Purpose, VisitClass, VisitState};

/// The customers of a group that owe something and are in sight, together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupSum {
    /// How many they are.
    pub customers: u32,
    /// Their exposure as far as it is known.
    pub exposure: Fen,
    /// Of how many it is not.
    pub unknown: u32,
    /// How many more are out of sight, and in no sum.
    pub hidden: u32,
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
    /// A project that is still being built: the limits of the ratios do not apply.
    pub unfinished: bool,
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
    /// Proposed flags on which nobody has decided, likewise.
    pub proposed: [u32; 3],
    /// Due visits of the next months, in order.
    pub due: Vec<AgendaRow>,
    /// On-site inspections of this year, made and asked for; `None` = the cadence asks for none.
    pub onsite: Option<OnsiteYear>,
    /// Deadlines beside visits.
    pub deadlines: Vec<DeadlineRow>,
    /// 授信策略, once anybody has put one forward.
    pub strategy: Option<Box<StrategyRow>>,
    /// Gaps of the plan: field, reference, and whether it takes the periodic visits away.
    pub gaps: Vec<(String, String, bool)>,
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
    /// 5 关系: what her group owes; `None` = she is in no group.
    pub group_sum: Option<GroupSum>,
    /// 5 关系: contacts: masked name, role code, masked phone.
    pub contacts: Vec<(String, Option<String>, Option<String>)>,
    /// 6 资料: approval conditions.
    pub conditions: Vec<ConditionRow>,
    /// 6 资料: 待办, open ones first.
    pub todos: Vec<TodoRow>,
    /// 7 历史: visits, latest first, at most fifty.
    pub visits: Vec<VisitRow>,
    /// 7 历史: whose customer it was before, latest first.
    pub handovers: Vec<HandoverRow>,
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
    /// Whether its value is held against what collateral secures: a piece of a loan that has ended, or
    /// that stands on no collateral, is not.
    pub counts: bool,
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

/// An approval condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionRow {
    /// Condition id.
    pub id: String,
    /// Text.
    pub text: String,
    /// Due.
    pub due_on: Option<NaiveDate>,
    /// Done.
    pub done_on: Option<NaiveDate>,
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
    /// Version of its record that counts; `None` = it has no record made here that can be opened.
    pub version: Option<i64>,
    /// Conclusion, first line.
    pub conclusion: Option<String>,
}
