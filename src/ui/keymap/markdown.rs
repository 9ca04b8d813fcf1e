//! The key table of the READMEs.

use super::{KeyContext, Keymap};
use crate::i18n::{Catalog, Lang};

impl Keymap {
    /// The key table of the README.
    pub fn key_table_markdown(&self, lang: Lang) -> String {
        let text = Catalog::of(lang);
        let o = &text.overlays;
        let mut out = format!(
            "| {} | {} | {} |\n|---|---|---|\n",
            o.place_column, o.key_column, o.does_column
        );
        for context in KeyContext::ALL {
            for row in self.rows.iter().filter(|row| row.context == context) {
                let keys: Vec<String> = row
                    .keys
                    .iter()
                    .map(|k| format!("`{}`", k.to_string().replace('|', "\\|")))
                    .collect();
                let (place, label) = (context.title(text), row.label(text));
                out.extend(["| ", place, " | ", &keys.join(" "), " | ", label, " |\n"]);
            }
        }
        out
    }
}

/// The built-in key table as Markdown, for the README.
pub fn key_table_markdown(lang: Lang) -> String {
    Keymap::default().key_table_markdown(lang)
}
