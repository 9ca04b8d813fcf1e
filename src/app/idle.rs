//! A screen that nobody touches is covered, and left after a while: what stands on it is nobody
//! else's business. What was being typed is kept, as with any leaving.

use chrono::{DateTime, FixedOffset};

/// After how many minutes without a key; `None` = never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Idle {
    /// The screen is covered.
    pub cover: Option<u16>,
    /// The session ends.
    pub end: Option<u16>,
    /// A shared server: whoever has no PIN can't come back to a covered screen.
    pub shared: bool,
}

/// What takes the cover away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opens {
    /// Any key.
    AnyKey,
    /// The PIN of whose screen it is.
    Pin,
    /// Nothing: the session is over with the next key.
    Nothing,
}

/// When somebody was last seen.
#[derive(Debug, Default)]
pub(super) struct Quiet {
    since: Option<DateTime<FixedOffset>>,
    covered: Option<Opens>,
}

impl Quiet {
    /// Somebody is there, and a cover goes.
    pub(super) fn touch(&mut self, now: DateTime<FixedOffset>) {
        self.since = Some(now);
        self.covered = None;
    }

    /// Covers the screen; one that is covered already stays as it is.
    pub(super) fn cover(&mut self, opens: Opens) {
        self.covered.get_or_insert(opens);
    }

    /// Time passed. Whether the session is over.
    pub(super) fn pass(&mut self, now: DateTime<FixedOffset>, idle: Idle, opens: Opens) -> bool {
        let quiet = (now - *self.since.get_or_insert(now)).num_minutes();
        let reached = |limit: Option<u16>| limit.is_some_and(|limit| quiet >= i64::from(limit));
        if reached(idle.cover) {
            self.cover(opens);
        }
        reached(idle.end)
    }

    /// What takes the cover away; `None` = there is none.
    pub(super) const fn covered(&self) -> Option<Opens> {
        self.covered
    }
}
