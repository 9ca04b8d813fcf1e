//! Texts of the portfolio.

use super::format::counted;
use super::{Lang, catalog, words};
use crate::domain::portfolio_by::PortfolioBy;
use crate::domain::strategy::Strategy;

catalog! {
    /// Texts of the portfolio.
    Portfolio {
        title: "Portfolio" | "组合";
        customers: "Customers" | "户数";
        exposure: "Exposure" | "敞口";
        share: "Share" | "占比";
        bad: "Bad" | "不良率";
        mention: "Mention" | "关注率";
        past_due: "Past due" | "逾期户";
        flags: "Flags" | "信号";
        total: "Total" | "合计";
        unknown: "not given" | "未填";
        over: "over" | "超限";
        ten: "Ten largest" | "前十大";
        capital_unknown: "limits by capital: not computable, the net capital is not given" | "资本占比：不可计算，缺资本净额";
        unverified: "* limits not yet confirmed by the bank" | "* 限额待本行确认";
        trend: "Trend" | "走势";
        no_trend: "each night keeps a point; the course shows from the second on" | "每晚留存一个点，第二晚起显示走势";
        none: "Nobody here has a balance" | "没有在贷客户";
        no_groups: "No customers that are one risk" | "没有关联集团";
        officer: "Officer" | "管户";
        tier: "Tier" | "分类";
        days: "days" | "天";
        undecided: "keep (undecided)" | "维持（未定）";
        key: "Key" | "键";
        customer: "Customer" | "客户";
        customer_id: "Customer id" | "客户号";
        exposure_yuan: "Exposure, yuan" | "敞口（元）";
        share_percent: "Share %" | "占比 %";
        mention_percent: "Special mention %" | "关注率 %";
        bad_percent: "Bad %" | "不良率 %";
        days_past_due: "Days past due" | "逾期天数";
        red: "Red flags" | "红色信号";
        orange: "Orange flags" | "橙色信号";
        without_balance: "Without a balance" | "余额缺失户";
        out_of_sight: "Out of sight" | "不可见户";
        capital_percent: "Of net capital %" | "占资本净额 %";
        over_limit: "Over its limit" | "超限";
        yes: "yes" | "是";
    }
}

impl Portfolio {
    /// A way to look at it.
    pub const fn by(&self, by: PortfolioBy) -> &'static str {
        words::portfolio_by(self.lang, by)
    }

    /// A strategy by its code; without one nobody has decided.
    pub fn strategy(&self, code: &str) -> Option<&'static str> {
        match code {
            "" => Some(self.undecided),
            code => Strategy::from_code(code).map(|one| words::strategy(self.lang, one)),
        }
    }

    /// `limit 10%`.
    pub fn limit(&self, percent: i64) -> String {
        match self.lang {
            Lang::En => format!("limit {percent}%"),
            Lang::Zh => format!("限额 {percent}%"),
        }
    }

    /// The share of the largest customer or group in the net capital.
    pub fn of_capital(&self, by: PortfolioBy, share: &str) -> String {
        let group = by == PortfolioBy::Group;
        match self.lang {
            Lang::En if group => format!("Largest group {share} of net capital"),
            Lang::En => format!("Largest customer {share} of net capital"),
            Lang::Zh if group => format!("最大集团占资本净额 {share}"),
            Lang::Zh => format!("最大单户占资本净额 {share}"),
        }
    }

    /// How many are over their limit.
    pub fn overs(&self, count: usize) -> String {
        match self.lang {
            Lang::En => format!("{count} {}", self.over),
            Lang::Zh => format!("{count} 户{}", self.over),
        }
    }

    /// How many of all stand in a list; a file has all of them.
    pub fn shown(&self, rows: usize, all: u32) -> String {
        match self.lang {
            Lang::En => format!("{rows} of {all}, a file has all"),
            Lang::Zh => format!("{rows}/{all}，导出文件含全部"),
        }
    }

    /// Members of groups that are out of sight.
    pub fn hidden(&self, count: u32) -> String {
        match self.lang {
            Lang::En => {
                format!(
                    "+ {} of groups out of your sight, not in the sums",
                    counted(count, "member")
                )
            }
            Lang::Zh => format!("+ 为不在可见范围的成员，共 {count} 户，未计入合计"),
        }
    }

    /// `151 户`.
    pub fn clients(&self, count: &str) -> String {
        match self.lang {
            Lang::En if count == "1" => "1 customer".to_owned(),
            Lang::En => format!("{count} customers"),
            Lang::Zh => format!("{count} 户"),
        }
    }

    /// Customers whose balance is missing.
    pub fn missing(&self, count: u32) -> String {
        match self.lang {
            Lang::En => {
                format!("{} without a balance, not in the sums", counted(count, "customer"))
            }
            Lang::Zh => format!("{count} 户余额缺失，未计入合计"),
        }
    }
}
