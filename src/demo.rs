//! An invented portfolio, the same for the same seed and day.
