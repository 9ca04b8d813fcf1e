//! Statements, ratios and flows as tables.

use chrono::NaiveDate;

use super::super::Desk;
use super::super::model::{Block, Said, Table};
use super::super::show::signed_percent;
use crate::domain::flag::Level;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::statement::{Statement, StatementLine, years_before};
use crate::i18n::{Catalog, format, words};
use crate::risk::statements::{Period, period_of};
use crate::risk::{NotComputable, Ratio, Unit, statements};

/// Amounts of a statement that are printed.
const AMOUNTS: [StatementLine; 12] = [
    StatementLine::TotalAssets,
    StatementLine::TotalLiabilities,
    StatementLine::Equity,
    StatementLine::Cash,
    StatementLine::Receivables,
    StatementLine::Inventory,
    StatementLine::ShortDebt,
    StatementLine::LongDebt,
    StatementLine::Revenue,
    StatementLine::NetProfit,
    StatementLine::InterestExpense,
    StatementLine::OperatingCashFlow,
];

/// Ratios that are always printed; the others where they can be worked out.
const ALWAYS: [Ratio; 11] = [
    Ratio::Debt,
    Ratio::Current,
    Ratio::Quick,
    Ratio::CashToShortDebt,
    Ratio::GrossMargin,
    Ratio::NetMargin,
    Ratio::InterestCover,
    Ratio::ReceivableDays,
    Ratio::InventoryDays,
    Ratio::DebtToRevenue,
    Ratio::RevenueGrowth,
];

/// The eight figures whose course decides about a renewal (F77).
const EIGHT: [Line; 8] = [
    Line::Amount(StatementLine::Revenue),
    Line::Amount(StatementLine::NetProfit),
    Line::Amount(StatementLine::OperatingCashFlow),
    Line::Amount(StatementLine::TotalAssets),
    Line::Ratio(Ratio::Debt),
    Line::Ratio(Ratio::Current),
    Line::Ratio(Ratio::InterestCover),
    Line::Ratio(Ratio::ReceivableDays),
];

/// A line of a table of statements.
#[derive(Debug, Clone, Copy)]
enum Line {
    /// An amount.
    Amount(StatementLine),
    /// A ratio.
    Ratio(Ratio),
}

impl Desk<'_> {
    /// The latest statement up to a day.
    fn statement_by(&self, day: NaiveDate) -> Option<&Statement> {
        self.base.dossier.statements.iter().find(|statement| statement.period_end <= day)
    }

    fn year_before(&self, statement: &Statement) -> Option<&Statement> {
        years_before(&self.base.dossier.statements, statement.period_end, 1)
    }

    /// At disbursement, last time, now and in the same period of the year before (4.6, chapter 6).
    pub(in crate::report) fn four_columns(
        &self,
        visited: NaiveDate,
        before: Option<NaiveDate>,
    ) -> Vec<Block> {
        let t = self.t;
        let Some(now) = self.statement_by(visited) else {
            return vec![Block::Text(Said::missing(t.no_statements))];
        };
        let running = self.base.dossier.loans.iter();
        let running = running.filter(|loan| loan.status == crate::domain::loan::LoanStatus::Active);
        let first = running.map(|loan| loan.disbursed_on).min();
        let same = self.year_before(now);
        let earlier = |statement: &&Statement| statement.period_end < now.period_end;
        let columns = [
            (t.at_disbursement, first.and_then(|day| self.statement_by(day))),
            (t.last_time, before.and_then(|day| self.statement_by(day)).filter(earlier)),
            (t.now, Some(now)),
            (t.year_before, same),
        ];
        let mut notes = Vec::new();
        if now.months.is_some_and(|months| months != 12) {
            notes.push(t.interim.to_owned());
        }
        let age = (visited - now.period_end).num_days();
        if age > 180 {
            notes.push(t.old_statement(age));
        }
        let columns: Vec<(String, Option<&Statement>)> = columns
            .into_iter()
            .map(|(title, statement)| {
                let end = statement.map_or(t.not_obtained.to_owned(), |s| self.period(s));
                (format!(">{title}\n{end}"), statement)
            })
            .collect();
        let all = self.periods();
        let judged = period_of(&all, now);
        let is_known = |of: &Ratio| {
            ALWAYS.contains(of) || judged.is_some_and(|period| period.value(*of).is_some())
        };
        let ratios = Ratio::ALL.iter().copied().filter(is_known);
        let lines = AMOUNTS.into_iter().map(Line::Amount).chain(ratios.map(Line::Ratio));
        // Of what came after the visit nothing is told in its report.
        let facts = statements::facts(&self.base.dossier.statements, now.period_end);
        notes.extend(facts.into_iter().map(|fact| {
            let said = words::statement_fact(self.lang, fact);
            format!("{said}{}", self.lang.stop())
        }));
        let mut blocks = vec![self.lines_table(&all, &columns, lines, judged)];
        blocks.extend(notes.into_iter().map(Block::Note));
        blocks
    }

    /// `2026-06-30 6个月`.
    fn period(&self, statement: &Statement) -> String {
        match statement.months {
            Some(months) => format!("{} {}", statement.period_end, self.t.months(months)),
            None => statement.period_end.to_string(),
        }
    }

    /// The eight figures over the last statements.
    pub(in crate::report) fn eight(&self) -> Block {
        let mut shown: Vec<&Statement> = self.base.dossier.statements.iter().take(4).collect();
        if shown.is_empty() {
            return Block::Text(Said::missing(self.t.no_statements));
        }
        shown.reverse();
        let columns: Vec<(String, Option<&Statement>)> =
            shown.iter().map(|s| (format!(">{}", self.period(s)), Some(*s))).collect();
        self.lines_table(&self.periods(), &columns, EIGHT.into_iter(), None)
    }

    /// Every period with its ratios; what the bank knows stands beside the latest.
    fn periods(&self) -> Vec<Period<'_>> {
        let dossier = &self.base.dossier;
        let flows = dossier.flows.iter().map(|(month, inflow, _)| (month.as_str(), *inflow));
        let collateral = dossier.collateral.iter().filter(|item| item.counts);
        let latest = dossier.statements.first();
        let owed = (dossier.exposure, self.secured());
        let known = statements::beside(owed, collateral.map(|item| item.value), flows, latest);
        statements::periods(&dossier.statements, &known)
    }

    fn lines_table(
        &self,
        all: &[Period<'_>],
        columns: &[(String, Option<&Statement>)],
        lines: impl Iterator<Item = Line>,
        judged: Option<&Period<'_>>,
    ) -> Block {
        let t = self.t;
        let item = t.unit(t.figure);
        let mut titles = vec![item.as_str()];
        titles.extend(columns.iter().map(|(title, _)| title.as_str()));
        if judged.is_some() {
            titles.push(t.judgement);
        }
        let mut table = Table::new(&titles);
        // Columns of years are alike wide, whatever one of them lacks.
        table.shares.push(24);
        table.shares.extend(columns.iter().map(|_| 17));
        table.shares.extend(judged.map(|_| 9));
        for line in lines {
            let mut row = vec![Said::from(self.t.begun(&self.line_name(line)))];
            row.extend(columns.iter().map(|(_, statement)| match statement {
                Some(statement) => self.line_value(line, statement, period_of(all, statement)),
                // The heading of the column says that there is none.
                None => Said::missing("—"),
            }));
            row.extend(judged.map(|period| self.light(line, period)));
            table.row(row);
        }
        Block::Table(table)
    }

    fn line_name(&self, line: Line) -> String {
        match line {
            Line::Amount(line) => words::statement_line(self.lang, line).to_owned(),
            Line::Ratio(of) => {
                let signals = crate::assets::signals::shared().ok();
                let rule = signals.as_ref().and_then(|signals| signals.ratio(of));
                rule.map_or_else(
                    || of.as_code().to_owned(),
                    |rule| self.lang.pick(&rule.en, &rule.zh).to_owned(),
                )
            }
        }
    }

    fn line_value(&self, line: Line, statement: &Statement, period: Option<&Period<'_>>) -> Said {
        match line {
            Line::Amount(line) => self.figure(statement.get(line)),
            Line::Ratio(of) => match period.and_then(|period| period.ratios.get(&of)) {
                Some(Ok(value)) if of.unit() == Unit::Percent => {
                    format!("{}%", format::one_decimal(*value)).into()
                }
                Some(Ok(value)) => format::two_decimals(*value).into(),
                Some(Err(why)) => Said::missing(self.not_computable(*why)),
                None => Said::missing("—"),
            },
        }
    }

    fn not_computable(&self, why: NotComputable) -> String {
        let text = &Catalog::of(self.lang).statements;
        format!("{}{}", text.not_computable, self.t.bracketed(&text.reason(why)))
    }

    /// The judgement of a ratio by its limits, as the screens have it.
    fn light(&self, line: Line, period: &Period<'_>) -> Said {
        let Line::Ratio(of) = line else { return Said::default() };
        let Ok(signals) = crate::assets::signals::shared() else { return Said::default() };
        let dossier = &self.base.dossier;
        let industry = dossier.industry.as_deref();
        let judges = signals.judges(industry, dossier.unfinished);
        // What is not judged is not told as fine.
        let Some(rule) = signals.ratio(of).filter(|_| judges) else { return Said::default() };
        let (value, before) = (period.value(of), period.value_before(of));
        match statements::level_of(of, rule, period.statement, value, before, industry) {
            Some(Level::Yellow) => Said::strong(self.t.light_watch),
            Some(Level::Orange) => Said::strong(self.t.light_alarm),
            Some(Level::Red) => Said::strong(self.t.light_grave),
            None if value.is_some() => Said::from(self.t.light_ok),
            None => Said::default(),
        }
    }

    /// Inflow and outflow of the last months up to a day.
    pub(in crate::report) fn flows(&self, until: NaiveDate) -> Block {
        let t = self.t;
        let columns = [
            t.month.to_owned(),
            format!(">{}", t.unit(t.inflow)),
            format!(">{}", t.unit(t.outflow)),
            format!(">{}", t.against_before),
        ];
        let mut table = Table::new(&columns.each_ref().map(String::as_str));
        let last = until.format("%Y-%m").to_string();
        let known: Vec<_> =
            self.base.dossier.flows.iter().filter(|(month, ..)| *month <= last).collect();
        let start = known.len().saturating_sub(12);
        let mut before: Option<Fen> = None;
        for (at, (month, inflow, outflow)) in known.into_iter().enumerate() {
            if at >= start {
                let change = match (inflow, before) {
                    (Some(now), Some(then)) if then.0 > 0 => {
                        let percent = i128::from(now.0 - then.0) * 1_000_000 / i128::from(then.0);
                        let percent = Decimal4(i64::try_from(percent).unwrap_or(i64::MAX));
                        Said::from(signed_percent(percent))
                    }
                    _ => Said::missing(t.not_computable),
                };
                let (inflow, outflow) = (self.figure(*inflow), self.figure(*outflow));
                table.row(vec![month.as_str().into(), inflow, outflow, change]);
            }
            before = *inflow;
        }
        table.or(t.no_flows)
    }
}
