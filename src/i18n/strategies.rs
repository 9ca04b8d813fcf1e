//! Texts about financing strategies and their plans.

use super::{Lang, catalog, format, words};
use crate::domain::deadline::DeadlineMark;
use crate::domain::money::Fen;
use crate::domain::strategy::Strategy;
use crate::protocol::page::{StepRow, StrategyDecision, StrategyRow};

catalog! {
    /// Texts about financing strategies.
    Strategies {
        title: "Financing strategy" | "授信策略";
        none: "No strategy waits and no plan runs" | "没有待审批的策略，也没有在执行的计划";
        unverified: "not yet confirmed by the bank" | "规则数值待本行确认";
        customer: "Customer" | "客户";
        balance: "Balance" | "余额";
        in_force: "In force" | "现行";
        assumed: "undecided" | "未定";
        next: "Next step" | "下一步";
        waiting: "Pending" | "待审批";
        strategy: "Strategy" | "策略";
        reason: "Reason" | "理由";
        plan: "Plan" | "计划";
        step: "Step" | "步骤";
        due: "By" | "期限";
        target: "Target balance" | "目标余额";
        measure: "Measure" | "措施";
        state: "State" | "状态";
        no_plan: "no plan yet: nothing is approved without" | "尚无计划，补齐步骤后方可批准";
        history: "History" | "历史";
        change: "Change" | "变更";
        day: "Day" | "日期";
        by: "Put forward by" | "提出人";
        decided_by: "Decided by" | "审批人";
        decided_on: "Decided on" | "审批日期";
        from: "From" | "原策略";
        opinion: "Opinion" | "意见";
        visit: "Visit" | "回访";
        none_yet: "No strategy was put forward yet" | "尚未提出授信策略";
        propose_title: "Put a strategy forward" | "提出授信策略";
        change_title: "Change your proposal" | "修改本人提出的策略";
        approve_title: "Approve the strategy" | "批准授信策略";
        refuse_title: "Refuse the strategy" | "不批准授信策略";
        steps_hint: "A step: day, target balance or -reduction, measure; such as 03-31 8000000 stock sold"
            | "每步一行：日期 目标余额（或 -减少额）措施，如 03-31 800万 处置存货还款";
        nothing_open: "Nothing waits: e puts a strategy forward" | "没有待审批的策略，按 e 提出";
        own: "Your own: somebody else decides" | "本人提出，须由他人审批";
        wrote: "You wrote in the record that asks for it: somebody else decides"
            | "本人参与填写提出该策略的记录，须由他人审批";
        not_own: "Not yours to take back" | "不是本人提出，不能撤回";
        waits_other: "One waits already: it is decided or taken back first" | "已有待审批的策略，审批或撤回后再提";
        done_proposed: "Put forward; a supervisor decides" | "已提出，待主管审批";
        done_approved: "Approved: it is in force" | "已批准，即时生效";
        done_refused: "Refused" | "未批准，已通知提出人";
        done_withdrawn: "Taken back" | "已撤回";
        met: "met" | "已完成";
        received: "done" | "已办理";
        waived: "let off" | "已豁免";
        open: "open" | "未完成";
        ended: "over" | "已终止";
        days_left: "Days left" | "剩余天数";
    }
}

impl Strategies {
    /// How many customers there are, and how many of them wait.
    pub fn counted(&self, total: u32, waiting: u32, pack: &str) -> String {
        match self.lang {
            Lang::En => format!("{waiting} waiting, {total} in all   rules {pack}"),
            Lang::Zh => format!("待审批 {waiting} 户，共 {total} 户   规则 {pack}"),
        }
    }

    /// A field for a step: its number.
    pub fn step_n(&self, n: usize) -> String {
        match self.lang {
            Lang::En => format!("Step {n}"),
            Lang::Zh => format!("第 {n} 步"),
        }
    }

    /// A step that was typed and is none.
    pub fn step_fault(&self, n: usize) -> String {
        match self.lang {
            Lang::En => format!("Step {n}: day, target balance, measure"),
            Lang::Zh => format!("第 {n} 步：须写日期、目标余额、措施"),
        }
    }

    /// What holds: the strategy, or the one assumed.
    pub fn holds(&self, row: &StrategyRow) -> String {
        let name = words::strategy(self.lang, row.in_force());
        match (&row.current, self.lang) {
            (Some(_), _) => name.to_owned(),
            (None, Lang::En) => format!("{name} ({})", self.assumed),
            (None, Lang::Zh) => format!("{name}（{}）", self.assumed),
        }
    }

    /// `03-31  800万  处置存货`.
    pub fn step(&self, step: &StepRow) -> String {
        let (due, target) = (step.plan.due, format::amount(self.lang, step.plan.target));
        match self.lang {
            Lang::En => format!("{due}  down to {target}  {}", step.plan.measure),
            Lang::Zh => format!("{due}  降至 {target}  {}", step.plan.measure),
        }
    }

    /// What became of a step by a day.
    pub fn step_state(&self, step: &StepRow, today: chrono::NaiveDate) -> String {
        self.step_state_in(step, today, |fen| format::amount(self.lang, fen))
    }

    /// [`Strategies::step_state`] with amounts written otherwise.
    pub fn step_state_in(
        &self,
        step: &StepRow,
        today: chrono::NaiveDate,
        amount: impl Fn(Fen) -> String,
    ) -> String {
        if let Some((on, balance)) = step.met {
            let balance = amount(balance);
            return match self.lang {
                Lang::En => format!("{} {on} ({balance})", self.met),
                Lang::Zh => format!("{on} {}（{balance}）", self.met),
            };
        }
        if let Some((mark, on, by, proof)) = &step.marked {
            let what = match mark {
                DeadlineMark::Received => self.received,
                DeadlineMark::Waived => self.waived,
            };
            return format!("{on} {what} {by} {proof}").trim_end().to_owned();
        }
        self.left((step.plan.due - today).num_days())
    }

    /// Days until a step, or since.
    pub fn left(&self, days: i64) -> String {
        match (self.lang, days) {
            (Lang::En, ..0) => format!("{} d late", -days),
            (Lang::Zh, ..0) => format!("逾期 {} 天", -days),
            (Lang::En, _) => format!("{days} d left"),
            (Lang::Zh, _) => format!("剩 {days} 天"),
        }
    }

    /// What handing a record in does about the strategy.
    pub fn handing(&self, now: Strategy, asked: Strategy, becomes: &str, goes: bool) -> String {
        let name = |of: Strategy| words::strategy(self.lang, of);
        let change = format!("{} {becomes} {}", name(now), name(asked));
        match (self.lang, goes) {
            (Lang::En, true) => {
                format!("{change}: put forward with this record, a supervisor decides")
            }
            (Lang::Zh, true) => format!("{change}：随本记录提出，由主管审批"),
            (Lang::En, false) => format!("{change}: not put forward, another one waits"),
            (Lang::Zh, false) => format!("{change}：已有待审批的策略，不随本记录提出"),
        }
    }

    /// From where to where.
    pub fn change_of(&self, one: &StrategyDecision, becomes: &str) -> String {
        let name = |of: Strategy| words::strategy(self.lang, of);
        if one.before == one.strategy {
            return name(one.strategy).to_owned();
        }
        format!("{} {becomes} {}", name(one.before), name(one.strategy))
    }

    /// Who put it forward, when, and the visit that caused it.
    pub fn put_forward(&self, one: &StrategyDecision) -> String {
        let visit = one.visit.as_ref().map(|(_, day)| match self.lang {
            Lang::En => format!("visit of {day}"),
            Lang::Zh => format!("{day} 回访"),
        });
        let parts = [Some(one.on.to_string()), Some(one.by.clone()), visit];
        parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
    }

    /// What became of it, by whom, when.
    pub fn outcome(&self, one: &StrategyDecision) -> String {
        let state = words::strategy_state(self.lang, one.state);
        match &one.decided {
            Some((by, on, note)) => format!("{state}  {on}  {by}  {note}").trim_end().to_owned(),
            None => state.to_owned(),
        }
    }
}
