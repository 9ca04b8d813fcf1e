//! Reads: one file a page.

pub mod export;
