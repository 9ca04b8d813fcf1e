//! Two published formulas, to be measured beside our card, and what the card takes from them.

use super::input::{Given, Input, Taken, Unknown};

/// Zmijewski's weight of a unit of return on assets, and of debt ratio. Journal of Accounting
/// Research 22 (1984), supplement, pages 59 to 82; the signs turned so that higher is riskier.
const ROA: f64 = -4.513;
const DEBT: f64 = 5.679;

/// Zmijewski (1984): −4.336 − 4.513 × return on assets + 5.679 × debt ratio + 0.004 × current ratio.
pub fn zmijewski(taken: &Taken) -> Result<f64, Unknown> {
    let roa = taken.get(Given::Roa)?.clamp(-5.0, 5.0);
    let debt = taken.get(Given::Debt)?.clamp(-1.0, 10.0);
    let current = taken.get(Given::Current)?.clamp(0.0, 100.0);
    Ok(-4.336 + ROA * roa + DEBT * debt + 0.004 * current)
}

/// How much riskier an input makes a company in a published formula, between two values beyond which
/// nothing is added.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// What a unit more adds.
    pub unit: f64,
    /// Below this nothing changes any more.
    pub from: f64,
    /// Above this nothing changes any more.
    pub to: f64,
}

impl Slope {
    /// What a value adds.
    pub fn adds(self, value: f64) -> f64 {
        self.unit * value.clamp(self.from, self.to)
    }
}

/// What [`zmijewski`] says of an input: what a fit starts from where outcomes are few. Of return on
/// assets the outcomes of each market say more of the others than the formula does.
pub const fn published(input: Input) -> Option<Slope> {
    match input {
        Input::Debt => Some(Slope { unit: DEBT, from: 0.0, to: 1.5 }),
        _ => None,
    }
}

/// Amounts of which Altman's Z″ is made, in any one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Altman {
    /// Current assets.
    pub current_assets: f64,
    /// Current liabilities.
    pub current_liabilities: f64,
    /// Total assets.
    pub total_assets: f64,
    /// Total liabilities.
    pub total_liabilities: f64,
    /// Retained earnings.
    pub retained_earnings: f64,
    /// Earnings before interest and tax, of a year.
    pub ebit: f64,
}

/// Altman Z″ (1995) with its sign turned, so that higher is riskier:
/// −(6.56 X1 + 3.26 X2 + 6.72 X3 + 1.05 X4). `None` where something below the line is not positive.
pub fn altman(of: Altman) -> Option<f64> {
    if of.total_assets <= 0.0 || of.total_liabilities <= 0.0 {
        return None;
    }
    let working = (of.current_assets - of.current_liabilities) / of.total_assets;
    let kept = of.retained_earnings / of.total_assets;
    let earned = of.ebit / of.total_assets;
    let equity = (of.total_assets - of.total_liabilities) / of.total_liabilities;
    Some(-(6.56 * working + 3.26 * kept + 6.72 * earned + 1.05 * equity))
}
