//! Rolling the plan of the whole book into a day, in steps between which others write. Each customer's
//! rows are whole in themselves, and the day is noted when all are done: who is cut off begins anew and
//! finds most rows as they must be.

use std::time::Duration;

use super::Run;
use crate::assets::Packs;
use crate::store::lease::{self, Uptime};
use crate::store::open::give_way;
use crate::store::{Error, Store, project};

/// How long one step may take before another session takes the work over.
const LEASE: Duration = Duration::from_mins(1);
/// Slices of customers in one transaction: some tenths of a second on a slow machine.
const SLICES: usize = 2;

impl Store {
    /// Projects the book for a date. Returns how many customers changed; `None` if another session
    /// has done it, busy if one is at it.
    pub(super) fn roll(&mut self, packs: &Packs, run: Run<'_>) -> Result<Option<usize>, Error> {
        self.widely(|store| store.roll_all(packs, run))
    }

    fn roll_all(&mut self, packs: &Packs, run: Run<'_>) -> Result<Option<usize>, Error> {
        let Run { job, date, now, session } = run;
        let (mut changed, mut after) = (0, String::new());
        loop {
            let tx = self.begin()?;
            if run.is_made(&tx)? {
                return Ok(None);
            }
            if lease::take(&tx, job.name(), session, &Uptime::read(now), LEASE)?.is_none() {
                return Err(Error::Busy);
            }
            let mut ended = false;
            for _ in 0..SLICES {
                let step = project::project_some(&tx, packs, &after, date)?;
                changed += step.changed;
                let Some(last) = step.last else {
                    ended = true;
                    break;
                };
                after = last;
            }
            tx.commit()?;
            if ended {
                return Ok(Some(changed));
            }
            give_way();
        }
    }
}
