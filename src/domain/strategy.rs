//! 授信策略: what the bank means to do with a customer's exposure, and the plan by which it goes down.

use chrono::NaiveDate;

use super::code::codes;
use super::money::Fen;

codes! {
    /// What is meant to become of the exposure. The codes are those of the record's question.
    pub enum Strategy {
        /// 增持
        Increase = "increase",
        /// 维持
        Keep = "keep",
        /// 压缩
        Reduce = "reduce",
        /// 退出
        Exit = "exit",
    }
}

impl Strategy {
    /// Whether it goes by a plan of steps.
    pub const fn has_plan(self) -> bool {
        matches!(self, Self::Reduce | Self::Exit)
    }
}

codes! {
    /// How far a strategy has come.
    pub enum StrategyState {
        /// 待审批
        Proposed = "proposed",
        /// 已批准
        Approved = "approved",
        /// 已备案: in force without a second person, where the pack lets it be.
        Noted = "noted",
        /// 未批准
        Refused = "refused",
        /// 已撤回
        Withdrawn = "withdrawn",
    }
}

/// A step of a plan: by its day the balance of the customer's loans is at most the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanStep {
    /// By when.
    pub due: NaiveDate,
    /// 目标余额
    pub target: Fen,
    /// 措施
    pub measure: String,
}

/// How a deadline names a step: the number of the strategy, of the step.
pub fn step_reference(n: i64, step: i64) -> String {
    format!("{n}-{step}")
}

/// Reads [`step_reference`].
pub fn read_step_reference(text: &str) -> Option<(i64, i64)> {
    let (n, step) = text.split_once('-')?;
    Some((n.parse().ok()?, step.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_named_so_that_it_is_found_again() {
        assert_eq!(read_step_reference(&step_reference(12, 3)), Some((12, 3)));
        for odd in ["", "3", "3-", "-1", "a-1", "1-2-3"] {
            assert_eq!(read_step_reference(odd), None, "{odd}");
        }
    }
}
