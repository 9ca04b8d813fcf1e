//! The limits of ratios that hold for the customer.

use super::Gathering;
use crate::domain::answer::Value;
use crate::domain::customer::Line;
use crate::domain::facts::{self, LIMITED, LIMITS};
use crate::domain::ids::CustomerId;
use crate::protocol::reply::Refusal;
use crate::risk::Ratio;
use crate::store::read::statements::is_unfinished;

impl Gathering<'_> {
    /// Those of her trade, after line and industry are known. What a project has to pay its debts from is
    /// asked while it is being built, too.
    pub(super) fn limits(&mut self) -> Result<(), Refusal> {
        let line = match self.facts.get(facts::LINE) {
            Some(Value::Choice(code)) => Line::from_code(code),
            _ => None,
        };
        let industry = match self.facts.get(facts::INDUSTRY) {
            Some(Value::Text(industry)) => Some(industry.clone()),
            _ => None,
        };
        let industry = industry.as_deref();
        let unfinished = is_unfinished(self.tx, &CustomerId::from(self.customer), line)?;
        let signals = &self.packs.signals;
        self.put(facts::RATIOS_APPLY, Some(Value::Bool(signals.judges(industry, unfinished))));
        for ratio in LIMITED.iter().filter_map(|code| Ratio::from_code(code)) {
            let built = unfinished && ratio != Ratio::DebtService;
            let rule = signals.ratio(ratio).filter(|_| signals.judges(industry, built));
            let Some(rule) = rule else { continue };
            let limit = rule.limit(industry);
            for (name, value) in LIMITS.iter().zip([Some(limit.alarm), limit.grave]) {
                self.put(&format!("{name}.{}", ratio.as_code()), value.map(Value::Number));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
