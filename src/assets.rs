//! Packs built into the program (policy, holidays, checklists, signals), read into domain values.

use std::sync::Arc;

use crate::domain::workday::Workdays;

pub mod checklists;
pub mod holidays;
pub mod policy;
pub mod signals;

/// Everything that the pure rooms need to know besides the portfolio.
#[derive(Debug)]
pub struct Packs {
    /// When a visit is due.
    pub policy: crate::planning::Policy,
    /// Which days are workdays.
    pub workdays: Workdays,
    /// What is asked at a visit.
    pub library: Arc<crate::form::Library>,
    /// What counts as a warning.
    pub signals: crate::risk::Signals,
}

/// A built-in pack that can't be read, with file and line.
#[derive(Debug, thiserror::Error)]
pub enum PackFault {
    /// The policy.
    #[error(transparent)]
    Policy(#[from] policy::PolicyFault),
    /// The holiday table.
    #[error(transparent)]
    Holidays(#[from] holidays::HolidayFault),
    /// Checklists or signals.
    #[error(transparent)]
    Form(#[from] crate::form::Fault),
}

/// The built-in packs.
pub fn packs() -> Result<Packs, PackFault> {
    Ok(Packs {
        policy: policy::load()?,
        workdays: holidays::load()?,
        library: checklists::shared()?,
        signals: signals::load()?,
    })
}
