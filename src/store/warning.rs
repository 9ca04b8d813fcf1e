//! Signals found by rules: read for the whole book or for some customers, and proposed as flags.
//!
//! Reading takes no lock; what is found is looked at once more under it, because somebody may have
//! raised the same meanwhile. What a rule saw is kept with the flag that it proposed.

mod again;
mod around;
mod branches;
pub(super) mod ended;
mod material;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, OptionalExtension as _, Transaction};

use super::deal::next_slice;
use super::proposal::{self, Cause, Proposal};
use super::read::scope::Sight;
use super::stir::SILENT;
use super::write::{Risen, rise};
use super::{Error, Store, instant, journal, meta, project};
use crate::access::{Action, Actor};
use crate::assets::Packs;
use crate::assets::warning::{self as pack, Book};
use crate::domain::answer::Value;
use crate::domain::ids::{CustomerId, FlagId};
use crate::risk::{NEAR, Signals};
use crate::warning::{self, Finding};
pub(super) use again::Look;
use around::Around;
pub(super) use branches::tell as tell_branches;

/// Key in `meta`: up to which row of the journal changed customers were looked at.
const LOOKED_AT: &str = "signals_seq";
/// More changed customers than these, and the whole book is looked at.
const MANY: usize = 2_000;
/// Customers in one slice.
const SLICE: usize = 256;

/// A flag that a rule proposed, or a live one that it raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// Its id.
    pub flag: FlagId,
    /// Of whom.
    pub customer: CustomerId,
    /// What was found.
    pub finding: Finding,
}

impl Store {
    /// The rules in force: those of the pack with the file `signals.toml` beside the database.
    pub fn rule_book(&self) -> Result<Arc<Book>, Error> {
        book_at(self.path())
    }

    /// What the rules find at these customers, `None` = at all, and of which proposals they tell that
    /// they do not hold any more; nothing is written.
    pub fn find_signals(
        &self,
        book: &Book,
        customers: Option<&[CustomerId]>,
        today: NaiveDate,
    ) -> Result<Looked, Error> {
        // All statements look at the same moment.
        let tx = self.conn().unchecked_transaction()?;
        let found = find(&tx, self.packs(), book, customers, today)?;
        tx.commit()?;
        Ok(found)
    }

    /// Looks for signals and proposes what is new; of these customers or of all. Where the whole book
    /// was looked at today and nothing was written since, there is nothing new.
    pub fn propose_signals(
        &mut self,
        customers: Option<&[CustomerId]>,
        now: DateTime<FixedOffset>,
        session: &str,
    ) -> Result<Vec<Proposed>, Error> {
        let packs = self.packs_in_force()?;
        let book = self.rule_book()?;
        let today = instant::business_date(now);
        let look = match customers {
            None => Some(self.whole_look(&book, today)?),
            Some(_) => None,
        };
        if let Some(look) = &look
            && look.is_idle(self.conn())?
        {
            return Ok(Vec::new());
        }
        let found = self.find_signals(&book, customers, today)?;
        if found.is_nothing() && look.is_none() {
            return Ok(Vec::new());
        }
        let tx = self.begin()?;
        let proposed = propose(&tx, &packs, &found, now, session)?;
        if let Some(look) = look {
            look.note(&tx)?;
        }
        tx.commit()?;
        Ok(proposed)
    }

    /// Those of the proposals that are of customers whom an actor sees.
    pub fn seen_by(&self, actor: &Actor, mut made: Vec<Proposed>) -> Result<Vec<Proposed>, Error> {
        if !actor.may(Action::Read) {
            return Ok(Vec::new());
        }
        let sight = Sight::of(actor);
        let mut seen = BTreeSet::new();
        for one in &made {
            if sight.sees(self.conn(), &one.customer)? {
                seen.insert(one.customer.clone());
            }
        }
        made.retain(|one| seen.contains(&one.customer));
        for one in &mut made {
            let mut told = Vec::new();
            for input in std::mem::take(&mut one.finding.inputs) {
                // Whoever lies near is named only to those who see her.
                let hidden = match &input.value {
                    Value::Text(id) if input.fact == NEAR => {
                        !sight.sees(self.conn(), &CustomerId::from(id.as_str()))?
                    }
                    _ => false,
                };
                if !hidden {
                    told.push(input);
                }
            }
            one.finding.inputs = told;
        }
        Ok(made)
    }

    /// A look at the whole book that begins now.
    pub(super) fn whole_look(&self, book: &Book, today: NaiveDate) -> Result<Look, Error> {
        Ok(Look::new(book, today, journal::head(self.conn())?.seq))
    }

    /// Looks for signals at the customers of whom something was written since the last look.
    pub(super) fn look_for_new_signals(
        &mut self,
        now: DateTime<FixedOffset>,
        session: &str,
    ) -> Result<usize, Error> {
        let head = journal::head(self.conn())?.seq;
        let since = looked_at(self.conn())?;
        if head <= since || self.stir(since)?.silent {
            return Ok(0);
        }
        let changed = changed(self.conn(), since)?;
        let wanted = changed.as_deref().filter(|changed| changed.len() <= MANY);
        let none = wanted.is_some_and(<[CustomerId]>::is_empty);
        let count = if none { 0 } else { self.propose_signals(wanted, now, session)?.len() };
        let tx = self.begin()?;
        note_look(&tx, head)?;
        tx.commit()?;
        Ok(count)
    }
}

/// What a look at customers comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Looked {
    /// What is to be proposed or raised, in order of customers.
    pub found: Vec<(CustomerId, Finding)>,
    /// Proposals of which it is news that their rule does not hold any more, or holds again (`true`).
    pub lapses: Vec<(FlagId, bool)>,
}

impl Looked {
    /// Whether there is nothing to write.
    const fn is_nothing(&self) -> bool {
        self.found.is_empty() && self.lapses.is_empty()
    }
}

fn book_at(database: &Path) -> Result<Arc<Book>, Error> {
    match std::fs::read_to_string(database.with_file_name(pack::OWN_FILE)) {
        Ok(own) => Ok(pack::book(&own)?),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(pack::shared()?),
        Err(error) => Err(error.into()),
    }
}

/// The same beside the file of a connection. A file of the branch that can't be read stops nobody
/// who writes: the rules as shipped count then, and the job says what is wrong.
pub(super) fn book_beside(db: &Connection) -> Result<Arc<Book>, Error> {
    let own = db.path().and_then(|path| book_at(Path::new(path)).ok());
    own.map_or_else(|| Ok(pack::shared()?), Ok)
}

/// The library as the branch of a customer's officer has it.
pub(super) fn library_of(db: &Connection, customer: &CustomerId) -> Result<Arc<Signals>, Error> {
    const BRANCH: &str = "SELECT coalesce(u.branch, '') FROM customers c
        JOIN users u ON u.user = c.officer WHERE c.customer_id = ?1";
    let branch: Option<String> =
        db.prepare_cached(BRANCH)?.query_row([customer.as_str()], |row| row.get(0)).optional()?;
    Ok(book_beside(db)?.signals_of(&branch.unwrap_or_default()))
}

/// Row of the journal up to which every change has been looked at.
fn looked_at(db: &Connection) -> Result<i64, Error> {
    let kept = meta::get(db, LOOKED_AT)?.and_then(|seq| seq.parse().ok());
    Ok(kept.unwrap_or(0))
}

/// Notes that every change up to this row of the journal has been looked at; another session may
/// have looked further meanwhile.
pub(super) fn note_look(tx: &Connection, head: i64) -> Result<(), Error> {
    if looked_at(tx)? < head {
        meta::set(tx, LOOKED_AT, &head.to_string())?;
    }
    Ok(())
}

/// The customers that the journal names after a row; `None` = it can't be told, such as after an
/// import.
fn changed(db: &Connection, since: i64) -> Result<Option<Vec<CustomerId>>, Error> {
    const WIDE: &str = "
        SELECT 1 FROM journal WHERE seq > ?1 AND command IN ('import', 'policy', 'make_event')";
    const WHOSE: &str = "
        WITH j AS (SELECT subject, command FROM journal
            WHERE seq > ?1 AND command NOT IN ('propose_flag', 'lapse_flag', {silent}))
        SELECT DISTINCT x.customer_id FROM (
            SELECT v.customer_id FROM j JOIN visits v ON v.visit_id = j.subject
            WHERE j.command NOT IN ('answer', 'acknowledge')
            UNION ALL
            SELECT f.customer_id FROM j JOIN flags f ON f.flag_id = j.subject
            UNION ALL
            SELECT c.customer_id FROM j JOIN customers c ON c.customer_id = j.subject) x
        ORDER BY 1";
    if db.prepare_cached(WIDE)?.exists([since])? {
        return Ok(None);
    }
    let silent = SILENT.map(|command| format!("'{command}'")).join(", ");
    let mut statement = db.prepare_cached(&WHOSE.replace("{silent}", &silent))?;
    let rows = statement.query_map([since], |row| super::row::id(row, 0))?;
    Ok(Some(rows.collect::<rusqlite::Result<_>>()?))
}

fn find(
    db: &Connection,
    packs: &Packs,
    book: &Book,
    customers: Option<&[CustomerId]>,
    today: NaiveDate,
) -> Result<Looked, Error> {
    let around = Around::read(db, packs, customers, today)?;
    let mut looked = Looked::default();
    let answers = book.asks_for_answers();
    let mut look = |slice: Vec<warning::Material>| {
        for material in slice.into_iter().filter(warning::Material::owes) {
            let sheet = warning::sheet(&material, &book.signals, today);
            let rules = book.of(&material.branch);
            for finding in warning::judge(rules, &sheet, material.past(), today) {
                looked.found.push((material.customer.clone(), finding));
            }
            for (flag, holds) in warning::lapses(rules, &sheet, material.past(), today) {
                looked.lapses.push((FlagId(flag.id.clone()), holds));
            }
        }
    };
    if let Some(customers) = customers {
        for customer in customers {
            look(material::between(db, (packs, &around), (customer, customer), today, answers)?);
        }
    } else {
        let mut after = String::new();
        while let Some((first, last)) = next_slice(db, &after, SLICE)? {
            look(material::between(db, (packs, &around), (&first, &last), today, answers)?);
            after = last.0;
        }
    }
    Ok(looked)
}

/// Writes what is still news, each with its row in the journal.
pub(super) fn propose(
    tx: &Transaction<'_>,
    packs: &Packs,
    looked: &Looked,
    now: DateTime<FixedOffset>,
    session: &str,
) -> Result<Vec<Proposed>, Error> {
    let mut proposed = Vec::new();
    let actor = Actor::program(session);
    let mut news: Vec<&CustomerId> = Vec::new();
    for (customer, finding) in &looked.found {
        // Somebody may have raised, confirmed or rejected the same since it was found.
        let known = (finding.signal.as_str(), finding.stamp.as_str());
        let live = proposal::live(tx, customer, &finding.signal)?;
        let (flag, before) = if let Some(live) = live {
            let level = proposal::may_rise(tx, packs, &live, Some(&finding.stamp))?;
            let Some(level) = level.filter(|level| *level < finding.level) else { continue };
            let rule = Some((finding.rule.as_str(), finding.stamp.as_str()));
            let risen = Risen { level: finding.level, rule, inputs: &finding.inputs };
            rise(tx, packs, (&live, &risen), (now, session))?;
            (live, Some(format!(r#"{{"level":"{}"}}"#, level.as_code())))
        } else if proposal::is_rejected(tx, packs, customer, known)? {
            continue;
        } else {
            (insert(tx, packs, customer, finding, now)?, None)
        };
        let after = format!(
            r#"{{"customer_id":{},"signal":{},"level":"{}","rule":{},"stamp":{}}}"#,
            json(customer.as_str()),
            json(&finding.signal),
            finding.level.as_code(),
            json(&finding.rule),
            json(&finding.stamp),
        );
        journal::append(
            tx,
            &journal::Entry {
                actor: &actor,
                now,
                op: None,
                command: "propose_flag",
                subject: flag.as_str(),
                before: before.as_deref(),
                after: Some(&after),
            },
        )?;
        proposed.push(Proposed { flag, customer: customer.clone(), finding: finding.clone() });
        // Found in order of customers: planned anew once each.
        if news.last() != Some(&customer) {
            news.push(customer);
        }
    }
    for (flag, holds) in &looked.lapses {
        tell_lapse(tx, &actor, (flag, *holds), now)?;
    }
    for customer in news {
        project::project_proposals(tx, packs, customer, instant::business_date(now))?;
    }
    Ok(proposed)
}

/// Tells that the rule of a proposal does not hold any more, or holds again; one that somebody has decided
/// on meanwhile is left alone.
fn tell_lapse(
    tx: &Transaction<'_>,
    actor: &Actor,
    (flag, holds): (&FlagId, bool),
    now: DateTime<FixedOffset>,
) -> Result<(), Error> {
    const WAITS: &str = "SELECT 1 FROM flags WHERE flag_id = ?1 AND state = 'proposed'";
    if !tx.prepare_cached(WAITS)?.exists([flag.as_str()])? {
        return Ok(());
    }
    proposal::tell_lapse(tx, flag, holds, now)?;
    let after = format!(r#"{{"holds":{holds}}}"#);
    let entry = journal::Entry {
        actor,
        now,
        op: None,
        command: "lapse_flag",
        subject: flag.as_str(),
        before: None,
        after: Some(&after),
    };
    journal::append(tx, &entry)?;
    Ok(())
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn insert(
    tx: &Transaction<'_>,
    packs: &Packs,
    customer: &CustomerId,
    finding: &Finding,
    now: DateTime<FixedOffset>,
) -> Result<FlagId, Error> {
    let rule = Some((finding.rule.as_str(), finding.stamp.as_str()));
    let (signal, level) = (finding.signal.as_str(), finding.level);
    let proposal = Proposal { customer, signal, level, note: "", rule };
    let flag = proposal::propose(tx, packs, &proposal, now)?;
    proposal::keep_causes(tx, &flag, finding.inputs.iter().map(Cause::from))?;
    Ok(flag)
}

#[cfg(test)]
mod tests;
