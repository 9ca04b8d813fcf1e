//! Texts of deadlines beside visits.

use super::{Lang, catalog};
use crate::domain::deadline::{Deadline, DeadlineKind, Headroom};
use crate::domain::money::Fen;
use crate::i18n::format;

catalog! {
    /// Texts of deadlines.
    Deadlines {
        title: "Deadlines beside visits" | "回访以外的期限";
        none: "No deadline is near" | "近期没有期限";
        label: "Deadlines" | "期限";
        receive_title: "Note as done" | "登记办理";
        done_on: "done on" | "办理日期";
        proof: "what proves it" | "完成依据";
        new_value: "new value" | "重估价值";
        value_number: "New value is an amount, such as 180万" | "重估价值须为金额，如 180万";
        waive_reason: "Let off. Why?" | "豁免。请写理由";
        needs_reason: "Say why it is let off" | "请写明豁免理由";
        only_supervisors: "Only a supervisor lets off" | "只有主管可以豁免";
        received: "Noted as done; u takes it back" | "已登记办理，按 u 可撤销";
        waived: "Let off; u takes it back" | "已豁免，按 u 可撤销";
        unverified: "period not confirmed by the bank" | "期限口径未经本行确认";
        more: "e shows all" | "按 e 查看全部";
        kind: "Kind" | "种类";
        reference: "Of" | "对象编号";
        loan: "Loan" | "借据号";
        about: "About" | "内容";
        period: "Period end" | "报表日期";
        late: "Days late" | "逾期天数";
        headroom: "Headroom" | "余地";
        figure: "Figure" | "实际值";
        in_a_row: "In a row" | "连续次数";
        target: "Target balance" | "目标余额";
        balance: "Balance" | "现余额";
    }
}

impl Deadlines {
    /// What falls due.
    pub const fn of(&self, kind: DeadlineKind) -> &'static str {
        let (en, zh) = match kind {
            DeadlineKind::Statement => ("statements", "报送报表"),
            DeadlineKind::Covenant => ("covenant", "约束条款"),
            DeadlineKind::Condition => ("condition", "批复条件"),
            DeadlineKind::Valuation => ("valuation", "押品重估"),
            DeadlineKind::Insurance => ("insurance", "押品保险"),
            DeadlineKind::Limitation => ("limitation", "诉讼时效"),
            DeadlineKind::Drawdown => ("proof of use", "用款凭证"),
            DeadlineKind::Step => ("plan step", "压降步骤"),
        };
        self.lang.pick(en, zh)
    }

    /// How a covenant stands.
    pub const fn headroom(&self, headroom: Headroom) -> &'static str {
        let (en, zh) = match headroom {
            Headroom::Ok => ("kept", "符合"),
            Headroom::Near => ("near", "临近"),
            Headroom::Breach => ("broken", "突破"),
            Headroom::Unknown => ("unknown", "未知"),
        };
        self.lang.pick(en, zh)
    }

    /// What marking as met means for this kind.
    pub const fn done(&self, kind: DeadlineKind) -> &'static str {
        let (en, zh) = match kind {
            DeadlineKind::Statement | DeadlineKind::Covenant => {
                ("a: the statement has come in", "按 a 登记已收到报表")
            }
            DeadlineKind::Condition => ("a: the condition is met", "按 a 登记条件已落实"),
            DeadlineKind::Valuation => ("a: valued anew", "按 a 登记已重估"),
            DeadlineKind::Insurance => ("a: insured again", "按 a 登记已续保"),
            DeadlineKind::Limitation => (
                "a: interrupted today (demand received, promise to pay): it begins anew",
                "按 a 登记今日时效中断（催收回执、还款承诺等），重新起算",
            ),
            DeadlineKind::Drawdown => ("a: the papers have come in", "按 a 登记已收齐凭证"),
            DeadlineKind::Step => (
                "met by itself once the balance is there; a: met otherwise, with proof",
                "余额降到目标即自动完成；其他方式完成的按 a 登记并写明依据",
            ),
        };
        self.lang.pick(en, zh)
    }

    /// `逾 12 天` or the day.
    pub fn late_days(&self, days: i64) -> String {
        match self.lang {
            Lang::En => format!("{days}d late"),
            Lang::Zh => format!("逾{days}天"),
        }
    }

    /// To what the balance is to go down, and where it is.
    pub fn down_to(&self, target: Fen, balance: Option<Fen>) -> String {
        let (target, now) =
            (format::amount(self.lang, target), format::maybe_amount(self.lang, balance));
        match self.lang {
            Lang::En => format!("down to {target} (now {now})"),
            Lang::Zh => format!("余额降至 {target}（现 {now}）"),
        }
    }

    /// How many there are, and how many of them have passed.
    pub fn counted(&self, total: u32, late: u32) -> String {
        match (self.lang, late) {
            (Lang::En, 0) => format!("{total}"),
            (Lang::Zh, 0) => format!("{total} 项"),
            (Lang::En, late) => format!("{total}, {late} late"),
            (Lang::Zh, late) => format!("{total} 项，逾期 {late}"),
        }
    }

    /// What it is about in one line: period, indicator or text, figure and how it stands.
    pub fn told(&self, deadline: &Deadline) -> String {
        let mut parts = Vec::new();
        if let Some(loan) = &deadline.loan {
            parts.push(format!("{} {loan}", self.lang.pick("loan", "借据")));
        }
        if let Some(end) = deadline.period_end {
            parts.push(format::full_day(end));
        }
        if !deadline.about.is_empty() {
            parts.push(deadline.about.replace('\n', " "));
        }
        if let Some(target) = deadline.target {
            parts.push(self.down_to(target, deadline.balance));
        }
        if let Some(figure) = deadline.figure {
            parts.push(format::two_decimals(figure));
        }
        if let Some(headroom) = deadline.headroom {
            parts.push(self.headroom(headroom).to_owned());
        }
        if deadline.late_in_a_row > 1 {
            parts.push(match self.lang {
                Lang::En => format!("{} in a row", deadline.late_in_a_row),
                Lang::Zh => format!("连续 {} 次", deadline.late_in_a_row),
            });
        }
        parts.join("  ")
    }
}
