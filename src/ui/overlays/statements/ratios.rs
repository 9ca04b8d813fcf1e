//! The ratios in four columns, judged, with their course; what can't be worked out, and why.

use chrono::Datelike as _;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::draw::{Cells, LIGHT, four, head, titles};
use crate::assets::signals;
use crate::domain::flag::Level;
use crate::domain::money::Decimal4;
use crate::domain::statement::{self, Statement, StatementLine};
use crate::i18n::{format, words};
use crate::protocol::page::StatementsPage;
use crate::risk::statements::{self, Fact, Period, period_of};
use crate::risk::{Ratio, Signals};
use crate::ui::ctx::Ctx;
use crate::ui::figures::{bare, course_of, spark, written};
use crate::ui::theme::Meaning;
use crate::ui::widgets::facts::{fact, heading, muted};

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
    let collateral = page.collateral.iter().copied();
    let owed = (page.exposure, page.secured);
    let beside = statements::beside(owed, collateral, flows, latest);
    let all = statements::periods(&page.statements, &beside);
    let at = all.iter().position(|p| p.statement.period_end == now.period_end).unwrap_or(0);
    let Some(until) = all.get(at..) else { return Vec::new() };
    let Some(period) = until.first() else { return Vec::new() };
    let columns = four(page, now);
    let cells = Cells::of(width);
    let label = cells.label;
    let mut lines = head(page, now, width, ctx);
    if now.months.is_some_and(|months| months != 12) {
        lines.push(muted(&ctx.theme.cut(text.annualised, width), ctx));
    }
    let judges = library.judges(page.industry.as_deref(), page.unfinished);
    if !judges {
        lines.push(muted(&ctx.theme.cut(text.exempt(page.unfinished), width), ctx));
    }
    lines.extend(titles(columns, cells, ctx));
    let course = statement::course(until.iter().map(|period| period.statement), cells.course);
    let table = Table { library: &library, all: &all, until, cells, page, columns, judges, course };
    for of in Ratio::ALL.iter().copied().filter(|of| table.is_known(*of)) {
        lines.extend(table.row(of, ctx));
        if of == Ratio::InterestCover {
            lines.extend(table.cash_flow(ctx));
        }
    }
    let gaps: Vec<String> = until.windows(2).take(cells.course).filter_map(gap).collect();
    if !gaps.is_empty() {
        lines.push(Line::default());
        lines.extend(fact(text.gap, &gaps.join(ctx.lang.list_mark()), width, ctx));
    }
    let worse: Vec<&str> = Ratio::ALL
        .iter()
        .filter(|of| statements::worsens(&library, until, **of))
        .filter_map(|of| table.name(*of, ctx))
        .collect();
    if !worse.is_empty() {
        lines.push(Line::default());
        let comma = ctx.lang.list_mark();
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
    if cells.limits == 0 && judges {
        lines.push(Line::default());
        lines.push(heading(text.limits, ctx));
        for of in Ratio::ALL.iter().copied().filter(|of| table.is_known(*of)) {
            let name = ctx.theme.fit(table.name(of, ctx).unwrap_or_default(), label);
            let limits = table.limits(of, ctx);
            lines.push(muted(&ctx.theme.cut(&format!("{name}{limits}"), width), ctx));
        }
    }
    lines.push(Line::default());
    lines.push(muted(&ctx.theme.cut(text.unverified, width), ctx));
    lines
}

/// The months between two periods of which nothing is told, if there are any.
fn gap(pair: &[Period<'_>]) -> Option<String> {
    let [later, earlier] = pair else { return None };
    let months = statement::untold(later.statement, earlier.statement);
    let first = earlier.statement.period_end.with_day(1)?;
    let month = |n: i64| {
        let later = chrono::Months::new(u32::try_from(n).ok()?);
        Some(first.checked_add_months(later)?.format("%y-%m").to_string())
    };
    match months {
        0 => None,
        1 => month(1),
        _ => Some(format!("{}..{}", month(1)?, month(months)?)),
    }
}

/// What the rows of the ratios have in common.
struct Table<'a> {
    library: &'a Signals,
    all: &'a [Period<'a>],
    /// From the period in view on, back in time.
    until: &'a [Period<'a>],
    cells: Cells,
    page: &'a StatementsPage,
    columns: [Option<&'a Statement>; 4],
    /// Whether the limits apply to her at all.
    judges: bool,
    /// The statements of the course, in even steps of time.
    course: Vec<Option<&'a Statement>>,
}

impl Table<'_> {
    fn name(&self, of: Ratio, ctx: &Ctx<'_>) -> Option<&str> {
        self.library.ratio(of).map(|rule| ctx.lang.pick(&rule.en, &rule.zh))
    }

    /// The value of a ratio in each column.
    fn values(&self, of: Ratio) -> [Option<Decimal4>; 4] {
        self.columns.map(|column| period_of(self.all, column?)?.value(of))
    }

    /// Whether a column has it, be it not the last one.
    fn is_known(&self, of: Ratio) -> bool {
        self.values(of).iter().any(Option::is_some)
    }

    /// Both limits, and the third one where there is one.
    fn limits(&self, of: Ratio, ctx: &Ctx<'_>) -> String {
        let Some(rule) = self.library.ratio(of) else { return String::new() };
        let limit = rule.limit(self.page.industry.as_deref());
        let all = [Some(limit.watch), Some(limit.alarm), limit.grave];
        let all: Vec<String> = all.into_iter().flatten().map(|value| bare(of, value)).collect();
        format!("{} {}", ctx.text.dossier.warning, all.join(" / "))
    }

    fn row(&self, of: Ratio, ctx: &Ctx<'_>) -> Option<Line<'static>> {
        let rule = self.library.ratio(of)?;
        let now = self.until.first()?;
        let (industry, unfinished) = (self.page.industry.as_deref(), self.page.unfinished);
        let level = statements::level(self.library, now, of, industry, unfinished);
        // A limit that nobody has confirmed says so.
        let star = if rule.limit(industry).verified { "" } else { "*" };
        let name = format!("{}{star}", ctx.lang.pick(&rule.en, &rule.zh));
        let values = self.values(of).map(|value| value.map(|value| written(of, value)));
        let limits = if self.judges { self.limits(of, ctx) } else { String::new() };
        let course = course_of(&self.course, self.all, of);
        Some(self.told(&name, values, level, &limits, &course, ctx))
    }

    /// 经营现金流净额: an amount among the ratios, judged by its sign in two periods.
    fn cash_flow(&self, ctx: &Ctx<'_>) -> Option<Line<'static>> {
        const LINE: StatementLine = StatementLine::OperatingCashFlow;
        let now = self.until.first()?.statement;
        let values = self.columns.map(|column| Some(format::amount(ctx.lang, column?.get(LINE)?)));
        if values.iter().all(Option::is_none) {
            return None;
        }
        let facts = statements::facts(&self.page.statements, now.period_end);
        let of_flow =
            |fact: &&Fact| matches!(fact, Fact::NegativeCashFlow | Fact::NegativeCashFlowTwice);
        let level = facts.iter().find(of_flow).filter(|_| self.judges).map(|fact| fact.level());
        let limits = if self.judges { ctx.text.statements.cash_flow_limits } else { "" };
        let course: Vec<Option<i64>> =
            self.course.iter().map(|s| Some((*s)?.paced(LINE)?.0)).collect();
        let name = words::statement_line(ctx.lang, LINE);
        Some(self.told(name, values, level, limits, &course, ctx))
    }

    fn told(
        &self,
        name: &str,
        values: [Option<String>; 4],
        level: Option<Level>,
        limits: &str,
        course: &[Option<i64>],
        ctx: &Ctx<'_>,
    ) -> Line<'static> {
        let (theme, cells) = (ctx.theme, self.cells);
        let faint = theme.style(Meaning::Muted);
        let style = level.map_or_else(Style::new, |level| theme.level(level));
        let mut spans = vec![Span::styled(theme.fit(name, cells.label), faint)];
        for (n, value) in values.into_iter().enumerate() {
            let style = match (&value, n) {
                (Some(_), 3) => style,
                (None, 3) if level.is_some() => style,
                (Some(_), _) => Style::new(),
                (None, _) => faint,
            };
            // Where there is a statement the figure can't be worked out; else there is nothing.
            let there = self.columns.get(n).is_some_and(Option::is_some);
            let nothing = if there { ctx.text.statements.none } else { "" };
            let value = value.unwrap_or_else(|| nothing.to_owned());
            spans.push(Span::styled(
                format!(" {}", theme.fit_right(&value, cells.value - 1)),
                style,
            ));
        }
        let said = level.map_or_else(String::new, |level| {
            format!(" {} {}", theme.level_mark(level), words::level(ctx.lang, level))
        });
        spans.push(Span::styled(theme.fit(&said, LIGHT), style));
        if cells.limits > 0 {
            spans.push(Span::styled(theme.fit(&format!(" {limits}"), cells.limits), faint));
        }
        spans.push(Span::raw(" "));
        spans.extend(spark(course, cells.course, ctx));
        Line::from(spans)
    }
}
