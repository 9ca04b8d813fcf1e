//! Laws over generated portfolios.
