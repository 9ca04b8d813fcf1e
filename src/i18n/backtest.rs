//! Texts of the back-test.

use super::{Lang, catalog};

catalog! {
    /// Texts of the back-test.
    Backtest {
        ahead: "Days ahead" | "提前天数";
        few: "too few" | "不足";
        short_confirmed: "Conf." | "确认";
        short_ripe: "Over" | "到期";
        short_true: "True" | "应验";
        short_downgraded: "Down" | "下调";
        short_precision: "Prec." | "准确率";
        short_ahead: "Days" | "提前天";
        title: "Back-test: what was foretold and what came" | "回测：预警与结果";
        of_signals: "Signals" | "风险信号";
        of_scores: "Scores by quarter" | "评分（按季度）";
        downgraded: "Downgraded" | "下调";
        hit: "Hit" | "命中";
        alarm: "False" | "误报";
        missed: "Missed" | "漏报";
        quiet: "Quiet" | "正常未报";
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
        events: "Events" | "出险户";
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
                "Scores: too early to tell, {known} events after a quarter's end are known, {least} are needed."
            ),
            Lang::Zh => format!("评分：样本不足，季末之后出险 {known} 例，至少需要 {least} 例。"),
        }
    }

    /// From which grade on it is warned.
    pub fn warned(&self, from: char) -> String {
        match self.lang {
            Lang::En => format!("Warned of = grade {from} or worse"),
            Lang::Zh => format!("预警：等级 {from} 及以下"),
        }
    }

    /// How it is reckoned.
    pub fn rules(&self, horizon: u32, late: u32, note: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "Came true = within {horizon} days an instalment was at least {late} days late, or the tier lowered; what was overdue already does not count{note}"
            ),
            Lang::Zh => format!(
                "应验：{horizon} 天内新到期还款逾期 {late} 天以上，或五级分类下调；提出时已有的逾期不计{note}"
            ),
        }
    }
}
