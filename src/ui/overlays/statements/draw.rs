//! The lines of the statements and whether they add up, as lines of the screen.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::money::Fen;
use crate::domain::statement::{self, FourColumns, Statement, StatementLine, StatementPart};
use crate::i18n::{format, words};
use crate::protocol::page::StatementsPage;
use crate::risk::statements::{self, Balance, Verdict};
use crate::ui::ctx::Ctx;
use crate::ui::figures::{spark, yoy};
use crate::ui::theme::Meaning;
use crate::ui::widgets::facts::{fact, heading, muted};
use crate::ui::width;

/// Cells of the judgement.
pub(super) const LIGHT: usize = 9;
/// Cells of the limits.
const LIMITS: usize = 22;
/// From this width on the limits stand beside the judgement.
const ROOMY: usize = 100;
/// From this width on a course goes far back.
const WIDE: usize = 140;
/// From this age in days on a statement is called old.
const OLD: i64 = 180;

/// Cells of the columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cells {
    /// The name of a line.
    pub(super) label: usize,
    /// A value.
    pub(super) value: usize,
    /// The limits, 0 = they stand below.
    pub(super) limits: usize,
    /// Steps of a course.
    pub(super) course: usize,
}

impl Cells {
    pub(super) fn of(width: usize) -> Self {
        let (value, limits, course) = match width {
            0..ROOMY => (9, 0, 5),
            ROOMY..WIDE => (10, LIMITS, 8),
            _ => (12, LIMITS, 24),
        };
        let label = width.saturating_sub(4 * value + LIGHT + course + 2 + limits).clamp(12, 40);
        Self { label, value, limits, course }
    }
}

/// Where it comes from, how old it is, and what it tells as a whole.
pub(super) fn head(
    page: &StatementsPage,
    now: &Statement,
    width: usize,
    ctx: &Ctx<'_>,
) -> Vec<Line<'static>> {
    let text = &ctx.text.statements;
    let mut parts = vec![now.period_end.to_string()];
    parts.extend(now.months.map(|months| ctx.text.dossier.months(months)));
    parts.extend(now.source.map(|source| words::statement_source(ctx.lang, source).to_owned()));
    parts.push(if now.audited { text.audited } else { text.not_audited }.to_owned());
    let age = (ctx.today - now.period_end).num_days();
    let latest = page.statements.first() == Some(now);
    if latest && age > OLD {
        parts.push(text.old(age));
    }
    let dot = format!(" {} ", ctx.theme.glyphs.dot);
    let mut lines = vec![muted(&ctx.theme.cut(&parts.join(&dot), width), ctx)];
    for fact in statements::facts(&page.statements, now.period_end) {
        let said =
            format!("{} {}", ctx.theme.glyphs.overdue, words::statement_fact(ctx.lang, fact));
        lines.push(Line::styled(ctx.theme.cut(&said, width), ctx.theme.level(fact.level())));
    }
    lines
}

/// The titles of the four columns with the ends of their periods; one that does not add up is marked.
pub(super) fn titles(
    columns: [Option<&Statement>; 4],
    cells: Cells,
    ctx: &Ctx<'_>,
) -> Vec<Line<'static>> {
    let (text, label) = (&ctx.text.statements, cells.label);
    let names = [text.at_disbursement, text.last_year_end, text.same_period, text.now];
    let right = |words: &str| ctx.theme.fit_right(words, cells.value);
    let head: String = names.iter().map(|name| right(name)).collect();
    // A whole year would fill the column.
    let day = |s: &Statement| {
        let mark = if statements::is_unbalanced(s) { ctx.theme.glyphs.overdue } else { "" };
        format!("{mark}{}", s.period_end.format("%y-%m-%d"))
    };
    let days: String =
        columns.iter().map(|s| right(&s.map_or_else(|| "-".to_owned(), day))).collect();
    vec![
        Line::styled(
            format!("{}{head}", ctx.theme.fit("", label)),
            ctx.theme.style(Meaning::Heading),
        ),
        muted(&format!("{}{days}", ctx.theme.fit("", label)), ctx),
    ]
}

pub(super) fn four<'s>(page: &'s StatementsPage, now: &Statement) -> [Option<&'s Statement>; 4] {
    FourColumns::choose(&page.statements, page.disbursed_on, now.period_end).all()
}

/// Every line that one of the four columns knows, by part, with the change against the same period.
pub(super) fn lines(
    page: &StatementsPage,
    now: &Statement,
    width: usize,
    ctx: &Ctx<'_>,
) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.statements, ctx.theme);
    let columns = four(page, now);
    let cells = Cells::of(width);
    let label = cells.label;
    let mut lines = head(page, now, width, ctx);
    lines.extend(titles(columns, cells, ctx));
    let until = page.statements.iter().filter(|s| s.period_end <= now.period_end);
    let course = statement::course(until, cells.course);
    for part in StatementPart::ALL {
        let known = |line: &&StatementLine| {
            line.part() == *part && columns.iter().flatten().any(|s| s.get(**line).is_some())
        };
        let known: Vec<StatementLine> = StatementLine::ALL.iter().filter(known).copied().collect();
        if known.is_empty() {
            continue;
        }
        lines.push(heading(words::statement_part(ctx.lang, *part), ctx));
        for line in known {
            let name = words::statement_line(ctx.lang, line);
            let style = if line.is_total() { Style::new() } else { theme.style(Meaning::Muted) };
            let mut spans = vec![Span::styled(theme.fit(&format!(" {name}"), label), style)];
            for column in columns {
                let value = column.and_then(|s| s.get(line));
                let value = format::maybe_amount(ctx.lang, value);
                spans.push(Span::raw(theme.fit_right(&value, cells.value)));
            }
            let [_, _, same, _] = columns;
            let change = change(now.get(line), same.and_then(|s| s.get(line)));
            spans.push(Span::styled(
                theme.fit(&format!("  {change}"), LIGHT),
                theme.style(Meaning::Muted),
            ));
            let course: Vec<Option<i64>> =
                course.iter().map(|s| Some((*s)?.paced(line)?.0)).collect();
            spans.push(Span::raw(" "));
            spans.extend(spark(&course, cells.course, ctx));
            lines.push(Line::from(spans));
        }
    }
    if let Some(share) = now.pledged {
        let value = format!("{}%", format::one_decimal(share));
        lines.extend(fact(text.pledged, &value, width, ctx));
    }
    lines
}

/// `+4.1%`; only against a base above zero.
fn change(now: Option<Fen>, before: Option<Fen>) -> String {
    yoy(now, before).map(|change| format::signed(&format::percent(change))).unwrap_or_default()
}

/// Each rule by which a statement adds up: kept, broken by how much, or what is missing for it.
pub(super) fn checks(now: &Statement, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let mut lines = vec![muted(&now.period_end.to_string(), ctx), Line::default()];
    for (rule, verdict) in statements::balances(now) {
        lines.extend(check(rule, verdict, width, ctx));
    }
    lines.push(Line::default());
    let note = width::wrap(ctx.text.statements.slack, width);
    lines.extend(note.into_iter().map(|line| muted(&line, ctx)));
    lines
}

/// One rule with its light and its sentence.
pub(in crate::ui::overlays) fn check(
    rule: Balance,
    verdict: Verdict,
    width: usize,
    ctx: &Ctx<'_>,
) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.statements, ctx.theme);
    let (mark, meaning, said) = match verdict {
        Verdict::Holds => (theme.glyphs.done_box, Meaning::Good, text.holds.to_owned()),
        Verdict::Off(by) => {
            (theme.glyphs.overdue, Meaning::Red, text.off(&format::amount(ctx.lang, by)))
        }
        Verdict::Unknown(line) => (
            theme.glyphs.open_box,
            Meaning::Muted,
            text.lacks(words::statement_line(ctx.lang, line)),
        ),
    };
    let name = words::balance(ctx.lang, rule);
    let style = theme.style(meaning);
    let one = format!("{mark} {name}  ");
    if width::cells(&one) + width::cells(&said) <= width {
        return vec![Line::from(vec![Span::raw(one), Span::styled(said, style)])];
    }
    let said = Line::styled(theme.cut(&format!("  {said}"), width), style);
    width::wrap(one.trim_end(), width).into_iter().map(Line::raw).chain([said]).collect()
}
