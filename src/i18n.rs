//! Every text a person reads, in both languages, checked by the compiler.

pub mod exchange;

/// A language of the screen. Placeholder of branch `exchange` until branch `ui` is merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// 简体中文
    #[default]
    Zh,
    /// English
    En,
}

impl Lang {
    /// One of two texts.
    pub const fn pick<'a>(self, en: &'a str, zh: &'a str) -> &'a str {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }
}
