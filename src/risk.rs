//! Pure: signals and ratios.
