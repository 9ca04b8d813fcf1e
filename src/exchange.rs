//! Files in and out: the one schema of `protocol::tables` as workbooks, CSV and JSON.
//!
//! Reading in order: [`source`] finds out which file or sheet holds which table, [`rows`] is the
//! stream of raw cells that [`csv_file`] and [`workbook`] give, [`header`] maps columns,
//! [`cell`] turns raw cells into values, [`import`] drives them into the store, [`faults`] keeps
//! what was refused, and [`rejects`] gives it back to be put right. [`figures`] and [`questionnaire`]
//! read files that are no tables of the portfolio. Writing: [`mod@print`] turns values into text,
//! [`template`] and [`export`] write files.
//!
//! What a bank's file says is checked here cell by cell and never mended; whether it fits what is
//! known is for the store to say. No sentence for people is made here.

pub mod cell;
pub mod csv_file;
pub mod export;
pub mod faults;
pub mod figures;
pub mod fold;
pub mod header;
pub mod import;
pub mod print;
pub mod questionnaire;
pub mod rejects;
pub mod rows;
pub mod source;
pub mod template;
pub mod workbook;
