//! The supervisor's panes: the queue and the record under review.

pub mod queue;
pub mod record;
