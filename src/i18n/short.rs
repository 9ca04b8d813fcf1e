//! What a record falls short of, told to her who hands it in and to those who review it in the same
//! words and figures.

use super::Lang;
use super::checklist::Checklist;
use super::format::counted;
use super::review::Review;
use crate::domain::gap::{Gap, GapKind};
use crate::form::{Progress, Short};

impl Checklist {
    /// How many items are open: what the reviewer asked, what must be done before handing in, and
    /// what will be printed as missing or as resting on little.
    pub fn gaps_counted(&self, gaps: &[Gap]) -> String {
        let count = |wanted: fn(&GapKind) -> bool| gaps.iter().filter(|g| wanted(&g.kind)).count();
        let parts = [
            (count(|kind| *kind == GapKind::Commented), "comments", "批注"),
            (count(|kind| kind.is_hard()), "before hand-in", "提交前须办"),
            (count(|kind| *kind == GapKind::Wanted), "wanted", "应取得"),
            (count(|kind| *kind == GapKind::Weak), "seen less", "依据弱"),
        ];
        let told = parts.into_iter().filter(|(count, ..)| *count > 0);
        let told = told.map(|(count, en, zh)| match self.lang {
            Lang::Zh => format!("{zh} {count} 项"),
            Lang::En => format!("{count} {en}"),
        });
        told.collect::<Vec<_>>().join(" · ")
    }

    /// That it can't be handed in yet, and how many things have to be done first.
    pub fn submit_blocked(&self, first: usize) -> String {
        match self.lang {
            Lang::Zh => format!("尚不能提交：清单中有 {first} 项须先办理"),
            Lang::En => format!(
                "It can't be handed in yet: {} of the list must be done first",
                counted(first, "item")
            ),
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
    /// `None` = there is nothing with which it could be compared.
    pub fn approve_summary(&self, changes: Option<usize>, flags: u32, short: Short) -> String {
        let Short { missing, weak, .. } = short;
        let changes = match (self.lang, changes) {
            (Lang::Zh, Some(changes)) => format!("变动 {changes} 项"),
            (Lang::Zh, None) => "无上次回答可对比".to_owned(),
            (Lang::En, Some(changes)) => counted(changes, "change"),
            (Lang::En, None) => "no earlier answers to compare with".to_owned(),
        };
        match (self.lang, weak) {
            (Lang::Zh, 0) => {
                format!("{changes} · 未解除信号 {flags} 条 · 缺项 {missing} 项")
            }
            (Lang::Zh, _) => format!(
                "{changes} · 未解除信号 {flags} 条 · 缺项 {missing} 项 · 依据弱于要求 {weak} 项"
            ),
            (Lang::En, 0) => {
                format!("{changes}, {}, {missing} missing", counted(flags, "open flag"))
            }
            (Lang::En, _) => format!(
                "{changes}, {}, {missing} missing, {weak} on less than should be seen",
                counted(flags, "open flag")
            ),
        }
    }
}
