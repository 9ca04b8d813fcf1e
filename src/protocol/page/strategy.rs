//! Financing strategies: what is in force with its plan, what waits, what was decided.

use chrono::NaiveDate;

use crate::domain::deadline::DeadlineMark;
use crate::domain::ids::{CustomerId, UserId, VisitId};
use crate::domain::money::Fen;
use crate::domain::strategy::{PlanStep, Strategy, StrategyState};
use crate::protocol::command::Revision;

/// Customers whose strategy waits for somebody or goes by a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrategiesPage {
    /// Those that wait first, then by the day of the next step; at most five hundred.
    pub rows: Vec<StrategyRow>,
    /// How many there are.
    pub total: u32,
    /// Of these, how many wait.
    pub waiting: u32,
    /// Whether the bank has confirmed the numbers of the rules.
    pub verified: bool,
    /// Id of the pack.
    pub pack: String,
}

/// A customer's strategy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrategyRow {
    /// 客户号
    pub customer: CustomerId,
    /// 客户名称
    pub name: String,
    /// Officer: login name.
    pub officer: String,
    /// Officer: name for people.
    pub officer_name: String,
    /// Balance of the loans; `None` if one is missing.
    pub balance: Option<Fen>,
    /// What was decided and holds; `None` = nobody has decided anything.
    pub current: Option<StrategyDecision>,
    /// What holds while nobody has decided anything.
    pub assumed: Strategy,
    /// What somebody has put forward.
    pub open: Option<StrategyDecision>,
    /// Everything else that was put forward, latest first.
    pub past: Vec<StrategyDecision>,
}

/// A strategy that was put forward, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrategyDecision {
    /// Its number.
    pub n: i64,
    /// Its revision.
    pub revision: Revision,
    /// How far it has come.
    pub state: StrategyState,
    /// From which strategy.
    pub before: Strategy,
    /// To which.
    pub strategy: Strategy,
    /// Why.
    pub reason: String,
    /// The visit that caused it, and its day.
    pub visit: Option<(VisitId, NaiveDate)>,
    /// Balance when it was proposed.
    pub balance: Option<Fen>,
    /// Who put it forward: name for people.
    pub by: String,
    /// The same by login name.
    pub by_login: UserId,
    /// Whether the actor put it forward herself.
    pub own: bool,
    /// Whether the actor wrote in the record that asks for it: somebody else decides.
    pub wrote: bool,
    /// On which day.
    pub on: NaiveDate,
    /// Who decided: name for people; the day; what she said.
    pub decided: Option<(String, NaiveDate, String)>,
    /// Who decided, by login name.
    pub decided_login: Option<UserId>,
    /// The plan, in order.
    pub steps: Vec<StepRow>,
}

/// A step of a plan, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    /// Its number, from 1.
    pub step: i64,
    /// What is to be done.
    pub plan: PlanStep,
    /// The day on which the balance was found there, and the balance.
    pub met: Option<(NaiveDate, Fen)>,
    /// Noted by hand: what, the day, by whom, the proof.
    pub marked: Option<(DeadlineMark, NaiveDate, String, String)>,
}

impl StepRow {
    /// Whether nobody has met it.
    pub const fn is_open(&self) -> bool {
        self.met.is_none() && self.marked.is_none()
    }
}

impl StrategyDecision {
    /// The next step that nobody has met.
    pub fn next(&self) -> Option<&StepRow> {
        self.steps.iter().find(|step| step.is_open())
    }
}

impl StrategyRow {
    /// What holds.
    pub fn in_force(&self) -> Strategy {
        self.current.as_ref().map_or(self.assumed, |current| current.strategy)
    }

    /// The next step of the plan that runs.
    pub fn next(&self) -> Option<&StepRow> {
        self.current.as_ref()?.next()
    }

    /// Whether there is anything to tell.
    pub const fn is_told(&self) -> bool {
        self.current.is_some() || self.open.is_some() || !self.past.is_empty()
    }
}
