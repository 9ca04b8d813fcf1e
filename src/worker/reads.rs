//! Who looked at whom: a dossier that stays on the screen for a moment stands in the journal, once a
//! day for each person and customer. What an auditor looks at stands there before she sees it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, FixedOffset, NaiveDate};

use super::Worker;
use crate::domain::ids::CustomerId;
use crate::protocol::query::{Query, Slot};
use crate::protocol::reply::Refusal;
use crate::store::Store;

/// Passing by with the cursor is no look.
const DWELL: Duration = Duration::seconds(3);

/// Which looks are noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Noting {
    /// None: a person's own machine.
    #[default]
    Nothing,
    /// Those that last a moment: a shared server.
    Looks,
    /// Each, before anything is shown: an auditor.
    Each,
}

/// What this session has looked at.
#[derive(Debug, Default)]
pub(super) struct Reads {
    pub(super) noting: Noting,
    open: Option<(CustomerId, DateTime<FixedOffset>)>,
    /// Looks that could not be noted, and when that was last tried.
    owed: BTreeMap<CustomerId, DateTime<FixedOffset>>,
    noted: BTreeSet<(NaiveDate, CustomerId)>,
}

impl Reads {
    /// The screen looks at something else now. Gives whom to note before it is shown.
    pub(super) fn look(
        &mut self,
        query: &Query,
        now: DateTime<FixedOffset>,
        today: NaiveDate,
    ) -> Option<CustomerId> {
        let Query::Dossier { customer } = query else { return None };
        if self.noting == Noting::Nothing || self.is_noted(customer, today) {
            self.open = None;
            return None;
        }
        if self.noting == Noting::Each {
            return Some(customer.clone());
        }
        if self.open.as_ref().is_none_or(|(open, _)| open != customer) {
            self.open = Some((customer.clone(), now));
        }
        None
    }

    /// Nothing is looked at any more.
    pub(super) fn close(&mut self) {
        self.open = None;
    }

    /// Whom somebody has looked at long enough by now, and whom it is time to try to note again.
    pub(super) fn due(&mut self, now: DateTime<FixedOffset>) -> BTreeSet<CustomerId> {
        let long_enough = |since: DateTime<FixedOffset>| now - since >= DWELL;
        let open = self.open.take_if(|(_, since)| long_enough(*since));
        let owed = self.owed.iter().filter(|(_, tried)| long_enough(**tried));
        owed.map(|(customer, _)| customer.clone())
            .chain(open.map(|(customer, _)| customer))
            .collect()
    }

    /// It could not be written: it is tried again after another moment.
    pub(super) fn owe(&mut self, customer: CustomerId, now: DateTime<FixedOffset>) {
        self.owed.insert(customer, now);
    }

    /// It is in the journal.
    pub(super) fn note(&mut self, customer: CustomerId, today: NaiveDate) {
        self.owed.remove(&customer);
        self.open.take_if(|(open, _)| *open == customer);
        self.noted.retain(|(day, _)| *day == today);
        self.noted.insert((today, customer));
    }

    fn is_noted(&self, customer: &CustomerId, today: NaiveDate) -> bool {
        self.noted.contains(&(today, customer.clone()))
    }
}

impl Worker {
    /// What a standing query looks at. An auditor sees nothing that could not be noted.
    pub(super) fn look(
        &mut self,
        query: &Query,
        now: DateTime<FixedOffset>,
    ) -> Result<(), Refusal> {
        let today = Store::business_date(now);
        // What was looked at until now may have been long enough.
        self.note_looks(now);
        if let Some(customer) = self.reads.look(query, now, today) {
            self.note_look(customer, now)?;
        }
        Ok(())
    }

    /// A slot looks at nothing any more.
    pub(super) fn unlook(&mut self, slot: Slot) {
        let now = self.clock.now();
        self.note_looks(now);
        if slot == Slot::Dossier {
            self.reads.close();
        }
    }

    /// Notes whom somebody has looked at long enough. A write that fails is no reason to show less;
    /// it is tried again.
    pub(super) fn note_looks(&mut self, now: DateTime<FixedOffset>) {
        for customer in self.reads.due(now) {
            if let Err(why) = self.note_look(customer.clone(), now) {
                tracing::warn!(?why, "a look was not noted yet");
                self.reads.owe(customer, now);
            }
        }
    }

    fn note_look(
        &mut self,
        customer: CustomerId,
        now: DateTime<FixedOffset>,
    ) -> Result<(), Refusal> {
        let refused = !self.store.sees(&self.actor, &customer)?;
        self.store.note_read(&self.actor, now, &customer, refused)?;
        self.reads.note(customer, Store::business_date(now));
        Ok(())
    }
}
