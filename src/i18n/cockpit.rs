//! Texts of the cockpit.

use super::format::counted;
use super::{Lang, catalog};
use crate::domain::cockpit::{CockpitRule, Figure, Grouping};

catalog! {
    /// Texts of the cockpit.
    Cockpit {
        title: "Cockpit" | "总览";
        officer: "Officer" | "客户经理";
        district: "District" | "区域";
        key: "Key" | "编号";
        total: "Total" | "合计";
        no_district: "no district" | "未填区域";
        met: "Met in time" | "按时完成";
        asked: "Fell due" | "应完成";
        at_closing: " (at closing)" | "（结账时）";
        none: "No customers in your scope" | "没有您可查看的客户";
        nobody: "Nobody is behind this figure" | "该指标下没有客户";
        filter_officer: "officer" | "客户经理";
        filter_district: "district" | "区域";
        filter_figure: "figure" | "指标";
        filter_month: "month" | "月份";
        open: "month open" | "本月未结账";
        open_past: "open: all but the rate as of today" | "未结账：除按时率外均为今日数";
        ask_title: "Close this month?" | "确认本月结账？";
        ask_frozen: "The figures are frozen as they are now; what comes later is shown as a change since."
            | "现有数字将固定保存，此后的变化另行显示。";
        ask_once: "This can't be taken back." | "结账后不可撤销。";
        closed_done: "Closed: the figures of the month are kept" | "已结账，本月数字已固定保存";
        only_supervisors: "Only a supervisor closes a month" | "只有主管可以结账";
        unverified: "ages not confirmed by the bank" | "账龄分段未经本行确认";
    }
}

impl Cockpit {
    /// What the rows are.
    pub const fn grouping(&self, by: Grouping) -> &'static str {
        match by {
            Grouping::Officer => self.officer,
            Grouping::District => self.district,
        }
    }

    /// A figure in a narrow column.
    pub fn short(&self, figure: Figure, rule: &CockpitRule) -> String {
        if let Some(age) = figure.age() {
            let days = self.lang.pick("d", "天");
            return match rule.span(age) {
                (from, Some(to)) => format!("{from}-{to}{days}"),
                (from, None) => format!(">{}{days}", from.saturating_sub(1)),
            };
        }
        let text = match figure {
            Figure::Customers => self.lang.pick("Cust", "户数"),
            Figure::OnTime => self.lang.pick("Time", "按时"),
            Figure::Unplanned => self.lang.pick("NoPl", "未排"),
            Figure::Gaps => self.lang.pick("Gaps", "缺口"),
            Figure::Requests => self.lang.pick("Req", "申请"),
            Figure::Flags => self.lang.pick("Flag", "信号"),
            _ => self.lang.pick("Rev", "待复"),
        };
        text.to_owned()
    }

    /// A figure where a column has nine cells.
    pub fn medium(&self, figure: Figure, rule: &CockpitRule) -> String {
        let text = match figure {
            Figure::Customers => self.lang.pick("Clients", "管户数"),
            Figure::OnTime => self.lang.pick("On time", "按时率"),
            Figure::Unplanned => self.lang.pick("No plan", "未排期"),
            Figure::Requests => self.lang.pick("Requests", "待批申请"),
            Figure::Flags => self.lang.pick("Flags", "未处置"),
            Figure::Reviews => self.lang.pick("Reviews", "待复核"),
            _ => return self.short(figure, rule),
        };
        text.to_owned()
    }

    /// The same, spelled out.
    pub fn name(&self, figure: Figure, rule: &CockpitRule) -> String {
        if let Some(age) = figure.age() {
            return match (rule.span(age), self.lang) {
                ((from, Some(to)), Lang::En) => format!("{from}-{to} days overdue"),
                ((from, Some(to)), Lang::Zh) => format!("逾期 {from}-{to} 天"),
                ((from, None), Lang::En) => format!("over {} days overdue", from.saturating_sub(1)),
                ((from, None), Lang::Zh) => format!("逾期超过 {} 天", from.saturating_sub(1)),
            };
        }
        let text = match figure {
            Figure::Customers => self.lang.pick("customers", "管户数"),
            Figure::OnTime => self.lang.pick("on-time rate", "按时率"),
            Figure::Unplanned => self.lang.pick("unplanned loans", "未排期借据"),
            Figure::Gaps => self.lang.pick("gaps", "口径与数据缺口"),
            Figure::Requests => self.lang.pick("requests waiting", "待批申请"),
            Figure::Flags => self.lang.pick("flags without action", "未处置信号"),
            _ => self.lang.pick("records to review", "待复核记录"),
        };
        text.to_owned()
    }

    /// The figure as a word of the filter language: one without blanks that names no number.
    pub const fn word(lang: Lang, figure: Figure) -> &'static str {
        match figure {
            Figure::Customers => lang.pick("customers", "管户数"),
            Figure::OnTime => lang.pick("not-on-time", "未按时"),
            Figure::Late1 => lang.pick("overdue-1", "逾期一档"),
            Figure::Late2 => lang.pick("overdue-2", "逾期二档"),
            Figure::Late3 => lang.pick("overdue-3", "逾期三档"),
            Figure::Late4 => lang.pick("overdue-4", "逾期四档"),
            Figure::Unplanned => lang.pick("unplanned-loans", "未排期借据"),
            Figure::Gaps => lang.pick("gaps", "口径与数据缺口"),
            Figure::Requests => lang.pick("requests-waiting", "待批申请"),
            Figure::Flags => lang.pick("flags-without-action", "未处置信号"),
            Figure::Reviews => lang.pick("records-to-review", "待复核记录"),
        }
    }

    /// The customers behind a figure, as a word of the filter language.
    pub fn filter(&self, figure: Figure) -> String {
        format!("{}:{}", self.filter_figure, Self::word(self.lang, figure))
    }

    /// What a figure counts.
    pub const fn meaning(&self, figure: Figure) -> &'static str {
        match figure {
            Figure::Customers => self.lang.pick("in charge now", "当前管户"),
            Figure::OnTime => self.lang.pick(
                "duties of the month met by their day; Enter lists those that were not",
                "本月到期义务中按时完成的比例；按 Enter 列出未按时的客户",
            ),
            Figure::Late1 | Figure::Late2 | Figure::Late3 | Figure::Late4 => {
                self.lang.pick("due visits, by days past due", "应访按逾期天数分段")
            }
            Figure::Unplanned => self.lang.pick(
                "active loans for which nothing is planned; a month can't be closed with one",
                "没有任何后续回访安排的在贷借据；存在时不能结账",
            ),
            Figure::Gaps => self.lang.pick(
                "what the plan lacks: complete the data by import; a month can't be closed with one",
                "计划所缺的数据或口径，请补录导入；存在时不能结账",
            ),
            Figure::Requests => {
                self.lang.pick("delays and terminations not decided; r opens them", "延期与终止申请，按 r 审批")
            }
            Figure::Flags => self.lang.pick(
                "without owner or measure, not decided, or past their date",
                "无责任人、无措施、未确认或已过期限",
            ),
            Figure::Reviews => self.lang.pick("handed in, waiting for review; Enter opens them", "已提交，等待复核；按 Enter 打开"),
        }
    }

    /// `上月底结账时 3，此后 +2`.
    pub fn since(&self, then: &str, change: &str) -> String {
        match self.lang {
            Lang::En => format!("at closing {then}, since then {change}"),
            Lang::Zh => format!("结账时 {then}，此后 {change}"),
        }
    }

    /// Who closed the month.
    pub fn closed(&self, by: &str, at: &str) -> String {
        match self.lang {
            Lang::En => format!("closed by {by} {at}"),
            Lang::Zh => format!("{by} 已于 {at} 结账"),
        }
    }

    /// What stands in the way of closing.
    pub fn blocked(&self, unplanned: u32, gaps: u32) -> String {
        match self.lang {
            Lang::En => {
                format!(
                    "Not closed: {}, {} (Enter lists them)",
                    counted(unplanned, "unplanned loan"),
                    counted(gaps, "gap")
                )
            }
            Lang::Zh => format!("不能结账：未排期 {unplanned} 笔，缺口 {gaps} 处（Enter 查看）"),
        }
    }

    /// A month that has not ended.
    pub fn not_over(&self, last: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "The month can be closed from its last day on ({last}); [ shows the one before"
            ),
            Lang::Zh => format!("本月最后一天（{last}）起方可结账；按 [ 查看上月"),
        }
    }

    /// Customers behind a figure that are not listed.
    pub fn more(&self, customers: usize) -> String {
        match self.lang {
            Lang::En => format!("and {}", counted(customers, "more customer")),
            Lang::Zh => format!("另有 {customers} 户"),
        }
    }

    /// Loans of which the policy asks nothing.
    pub fn exempt(&self, loans: u32) -> String {
        match self.lang {
            Lang::En => format!("{} exempt by policy", counted(loans, "loan")),
            Lang::Zh => format!("按制度免做 {loans} 笔"),
        }
    }
}
