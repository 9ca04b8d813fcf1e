//! What was agreed, with what the latest statement says to it.

use chrono::NaiveDate;

use super::{Entry, Gathering, joined};
use crate::domain::answer::Value;
use crate::domain::deadline::Operator;
use crate::domain::facts;
use crate::domain::ids::CustomerId;
use crate::domain::money::Decimal4;
use crate::planning::deadline::headroom;
use crate::protocol::reply::Refusal;
use crate::risk::Ratio;
use crate::risk::statements::Telling;
use crate::store::read::statements::of_customer;
use crate::store::row::maybe_code;

/// So many statements are looked at: the latest, and those with which its year began.
const STATEMENTS: u32 = 40;

/// A figure with the end of its period.
type Measured = (NaiveDate, Decimal4);

impl Gathering<'_> {
    pub(super) fn covenants(&mut self) -> Result<(), Refusal> {
        const SQL: &str = "
            SELECT covenant_id, indicator, operator, \"limit\", kind = 'financial' FROM covenants
            WHERE customer_id = ?1 ORDER BY covenant_id";
        let measure = self.measure()?;
        let (me, rules) = (self.customer, &self.packs.deadlines);
        self.list(facts::COVENANTS, SQL, &[&me], |row| {
            let limit: Option<Decimal4> = row.get::<_, Option<i64>>(3)?.map(Decimal4);
            let id: String = row.get(0)?;
            let indicator: Option<String> = row.get(1)?;
            let operator = maybe_code(row, 2, Operator::from_code)?;
            let financial = row.get::<_, Option<bool>>(4)? == Some(true);
            let of = indicator.as_deref().filter(|_| financial).and_then(|i| rules.ratio(i));
            let measured = of.and_then(Ratio::from_code).and_then(&measure);
            let stands =
                operator.zip(limit).zip(measured).map(|((operator, limit), (_, figure))| {
                    headroom(operator, limit, figure, rules.near_percent)
                });
            let label = joined(&[indicator, row.get(2)?, limit.map(|n| n.to_string())]);
            let label = if label.is_empty() { id.clone() } else { label };
            let choice = |code: &str| Value::Choice(code.to_owned());
            Ok(Entry::new(&id, label)
                .with("ratio", of.map(choice))
                .with("figure", measured.map(|(_, figure)| Value::Number(figure)))
                .with("figure_on", measured.map(|(on, _)| Value::Date(on)))
                .with("stands", stands.map(|stands| choice(stands.as_code()))))
        })
    }

    /// Works a ratio out from the statement at which deadlines and signals judge it, as of the visit.
    fn measure(&self) -> Result<impl Fn(Ratio) -> Option<Measured> + use<>, Refusal> {
        let all = of_customer(self.tx, &CustomerId::from(self.customer), STATEMENTS)?;
        let (oldest, day) = (self.packs.signals.oldest_judged(self.day), self.day);
        Ok(move |of| {
            let (judged, figure) = Telling::of(&all, oldest, day).ratio(of)?;
            Some((judged.statement.period_end, figure.ok()?))
        })
    }
}
