//! What binds a debtor to a tier, and how far a decision has come.

use super::Lang;
use crate::domain::tier::{TierEvent, TierState};

words! {
    /// 分类触发事项
    tier_event(TierEvent) {
        FundsDiverted: "use of funds changed without consent" | "未经同意改变贷款用途";
        Refinanced: "repaid by borrowing anew" | "借新还旧或以其他债务偿还";
        BadElsewhere: "debt at another bank is bad" | "在他行债务为不良";
        Restructured: "restructured, under observation" | "重组，处于观察期";
        Impaired: "credit-impaired" | "已发生信用减值";
        RatingCut: "external rating cut sharply" | "外部评级大幅下调";
        OverdueElsewhere: "long overdue at other banks" | "他行逾期超比例";
        RestructuredAgain: "restructured again, under observation" | "再次重组，处于观察期";
        EvadesDebt: "evades bank debt" | "逃废银行债务";
        ImpairedHalf: "impaired, loss over half expected" | "已减值，预期损失过半";
        ImpairedMost: "impaired, nearly all lost" | "已减值，预期损失超九成";
        Liquidation: "in bankruptcy liquidation" | "进入破产清算";
    }
    /// 认定状态
    tier_state(TierState) {
        Proposed: "waiting" | "待确认";
        Confirmed: "confirmed" | "已确认";
        Refused: "refused" | "不同意";
        Withdrawn: "taken back" | "已撤回";
    }
}
