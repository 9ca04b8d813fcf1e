//! Texts of the journal as an auditor reads it.

use super::format::counted;
use super::report::Report;
use super::{Lang, catalog, words};
use crate::domain::audit::Unusual;
use crate::domain::user::Role;

catalog! {
    /// Texts of the overlay and of `huifang journal`.
    Journal {
        title: "Journal" | "日志";
        unusual_title: "Unusual reads" | "异常读取";
        none: "No row fits." | "没有符合条件的日志。";
        only_auditors: "The journal is for auditors to read." | "日志由审计人员查阅。";
        none_unusual: "Nothing unusual." | "没有异常读取。";
        filter: "Filter" | "筛选";
        hint: "who:zhangwei do:reveal about:C000113 from:2026-11-01 to:2026-11-23"
            | "谁：zhangwei 做：查看 对象：C000113 自：2026-11-01 至：2026-11-23";
        never: "never written down outside" | "从未另处留存";
        day: "Day" | "日期";
        who: "Who" | "操作人";
        what: "What" | "情形";
        count: "Times" | "次数";
        usual: "Usual" | "平日";
        between: "Between" | "时段";
        unverified: "limits to be confirmed by audit" | "限值待审计确认";
        was: "Before" | "之前";
        is: "After" | "之后";
        erased: "What it said went with the data of an erased customer; the chain still proves the row"
            | "内容已随客户数据清除；该条日志仍可由哈希链核验";
        customer: "Customer" | "客户";
        session_of: "Role" | "角色";
    }
}

/// Every code that a row of the journal may have, for filters.
pub const CODES: &[&str] = &[
    "acknowledge",
    "add_holidays",
    "add_proof",
    "add_todo",
    "amend",
    "anchor",
    "answer",
    "approve",
    "ask_request",
    "ask_second",
    "attach",
    "calendar",
    "call_back",
    "cancel_appointment",
    "cancel_tasks",
    "close_event",
    "close_month",
    "comment",
    "confirm_clock",
    "decide_card",
    "decide_declared",
    "decide_erasure",
    "decide_flag",
    "decide_policy",
    "decide_request",
    "decide_strategy",
    "decide_tier",
    "demo",
    "detach",
    "discard",
    "discuss_flag",
    "end_todo",
    "erase",
    "export",
    "export_begun",
    "export_figures",
    "export_portfolio",
    "fix_days",
    "genesis",
    "give_opinion",
    "hold",
    "import",
    "issue_tasks",
    "job",
    "keep_statement",
    "lapse_flag",
    "make_event",
    "mark_deadline",
    "move_book",
    "move_flag",
    "note_copy",
    "note_look_up",
    "note_oddity",
    "note_tier_event",
    "pause",
    "plan_meeting",
    "propose_card",
    "propose_erasure",
    "propose_flag",
    "propose_policy",
    "propose_strategy",
    "propose_tier",
    "raise_flag",
    "read",
    "read_refused",
    "release_hold",
    "remove_holidays",
    "remove_proof",
    "remove_row",
    "reopen_flag",
    "reply_comment",
    "report",
    "reset_pin",
    "resume",
    "resume_job",
    "retire_card",
    "return",
    "reveal",
    "set_appointment",
    "set_pin",
    "set_todo",
    "set_user",
    "set_visit",
    "sign_handover",
    "sign_in",
    "sign_in_refused",
    "sign_second",
    "start_handover",
    "start_visit",
    "submit",
    "take_questionnaire",
    "undo",
    "unlock",
    "update_dossier",
    "update_flag",
    "vouch",
    "withdraw",
    "withdraw_erasure",
    "withdraw_handover",
    "withdraw_request",
    "withdraw_statement",
    "withdraw_strategy",
    "withdraw_tier",
];

/// Codes meant by a word: the code itself, its beginning, or a part of its name in either language.
pub fn codes_of(word: &str) -> Vec<String> {
    let word = word.to_lowercase();
    if word.is_empty() {
        return Vec::new();
    }
    if let Some(code) = CODES.iter().find(|code| **code == word) {
        return vec![(*code).to_owned()];
    }
    let fits = |code: &&&str| {
        code.starts_with(&word)
            || [Lang::En, Lang::Zh]
                .into_iter()
                .any(|lang| Report::of(lang).command(code).to_lowercase().contains(&word))
    };
    CODES.iter().filter(fits).map(|code| (*code).to_owned()).collect()
}

impl Journal {
    /// Why something is listed.
    pub const fn unusual(&self, what: Unusual) -> &'static str {
        let (en, zh) = match what {
            Unusual::ManyReads => ("many customers in a short time", "短时间内查看大量客户"),
            Unusual::OutOfHours => ("out of hours", "非作业时间"),
            Unusual::Refused => {
                ("refused: log-in, PIN, out of sight", "被拒：登录、口令或无权查看")
            }
            Unusual::ManyReveals => ("personal data above the usual", "查看完整个人信息多于平日"),
        };
        self.lang.pick(en, zh)
    }

    /// A word of a filter that means nothing.
    pub fn not_understood(&self, word: &str) -> String {
        match self.lang {
            Lang::En => format!("Not understood: {word}"),
            Lang::Zh => format!("不明白：{word}"),
        }
    }

    /// How many rows there are and what proves them.
    pub fn head(&self, seq: i64, anchored: Option<(chrono::NaiveDate, i64)>) -> String {
        match (self.lang, anchored) {
            (Lang::En, None) => format!("{}, {}", counted(seq, "row"), self.never),
            (Lang::Zh, None) => format!("共 {seq} 行，{}", self.never),
            (Lang::En, Some((day, row))) => {
                format!("{}, last anchor {day} up to row {row}", counted(seq, "row"))
            }
            (Lang::Zh, Some((day, row))) => format!("共 {seq} 行，上次留存 {day} 至第 {row} 行"),
        }
    }

    /// That only the latest rows are shown.
    pub fn latest(&self, rows: usize) -> String {
        match self.lang {
            Lang::En => format!("the latest {rows}; filter for others"),
            Lang::Zh => format!("仅列最近 {rows} 行，其余请筛选"),
        }
    }

    /// How far back is looked, and by which limits.
    pub fn reach(&self, days: u32, pack: &str, verified: bool) -> String {
        let note = if verified { String::new() } else { self.unverified.to_owned() };
        match (self.lang, note.is_empty()) {
            (Lang::En, true) => format!("{}, {pack}", counted(days, "day")),
            (Lang::En, false) => format!("{}, {pack} ({note})", counted(days, "day")),
            (Lang::Zh, true) => format!("近 {days} 天，{pack}"),
            (Lang::Zh, false) => format!("近 {days} 天，{pack}（{note}）"),
        }
    }

    /// What is usual, in tenths a day.
    pub fn usually(&self, tenths: u32) -> String {
        match self.lang {
            Lang::En => format!("{}.{} a day", tenths / 10, tenths % 10),
            Lang::Zh => format!("日均 {}.{}", tenths / 10, tenths % 10),
        }
    }

    /// A role by its code.
    pub fn role<'a>(&self, code: &'a str) -> &'a str {
        Role::from_code(code).map_or(code, |role| words::role(self.lang, role))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_name_and_words_find_it() {
        for code in CODES {
            for lang in [Lang::En, Lang::Zh] {
                assert_ne!(Report::of(lang).command(code), *code, "{code} has no name");
            }
        }
        assert!(CODES.is_sorted());
        assert_eq!(codes_of("reveal"), ["reveal"]);
        assert_eq!(codes_of("查看完整"), ["reveal"]);
        assert!(codes_of("handover").len() >= 4);
        assert!(codes_of("登录").contains(&"sign_in_refused".to_owned()));
        assert!(codes_of("nothing of the kind").is_empty());
    }
}
