//! The message of the moment, and what guards against keys nobody meant.

use std::collections::VecDeque;
use std::time::Duration;

use crate::domain::deadline::DeadlineMark;
use crate::i18n::Catalog;
use crate::protocol::command::{
    Command, PolicyCommand, RequestCommand, RetentionCommand, ScheduleCommand, StrategyCommand,
    TierCommand,
};
use crate::ui::action::Said;
use crate::ui::key::Key;

/// More keys than this within [`BURST`] in list mode are no typing.
const BURST_KEYS: usize = 8;
/// Time of a burst.
const BURST: Duration = Duration::from_millis(20);

/// Message and guards.
#[derive(Debug, Default)]
pub(super) struct Status {
    /// What was last said; goes with the next key.
    pub(super) said: Option<Said>,
    /// When somebody was last seen.
    pub(super) quiet: super::idle::Quiet,
    /// The PIN that is typed on a cover.
    pub(super) lock: super::lock::Lock,
    /// Ctrl-C was pressed once.
    pub(super) quit_armed: bool,
    /// First start was offered already.
    pub(super) welcomed: bool,
    /// What the last key press opened by typing Han was explained once.
    pub(super) ime_hinted: bool,
    recent: VecDeque<(Key, Duration)>,
}

impl Status {
    /// Whether this key is part of a burst that nobody types. A key held down repeats itself and
    /// may come in a burst over a slow line: that is none.
    pub(super) fn is_burst(&mut self, key: Key, at: Duration) -> bool {
        self.recent.push_back((key, at));
        while self.recent.len() > BURST_KEYS + 1 {
            self.recent.pop_front();
        }
        let Some((_, oldest)) = self.recent.front() else { return false };
        let differ = self.recent.iter().any(|(k, _)| *k != key);
        self.recent.len() > BURST_KEYS && differ && at.saturating_sub(*oldest) <= BURST
    }
}

/// What is said when a command went through that tells nothing itself and comes from no pane.
pub(super) const fn plainly(text: &Catalog, command: &Command) -> Option<&'static str> {
    match command {
        Command::Order(order) => Some(text.orders.done(order)),
        Command::Retention(retention) => Some(match retention {
            RetentionCommand::Propose { .. } => text.retention.said_proposed,
            RetentionCommand::Decide { .. } => text.retention.said_decided,
            RetentionCommand::Withdraw { .. } => text.retention.said_withdrawn,
            RetentionCommand::Hold { .. } => text.retention.said_held,
            RetentionCommand::Release { .. } => text.retention.said_released,
        }),
        Command::Request(RequestCommand::Ask { .. }) => Some(text.requests.asked),
        Command::Request(RequestCommand::Decide { .. }) => Some(text.requests.decided),
        Command::Request(RequestCommand::Withdraw { .. }) => Some(text.requests.withdrawn),
        Command::Policy(PolicyCommand::Decide { activate: true, .. }) => {
            Some(text.policy.activated)
        }
        Command::Policy(PolicyCommand::Decide { .. }) => Some(text.policy.refused),
        Command::MarkDeadline(wish) => match wish.mark {
            DeadlineMark::Received => Some(text.deadlines.received),
            DeadlineMark::Waived => Some(text.deadlines.waived),
        },
        Command::KeepStatement(it) if it.withdrawn.is_some() => Some(text.statements.withdrawn),
        Command::Tier(tier) => Some(match tier {
            TierCommand::Propose { .. } => text.tiers.done_proposed,
            TierCommand::Decide { confirm: true, .. } => text.tiers.done_confirmed,
            TierCommand::Decide { .. } => text.tiers.done_refused,
            TierCommand::Withdraw { .. } => text.tiers.done_withdrawn,
            TierCommand::Note { ended: false, .. } => text.tiers.done_noted,
            TierCommand::Note { .. } => text.tiers.done_ended,
        }),
        Command::Strategy(strategy) => Some(match strategy {
            StrategyCommand::Propose { .. } => text.strategies.done_proposed,
            StrategyCommand::Decide { approve: true, .. } => text.strategies.done_approved,
            StrategyCommand::Decide { .. } => text.strategies.done_refused,
            StrategyCommand::Withdraw { .. } => text.strategies.done_withdrawn,
        }),
        Command::Schedule(ScheduleCommand::Pause { .. }) => Some(text.board.paused),
        Command::Schedule(ScheduleCommand::Resume { .. }) => Some(text.board.resumed),
        _ => None,
    }
}
