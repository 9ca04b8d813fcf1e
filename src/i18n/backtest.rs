//! Texts of the back-test.

use super::{Lang, catalog};

catalog! {
    /// Texts of the back-test.
    Backtest {
        signal: "Signal" | "风险信号";
        raised: "Raised" | "提出";
        confirmed: "Confirmed" | "确认";
        ripe: "Time over" | "已到期";
        came_true: "Came true" | "应验";
        precision: "Precision" | "准确率";
        days_ahead: "Days ahead" | "提前天数（中位）";
        too_few: "too few" | "样本不足";
        quarter: "Quarter from" | "季度起";
        grade: "Grade" | "评分等级";
        customers: "Customers" | "户数";
        predicted: "Predicted" | "预测";
        events: "Late" | "逾期户";
        observed: "Observed" | "实际";
        no_signals: "No signal was ever raised." | "尚无风险信号。";
        unverified: " (not confirmed by the bank)" | "（参数未经银行确认）";
    }
}

impl Backtest {
    /// There are not enough outcomes to judge scores.
    pub fn too_early(&self, known: u32, least: u32) -> String {
        match self.lang {
            Lang::En => format!(
                "Scores: too early to tell, {known} late payments after a quarter's end are known, {least} are needed."
            ),
            Lang::Zh => format!("评分：样本不足，季末之后的逾期 {known} 例，至少需要 {least} 例。"),
        }
    }

    /// How it is reckoned.
    pub fn rules(&self, horizon: u32, late: u32, note: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "Came true = an instalment at least {late} days late within {horizon} days{note}"
            ),
            Lang::Zh => format!("应验：{horizon} 天内出现逾期 {late} 天以上的还款{note}"),
        }
    }
}
