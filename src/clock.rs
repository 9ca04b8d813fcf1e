//! The only reader of the time. Everything else takes `now` or `today` as a parameter.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, FixedOffset, Offset, Utc};

/// China Standard Time, without daylight saving; branch servers may well run in UTC.
pub fn china() -> FixedOffset {
    FixedOffset::east_opt(8 * 3600).unwrap_or_else(|| Utc.fix())
}

/// Tells the time in the branch.
pub trait Clock: Send + Sync {
    /// Now, at +08:00.
    fn now(&self) -> DateTime<FixedOffset>;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the time")]
    fn now(&self) -> DateTime<FixedOffset> {
        Utc::now().with_timezone(&china())
    }
}

/// A clock that stands until it is set: for tests, and for `--as-of` on a demo.
#[derive(Debug, Clone)]
pub struct FixedClock(Arc<Mutex<DateTime<FixedOffset>>>);

impl FixedClock {
    /// A clock that stands at this time.
    pub fn at(now: DateTime<FixedOffset>) -> Self {
        Self(Arc::new(Mutex::new(now)))
    }

    /// Sets the time.
    pub fn set(&self, now: DateTime<FixedOffset>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<FixedOffset> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
