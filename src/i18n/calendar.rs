//! Texts of the calendar.

use super::{Lang, catalog};

catalog! {
    /// Texts of the calendar.
    Calendar {
        file_title: "Visits and deadlines" | "到期回访与期限";
        file_ask: "Make a calendar file" | "导出日历文件";
        file_names: "Names" | "客户名称";
        file_named: "with names and places" | "含名称与区域";
        file_private: "without names (numbers only)" | "不含名称（仅客户号）";
        file_told: "For Thunderbird, a phone or another calendar: open it again after each export; what moved is moved, what is gone is struck out." | "可在手机等日历程序中打开；每次导出后重新打开，变动的会更新，取消的会划去。";
        visit: "Visit" | "回访";
        title: "Calendar" | "日历";
        off: "off" | "休";
        work: "wrk" | "班";
        unannounced: "holidays not yet announced" | "节假日尚未公布";
        beyond_plan: "not planned yet" | "尚未计划";
    }
}

impl Calendar {
    /// From which day on a visit counts.
    pub fn from_day(&self, day: chrono::NaiveDate) -> String {
        match self.lang {
            super::Lang::En => format!("counts from {day}"),
            super::Lang::Zh => format!("{day} 起可做"),
        }
    }

    /// `第47周`.
    pub fn week_no(&self, week: u32) -> String {
        match self.lang {
            Lang::Zh => format!("第{week}周"),
            Lang::En => format!("week {week}"),
        }
    }

    /// What a day holds: `应访 3 · 逾期 1 · 已访 2`, only what there is.
    pub fn load(&self, due: u32, overdue: u32, planned: u32, done: u32) -> String {
        let parts: Vec<String> = [
            ("due", "应访", due),
            ("overdue", "逾期", overdue),
            ("set", "已排", planned),
            ("done", "已访", done),
        ]
        .into_iter()
        .filter(|(_, _, n)| *n > 0)
        .map(|(en, zh, n)| format!("{} {n}", self.lang.pick(en, zh)))
        .collect();
        if parts.is_empty() {
            return self.lang.pick("none due on the day itself", "当日无到期").to_owned();
        }
        parts.join("  ")
    }

    /// Names of the days, from Monday.
    pub const fn weekdays(&self) -> [&'static str; 7] {
        match self.lang {
            Lang::Zh => ["一", "二", "三", "四", "五", "六", "日"],
            Lang::En => ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
        }
    }
}
