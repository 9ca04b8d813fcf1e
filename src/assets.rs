//! Packs built into the program (policy, holidays, checklists, signals and more), read into values of
//! the pure rooms. A bank's own version of a pack comes in by the same readers.
//!
//! The first fault refuses a pack, with file and line. What a number means and what follows from it is
//! for the room that gets it; none is invented here.

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
mod reading;
pub mod review;
pub mod score;
pub mod signals;
pub mod strategy;
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
use crate::planning::rehearsal::Leaving;
use crate::risk::Signals;
use crate::risk::care::Care;

/// A pack that is read when first asked for: most sessions never ask for most of them, and reading
/// them all takes longer than everything else of a start together.
pub type OnDemand<T> = Arc<LazyLock<Arc<T>>>;

/// Everything that the pure rooms need to know of the bank. A clone shares what is large.
#[derive(Debug, Clone)]
pub struct Packs {
    /// When visits are due.
    pub policy: Policy,
    /// The policy before it, as long as some of the book was not taken over yet.
    pub leaving: Option<Arc<Leaving>>,
    /// Holidays and make-up workdays.
    pub workdays: Arc<Workdays>,
    /// Years of the bank's own among them.
    pub own_years: Vec<i32>,
    /// Festivals and days of the bank's own.
    pub occasions: Arc<Occasions>,
    /// What falls due beside visits.
    pub deadlines: OnDemand<DeadlineRules>,
    /// How the figures of the cockpit are cut.
    pub cockpit: OnDemand<CockpitRule>,
    /// Sizes and days for documents and photos.
    pub attachments: OnDemand<FileRules>,
    /// Checklists.
    pub library: OnDemand<Library>,
    /// What a visit is prepared with.
    pub preparation: OnDemand<Preparation>,
    /// Signals of risk.
    pub signals: OnDemand<Signals>,
    /// How flags are cared for.
    pub care: OnDemand<Care>,
    /// Channels, two persons, likeness.
    pub conduct: OnDemand<Conduct>,
    /// Whose opinions a record needs, and which are called back.
    pub review: OnDemand<ReviewRules>,
}

impl Packs {
    /// The same with another policy in force.
    #[must_use]
    pub fn with_policy(&self, policy: Policy) -> Self {
        Self { policy, leaving: None, ..self.clone() }
    }

    /// The same with these years of the bank's own.
    pub fn with_years(&self, own: &[holidays::Year]) -> Result<Self, holidays::HolidayFault> {
        let workdays = Arc::new(holidays::with_own(own)?);
        let own_years = own.iter().map(|year| year.year).collect();
        Ok(Self { workdays, own_years, ..self.clone() })
    }
}

/// The built-in packs, read once: those that every session needs at once, the others when asked for.
pub fn packs() -> Packs {
    static PACKS: LazyLock<Packs> = LazyLock::new(read);
    PACKS.clone()
}

fn read() -> Packs {
    Packs {
        policy: sound(policy::load()),
        leaving: None,
        workdays: Arc::new(sound(holidays::load())),
        own_years: Vec::new(),
        occasions: Arc::new(sound(occasions::load())),
        deadlines: on_demand(|| sound(deadlines::load().map(Arc::new))),
        cockpit: on_demand(|| sound(cockpit::load().map(Arc::new))),
        attachments: on_demand(|| sound(attachments::load().map(Arc::new))),
        library: on_demand(|| sound(checklists::shared())),
        preparation: on_demand(|| sound(preparation::shared())),
        signals: on_demand(|| sound(signals::shared())),
        care: on_demand(|| sound(care::shared())),
        conduct: on_demand(|| sound(conduct::load().map(Arc::new))),
        review: on_demand(|| sound(review::shared())),
    }
}

fn on_demand<T>(read: fn() -> Arc<T>) -> OnDemand<T> {
    Arc::new(LazyLock::new(read))
}

/// A built-in pack is a constant of the program: a test reads them all.
fn sound<T, E: std::fmt::Display>(read: Result<T, E>) -> T {
    read.unwrap_or_else(|fault| unreachable!("a built-in pack: {fault}"))
}

#[cfg(test)]
mod tests {
    use super::{audit, backtest, portfolio, privacy, tiers};

    #[test]
    fn the_built_in_packs_are_sound() {
        let packs = super::packs();
        assert!(!packs.library.sections().is_empty() && !packs.signals.is_empty());
        let _all = (&**packs.deadlines, &**packs.cockpit, &**packs.attachments, &**packs.conduct);
        let _shared = (audit::shared(), portfolio::shared(), tiers::shared(), backtest::shared());
        assert!(privacy::customers().years > 0);
        let _more = (&**packs.preparation, &**packs.care, &**packs.review);
    }
}
