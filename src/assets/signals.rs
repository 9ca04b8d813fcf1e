//! The signal library.
