//! Duties that come from an event: drawdown, loan, handover, flag, task (section 2).

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::domain::duty::{DutyClass, DutyCode, Standing};
use crate::domain::flag::Flag;
use crate::domain::loan::{Loan, LoanStatus, Tier};
use crate::domain::visit::Visit;
use crate::domain::workday::Workdays;

use super::Policy;
use super::kept;
use super::ledger::{By, Item, Ledger, State, accepts, decide, plus, workday_rule};
use super::policy::{NodeRule, RuleName, Span};
use super::reason;
use super::seen::Seen;

/// What all node duties of one customer share.
pub(super) struct Nodes<'a, 's> {
    pub(super) seen: &'s Seen<'a>,
    pub(super) policy: &'a Policy,
    pub(super) days: &'s Workdays,
    /// Row of the matrix; `None` = a gap blocks, conditions on the row count as fulfilled.
    pub(super) row: Option<usize>,
}

impl<'a> Nodes<'a, '_> {
    /// Adds every node duty to the ledger.
    pub(super) fn add(&self, ledger: &mut Ledger<'a>) {
        for loan in self.seen.loans() {
            if loan.status == LoanStatus::Active || ledger.wants_missing {
                self.loan(ledger, loan);
            }
        }
        for handover in self.seen.file.handovers.iter().filter(|h| h.on <= self.seen.as_of) {
            let rule = &self.policy.handover;
            let (opens, raw_due) = (plus(handover.on, rule.opens), plus(handover.on, rule.due));
            let id = Cow::Borrowed(handover.id.as_str());
            let item = self.item(DutyCode::Handover, id, rule.class, opens, raw_due, &rule.name);
            let large = self.seen.exposure.is_some_and(|sum| sum >= rule.min_exposure);
            let absent = if self.seen.active.is_empty() {
                Some(reason::NO_ACTIVE_LOAN)
            } else if !large && self.seen.tier == Tier::Normal {
                Some(reason::SMALL_EXPOSURE)
            } else {
                None
            };
            self.settle(ledger, item, absent);
        }
        for flag in &self.seen.file.flags {
            self.flag(ledger, flag);
        }
        self.directed(ledger);
    }

    fn item(
        &self,
        code: DutyCode,
        reference: Cow<'a, str>,
        class: DutyClass,
        opens: NaiveDate,
        raw_due: NaiveDate,
        name: &'a RuleName,
    ) -> Item<'a> {
        let due = workday_rule(self.days, raw_due, opens, self.seen.onboarded());
        let (delayed_from, state, by) = (None, State::Open, By::Rule(name));
        Item { code, reference, class, opens, raw_due, due, delayed_from, by, state }
    }

    /// Takes a duty in, unless it is absent or history; looks for the visit that met it. One that was
    /// kept stays as it was, as long as its loan runs.
    fn settle(&self, ledger: &mut Ledger<'a>, mut item: Item<'a>, absent: Option<&'static str>) {
        let ended = matches!(absent, Some(reason::LOAN_ENDED | reason::NO_ACTIVE_LOAN));
        let kept = self.seen.kept(item.code, &item.reference);
        let kept = kept.filter(|one| one.instead == Some(item.raw_due)).last();
        if let Some(kept) = kept.filter(|_| !ended) {
            if kept.standing == Standing::Spared {
                return ledger.missing(item, reason::BEFORE_POLICY);
            }
            let mut kept = Item::of_kept(kept);
            decide(self.seen, &mut kept);
            self.meet(&mut kept);
            ledger.items.push(kept);
            return;
        }
        if let Some(reason) = absent {
            return ledger.missing(item, reason);
        }
        if self.seen.onboarded().is_some_and(|day| item.raw_due <= day) {
            return ledger.missing(item, reason::BEFORE_ONBOARDING);
        }
        decide(self.seen, &mut item);
        self.meet(&mut item);
        ledger.items.push(item);
    }

    /// The earliest done visit of an accepted class that served the duty meets it (section 4).
    fn meet(&self, item: &mut Item<'a>) {
        if !item.is_open() {
            return;
        }
        let as_then = kept::met_then(self.seen, item);
        let found = as_then
            .or_else(|| self.seen.visits.iter().copied().find(|visit| self.served(item, visit)));
        if let Some(visit) = found {
            item.state = State::Met(visit);
        }
    }

    /// A visit from before the cadence was watched meets `before_maturity` whatever its class: then
    /// nobody could know that it had to be on-site.
    fn served(&self, item: &Item<'_>, visit: &Visit) -> bool {
        visit.visited_on >= item.opens
            && (accepts(item.class, visit.class)
                || (item.code == DutyCode::BeforeMaturity
                    && item.kept().is_none()
                    && self.seen.cadence_since().is_some_and(|day| visit.visited_on <= day)))
            && visit.purposes.iter().any(|p| p.covers(item.code, &item.reference))
    }

    fn loan(&self, ledger: &mut Ledger<'a>, loan: &'a Loan) {
        let ended = (loan.status != LoanStatus::Active).then_some(reason::LOAN_ENDED);
        let id = || Cow::Borrowed(loan.id.as_str());
        let rule = &self.policy.use_of_funds;
        let drawn = |reference, on: NaiveDate| {
            let (opens, raw_due) = (plus(on, rule.opens), plus(on, rule.due));
            self.item(DutyCode::UseOfFunds, reference, rule.class, opens, raw_due, &rule.name)
        };
        if loan.drawdowns.is_empty() {
            let item = drawn(Cow::Owned(format!("{}#1", loan.id)), loan.disbursed_on);
            self.settle(ledger, item, ended);
        }
        for drawdown in loan.drawdowns.iter().filter(|d| d.drawn_on <= self.seen.as_of) {
            let item = drawn(Cow::Borrowed(drawdown.id.as_str()), drawdown.drawn_on);
            self.settle(ledger, item, ended);
        }
        // The other duties of a loan need its maturity; without it the gap is listed instead.
        let Some(matures_on) = loan.matures_on else { return };
        let start = loan.disbursed_on;
        let term = (matures_on - start).num_days();

        let rule = &self.policy.day90;
        let (opens, raw_due) = (plus(start, rule.opens), plus(start, rule.due));
        let item = self.item(DutyCode::Day90, id(), rule.class, opens, raw_due, &rule.name);
        let absent = (raw_due >= matures_on).then_some(reason::MATURES_BEFORE);
        self.settle(ledger, item, ended.or(self.exempt(rule)).or(absent));

        let rule = &self.policy.renewal_talk;
        let opens = plus(matures_on, rule.opens).max(plus(start, rule.not_before));
        let raw_due = plus(matures_on, rule.due);
        let item = self.item(DutyCode::RenewalTalk, id(), rule.class, opens, raw_due, &rule.name);
        let absent = match self.seen.exposure.zip(loan.balance) {
            _ if term < rule.min_term => Some(reason::SHORT_TERM),
            None => Some(reason::AMOUNT_MISSING),
            Some((exposure, _)) if exposure < rule.min_exposure => Some(reason::SMALL_EXPOSURE),
            Some((_, balance)) if balance < rule.min_balance => Some(reason::SMALL_BALANCE),
            Some(_) => None,
        };
        self.settle(ledger, item, ended.or(self.exempt(rule)).or(absent));

        let rule = &self.policy.before_maturity;
        let opens = plus(matures_on, rule.opens).max(plus(start, rule.not_before));
        let raw_due = plus(matures_on, rule.due);
        let onsite_row = self.row.is_some_and(|row| rule.onsite_rows.contains(&row));
        let onsite = onsite_row && term >= rule.onsite_min_term;
        let class = if onsite { DutyClass::Onsite } else { rule.class };
        let item = self.item(DutyCode::BeforeMaturity, id(), class, opens, raw_due, &rule.name);
        let absent = (raw_due <= start).then_some(reason::SHORT_TERM);
        self.settle(ledger, item, ended.or(self.exempt(rule)).or(absent));
    }

    fn exempt(&self, rule: &NodeRule) -> Option<&'static str> {
        self.row.filter(|row| rule.except_rows.contains(row)).map(|_| reason::ROW_EXEMPT)
    }

    fn after(&self, date: NaiveDate, span: Span) -> NaiveDate {
        match span {
            Span::Days(n) => plus(date, i64::from(n)),
            Span::Workdays(n) => self.days.plus_workdays(date, n),
        }
    }

    /// The chain of revisits of one flag: each visit that meets one starts the next, until one is
    /// unmet or terminated.
    fn flag(&self, ledger: &mut Ledger<'a>, flag: &'a Flag) {
        let Some(confirmed) = flag.confirmed_on.filter(|day| *day <= self.seen.as_of) else {
            return;
        };
        let rule = &self.policy.flag_revisit;
        let step = rule.of(flag.level);
        let mut from = [flag.level_since, self.seen.onboarded()]
            .into_iter()
            .flatten()
            .fold(confirmed, NaiveDate::max);
        let mut raw_due = self.after(from, step.first);
        let code = DutyCode::FlagRevisit;
        // What was kept begins the chain, unless the level has risen since.
        let kept = self.seen.kept(code, flag.id.as_str());
        let since = from;
        let mut kept = kept.filter(|one| one.duty.opens >= since).map(Item::of_kept);
        loop {
            let id = Cow::Borrowed(flag.id.as_str());
            let opens = plus(from, rule.opens);
            let mut item = kept
                .next()
                .unwrap_or_else(|| self.item(code, id, step.class, opens, raw_due, &rule.name));
            if !self.seen.is_open(flag) {
                return ledger.missing(item, reason::FLAG_NOT_OPEN);
            }
            decide(self.seen, &mut item);
            self.meet(&mut item);
            let met = match item.state {
                State::Met(visit) => Some(visit.visited_on),
                _ => None,
            };
            ledger.items.push(item);
            let Some(met) = met else { return };
            from = met;
            raw_due = self.after(from, step.again);
        }
    }

    /// Directed inspections keep their own date, also on a day without work.
    fn directed(&self, ledger: &mut Ledger<'a>) {
        for task in self.seen.file.tasks.iter().filter(|t| t.issued_on <= self.seen.as_of) {
            let mut item = Item {
                code: DutyCode::Directed,
                reference: Cow::Borrowed(task.id.as_str()),
                class: task.class,
                opens: task.issued_on,
                raw_due: task.due_on,
                due: task.due_on,
                delayed_from: None,
                by: By::Rule(&self.policy.directed),
                state: State::Open,
            };
            if task.closed_on.is_some_and(|day| day <= self.seen.as_of) {
                ledger.missing(item, reason::TASK_CLOSED);
                continue;
            }
            decide(self.seen, &mut item);
            self.meet(&mut item);
            ledger.items.push(item);
        }
    }
}
