//! The panes. Each is one file with its state, `query`, `load`, `on_action`, `on_key`, `context` and
//! `render`; none knows another. `app` holds one of each and routes to them.

pub mod agenda;
pub mod calendar;
pub mod checklist;
pub mod cockpit;
pub mod customers;
pub mod dossier;
pub mod flags;
pub mod month;
pub mod prepare;
pub mod review;
