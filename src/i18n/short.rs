//! What a record falls short of, told to her who hands it in and to those who review it in the same
//! words and figures.

use super::Lang;
use super::checklist::Checklist;
use super::format::counted;
use super::review::Review;
use crate::form::{Progress, Short};

impl Checklist {
    /// How many items are open or faulty, and how many of them have no answer.
    pub fn gaps_counted(&self, all: usize, missing: usize) -> String {
        match self.lang {
            Lang::Zh if missing == all => format!("缺 {missing} 项"),
            Lang::Zh if missing == 0 => format!("{all} 项"),
            Lang::Zh => format!("{all} 项，其中缺 {missing} 项"),
            Lang::En if missing == all => format!("{missing} missing"),
            Lang::En if missing == 0 => all.to_string(),
            Lang::En => format!("{all}, of these {missing} missing"),
        }
    }

    /// `完成 11/32 缺 12（必填 4）`.
    pub fn progress(&self, progress: &Progress, short: Short) -> String {
        let Progress { answered, items, missing: required, .. } = progress;
        let missing = short.missing;
        match self.lang {
            Lang::Zh if missing == 0 => format!("完成 {answered}/{items}"),
            Lang::Zh if *required == 0 => format!("完成 {answered}/{items} 缺 {missing}"),
            Lang::Zh => format!("完成 {answered}/{items} 缺 {missing}（必填 {required}）"),
            Lang::En if missing == 0 => format!("{answered}/{items} done"),
            Lang::En if *required == 0 => format!("{answered}/{items} done, {missing} missing"),
            Lang::En => {
                format!("{answered}/{items} done, {missing} missing ({required} required)")
            }
        }
    }

    /// What handing in means, in figures.
    pub fn submit_summary(&self, answered: usize, short: Short, flags: usize) -> String {
        let Short { missing, weak, contradictions } = short;
        let missing = match (self.lang, missing) {
            (Lang::Zh, 0) => "无缺项".to_owned(),
            (Lang::Zh, n) => format!("缺项 {n} 项（将列明）"),
            (Lang::En, 0) => "nothing missing".to_owned(),
            (Lang::En, n) => format!("{n} missing (will be listed)"),
        };
        let mut parts = match self.lang {
            Lang::Zh => vec![format!("已答 {answered} 项"), missing],
            Lang::En => vec![counted(answered, "answer"), missing],
        };
        if weak > 0 {
            parts.push(match self.lang {
                Lang::Zh => format!("依据弱于要求 {weak} 项（将列明）"),
                Lang::En => format!("{weak} on less than should be seen (will be listed)"),
            });
        }
        if contradictions > 0 {
            parts.push(match self.lang {
                Lang::Zh => format!("数据不符 {contradictions} 处"),
                Lang::En => format!("{} in figures", counted(contradictions, "contradiction")),
            });
        }
        match self.lang {
            Lang::Zh => {
                format!("{}；本次预警 {flags} 条。提交后由他人复核。", parts.join("；"))
            }
            Lang::En => {
                format!(
                    "{}; {}. Somebody else reviews it.",
                    parts.join("; "),
                    counted(flags, "flag")
                )
            }
        }
    }
}

impl Review {
    /// What an approval is about, in figures.
    pub fn approve_summary(&self, changes: usize, flags: u32, short: Short) -> String {
        let Short { missing, weak, .. } = short;
        match (self.lang, weak) {
            (Lang::Zh, 0) => {
                format!("变动 {changes} 项 · 未解除信号 {flags} 条 · 缺项 {missing} 项")
            }
            (Lang::Zh, _) => format!(
                "变动 {changes} 项 · 未解除信号 {flags} 条 · 缺项 {missing} 项 · 依据弱于要求 {weak} 项"
            ),
            (Lang::En, 0) => format!(
                "{}, {}, {missing} missing",
                counted(changes, "change"),
                counted(flags, "open flag")
            ),
            (Lang::En, _) => format!(
                "{}, {}, {missing} missing, {weak} on less than should be seen",
                counted(changes, "change"),
                counted(flags, "open flag")
            ),
        }
    }
}
