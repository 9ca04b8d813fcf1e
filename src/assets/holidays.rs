//! Holiday tables: TOML to workdays.
