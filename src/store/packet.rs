//! What a packet of customers that change hands says: its people, its hash, its signatures.

use rusqlite::{Connection, Result, params};
use sm3::{Digest, Sm3};

use super::hex::hex;
use crate::domain::ids::{PacketId, UserId};

/// SM3 over the agreement: who gives to whom before which witness, from which day on, why, and
/// each customer with what was noted about her. Figures are not in it: an import that changes a
/// balance between two signatures changes nothing that people agreed on.
pub(super) fn content_hash(db: &Connection, packet: &PacketId) -> Result<String> {
    const HEAD: &str =
        "SELECT giver, receiver, witness, effective_on, reason FROM packets WHERE packet = ?1";
    const ROWS: &str = "
        SELECT customer_id, oddity FROM packet_customers WHERE packet = ?1 ORDER BY customer_id";
    let mut digest = Sm3::new();
    let mut field = |text: &str| {
        digest.update((text.len() as u64).to_be_bytes());
        digest.update(text);
    };
    field("huifang.packet.1");
    field(packet.as_str());
    let mut statement = db.prepare_cached(HEAD)?;
    let mut rows = statement.query([packet.as_str()])?;
    while let Some(row) = rows.next()? {
        for column in 0..5 {
            field(&row.get::<_, String>(column)?);
        }
    }
    let mut statement = db.prepare_cached(ROWS)?;
    let mut rows = statement.query([packet.as_str()])?;
    while let Some(row) = rows.next()? {
        field(&row.get::<_, String>(0)?);
        field(&row.get::<_, String>(1)?);
    }
    Ok(hex(&digest.finalize()))
}

/// How many people have signed this content.
pub(super) fn signed(db: &Connection, packet: &PacketId, content_hash: &str) -> Result<i64> {
    const SQL: &str =
        "SELECT count(*) FROM packet_signatures WHERE packet = ?1 AND content_hash = ?2";
    db.prepare_cached(SQL)?.query_row(params![packet.as_str(), content_hash], |row| row.get(0))
}

/// Whether the giver has left, so that a supervisor must sign in her place.
pub(super) fn giver_left(db: &Connection, giver: &UserId) -> Result<bool> {
    db.prepare_cached("SELECT 1 FROM users WHERE user = ?1 AND disabled = 1")?
        .exists([giver.as_str()])
}
