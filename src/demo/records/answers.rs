//! What is answered in the demo's records.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, Timelike};

use super::Scribe;
use crate::demo::fit::{fitting, heads, line, plain, share};
use crate::domain::answer::{Answer, DocumentState, Evidence, Value};
use crate::domain::customer::Line;
use crate::domain::facts::{self, Facts};
use crate::domain::money::{Decimal4, Fen};
use crate::form::{Kind, Row};

/// A day that fits the question: what is agreed or runs lies ahead, what was seen lies behind. Where a
/// flag is open the next visit is soon: later than planned it would be refused.
fn day_of(path: &str, facts: &Facts, visited: NaiveDate) -> NaiveDate {
    let ahead = ["next", "until", "due", "expir", "end", "by"];
    let days = if ahead.iter().any(|word| path.contains(word)) { 400 } else { 0 };
    let flagged =
        matches!(facts.get(facts::OPEN_FLAGS), Some(Value::Multi(codes)) if !codes.is_empty());
    let soon = if flagged { 4 } else { 30 };
    let days = if path.contains("next") { soon } else { days };
    visited.checked_add_days(Days::new(days)).unwrap_or(visited)
}

/// Whether a short text is a name.
fn names_somebody(code: &str) -> bool {
    const SOMEBODY: [&str; 10] = [
        "_met",
        "with_us",
        "name",
        "buyer",
        "payee",
        "supplier",
        "customer",
        "representative",
        "controller",
        "_by",
    ];
    SOMEBODY.iter().any(|word| code.contains(word))
}

impl Scribe<'_> {
    /// An answer that fits the item; last time's, a little moved, where there was one.
    pub(super) fn answer(
        &mut self,
        row: &Row,
        facts: &Facts,
        at: DateTime<FixedOffset>,
        corrected: bool,
    ) -> Answer {
        let last = row.last.as_ref().map(|last| last.0.value.clone());
        let fitting = fitting(row, facts, self.chance);
        let value = match (&row.item.kind, fitting.or(last)) {
            // "All" is what is owed; what a rule refuses is a part of it.
            (Kind::Money, _) if &*row.path == "recoverable_sum" => match facts.get(facts::EXPOSURE)
            {
                Some(Value::Money(owed)) if !corrected => Value::Money(*owed),
                _ => Value::Money(share(facts, self.chance, 4, 60)),
            },
            (Kind::Money, Some(Value::Money(fen))) => {
                Value::Money(Fen(self.chance.about(fen.0, 8)))
            }
            (Kind::LongText, last) if last.is_none() || !self.copies => {
                match self.said(&row.item.code, facts) {
                    Some(said) => Value::Text(said),
                    None => self.report(facts),
                }
            }
            (Kind::Text, _) if &*row.path == "visit_place" => {
                let hall = self.chance.between(1, 6);
                Value::Text(match line(facts) {
                    Some(Line::PersonalConsumption) => String::from("客户家中"),
                    Some(Line::MicroShop) => String::from("店内"),
                    Some(Line::Project) => format!("施工现场 {hall} 号门"),
                    Some(Line::PersonalBusiness) => String::from("经营场所"),
                    _ => format!("厂区 {hall} 号车间"),
                })
            }
            // The talk was over when the record was written.
            (Kind::Text, _) if row.path.ends_with("_time") => {
                let minutes = at.hour() * 60 + at.minute();
                let (least, most) = if row.path.starts_with("end") { (6, 24) } else { (55, 95) };
                let back = u32::try_from(self.chance.between(least, most)).unwrap_or(0);
                let then = minutes.saturating_sub(back);
                Value::Text(format!("{:02}:{:02}", then / 60, then % 60))
            }
            // Whom a company's officer meets first is on file.
            (Kind::Text, _) if &*row.path == "people_met[0].name" && self.host.is_some() => {
                Value::Text(self.host.clone().unwrap_or_default())
            }
            // A promise of last time is not one of this time.
            (Kind::Document, Some(Value::Document { state: DocumentState::Promised, .. })) => {
                let note = String::from("1份");
                Value::Document { state: DocumentState::Received, until: None, note }
            }
            (_, Some(value)) if !corrected => value,
            (Kind::Bool, _) => Value::Bool(self.usual(row)),
            (Kind::Choice(options), _) => {
                // The first option is the ordinary case; now and then another one.
                let other = i64::try_from(options.len()).unwrap_or(1) - 1;
                let n = if self.chance.per_mille(880) { 0 } else { self.chance.between(0, other) };
                // But few visits ask for another strategy, though growing stands first.
                let n = match (&*row.item.code, n) {
                    ("strategy", 0) => 1,
                    ("strategy", 1) => 0,
                    (_, n) => n,
                };
                let option = options.get(usize::try_from(n).unwrap_or(0));
                Value::Choice(option.map(|o| o.code.clone()).unwrap_or_default())
            }
            (Kind::Multi(options), _) => {
                Value::Multi(options.iter().take(1).map(|o| o.code.clone()).collect())
            }
            // A number that a rule refused was too large: shifts a day, people of those on the list.
            (Kind::Number(_), _) if corrected => Value::Number(Decimal4::from_int(2)),
            (Kind::Number(_), _) => Value::Number(Decimal4::from_int(heads(facts, self.chance))),
            (Kind::Percent, _) => Value::Number(Decimal4::from_int(self.chance.between(60, 95))),
            (Kind::Money, _) => Value::Money(share(facts, self.chance, 4, 60)),
            (Kind::Date, _) => Value::Date(day_of(&row.path, facts, at.date_naive())),
            (Kind::Text, _) if row.item.code == "lookup_later" => {
                Value::Text(String::from("回行后两日内补查"))
            }
            (Kind::Text, _) if names_somebody(&row.item.code) => {
                Value::Text(self.names.person(self.chance))
            }
            (Kind::Text | Kind::LongText, _) => {
                let said = self.said(&row.item.code, facts);
                let any = || self.chance.pick(&self.names.sentences).to_owned();
                Value::Text(said.unwrap_or_else(any))
            }
            (Kind::Document, _) => Value::Document {
                state: DocumentState::Received,
                until: None,
                note: String::from("1份"),
            },
            (Kind::Group(_), _) => Value::Rows(1),
        };
        let note = if corrected || row.delta.as_ref().is_some_and(|d| d.beyond) {
            String::from("旺季备货")
        } else {
            String::new()
        };
        let evidence = if row.item.evidence { Some(Evidence::Original) } else { None };
        Answer { value, evidence, note, unchanged: false }
    }

    /// What she writes of a visit: in figures, so that no report is like another.
    fn report(&mut self, facts: &Facts) -> Value {
        let said = self.chance.pick(&self.names.sentences).to_owned();
        let mut figure = |least, most| plain(share(facts, self.chance, least, most));
        let (first, second) = (figure(30, 180), figure(25, 160));
        let (third, small) = (figure(3, 40), figure(1, 3));
        Value::Text(match line(facts) {
            Some(Line::PersonalConsumption) => {
                format!("{said}家庭月收入 {third}元，月还款 {small}元，工作单位未变。")
            }
            Some(Line::MicroShop) => {
                format!("{said}近三个月收款 {first}元，存货约 {third}元。")
            }
            Some(Line::Project) => {
                format!("{said}本季完成投资 {first}元，支付工程款 {second}元。")
            }
            _ => format!("{said}本季开票 {first}元，回款 {second}元，库存约 {third}元。"),
        })
    }

    /// Most yes-or-no items ask whether all is well.
    fn usual(&mut self, row: &Row) -> bool {
        const TROUBLE: [&str; 18] = [
            "changed",
            "overdue",
            "idle",
            "lent",
            "seized",
            "dispute",
            "diver",
            "arrears",
            "short",
            "epizootic",
            "vice",
            "late",
            "case",
            "crews",
            "interest",
            "piled",
            "contradiction",
            "mutual",
        ];
        !TROUBLE.iter().any(|word| row.path.contains(word)) && self.chance.per_mille(960)
    }
}
