//! What a staged row says beside what is known: found out before the write lock is taken, so that
//! nobody waits for the rows that say nothing new.

use rusqlite::{Connection, Row};

use super::bulk::{SORT_FROM, is_empty};
use super::rules::{Known, Rules, blank, only_value_changes};
use super::stage::{Staged, Waiting};
use super::{CADENCE_GIVEN, EXTRA_GIVEN, State, has_origin};
use crate::protocol::tables::{Cell, Table};
use crate::store::Error;
use crate::store::cell::{cell_at, quoted};

/// Compares the rows that wait with what is known at this moment, and keeps which of them say nothing
/// new (`same`, with the revision of what they were compared with) and which do (`new`).
pub(super) fn compare(
    moment: &Connection,
    state: &mut State,
    rows: &mut Waiting,
) -> Result<(), Error> {
    let table = rows.table;
    if is_empty(moment, table)? {
        return Ok(());
    }
    let (n, width, rules) = (rows.place, rows.present.len(), Rules::of(table));
    moment.execute_batch(&format!(
        "CREATE TEMP TABLE same_{n} (line INTEGER PRIMARY KEY, revision INTEGER NOT NULL);
         CREATE TEMP TABLE new_{n} (line INTEGER PRIMARY KEY);"
    ))?;
    let mut same = moment.prepare(&format!("INSERT INTO temp.same_{n} VALUES (?1, ?2)"))?;
    let mut new = moment.prepare(&format!("INSERT INTO temp.new_{n} VALUES (?1)"))?;
    let mut statement = moment.prepare(&Left::All.select(rows, true))?;
    let mut found = statement.query([])?;
    let mut count = 0;
    while let Some(row) = found.next()? {
        let staged = Staged::read(row, width)?;
        let old = known(table, row, width + 3)?;
        if let Some(old) = &old {
            let Merged { new: mut says, given, .. } =
                merge(table, &rows.present, &staged, Some(old));
            let known = Known { old: Some(&old.cells), given: &given, latest: state.latest() };
            // What is wrong with a row that changes nothing is no fault.
            rules.check(&known, &mut says, state.as_of());
            if !differs(&old.cells, &says) {
                note_given(moment, state, table, &given, &says)?;
                same.execute((staged.line, old.revision))?;
                count += 1;
                continue;
            }
        }
        new.execute([staged.line])?;
    }
    rows.same = Some(count);
    Ok(())
}

/// Which of the rows that wait are still to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// All of them.
    All,
    /// Only those found to say something new; so many others are settled.
    New(u64),
    /// All but those whose row has still the revision that they were compared with.
    Moved,
}

impl Left {
    pub(super) const fn of(rows: &Waiting, still: bool) -> Self {
        match rows.same {
            None => Self::All,
            Some(same) if still => Self::New(same),
            Some(_) => Self::Moved,
        }
    }

    /// How many rows say nothing new and are not selected any more.
    pub(super) fn settled(self, tx: &Connection, rows: &Waiting) -> Result<u64, Error> {
        match self {
            Self::All => Ok(0),
            Self::New(same) => Ok(same),
            Self::Moved => {
                let (n, name) = (rows.place, rows.table.name);
                let sql = format!(
                    "SELECT count(*) FROM temp.same_{n} AS m
                     CROSS JOIN temp.stage_{n} AS s ON s.line = m.line
                     CROSS JOIN {name} AS t ON {} WHERE t.revision = m.revision",
                    on_key(rows)
                );
                let same: i64 = tx.query_row(&sql, [], |r| r.get(0))?;
                Ok(u64::try_from(same).unwrap_or(0))
            }
        }
    }

    /// The staged rows, with what is known of each if that is wanted.
    pub(super) fn select(self, rows: &Waiting, known_too: bool) -> String {
        let (n, name) = (rows.place, rows.table.name);
        let staged: Vec<String> = (0..rows.present.len()).map(|i| format!("s.c{i}")).collect();
        let mut columns = staged.join(", ");
        let mut join = String::new();
        if known_too {
            columns = format!("{columns}, {}", known_columns(rows.table));
            join = format!("LEFT JOIN {name} AS t ON {}", on_key(rows));
        }
        let (before, only) = match self {
            Self::New(_) => (format!("temp.new_{n} AS w CROSS JOIN"), "AND s.line = w.line".into()),
            Self::Moved if known_too => {
                let still = "m.line = s.line AND m.revision = t.revision";
                let only =
                    format!("AND NOT EXISTS (SELECT 1 FROM temp.same_{n} AS m WHERE {still})");
                (String::new(), only)
            }
            Self::All | Self::Moved => (String::new(), String::new()),
        };
        let once = if rows.dropped {
            format!("AND s.line NOT IN (SELECT line FROM temp.dropped_{n})")
        } else {
            String::new()
        };
        let order = if !rows.sorted && rows.staged > SORT_FROM {
            // Writing in the order of the key keeps the pages at hand.
            rows.key.iter().map(|k| format!("s.c{k}")).collect::<Vec<_>>().join(", ")
        } else {
            "s.line".to_owned()
        };
        format!(
            "SELECT s.line, s.masked, s.bad, {columns} FROM {before} temp.stage_{n} AS s {join}
             WHERE s.bad = 0 {only} {once} ORDER BY {order}"
        )
    }
}

fn on_key(rows: &Waiting) -> String {
    let on: Vec<String> = rows
        .key
        .iter()
        .filter_map(|k| Some(format!("t.\"{}\" = s.c{k}", rows.column(*k)?.name)))
        .collect();
    on.join(" AND ")
}

/// A known row.
pub(super) struct Old {
    pub(super) cells: Vec<Cell>,
    pub(super) recorded_here: bool,
    revision: i64,
}

/// What is known of a row: its columns, whether it was recorded here, its revision.
pub(super) fn known_columns(table: &Table) -> String {
    let here = if has_origin(table) { ", t.origin = 'here'" } else { ", 0" };
    quoted(table.columns.iter().map(|c| c.name), "t.") + here + ", t.revision"
}

/// Reads [`known_columns`]; `None` = no such row.
pub(super) fn known(table: &Table, row: &Row<'_>, from: usize) -> Result<Option<Old>, Error> {
    let width = table.columns.len();
    let Some(revision) = row.get::<_, Option<i64>>(from + width + 1)? else { return Ok(None) };
    let mut cells = Vec::with_capacity(width);
    for at in 0..width {
        cells.push(cell_at(row, from + at)?);
    }
    let recorded_here = row.get::<_, Option<bool>>(from + width)?.unwrap_or(false);
    Ok(Some(Old { cells, recorded_here, revision }))
}

/// A row as it would be.
pub(super) struct Merged {
    pub(super) new: Vec<Cell>,
    /// Per column whether the file says something about it in this row.
    pub(super) given: Vec<bool>,
    /// Per column whether the file hides it in this row.
    pub(super) masked: Vec<bool>,
}

/// Puts what a staged row says over what is known.
pub(super) fn merge(
    table: &Table,
    present: &[usize],
    staged: &Staged,
    old: Option<&Old>,
) -> Merged {
    let width = table.columns.len();
    let mut new = match old {
        Some(old) => old.cells.clone(),
        None => table.columns.iter().map(blank).collect(),
    };
    let (mut given, mut masked) = (vec![false; width], vec![false; width]);
    for (place, index) in present.iter().enumerate() {
        if staged.masked & (1 << place) != 0 {
            if let Some(mark) = masked.get_mut(*index) {
                *mark = true;
            }
            continue;
        }
        let (Some(cell), Some(column)) = (staged.cells.get(place), table.columns.get(*index))
        else {
            continue;
        };
        if *cell == Cell::Empty && only_value_changes(table, column) {
            continue;
        }
        if let (Some(target), Some(mark)) = (new.get_mut(*index), given.get_mut(*index)) {
            target.clone_from(cell);
            *mark = true;
        }
    }
    Merged { new, given, masked }
}

/// Remembers for which customers the file itself says the dates that the system keeps.
pub(super) fn note_given(
    tx: &Connection,
    state: &mut State,
    table: &Table,
    given: &[bool],
    new: &[Cell],
) -> Result<(), Error> {
    if table.name != "customers" {
        return Ok(());
    }
    let at = |name: &str| table.columns.iter().position(|c| c.name == name);
    let says = |name: &str| at(name).and_then(|i| given.get(i)) == Some(&true);
    let why = if says("cadence_since") { CADENCE_GIVEN } else { 0 }
        | if says("extra_visit_from") { EXTRA_GIVEN } else { 0 };
    match (why, at("customer_id").and_then(|i| new.get(i))) {
        (0, _) => Ok(()),
        (why, Some(Cell::Text(customer))) => state.touch(tx, customer, why),
        _ => Ok(()),
    }
}

/// Whether two rows differ. Spaces at the ends don't belong to a value, wherever it came from.
pub(super) fn differs(old: &[Cell], new: &[Cell]) -> bool {
    old.iter().zip(new).any(|(a, b)| match (a, b) {
        (Cell::Text(a), Cell::Text(b)) => a != b && trimmed(a) != trimmed(b),
        (Cell::Text(a), Cell::Empty) | (Cell::Empty, Cell::Text(a)) => !trimmed(a).is_empty(),
        (a, b) => a != b,
    })
}

fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\u{3000}', '\u{A0}'])
}
