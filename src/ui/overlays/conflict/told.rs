//! Fields and values of a conflict as the screens name them: questions, look-ups, measures, codes.

use crate::domain::answer::Value;
use crate::i18n::words;
use crate::ui::ctx::Ctx;
use crate::ui::value::{item_title, measure_shown, pick, show};

/// What was changed.
pub(super) fn name(field: &str, ctx: &Ctx<'_>) -> String {
    if let Some(named) = words::conflict_field(ctx.lang, field) {
        return named.to_owned();
    }
    let question = || item_title(field).map(|title| pick(&title, ctx.lang).to_owned());
    let look_up = || {
        let pack = crate::assets::preparation::shared().ok()?;
        let found = pack.lookup(field)?;
        Some(pick(&found.title, ctx.lang).to_owned())
    };
    question().or_else(look_up).unwrap_or_else(|| field.to_owned())
}

/// What somebody made of it.
pub(super) fn value(field: &str, value: &str, ctx: &Ctx<'_>) -> String {
    match field {
        "measure" => measure_shown(value, ctx.lang),
        _ if words::conflict_field(ctx.lang, field).is_none() => answer(field, value, ctx)
            .or_else(|| looked_up(field, value, ctx))
            .unwrap_or_else(|| words::conflict_value(ctx.lang, field, value)),
        _ => words::conflict_value(ctx.lang, field, value),
    }
}

/// The answer to a question of the built-in checklists.
fn answer(field: &str, value: &str, ctx: &Ctx<'_>) -> Option<String> {
    let library = crate::assets::checklists::shared().ok()?;
    let item = library.item(field)?;
    if value.is_empty() {
        return Some(ctx.text.checklist.no_answer.to_owned());
    }
    Some(show(item, &Value::decode(value)?, ctx))
}

/// The result of a look-up, with what was found beside it.
fn looked_up(field: &str, value: &str, ctx: &Ctx<'_>) -> Option<String> {
    let pack = crate::assets::preparation::shared().ok()?;
    let found = pack.lookup(field)?;
    let (code, detail) = value.split_once(' ').unwrap_or((value, ""));
    let option = found.option(code)?;
    Some(format!("{} {detail}", pick(&option.words, ctx.lang)).trim_end().to_owned())
}
