//! Pieces that panes and overlays are built of; they know nothing of actions or the store.

pub mod bar;
pub mod blocks;
pub mod facts;
pub mod frame;
pub mod input;
pub mod picture;
pub mod prompt;
pub mod reader;
pub mod scroll;
pub mod telling;
