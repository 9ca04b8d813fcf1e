//! What every render and every action may look at besides its own state.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::theme::Theme;
use crate::i18n::{Catalog, Lang};
use crate::protocol::page::HomePage;

/// Language, colours, time, and who sits here.
#[derive(Debug, Clone, Copy)]
pub struct Ctx<'a> {
    /// Texts of the language in use.
    pub text: &'static Catalog,
    /// The language in use.
    pub lang: Lang,
    /// Colours and glyphs.
    pub theme: &'a Theme,
    /// Now, in the branch.
    pub now: DateTime<FixedOffset>,
    /// The business date.
    pub today: NaiveDate,
    /// Who I am and what waits; `None` until the first answer of the worker.
    pub home: Option<&'a HomePage>,
}

impl Ctx<'_> {
    /// Who sits here; empty until that is known.
    pub fn me(&self) -> String {
        self.home.map(|home| home.user.to_string()).unwrap_or_default()
    }

    /// What an empty list says: its own words, unless nothing at all lies in the actor's scope.
    pub fn why_empty(&self, note: &str) -> String {
        match self.home {
            Some(home) if home.unseen => {
                self.text.shell.unseen(home.role, &self.theme.clean(&home.branch))
            }
            _ => note.to_owned(),
        }
    }
}

/// Looks on with the ordinary theme on a Monday morning, before it is known who sits here.
#[cfg(test)]
pub(crate) fn with_ctx<T>(lang: Lang, look: impl FnOnce(&Ctx<'_>) -> T) -> T {
    let (theme, text) = (Theme::default(), Catalog::of(lang));
    let now: DateTime<FixedOffset> = "2026-11-23T09:12:00+08:00".parse().unwrap();
    look(&Ctx { text, lang, theme: &theme, now, today: now.date_naive(), home: None })
}
