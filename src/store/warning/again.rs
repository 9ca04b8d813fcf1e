//! Whether the whole book was looked at already: on the same day, under the same rules, and nothing
//! was written since. Then it is not looked at again.

use chrono::NaiveDate;
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use crate::assets::warning::Book;
use crate::store::hex::hex;
use crate::store::stir::SILENT;
use crate::store::{Error, meta};

/// Key in `meta`: the last look at the whole book.
const WHOLE: &str = "signals_whole";

/// A look at the whole book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct Look {
    /// Number of the journal's last row before it.
    head: i64,
    /// For which day, and under which rules of which program.
    under: String,
}

impl Look {
    /// A look that begins now. What no file of the branch changes comes with the program's version.
    pub(in crate::store) fn new(book: &Book, today: NaiveDate, head: i64) -> Self {
        let rules = hex(&Sha256::digest(format!("{book:?}")));
        Self { head, under: format!("{today} {} {rules}", env!("CARGO_PKG_VERSION")) }
    }

    /// Whether it would find nothing that the last one did not.
    pub(in crate::store) fn is_idle(&self, db: &Connection) -> Result<bool, Error> {
        let Some(last) = meta::get(db, WHOLE)? else { return Ok(false) };
        let Some((seq, under)) = last.split_once(' ') else { return Ok(false) };
        match seq.parse::<i64>() {
            Ok(seq) if under == self.under => Ok(!is_written_since(db, seq)?),
            _ => Ok(false),
        }
    }

    /// Notes it, in the transaction that writes what it found: nothing before it is to be looked at
    /// any more.
    pub(in crate::store) fn note(&self, tx: &Connection) -> Result<(), Error> {
        super::note_look(tx, self.head)?;
        meta::set(tx, WHOLE, &format!("{} {}", self.head, self.under))
    }
}

/// Whether anything was written after this row that a rule may see. What rules proposed themselves is
/// nothing to them, nor that a job has run, but for those that work out plan and tiers.
fn is_written_since(db: &Connection, seq: i64) -> Result<bool, Error> {
    let silent = SILENT.map(|command| format!("'{command}'")).join(", ");
    let sql = format!(
        "SELECT 1 FROM journal \
         WHERE seq > ?1 AND command NOT IN ('genesis', 'propose_flag', 'lapse_flag', {silent}) \
         AND (command <> 'job' OR subject IN ('roll_plan', 'classify'))"
    );
    Ok(db.prepare_cached(&sql)?.exists([seq])?)
}
