//! Personal data in clear for a moment: why, and which.

use super::code::codes;

codes! {
    /// Why somebody wants to see it.
    pub enum RevealReason {
        /// 联系客户
        Contact = "contact",
        /// 核对身份
        Identity = "identity",
        /// 填写资料
        Papers = "papers",
        /// 风险处置
        Risk = "risk",
        /// 检查、审计: under a number that is told.
        Inspection = "inspection",
        /// 其他: told in words.
        Other = "other",
    }
}

impl RevealReason {
    /// Whether it must be told in words.
    pub const fn is_told(self) -> bool {
        matches!(self, Self::Inspection | Self::Other)
    }
}

codes! {
    /// What is shown.
    pub enum RevealedField {
        /// 联系电话
        Phone = "phone",
        /// 证件号码
        IdNo = "id_no",
        /// 法定代表人
        LegalRep = "legal_rep",
        /// 实际控制人
        Controller = "controller",
        /// 联系人
        Contact = "contact",
        /// 保证人
        Guarantor = "guarantor",
    }
}
