//! tmp
use super::Recipe;
use crate::store::Store;
use chrono::{DateTime, FixedOffset};
/// Makes.
pub fn make(_store: &mut Store, _recipe: Recipe, _now: DateTime<FixedOffset>) {}
