//! Entering a statement: a grid of lines, the period before beside each, and the rules by which it
//! adds up judged while one types.

use std::borrow::Cow;

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::crossterm::event::KeyCode;
use ratatui::layout::Rect;

use super::Step;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::statement::{
    MOST_MONTHS, Statement, StatementLine, StatementPart, StatementSource, doubts, is_share,
};
use crate::i18n::format;
use crate::protocol::command::{Command, KeepStatement};
use crate::risk::statements::Balance;
use crate::ui::action::{Action, Entering as Wanted};
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::widgets::input::Input;
use crate::ui::widgets::scroll::Scroll;

mod draw;

/// A row of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// 报表日期
    End,
    /// 报表月数
    Months,
    /// 报表来源
    Source,
    /// 已审计
    Audited,
    /// A line of the statement.
    Line(StatementLine),
    /// 股权质押比例
    Pledged,
}

/// In what amounts are typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Unit {
    #[default]
    Yuan,
    Wan,
}

impl Unit {
    fn read(self, text: &str) -> Option<Fen> {
        match self {
            Self::Yuan => Fen::parse_yuan(text),
            Self::Wan => Fen::parse_wan(text),
        }
        .ok()
    }

    /// The amount as it would have been typed, exactly.
    fn write(self, fen: Fen) -> String {
        let text = match self {
            Self::Yuan => fen.to_string(),
            Self::Wan => {
                let (sign, n) = (if fen.0 < 0 { "-" } else { "" }, fen.0.unsigned_abs());
                format!("{sign}{}.{:06}", n / 1_000_000, n % 1_000_000)
            }
        };
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

/// A statement being entered.
#[derive(Debug)]
pub struct Entering {
    wanted: Wanted,
    rows: Vec<(Row, Input)>,
    unit: Unit,
    scroll: Scroll,
    /// What was said last about what was typed or refused.
    fault: Option<String>,
    /// Esc was pressed with something typed: once more throws it away.
    leaving: bool,
    /// What was told with its doubts: saving it once more keeps it.
    doubted: Option<Statement>,
}

impl Entering {
    pub(super) fn new(wanted: Wanted) -> Self {
        let statement = &wanted.statement;
        let unit = Unit::default();
        let mut rows = vec![
            (Row::End, Input::preset(&statement.period_end.to_string())),
            (
                Row::Months,
                Input::preset(&statement.months.map_or(String::new(), |m| m.to_string())),
            ),
            (Row::Source, Input::new(statement.source.map_or("", StatementSource::as_code))),
            (Row::Audited, Input::new(if statement.audited { "1" } else { "" })),
        ];
        for part in StatementPart::ALL {
            for line in StatementLine::ALL.iter().filter(|line| line.part() == *part) {
                let text = statement.get(*line).map_or(String::new(), |fen| unit.write(fen));
                rows.push((Row::Line(*line), Input::new(&text)));
            }
        }
        let pledged = statement.pledged.map_or(String::new(), |share| share.to_string());
        rows.push((Row::Pledged, Input::new(&pledged)));
        let (scroll, fault) = (Scroll::default(), None);
        Self { wanted, rows, unit, scroll, fault, leaving: false, doubted: None }
    }

    /// What stands in the way, and that one more Esc leaves.
    fn told<'a>(&'a self, ctx: &Ctx<'a>) -> Option<Cow<'a, str>> {
        let leaving = self.leaving.then_some(ctx.text.statements.unsaved);
        let told = leaving.or(self.fault.as_deref()).map(Cow::Borrowed);
        told.or_else(|| self.on_file(ctx).map(Cow::Owned))
    }

    /// Another statement is on file for the day: it is corrected, never written over unseen.
    fn on_file(&self, ctx: &Ctx<'_>) -> Option<String> {
        let day = self.text_of(Row::End).parse::<NaiveDate>().ok()?;
        let there = self.wanted.on_file.contains(&day);
        there.then(|| ctx.text.statements.on_file(day))
    }

    fn focused(&self) -> Option<Row> {
        self.rows.get(self.scroll.selected()).map(|(row, _)| *row)
    }

    fn text_of(&self, wanted: Row) -> String {
        let found = self.rows.iter().find(|(row, _)| *row == wanted);
        found.map(|(_, input)| input.text().trim().to_owned()).unwrap_or_default()
    }

    /// What is typed so far; a row that can't be read is left out and named.
    fn read(&self) -> (Statement, Option<Row>) {
        let mut wrong = None;
        let end = self.text_of(Row::End).parse::<NaiveDate>();
        if end.is_err() {
            wrong = Some(Row::End);
        }
        let mut statement = Statement::empty(end.unwrap_or(self.wanted.statement.period_end));
        for (row, input) in self.rows.iter().filter(|(_, input)| !input.text().trim().is_empty()) {
            let text = input.text();
            let read = match row {
                Row::End => true,
                Row::Months => {
                    let months = text.trim().parse().ok();
                    statement.months = months.filter(|n| (1..=MOST_MONTHS).contains(n));
                    statement.months.is_some()
                }
                Row::Source => {
                    statement.source = StatementSource::from_code(&text);
                    true
                }
                Row::Audited => {
                    statement.audited = true;
                    true
                }
                Row::Line(line) => match self.unit.read(&text) {
                    Some(fen) => statement.amounts.insert(*line, fen).is_none(),
                    None => false,
                },
                Row::Pledged => {
                    let share = Decimal4::parse(&text).ok();
                    statement.pledged = share.filter(|share| is_share(*share));
                    statement.pledged.is_some()
                }
            };
            if !read {
                wrong = wrong.or(Some(*row));
            }
        }
        (statement, wrong)
    }

    pub(super) fn on_key(&mut self, key: Key) -> bool {
        let taken = self.take(key);
        // Whoever goes on writing does not leave.
        self.leaving &= !taken;
        taken
    }

    fn take(&mut self, key: Key) -> bool {
        let (row, unit) = (self.focused(), self.unit);
        let typed = key.half_width().typed();
        if typed.is_some() || matches!(key.code, KeyCode::Backspace | KeyCode::Delete) {
            self.fault = None;
        }
        if let (Some(Row::Line(line)), Some('=')) = (row, typed) {
            let (statement, _) = self.read();
            if let Some(fen) = solve(line, &statement) {
                self.set_focused(&unit.write(fen));
            }
            return true;
        }
        let Some((row, input)) = self.rows.get_mut(self.scroll.selected()) else { return false };
        match (row, typed) {
            (Row::Source, Some(_)) => {
                let all = StatementSource::ALL;
                let at = all.iter().position(|source| source.as_code() == input.text());
                let next = at.map_or(0, |at| at + 1);
                input.set(all.get(next).map_or("", |source| source.as_code()));
                true
            }
            (Row::Audited, Some(_)) => {
                let now = if input.is_empty() { "1" } else { "" };
                input.set(now);
                true
            }
            (Row::Source | Row::Audited, None) if key.code == KeyCode::Backspace => {
                input.set("");
                true
            }
            (_, Some(_)) => input.on_key(key.half_width()),
            _ => input.on_key(key),
        }
    }

    fn set_focused(&mut self, text: &str) {
        if let Some((_, input)) = self.rows.get_mut(self.scroll.selected()) {
            input.set(text);
        }
    }

    /// A column copied from a spreadsheet fills the rows from here on.
    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        let mut at = self.scroll.selected();
        let cells = text.lines().map(|line| line.split('\t').next().unwrap_or_default());
        for cell in cells {
            let Some((row, input)) = self.rows.get_mut(at) else { break };
            match row {
                Row::Line(_) | Row::Pledged | Row::Months | Row::End => {
                    let plain: String =
                        cell.chars().filter(|c| !c.is_whitespace() && *c != '¥').collect();
                    input.set(&plain);
                }
                Row::Source | Row::Audited => {}
            }
            at += 1;
        }
        self.scroll.select(at.saturating_sub(1).min(self.rows.len().saturating_sub(1)));
        self.leaving = false;
        true
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        let leaving = std::mem::take(&mut self.leaving);
        if self.scroll.on_action(action, self.rows.len()) {
            return Step::stay();
        }
        match action {
            Action::Accept => {
                let last = self.rows.len().saturating_sub(1);
                self.scroll.select((self.scroll.selected() + 1).min(last));
            }
            Action::StepNext => self.turn(true),
            Action::StepPrevious => self.turn(false),
            Action::Unit => self.change_unit(),
            Action::Save => return self.save(ctx),
            Action::Back => {
                let (now, _) = self.read();
                if leaving || now == self.wanted.statement {
                    return Step::close(Vec::new());
                }
                self.leaving = true;
            }
            _ => {}
        }
        Step::stay()
    }

    /// To the first row of the next or the previous part.
    fn turn(&mut self, forward: bool) {
        let part = |row: Row| match row {
            Row::Line(line) => 1 + line.part() as usize,
            Row::Pledged => 1 + StatementPart::Notes as usize,
            _ => 0,
        };
        let now = self.focused().map_or(0, part);
        let wanted = if forward { now + 1 } else { now.saturating_sub(1) };
        if let Some(at) = self.rows.iter().position(|(row, _)| part(*row) == wanted) {
            self.scroll.select(at);
        }
    }

    /// What can be read is written in the other unit; what can't stays as it is.
    fn change_unit(&mut self) {
        let other = match self.unit {
            Unit::Yuan => Unit::Wan,
            Unit::Wan => Unit::Yuan,
        };
        for (row, input) in &mut self.rows {
            if let (Row::Line(_), Some(fen)) = (row, self.unit.read(&input.text())) {
                input.set(&other.write(fen));
            }
        }
        self.unit = other;
    }

    fn save(&mut self, ctx: &Ctx<'_>) -> Step {
        let (statement, wrong) = self.read();
        if let Some(row) = wrong {
            self.go(row);
            let text = &ctx.text.statements;
            self.fault = Some(match row {
                Row::Months => text.no_months(MOST_MONTHS),
                Row::Pledged => text.no_share.to_owned(),
                _ => text.unreadable.to_owned(),
            });
            return Step::stay();
        }
        if self.on_file(ctx).is_some() {
            self.go(Row::End);
            self.fault = None;
            return Step::stay();
        }
        if self.doubted.as_ref() != Some(&statement)
            && let Some(told) = self.doubts(&statement, ctx)
        {
            self.fault = Some(told);
            self.doubted = Some(statement);
            return Step::stay();
        }
        let Wanted { customer, statement: old, seen, .. } = &self.wanted;
        // Another day is another statement.
        let seen = if statement.period_end == old.period_end { *seen } else { 0 };
        let keep = KeepStatement { customer: customer.clone(), statement, seen, withdrawn: None };
        Step::close(vec![Action::apply(Command::KeepStatement(Box::new(keep)))])
    }

    /// What makes one ask whether it was read right, in words.
    fn doubts(&self, statement: &Statement, ctx: &Ctx<'_>) -> Option<String> {
        let text = &ctx.text.statements;
        let before = self.wanted.before.as_ref();
        let before = before.filter(|before| before.period_end < statement.period_end);
        let told: Vec<String> = doubts(statement, before)
            .into_iter()
            .map(|doubt| text.doubt(doubt, |fen| format::amount(ctx.lang, fen)))
            .collect();
        let told = told.join(ctx.lang.semicolon());
        (!told.is_empty())
            .then(|| format!("{told}{}{}", ctx.lang.pick(". ", "。"), text.kept_anyway))
    }

    fn go(&mut self, wanted: Row) {
        if let Some(at) = self.rows.iter().position(|(row, _)| *row == wanted) {
            self.scroll.select(at);
        }
    }

    /// Why it was not taken, at the field that is meant.
    pub(super) fn refused(&mut self, why: String, field: Option<&str>) {
        match field {
            Some("period_end") => self.go(Row::End),
            Some("period_months") => self.go(Row::Months),
            Some("shares_pledged") => self.go(Row::Pledged),
            _ => {}
        }
        self.fault = Some(why);
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        draw::grid(self, frame, area, ctx);
    }
}

/// What a line must be so that a rule holds whose other lines are known.
fn solve(line: StatementLine, of: &Statement) -> Option<Fen> {
    Balance::ALL.iter().find_map(|rule| rule.solve(line, of))
}

#[cfg(test)]
mod tests;
