//! What overlays look at.

use super::{Overlay, backtest};
use crate::protocol::query::{Query, Slot};

impl Overlay {
    /// What it looks at, on a screen of so many columns and rows.
    pub fn queries(&self, size: (u16, u16)) -> Vec<(Slot, Query)> {
        match self {
            Self::Drops(it) => it.queries(size),
            Self::Gallery(it) => it.queries(size),
            Self::Packets(it) => it.queries(),
            Self::Portfolio(it) => it.queries(),
            other => other.query().into_iter().collect(),
        }
    }

    fn query(&self) -> Option<(Slot, Query)> {
        match self {
            Self::Search(it) => it.query(),
            Self::Why(it) => Some(it.query()),
            Self::Score(it) => Some(it.query()),
            Self::Backtest(_) => Some(backtest::Backtest::query()),
            Self::Start(it) => Some(it.query()),
            Self::Handing(it) => Some(it.query()),
            Self::History(it) => Some(it.query()),
            Self::Sheets(it) => Some(it.query()),
            Self::Statements(it) => Some(it.query()),
            Self::Tiers(it) => Some(it.query()),
            Self::Strategies(it) => Some(it.query()),
            Self::Compare(it) => Some(it.query()),
            Self::Inbox(_) => Some((Slot::Inbox, Query::Inbox)),
            Self::Requests(_) => Some((Slot::Requests, Query::Requests)),
            Self::Policies(_) => Some((Slot::Policies, Query::Policies)),
            Self::Journal(it) => Some(it.query()),
            Self::Retention(_) => Some((Slot::Retention, Query::Retention)),
            Self::Events(it) => Some(it.query()),
            Self::Deadlines(it) => Some(it.query()),
            Self::Tasks(_) => Some((Slot::Tasks, Query::Tasks)),
            Self::Ordering(it) => it.query(),
            Self::Foreseeing(it) => it.query(),
            _ => None,
        }
    }
}
