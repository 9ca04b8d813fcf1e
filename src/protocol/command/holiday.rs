//! Holidays of the bank's own table.

/// What is done about the holidays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HolidayCommand {
    /// Adds a year that has been announced.
    Add {
        /// The table as written, TOML.
        content: String,
    },
    /// Takes a year back that was added by mistake.
    Remove {
        /// Which.
        year: i32,
        /// Why.
        reason: String,
    },
}

impl HolidayCommand {
    /// The code under which the journal keeps the command.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Add { .. } => "add_holidays",
            Self::Remove { .. } => "remove_holidays",
        }
    }
}
