//! Financial ratios (`domain.md` 4.3), exact.
