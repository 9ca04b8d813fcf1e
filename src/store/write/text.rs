//! Texts as people write them.

use crate::protocol::reply::Refusal;

/// A text as people wrote it: trimmed, not too long, without control characters but line feeds.
pub(super) fn words(text: &str, field: &'static str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Refusal::Invalid { field, why: "control_character" });
    }
    if text.chars().count() > 32_000 {
        return Err(Refusal::Invalid { field, why: "too_long" });
    }
    Ok(text.to_owned())
}

/// [`words`] that must be there.
pub(super) fn needed(text: &str, field: &'static str) -> Result<String, Refusal> {
    let text = words(text, field)?;
    if text.is_empty() { Err(Refusal::Invalid { field, why: "missing" }) } else { Ok(text) }
}
