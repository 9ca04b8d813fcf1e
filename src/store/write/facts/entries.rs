//! What a customer has several of, entry by entry: guarantors, collateral, conditions, covenants,
//! drawdowns, instalments, affiliates. A list of keys, and facts of their own for what each is.

use chrono::{Days, Months, NaiveDate};
use rusqlite::types::ToSql;
use rusqlite::{Result, Row, params};

use super::{Gathering, whole};
use crate::domain::answer::Value;
use crate::domain::duty::DutyCode;
use crate::domain::facts::{self, entry, key_of};
use crate::domain::ids::VisitId;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::visit::Purpose;
use crate::form::entry::format_money;
use crate::protocol::reply::Refusal;
use crate::store::collateral::held;
use crate::store::instalment::{late, open_after, owed};
use crate::store::row::maybe_day;

mod covenants;

/// More entries than this are not asked one by one.
const MOST: usize = 12;
/// A problem of last time longer than this is cut: it is a reminder, the record has it in full.
const LONGEST: usize = 120;

/// One entry on its way into the facts.
struct Entry {
    key: String,
    properties: Vec<(&'static str, Option<Value>)>,
}

impl Entry {
    fn new(key: &str, label: impl Into<String>) -> Self {
        Self { key: plain(key), properties: vec![("label", Some(Value::Text(label.into())))] }
    }

    fn with(mut self, property: &'static str, value: Option<Value>) -> Self {
        self.properties.push((property, value));
        self
    }
}

/// A key as it can stand in a list and in a path.
fn plain(key: &str) -> String {
    let strange = |c: char| c.is_control() || matches!(c, ';' | '[' | ']' | '.');
    if key.contains(strange) { key_of(key) } else { key.to_owned() }
}

fn money(row: &Row<'_>, column: usize) -> Result<Option<Value>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(|fen| Value::Money(Fen(fen))))
}

fn date(row: &Row<'_>, column: usize) -> Result<Option<Value>> {
    Ok(maybe_day(row, column)?.map(Value::Date))
}

fn text(row: &Row<'_>, column: usize) -> Result<Option<Value>> {
    Ok(row.get::<_, Option<String>>(column)?.map(Value::Text))
}

/// The parts that are there, with a blank between them.
fn joined(parts: &[Option<String>]) -> String {
    let parts = parts.iter().flatten().map(|part| part.trim()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}

impl Gathering<'_> {
    /// All lists of entries.
    pub(super) fn entries(&mut self, purposes: &[Purpose]) -> Result<(), Refusal> {
        self.guarantors()?;
        self.collateral()?;
        self.conditions()?;
        self.covenants()?;
        self.drawdowns(purposes)?;
        self.instalments()?;
        self.related()
    }

    fn list(
        &mut self,
        name: &str,
        sql: &str,
        values: &[&dyn ToSql],
        read: impl FnMut(&Row<'_>) -> Result<Entry>,
    ) -> Result<(), Refusal> {
        let found = {
            let mut statement = self.tx.prepare_cached(sql)?;
            statement.query_map(values, read)?.take(MOST).collect::<Result<Vec<_>>>()?
        };
        if found.is_empty() {
            return Ok(());
        }
        let keys = found.iter().map(|entry| entry.key.clone()).collect();
        self.put(name, Some(Value::Multi(keys)));
        for Entry { key, properties } in found {
            for (property, value) in properties {
                self.put(&entry(name, &key, property), value);
            }
        }
        Ok(())
    }

    fn guarantors(&mut self) -> Result<(), Refusal> {
        const SQL: &str = "
            SELECT name, amount, relation FROM guarantors WHERE customer_id = ?1
            ORDER BY amount DESC, name";
        let me = self.customer;
        self.list(facts::GUARANTORS, SQL, &[&me], |row| {
            let name: String = row.get(0)?;
            let entry = Entry::new(&key_of(&name), name);
            Ok(entry.with("amount", money(row, 1)?).with("relation", text(row, 2)?))
        })
    }

    fn collateral(&mut self) -> Result<(), Refusal> {
        // What is left of the same order.
        const REST: &str = concat!(
            "SELECT sum(value) FROM (SELECT k.value FROM collateral k WHERE k.customer_id = ?1 AND ",
            held!(),
            " ORDER BY k.value DESC, k.collateral_id LIMIT -1 OFFSET ?2)"
        );
        const SQL: &str = concat!(
            "SELECT k.collateral_id, k.kind, k.place, k.value, k.valued_on, k.insured_until, k.area,
                k.registered_no IS NOT NULL
            FROM collateral k WHERE k.customer_id = ?1 AND ",
            held!(),
            " ORDER BY k.value DESC, k.collateral_id"
        );
        let me = self.customer;
        self.list(facts::COLLATERAL, SQL, &[&me], |row| {
            let label = joined(&[row.get(1)?, row.get(2)?]);
            let area: Option<i64> = row.get(6)?;
            Ok(Entry::new(&row.get::<_, String>(0)?, label)
                .with("value", money(row, 3)?)
                .with("valued_on", date(row, 4)?)
                .with("insured_until", date(row, 5)?)
                .with("area", area.map(|n| Value::Number(Decimal4(n))))
                .with("registered", Some(Value::Bool(row.get(7)?))))
        })?;
        let rest: Option<i64> = {
            let most = i64::try_from(MOST).unwrap_or(i64::MAX);
            self.tx.prepare_cached(REST)?.query_row(params![me, most], |row| row.get(0))?
        };
        self.put(facts::COLLATERAL_REST, rest.map(|fen| Value::Money(Fen(fen))));
        Ok(())
    }

    fn conditions(&mut self) -> Result<(), Refusal> {
        const SQL: &str = "
            SELECT condition_id, text, due_on FROM conditions
            WHERE customer_id = ?1 AND (done_on IS NULL OR done_on > ?2)
            ORDER BY due_on IS NULL, due_on, condition_id";
        let me = self.customer;
        let day = self.day.to_string();
        self.list(facts::CONDITIONS, SQL, &[&me, &day], |row| {
            let text: String = row.get(1)?;
            Ok(Entry::new(&row.get::<_, String>(0)?, text).with("due_on", date(row, 2)?))
        })
    }

    /// The drawdowns that the visit is about: those its duties name, else those of the last year
    /// that no use-of-funds check has named before.
    fn drawdowns(&mut self, purposes: &[Purpose]) -> Result<(), Refusal> {
        const SQL: &str = "
            SELECT d.drawdown_id, d.drawn_on, d.amount, d.payee, d.payment_mode
            FROM drawdowns d JOIN loans l USING (loan_id)
            WHERE l.customer_id = ?1 AND l.status = 'active' AND d.drawn_on <= ?2 AND d.drawn_on >= ?3
            ORDER BY d.drawn_on DESC, d.drawdown_id";
        let about: Vec<_> =
            purposes.iter().filter(|p| p.code == DutyCode::UseOfFunds).cloned().collect();
        if about.is_empty() {
            return Ok(());
        }
        let from = self.day.checked_sub_months(Months::new(12)).unwrap_or(self.day);
        let (day, from) = (self.day.to_string(), from.to_string());
        let mut all = Vec::new();
        {
            let mut statement = self.tx.prepare_cached(SQL)?;
            let mut rows = statement.query(params![self.customer, day, from])?;
            while let Some(row) = rows.next()? {
                let id: String = row.get(0)?;
                if about.iter().any(|p| p.covers(DutyCode::UseOfFunds, &id)) {
                    all.push(drawdown(row, &id)?);
                }
            }
        }
        all.truncate(MOST);
        let keys = all.iter().map(|entry| entry.key.clone()).collect::<Vec<_>>();
        self.put(facts::DRAWDOWNS, Some(keys).filter(|k| !k.is_empty()).map(Value::Multi));
        for Entry { key, properties } in all {
            for (property, value) in properties {
                self.put(&entry(facts::DRAWDOWNS, &key, property), value);
            }
        }
        Ok(())
    }

    /// The next three, and how many were late in the last half year.
    fn instalments(&mut self) -> Result<(), Refusal> {
        const NEXT: &str = concat!(
            "SELECT r.due_on, sum(coalesce(r.principal, 0) + coalesce(r.interest, 0)) AS due
            FROM repayments r JOIN loans l ON l.loan_id = r.loan_id
            WHERE l.customer_id = ?1 AND l.status = 'active' AND r.due_on > ?2 AND ",
            open_after!("?2"),
            " GROUP BY r.due_on HAVING due > 0 ORDER BY r.due_on LIMIT 3"
        );
        const LATE: &str = concat!(
            "SELECT count(*), sum(r.due_on < ?2 AND ",
            late!(),
            ") FROM repayments r JOIN loans l ON l.loan_id = r.loan_id
            WHERE l.customer_id = ?1 AND r.due_on <= ?2 AND r.due_on > ?3 AND ",
            owed!()
        );
        const ENDS: &str = "
            SELECT min(matures_on) FROM loans WHERE customer_id = ?1 AND status = 'active'";
        let me = self.customer;
        let day = self.day.to_string();
        self.list(facts::INSTALMENTS, NEXT, &[&me, &day], |row| {
            let (due, amount): (NaiveDate, i64) = (crate::store::row::day(row, 0)?, row.get(1)?);
            let entry =
                Entry::new(&due.to_string(), format!("{due} {}", format_money(Fen(amount))));
            Ok(entry
                .with("amount", Some(Value::Money(Fen(amount))))
                .with("due_on", Some(Value::Date(due))))
        })?;
        let half_a_year = self.day.checked_sub_months(Months::new(6)).unwrap_or(self.day);
        let (all, late): (i64, Option<i64>) = {
            let mut statement = self.tx.prepare_cached(LATE)?;
            statement.query_row(params![self.customer, day, half_a_year.to_string()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?
        };
        self.put(facts::LATE_6M, (all > 0).then(|| whole(late.unwrap_or(0))));
        let ends = {
            let mut statement = self.tx.prepare_cached(ENDS)?;
            statement.query_row([self.customer], |row| maybe_day(row, 0))?
        };
        let left = ends.map(|end| whole((end - self.day).num_days()));
        self.put(facts::MATURES_IN, left);
        Ok(())
    }

    fn related(&mut self) -> Result<(), Refusal> {
        const SQL: &str = "
            SELECT related_name, group_concat(kind, ' ') FROM relations
            WHERE customer_id = ?1 AND kind IN ('control', 'guarantee', 'mutual_guarantee', 'family', 'group')
            GROUP BY related_name ORDER BY related_name";
        const GROUP: &str = "SELECT group_id IS NOT NULL FROM customers WHERE customer_id = ?1";
        let me = self.customer;
        self.list(facts::RELATED, SQL, &[&me], |row| {
            let name: String = row.get(0)?;
            Ok(Entry::new(&key_of(&name), name).with("kind", text(row, 1)?))
        })?;
        let in_group: bool = {
            let mut statement = self.tx.prepare_cached(GROUP)?;
            statement.query_row([self.customer], |row| row.get(0))?
        };
        let known = self.facts.contains_key(facts::RELATED);
        self.put(facts::IN_GROUP, Some(Value::Bool(in_group || known)));
        Ok(())
    }

    /// The problems that the customer's last record named, one a line.
    pub(super) fn last_problems(&mut self, visit: &VisitId) -> Result<(), Refusal> {
        const SQL: &str = "
            SELECT a.value FROM visits v JOIN records r USING (visit_id)
            JOIN answers a ON a.visit_id = r.visit_id AND a.version = r.version
            WHERE v.customer_id = ?1 AND v.visited_on <= ?2 AND v.visited_on >= ?3 AND v.visit_id <> ?4
                AND r.state IN ('submitted', 'approved') AND a.item = 'problems'
            ORDER BY v.visited_on DESC, v.visit_id DESC, r.version DESC LIMIT 1";
        let oldest = self.day.checked_sub_days(Days::new(800)).unwrap_or(self.day);
        let found: Option<String> = {
            let mut statement = self.tx.prepare_cached(SQL)?;
            let mut rows = statement.query(params![
                self.customer,
                self.day.to_string(),
                oldest.to_string(),
                visit.as_str()
            ])?;
            match rows.next()? {
                Some(row) => row.get(0)?,
                None => None,
            }
        };
        let Some(Value::Text(text)) = found.as_deref().and_then(Value::decode) else {
            return Ok(());
        };
        let lines = text.lines().map(str::trim).filter(|line| !is_nothing(line));
        let lines =
            lines.map(|line| line.chars().take(LONGEST).collect::<String>().replace(';', "；"));
        let lines: Vec<String> = lines.take(8).collect();
        self.put(facts::LAST_PROBLEMS, Some(lines).filter(|l| !l.is_empty()).map(Value::Multi));
        Ok(())
    }
}

fn drawdown(row: &Row<'_>, id: &str) -> Result<Entry> {
    let (drawn, amount) = (crate::store::row::day(row, 1)?, row.get::<_, i64>(2)?);
    let label = joined(&[
        Some(drawn.to_string()),
        Some(format_money(Fen(amount))),
        row.get::<_, Option<String>>(3)?,
    ]);
    Ok(Entry::new(id, label)
        .with("amount", Some(Value::Money(Fen(amount))))
        .with("payee", text(row, 3)?)
        .with("mode", text(row, 4)?)
        .with("drawn_on", Some(Value::Date(drawn))))
}

/// Whether a line of problems says that there is none.
fn is_nothing(line: &str) -> bool {
    let words = line.trim_end_matches(['.', '。', '；', ';']);
    words.is_empty() || words == "无" || words.eq_ignore_ascii_case("none")
}

#[cfg(test)]
mod tests;
