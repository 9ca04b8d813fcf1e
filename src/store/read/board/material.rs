//! What a month is planned from, as it stands in the tables.

use std::collections::HashMap;

use chrono::{Datelike as _, Days, Months, NaiveDate};
use rusqlite::{Connection, Result, Row, named_params};

use crate::assets::Packs;
use crate::domain::duty::{DueVisit, Duty, DutyClass, DutyCode};
use crate::domain::ids::CustomerId;
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::plan::AppointmentKind;
use crate::planning::{self, Errand, Listed, MonthEntry};
use crate::protocol::page::PlanAppointment;
use crate::store::project::{decode_duties, level_of};
use crate::store::read::scope::Sight;
use crate::store::row::{code, day, id, maybe_code, strange};

/// How long after its day a fixed day is remembered that came to nothing.
const LAPSED_SINCE: Days = Days::new(120);

/// A day that somebody has fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fix {
    code: DutyCode,
    reference: String,
    raw_due: NaiveDate,
    pub(crate) day: NaiveDate,
    pub(crate) revision: i64,
}

/// What a month is planned from.
#[derive(Debug)]
pub(crate) struct Material {
    /// Due visits that the month takes in, and those due soon after that may be offered.
    pub(crate) entries: Vec<MonthEntry>,
    /// Appointments, as planning takes them.
    pub(crate) errands: Vec<Errand>,
    /// Appointments, as they are shown.
    pub(crate) appointments: Vec<PlanAppointment>,
    /// Last day of pauses that hold.
    pub(crate) paused: HashMap<CustomerId, NaiveDate>,
    fixes: HashMap<CustomerId, Vec<Fix>>,
}

impl Material {
    /// The day that is fixed for a due visit: the earliest, if several visits became one.
    pub(crate) fn fix(&self, visit: &DueVisit) -> Option<&Fix> {
        fix_among(&self.fixes, visit.customer.as_str(), &visit.duties)
    }

    /// Fixed days, appointments and pauses alone, for due visits that come from elsewhere.
    pub(crate) fn without_visits(
        db: &Connection,
        sight: &Sight,
        (from, to): (NaiveDate, NaiveDate),
        today: NaiveDate,
    ) -> Result<Self> {
        let appointments = appointments(db, sight, from, to)?;
        let errands = appointments.iter().map(errand).collect();
        let fixes = fixes(db, sight, today)?;
        let paused = paused(db, today)?;
        Ok(Self { entries: Vec::new(), errands, appointments, paused, fixes })
    }

    /// Whether any day is fixed.
    pub(crate) fn has_fixed(&self) -> bool {
        !self.fixes.is_empty()
    }

    /// Adds a due visit with what is known of its day.
    pub(crate) fn push(&mut self, listed: Listed) {
        let fixed = self.fix(&listed.visit).map(|fix| fix.day);
        let paused = self.paused.get(&listed.visit.customer).copied();
        self.entries.push(MonthEntry { listed, fixed, proposed: None, paused });
    }
}

fn fix_among<'a>(
    fixes: &'a HashMap<CustomerId, Vec<Fix>>,
    customer: &str,
    duties: &[Duty],
) -> Option<&'a Fix> {
    if fixes.is_empty() {
        return None;
    }
    let own = fixes.get(&CustomerId::from(customer))?;
    let is_of = |fix: &&Fix| {
        duties.iter().any(|duty| {
            fix.code == duty.code && fix.reference == duty.reference && fix.raw_due == duty.raw_due
        })
    };
    own.iter().filter(is_of).min_by_key(|fix| fix.day)
}

/// First and last day on which visits of a month may stand: from today, if that is earlier, to the
/// last due date that it takes in.
pub(crate) fn span(packs: &Packs, first: NaiveDate, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    (first.min(today), planning::month_limit(&packs.policy, &packs.workdays, first))
}

/// Last day on which a visit is due that may be offered in a month.
pub(crate) fn reach(packs: &Packs, first: NaiveDate, today: NaiveDate) -> NaiveDate {
    let next = first.with_day(1).and_then(|first| first.checked_add_months(Months::new(1)));
    let near = u64::try_from(packs.policy.month.near_days).unwrap_or(0);
    let offered = next.and_then(|next| next.checked_add_days(Days::new(near)));
    let (_, limit) = span(packs, first, today);
    offered.unwrap_or(limit).max(limit)
}

const COLUMNS: &str = "d.customer_id, c.name, d.officer, c.district, c.trade_circle, d.level, \
    d.class, d.opens, d.due, d.tier, d.exposure, d.duties";

/// What the month is planned from for everybody in sight.
pub(crate) fn material(
    db: &Connection,
    packs: &Packs,
    sight: &Sight,
    first: NaiveDate,
    today: NaiveDate,
) -> Result<Material> {
    let mut found = Material::without_visits(db, sight, span(packs, first, today), today)?;
    let to = reach(packs, first, today);
    let (last, limit) = (last_of(first).to_string(), to.to_string());
    let sql = format!(
        "SELECT {COLUMNS} FROM due_visits d CROSS JOIN customers c ON c.customer_id = d.customer_id \
         WHERE {} AND d.due <= :to",
        sight.seek("d.officer")
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(named_params! {":scope": sight.value(), ":to": limit})?;
    while let Some(row) = rows.next()? {
        found.push(listed(row)?);
    }
    // A visit that is due far ahead may have been fixed in this month all the same.
    let sql = format!(
        "SELECT {COLUMNS} FROM due_visits d CROSS JOIN customers c ON c.customer_id = d.customer_id \
         WHERE d.customer_id IN (SELECT p.customer_id FROM planned_days p \
         WHERE p.day BETWEEN :first AND :last) AND d.due > :to AND {}",
        sight.sieve("d.officer")
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(named_params! {
        ":scope": sight.value(), ":to": limit, ":first": first.to_string(), ":last": last,
    })?;
    while let Some(row) = rows.next()? {
        let listed = listed(row)?;
        if found.fix(&listed.visit).is_some() {
            found.push(listed);
        }
    }
    found.entries.sort_by(|a, b| {
        let key =
            |entry: &MonthEntry| (entry.listed.visit.due, entry.listed.visit.customer.clone());
        key(a).cmp(&key(b))
    });
    Ok(found)
}

fn last_of(first: NaiveDate) -> NaiveDate {
    let next = first.with_day(1).and_then(|first| first.checked_add_months(Months::new(1)));
    next.and_then(|next| next.pred_opt()).unwrap_or(first)
}

fn listed(row: &Row<'_>) -> Result<Listed> {
    let duties = decode_duties(row.get_ref(11)?.as_str()?).ok_or_else(|| strange(11))?;
    let visit = DueVisit {
        customer: id(row, 0)?,
        class: code(row, 6, DutyClass::from_code)?,
        opens: day(row, 7)?,
        due: day(row, 8)?,
        tier: code(row, 9, Tier::from_code)?,
        exposure: row.get::<_, Option<i64>>(10)?.map(Fen),
        duties,
    };
    Ok(Listed {
        name: row.get(1)?,
        officer: id(row, 2)?,
        district: row.get(3)?,
        trade_circle: row.get(4)?,
        level: level_of(row.get(5)?),
        visit,
    })
}

fn errand(one: &PlanAppointment) -> Errand {
    Errand {
        officer: one.officer.clone(),
        day: one.day,
        points: one.points,
        district: one.district.clone(),
        trade_circle: one.trade_circle.clone(),
    }
}

fn appointments(
    db: &Connection,
    sight: &Sight,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<PlanAppointment>> {
    let sql = format!(
        "SELECT a.appointment_id, a.officer, a.day, a.kind, a.title, a.district, a.trade_circle, \
         a.points, a.revision FROM appointments a WHERE {} AND a.day BETWEEN :from AND :to \
         ORDER BY a.day, a.appointment_id",
        sight.seek("a.officer")
    );
    let parameters = named_params! {
        ":scope": sight.value(), ":from": from.to_string(), ":to": to.to_string(),
    };
    db.prepare_cached(&sql)?
        .query_map(parameters, |row| {
            Ok(PlanAppointment {
                id: id(row, 0)?,
                officer: id(row, 1)?,
                day: day(row, 2)?,
                kind: code(row, 3, AppointmentKind::from_code)?,
                title: row.get(4)?,
                district: row.get(5)?,
                trade_circle: row.get(6)?,
                points: row.get(7)?,
                revision: row.get(8)?,
            })
        })?
        .collect()
}

fn paused(db: &Connection, today: NaiveDate) -> Result<HashMap<CustomerId, NaiveDate>> {
    db.prepare_cached("SELECT customer_id, until FROM pauses WHERE until >= :today")?
        .query_map(named_params! {":today": today.to_string()}, |row| {
            Ok((id(row, 0)?, day(row, 1)?))
        })?
        .collect()
}

/// Days that were fixed lately or lie ahead; what is longer past is not even worth a mention.
fn fixes(
    db: &Connection,
    sight: &Sight,
    today: NaiveDate,
) -> Result<HashMap<CustomerId, Vec<Fix>>> {
    let since = today.checked_sub_days(LAPSED_SINCE).unwrap_or(today);
    let sql = format!(
        "SELECT p.customer_id, p.code, p.ref, p.raw_due, p.day, p.revision FROM planned_days p \
         CROSS JOIN customers c ON c.customer_id = p.customer_id WHERE p.day >= :since AND {}",
        sight.sieve("c.officer")
    );
    let mut statement = db.prepare_cached(&sql)?;
    let parameters = named_params! {":scope": sight.value(), ":since": since.to_string()};
    let mut rows = statement.query(parameters)?;
    let mut found: HashMap<CustomerId, Vec<Fix>> = HashMap::new();
    while let Some(row) = rows.next()? {
        // The code of a duty that this program doesn't know can't be that of a due visit.
        let Some(code) = maybe_code(row, 1, |text| Some(DutyCode::from_code(text)))?.flatten()
        else {
            continue;
        };
        found.entry(id(row, 0)?).or_default().push(Fix {
            code,
            reference: row.get(2)?,
            raw_due: day(row, 3)?,
            day: day(row, 4)?,
            revision: row.get(5)?,
        });
    }
    Ok(found)
}

/// The day that is fixed for a due visit with these duties, of one customer.
pub(crate) fn fixed_day(
    db: &Connection,
    customer: &CustomerId,
    duties: &[Duty],
) -> Result<Option<NaiveDate>> {
    let mut statement = db.prepare_cached(
        "SELECT code, ref, raw_due, day FROM planned_days WHERE customer_id = :id ORDER BY day",
    )?;
    let mut rows = statement.query(named_params! {":id": customer.as_str()})?;
    while let Some(row) = rows.next()? {
        let (code, reference) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
        let raw_due = day(row, 2)?;
        let is_of = |duty: &Duty| {
            duty.code.as_code() == code && duty.reference == reference && duty.raw_due == raw_due
        };
        if duties.iter().any(is_of) {
            return day(row, 3).map(Some);
        }
    }
    Ok(None)
}
