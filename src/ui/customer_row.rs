//! A customer as a row of a table: more columns come where there is room for them.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::flag::Level;
use crate::i18n::{Lang, format, words};
use crate::protocol::page::CustomerRow;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::width;

/// Cells of the column of flags.
const FLAGS: usize = 8;

/// A column: from which width of the table it is shown, its cells, and whether it holds figures. One
/// more comes only where a name of fourteen characters is still whole beside it.
const COLUMNS: [(usize, usize, bool); 9] = [
    (0, 9, false),  // tier
    (0, 10, true),  // exposure
    (0, 10, false), // next due
    (60, FLAGS, false),
    (86, 10, false),  // line
    (97, 9, false),   // officer
    (107, 8, true),   // past due
    (119, 10, false), // last visit
    (129, 8, false),  // early-warning score
];

/// Cells left for the name.
fn name_width(width: usize) -> usize {
    let columns = COLUMNS.iter().filter(|(from, _, _)| width >= *from);
    let used: usize = columns.map(|(_, cells, _)| cells + 2).sum();
    width.saturating_sub(used + 1)
}

/// The titles of the columns.
pub fn head(width: usize, ctx: &Ctx<'_>) -> String {
    let t = &ctx.text.customers;
    let titles = [
        t.col_tier,
        t.col_exposure,
        t.col_next,
        t.col_flags,
        t.col_line,
        t.col_officer,
        t.col_past_due,
        t.col_last,
        t.col_score,
    ];
    let mut out = format!(" {}", ctx.theme.fit(t.col_name, name_width(width)));
    for ((from, cells, right), title) in COLUMNS.into_iter().zip(titles) {
        if width >= from {
            let cell =
                if right { ctx.theme.fit_right(title, cells) } else { ctx.theme.fit(title, cells) };
            out.push_str("  ");
            out.push_str(&cell);
        }
    }
    out
}

/// A customer; `marked` = chosen for something that is done with several.
pub fn line(row: &CustomerRow, width: usize, marked: bool, ctx: &Ctx<'_>) -> Line<'static> {
    let theme = ctx.theme;
    let (plain, muted) = (theme.style(Meaning::Text), theme.style(Meaning::Muted));
    let late = row.next_due.is_some_and(|d| d < ctx.today);
    let next = row.next_due.map_or_else(|| "-".to_owned(), |d| format::near_day(d, ctx.today));
    let (flags, flag_style) = flags(row, ctx);
    let past = if row.days_past_due > 0 { row.days_past_due.to_string() } else { "-".to_owned() };
    let overdue = theme.style(Meaning::Overdue);
    let score = row.score.as_ref();
    let score = score.map_or_else(|| "-".to_owned(), |(n, grade)| format!("{n} {grade}"));
    let cells: [(String, Style); 9] = [
        (words::tier(ctx.lang, row.tier).to_owned(), theme.tier(row.tier)),
        (format::maybe_amount(ctx.lang, row.exposure), plain),
        (
            if late { format!("{} {next}", theme.glyphs.overdue) } else { format!("  {next}") },
            if late { overdue } else { plain },
        ),
        (flags, flag_style),
        (row.line.map_or("-", |l| words::line(ctx.lang, l)).to_owned(), muted),
        (row.officer_name.clone(), muted),
        (past, if row.days_past_due > 0 { overdue } else { muted }),
        (row.last_visit.map_or_else(|| "-".to_owned(), format::full_day), muted),
        (score, plain),
    ];
    let mark = if marked { theme.glyphs.due } else { " " };
    let mut spans = vec![
        Span::styled(mark, theme.style(Meaning::Accent)),
        Span::raw(theme.fit(&row.name, name_width(width))),
    ];
    for ((from, cells, right), (text, style)) in COLUMNS.into_iter().zip(cells) {
        if width >= from {
            let fitted =
                if right { theme.fit_right(&text, cells) } else { theme.fit(&text, cells) };
            spans.push(Span::raw("  "));
            spans.push(Span::styled(fitted, style));
        }
    }
    Line::from(spans)
}

/// `红1 黄2`, in the colour of the worst; what stands behind `?` is only proposed. Where that is wider
/// than the column, marks stand for the words, close together.
fn flags(row: &CustomerRow, ctx: &Ctx<'_>) -> (String, Style) {
    let told = |short: bool| {
        let name = |level: Level| match ctx.lang {
            Lang::Zh if !short => words::level(ctx.lang, level),
            _ => ctx.theme.level_mark(level),
        };
        let of = |counts: [u32; 3]| {
            let found = Level::ALL.iter().copied().zip(counts).rev().filter(|(_, n)| *n > 0);
            let found = found.map(|(level, n)| format!("{}{n}", name(level)));
            found.collect::<Vec<_>>().join(if short { "" } else { " " })
        };
        let proposed = of(row.proposed);
        let proposed = if proposed.is_empty() { proposed } else { format!("?{proposed}") };
        let parts = [of(row.flags), proposed].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(if short { "" } else { " " })
    };
    let full = told(false);
    let said = if width::cells(&full) > FLAGS { told(true) } else { full };
    let worst = Level::ALL.iter().copied().zip(row.flags).rfind(|(_, n)| *n > 0);
    let style = match worst {
        Some((worst, _)) => ctx.theme.level(worst),
        None if said.is_empty() => ctx.theme.style(Meaning::Muted),
        None => ctx.theme.style(Meaning::Accent),
    };
    (if said.is_empty() { "-".to_owned() } else { said }, style)
}

#[cfg(test)]
mod tests;
