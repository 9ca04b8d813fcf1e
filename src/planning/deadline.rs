//! Deadlines beside visits: facts, pack and day in, what nobody has met out. They never become due
//! visits: nobody has to go anywhere, and what the plan prints stays what `planning.md` says.

use chrono::{Datelike as _, Months, NaiveDate};

use crate::domain::deadline::{
    CovenantFact, Deadline, DeadlineFacts, DeadlineKind, DeadlineMark, DeadlineRules, Frequency,
    Headroom, LoanFact, Operator,
};
use crate::domain::loan::LoanStatus;
use crate::domain::money::Decimal4;

use super::ledger::plus;

/// Computes the deadlines of a customer that are open: those that have passed, and those that stand
/// in lists on some day up to `to`. In order of due day, kind and reference.
pub fn deadlines(
    facts: &DeadlineFacts,
    rules: &DeadlineRules,
    today: NaiveDate,
    to: NaiveDate,
) -> Vec<Deadline> {
    let mut maker = Maker { facts, rules, today, to, made: Vec::new() };
    let active = facts.loans.iter().filter(|loan| loan.status == LoanStatus::Active);
    if let Some(begun) = active.map(|loan| loan.disbursed_on).min() {
        let since = facts.onboarded_on.map_or(begun, |day| day.max(begun));
        for covenant in &facts.covenants {
            // One that belongs to a loan is owed since that loan, and as long as it runs.
            let since = match covenant.loan.as_deref().map(|id| running(facts, id)) {
                None => since,
                Some(Some(begun)) => since.max(begun),
                Some(None) => continue,
            };
            if covenant.financial {
                maker.test(covenant, since);
            } else {
                maker.statements(covenant, since);
            }
        }
        maker.conditions();
        maker.collateral();
        maker.drawdowns();
        maker.steps();
    }
    maker.limitation();
    let mut made = maker.made;
    made.sort_by(|a, b| (a.due, a.kind, &a.reference).cmp(&(b.due, b.kind, &b.reference)));
    made
}

/// How a figure stands to its limit.
pub fn headroom(
    operator: Operator,
    limit: Decimal4,
    figure: Decimal4,
    near_percent: u32,
) -> Headroom {
    let (limit, figure) = (i128::from(limit.0), i128::from(figure.0));
    let (kept, room) = match operator {
        Operator::Less => (figure < limit, limit - figure),
        Operator::AtMost => (figure <= limit, limit - figure),
        Operator::AtLeast => (figure >= limit, figure - limit),
        Operator::More => (figure > limit, figure - limit),
    };
    if !kept {
        Headroom::Breach
    } else if room * 100 < limit.abs() * i128::from(near_percent) {
        Headroom::Near
    } else {
        Headroom::Ok
    }
}

/// Since when a loan runs; `None` = it does not.
fn running(facts: &DeadlineFacts, id: &str) -> Option<NaiveDate> {
    let runs = |loan: &&LoanFact| loan.id == id && loan.status == LoanStatus::Active;
    facts.loans.iter().find(runs).map(|loan| loan.disbursed_on)
}

struct Maker<'a> {
    facts: &'a DeadlineFacts,
    rules: &'a DeadlineRules,
    today: NaiveDate,
    to: NaiveDate,
    made: Vec<Deadline>,
}

impl Maker<'_> {
    /// Whether somebody has met this one or let it off.
    fn is_marked(&self, kind: DeadlineKind, reference: &str, due: NaiveDate) -> bool {
        let is_it = |mark: &&crate::domain::deadline::MarkFact| {
            mark.kind == kind && mark.due == due && mark.reference == reference
        };
        self.facts.marks.iter().any(|mark| is_it(&mark))
    }

    fn add(&mut self, deadline: Deadline) {
        if deadline.due <= self.to
            && !self.is_marked(deadline.kind, &deadline.reference, deadline.due)
        {
            self.made.push(deadline);
        }
    }

    fn open(&self, kind: DeadlineKind, reference: &str, due: NaiveDate, about: &str) -> Deadline {
        let lead = self.rules.of(kind).map_or(0, |rule| rule.lead);
        Deadline {
            kind,
            reference: reference.to_owned(),
            due,
            opens: plus(due, -i64::from(lead)),
            about: about.to_owned(),
            loan: None,
            period_end: None,
            headroom: None,
            figure: None,
            target: None,
            balance: None,
            late_in_a_row: u32::from(due < self.today),
        }
    }

    /// What is history when a customer comes under the system is not asked for any more.
    fn is_history(&self, due: NaiveDate) -> bool {
        self.facts.onboarded_on.is_some_and(|day| due <= day)
    }

    fn statements(&mut self, covenant: &CovenantFact, since: NaiveDate) {
        let frequency = covenant.frequency.unwrap_or(Frequency::Quarterly);
        let days = i64::from(self.rules.days_after(frequency));
        let mut late = 0;
        for end in ends(frequency, since, self.to) {
            let due = plus(end, days);
            let there = self.facts.statements.contains(&end);
            if there
                || self.is_marked(DeadlineKind::Statement, &covenant.id, due)
                || self.is_history(due)
            {
                late = 0;
                continue;
            }
            let mut one =
                self.open(DeadlineKind::Statement, &covenant.id, due, &covenant.indicator);
            one.loan.clone_from(&covenant.loan);
            one.period_end = Some(end);
            late += u32::from(due < self.today);
            one.late_in_a_row = if due < self.today { late } else { 0 };
            self.add(one);
        }
    }

    /// A financial covenant always stands in the list with how it stands, under the day on which its
    /// next figures are due; without the figures of the last period it is unknown, and late.
    fn test(&mut self, covenant: &CovenantFact, since: NaiveDate) {
        let frequency = covenant.frequency.unwrap_or(Frequency::Quarterly);
        let days = i64::from(self.rules.days_after(frequency));
        let newest = covenant.tested.map(|(end, _)| end);
        let mut all = ends(frequency, since, plus(self.to, 366)).into_iter();
        let next = all.find(|end| {
            let due = plus(*end, days);
            newest.is_none_or(|newest| *end > newest)
                && !self.is_history(due)
                && !self.is_marked(DeadlineKind::Covenant, &covenant.id, due)
        });
        let Some(end) = next else { return };
        let due = plus(end, days);
        let mut one = self.open(DeadlineKind::Covenant, &covenant.id, due, &covenant.indicator);
        one.loan.clone_from(&covenant.loan);
        one.period_end = Some(end);
        let state = match (covenant.operator, covenant.limit, covenant.tested) {
            (Some(operator), Some(limit), Some((_, figure))) => {
                headroom(operator, limit, figure, self.rules.near_percent)
            }
            _ => Headroom::Unknown,
        };
        // Figures that should be there by now and are not say nothing about today.
        one.headroom = Some(if due < self.today { Headroom::Unknown } else { state });
        one.figure = covenant.tested.map(|(_, figure)| figure);
        if matches!(one.headroom, Some(Headroom::Near | Headroom::Breach | Headroom::Unknown)) {
            one.opens = one.opens.min(self.today);
        }
        self.made.push(one);
    }

    fn conditions(&mut self) {
        for (id, text, due) in &self.facts.conditions {
            let one = self.open(DeadlineKind::Condition, id, *due, text);
            self.add(one);
        }
    }

    fn collateral(&mut self) {
        for piece in &self.facts.collateral {
            let goods =
                self.rules.goods_words.iter().any(|word| piece.kind.contains(word.as_str()));
            let months = if goods { self.rules.goods_months } else { self.rules.valuation_months };
            let counted =
                piece.valued_on.and_then(|day| day.checked_add_months(Months::new(months)));
            if let Some(due) = piece.next_valuation_on.or(counted) {
                let one = self.open(DeadlineKind::Valuation, &piece.id, due, &piece.kind);
                self.add(one);
            }
            if let Some(due) = piece.insured_until {
                let one = self.open(DeadlineKind::Insurance, &piece.id, due, &piece.kind);
                self.add(one);
            }
        }
    }

    fn drawdowns(&mut self) {
        for (id, drawn_on) in &self.facts.drawdowns {
            let due = plus(*drawn_on, i64::from(self.rules.drawdown_days));
            if !self.is_history(due) {
                let one = self.open(DeadlineKind::Drawdown, id, due, "");
                self.add(one);
            }
        }
    }

    /// Met by itself once the balance is there.
    fn steps(&mut self) {
        for step in &self.facts.steps {
            if self.facts.balance.is_some_and(|balance| balance <= step.target) {
                continue;
            }
            let mut one = self.open(DeadlineKind::Step, &step.reference, step.due, &step.measure);
            (one.target, one.balance) = (Some(step.target), self.facts.balance);
            let told = plus(step.due, i64::from(self.rules.step_grace));
            one.late_in_a_row = u32::from(told < self.today);
            self.add(one);
        }
    }

    /// Three years from the maturity of a loan that is not settled, anew from each interruption.
    fn limitation(&mut self) {
        for loan in &self.facts.loans {
            let Some(matured) = loan.matures_on.filter(|day| *day < self.today) else { continue };
            let about_it = || {
                self.facts.marks.iter().filter(|mark| {
                    mark.kind == DeadlineKind::Limitation && mark.reference == loan.id
                })
            };
            if about_it().any(|mark| mark.mark == DeadlineMark::Waived) {
                continue;
            }
            let from = about_it().map(|mark| mark.on).chain([matured]).max().unwrap_or(matured);
            let period = Months::new(self.rules.limitation_months);
            let Some(due) = from.checked_add_months(period) else { continue };
            let one = self.open(DeadlineKind::Limitation, &loan.id, due, "");
            self.add(one);
        }
    }
}

/// The ends of the periods after a day: the last days of months, quarters, half-years or years.
fn ends(frequency: Frequency, since: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let Some(months) = frequency.months() else {
        // Once: the first quarter that ends after it.
        return ends(Frequency::Quarterly, since, NaiveDate::MAX.min(plus(since, 100)))
            .into_iter()
            .take(1)
            .collect();
    };
    let first = NaiveDate::from_ymd_opt(since.year(), 1, 1).unwrap_or(since);
    let mut found = Vec::new();
    let mut step = months;
    while let Some(next) = first.checked_add_months(Months::new(step)) {
        let Some(end) = next.pred_opt().filter(|end| *end <= to) else { break };
        if end > since {
            found.push(end);
        }
        step += months;
    }
    found
}

#[cfg(test)]
mod tests;
