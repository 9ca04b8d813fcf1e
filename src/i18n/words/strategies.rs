//! Financing strategies, and how far one has come.

use super::Lang;
use crate::domain::strategy::{Strategy, StrategyState};

words! {
    /// 授信策略
    strategy(Strategy) {
        Increase: "increase" | "增持";
        Keep: "keep" | "维持";
        Reduce: "reduce" | "压缩";
        Exit: "exit" | "退出";
    }
    /// 审批状态
    strategy_state(StrategyState) {
        Proposed: "waiting" | "待审批";
        Approved: "approved" | "已批准";
        Noted: "noted" | "已备案";
        Refused: "refused" | "未批准";
        Withdrawn: "taken back" | "已撤回";
    }
}
