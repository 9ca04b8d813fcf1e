//! The month plan: what the projection says is due, with fixed days, appointments and pauses, laid
//! out by the levelling of `planning.md` section 8.

mod material;

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike as _, Months, NaiveDate};
use rusqlite::{Result, named_params};

use super::Asked;
use super::planned::Requests;
use super::scope::Sight;
use crate::domain::duty::{DueKey, DueVisit};
use crate::domain::ids::UserId;
use crate::domain::plan::Unplaced;
use crate::planning::{self, Errand, MonthEntry, Placed};
use crate::protocol::page::{
    BoardDay, BoardOfficer, BoardPage, DayLoad, MonthPlanPage, PlanAppointment, PlanVisit, Stand,
};
use crate::store::project::{HORIZON, planned_on};
use crate::store::row::id;
pub(crate) use material::{Material, fixed_day, material, span};

/// So many are offered on one day at the most.
const MOST_NEAR: usize = 6;

impl Asked<'_> {
    /// Every officer's load in a month.
    pub(super) fn board(&self, first: NaiveDate) -> Result<BoardPage> {
        let first = first.with_day(1).unwrap_or(first);
        let days = self.board_days(first);
        let material = material(self.db, self.packs, &self.sight, first, self.today)?;
        let blank = |user: UserId, name: String| BoardOfficer {
            user,
            name,
            loads: vec![DayLoad::default(); days.len()],
            fixed: 0,
            proposed: 0,
            unplaced: 0,
        };
        let mut officers: BTreeMap<UserId, BoardOfficer> = BTreeMap::new();
        // Who has left stands there with her name, as long as there is something to do.
        let mut left: BTreeMap<UserId, String> = BTreeMap::new();
        for (user, name, works) in self.officers(&self.sight)? {
            if works {
                officers.insert(user.clone(), blank(user, name));
            } else {
                left.insert(user, name);
            }
        }
        let mut of = |user: &UserId, change: &mut dyn FnMut(&mut BoardOfficer)| {
            let one = officers.entry(user.clone());
            let name = || left.get(user).cloned().unwrap_or_else(|| user.to_string());
            change(one.or_insert_with(|| blank(user.clone(), name())));
        };
        let index = |day: NaiveDate| {
            let here = day >= first && (day.year(), day.month()) == (first.year(), first.month());
            here.then(|| day.day0() as usize)
        };
        for errand in &material.errands {
            of(&errand.officer, &mut |one| {
                if let Some(load) = index(errand.day).and_then(|at| one.loads.get_mut(at)) {
                    load.fixed += errand.points;
                }
            });
        }
        for placed in self.level(&material, first) {
            let points = planning::points(&self.packs.policy.month, placed.listed.visit.class);
            of(&placed.listed.officer, &mut |one| {
                let Some(day) = placed.day else {
                    one.unplaced += 1;
                    return;
                };
                let Some(load) = index(day).and_then(|at| one.loads.get_mut(at)) else { return };
                if placed.fixed {
                    load.fixed += points;
                    one.fixed += 1;
                } else {
                    load.proposed += points;
                    one.proposed += 1;
                }
            });
        }
        let mut officers: Vec<BoardOfficer> = officers.into_values().collect();
        officers.sort_by(|a, b| (&a.name, &a.user).cmp(&(&b.name, &b.user)));
        let capacity = self.packs.policy.month.day_points;
        let own = self.sight.officer().is_some();
        Ok(BoardPage { first, capacity, days, officers, own })
    }

    /// One officer's month; `None` = nobody in scope.
    pub(super) fn month_plan(
        &self,
        first: NaiveDate,
        officer: &UserId,
    ) -> Result<Option<MonthPlanPage>> {
        let first = first.with_day(1).unwrap_or(first);
        let sight = self.sight.clone().narrowed(self.db, Some(officer))?;
        if sight.officer().is_none() {
            return Ok(None);
        }
        let material = material(self.db, self.packs, &sight, first, self.today)?;
        let requests = Requests::in_sight(self.db, &sight)?;
        let placed = self.level(&material, first);
        let of = |placed: &Placed| self.plan_visit(&material, &requests, placed);
        let mut visits: Vec<PlanVisit> = placed.iter().map(of).collect();
        let near = self.month_near(&material, &placed, &mut visits, first, of);
        let name = self.officers(&sight)?.into_iter().next().map(|(_, name, _)| name);
        let here = |day: NaiveDate| (day.year(), day.month()) == (first.year(), first.month());
        let appointments: Vec<PlanAppointment> =
            material.appointments.into_iter().filter(|one| here(one.day)).collect();
        let planned = planned_on(self.db)?.unwrap_or(self.today);
        Ok(Some(MonthPlanPage {
            first,
            officer: officer.clone(),
            name: name.unwrap_or_else(|| officer.to_string()),
            capacity: self.packs.policy.month.day_points,
            days: self.board_days(first),
            visits,
            appointments,
            near,
            planned_to: planned.checked_add_days(HORIZON).unwrap_or(planned),
        }))
    }

    /// The month as it can be set by hand: a plan of a month ahead has days for what is overdue now
    /// that only an approved delay opens, and these are none here.
    fn level(&self, material: &Material, first: NaiveDate) -> Vec<Placed> {
        let (policy, days) = (&self.packs.policy, &self.packs.workdays);
        let entries = material.entries.clone();
        let mut placed =
            planning::months(entries, &material.errands, policy, days, first, self.today);
        let held = planning::Held::of(&placed, &material.errands, policy);
        let beyond: Vec<(usize, Unplaced)> = placed
            .iter()
            .enumerate()
            .filter_map(|(at, one)| {
                let window = self.window(material, &one.listed.visit);
                let is_beyond = !one.fixed && one.day.is_some_and(|day| day > window.1);
                let rules = (policy, &**days);
                is_beyond.then(|| (at, held.why(&one.listed, rules, window)))
            })
            .collect();
        for (at, why) in beyond {
            if let Some(one) = placed.get_mut(at) {
                (one.day, one.reason) = (None, Some(why));
            }
        }
        placed
    }

    /// The days on which a visit may be set.
    fn window(&self, material: &Material, visit: &DueVisit) -> (NaiveDate, NaiveDate) {
        let paused = material.paused.get(&visit.customer).copied();
        let rules = (&self.packs.policy, &*self.packs.workdays);
        planning::month_window((visit.opens, visit.due), paused, rules, self.today)
    }

    fn board_days(&self, first: NaiveDate) -> Vec<BoardDay> {
        let next = first.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX);
        let days = &self.packs.workdays;
        let day = |date: NaiveDate| BoardDay {
            date,
            workday: days.is_workday(date),
            special: days.special(date).map(|special| (special.kind, special.name.clone())),
            provisional: days.is_provisional(date),
        };
        first.iter_days().take_while(|date| *date < next).map(day).collect()
    }

    /// Officers in scope, and whoever else has customers, with whether she works here still.
    fn officers(&self, sight: &Sight) -> Result<Vec<(UserId, String, bool)>> {
        let sql = format!(
            "SELECT o.user, o.name, o.disabled = 0 FROM users o WHERE {} AND (o.disabled = 0 AND o.role = 'officer' \
             OR EXISTS (SELECT 1 FROM customers c WHERE c.officer = o.user)) ORDER BY o.user",
            sight.seek("o.user")
        );
        self.db
            .prepare_cached(&sql)?
            .query_map(named_params! {":scope": sight.value()}, |row| {
                Ok((id(row, 0)?, row.get(1)?, row.get(2)?))
            })?
            .collect()
    }

    fn plan_visit(&self, material: &Material, requests: &Requests, placed: &Placed) -> PlanVisit {
        let paused = material.paused.get(&placed.listed.visit.customer).copied();
        let (from, until) = self.window(material, &placed.listed.visit);
        let stand = match (placed.day, placed.reason) {
            (Some(day), _) if placed.fixed => Stand::Fixed(day),
            (Some(day), _) => Stand::Proposed(day),
            (None, Some(reason)) => Stand::Unplaced(reason),
            (None, None) => Stand::Later,
        };
        let listed = &placed.listed;
        let visit = &listed.visit;
        let fix = material.fix(visit);
        let mut codes = Vec::new();
        for duty in &visit.duties {
            if !codes.contains(&duty.code) {
                codes.push(duty.code);
            }
        }
        PlanVisit {
            customer: visit.customer.clone(),
            name: listed.name.clone(),
            district: listed.district.clone(),
            trade_circle: listed.trade_circle.clone(),
            class: visit.class,
            points: planning::points(&self.packs.policy.month, visit.class),
            codes,
            due: visit.due,
            first: visit.key().first,
            delayed_from: visit.duties.iter().filter_map(|duty| duty.delayed_from).min(),
            overdue_days: visit.overdue_days(self.today).max(0),
            level: listed.level,
            from,
            until,
            lapsed: fix.map(|fix| fix.day).filter(|_| !matches!(stand, Stand::Fixed(_))),
            stand,
            paused,
            asked: requests.about(&visit.customer, &visit.duties),
            delay_to: planning::last_delay(&visit.duties, &self.packs.policy, self.today),
            revision: fix.map_or(0, |fix| fix.revision),
        }
    }

    /// Who is near by on each workday on which the officer goes somewhere. Those who are due after
    /// what the month takes in are added to the visits.
    fn month_near(
        &self,
        material: &Material,
        placed: &[Placed],
        visits: &mut Vec<PlanVisit>,
        first: NaiveDate,
        plan_visit: impl Fn(&Placed) -> PlanVisit,
    ) -> Vec<(NaiveDate, usize)> {
        let rules = (&self.packs.policy, &*self.packs.workdays);
        let rule = &self.packs.policy.month;
        let places: HashMap<DueKey, usize> =
            placed.iter().enumerate().map(|(at, p)| (p.listed.visit.key(), at)).collect();
        let stand = |entry: &MonthEntry| {
            places.get(&entry.listed.visit.key()).and_then(|at| placed.get(*at))
        };
        let next = first.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX);
        let begin = first.max(self.today);
        let mut later: HashMap<DueKey, usize> = HashMap::new();
        let mut found = Vec::new();
        for day in begin.iter_days().take_while(|day| *day < next) {
            let is_here = |entry: &&MonthEntry| stand(entry).is_some_and(|p| p.day == Some(day));
            let is_fixed = |entry: &&MonthEntry| stand(entry).is_some_and(|p| p.fixed);
            let trips: Vec<&MonthEntry> = material.entries.iter().filter(is_here).collect();
            let errands: Vec<&Errand> =
                material.errands.iter().filter(|errand| errand.day == day).collect();
            if trips.is_empty() && errands.is_empty() {
                continue;
            }
            let others: Vec<&MonthEntry> = material
                .entries
                .iter()
                .filter(|entry| !is_here(entry) && !is_fixed(entry))
                .collect();
            let taken: u32 = errands.iter().map(|errand| errand.points).sum::<u32>()
                + trips
                    .iter()
                    .filter(|entry| is_fixed(entry))
                    .map(|entry| planning::points(rule, entry.listed.visit.class))
                    .sum::<u32>();
            let free = rule.day_points.saturating_sub(taken);
            let when = (day, self.today);
            let close = planning::near(&others, &trips, &errands, free, rules, when);
            for entry in close.into_iter().filter_map(|at| others.get(at)).take(MOST_NEAR) {
                let of = entry.listed.visit.key();
                let known = places.get(&of).or_else(|| later.get(&of)).copied();
                let at = if let Some(at) = known {
                    at
                } else {
                    let listed = entry.listed.clone();
                    let placed = Placed { listed, day: None, fixed: false, reason: None };
                    visits.push(plan_visit(&placed));
                    later.insert(of, visits.len() - 1);
                    visits.len() - 1
                };
                found.push((day, at));
            }
        }
        found
    }
}
