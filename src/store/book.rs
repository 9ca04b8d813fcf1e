//! The whole book: planning every customer, building the search index.

use chrono::NaiveDate;

use super::{Error, Store, project, search};

impl Store {
    /// Projects the whole book for a day. Returns how many customers changed.
    pub fn plan_book(&mut self, today: NaiveDate) -> Result<usize, Error> {
        let packs = std::sync::Arc::clone(self.packs());
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
