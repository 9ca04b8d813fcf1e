//! What is done at the cockpit.

use chrono::NaiveDate;

use crate::domain::cockpit::Grouping;
use crate::domain::portfolio_by::PortfolioBy;
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

/// An order for a file with what the portfolio shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortfolioOrder {
    /// By what.
    pub by: PortfolioBy,
    /// The customers of this part; `None` = the view.
    pub part: Option<String>,
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
    /// Makes a file of what the portfolio shows.
    ExportPortfolio {
        /// Which.
        order: PortfolioOrder,
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
            Self::ExportPortfolio { .. } => "export_portfolio",
            Self::CloseMonth { .. } => "close_month",
        }
    }
}
