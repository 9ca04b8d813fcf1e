//! Texts of the digest for mail.

use chrono::NaiveDate;

use super::format::counted;
use super::{Lang, catalog};

catalog! {
    /// Texts of the digest.
    Digest {
        overdue: "Overdue" | "已逾期";
        soon: "Due soon" | "即将到期";
        deadlines: "Deadlines beside visits" | "回访以外的期限";
        messages: "Unread messages" | "未读消息";
        foot: "Made by huifang; open the workstation to act." | "由 huifang 生成，请登录工作台处理。";
    }
}

impl Digest {
    /// The subject line: who, when, and what waits.
    pub fn subject(&self, name: &str, day: NaiveDate, waits: &[String]) -> String {
        match self.lang {
            Lang::En => format!("Visits {day}, {name}: {}", waits.join(", ")),
            Lang::Zh => format!("回访提醒 {day} {name}：{}", waits.join("，")),
        }
    }

    /// So many days late.
    pub fn late(&self, days: i64) -> String {
        match self.lang {
            Lang::En => format!("{} late", counted(days, "day")),
            Lang::Zh => format!("逾期 {days} 天"),
        }
    }

    /// What a list leaves out.
    pub fn more(&self, count: usize) -> String {
        match self.lang {
            Lang::En => format!("… and {count} more"),
            Lang::Zh => format!("……另有 {count} 项"),
        }
    }
}
