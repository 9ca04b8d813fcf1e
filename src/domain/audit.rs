//! What an auditor is shown as unusual.

use super::code::codes;

codes! {
    /// Why something is listed.
    pub enum Unusual {
        /// 短时间内查看大量客户
        ManyReads = "many_reads",
        /// 非作业时间
        OutOfHours = "out_of_hours",
        /// 被拒
        Refused = "refused",
        /// 查看完整个人信息多于平日
        ManyReveals = "many_reveals",
    }
}
