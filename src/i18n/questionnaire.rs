//! Texts of the questionnaire: what a customer reads, and what was wrong with what she wrote.

use super::format::counted;
use super::{Catalog, Lang};
use crate::form::{EntryFault, Kind, Words};

/// Why an answer was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reject {
    /// Who or when is not said.
    Missing,
    /// Nothing was answered.
    Empty,
    /// A day that has not come.
    Future,
    /// Not a question of this form.
    NotAsked,
    /// The same question a second time.
    Twice,
    /// Not an answer to a question of this kind.
    Entry(EntryFault),
    /// Below zero.
    Negative,
    /// Against the question's own rule, in its words.
    Against(Words),
}

/// What a customer should know before she begins.
pub fn notes(lang: Lang) -> Vec<String> {
    let notes = match lang {
        Lang::Zh => [
            "贷后回访问卷：用于核对贷款使用和经营情况，答案记为客户自述，由本行人员核实。",
            "请在 > 之后（或第三列）填写，不清楚的留空；不要改动方括号和前三行。",
        ],
        Lang::En => [
            "Post-loan questionnaire: about the use of the loan and your business. Your answers are noted as your own words and checked by the bank.",
            "Write behind > (or in the third column); leave empty what you don't know. Please don't change the brackets and the first three lines.",
        ],
    };
    notes.map(str::to_owned).to_vec()
}

/// Who filled it in, and when.
pub fn who(lang: Lang, key: &str) -> &'static str {
    match key {
        "by" => lang.pick("Filled in by (name and position)", "填写人（姓名和职务）"),
        _ => lang.pick("Day (2026-11-23)", "填写日期（如 2026-11-23）"),
    }
}

/// How to answer a question.
pub fn hint(lang: Lang, kind: &Kind, unit: &str, options: &[String]) -> String {
    let (comma, slash) = (lang.list_mark(), " / ");
    match kind {
        Kind::Bool => lang.pick("yes or no", "填 是 或 否").to_owned(),
        Kind::Choice(_) => {
            format!("{}{}", lang.pick("one of: ", "选一项："), options.join(slash))
        }
        Kind::Multi(_) => {
            let several = lang.pick("any of, parted by commas: ", "可选多项，用顿号分开：");
            format!("{several}{}", options.join(comma))
        }
        Kind::Number(_) if unit.is_empty() => lang.pick("a number", "填数字").to_owned(),
        Kind::Number(_) => format!("{}{unit}", lang.pick("a number, in ", "填数字，单位：")),
        Kind::Money => lang.pick("yuan, e.g. 1250000", "元，可写 125万").to_owned(),
        Kind::Percent => lang.pick("percent, e.g. 18.5", "百分比，如 18.5").to_owned(),
        Kind::Date => lang.pick("a day: 2026-11-23", "日期：2026-11-23").to_owned(),
        Kind::Text | Kind::LongText | Kind::Document | Kind::Group(_) => String::new(),
    }
}

/// A form was written.
pub fn exported(lang: Lang, questions: usize) -> String {
    match lang {
        Lang::Zh => format!("已写出 {questions} 个问题。"),
        Lang::En => format!("{questions} questions were written."),
    }
}

/// A form was taken in.
pub fn taken(lang: Lang, answers: usize, differing: usize) -> String {
    match (lang, differing) {
        (Lang::Zh, 0) => format!("已导入 {answers} 项客户自述。"),
        (Lang::Zh, n) => {
            format!(
                "已导入 {answers} 项客户自述；其中 {n} 项与您所填不同，请在检查表中按 \" 确定。"
            )
        }
        (Lang::En, 0) => {
            format!("{} taken in as the customer's own words.", counted(answers, "answer"))
        }
        (Lang::En, n) => format!(
            "{} taken in as the customer's own words; differing from yours: {n}; decide with \" in the checklist.",
            counted(answers, "answer")
        ),
    }
}

/// Why an answer was not taken, with its line.
pub fn reject(lang: Lang, line: u64, title: &str, reject: &Reject) -> String {
    let why = match reject {
        Reject::Missing => lang.pick("is missing", "未填写").to_owned(),
        Reject::Empty => lang.pick("nothing was answered", "没有任何回答").to_owned(),
        Reject::Future => lang.pick("lies in the future", "晚于今天").to_owned(),
        Reject::NotAsked => lang
            .pick("is not a question of this form; export it again", "不是此问卷的问题，请重新导出")
            .to_owned(),
        Reject::Twice => lang.pick("is answered twice", "回答了两次").to_owned(),
        Reject::Entry(fault) => Catalog::of(lang).checklist.entry_fault(*fault).to_owned(),
        Reject::Negative => lang.pick("may not be below zero", "不能为负数").to_owned(),
        Reject::Against(words) => match lang {
            Lang::Zh => words.zh.clone(),
            Lang::En => words.en.clone(),
        },
    };
    match (lang, line, title.is_empty()) {
        (_, 0, true) => why,
        (Lang::Zh, 0, false) => format!("{title}：{why}"),
        (Lang::En, 0, false) => format!("{title}: {why}"),
        (Lang::Zh, line, _) => format!("第 {line} 行 {title}：{why}"),
        (Lang::En, line, _) => format!("line {line} {title}: {why}"),
    }
}
