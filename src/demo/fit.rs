//! Answers whose size follows from what the bank knows already: an invented guarantor can pay what
//! he guarantees, a house is worth about what it was appraised at.

use super::chance::Chance;
use crate::domain::answer::Value;
use crate::domain::customer::Line;
use crate::domain::facts::{self, Facts, entry};
use crate::domain::money::{Decimal4, Fen};
use crate::form::Row;

/// The value that fits this row; `None` where nothing known says how large it is.
pub(super) fn fitting(row: &Row, facts: &Facts, chance: &mut Chance) -> Option<Value> {
    let money = |name: &str| money(facts, name);
    let of = |list: &str, property: &str| money(&entry(list, row.subject.as_deref()?, property));
    let (base, percent) = match row.item.code.as_str() {
        "means" => (of(facts::GUARANTORS, "amount")?, chance.between(115, 190)),
        "value_now" => (of(facts::COLLATERAL, "value")?, chance.between(92, 106)),
        "source_first" => (money(facts::NEXT_INSTALMENTS)?, chance.between(125, 220)),
        "sales_3m" => (money(facts::INFLOW_3M)?, chance.between(102, 125)),
        "invoices_3m" => (money(facts::INFLOW_3M)?, chance.between(96, 110)),
        "shop_takings" => (money(facts::INFLOW_3M)?, chance.between(31, 38)),
        "turnover_last_year" => (money(facts::INFLOW_12M)?, chance.between(104, 130)),
        "turnover_ytd" => {
            (money(facts::INFLOW_12M).or(money(facts::EXPOSURE))?, chance.between(103, 114))
        }
        "turnover_ytd_before" => {
            (money(facts::INFLOW_12M).or(money(facts::EXPOSURE))?, chance.between(95, 103))
        }
        // The main customers take up half of the sales, her own people little.
        "share" | "affiliate_sales" => {
            let (least, most) = if row.item.code == "share" { (34, 58) } else { (3, 16) };
            return Some(Value::Number(Decimal4::from_int(chance.between(least, most))));
        }
        "staff_total" => return Some(Value::Number(Decimal4::from_int(crew(facts)))),
        "staff_onsite" => {
            let seen = crew(facts) * chance.between(76, 96) / 100;
            return Some(Value::Number(Decimal4::from_int(seen.max(1))));
        }
        "wages_month" => (Fen::from_yuan(crew(facts) * 100), chance.between(5_200, 7_800)),
        "bank_in_3m" => (money(facts::INFLOW_3M)?, chance.between(97, 103)),
        "tax_3m" => (money(facts::INFLOW_3M)?, chance.between(2, 4)),
        "orders_hand" => (money(facts::INFLOW_3M)?, chance.between(60, 140)),
        "receivables" => (money(facts::INFLOW_3M)?, chance.between(38, 60)),
        "inventory" => (money(facts::INFLOW_3M)?, chance.between(24, 44)),
        "payables" => (money(facts::INFLOW_3M)?, chance.between(20, 40)),
        "emergency_funds" => (money(facts::EXPOSURE)?, chance.between(6, 18)),
        "income_month" => (Fen::from_yuan(steady(facts, 70, 260)), 10_000),
        "input_price" => (Fen::from_yuan(steady(facts, 31, 49)), 10_000),
        "product_price" => (Fen::from_yuan(steady(facts, 56, 88)), 10_000),
        "gross_margin" => return Some(Value::Number(Decimal4::from_int(steady(facts, 9, 28)))),
        "receivable_days" => {
            return Some(Value::Number(Decimal4::from_int(steady(facts, 45, 75))));
        }
        "term_days" => return Some(Value::Number(Decimal4::from_int(chance.between(30, 75)))),
        "power_kwh" => {
            let used = match facts.get(facts::POWER_3M) {
                Some(Value::Number(kwh)) if kwh.0 > 0 => kwh.0 / 30_000,
                _ => crew(facts) * 430,
            };
            return Some(Value::Number(Decimal4::from_int(chance.about(used, 5))));
        }
        "other_bank_debt" => (money(facts::EXPOSURE)?, chance.between(20, 70)),
        "shop_staff" => return Some(Value::Number(Decimal4::from_int(chance.between(1, 5)))),
        "shop_owed" => (money(facts::EXPOSURE)?, chance.between(2, 12)),
        "shop_debts" => (money(facts::EXPOSURE)?, chance.between(5, 30)),
        // A covenant is answered as the statement has it.
        "kept" if row.path.starts_with("covenant[") => {
            let stands = entry(facts::COVENANTS, row.subject.as_deref()?, "stands");
            let code = match facts.get(&stands) {
                Some(Value::Choice(code)) if code == "near" => "near",
                Some(Value::Choice(code)) if code == "breach" => "broken",
                _ => "ok",
            };
            return Some(Value::Choice(code.to_owned()));
        }
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

/// The line of business that the form is for; `None` while the bank has none on file.
pub(super) fn line(facts: &Facts) -> Option<Line> {
    match facts.get(facts::LINE) {
        Some(Value::Choice(code)) => Line::from_code(code),
        _ => None,
    }
}

/// What the customer owes; `None` = nothing is known, or nothing is owed.
fn owed(facts: &Facts) -> Option<Fen> {
    money(facts, facts::EXPOSURE)
}

/// A sum that is known and not nothing.
fn money(facts: &Facts, name: &str) -> Option<Fen> {
    match facts.get(name) {
        Some(Value::Money(fen)) if fen.0 > 0 => Some(*fen),
        _ => None,
    }
}

/// A number between two, the same at each visit of a customer.
fn steady(facts: &Facts, least: i64, most: i64) -> i64 {
    let thousands = owed(facts).map_or(0, |owed| owed.0 / 100_000);
    least + thousands.rem_euclid(most - least + 1)
}

/// How many people are employed: the same at each visit, by what the business owes.
fn crew(facts: &Facts) -> i64 {
    let (least, most) = match line(facts) {
        Some(Line::MicroShop) => (3, 6),
        Some(Line::PersonalBusiness | Line::PersonalConsumption) => (3, 12),
        Some(Line::Corporate | Line::Project) => (40, 260),
        Some(Line::SmallBusiness) | None => (10, 60),
    };
    let yuan = owed(facts).map_or(0, |owed| owed.0 / 100);
    (yuan / 180_000).clamp(least, most)
}

/// How many people work there.
pub(super) fn heads(facts: &Facts, chance: &mut Chance) -> i64 {
    match line(facts) {
        Some(Line::MicroShop) => chance.between(1, 5),
        Some(Line::PersonalBusiness | Line::PersonalConsumption) => chance.between(2, 9),
        Some(Line::Corporate | Line::Project) => chance.between(40, 260),
        Some(Line::SmallBusiness) | None => chance.between(8, 60),
    }
}

/// An amount between two percentages of the exposure, in whole yuan of three leading figures.
pub(super) fn share(facts: &Facts, chance: &mut Chance, least: i64, most: i64) -> Fen {
    const UNKNOWN: Fen = Fen::from_yuan(500_000);
    let exposure = owed(facts).unwrap_or(UNKNOWN);
    let yuan = (exposure.0 / 10_000 * chance.between(least, most)).max(1_000);
    let step = 10_i64.pow(yuan.ilog10().saturating_sub(2));
    Fen::from_yuan(yuan / step * step)
}

/// The amount as people write it in a sentence: "793 万", "8,600 ".
pub(super) fn plain(amount: Fen) -> String {
    let yuan = amount.0 / 100;
    if yuan >= 100_000 { format!("{} 万", yuan / 10_000) } else { format!("{yuan} ") }
}
