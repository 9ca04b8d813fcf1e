//! To-dos, events outside, tiers.

use super::super::world::today;
use super::{Row, WORDS, matrix, soon};
use crate::domain::event::EventKind;
use crate::domain::flag::Leftover;
use crate::domain::ids::UserId;
use crate::domain::loan::Tier;
use crate::domain::strategy::Strategy;
use crate::domain::tier::TierEvent;
use crate::domain::todo::{Promiser, TodoKind};
use crate::protocol::command::{
    Command, EventCommand, FileSource, NewEvent, ProofCommand, StrategyCommand, TierCommand,
    TodoCommand,
};

matrix! {
    tier_rows, tier_name: TierCommand;
    TierCommand::Propose { .. } => "propose_tier", true, "zhang wang risk", |ids| {
        Command::Tier(TierCommand::Propose {
            customer: ids.customer.clone(),
            tier: Tier::SpecialMention,
            subgrade: String::new(),
            reason: WORDS.to_owned(),
        })
    };
    TierCommand::Decide { .. } => "decide_tier", true, "", |ids| {
        Command::Tier(TierCommand::Decide {
            customer: ids.customer.clone(),
            n: 1,
            confirm: true,
            note: String::new(),
        })
    };
    TierCommand::Withdraw { .. } => "withdraw_tier", true, "", |ids| {
        Command::Tier(TierCommand::Withdraw { customer: ids.customer.clone(), n: 1 })
    };
    TierCommand::Note { .. } => "note_tier_event", true, "zhang wang risk", |ids| {
        Command::Tier(TierCommand::Note {
            customer: ids.customer.clone(),
            event: TierEvent::Refinanced,
            since: today(),
            ended: false,
            note: WORDS.to_owned(),
        })
    };
}

matrix! {
    proof_rows, proof_name: ProofCommand;
    ProofCommand::Add { .. } => "add_proof", true, "zhang wang risk", |ids| {
        Command::Proof(ProofCommand::Add {
            flag: ids.flag.clone(),
            source: FileSource::Dropped("a.png".to_owned()),
        })
    };
    // A file that was never registered.
    ProofCommand::Remove { .. } => "remove_proof", true, "", |ids| {
        Command::Proof(ProofCommand::Remove { flag: ids.flag.clone(), sha256: ids.hash.clone() })
    };
}

matrix! {
    strategy_rows, strategy_name: StrategyCommand;
    StrategyCommand::Propose { .. } => "propose_strategy", true, "zhang wang risk", |ids| {
        Command::Strategy(StrategyCommand::Propose {
            customer: ids.customer.clone(),
            strategy: Strategy::Reduce,
            reason: WORDS.to_owned(),
            steps: Vec::new(),
            seen: 0,
        })
    };
    StrategyCommand::Decide { .. } => "decide_strategy", true, "", |ids| {
        Command::Strategy(StrategyCommand::Decide {
            customer: ids.customer.clone(),
            n: 1,
            seen: 1,
            approve: true,
            note: String::new(),
        })
    };
    StrategyCommand::Withdraw { .. } => "withdraw_strategy", true, "", |ids| {
        Command::Strategy(StrategyCommand::Withdraw {
            customer: ids.customer.clone(),
            n: 1,
            seen: 1,
        })
    };
}

matrix! {
    event_rows, event_name: EventCommand;
    EventCommand::Add(_) => "make_event", false, "wang risk far", |_| {
        Command::Event(EventCommand::Add(Box::new(NewEvent {
            kind: EventKind::Policy,
            title: WORDS.to_owned(),
            change: None,
            happened_on: today(),
            industries: vec!["冶炼".to_owned()],
            districts: Vec::new(),
            drivers: Vec::new(),
            points: WORDS.to_owned(),
            due_on: soon(),
        })))
    };
    EventCommand::Close { .. } => "close_event", true, "wang risk", |ids| {
        Command::Event(EventCommand::Close {
            event: ids.event.clone(),
            seen: 1,
            finding: "价格已经回落".to_owned(),
            left: Some(Leftover::Stay),
        })
    };
}

matrix! {
    todo_rows, todo_name: TodoCommand;
    TodoCommand::Add { .. } => "add_todo", true, "zhang wang risk", |ids| Command::Todo(TodoCommand::Add {
        customer: ids.customer.clone(),
        visit: None,
        item: None,
        kind: TodoKind::Agreed,
        text: WORDS.to_owned(),
        owner: UserId::from("zhang"),
        promised_by: Promiser::Bank,
        due_on: soon(),
    });
    TodoCommand::Set { .. } => "set_todo", true, "zhang wang risk", |ids| Command::Todo(TodoCommand::Set {
        todo: ids.todo.clone(),
        seen: 1,
        text: WORDS.to_owned(),
        owner: UserId::from("zhang"),
        due_on: soon(),
    });
    TodoCommand::End { .. } => "end_todo", true, "zhang wang risk", |ids| Command::Todo(TodoCommand::End {
        todo: ids.todo.clone(),
        seen: 1,
        done: true,
        note: WORDS.to_owned(),
    });
}
