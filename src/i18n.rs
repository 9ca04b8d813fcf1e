//! Everything that people read, in both languages, checked by the compiler.
//!
//! A table is a [`catalog!`] with one line per message: `open: "Open" | "打开";`. Leaving a
//! language out does not compile. Messages with values are functions beside their table that match
//! on the language. Names of domain values are in [`words`]; numbers and dates in [`format`].


pub mod cli;
pub mod help;

/// A language of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// 简体中文
    #[default]
    Zh,
    /// English
    En,
}

impl Lang {
    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// One of two texts.
    pub const fn pick<'a>(self, en: &'a str, zh: &'a str) -> &'a str {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }

    /// Reads `zh`, `zh-CN`, `zh_CN.UTF-8`, `en` …
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.to_ascii_lowercase();
        if code.starts_with("zh") {
            Some(Self::Zh)
        } else {
            code.starts_with("en").then_some(Self::En)
        }
    }

    /// `zh-CN` or `en`.
    pub const fn as_code(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }
}

/// Declares a table of messages: a struct of texts with one constant per language.
macro_rules! catalog {
    ($(#[$meta:meta])* $name:ident { $($key:ident: $en:literal | $zh:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug)]
        pub struct $name {
            /// The language of this table.
            pub lang: $crate::i18n::Lang,
            $(#[doc = $en] pub $key: &'static str,)+
        }
        impl $name {
            /// The English table.
            pub const EN: Self = Self { lang: $crate::i18n::Lang::En, $($key: $en,)+ };
            /// The Chinese table.
            pub const ZH: Self = Self { lang: $crate::i18n::Lang::Zh, $($key: $zh,)+ };
            /// Both texts of each message, for tests and for search in both languages.
            pub const PAIRS: &'static [(&'static str, &'static str, &'static str)] =
                &[$((stringify!($key), $en, $zh),)+];
        }
    };
}
pub(crate) use catalog;

