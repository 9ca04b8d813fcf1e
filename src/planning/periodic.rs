//! Periodic duties: slots, the extra visit after a change of cadence, the sample, and which visits
//! meet them (sections 3 and 4).

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use sha2::{Digest, Sha256};

use crate::domain::duty::{DutyClass, DutyCode};
use crate::domain::visit::{Visit, VisitClass};
use crate::domain::workday::Workdays;

use super::Policy;
use super::cadence::{Asked, Series};
use super::grid::Grid;
use super::ledger::{By, Item, Ledger, State, decide, plus, workday_rule};
use super::policy::{Interval, RuleName};
use super::reason;
use super::seen::Seen;

/// Room for the workday rule: a slot that falls a little later may be due before the limit.
const WORKDAY_SLACK: i64 = 40;

/// What the periodic duties of one customer share.
pub(super) struct Periodic<'a, 's> {
    pub(super) seen: &'s Seen<'a>,
    pub(super) policy: &'a Policy,
    pub(super) days: &'s Workdays,
    /// Duties due up to this day are wanted.
    pub(super) limit: NaiveDate,
}

impl<'a> Periodic<'a, '_> {
    /// Adds every periodic duty of a customer in this cell.
    pub(super) fn add(&self, ledger: &mut Ledger<'a>, asked: &Asked<'a>) {
        let Some(grid) = Grid::new(self.seen, self.policy) else { return };
        let extra = self.extra(ledger, asked, grid.anchor);
        let (on_extra, off_extra) = match extra {
            Some(item) if item.code == DutyCode::PeriodicOnsite => (Some(item), None),
            other => (None, other),
        };
        self.series(ledger, &grid, DutyCode::PeriodicOnsite, asked.on, on_extra);
        self.series(ledger, &grid, DutyCode::PeriodicOffsite, asked.off, off_extra);
        if let Some(percent) = asked.sample {
            self.sample(ledger, asked.name, percent, grid.anchor);
        }
    }

    fn item(
        &self,
        code: DutyCode,
        opens: NaiveDate,
        raw_due: NaiveDate,
        name: &'a RuleName,
    ) -> Item<'a> {
        let cut_off = self.seen.onboarded().max(self.seen.cadence_since());
        let class = match code {
            DutyCode::PeriodicOnsite => DutyClass::Onsite,
            _ => DutyClass::Any,
        };
        Item {
            code,
            reference: Cow::Borrowed(self.seen.file.customer.id.as_str()),
            class,
            opens,
            raw_due,
            due: workday_rule(self.days, raw_due, opens, cut_off),
            delayed_from: None,
            by: By::Rule(name),
            state: State::Open,
        }
    }

    /// Why a duty with this `raw_due` is history.
    fn cut_off(&self, raw_due: NaiveDate) -> Option<&'static str> {
        if self.seen.onboarded().is_some_and(|day| raw_due <= day) {
            Some(reason::BEFORE_ONBOARDING)
        } else if self.seen.cadence_since().is_some_and(|day| raw_due <= day) {
            Some(reason::BEFORE_CADENCE)
        } else {
            None
        }
    }

    /// The extra visit after a change of cadence. Its window is as stated, also before the anchor,
    /// and it is not moved: both rules speak of slots of the grid.
    fn extra(
        &self,
        ledger: &mut Ledger<'a>,
        asked: &Asked<'a>,
        anchor: NaiveDate,
    ) -> Option<Item<'a>> {
        let opens = self.seen.file.customer.extra_visit_from?;
        let raw_due = self.days.plus_workdays(opens, self.policy.extra_visit_workdays);
        let (code, series) = match asked.on {
            Some(on) => (DutyCode::PeriodicOnsite, Some(on)),
            None => (DutyCode::PeriodicOffsite, asked.off),
        };
        let item = self.item(code, opens, raw_due, series.map_or(asked.name, |s| s.name));
        // One that was kept stands in the ledger already, and takes the place of slots all the same.
        if item.is_kept_of(self.seen) {
            return Some(item);
        }
        let absent = (raw_due <= anchor).then_some(reason::BEFORE_ANCHOR);
        if let Some(reason) = self.cut_off(raw_due).or(absent) {
            ledger.missing(item, reason);
            return None;
        }
        Some(item)
    }

    /// The slots of a series with the extra visit among them, and the visits that met them.
    fn series(
        &self,
        ledger: &mut Ledger<'a>,
        grid: &Grid<'a, '_>,
        code: DutyCode,
        series: Option<Series<'a>>,
        extra: Option<Item<'a>>,
    ) {
        let mut slots: Vec<Item<'a>> = Vec::new();
        // The extra visit takes the place of the slots from its opening to half an interval after.
        let replaced = extra.as_ref().zip(series).map(|(item, series)| {
            let months = i64::from(series.interval.months());
            let end = plus(item.raw_due, months * self.policy.grid.window_per_month);
            item.opens..end
        });
        if let Some(series) = series {
            let cut = self.seen.onboarded().max(self.seen.cadence_since());
            let skip_to = if ledger.wants_missing { None } else { cut };
            let last = plus(self.limit, WORKDAY_SLACK);
            for slot in grid.slots(series.interval, skip_to) {
                if slot.raw_due > last {
                    break;
                }
                let item = self.item(code, slot.opens, slot.raw_due, series.name);
                if item.is_kept_of(self.seen) {
                    continue;
                }
                let in_place = replaced.as_ref().is_some_and(|r| r.contains(&slot.raw_due));
                let absent = if slot.skipped {
                    Some(reason::NEXT_SLOT_FIRST)
                } else {
                    self.cut_off(slot.raw_due).or(in_place.then_some(reason::EXTRA_VISIT))
                };
                match absent {
                    Some(reason) => ledger.missing(item, reason),
                    None => slots.push(item),
                }
            }
        }
        slots.extend(extra.filter(|item| !item.is_kept_of(self.seen)));
        slots.sort_by_key(|item| item.raw_due);
        for item in &mut slots {
            decide(self.seen, item);
        }
        let onsite_only = code == DutyCode::PeriodicOnsite;
        for visit in &self.seen.visits {
            if !onsite_only || visit.class == VisitClass::Onsite {
                meet(&mut slots, visit);
            }
        }
        ledger.items.append(&mut slots);
    }

    /// One duty in each year in which the customer is drawn.
    fn sample(&self, ledger: &mut Ledger<'a>, name: &'a RuleName, percent: u32, anchor: NaiveDate) {
        for year in anchor.year()..=self.limit.year() {
            let ends = NaiveDate::from_ymd_opt(year, 12, 31);
            let Some((begins, ends)) = NaiveDate::from_ymd_opt(year, 1, 1).zip(ends) else {
                continue;
            };
            if anchor >= ends {
                continue;
            }
            let opens = begins.max(plus(anchor, 1));
            let mut item = self.item(DutyCode::Sample, opens, ends, name);
            if item.is_kept_of(self.seen) {
                continue;
            }
            if let Some(reason) = self.cut_off(ends) {
                ledger.missing(item, reason);
                continue;
            }
            if !drawn(self.seen.file.customer.id.as_str(), year, percent) {
                ledger.missing(item, reason::NOT_DRAWN);
                continue;
            }
            decide(self.seen, &mut item);
            let met = self.seen.visits.iter().find(|visit| {
                visit.visited_on >= item.opens
                    && visit.purposes.iter().any(|p| p.covers(DutyCode::Sample, &item.reference))
            });
            if item.is_open()
                && let Some(visit) = met
            {
                item.state = State::Met(visit);
            }
            ledger.items.push(item);
        }
    }
}

/// Whether a customer is in the sample of a year: by digest, so that nobody can choose and two
/// machines agree.
pub(super) fn drawn(customer: &str, year: i32, percent: u32) -> bool {
    let digest = Sha256::new().chain_update(customer).chain_update(format!(":{year}")).finalize();
    let number = digest.iter().take(8).fold(0_u64, |n, byte| (n << 8) | u64::from(*byte));
    number % 100 < u64::from(percent)
}

/// A visit after the due date of unmet slots meets all of these, late, and no other; otherwise it
/// meets the earliest unmet slot that is open. `slots` are in order of `raw_due`.
pub(super) fn meet<'a>(slots: &mut [Item<'a>], visit: &'a Visit) {
    let on = visit.visited_on;
    let mut late = false;
    for slot in slots.iter_mut().filter(|slot| slot.is_open() && slot.due < on) {
        slot.state = State::Met(visit);
        late = true;
    }
    if !late
        && let Some(slot) = slots.iter_mut().find(|s| s.is_open() && s.opens <= on && on <= s.due)
    {
        slot.state = State::Met(visit);
    }
}

/// The interval by which a series is spoken of: `6c` or months.
impl std::fmt::Display for Interval {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Months(n) => write!(f, "{n}"),
            Self::HalfYear => f.write_str("6c"),
        }
    }
}
