//! What holds for an item of which the pack says nothing else.

use super::place::fault;
use crate::form::definition::Carry;
use crate::form::source::Place;
use crate::form::{Fault, FaultKind};

/// While what last time's answer may be confirmed. Times, photos and words belong to one visit; a
/// document of a period belongs to that.
pub(super) fn carry(
    raw: Option<&str>,
    (kind, clock, period): (&str, bool, bool),
    at: &Place,
) -> Result<Carry, Fault> {
    match raw {
        Some(code) => {
            Carry::from_code(code).ok_or_else(|| fault(at, FaultKind::Unknown(code.to_owned())))
        }
        None if clock || matches!(kind, "text" | "long_text" | "photo") => Ok(Carry::Never),
        None if period => Ok(Carry::Month),
        None => Ok(Carry::Always),
    }
}
