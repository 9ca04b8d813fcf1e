//! The month plan: the board of officers and days, and one day of it.

pub mod board;
pub mod day;
