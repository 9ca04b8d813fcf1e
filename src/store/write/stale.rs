//! What somebody hears who has not seen the latest.

use crate::protocol::command::Revision;
use crate::protocol::reply::{ConflictField, Refusal};

/// A stale write: what the writer wanted and what is there.
pub(super) fn conflict(now: Revision, field: &str, mine: &str, theirs: &str, by: &str) -> Refusal {
    let field = ConflictField {
        field: field.to_owned(),
        mine: mine.to_owned(),
        theirs: theirs.to_owned(),
        by: by.to_owned(),
    };
    Refusal::Conflict { now, fields: vec![field] }
}

/// A conflict that names each field in which a writer differs from what is there; a state that has
/// moved on where none does.
pub(super) fn conflicts(
    (now, state, by): (Revision, &str, &str),
    mine: &[(&str, String)],
    theirs: impl Fn(&str) -> String,
) -> Refusal {
    let differing = mine.iter().filter(|(field, mine)| theirs(field) != *mine);
    let fields: Vec<ConflictField> = differing
        .map(|(field, mine)| ConflictField {
            field: (*field).to_owned(),
            mine: mine.clone(),
            theirs: theirs(field),
            by: by.to_owned(),
        })
        .collect();
    if fields.is_empty() {
        return conflict(now, "state", "", state, by);
    }
    Refusal::Conflict { now, fields }
}
