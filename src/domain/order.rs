//! What superiors order or decide about visits: directed inspections, handovers, requests.

use chrono::NaiveDate;

use super::code::codes;
use super::duty::{DutyClass, DutyCode};
use super::ids::{HandoverId, RequestId, TaskId, UserId};

/// 专项检查: an inspection ordered by a superior.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The reference of the `directed` duty.
    pub id: TaskId,
    /// 下达日期
    pub issued_on: NaiveDate,
    /// 完成期限; not moved by the workday rule.
    pub due_on: NaiveDate,
    /// 检查方式
    pub class: DutyClass,
    /// 检查要点, one a line.
    pub points: Option<String>,
    /// 办结日期; `None` = open.
    pub closed_on: Option<NaiveDate>,
}

/// 交接: a customer changes hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// The reference of the `handover` duty.
    pub id: HandoverId,
    /// 移交人
    pub from: UserId,
    /// 接收人
    pub to: UserId,
    /// 交接日期
    pub on: NaiveDate,
}

codes! {
    /// As what somebody signs a packet of customers that change hands.
    pub enum Party {
        /// 移交人
        Giver = "giver",
        /// 接收人
        Receiver = "receiver",
        /// 监交人
        Witness = "witness",
    }
}

codes! {
    /// How far a packet is.
    pub enum PacketState {
        /// Not everybody has signed.
        Open = "open",
        /// All three have signed; the customers have changed hands.
        Done = "done",
        /// Taken back before.
        Withdrawn = "withdrawn",
    }
}

codes! {
    /// 申请类型
    pub enum RequestKind {
        /// 延期
        Delay = "delay",
        /// 终止
        Termination = "termination",
    }
}

codes! {
    /// 理由分类: why a due visit can't be made as planned; the words beside it say it in full.
    pub enum RequestGround {
        /// The customer or whom to meet is away.
        CustomerAway = "customer_away",
        /// The customer refuses or puts it off: a sign in itself.
        CustomerUnwilling = "customer_unwilling",
        /// The officer is ill, on leave or on a course.
        OfficerAway = "officer_away",
        /// More falls due than the days hold.
        Workload = "workload",
        /// Weather, roads, closed areas.
        Hindrance = "hindrance",
        /// Papers or figures that the visit needs are not there yet.
        Papers = "papers",
        /// The loan is about to be repaid or refinanced.
        Settling = "settling",
        /// Something else.
        Other = "other",
    }
}

codes! {
    /// 审批结果
    pub enum Decision {
        /// 同意
        Approved = "approved",
        /// 不同意
        Refused = "refused",
    }
}

/// 申请: delay or termination of one duty, named by customer, code, reference and `raw_due`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// 申请编号
    pub id: RequestId,
    /// Code of the duty.
    pub code: DutyCode,
    /// Reference of the duty.
    pub reference: String,
    /// `raw_due` of the duty.
    pub raw_due: NaiveDate,
    /// 申请类型
    pub kind: RequestKind,
    /// New due date of a delay.
    pub new_due: Option<NaiveDate>,
    /// 审批日期
    pub decided_on: Option<NaiveDate>,
    /// `None` = open.
    pub decision: Option<Decision>,
}
