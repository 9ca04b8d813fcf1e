//! What secures the loans: collateral, what of its value they take, guarantors.

use crate::domain::loan::{GuaranteeMode, LoanStatus};
use crate::domain::money::{Decimal4, Fen};
use crate::form::entry;
use crate::protocol::page::LoanRow;
use crate::report::Desk;
use crate::report::model::{Block, Said, Table};

impl Desk<'_> {
    /// Collateral with its value and what of it runs out.
    pub(in crate::report) fn collateral(&self) -> Block {
        let t = self.t;
        let value = format!(">{}", t.unit(t.value));
        let mut table = Table::new(&[
            t.collateral_id,
            t.kind,
            t.place,
            &value,
            t.valued_on,
            t.next_valuation,
            t.insured_until,
        ]);
        for row in &self.base.dossier.collateral {
            table.row(vec![
                row.id.as_str().into(),
                row.kind.as_str().into(),
                self.or_missing(row.place.as_deref()),
                self.figure(Some(row.value)),
                self.day(row.valued_on),
                self.day(row.next_valuation_on),
                self.day(row.insured_until),
            ]);
        }
        table.or(t.no_collateral)
    }

    /// Balances of running loans that collateral secures.
    fn secured_balances(&self) -> impl Iterator<Item = Option<Fen>> {
        let running = self.base.dossier.loans.iter().filter(|l| l.status == LoanStatus::Active);
        let by = |row: &&LoanRow| row.guarantee.is_some_and(GuaranteeMode::is_by_collateral);
        running.filter(by).map(|row| row.balance)
    }

    /// Their sum; `None` = there is none, or a balance is missing.
    pub(in crate::report) fn secured(&self) -> Option<Fen> {
        self.secured_balances().next()?;
        self.secured_balances().collect::<Option<Vec<_>>>().and_then(Fen::sum_of)
    }

    /// Secured exposure to the value of the collateral, in percent.
    pub(in crate::report) fn loan_to_value(&self) -> Said {
        let pieces = self.base.dossier.collateral.iter().filter(|row| row.counts);
        let value = Fen::sum_of(pieces.map(|row| row.value));
        let value = value.unwrap_or(Fen::ZERO);
        if self.secured_balances().next().is_none() {
            return Said::missing(self.t.nothing_secured);
        }
        match self.secured() {
            None => Said::missing(self.t.balance_missing),
            Some(_) if value.0 <= 0 => Said::missing(self.t.no_value),
            Some(exposure) => {
                let percent = i128::from(exposure.0) * 1_000_000 / i128::from(value.0);
                let percent = Decimal4(i64::try_from(percent).unwrap_or(i64::MAX));
                format!("{}%", entry::format_tenths(percent)).into()
            }
        }
    }

    /// Guarantors.
    pub(in crate::report) fn guarantors(&self) -> Block {
        let t = self.t;
        let amount = format!(">{}", t.unit(t.guaranteed));
        let mut table = Table::new(&[t.name, &amount, t.relation]);
        for (name, amount, relation) in &self.base.dossier.guarantors {
            let (amount, relation) = (self.figure(*amount), self.or_missing(relation.as_deref()));
            table.row(vec![name.as_str().into(), amount, relation]);
        }
        table.or(t.no_guarantors)
    }
}
