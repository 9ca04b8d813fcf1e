//! The end of what is kept.

use super::code::codes;

codes! {
    /// How a proposal to erase stands.
    pub enum ErasureState {
        /// 待同意
        Proposed = "proposed",
        /// 已清除
        Done = "done",
        /// 不同意
        Refused = "refused",
        /// 已撤回
        Withdrawn = "withdrawn",
    }
}
