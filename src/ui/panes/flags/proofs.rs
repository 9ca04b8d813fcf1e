//! Files that prove what became of a flag: registering, looking, and what is told before one ends.

use crate::assets::care;
use crate::domain::flag::{FlagState, FlagStep, Level};
use crate::protocol::page::FlagRow;
use crate::protocol::query::{DropsFor, GalleryOf};
use crate::ui::action::{Action, ForItem, Photos};
use crate::ui::ask::Ask;
use crate::ui::ctx::Ctx;
use crate::ui::proof;
use crate::ui::value::signal_line;

/// Whether files may come and go: what a flag had when it ended, it keeps.
const fn is_live(row: &FlagRow) -> bool {
    matches!(row.state, FlagState::Proposed | FlagState::Confirmed)
}

/// `r`: the files that wait in the drop folder.
pub(super) fn register(row: &FlagRow, ctx: &Ctx<'_>) -> Action {
    if !is_live(row) {
        return Action::warn(ctx.text.flags.ended_keeps);
    }
    let title = signal_line(&row.signal, ctx.lang);
    let place = DropsFor::Flag(row.flag.clone());
    Action::OpenDrops(Box::new(ForItem { place, title }))
}

/// The files of a flag, to be looked at.
fn photos(row: &FlagRow) -> Photos {
    Photos::Of { of: GalleryOf::Flag(row.flag.clone()), item: None, open: is_live(row) }
}

/// `o`: the files of the flag.
pub(super) fn look(row: &FlagRow, ctx: &Ctx<'_>) -> Action {
    if row.proofs.is_empty() {
        return Action::warn(ctx.text.files.gallery_empty);
    }
    Action::OpenPhotos(Box::new(photos(row)))
}

/// The ends that the flag can come to now, as far as there is proof enough for them.
pub(super) fn proved(row: &FlagRow, ends: Vec<FlagStep>) -> Vec<FlagStep> {
    let grave = row.level > Level::Yellow;
    let has = row.proofs.iter().any(|file| !file.missing);
    let described =
        |step: FlagStep| care::shared().is_ok_and(|care| care.may_be_described(row.level, step));
    let enough = |step: &FlagStep| !grave || has || described(*step);
    ends.into_iter().filter(enough).collect()
}

/// Tells whoever ends a flag what proves it, and lets her look before she answers.
pub(super) fn show(ask: &mut Ask, row: &FlagRow, ctx: &Ctx<'_>) {
    let text = &ctx.text.flags;
    if row.proofs.is_empty() && row.reused.is_empty() {
        if row.level > Level::Yellow {
            ask.lines.push(text.described.to_owned());
        }
        return;
    }
    ask.lines.push(if row.proofs.is_empty() {
        text.described.to_owned()
    } else {
        ask.files = Some(photos(row));
        text.proofs_counted(row.proofs.len())
    });
    ask.lines.extend(proof::list(row, ctx).into_iter().map(|(line, _)| line));
}
