//! Financing strategies of the demo: an exit with a step that was missed, reductions under way, one
//! that grows, one that was refused, and some that wait. What the store refuses is left out.

use chrono::{DateTime, Days, FixedOffset};

use super::Recipe;
use super::staff::actor;
use crate::access::Actor;
use crate::domain::deadline::{DeadlineKey, DeadlineKind, DeadlineMark};
use crate::domain::ids::{CustomerId, OpId};
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::strategy::{PlanStep, Strategy, step_reference};
use crate::domain::user::Role;
use crate::protocol::command::{Command, MarkDeadline, StrategyCommand};
use crate::protocol::page::{CustomerRow, Page, StrategyDecision};
use crate::protocol::query::{CustomerFilter, CustomerSort, Query, Window};
use crate::protocol::reply::Refusal;
use crate::store::Store;

/// What became of a proposal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Waits,
    Approved,
    Refused,
}

/// One strategy.
struct Story {
    /// Whose customer, at which place among her worst ones (or among the normal ones).
    officer: &'static str,
    place: usize,
    normal: bool,
    /// Put forward so many days ago.
    ago: i64,
    strategy: Strategy,
    reason: &'static str,
    /// Days from today, percent of the balance that are left, measure.
    steps: &'static [(i64, i64, &'static str)],
    fate: Fate,
    /// The first step was noted by hand so many days ago.
    noted: Option<i64>,
}

const SOLD: &str = "处置存货及应收款回笼";
const PLANT: &str = "处置闲置厂房还款";
const PAID: &str = "经营回款分期归还";

const STORIES: [Story; 6] = [
    Story {
        officer: "zhangwei",
        place: 0,
        normal: false,
        ago: 75,
        strategy: Strategy::Exit,
        reason: "连续逾期，主营订单流失，第一还款来源不足",
        steps: &[(-35, 80, SOLD), (-9, 50, PLANT), (80, 0, PLANT)],
        fate: Fate::Approved,
        noted: Some(33),
    },
    Story {
        officer: "zhangwei",
        place: 1,
        normal: false,
        ago: 20,
        strategy: Strategy::Reduce,
        reason: "他行融资上升较快，逐步降低本行占比",
        steps: &[(25, 80, PAID), (110, 60, PAID), (200, 50, PAID)],
        fate: Fate::Approved,
        noted: None,
    },
    Story {
        officer: "zhangwei",
        place: 2,
        normal: false,
        ago: 3,
        strategy: Strategy::Reduce,
        reason: "应收账款回收放慢，拟压降敞口",
        steps: &[(40, 80, SOLD), (130, 60, PAID)],
        fate: Fate::Waits,
        noted: None,
    },
    Story {
        officer: "zhangwei",
        place: 3,
        normal: true,
        ago: 50,
        strategy: Strategy::Increase,
        reason: "订单充足，结算稳定，担保足值",
        steps: &[],
        fate: Fate::Approved,
        noted: None,
    },
    Story {
        officer: "wangfang",
        place: 0,
        normal: false,
        ago: 30,
        strategy: Strategy::Reduce,
        reason: "押品价值下降，追加担保未果",
        steps: &[(12, 85, PAID), (100, 70, PAID)],
        fate: Fate::Approved,
        noted: None,
    },
    Story {
        officer: "wangfang",
        place: 4,
        normal: true,
        ago: 40,
        strategy: Strategy::Increase,
        reason: "客户申请扩大额度",
        steps: &[],
        fate: Fate::Refused,
        noted: None,
    },
];

/// Makes them.
pub(super) fn make(store: &mut Store, recipe: Recipe, now: DateTime<FixedOffset>) {
    let head = actor("lifang", Role::Supervisor);
    for (n, story) in STORIES.iter().enumerate() {
        let mut desk =
            Desk { store, head: &head, story, recipe, now, op: format!("demo-plan-{n}") };
        if let Err(why) = desk.tell() {
            tracing::debug!(?why, n, "demo strategy left out");
        }
    }
    for officer in ["zhangwei", "wangfang"] {
        if let Err(why) = read(store, &actor(officer, Role::Officer), recipe, now) {
            tracing::debug!(?why, officer, "demo message left unread");
        }
    }
}

/// Officers have read what was decided two weeks ago and longer.
fn read(
    store: &mut Store,
    officer: &Actor,
    recipe: Recipe,
    now: DateTime<FixedOffset>,
) -> Result<(), Refusal> {
    let young = recipe.today.checked_sub_days(Days::new(14));
    let Page::Inbox(page) = store.query(officer, now, &Query::Inbox)? else {
        return Err(Refusal::NotFound);
    };
    let decided = page.rows.iter().filter(|row| row.kind == "strategy_decided" && row.unread);
    for row in decided.filter(|row| Some(row.date) < young) {
        let op = OpId(format!("demo-plan-read-{}", row.id));
        store.apply(officer, now, &op, &Command::Acknowledge { notice: row.id })?;
    }
    Ok(())
}

struct Desk<'a> {
    store: &'a mut Store,
    head: &'a Actor,
    story: &'a Story,
    recipe: Recipe,
    now: DateTime<FixedOffset>,
    op: String,
}

impl Desk<'_> {
    fn tell(&mut self) -> Result<(), Refusal> {
        let story = self.story;
        let officer = actor(story.officer, Role::Officer);
        let Some((customer, balance)) = self.customer(&officer)? else { return Ok(()) };
        let steps: Vec<PlanStep> =
            story.steps.iter().filter_map(|step| self.step(step, balance)).collect();
        let propose = StrategyCommand::Propose {
            customer: customer.clone(),
            strategy: story.strategy,
            reason: story.reason.to_owned(),
            steps,
            seen: 0,
        };
        self.run(&officer, story.ago, "propose", &Command::Strategy(propose))?;
        let open = self.open(&customer)?;
        if story.fate == Fate::Waits {
            return Ok(());
        }
        let approve = story.fate == Fate::Approved;
        let note = if approve { "同意" } else { "现金流未见改善，暂不增持" };
        let decide = StrategyCommand::Decide {
            customer: customer.clone(),
            n: open.n,
            seen: open.revision,
            approve,
            note: note.to_owned(),
        };
        let head = self.head.clone();
        self.run(&head, story.ago - 2, "decide", &Command::Strategy(decide))?;
        match (story.noted, open.steps.first()) {
            (Some(ago), Some(first)) => {
                let due = first.plan.due;
                let mark = met(&customer, step_reference(open.n, first.step), due);
                self.run(&officer, ago, "note", &mark)
            }
            _ => Ok(()),
        }
    }

    fn run(&mut self, who: &Actor, ago: i64, what: &str, command: &Command) -> Result<(), Refusal> {
        let at = self.recipe.moment(ago, self.now).unwrap_or(self.now);
        let op = OpId(format!("{}-{what}", self.op));
        self.store.apply(who, at, &op, command).map(drop)
    }

    /// A customer with a balance: one of the worst, or one of those that are well.
    fn customer(&self, officer: &Actor) -> Result<Option<(CustomerId, Fen)>, Refusal> {
        let query = Query::Customers {
            filter: CustomerFilter::default(),
            sort: CustomerSort::Tier,
            window: Window { offset: 0, limit: 500 },
        };
        let Page::Customers(page) = self.store.query(officer, self.now, &query)? else {
            return Err(Refusal::NotFound);
        };
        let fits = |row: &&CustomerRow| {
            (row.tier == Tier::Normal) == self.story.normal
                && row.exposure.is_some_and(|fen| fen > Fen::ZERO)
        };
        let found = page.rows.iter().filter(fits).nth(self.story.place);
        Ok(found.and_then(|row| Some((row.customer.clone(), row.exposure?))))
    }

    fn step(&self, (days, percent, measure): &(i64, i64, &str), balance: Fen) -> Option<PlanStep> {
        let by = Days::new(days.unsigned_abs());
        let today = self.recipe.today;
        let due = if *days < 0 { today.checked_sub_days(by) } else { today.checked_add_days(by) };
        // Whole 万元, as people agree upon.
        let target = Fen(balance.0 / 100 * percent / 1_000_000 * 1_000_000);
        Some(PlanStep { due: due?, target, measure: (*measure).to_owned() })
    }

    fn open(&self, customer: &CustomerId) -> Result<StrategyDecision, Refusal> {
        let query = Query::Strategies { customer: Some(customer.clone()), officer: None };
        let Page::Strategies(page) = self.store.query(self.head, self.now, &query)? else {
            return Err(Refusal::NotFound);
        };
        page.rows.first().and_then(|row| row.open.clone()).ok_or(Refusal::NotFound)
    }
}

/// A step that was met by a payment which is not booked yet.
fn met(customer: &CustomerId, reference: String, due: chrono::NaiveDate) -> Command {
    let key = DeadlineKey { customer: customer.clone(), kind: DeadlineKind::Step, reference, due };
    Command::MarkDeadline(Box::new(MarkDeadline {
        key,
        mark: DeadlineMark::Received,
        reason: String::from("还款凭证已收，待入账"),
        done_on: None,
        value: None,
        seen: 0,
    }))
}
