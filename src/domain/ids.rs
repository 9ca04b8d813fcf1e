//! Identifiers. Each is the bank's own text (or made by us in the same shape) and never parsed for meaning.

/// Declares a newtype over the text of an identifier, so that a loan id can't stand where a customer id is due.
macro_rules! text_ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub String);

        impl $name {
            /// The text as stored.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self { Self(text.to_owned()) }
        }
        impl From<String> for $name {
            fn from(text: String) -> Self { Self(text) }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(&self.0) }
        }
    )+};
}

text_ids! {
    /// 客户号: a customer.
    CustomerId,
    /// 借据号: a loan (one receipt under a contract).
    LoanId,
    /// 提款号: a drawdown; `<loan_id>#1` stands for a loan without drawdown rows.
    DrawdownId,
    /// 回访编号: a visit and its record.
    VisitId,
    /// 信号编号: a risk flag.
    FlagId,
    /// 事件编号: an event outside.
    EventId,
    /// 待办编号: a promise or an agreed action.
    TodoId,
    /// 任务编号: a directed inspection.
    TaskId,
    /// 交接编号: a handover of one customer.
    HandoverId,
    /// 任务批号: inspections that were ordered together.
    BatchId,
    /// 移交编号: several customers that change hands together.
    PacketId,
    /// 申请编号: a request for delay or termination.
    RequestId,
    /// 清除编号: customers whose data are erased together.
    ErasureId,
    /// 日程编号: an appointment of an officer.
    AppointmentId,
    /// 用户名: a member of staff.
    UserId,
    /// Client-made id of one write, so that a retry after a lost answer can't write twice.
    OpId,
}
