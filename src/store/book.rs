//! The whole book: reading every file, planning every customer, building the search index.

use chrono::NaiveDate;

use super::open::{NARROW, WIDE};
use super::read::board::{Material, span};
use super::read::scope::Sight;
use super::{Error, Store, people, portfolio, project, search};
use crate::access::{Action, Actor};
use crate::domain::ids::{CustomerId, UserId};
use crate::domain::portfolio::CustomerFile;
use crate::protocol::reply::Refusal;

impl Store {
    /// Goes through a whole book with the pages that lead to its rows at hand, also if it fails.
    pub(super) fn widely<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.conn().execute_batch(WIDE)?;
        let done = work(self);
        self.conn().execute_batch(NARROW)?;
        done
    }

    /// Calls `each` with the file of every customer that the actor sees, in order of customer id;
    /// only one officer's if one is given. Never more than a slice of the book is in memory. The
    /// files have all that decides which duties are open; visits are without their ids.
    pub fn each_file(
        &self,
        actor: &Actor,
        officer: Option<&UserId>,
        mut each: impl FnMut(CustomerFile),
    ) -> Result<(), Error> {
        // One officer's customers lie all over the book: the pages that lead to them stay at hand.
        self.conn().execute_batch(WIDE)?;
        let tx = self.conn().unchecked_transaction()?;
        let sight = Sight::of(actor).narrowed(&tx, officer)?;
        portfolio::each::<Error>(&tx, &self.packs, &sight, |file| {
            each(file);
            Ok(())
        })?;
        tx.commit()?;
        Ok(self.conn().execute_batch(NARROW)?)
    }

    /// Fixed days, appointments and pauses of a month as of a day, for due visits that were planned
    /// from the files.
    pub(crate) fn month_material(
        &self,
        actor: &Actor,
        officer: Option<&UserId>,
        first: NaiveDate,
        as_of: NaiveDate,
    ) -> Result<Material, Error> {
        let tx = self.conn().unchecked_transaction()?;
        let sight = Sight::of(actor).narrowed(&tx, officer)?;
        let found = Material::without_visits(&tx, &sight, span(&self.packs, first, as_of), as_of)?;
        tx.commit()?;
        Ok(found)
    }

    /// One customer's file, if the actor sees the customer.
    pub fn customer_file(
        &self,
        actor: &Actor,
        customer: &CustomerId,
    ) -> Result<Option<CustomerFile>, Error> {
        let tx = self.conn().unchecked_transaction()?;
        let seen = Sight::of(actor).sees(&tx, customer)?;
        let file = if seen { portfolio::load(&tx, &self.packs, customer)? } else { None };
        tx.commit()?;
        Ok(file)
    }

    /// Whether the actor would be shown this customer's dossier. Who is let in no more sees nobody.
    pub fn sees(&self, actor: &Actor, customer: &CustomerId) -> Result<bool, Refusal> {
        let tx = self.conn().unchecked_transaction()?;
        let seen = match people::check_standing(&tx, actor) {
            Err(Refusal::NotAllowed) => false,
            standing => {
                standing?;
                actor.may(Action::Read) && Sight::of(actor).sees(&tx, customer)?
            }
        };
        tx.commit()?;
        Ok(seen)
    }

    /// Projects the whole book for a day. Returns how many customers changed.
    pub fn plan_book(&mut self, today: NaiveDate) -> Result<usize, Error> {
        let packs = self.packs_in_force()?;
        let tx = self.begin()?;
        let changed = project::project_book(&tx, &packs, today)?;
        tx.commit()?;
        Ok(changed)
    }

    /// Builds the search index anew. Returns how many customers it holds.
    pub fn index_book(&mut self) -> Result<usize, Error> {
        let tx = self.begin()?;
        let held = search::reindex_book(&tx)?;
        tx.commit()?;
        Ok(held)
    }
}
