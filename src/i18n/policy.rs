//! What the command line says of policies.

use chrono::NaiveDate;

use super::{Lang, catalog, words};
use crate::domain::customer::Line;
use crate::i18n::format::counted;

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
        title: "Policies" | "回访制度";
        none: "Nothing was put forward: `huifang policy propose` does" | "尚未提出其他制度，可用 huifang policy propose 提出";
        not_yours: "Only supervisors and risk managers decide about policies" | "制度由主管或风险经理审定";
        decided_already: "It has been decided upon" | "该制度已审定";
        by_another: "You put it forward: a colleague brings it into force; r takes it back" | "本人提出的制度须由他人启用，按 r 可撤回";
        activate_reason: "Into force from today on. A remark, if any" | "今日起启用。可写说明";
        refuse_reason: "Not into force. Why?" | "不启用。请写理由";
        needs_reason: "Say why" | "请写明理由";
        activated: "In force from today on" | "新制度今日起启用";
        refused: "Not into force" | "该制度未启用";
        rehearse: "`huifang policy show` prints it, `huifang policy diff` tells which visits would move" | "huifang policy show 可查看全文，huifang policy diff 可演练哪些回访会变动";
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

    /// What is wrong with a value of a policy file, where, and what to do.
    pub fn wrong(
        &self,
        file: &str,
        line: Option<usize>,
        key: &str,
        value: &str,
        problem: &str,
    ) -> String {
        let place = match (self.lang, line) {
            (Lang::En, Some(line)) => format!("{file}:{line}: {key}"),
            (Lang::Zh, Some(line)) => format!("{file} 第 {line} 行 {key}"),
            (Lang::En, None) => format!("{file}: {key}"),
            (Lang::Zh, None) => format!("{file} {key}"),
        };
        // Of rows that don't meet, the value is the line of business.
        let who = Line::from_code(value).map_or(value, |line| words::line(self.lang, line));
        let said = self.problem(problem);
        match self.lang {
            Lang::En => format!("{place} (`{who}`): {said}"),
            Lang::Zh => format!("{place}（{who}）：{said}"),
        }
    }

    /// What is wrong with a value.
    const fn problem(&self, code: &str) -> &'static str {
        match code.as_bytes() {
            b"not_a_quantity" => self.lang.pick(
                "no period or number as it is wanted here (such as `30 days after drawn_on`, `10 workdays`, `3000000 yuan`)",
                "不是此处所需的期限或数值（写法如 30 days after drawn_on、10 workdays、3000000 yuan）",
            ),
            b"negative" => self.lang.pick("must not be below zero", "不能为负数"),
            b"too_large" => self.lang.pick("larger than any policy can mean", "数值过大"),
            b"zero" => self.lang.pick("must not be zero", "不能为零"),
            b"unknown_code" => self.lang.pick("no code that is known here", "不是此处可用的代码"),
            b"unknown_row" => self.lang.pick("no row of the matrix has this name", "矩阵中没有这一行"),
            b"bad_id" => self.lang.pick(
                "an id has letters a to z, digits and _ and is not empty",
                "编号只能用小写字母、数字和下划线，且不能为空",
            ),
            b"twice" => self.lang.pick("stands twice: leave one of them", "重复，请只保留一处"),
            b"opens_after_due" => self.lang.pick(
                "the window opens after the day on which it is due: let it open earlier",
                "可做日期晚于到期日，请提前",
            ),
            b"overlap" => self.lang.pick(
                "rows overlap, two of them hold for the same exposure: `from` is the `below` of the row before",
                "敞口区间重叠，同一敞口有两行适用：from 应等于前一行的 below",
            ),
            b"hole" => self.lang.pick(
                "a gap, for some exposures no row holds: `from` is the `below` of the row before, the last row has no `below`, the first no `from`",
                "敞口区间有缺口，部分敞口没有任何一行适用：from 应等于前一行的 below，首行不写 from，末行不写 below",
            ),
            _ => self.lang.pick(
                "says nothing that differs from its base",
                "与所依版本没有任何不同，请写入本机构自定的值",
            ),
        }
    }

    /// A file of own values names a base that is not there.
    pub fn no_base(&self, file: &str, base: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "{file}: base = {base}: there is no such version, and a policy is not its own base; `huifang policy list` and `huifang policy show` name those that are"
            ),
            Lang::Zh => format!(
                "{file}：base = {base} 没有这一版本，也不能以自身为依据；已有版本见 huifang policy list 与 huifang policy show"
            ),
        }
    }

    /// How many values are the branch's own.
    pub fn own_values(&self, n: usize, base: &str) -> String {
        match self.lang {
            Lang::En => format!("{n} values are the branch's own, all others come from {base}:"),
            Lang::Zh => format!("本机构自定 {n} 项，其余取自 {base}："),
        }
    }

    /// How many values differ, from what is in force or from its base.
    pub fn differs(&self, n: i64, waits: bool) -> String {
        match (self.lang, waits) {
            (Lang::En, true) => format!("{} other than in force", counted(n, "value")),
            (Lang::Zh, true) => format!("与现行制度不同的有 {n} 项"),
            (Lang::En, false) => format!("{} of its own", counted(n, "value")),
            (Lang::Zh, false) => format!("本机构自定 {n} 项"),
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
                "visits that move: {moved}, change between on-site and any: {class}, are new: {new}, fall away: {gone}"
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
                format!(
                    "{} now, {after} then; {} concerned",
                    counted(before, "due visit"),
                    counted(customers, "customer")
                )
            }
            Lang::Zh => format!("应访由 {before} 次变为 {after} 次，涉及 {customers} 户"),
        }
    }

    /// Customers who have visits now and would have none.
    pub fn left_out(&self, n: usize) -> String {
        match self.lang {
            Lang::En => format!("{} left without any visit:", counted(n, "customer")),
            Lang::Zh => format!("{n} 户将完全没有应访："),
        }
    }

    /// Customers whom no row of the matrix would match.
    pub fn unmatched(&self, n: usize) -> String {
        match self.lang {
            Lang::En => format!("{} without a row in the matrix:", counted(n, "customer")),
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
