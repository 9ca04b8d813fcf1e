//! Answers whose size follows from what the bank knows already: an invented guarantor can pay what
//! he guarantees, a house is worth about what it was appraised at.

use super::chance::Chance;
use crate::domain::answer::Value;
use crate::domain::facts::{self, Facts, entry};
use crate::domain::money::Fen;
use crate::form::Row;

/// The value that fits this row; `None` where nothing known says how large it is.
pub(super) fn fitting(row: &Row, facts: &Facts, chance: &mut Chance) -> Option<Value> {
    let money = |name: &str| match facts.get(name) {
        Some(Value::Money(fen)) if fen.0 > 0 => Some(*fen),
        _ => None,
    };
    let of = |list: &str, property: &str| money(&entry(list, row.subject.as_deref()?, property));
    let (base, percent) = match row.item.code.as_str() {
        "means" => (of(facts::GUARANTORS, "amount")?, chance.between(115, 190)),
        "value_now" => (of(facts::COLLATERAL, "value")?, chance.between(92, 106)),
        "source_first" => (money(facts::NEXT_INSTALMENTS)?, chance.between(125, 220)),
        "sales_3m" => (money(facts::INFLOW_3M)?, chance.between(102, 125)),
        "invoices_3m" => (money(facts::INFLOW_3M)?, chance.between(96, 110)),
        "shop_takings" => (money(facts::INFLOW_3M)?, chance.between(31, 38)),
        "turnover_last_year" => (money(facts::INFLOW_12M)?, chance.between(104, 130)),
        "other_bank_debt" => (money(facts::EXPOSURE)?, chance.between(20, 70)),
        "insured" => {
            match facts.get(&entry(facts::COLLATERAL, row.subject.as_deref()?, "insured_until")) {
                Some(day @ Value::Date(_)) => return Some(day.clone()),
                _ => return None,
            }
        }
        _ => return None,
    };
    Some(Value::Money(Fen(base.0 / 100 * percent)))
}
