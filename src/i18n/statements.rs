//! Texts about statements and ratios.

use chrono::NaiveDate;

use super::format::counted;
use super::{Lang, catalog, words};
use crate::domain::money::Fen;
use crate::domain::statement::Doubt;
use crate::risk::{Input, NotComputable};

catalog! {
    /// Texts about statements and ratios.
    Statements {
        title: "Statements" | "财务报表";
        ratios: "Ratios" | "指标";
        lines: "Lines" | "报表";
        checks: "Adds up?" | "勾稽";
        at_disbursement: "at loan" | "放款时";
        last_year_end: "year-end" | "上年末";
        same_period: "year ago" | "上年同期";
        now: "period" | "本期";
        audited: "audited" | "已审计";
        not_audited: "not audited" | "未审计";
        annualised: "Turnover, debt to revenue and cash coverage are worked out to a year" | "周转率、销贷比与现金流动负债比已按全年折算";
        exempt_industry: "Limits do not apply to this industry: shown, not judged" | "该行业不适用比率阈值，只列示不判断";
        exempt_project: "Limits do not apply before the project is completed" | "项目竣工前不适用比率阈值，只列示不判断";
        none: "n/a" | "不可算";
        cash_flow_limits: "below 0, twice" | "为负、连续为负";
        limits: "Limits" | "阈值";
        gap: "Periods missing, so nothing is said across them" | "缺期，不跨期判断走势";
        kept_anyway: "Ctrl-S once more keeps it as it is" | "再按 Ctrl-S 照此保存";
        worsening: "Worse twice running" | "连续两期变差";
        unverified: "* limit not yet confirmed by the bank" | "* 阈值待本行确认";
        holds: "adds up" | "相符";
        slack: "Up to one yuan or a thousandth counts as rounding. What is missing is not taken for 0." | "差额在 1 元或千分之一以内视为四舍五入；缺项不按 0 计算。";
        none_yet: "No statements yet: n enters one, or they come with the import" | "尚无报表：按 n 录入，或随导入生成";
        withdraw_title: "Take this statement off the file" | "撤销本期报表";
        withdraw_note: "Nothing is judged by it any more; the journal keeps what it said." | "撤销后不再据此判断，原内容留存于日志。";
        reason: "Reason" | "撤销原因";
        withdrawn: "Statement taken off the file" | "报表已撤销";
        find: "Name of a ratio or line, or its initials" | "指标或项目名称，可用拼音首字母";
        find_none: "Nothing in view has this name" | "本页没有此名称";
        enter: "Enter statement" | "录入报表";
        entering_note: "= in a line works it out" | "填 = 则自动算出该项";
        yuan: "yuan" | "单位：元";
        wan: "10,000 yuan" | "单位：万元";
        period_end: "end of the period" | "报表日期";
        source: "source" | "报表来源";
        audited_question: "audited" | "是否审计";
        yes: "yes" | "是";
        no: "no" | "否";
        jump: "ten times?" | "相差十倍？";
        unsaved: "Not saved: Ctrl-S saves, Esc once more throws it away" | "尚未保存：Ctrl-S 保存，再按 Esc 放弃";
        unreadable: "This field can't be read: yuan with two decimals, days as 2026-09-30" | "此项无法识别：金额最多两位小数，日期如 2026-09-30";
        no_share: "shares pledged: percent from 0 to 100, such as 45.5" | "股权质押比例：填 0 至 100 的百分数，如 45.5";
        not_computable: "not computable" | "不可计算";
        months: "months of the statement" | "报表月数";
        pledged: "shares pledged" | "股权质押比例";
        exposure: "exposure here" | "本行敞口";
        secured: "loans secured by collateral" | "抵质押贷款余额";
        collateral: "value of the collateral" | "押品评估价值";
        inflow: "account inflow of the whole period" | "报表期内各月账户流入";
        no_comparison: "no statement of the same period of the year before" | "无上年同期报表";
        too_large: "the result is too large" | "结果过大";
    }
}

impl Statements {
    /// Why the limits do not apply.
    pub const fn exempt(&self, unfinished: bool) -> &'static str {
        if unfinished { self.exempt_project } else { self.exempt_industry }
    }

    /// What makes one ask whether a statement was read right.
    pub fn doubt(&self, doubt: Doubt, unit: impl Fn(Fen) -> String) -> String {
        match (doubt, self.lang) {
            (Doubt::Negative(line), Lang::En) => {
                format!("{} below zero", words::statement_line(self.lang, line))
            }
            (Doubt::Negative(line), Lang::Zh) => {
                format!("{}为负", words::statement_line(self.lang, line))
            }
            (Doubt::Off(rule, by), Lang::En) => {
                format!("{}: {}", words::balance(self.lang, rule), self.off(&unit(by)))
            }
            (Doubt::Off(rule, by), Lang::Zh) => {
                format!("{}：{}", words::balance(self.lang, rule), self.off(&unit(by)))
            }
            (Doubt::Unit(line), Lang::En) => {
                let line = words::statement_line(self.lang, line);
                format!("is the unit right? a thousand times apart from the period before: {line}")
            }
            (Doubt::Unit(line), Lang::Zh) => {
                let line = words::statement_line(self.lang, line);
                format!("{line}与上期相差千倍以上，请核对单位")
            }
            (Doubt::Thin(now, before), Lang::En) => {
                format!("{}, {before} in the period before: ratios go", counted(now, "line"))
            }
            (Doubt::Thin(now, before), Lang::Zh) => {
                format!("仅 {now} 项，上期 {before} 项，多数指标将不可计算")
            }
        }
    }

    /// A statement of that day is there already.
    pub fn on_file(&self, day: NaiveDate) -> String {
        match self.lang {
            Lang::En => format!("{day} has a statement already: correct that one with e"),
            Lang::Zh => format!("已有 {day} 的报表，请用 e 修改"),
        }
    }

    /// What the months of a statement may be.
    pub fn no_months(&self, most: i64) -> String {
        match self.lang {
            Lang::En => format!("{}: 1 to {most}, as a whole number", self.months),
            Lang::Zh => format!("{}：填 1 至 {most} 的整数", self.months),
        }
    }

    /// How old the latest statement is.
    pub fn old(&self, days: i64) -> String {
        match self.lang {
            Lang::En => format!("{} old", counted(days, "day")),
            Lang::Zh => format!("距今 {days} 天"),
        }
    }

    /// By how much the sides of a rule differ.
    pub fn off(&self, by: &str) -> String {
        match self.lang {
            Lang::En => format!("off by {by}"),
            Lang::Zh => format!("相差 {by}"),
        }
    }

    /// A line without which a rule can't be judged.
    pub fn lacks(&self, line: &str) -> String {
        match self.lang {
            Lang::En => format!("not known: {line}"),
            Lang::Zh => format!("缺{line}"),
        }
    }

    /// A figure that goes into a ratio.
    pub const fn input(&self, input: Input) -> &'static str {
        match input {
            Input::Line(line) => words::statement_line(self.lang, line),
            Input::Months => self.months,
            Input::Pledged => self.pledged,
            Input::Exposure => self.exposure,
            Input::Secured => self.secured,
            Input::Collateral => self.collateral,
            Input::Inflow => self.inflow,
        }
    }

    /// Why a ratio can't be worked out: what is missing, by its name.
    pub fn reason(&self, why: NotComputable) -> String {
        match (why, self.lang) {
            (NotComputable::Missing(input), Lang::En) => format!("no {}", self.input(input)),
            (NotComputable::Missing(input), Lang::Zh) => format!("缺{}", self.input(input)),
            (NotComputable::NothingBelow(input), Lang::En) => {
                format!("{} not above zero", self.input(input))
            }
            (NotComputable::NothingBelow(input), Lang::Zh) => {
                format!("{}不大于零", self.input(input))
            }
            (NotComputable::NoComparison, _) => self.no_comparison.to_owned(),
            (NotComputable::TooLarge, _) => self.too_large.to_owned(),
        }
    }
}
