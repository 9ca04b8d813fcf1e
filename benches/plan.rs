//! How many customers a second the plan takes: a synthetic book in memory, planned on one core.
//!
//! `cargo bench --bench plan [-- CUSTOMERS]`

#![expect(clippy::print_stdout, reason = "printing the figures is what it is for")]

use std::time::Instant;

use chrono::{Days, NaiveDate};
use huifang::assets::{holidays, policy};
use huifang::domain::customer::{Customer, Line};
use huifang::domain::duty::DutyCode;
use huifang::domain::ids::{CustomerId, LoanId, UserId, VisitId};
use huifang::domain::loan::{Loan, LoanStatus, Tier};
use huifang::domain::money::Fen;
use huifang::domain::portfolio::CustomerFile;
use huifang::domain::visit::{Purpose, Visit, VisitClass, VisitState};
use huifang::planning;

const AS_OF: NaiveDate = match NaiveDate::from_ymd_opt(2026, 11, 22) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Small steps of a linear congruence: the same book on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

fn customer(dice: &mut Dice, n: u64) -> CustomerFile {
    let id = format!("C{n:06}");
    let pick = |dice: &mut Dice, count: usize| {
        usize::try_from(dice.below(u64::try_from(count).unwrap_or(1))).unwrap_or_default()
    };
    let loans = (0..3)
        .map(|k| {
            let disbursed_on = AS_OF - Days::new(dice.below(900) + 1);
            let active = k == 0 || dice.below(2) == 0;
            let term = [180, 365, 1095][pick(dice, 3)];
            Loan {
                id: LoanId(format!("L{n:06}{k}")),
                amount: Fen::from_yuan(1_000_000),
                balance: Some(Fen::from_yuan(i64::try_from(dice.below(20_000_000)).unwrap_or(0))),
                disbursed_on,
                matures_on: Some(disbursed_on + Days::new(term)),
                status: if active { LoanStatus::Active } else { LoanStatus::Settled },
                settled_on: None,
                days_past_due: None,
                tier: Some(if dice.below(10) == 0 { Tier::SpecialMention } else { Tier::Normal }),
                drawdowns: Vec::new(),
            }
        })
        .collect();
    let visits = (0..10)
        .map(|k| Visit {
            id: VisitId(format!("V{n:06}{k}")),
            visited_on: AS_OF - Days::new(dice.below(800)),
            submitted_on: None,
            class: if dice.below(3) == 0 { VisitClass::Onsite } else { VisitClass::Offsite },
            state: VisitState::Approved,
            purposes: vec![Purpose {
                code: DutyCode::ALL[pick(dice, DutyCode::ALL.len())],
                reference: None,
            }],
        })
        .collect();
    CustomerFile {
        customer: Customer {
            id: CustomerId(id),
            name: String::from("测试客户"),
            line: Some(Line::ALL[pick(dice, Line::ALL.len())]),
            grade: None,
            industry: None,
            district: None,
            trade_circle: None,
            officer: UserId::from("officer"),
            tier: None,
            low_risk: dice.below(50) == 0,
            onboarded_on: Some(AS_OF - Days::new(600)),
            cadence_since: None,
            extra_visit_from: None,
        },
        officer_known: true,
        loans,
        visits,
        flags: Vec::new(),
        tasks: Vec::new(),
        handovers: Vec::new(),
        requests: Vec::new(),
        kept: Vec::new(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a figure to look at")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count = std::env::args().skip(1).find_map(|arg| arg.parse().ok()).unwrap_or(100_000);
    let (policy, days) = (policy::load()?, holidays::load()?);
    let mut dice = Dice(7);
    let book: Vec<CustomerFile> = (0..count).map(|n| customer(&mut dice, n)).collect();
    let begin = Instant::now();
    let visits: usize = book
        .iter()
        .map(|file| planning::plan(file, &policy, &days, AS_OF, AS_OF + Days::new(90)).visits.len())
        .sum();
    let seconds = begin.elapsed().as_secs_f64();
    println!(
        "{count} customers, {visits} due visits, {seconds:.3} s, {:.0} customers/s",
        count as f64 / seconds
    );
    Ok(())
}
