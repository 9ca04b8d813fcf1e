//! The three parts of the overlay as lines.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::assets::signals;
use crate::domain::money::Fen;
use crate::domain::statement::{FourColumns, Statement, StatementLine, StatementPart};
use crate::i18n::{format, words};
use crate::protocol::page::StatementsPage;
use crate::risk::statements::{self, Balance, Fact, Period, Verdict};
use crate::risk::{Ratio, Signals};
use crate::ui::ctx::Ctx;
use crate::ui::figures::{bare, spark, written, yoy};
use crate::ui::theme::Meaning;
use crate::ui::widgets::facts::{fact, heading, muted};
use crate::ui::width;

/// Cells of an amount.
const VALUE: usize = 10;
/// Cells of a ratio: shorter than an amount, so that its name has more.
const RATIO: usize = 9;
/// Cells of the judgement.
const LIGHT: usize = 9;
/// Periods in a course.
const COURSE: usize = 8;
/// From this width on the limits stand beside the judgement.
const ROOMY: usize = 100;
/// From this age in days on a statement is called old.
const OLD: i64 = 180;

/// Cells of the limits.
const LIMITS: usize = 17;

/// Cells of the name of a line with four values of this width.
fn label_width(width: usize, value: usize) -> usize {
    let limits = if width >= ROOMY { LIMITS } else { 0 };
    width.saturating_sub(4 * value + LIGHT + COURSE + 2 + limits).clamp(12, 40)
}

/// Where it comes from, how old it is, and what it tells as a whole.
fn head(page: &StatementsPage, now: &Statement, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
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
    // The latest come first: from this one on lie those that were known by then.
    let at = page.statements.iter().position(|s| s.period_end <= now.period_end);
    let until = at.and_then(|at| page.statements.get(at..)).unwrap_or_default();
    for fact in statements::facts(until) {
        let meaning = match fact {
            Fact::NegativeEquity | Fact::LossTwice | Fact::NegativeCashFlowTwice => Meaning::Red,
            Fact::Loss | Fact::NegativeCashFlow | Fact::Unbalanced => Meaning::Yellow,
        };
        let said =
            format!("{} {}", ctx.theme.glyphs.overdue, words::statement_fact(ctx.lang, fact));
        lines.push(Line::styled(ctx.theme.cut(&said, width), ctx.theme.style(meaning)));
    }
    lines
}

/// The titles of the four columns with the ends of their periods.
fn titles(
    columns: [Option<&Statement>; 4],
    (label, value): (usize, usize),
    ctx: &Ctx<'_>,
) -> Vec<Line<'static>> {
    let text = &ctx.text.statements;
    let names = [text.at_disbursement, text.last_year_end, text.same_period, text.now];
    let right = |words: &str| ctx.theme.fit_right(words, value);
    let head: String = names.iter().map(|name| right(name)).collect();
    // A whole year would fill the column.
    let day = |s: &Statement| s.period_end.format("%y-%m-%d").to_string();
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

fn four<'s>(page: &'s StatementsPage, now: &Statement) -> [Option<&'s Statement>; 4] {
    FourColumns::choose(&page.statements, page.disbursed_on, now.period_end).all()
}

/// Every ratio in four columns, judged, with its course; then what can't be worked out, and why.
pub(super) fn ratios(
    page: &StatementsPage,
    now: &Statement,
    width: usize,
    ctx: &Ctx<'_>,
) -> Vec<Line<'static>> {
    let text = &ctx.text.statements;
    let Ok(library) = signals::shared() else { return Vec::new() };
    let flows = page.inflows.iter().map(|(month, inflow)| (month.as_str(), *inflow));
    let latest = page.statements.first();
    let beside = statements::beside(page.exposure, page.collateral.iter().copied(), flows, latest);
    let all = statements::periods(&page.statements, &beside);
    let at = all.iter().position(|p| p.statement.period_end == now.period_end).unwrap_or(0);
    let Some(until) = all.get(at..) else { return Vec::new() };
    let Some(period) = until.first() else { return Vec::new() };
    let columns = four(page, now);
    let label = label_width(width, RATIO);
    let mut lines = head(page, now, width, ctx);
    if now.months.is_some_and(|months| months != 12) {
        lines.push(muted(&ctx.theme.cut(text.annualised, width), ctx));
    }
    if !library.judges(page.industry.as_deref()) {
        lines.push(muted(&ctx.theme.cut(text.exempt, width), ctx));
    }
    lines.extend(titles(columns, (label, RATIO), ctx));
    let table = Table { library: &library, all: &all, until, label, width, page };
    let computed = |of: &Ratio| period.value(*of).is_some();
    for of in Ratio::ALL.iter().copied().filter(computed) {
        lines.extend(table.row(of, columns, ctx));
    }
    let worse: Vec<&str> = Ratio::ALL
        .iter()
        .filter(|of| statements::worsens(&library, until, **of))
        .filter_map(|of| table.name(*of, ctx))
        .collect();
    if !worse.is_empty() {
        lines.push(Line::default());
        let comma = ctx.lang.pick(", ", "、");
        lines.extend(fact(text.worsening, &worse.join(comma), width, ctx));
    }
    let missing: Vec<_> =
        period.ratios.iter().filter_map(|(of, r)| Some((*of, r.err()?))).collect();
    if !missing.is_empty() {
        lines.push(Line::default());
        lines.push(heading(text.not_computable, ctx));
    }
    for (of, why) in missing {
        let name = ctx.theme.fit(table.name(of, ctx).unwrap_or_default(), label);
        let why = ctx.theme.cut(&text.reason(why), width.saturating_sub(label));
        lines.push(muted(&format!("{name}{why}"), ctx));
    }
    lines.push(Line::default());
    lines.push(muted(&ctx.theme.cut(text.unverified, width), ctx));
    lines
}

/// What the rows of the ratios have in common.
struct Table<'a> {
    library: &'a Signals,
    all: &'a [Period<'a>],
    /// From the period in view on, back in time.
    until: &'a [Period<'a>],
    label: usize,
    width: usize,
    page: &'a StatementsPage,
}

impl Table<'_> {
    fn name(&self, of: Ratio, ctx: &Ctx<'_>) -> Option<&str> {
        self.library.ratio(of).map(|rule| ctx.lang.pick(&rule.en, &rule.zh))
    }

    fn row(
        &self,
        of: Ratio,
        columns: [Option<&Statement>; 4],
        ctx: &Ctx<'_>,
    ) -> Option<Line<'static>> {
        let theme = ctx.theme;
        let rule = self.library.ratio(of)?;
        let now = self.until.first()?;
        let industry = self.page.industry.as_deref();
        let level = statements::level(self.library, now, of, industry);
        let faint = theme.style(Meaning::Muted);
        let style = level.map_or_else(Style::new, |level| theme.level(level));
        let limit = rule.limit(industry);
        // A limit that nobody has confirmed says so.
        let star = if limit.verified { "" } else { "*" };
        let name = format!("{}{star}", ctx.lang.pick(&rule.en, &rule.zh));
        let mut spans = vec![Span::styled(theme.fit(&name, self.label), faint)];
        for (n, column) in columns.into_iter().enumerate() {
            let period = column
                .and_then(|s| self.all.iter().find(|p| p.statement.period_end == s.period_end));
            let value = period.and_then(|period| period.value(of));
            let value = value.map_or_else(|| "-".to_owned(), |value| written(of, value));
            let style = if n == 3 { style } else { Style::new() };
            spans.push(Span::styled(theme.fit_right(&value, RATIO), style));
        }
        let said = level.map_or_else(String::new, |level| {
            format!(" {} {}", theme.level_mark(level), words::level(ctx.lang, level))
        });
        spans.push(Span::styled(theme.fit(&said, LIGHT), style));
        if self.width >= ROOMY {
            let limits = format!(
                " {} {} / {}",
                ctx.text.dossier.warning,
                bare(of, limit.watch),
                bare(of, limit.alarm)
            );
            spans.push(Span::styled(theme.fit(&limits, LIMITS), faint));
        }
        let course: Vec<Option<i64>> =
            self.until.iter().take(COURSE).rev().map(|p| p.value(of).map(|v| v.0)).collect();
        spans.push(Span::raw(" "));
        spans.extend(spark(&course, COURSE, ctx));
        Some(Line::from(spans))
    }
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
    let label = label_width(width, VALUE);
    let mut lines = head(page, now, width, ctx);
    lines.extend(titles(columns, (label, VALUE), ctx));
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
                spans.push(Span::raw(theme.fit_right(&value, VALUE)));
            }
            let [_, _, same, _] = columns;
            let change = change(now.get(line), same.and_then(|s| s.get(line)));
            spans.push(Span::styled(
                theme.fit(&format!("  {change}"), LIGHT),
                theme.style(Meaning::Muted),
            ));
            let until = page.statements.iter().filter(|s| s.period_end <= now.period_end);
            let mut course: Vec<Option<i64>> =
                until.take(COURSE).map(|s| s.get(line).map(|fen| fen.0)).collect();
            course.reverse();
            spans.push(Span::raw(" "));
            spans.extend(spark(&course, COURSE, ctx));
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
    vec![
        Line::raw(theme.cut(&one, width)),
        Line::styled(theme.cut(&format!("  {said}"), width), style),
    ]
}
