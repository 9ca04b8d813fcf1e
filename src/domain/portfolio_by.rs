//! By what a portfolio is looked at.

use super::code::codes;

codes! {
    /// By what a portfolio is looked at.
    pub enum PortfolioBy {
        /// 五级分类
        Tier = "tier",
        /// 行业
        Industry = "industry",
        /// 区域
        District = "district",
        /// 客户经理
        Officer = "officer",
        /// 授信策略
        Strategy = "strategy",
        /// 关联集团
        Group = "group",
        /// 单一客户
        Single = "single",
    }
}
