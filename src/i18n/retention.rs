//! Texts of data whose time is over.

use super::format::counted;
use super::{Lang, catalog};
use crate::domain::retention::ErasureState;
use crate::protocol::page::Erased;

catalog! {
    /// Texts of the overlay and of `huifang retention`.
    Retention {
        title: "Data whose time is over" | "保存期满的客户数据";
        none: "Nobody's time is over." | "没有保存期满的客户。";
        unverified: "to be confirmed by compliance" | "待合规确认";
        over: "over" | "已期满";
        held: "held up" | "暂缓";
        proposed: "to agree" | "待同意";
        done: "erased" | "已清除";
        refused: "refused" | "不同意";
        withdrawn: "taken back" | "已撤回";
        customer: "Customer" | "客户";
        number: "Number" | "编号";
        state: "State" | "状态";
        since: "Ended on" | "关系结束";
        by: "By" | "提出人";
        reason: "Reason" | "理由";
        held_by: "Held up by" | "暂缓人";
        decided_by: "Decided by" | "决定人";
        opinion: "Opinion" | "意见";
        names: "Customers" | "客户";
        why_propose: "Why erase now?" | "清除理由？";
        why_refuse: "Why not?" | "不同意的理由？";
        why_hold: "Why hold it up?" | "暂缓理由（诉讼、检查等）？";
        why_release: "Why no longer?" | "解除暂缓的理由？";
        needs_reason: "Say why" | "请写明理由";
        needs_count: "Type the number of customers to agree, or Esc" | "请输入户数表示同意，或按 Esc 返回";
        own: "You put it forward yourself; a colleague agrees. x takes it back" | "本人所提，须由他人同意；按 x 可撤回";
        not_own: "Only who put it forward can take it back" | "只有提出人可以撤回";
        no_proposal: "Choose a proposal that waits (upper lines)" | "请选中上方待同意的清除申请";
        no_customer: "Choose a customer whose time is over" | "请选中一个已期满的客户";
        role_propose: "Compliance puts erasures forward and holds them up" | "清除由法律合规岗提出、暂缓";
        role_agree: "Supervisors and compliance agree to erasures" | "清除须由主管或合规岗同意";
        backups: "Copies made before still hold them until they are rotated out; sealed copies are the bank's to destroy." | "此前的备份仍含这些数据：本机夜间备份到期轮换，已离机的加密备份由本行销毁。";
        said_proposed: "Put forward; somebody else agrees" | "已提出，待他人同意";
        said_decided: "Decided" | "已处理";
        said_withdrawn: "Taken back" | "已撤回";
        said_held: "The erasure is held up" | "已暂缓清除";
        said_released: "Nothing holds it up any more" | "已解除暂缓";
    }
}

impl Retention {
    /// How a proposal stands.
    pub const fn state(&self, state: ErasureState) -> &'static str {
        match state {
            ErasureState::Proposed => self.proposed,
            ErasureState::Done => self.done,
            ErasureState::Refused => self.refused,
            ErasureState::Withdrawn => self.withdrawn,
        }
    }

    /// The rule, and how many it reaches.
    pub fn rule(&self, years: u32, verified: bool, due: u32, undated: u32) -> String {
        let unverified = if verified { "" } else { self.unverified };
        match self.lang {
            Lang::En => {
                let unverified = if verified { String::new() } else { format!(" ({unverified})") };
                let undated = match undated {
                    0 => String::new(),
                    n => format!("; of {n} the end is not known"),
                };
                let due = counted(i64::from(due), "customer");
                format!(
                    "{due}: {} after the last loan ended{unverified}{undated}",
                    counted(years, "year")
                )
            }
            Lang::Zh => {
                let unverified =
                    if verified { String::new() } else { format!("（{unverified}）") };
                let undated = match undated {
                    0 => String::new(),
                    n => format!("；另有 {n} 户结清日期不明"),
                };
                format!("最后一笔贷款结束满 {years} 年{unverified}：{due} 户{undated}")
            }
        }
    }

    /// A proposal in one line.
    pub fn proposal(&self, customers: u32) -> String {
        match self.lang {
            Lang::En => format!("erase {}", counted(i64::from(customers), "customer")),
            Lang::Zh => format!("清除 {customers} 户"),
        }
    }

    /// What agreeing does, and how it is confirmed.
    pub fn agree(&self, customers: u32) -> String {
        match self.lang {
            Lang::En => format!(
                "Erases all data of {} for good. Type {customers} and Enter, Esc goes back",
                counted(i64::from(customers), "customer")
            ),
            Lang::Zh => {
                format!(
                    "将清除 {customers} 户的全部数据，不可恢复。输入 {customers} 后按 Enter，Esc 返回"
                )
            }
        }
    }

    /// What an erasure came to, and what the journal keeps of it.
    pub fn erased(&self, erased: Erased) -> String {
        let Erased { customers, rows, words_gone, words_kept } = erased;
        match self.lang {
            Lang::En => {
                let customers = counted(i64::from(customers), "customer");
                let kept = match words_kept {
                    0 => String::new(),
                    n => format!(
                        "; kept are the words of {}, written before these could go",
                        counted(n, "older journal row")
                    ),
                };
                format!(
                    "{customers} erased, {}, the words of {}{kept}",
                    counted(rows, "row"),
                    counted(words_gone, "journal row")
                )
            }
            Lang::Zh => {
                let kept = match words_kept {
                    0 => String::new(),
                    n => format!("；另有 {n} 条较早的日志写于可清除之前，内容保留"),
                };
                format!(
                    "已清除 {customers} 户，共 {rows} 行，并清除 {words_gone} 条日志的内容{kept}"
                )
            }
        }
    }
}
