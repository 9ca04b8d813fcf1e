//! Preparation of a visit (访前准备): what a look-up gave.

use super::code::codes;

codes! {
    /// 查询结果. "Not queried" is a gap with a reason and never reads as "none".
    pub enum LookedUp {
        /// 未发现: the source was asked and has nothing.
        Nothing = "none",
        /// 有发现: something was found, or it differs from our file.
        Found = "found",
        /// 未查询, with the reason.
        NotQueried = "not_queried",
    }
}
