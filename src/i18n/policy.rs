//! What the command line says of policies.

use chrono::NaiveDate;

use super::{Lang, catalog};

catalog! {
    /// Texts about policies.
    Policy {
        policy: "Policy" | "制度";
        state: "State" | "状态";
        proposed_by: "Proposed by" | "提出人";
        proposed_at: "Proposed at" | "提出时间";
        decided_by: "Decided by" | "审定人";
        decided_at: "Decided at" | "审定时间";
        reason: "Reason" | "理由";
        sha256: "SHA-256" | "SHA-256";
        customer_id: "Number" | "客户号";
        customer: "Customer" | "客户";
        officer: "Officer" | "管户";
        change: "Change" | "变动";
        due_before: "Due now" | "现到期";
        due_after: "Would be due" | "新到期";
        class_before: "Way now" | "现方式";
        class_after: "New way" | "新方式";
        duties: "Duties" | "检查义务";
        instead_of: "instead of" | "原值";
    }
}

/// The state of a policy.
pub const fn state(lang: Lang, code: &str) -> &'static str {
    match code.as_bytes() {
        b"proposed" => lang.pick("proposed", "待启用"),
        b"active" => lang.pick("in force", "现行"),
        b"retired" => lang.pick("retired", "已废止"),
        _ => lang.pick("refused", "未同意"),
    }
}

/// What happens to a visit.
pub const fn shift(lang: Lang, code: &str) -> &'static str {
    match code.as_bytes() {
        b"moved" => lang.pick("moved", "改期"),
        b"class" => lang.pick("other way", "改方式"),
        b"new" => lang.pick("new", "新增"),
        _ => lang.pick("gone", "取消"),
    }
}

impl Policy {
    /// Which version is in force.
    pub fn in_force(&self, version: &str) -> String {
        match self.lang {
            Lang::En => format!("In force: {version}"),
            Lang::Zh => format!("现行制度：{version}"),
        }
    }

    /// How many values are the branch's own.
    pub fn own_values(&self, n: usize, base: &str) -> String {
        match self.lang {
            Lang::En => format!("{n} values are the branch's own, all others come from {base}:"),
            Lang::Zh => format!("本机构自定 {n} 项，其余取自 {base}："),
        }
    }

    /// Own values in the data directory that are not in force.
    pub fn waits(&self, file: &str, version: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "{file} ({version}) is not in force: `huifang policy diff` rehearses it, `huifang policy propose --reason TEXT` puts it forward"
            ),
            Lang::Zh => format!(
                "{file}（{version}）尚未启用：huifang policy diff 可演练，huifang policy propose --reason 理由 可提出"
            ),
        }
    }

    /// How many parts nobody has confirmed.
    pub fn unconfirmed(&self, n: usize) -> String {
        match self.lang {
            Lang::En => format!("{n} parts are still to be confirmed by the bank:"),
            Lang::Zh => format!("以下 {n} 处数值待本行确认："),
        }
    }

    /// What was compared.
    pub fn rehearsed(&self, old: &str, new: &str, on: NaiveDate, to: NaiveDate) -> String {
        match self.lang {
            Lang::En => format!("{new} instead of {old} from {on}, visits due up to {to}:"),
            Lang::Zh => format!("若 {on} 起以 {new} 代替 {old}，至 {to} 到期的回访："),
        }
    }

    /// How many visits move, change their way, come and go.
    pub fn moves(&self, moved: usize, class: usize, new: usize, gone: usize) -> String {
        match self.lang {
            Lang::En => format!(
                "{moved} visits move, {class} change between on-site and any, {new} are new, {gone} fall away"
            ),
            Lang::Zh => {
                format!("{moved} 次改期，{class} 次改变方式，{new} 次新增，{gone} 次取消")
            }
        }
    }

    /// How many visits there are in all, and how many customers are concerned.
    pub fn total(&self, before: usize, after: usize, customers: usize) -> String {
        match self.lang {
            Lang::En => {
                format!("{before} due visits now, {after} then; {customers} customers concerned")
            }
            Lang::Zh => format!("应访由 {before} 次变为 {after} 次，涉及 {customers} 户"),
        }
    }

    /// Customers who have visits now and would have none.
    pub fn left_out(&self, n: usize) -> String {
        match self.lang {
            Lang::En => format!("{n} customers get no visit at all:"),
            Lang::Zh => format!("{n} 户将完全没有应访："),
        }
    }

    /// Customers whom no row of the matrix would match.
    pub fn unmatched(&self, n: usize) -> String {
        match self.lang {
            Lang::En => format!("{n} customers match no row of the matrix:"),
            Lang::Zh => format!("{n} 户不符合矩阵的任何一行："),
        }
    }

    /// What comes next after a proposal.
    pub fn proposed(&self, version: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "{version} is proposed; a colleague activates it with `huifang policy activate {version}`"
            ),
            Lang::Zh => {
                format!("{version} 已提出，须由另一人运行 huifang policy activate {version} 启用")
            }
        }
    }

    /// What was decided.
    pub fn decided(&self, version: &str, active: bool) -> String {
        match (self.lang, active) {
            (Lang::En, true) => format!("{version} is in force"),
            (Lang::Zh, true) => format!("{version} 已启用"),
            (Lang::En, false) => format!("{version} is refused"),
            (Lang::Zh, false) => format!("{version} 未启用"),
        }
    }
}
