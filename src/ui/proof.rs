//! The files that prove what became of a flag, as dialogs and its history list them.

use super::ctx::Ctx;
use super::theme::Meaning;
use crate::i18n::{files, words};
use crate::protocol::page::{FlagRow, ProofRow};

/// What is listed: the text, and how it is meant.
pub type Told = (String, Meaning);

/// Every file with size, kind, hash, who and when, and what is odd about it; then each attempt to use
/// a file that belongs elsewhere.
pub fn list(row: &FlagRow, ctx: &Ctx<'_>) -> Vec<Told> {
    let (text, dot) = (&ctx.text.files, ctx.theme.glyphs.dot);
    let file = |(at, file): (usize, &ProofRow)| {
        let head = format!("{} {}", at + 1, file.name);
        let (kind, size) = (words::media(ctx.lang, file.looks.media), files::size(file.size));
        let hash = format!("{} {}", text.hash, files::short_hash(&file.sha256));
        let by = format!("{} {}", file.by, file.at);
        let odd = file.warnings.iter().map(|odd| text.proof_warning(*odd));
        let odd: Vec<String> = odd.chain(file.missing.then(|| text.missing.to_owned())).collect();
        let meaning = if odd.is_empty() { Meaning::Text } else { Meaning::Orange };
        let parts = [head, kind.to_owned(), size, by, hash].into_iter().chain(odd);
        (parts.collect::<Vec<_>>().join(&format!(" {dot} ")), meaning)
    };
    let tried = row.reused.iter().map(|tried| {
        let said = text.reused(&tried.name, tried.first.as_ref());
        (format!("{said} {dot} {} {}", tried.by, tried.at), Meaning::Bad)
    });
    row.proofs.iter().enumerate().map(file).chain(tried).collect()
}
