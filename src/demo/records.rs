//! tmp
use chrono::{DateTime, FixedOffset};
use super::Recipe;
use crate::store::Store;
/// Makes.
pub fn make(_store: &mut Store, _recipe: Recipe, _now: DateTime<FixedOffset>) {}
