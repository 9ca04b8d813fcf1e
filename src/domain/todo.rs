//! 待办: what the customer promised or was agreed with her, and what the bank will do itself.

use super::code::codes;

codes! {
    /// What kind of thing is to be done.
    pub enum TodoKind {
        /// 补交资料: a document promised at a visit.
        Document = "document",
        /// 商定事项: agreed with the customer.
        Agreed = "agreed",
        /// 管理建议: recommended to the customer.
        Recommendation = "recommendation",
        /// 处置步骤: a step of a measure.
        Measure = "measure",
    }
}

codes! {
    /// How far it has come.
    pub enum TodoState {
        /// 待办
        Open = "open",
        /// 已完成
        Done = "done",
        /// 作罢
        Dropped = "dropped",
    }
}

codes! {
    /// Who is to do it.
    pub enum Promiser {
        /// 客户
        Customer = "customer",
        /// 本行
        Bank = "bank",
    }
}
