//! Inspections and handovers.

use super::{Row, WORDS, matrix, soon};
use crate::domain::duty::DutyClass;
use crate::domain::ids::UserId;
use crate::protocol::command::{Command, NewPacket, OrderCommand, Whom};

matrix! {
    order_rows, order_name: OrderCommand;
    OrderCommand::Issue { .. } => "issue_tasks", true, "wang", |ids| Command::Order(OrderCommand::Issue {
        whom: Whom::These(vec![ids.customer.clone()]),
        class: DutyClass::Onsite,
        due_on: soon(),
        points: vec![WORDS.to_owned()],
    });
    OrderCommand::Cancel { .. } => "cancel_tasks", true, "wang", |ids| Command::Order(OrderCommand::Cancel {
        tasks: vec![(ids.task.clone(), 1)],
        reason: WORDS.to_owned(),
    });
    OrderCommand::StartPacket(_) => "start_handover", true, "zhang wang", |ids| Command::Order(OrderCommand::StartPacket(Box::new(NewPacket {
        giver: ids.officer.clone(),
        receiver: UserId::from("li"),
        witness: UserId::from("zhao"),
        on: soon(),
        whom: Whom::These(vec![ids.customer.clone()]),
        reason: WORDS.to_owned(),
    })));
    // Giver, receiver and witness have a part in it.
    OrderCommand::NoteOddity { .. } => "note_oddity", true, "zhang wang", |ids| Command::Order(OrderCommand::NoteOddity {
        packet: ids.packet.clone(),
        customer: ids.moving.clone(),
        text: WORDS.to_owned(),
        seen: 0,
    });
    OrderCommand::Sign { .. } => "sign_handover", true, "zhang li", |ids| Command::Order(OrderCommand::Sign {
        packet: ids.packet.clone(),
        content_hash: "0".repeat(64),
    });
    OrderCommand::WithdrawPacket { .. } => "withdraw_handover", true, "zhang wang", |ids| Command::Order(OrderCommand::WithdrawPacket {
        packet: ids.packet.clone(),
        seen: 1,
        reason: WORDS.to_owned(),
    });
}
