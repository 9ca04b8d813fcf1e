//! Requests, fixed days, appointments, pauses.

use super::{Row, WORDS, matrix, soon};
use crate::domain::duty::DueKey;
use crate::domain::order::{RequestGround, RequestKind};
use crate::domain::plan::AppointmentKind;
use crate::protocol::command::{Appointment, Command, FixedDay, RequestCommand, ScheduleCommand};
use chrono::Days;

matrix! {
    request_rows, request_name: RequestCommand;
    RequestCommand::Ask { .. } => "ask_request", true, "zhang wang", |ids| Command::Request(RequestCommand::Ask {
        customer: ids.customer.clone(),
        due: ids.due,
        kind: RequestKind::Delay,
        new_due: Some(ids.due + Days::new(3)),
        reason: WORDS.to_owned(),
        interim: WORDS.to_owned(),
        ground: RequestGround::CustomerAway,
    });
    RequestCommand::Decide { .. } => "decide_request", true, "wang", |ids| Command::Request(RequestCommand::Decide {
        bundle: ids.request.clone(),
        seen: 1,
        approve: true,
        note: WORDS.to_owned(),
    });
    RequestCommand::Withdraw { .. } => "withdraw_request", true, "zhang", |ids| Command::Request(RequestCommand::Withdraw {
        bundle: ids.request.clone(),
    });
}

matrix! {
    schedule_rows, schedule_name: ScheduleCommand;
    ScheduleCommand::Fix(_) => "fix_days", true, "zhang wang", |ids| Command::Schedule(ScheduleCommand::Fix(vec![FixedDay {
        visit: DueKey { customer: ids.customer.clone(), due: ids.due, first: ids.due },
        day: Some(soon()),
        seen: 0,
    }]));
    ScheduleCommand::Appoint(_) => "set_appointment", true, "zhang wang", |ids| Command::Schedule(ScheduleCommand::Appoint(Box::new(Appointment {
        id: Some(ids.appointment.clone()),
        seen: 1,
        officer: ids.officer.clone(),
        day: soon(),
        kind: AppointmentKind::Other,
        title: WORDS.to_owned(),
        district: String::new(),
        trade_circle: String::new(),
        points: 1,
    })));
    ScheduleCommand::Cancel { .. } => "cancel_appointment", true, "zhang wang", |ids| Command::Schedule(ScheduleCommand::Cancel {
        appointment: ids.appointment.clone(),
        seen: 1,
    });
    ScheduleCommand::Pause { .. } => "pause", true, "wang", |ids| Command::Schedule(ScheduleCommand::Pause {
        customer: ids.customer.clone(),
        until: soon(),
        reason: WORDS.to_owned(),
        seen: 0,
    });
    ScheduleCommand::Resume { .. } => "resume", true, "wang", |ids| Command::Schedule(ScheduleCommand::Resume {
        customer: ids.customer.clone(),
        seen: 1,
    });
}
