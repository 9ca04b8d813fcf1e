//! Texts about statements and ratios.

use super::{Lang, catalog, words};
use crate::risk::{Input, NotComputable};

catalog! {
    /// Texts about statements and ratios.
    Statements {
        not_computable: "not computable" | "不可计算";
        months: "months of the statement" | "报表月数";
        pledged: "shares pledged" | "股权质押比例";
        exposure: "exposure here" | "本行敞口";
        collateral: "value of the collateral" | "押品评估价值";
        inflow: "account inflow of the whole period" | "报表期内各月账户流入";
        no_comparison: "no statement of the same period of the year before" | "无上年同期报表";
        too_large: "the result is too large" | "结果过大";
    }
}

impl Statements {
    /// A figure that goes into a ratio.
    pub const fn input(&self, input: Input) -> &'static str {
        match input {
            Input::Line(line) => words::statement_line(self.lang, line),
            Input::Months => self.months,
            Input::Pledged => self.pledged,
            Input::Exposure => self.exposure,
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
