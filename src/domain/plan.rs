//! The month plan: why a visit got no day, and what else takes an officer's time.

use super::code::codes;

codes! {
    /// Why a due visit got no day.
    pub enum Unplaced {
        /// Every workday of its window is full.
        NoCapacity = "no_capacity",
        /// The same, but proposals alone fill some: a day can be set by hand, and they give way.
        Crowded = "full_of_proposals",
        /// Its window has no workday left.
        NoWorkday = "no_workday_in_window",
        /// It is paused for longer than its window lasts.
        Paused = "paused",
    }
}

codes! {
    /// What an appointment is.
    pub enum AppointmentKind {
        /// 贷前调查: a look at somebody who asks for a loan.
        PreLoan = "pre_loan",
        /// Anything else.
        Other = "other",
    }
}
