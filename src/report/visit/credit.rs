//! Chapters 3 to 8: credit and its use, purpose, figures, debts, security.

use super::Writing;
use super::chapter::Chapter;
use crate::form::Light;
use crate::report::model::{Block, Said, Table};
use crate::report::show::pick;

impl Writing<'_> {
    pub(super) fn credit(&self) -> Vec<Block> {
        let (desk, t) = (self.desk, self.desk.t);
        let mut contracts = Table::new(&[t.loan, t.contract, t.purpose, t.guarantee]);
        let running = desk.base.dossier.loans.iter();
        let running = running.filter(|loan| loan.status == crate::domain::loan::LoanStatus::Active);
        for loan in running {
            let mode = loan.guarantee.map(|mode| crate::i18n::words::guarantee(desk.lang, mode));
            contracts.row(vec![
                loan.loan.as_str().into(),
                desk.or_missing(desk.base.contracts.get(&loan.loan).map(String::as_str)),
                desk.or_missing(loan.purpose.as_deref()),
                desk.or_missing(mode),
            ]);
        }
        vec![
            desk.loans(false),
            contracts.or(t.no_loans),
            Block::Note(t.as_of_report(&desk.base.as_of.to_string())),
        ]
    }

    pub(super) fn use_of_funds(&self) -> Vec<Block> {
        let mut blocks = vec![self.desk.drawdowns()];
        blocks.extend(self.answered_too(Chapter::UseOfFunds));
        blocks
    }

    pub(super) fn finance(&self) -> Vec<Block> {
        let (desk, t) = (self.desk, self.desk.t);
        let visited = self.report.row.visited_on;
        let mut blocks = desk.four_columns(visited, self.report.before);
        blocks.push(Block::Heading(2, t.cash_flows.to_owned()));
        blocks.push(desk.flows(visited));
        blocks.extend(self.checks());
        blocks.extend(self.answered_too(Chapter::Finance));
        blocks
    }

    /// Figures of different sources against each other.
    fn checks(&self) -> Vec<Block> {
        let (desk, t) = (self.desk, self.desk.t);
        let mut table = Table::new(&[t.check, t.left_side, t.right_side, t.deviation, t.judgement]);
        for check in self.judged.iter().flat_map(|judged| &judged.state.checks) {
            let side = |at: usize| {
                let found = check.sides.get(at);
                found.map_or_else(Said::default, |(name, figure)| {
                    let mut said = desk.check_figure(*figure);
                    said.text = format!("{}\n{}", pick(name, desk.lang), said.text);
                    said
                })
            };
            let light = match check.light {
                Light::Ok => Said::from(t.light_ok),
                Light::Watch => Said::strong(t.light_watch),
                Light::Alarm => Said::strong(t.light_alarm),
                Light::Unknown => Said::missing(t.not_computable),
            };
            let percent = match check.percent {
                Some(percent) => format!("{}%", crate::form::entry::format_tenths(percent)).into(),
                None => Said::missing(t.not_computable),
            };
            let title = pick(&check.title, desk.lang);
            table.row(vec![title.into(), side(0), side(1), percent, light]);
        }
        vec![Block::Heading(2, t.cross_checks.to_owned()), table.or(t.no_checks)]
    }

    pub(super) fn debts(&self) -> Vec<Block> {
        self.answered(Chapter::Debts)
    }

    pub(super) fn security(&self) -> Vec<Block> {
        let (desk, t) = (self.desk, self.desk.t);
        let mut blocks = vec![
            Block::Heading(2, t.collateral.to_owned()),
            desk.collateral(),
            Block::Pairs(vec![(t.loan_to_value.to_owned(), desk.loan_to_value())]),
            Block::Heading(2, t.guarantors.to_owned()),
            desk.guarantors(),
        ];
        blocks.extend(self.answered_too(Chapter::Security));
        blocks
    }
}
