//! Texts of the notes scan.

use super::{Lang, catalog, format};
use crate::domain::heard::{HeardKind, MOST_SCANNED_MB, TalkFault};
use crate::notes::{Attitude, Meaning, Stand, What};
use crate::risk::Signals;

catalog! {
    /// Texts of the notes scan.
    Scan {
        file: "File" | "文件";
        at: "At" | "时间";
        kind: "Kind" | "类型";
        code: "What" | "内容";
        stand: "Stands" | "语气";
        span: "Words" | "原文";
        start: "From" | "位置";
        nothing: "Nothing was found that the pack has words for." | "未发现词库所列内容。";
        hints: "From words and talks" | "文字与谈话线索";
        aid: "Proposals only; whoever was there decides." | "仅为提示，由经办人判断。";
    }
}

impl Scan {
    /// What the officer's own words say, and at which question.
    pub fn says(&self, title: &str, words: &str) -> String {
        match self.lang {
            Lang::En => format!("own words ({title}): {words}"),
            Lang::Zh => format!("文字提及（{title}）：{words}"),
        }
    }

    /// What a transcript says: its name, where in it, the words.
    pub fn heard(&self, file: &str, mark: &str, words: &str) -> String {
        let mark = self.mark(mark);
        match self.lang {
            Lang::En => format!("{file} {mark}: {words}"),
            Lang::Zh => format!("{file} {mark}：{words}"),
        }
    }

    /// `00:01:05`, or the line of a text.
    fn mark(&self, mark: &str) -> String {
        match self.lang {
            _ if mark.contains(':') => mark.to_owned(),
            Lang::En => format!("line {mark}"),
            Lang::Zh => format!("第{mark}行"),
        }
    }

    /// Why a text or a transcript was not scanned: file, line and what to do.
    pub fn refused(&self, file: &str, line: u32, why: TalkFault) -> String {
        let what = talk(self.lang, line, why, MOST_SCANNED_MB);
        match (why, self.lang) {
            (TalkFault::Empty, Lang::En) => format!("{file}: {what}; was the right file named?"),
            (TalkFault::Empty, Lang::Zh) => format!("{file}：{what}；请核对文件。"),
            (TalkFault::NoHeader, Lang::En) => {
                format!("{file}: {what}; export it again, or name it .srt or .txt if it is one.")
            }
            (TalkFault::NoHeader, Lang::Zh) => {
                format!("{file}：{what}；请重新导出，或按实际格式改名为 .srt、.txt。")
            }
            (TalkFault::NoTime, Lang::En) => format!(
                "{file}: {what}; put in a line like 00:00:05,000 --> 00:00:08,000, or name the file .txt."
            ),
            (TalkFault::NoTime, Lang::Zh) => format!(
                "{file}：{what}；请补上形如 00:00:05,000 --> 00:00:08,000 的时间行，或改名为 .txt。"
            ),
            (TalkFault::NotText, Lang::En) => format!(
                "{file}: {what}; name a text (UTF-8 or GB18030) or a transcript, .srt or .vtt."
            ),
            (TalkFault::NotText, Lang::Zh) => format!(
                "{file}：{what}；请指定文本文件（UTF-8 或 GB18030），或 .srt、.vtt 转写文件。"
            ),
            (TalkFault::TooLong, Lang::En) => format!("{file}: {what}; cut it into parts."),
            (TalkFault::TooLong, Lang::Zh) => format!("{file}：{what}；请分成几个文件。"),
        }
    }

    /// What a text proposes.
    pub fn proposes(
        &self,
        file: &str,
        signals: &[String],
        hearsay: &[String],
        attitude: Option<&str>,
    ) -> String {
        let none = signals.is_empty();
        match self.lang {
            Lang::En => {
                let signals = if none { "none".to_owned() } else { signals.join(", ") };
                let attitude = attitude.map_or_else(String::new, |a| format!("; attitude: {a}"));
                let hearsay = told(hearsay, "; hearsay only: ", ", ");
                format!("{file}: signals proposed: {signals}{hearsay}{attitude}")
            }
            Lang::Zh => {
                let signals = if none { "无".to_owned() } else { signals.join("、") };
                let attitude = attitude.map_or_else(String::new, |a| format!("；态度：{a}"));
                let hearsay = told(hearsay, "；仅为传闻：", "、");
                format!("{file}：建议信号：{signals}{hearsay}{attitude}")
            }
        }
    }
}

/// A list with what stands before it; nothing where it is empty.
fn told(list: &[String], before: &str, between: &str) -> String {
    if list.is_empty() { String::new() } else { format!("{before}{}", list.join(between)) }
}

/// A signal with its name.
pub fn signal(lang: Lang, code: &str, signals: &Signals) -> String {
    let name = signals.get(code).map_or("", |signal| lang.pick(&signal.en, &signal.zh));
    format!("{code} {name}")
}

/// Why a text or transcript was not read, and at which line; at most so many megabytes are.
pub fn talk(lang: Lang, line: u32, why: TalkFault, most: u64) -> String {
    match (why, lang) {
        (TalkFault::Empty, Lang::En) => "nothing is said in it".to_owned(),
        (TalkFault::Empty, Lang::Zh) => "没有文字内容".to_owned(),
        (TalkFault::NoHeader, Lang::En) => format!("line {line} is not WEBVTT"),
        (TalkFault::NoHeader, Lang::Zh) => format!("第{line}行不是 WEBVTT"),
        (TalkFault::NoTime, Lang::En) => format!("line {line} should say the time"),
        (TalkFault::NoTime, Lang::Zh) => format!("第{line}行应为时间"),
        (TalkFault::TooLong, Lang::En) => format!("longer than {most} MB"),
        (TalkFault::TooLong, Lang::Zh) => format!("超过 {most} MB"),
        (TalkFault::NotText, Lang::En) => "no text".to_owned(),
        (TalkFault::NotText, Lang::Zh) => "不是文本".to_owned(),
    }
}

/// What was found, by its name.
pub fn named(lang: Lang, what: &What, signals: &Signals) -> String {
    match what {
        What::Word(Meaning::Signal(code)) => signal(lang, code, signals),
        What::Word(Meaning::Tag(code)) => tag(lang, code),
        What::Word(Meaning::Attitude(of)) => attitude(lang, *of).to_owned(),
        What::Amount(fen) => format::amount(lang, *fen),
        What::Day => String::new(),
    }
}

/// What kind of thing was found.
pub const fn kind(lang: Lang, what: &What) -> &'static str {
    match what {
        What::Word(Meaning::Signal(_)) => lang.pick("signal", "信号"),
        What::Word(Meaning::Tag(_)) => lang.pick("tag", "标签"),
        What::Word(Meaning::Attitude(_)) => lang.pick("attitude", "态度"),
        What::Amount(_) => lang.pick("amount", "金额"),
        What::Day => lang.pick("day", "日期"),
    }
}

/// How a word stands in its clause.
pub const fn stand(lang: Lang, stand: Stand) -> &'static str {
    match stand {
        Stand::Said => lang.pick("said", "陈述"),
        Stand::Denied => lang.pick("denied", "否定"),
        Stand::Supposed => lang.pick("asked or supposed", "询问或假设"),
        Stand::Hearsay => lang.pick("hearsay", "传闻"),
        Stand::Below => lang.pick("below the limit", "未达标准"),
    }
}

/// An attitude.
pub const fn attitude(lang: Lang, attitude: Attitude) -> &'static str {
    match attitude {
        Attitude::Cooperative => lang.pick("cooperative", "配合"),
        Attitude::Evasive => lang.pick("evasive", "回避"),
        Attitude::Hostile => lang.pick("hostile", "抵触"),
    }
}

/// A tag; one that a bank has added reads as its code.
pub fn tag(lang: Lang, code: &str) -> String {
    let name = match code {
        "expansion" => lang.pick("expanding", "扩大经营"),
        "good_sales" => lang.pick("good sales", "产销良好"),
        "stable" => lang.pick("stable", "经营稳定"),
        "extension_wish" => lang.pick("wants more time", "希望延期"),
        "more_credit" => lang.pick("wants more credit", "希望增贷"),
        "cash_tight" => lang.pick("short of cash", "资金紧张"),
        other => other,
    };
    name.to_owned()
}

/// A tag or an attitude by its code, or a signal that is hearsay by its line, with its kind: `态度 回避`.
pub fn hint(lang: Lang, kind: HeardKind, code: &str) -> String {
    let named = match (kind, Attitude::from_code(code)) {
        (HeardKind::Attitude, Some(of)) => attitude(lang, of).to_owned(),
        (HeardKind::Attitude | HeardKind::Signal, _) => code.to_owned(),
        (HeardKind::Tag, _) => tag(lang, code),
    };
    let kind = match kind {
        HeardKind::Signal => lang.pick("hearsay", "传闻"),
        HeardKind::Tag => lang.pick("tag", "标签"),
        HeardKind::Attitude => lang.pick("attitude", "态度"),
    };
    format!("{kind} {named}")
}

/// Where words were written down that proposed a flag, by the name of the fact; `None` = it is no
/// such fact.
pub fn place(lang: Lang, fact: &str) -> Option<&'static str> {
    match fact {
        "heard.call_back" => Some(lang.pick("call-back", "抽样回访")),
        "heard.todo" => Some(lang.pick("to-do", "待办")),
        "heard.comment" => Some(lang.pick("comment", "批注")),
        "heard.reply" => Some(lang.pick("answer to a comment", "批注回复")),
        "heard.return" => Some(lang.pick("why returned", "退回原因")),
        "heard.review" => Some(lang.pick("review", "复核意见")),
        "heard.second" => Some(lang.pick("co-inspector", "协查意见")),
        "heard.opinion" => Some(lang.pick("opinion", "会签意见")),
        _ => None,
    }
}
