//! Reports: everything that one of them prints, read in one snapshot.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    BriefPage, DossierPage, FlagRow, LookUpRow, PacketHead, RecordPage, VisitRow, WhyDuty,
};
use crate::domain::answer::Answer;
use crate::domain::duty::DutyCode;
use crate::domain::facts::Facts;
use crate::domain::ids::UserId;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::user::Role;
use crate::domain::visit::VisitState;

/// A report's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportPage {
    /// What every report may print.
    pub base: ReportBase,
    /// What only this one prints.
    pub body: ReportBody,
}

/// What only one kind of report prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReportBody {
    /// 贷后检查报告
    Visit(Box<VisitReport>),
    /// 续贷摘要: visits, earliest first.
    Renewal(Vec<PastVisit>),
    /// 尽职免责包
    Diligence(Box<DiligenceReport>),
    /// 访前提要: what the screen of the preparation shows.
    Brief(Box<BriefPage>),
    /// 现场检查表
    Pack(Box<PackReport>),
    /// 移交清单
    Packet(Box<PacketReport>),
}

/// What every report may print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportBase {
    /// Business date on which it is made.
    pub as_of: NaiveDate,
    /// Who makes it: name for people.
    pub by: String,
    /// Who makes it: login name.
    pub by_user: UserId,
    /// Her role.
    pub role: Role,
    /// Her branch; may be empty.
    pub branch: String,
    /// Personal data are in clear.
    pub unmasked: bool,
    /// An invented portfolio.
    pub demo: bool,
    /// Version of the policy in force.
    pub policy: String,
    /// The customer.
    pub dossier: DossierPage,
    /// 合同号 by loan.
    pub contracts: BTreeMap<String, String>,
    /// 约束条款
    pub covenants: Vec<CovenantRow>,
    /// Instalments not paid, in order of their day, at most twelve a loan.
    pub instalments: Vec<InstalmentRow>,
    /// 提款, in order of their day.
    pub drawdowns: Vec<DrawdownRow>,
    /// All flags, live ones first, worst first.
    pub flags: Vec<FlagRow>,
    /// Last row of the journal that changed something: number, hash, algorithm.
    pub chain: (i64, String, &'static str),
}

/// 约束条款
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CovenantRow {
    /// 条款编号
    pub id: String,
    /// Code of the kind.
    pub kind: Option<String>,
    /// 指标
    pub indicator: Option<String>,
    /// 比较符
    pub operator: Option<String>,
    /// 限值
    pub limit: Option<Decimal4>,
    /// Code of the frequency.
    pub frequency: Option<String>,
}

/// An instalment that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstalmentRow {
    /// 借据号
    pub loan: String,
    /// 应还日期
    pub due_on: NaiveDate,
    /// 应还本金
    pub principal: Option<Fen>,
    /// 应还利息
    pub interest: Option<Fen>,
}

/// 提款
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawdownRow {
    /// 借据号
    pub loan: String,
    /// 提款号
    pub id: String,
    /// 提款日期
    pub drawn_on: NaiveDate,
    /// 提款金额
    pub amount: Fen,
    /// 收款人
    pub payee: Option<String>,
    /// Code of the mode.
    pub mode: Option<String>,
}

/// 贷后检查报告
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitReport {
    /// The visit as the history has it.
    pub row: VisitRow,
    /// 备注 of an imported visit.
    pub note: Option<String>,
    /// The record made here; `None` for an imported visit.
    pub record: Option<RecordPage>,
    /// All versions of the record, in order.
    pub versions: Vec<VersionRow>,
    /// The duties that this visit met.
    pub met: Vec<WhyDuty>,
    /// Day of the done visit before this one.
    pub before: Option<NaiveDate>,
    /// What was looked up before, as it stood when the record was handed in.
    pub lookups: Vec<LookUpRow>,
}

/// One version of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    /// Its number.
    pub version: i64,
    /// Its state.
    pub state: VisitState,
    /// Who wrote it: names for people, the author first.
    pub writers: Vec<String>,
    /// Handed in, in the branch: `2026-11-23 09:12`.
    pub submitted_at: Option<String>,
    /// Who reviewed it.
    pub reviewed_by: Option<String>,
    /// When.
    pub reviewed_at: Option<String>,
    /// What the reviewer said.
    pub note: Option<String>,
    /// Why it was amended.
    pub amend_reason: Option<String>,
    /// Hash of the content.
    pub hash: Option<String>,
}

/// A visit of the past with what was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastVisit {
    /// The visit as the history has it.
    pub row: VisitRow,
    /// Whole conclusion of an imported visit.
    pub conclusion: Option<String>,
    /// Day of submission.
    pub submitted_on: Option<NaiveDate>,
    /// What was recorded here; `None` for an imported visit.
    pub record: Option<PastRecord>,
}

/// The version in force of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastRecord {
    /// Its number.
    pub version: i64,
    /// Text of its checklist pack, only where that is not the one built in.
    pub pack_text: Option<Arc<str>>,
    /// Ids of its sections.
    pub sections: Vec<String>,
    /// Its facts.
    pub facts: Facts,
    /// Its answers by item.
    pub answers: BTreeMap<String, Answer>,
    /// Why it was late.
    pub lateness_reason: Option<String>,
    /// Handed in, in the branch.
    pub submitted_at: Option<String>,
    /// Who reviewed it.
    pub reviewed_by: Option<String>,
    /// Hash of the content.
    pub hash: Option<String>,
}

/// 尽职免责包
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiligenceReport {
    /// Visits, earliest first.
    pub visits: Vec<PastVisit>,
    /// Every duty with what became of it.
    pub duties: Vec<WhyDuty>,
    /// Delays and terminations asked for.
    pub requests: Vec<RequestRow>,
    /// Warnings that were sent.
    pub warnings: Vec<WarningRow>,
    /// Changes of flags in order.
    pub changes: Vec<FlagChangeRow>,
    /// 交接, in order of their day.
    pub handovers: Vec<HandoverRow>,
    /// Rows of the journal about this customer, except single answers.
    pub journal: Vec<JournalRow>,
    /// How many rows of single answers there are beside those.
    pub answers: u32,
}

/// A delay or termination that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRow {
    /// 检查事由
    pub code: DutyCode,
    /// Of what.
    pub reference: String,
    /// 原始到期日
    pub raw_due: NaiveDate,
    /// Termination instead of delay.
    pub termination: bool,
    /// 新到期日
    pub new_due: Option<NaiveDate>,
    /// 申请理由
    pub reason: Option<String>,
    /// 申请人
    pub requested_by: Option<String>,
    /// 审批人
    pub decided_by: Option<String>,
    /// 审批日期
    pub decided_on: Option<NaiveDate>,
    /// Approved or refused; `None` = open.
    pub approved: Option<bool>,
}

/// A warning that was sent to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarningRow {
    /// Code of its kind.
    pub kind: String,
    /// To whom: name for people.
    pub to: String,
    /// Sent, in the branch.
    pub sent_at: String,
    /// Acknowledged, in the branch; `None` = not yet.
    pub acknowledged_at: Option<String>,
}

/// A change of a flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagChangeRow {
    /// 信号编号
    pub flag: String,
    /// When, in the branch.
    pub at: String,
    /// Who: name for people.
    pub by: String,
    /// What, as code.
    pub what: String,
    /// What was said to it.
    pub note: String,
}

/// 交接
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverRow {
    /// 交接日期
    pub on: NaiveDate,
    /// 移交人
    pub from: String,
    /// 接收人
    pub to: String,
    /// 监交人
    pub witness: Option<String>,
}

/// A row of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalRow {
    /// Its number.
    pub seq: i64,
    /// When, in the branch.
    pub at: String,
    /// Who: name for people.
    pub actor: String,
    /// Code of the command.
    pub command: String,
    /// About what.
    pub subject: String,
    /// Its hash.
    pub hash: String,
}

/// 移交清单
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PacketReport {
    /// The packet.
    pub head: PacketHead,
    /// Its customers, each with what no table says.
    pub customers: Vec<(ReportBase, String)>,
}

/// The checklist of a visit, on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackReport {
    /// The visit that was begun; `None` = the next one.
    pub visit: Option<VisitRow>,
    /// Text of its checklist pack, only where that is not the one built in.
    pub pack_text: Option<Arc<str>>,
    /// Ids of its sections.
    pub sections: Vec<String>,
    /// Its facts.
    pub facts: Facts,
    /// Last time's answers with their day.
    pub last: BTreeMap<String, (Answer, NaiveDate)>,
    /// Duties that it can serve.
    pub duties: Vec<WhyDuty>,
}
