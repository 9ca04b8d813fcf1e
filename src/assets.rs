//! Packs built into the program (policy, holidays, checklists, signals), read into domain values.

pub mod attachments;
pub mod audit;
pub mod backtest;
pub mod care;
pub mod checklists;
pub mod cockpit;
pub mod conduct;
pub mod deadlines;
pub mod drivers;
pub mod holidays;
pub mod notes;
pub mod occasions;
pub mod policy;
pub mod portfolio;
pub mod preparation;
pub mod privacy;
pub mod review;
pub mod score;
pub mod signals;
pub mod tiers;
pub mod warning;

use std::sync::{Arc, LazyLock};

use crate::domain::attachment::FileRules;
use crate::domain::cockpit::CockpitRule;
use crate::domain::conduct::Conduct;
use crate::domain::deadline::DeadlineRules;
use crate::domain::occasion::Occasions;
use crate::domain::review::ReviewRules;
use crate::domain::workday::Workdays;
use crate::form::Library;
use crate::form::preparation::Preparation;
use crate::planning::Policy;
use crate::risk::Signals;
use crate::risk::care::Care;

/// Everything that the pure rooms need to know of the bank, loaded once at the start.
/// A clone shares what is large.
#[derive(Debug, Clone)]
pub struct Packs {
    /// When visits are due.
    pub policy: Policy,
    /// Holidays and make-up workdays.
    pub workdays: Arc<Workdays>,
    /// Years of the bank's own among them.
    pub own_years: Vec<i32>,
    /// Festivals and days of the bank's own.
    pub occasions: Arc<Occasions>,
    /// What falls due beside visits.
    pub deadlines: Arc<DeadlineRules>,
    /// How the figures of the cockpit are cut.
    pub cockpit: CockpitRule,
    /// Sizes and days for documents and photos.
    pub attachments: FileRules,
    /// Checklists; read when first asked for, because compiling all expressions takes longer than
    /// everything else of a start together.
    pub library: Arc<LazyLock<Arc<Library>>>,
    /// What a visit is prepared with.
    pub preparation: Arc<Preparation>,
    /// Signals of risk.
    pub signals: Arc<Signals>,
    /// How flags are cared for.
    pub care: Arc<Care>,
    /// Channels, two persons, likeness.
    pub conduct: Arc<Conduct>,
    /// Whose opinions a record needs, and which are called back.
    pub review: Arc<ReviewRules>,
}

impl Packs {
    /// The same with another policy in force.
    #[must_use]
    pub fn with_policy(&self, policy: Policy) -> Self {
        Self { policy, ..self.clone() }
    }

    /// The same with these years of the bank's own.
    pub fn with_years(&self, own: &[holidays::Year]) -> Result<Self, holidays::HolidayFault> {
        let workdays = Arc::new(holidays::with_own(own)?);
        let own_years = own.iter().map(|year| year.year).collect();
        Ok(Self { workdays, own_years, ..self.clone() })
    }
}

/// A built-in pack is faulty; a test reads them all, so that this never leaves the workshop.
#[derive(Debug, thiserror::Error)]
pub enum PackFault {
    /// The policy.
    #[error("policy: {0}")]
    Policy(#[from] policy::PolicyFault),
    /// The holidays.
    #[error("holidays: {0}")]
    Holidays(#[from] holidays::HolidayFault),
    /// The occasions.
    #[error("{0}")]
    Occasions(#[from] occasions::OccasionFault),
    /// The deadlines.
    #[error("{0}")]
    Deadlines(#[from] deadlines::DeadlineFault),
    /// The cockpit.
    #[error("{0}")]
    Cockpit(#[from] cockpit::CockpitFault),
    /// How visits are conducted.
    #[error("conduct: {0}")]
    Conduct(#[from] conduct::ConductFault),
    /// Documents and photos.
    #[error("{0}")]
    Attachments(#[from] attachments::AttachmentFault),
    /// Checklists, signals or the rules of review.
    #[error("{0}")]
    Form(#[from] crate::form::Fault),
}

/// Reads all built-in packs.
pub fn packs() -> Result<Packs, PackFault> {
    Ok(Packs {
        policy: policy::load()?,
        workdays: Arc::new(holidays::load()?),
        own_years: Vec::new(),
        occasions: Arc::new(occasions::load()?),
        deadlines: Arc::new(deadlines::load()?),
        cockpit: cockpit::load()?,
        attachments: attachments::load()?,
        library: Arc::new(LazyLock::new(built_in_library)),
        preparation: preparation::shared()?,
        signals: signals::shared()?,
        care: care::shared()?,
        conduct: Arc::new(conduct::load()?),
        review: review::shared()?,
    })
}

/// The built-in checklists. They can't be faulty: a test reads them, and the log says it otherwise.
fn built_in_library() -> Arc<Library> {
    checklists::shared().unwrap_or_else(|fault| {
        tracing::error!(%fault, "built-in checklists");
        Arc::default()
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_built_in_packs_are_sound() {
        let packs = super::packs().unwrap();
        assert!(!packs.library.sections().is_empty() && !packs.signals.is_empty());
    }
}
