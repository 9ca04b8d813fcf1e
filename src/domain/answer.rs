//! Answers to checklist items.

use chrono::NaiveDate;

use super::code::codes;
use super::money::{Decimal4, Fen};

codes! {
    /// 证据等级: what the officer saw for an answer.
    pub enum Evidence {
        /// 口述: told only.
        Oral = "oral",
        /// 照片
        Photo = "photo",
        /// 复印件
        Copy = "copy",
        /// 原件
        Original = "original",
    }
}

codes! {
    /// 资料状态
    pub enum DocumentState {
        /// 已收
        Received = "received",
        /// 承诺补交 (until a date)
        Promised = "promised",
        /// 拒绝提供 (with the reason)
        Refused = "refused",
        /// 不适用
        NotApplicable = "not_applicable",
    }
}

/// The value of an answer. "Not asked" is the absence of an answer, never a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// 是 / 否
    Bool(bool),
    /// Code of one option.
    Choice(String),
    /// Codes of several options, in the order of the definition.
    Multi(Vec<String>),
    /// A number, percent or quantity.
    Number(Decimal4),
    /// An amount of money.
    Money(Fen),
    /// A day.
    Date(NaiveDate),
    /// Text, with line feeds where the item allows them.
    Text(String),
    /// State of a document, with the promised day or the reason.
    Document {
        /// Received, promised, refused, not applicable.
        state: DocumentState,
        /// The day of a promise.
        until: Option<NaiveDate>,
        /// Count, period or reason.
        note: String,
    },
    /// How many rows a repeat group has. The cells are answers of their own: `suppliers[0].name`.
    Rows(u32),
}

/// An answer as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The value.
    pub value: Value,
    /// What was seen for it.
    pub evidence: Option<Evidence>,
    /// The officer's note at the item.
    pub note: String,
    /// Answered by `=`: unchanged since last time, seen again.
    pub unchanged: bool,
}

impl Answer {
    /// A value alone, without evidence and note.
    pub const fn plain(value: Value) -> Self {
        Self { value, evidence: None, note: String::new(), unchanged: false }
    }
}

impl Value {
    /// One-line text under which the store keeps the value; [`Value::decode`] reads it back.
    pub fn encode(&self) -> String {
        match self {
            Self::Bool(b) => format!("b:{}", u8::from(*b)),
            Self::Choice(code) => format!("c:{code}"),
            Self::Multi(codes) => format!("m:{}", codes.join(";")),
            Self::Number(n) => format!("n:{}", n.0),
            Self::Money(fen) => format!("f:{}", fen.0),
            Self::Date(day) => format!("d:{day}"),
            Self::Text(text) => format!("t:{text}"),
            Self::Document { state, until, note } => {
                let until = until.map(|d| d.to_string()).unwrap_or_default();
                format!("o:{}|{until}|{note}", state.as_code())
            }
            Self::Rows(n) => format!("r:{n}"),
        }
    }

    /// Reads [`Value::encode`]; `None` if it is none of ours.
    pub fn decode(text: &str) -> Option<Self> {
        let (kind, body) = text.split_once(':')?;
        Some(match kind {
            "b" => Self::Bool(body == "1"),
            "c" => Self::Choice(body.to_owned()),
            "m" if body.is_empty() => Self::Multi(Vec::new()),
            "m" => Self::Multi(body.split(';').map(str::to_owned).collect()),
            "n" => Self::Number(Decimal4(body.parse().ok()?)),
            "f" => Self::Money(Fen(body.parse().ok()?)),
            "d" => Self::Date(body.parse().ok()?),
            "t" => Self::Text(body.to_owned()),
            "o" => {
                let mut parts = body.splitn(3, '|');
                let state = DocumentState::from_code(parts.next()?)?;
                let until = parts.next()?;
                let until = if until.is_empty() { None } else { Some(until.parse().ok()?) };
                Self::Document { state, until, note: parts.next()?.to_owned() }
            }
            "r" => Self::Rows(body.parse().ok()?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests;
