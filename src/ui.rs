//! What is seen and touched: actions, keys, colours, widths, panes, overlays, widgets.
//!
//! A pane is one file or folder and never sees another; it returns [`action::Action`]s, and `app` handles
//! what concerns more than one. Widgets know nothing of panes, actions or the store.

pub mod action;
pub mod ask;
pub mod clean;
pub mod ctx;
pub mod customer_row;
pub mod figures;
pub mod flag;
pub mod key;
pub mod keymap;
pub mod narrow;
pub mod overlays;
pub mod panes;
pub mod pause;
pub mod pin;
pub mod proof;
pub mod reach;
pub mod report;
pub mod request;
pub mod reveal;
pub mod rule_words;
pub mod screen;
pub mod seen;
pub mod strategy;
pub mod talk;
pub mod theme;
pub mod todo;
pub mod value;
pub mod widgets;
pub mod width;
