//! Texts of the agenda.

use super::{Lang, catalog};

catalog! {
    /// Texts of the agenda.
    Agenda {
        title: "Agenda" | "日程";
        overdue_title: "Overdue" | "逾期";
        empty_day: "No visit is due on this day. [ ] change the month, / finds a customer." | "当天没有应访客户。按 [ ] 换月，按 / 查找客户。";
        empty_overdue: "Nothing is overdue. o shows the day again." | "没有逾期回访。按 o 返回当天。";
        onsite: "on site" | "现场";
        any: "any" | "不限";
        opens: "from" | "可自";
        today: "today" | "今日";
        week_ahead: "and 6 days ahead" | "今日起七天";
    }
}

impl Agenda {
    /// An occasion for a light-touch visit, with its day.
    pub fn occasion(&self, what: &crate::domain::occasion::OccasionOn, day: &str) -> String {
        match self.lang {
            Lang::Zh => format!("契机 {day} {}，可轻访不计应访", what.zh),
            Lang::En => format!("Occasion {day} {} (a light touch, no duty)", what.en),
        }
    }

    /// `6 户` in a heading.
    pub fn customers(&self, n: u32) -> String {
        match self.lang {
            Lang::Zh => format!("{n} 户"),
            Lang::En => format!("{n} due"),
        }
    }

    /// `逾期 3天`.
    pub fn overdue_days(&self, days: i64) -> String {
        match self.lang {
            Lang::Zh => format!("逾{days}天"),
            Lang::En => format!("{days}d late"),
        }
    }

    /// `3天后`.
    pub fn in_days(&self, days: i64) -> String {
        match self.lang {
            Lang::Zh => format!("{days}天后"),
            Lang::En => format!("in {days}d"),
        }
    }

    /// The due date before a delay.
    pub fn delayed_from(&self, day: &str) -> String {
        match self.lang {
            Lang::En => format!("originally {day}"),
            Lang::Zh => format!("原到期 {day}"),
        }
    }

    /// The same in few cells.
    pub fn was(&self, day: &str) -> String {
        format!("{}{day}", self.lang.pick("was ", "原"))
    }

    /// When a visit is due that is set on another day.
    pub fn due_on(&self, day: &str) -> String {
        match self.lang {
            Lang::En => format!("due {day}"),
            Lang::Zh => format!("{day} 到期"),
        }
    }

    /// Until when a customer is paused, in few cells.
    pub fn paused(&self, until: &str) -> String {
        format!("{}{until}", self.lang.pick("to ", "停"))
    }
}
