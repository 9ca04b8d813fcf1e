//! A file of ratios, ready to score (`exchange.md` section 3): read, never kept.

use super::{Column, Kind, Need, Table};

const fn number(name: &'static str, zh: &'static str) -> Column {
    Column::new(name, zh, Kind::Quantity, Need::Optional).signed()
}

/// One company a row. `bad` is for training only; figures of conduct may be left out.
pub const SCORE_INPUTS: Table = Table::new(
    "score_inputs",
    "评分指标",
    &[
        Column::new("id", "编号", Kind::Text, Need::Key),
        number("debt_ratio", "资产负债率"),
        number("current_ratio", "流动比率"),
        number("quick_ratio", "速动比率"),
        number("roa", "总资产净利率"),
        number("retained_earnings_ratio", "留存收益/总资产"),
        number("asset_turnover", "总资产周转率"),
        number("interest_coverage", "利息保障倍数"),
        number("sales_growth", "营业收入增长率"),
        number("net_loss", "亏损"),
        number("days_past_due", "逾期天数"),
        number("overdrawn_months", "透支月数"),
        number("inflow_change", "流入变化"),
        number("bad", "违约"),
    ],
);
