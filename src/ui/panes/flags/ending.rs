//! Ending a flag: what it can come to now, and why not to something else.

use super::act::steps;
use super::proofs;
use crate::domain::flag::{FlagState, FlagStep, Leftover, Level};
use crate::protocol::page::FlagRow;
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::value::least;

pub(super) const CLOSE: &str = "flag-close";

/// What a flag can be ended with now.
fn ends(row: &FlagRow) -> Vec<FlagStep> {
    row.step.ways(row.level).iter().copied().filter(|step| step.ends()).collect()
}

pub(super) fn ask_close(row: &FlagRow, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
    let text = &ctx.text.flags;
    if row.state != FlagState::Confirmed {
        return Err(text.only_confirmed);
    }
    let grave = row.level > Level::Yellow;
    if grave && row.beside.own {
        return Err(text.four_eyes);
    }
    let ways = ends(row);
    if ways.is_empty() {
        return Err(text.not_yet);
    }
    let ends = proofs::proved(row, ways.clone());
    let Some(first) = ends.first() else { return Err(text.no_file_yet) };
    // Handing over is never what Enter alone does: where it is the only way, it is chosen.
    let handing_over = *first != FlagStep::Cleared;
    let mut options = steps(&ends, ctx);
    if handing_over {
        options.insert(0, (String::new(), text.choose.to_owned()));
    }
    let chosen = if handing_over { "" } else { first.as_code() };
    let mut fields = vec![
        Field::choice(text.ending, chosen, options).required(),
        Field::text(text.at_least(text.proof, least().proof), "").required(),
    ];
    if row.beside.todos > 0 {
        fields.push(leftover(row.beside.todos, ctx));
    }
    let title = if handing_over { text.hand_over_title } else { text.close_title };
    let mut ask = Ask::form(CLOSE, title, fields);
    if grave {
        ask.lines.push(text.four_eyes_hint.to_owned());
    }
    if !ways.contains(&FlagStep::Cleared) {
        ask.lines.push(text.not_yet.to_owned());
    } else if handing_over {
        ask.lines.push(text.no_file_yet.to_owned());
    }
    ask.lines.push(text.undo_hint.to_owned());
    proofs::show(&mut ask, row, ctx);
    Ok(ask)
}

/// What becomes of the steps of the measure that nobody has done.
fn leftover(count: u32, ctx: &Ctx<'_>) -> Field {
    let text = &ctx.text.flags;
    let options = vec![
        (String::new(), text.choose.to_owned()),
        (Leftover::Stay.as_code().to_owned(), text.todos_stay.to_owned()),
        (Leftover::Drop.as_code().to_owned(), text.todos_drop.to_owned()),
    ];
    Field::choice(text.todos_left(count), "", options).required()
}
