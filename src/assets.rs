//! Packs built into the program (policy, holidays, checklists, signals), read into domain values.

pub mod checklists;
pub mod holidays;
pub mod policy;
pub mod signals;

/// Placeholder of branch `read` until the packs are merged.
#[derive(Debug)]
pub struct Packs {
    /// Policy.
    pub policy: crate::planning::Policy,
    /// Holidays.
    pub workdays: crate::domain::workday::Workdays,
    /// Checklists.
    pub library: std::sync::Arc<crate::form::Library>,
    /// Signals.
    pub signals: crate::risk::Signals,
}

/// Placeholder.
pub fn packs() -> Result<Packs, Box<dyn std::error::Error>> {
    Ok(Packs {
        policy: policy::load()?,
        workdays: holidays::load()?,
        library: std::sync::Arc::new(checklists::load()?),
        signals: crate::risk::Signals::default(),
    })
}
