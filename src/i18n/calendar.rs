//! Texts of the calendar.

use super::{Lang, catalog};

catalog! {
    /// Texts of the calendar.
    Calendar {
        title: "Calendar" | "日历";
        week: "week" | "周";
        off: "off" | "休";
        work: "wrk" | "班";
        unannounced: "holidays not yet announced" | "节假日尚未公布";
        beyond_plan: "not planned yet" | "尚未计划";
        due: "due" | "应访";
        overdue: "overdue" | "逾期";
        done: "done" | "已访";
    }
}

impl Calendar {
    /// Names of the days, from Monday.
    pub const fn weekdays(&self) -> [&'static str; 7] {
        match self.lang {
            Lang::Zh => ["一", "二", "三", "四", "五", "六", "日"],
            Lang::En => ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
        }
    }
}
