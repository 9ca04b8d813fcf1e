//! By what a portfolio is looked at.

use super::Lang;
use crate::domain::portfolio_by::PortfolioBy;

words! {
    /// 组合维度
    portfolio_by(PortfolioBy) {
        Tier: "Tier" | "分类";
        Industry: "Industry" | "行业";
        District: "District" | "区域";
        Officer: "Officer" | "客户经理";
        Strategy: "Strategy" | "策略";
        Group: "Groups" | "关联集团";
        Single: "Largest" | "单一客户";
    }
}
