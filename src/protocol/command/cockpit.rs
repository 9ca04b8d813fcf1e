//! What is done at the cockpit.

use chrono::NaiveDate;

use crate::domain::cockpit::Grouping;
use crate::protocol::report::{ReportLang, ReportMade};

/// An order for a file with the figures on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureOrder {
    /// What the rows are.
    pub by: Grouping,
    /// First day of the month.
    pub month: NaiveDate,
    /// In which language the headings are.
    pub lang: ReportLang,
}

/// What is done at the cockpit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CockpitCommand {
    /// Makes a file of what is on the screen.
    Export {
        /// Which.
        order: FigureOrder,
        /// The written file; `None` = still to be made.
        made: Option<ReportMade>,
    },
    /// Closes a month of the actor's branch: refused while a loan is unplanned or a gap is open.
    CloseMonth {
        /// First day of the month.
        month: NaiveDate,
    },
}

impl CockpitCommand {
    /// The code under which the journal keeps the command.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Export { .. } => "export_figures",
            Self::CloseMonth { .. } => "close_month",
        }
    }
}
