//! Texts of requests for delay and termination.

use chrono::NaiveDate;

use super::{Lang, catalog};
use crate::domain::order::RequestKind;

catalog! {
    /// Texts of requests.
    Requests {
        title: "Requests: delay and termination" | "延期与终止申请";
        none: "No requests. d in the agenda asks for a delay." | "没有申请。在日程中按 d 可申请延期。";
        open: "to decide" | "待审批";
        waiting: "waiting" | "审批中";
        approved: "approved" | "已同意";
        refused: "refused" | "未同意";
        ends: "ends" | "终止";
        ground: "Ground" | "理由分类";
        grounds: "By ground" | "按理由分类";
        reason: "Reason" | "理由";
        interim: "Meanwhile" | "过渡措施";
        decided_by: "Decided by" | "审批人";
        opinion: "Opinion" | "意见";
        own: "You asked for this yourself; a colleague decides. x takes it back" | "本人所提，须由他人审批；按 x 可撤回";
        not_own: "Only who asked can take it back" | "只有申请人可以撤回";
        decided_already: "This is decided already" | "该申请已审批";
        needs_reason: "Say why not" | "请写明不同意的理由";
        approve_note: "Approve. Opinion (may be empty)" | "同意。可填意见";
        refuse_reason: "Refuse. Why?" | "不同意。请写理由";
        ask_title: "Ask for a delay or the end of a duty" | "申请延期或终止";
        kind: "Kind" | "类型";
        delay: "delay" | "延期";
        termination: "termination" | "终止";
        new_due: "New due date" | "新到期日";
        asked: "Asked; a supervisor decides. The original date stays on record" | "已提交申请，待主管审批；原到期日保留";
        decided: "Decided" | "已审批";
        who_column: "This year, by officer" | "本年申请人";
        asked_column: "asked" | "申请";
        open_column: "open" | "待审批";
        days_column: "avg. days" | "平均延期天数";
        none_this_year: "Nobody has asked this year" | "本年没有申请";
        withdrawn: "Taken back" | "已撤回";
    }
}

impl Requests {
    /// The last day of a delay.
    pub fn latest(&self, last: NaiveDate) -> String {
        match self.lang {
            Lang::En => format!("A delay may go to {last} at the latest"),
            Lang::Zh => format!("延期最迟到 {last}"),
        }
    }

    /// What an open request asks for, in few cells: `延期待批`.
    pub const fn wish(&self, kind: RequestKind) -> &'static str {
        match (self.lang, kind) {
            (Lang::En, RequestKind::Delay) => "delay?",
            (Lang::Zh, RequestKind::Delay) => "延期待批",
            (Lang::En, RequestKind::Termination) => "end?",
            (Lang::Zh, RequestKind::Termination) => "终止待批",
        }
    }

    /// The same with its new day, as a remark.
    pub fn wished(&self, kind: RequestKind, to: Option<&str>) -> String {
        match (self.lang, kind, to) {
            (Lang::En, RequestKind::Delay, Some(to)) => {
                format!("a delay to {to} waits for a decision")
            }
            (Lang::Zh, RequestKind::Delay, Some(to)) => format!("已申请延期至 {to}，待审批"),
            (Lang::En, RequestKind::Delay, None) => "a delay waits for a decision".to_owned(),
            (Lang::Zh, RequestKind::Delay, None) => "已申请延期，待审批".to_owned(),
            (Lang::En, RequestKind::Termination, _) => "its end waits for a decision".to_owned(),
            (Lang::Zh, RequestKind::Termination, _) => "已申请终止，待审批".to_owned(),
        }
    }

    /// What the request is about.
    pub fn about(&self, name: &str, due: NaiveDate, duties: &str) -> String {
        match self.lang {
            Lang::En => format!("{name}, due {due}: {duties}"),
            Lang::Zh => format!("{name}，{due} 到期：{duties}"),
        }
    }
}
