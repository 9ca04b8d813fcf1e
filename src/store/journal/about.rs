//! Whom the words of a row are about. It is noted while she and her things are there: a draft that is
//! thrown away and a request that is taken back leave rows that nothing leads to any more.

use rusqlite::{Connection, params};

use crate::store::Error;

/// Whose a subject is; `?1` = a customer, or a thing of one or of several.
const WHOSE: &str = "
    SELECT customer_id FROM customers WHERE customer_id = ?1
    UNION ALL SELECT customer_id FROM visits WHERE visit_id = ?1
    UNION ALL SELECT customer_id FROM flags WHERE flag_id = ?1
    UNION ALL SELECT customer_id FROM todos WHERE todo_id = ?1
    UNION ALL SELECT customer_id FROM requests WHERE request_id = ?1
    UNION ALL SELECT customer_id FROM tasks WHERE task_id = ?1
    UNION ALL SELECT t.customer_id FROM task_care b JOIN tasks t USING (task_id) WHERE b.batch = ?1
    UNION ALL SELECT customer_id FROM packet_customers WHERE packet = ?1
    UNION ALL SELECT customer_id FROM loans WHERE loan_id = ?1
    UNION ALL SELECT customer_id FROM collateral WHERE collateral_id = ?1
    UNION ALL SELECT customer_id FROM covenants WHERE covenant_id = ?1
    UNION ALL SELECT customer_id FROM conditions WHERE condition_id = ?1
    UNION ALL SELECT customer_id FROM handovers WHERE handover_id = ?1";

/// Whose the row before it of the same subject was; `?2` = the number of this one.
const BEFORE: &str = "
    SELECT customer_id FROM journal_about WHERE seq =
        (SELECT max(seq) FROM journal WHERE subject = ?1 AND seq < ?2)";

/// Notes whom a row is about, by its subject: the thing itself, what an import calls
/// `table:key|key`, or what the same subject was about before it was gone.
pub(super) fn note(conn: &Connection, seq: i64, subject: &str) -> Result<(), Error> {
    let mut customers = found(conn, WHOSE, params![subject])?;
    if customers.is_empty()
        && let Some((_table, key)) = subject.split_once(':')
    {
        let first = key.split_once('|').map_or(key, |(first, _)| first);
        customers = found(conn, WHOSE, params![first])?;
    }
    if customers.is_empty() {
        customers = found(conn, BEFORE, params![subject, seq])?;
    }
    keep(conn, seq, customers.iter().map(String::as_str))
}

/// Notes that a row is about these.
pub(super) fn keep<'a>(
    conn: &Connection,
    seq: i64,
    customers: impl Iterator<Item = &'a str>,
) -> Result<(), Error> {
    const SQL: &str = "
        INSERT INTO journal_about (customer_id, seq) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    for customer in customers {
        conn.prepare_cached(SQL)?.execute(params![customer, seq])?;
    }
    Ok(())
}

fn found(
    conn: &Connection,
    sql: &str,
    parameters: impl rusqlite::Params,
) -> Result<Vec<String>, Error> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(parameters, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
