//! One row a command: who gets past the question whether she may, at what lies in her sight. Nobody
//! does where what is named is not there for anybody: a file that was never registered, an answer
//! that no customer gave, a year that nobody added.

mod house;
mod orders;
mod planning;
mod records;
mod risk;

use super::world::{Ids, today};
use crate::domain::answer::{Answer, Value};
use crate::domain::customer::DossierField;
use crate::domain::deadline::{DeadlineKey, DeadlineKind, DeadlineMark};
use crate::domain::flag::{FlagStep, Level};
use crate::domain::ids::UserId;
use crate::domain::reveal::RevealReason;
use crate::domain::review::{CallResult, OpinionLevel, Verdict};
use crate::domain::statement::Statement;
use crate::domain::user::Role;
use crate::domain::visit::VisitClass;
use crate::protocol::calendar::{CalendarCommand, CalendarOrder};
use crate::protocol::command::{
    Command, DossierNews, FileSource, FlagAgain, FlagWord, KeepStatement, LookUpNote, MarkDeadline,
    RemoveRow, Reveal, SetUser,
};
use crate::protocol::report::{ReportFormat, ReportLang, ReportOrder, ReportSubject};
use chrono::Days;

pub(super) struct Row {
    pub(super) name: &'static str,
    /// Whether it names something that may lie out of sight.
    pub(super) named: bool,
    /// Who gets past the question whether she may.
    pub(super) may: &'static str,
    pub(super) make: fn(&Ids) -> Command,
}

/// The rows, and the name of each command: both from one list, so that none is forgotten.
macro_rules! matrix {
    ($rows:ident, $name_of:ident: $of:ty; $($pattern:pat => $name:literal, $named:literal, $may:literal, $make:expr;)+) => {
        pub(super) fn $name_of(command: &$of) -> &'static str {
            match command { $($pattern => $name,)+ }
        }
        pub(super) fn $rows() -> Vec<Row> {
            vec![$(Row { name: $name, named: $named, may: $may, make: $make },)+]
        }
    };
}
use matrix;

const WORDS: &str = "一句话";

fn soon() -> chrono::NaiveDate {
    today() + Days::new(7)
}

fn said() -> Answer {
    let value = Value::Text("正常".to_owned());
    Answer { value, evidence: None, note: String::new(), unchanged: false }
}

matrix! {
    plain_rows, plain_name: Command;
    Command::StartVisit { .. } => "start_visit", true, "zhang wang", |ids| Command::StartVisit {
        customer: ids.customer.clone(),
        class: VisitClass::Onsite,
        channel: "实地".to_owned(),
        visited_on: today(),
        purposes: Vec::new(),
    };
    Command::NoteLookUp(_) => "note_look_up", true, "zhang wang", |ids| Command::NoteLookUp(LookUpNote {
        customer: ids.customer.clone(),
        check: "court_company".to_owned(),
        option: "none".to_owned(),
        detail: String::new(),
        place: String::new(),
        on: Some(today()),
        seen: 0,
    });
    Command::PlanMeeting { .. } => "plan_meeting", true, "zhang wang", |ids| Command::PlanMeeting {
        customer: ids.customer.clone(),
        people: Vec::new(),
        seen: 0,
    };
    Command::Answer { .. } => "answer", true, "zhang", |ids| Command::Answer {
        visit: ids.visit.clone(),
        item: "conclusion".to_owned(),
        answer: Some(said()),
        seen: 0,
    };
    Command::Attach { .. } => "attach", true, "zhang", |ids| Command::Attach {
        visit: ids.visit.clone(),
        item: "photo_signboard".to_owned(),
        source: FileSource::TakenIn { sha256: "0".repeat(64), name: "a.jpg".to_owned() },
        category: None,
    };
    Command::Detach { .. } => "detach", true, "", |ids| Command::Detach {
        visit: ids.visit.clone(),
        sha256: "0".repeat(64),
    };
    Command::RemoveRow(_) => "remove_row", true, "zhang", |ids| Command::RemoveRow(RemoveRow {
        visit: ids.visit.clone(),
        group: "suppliers".to_owned(),
        row: 0,
        seen: Vec::new(),
    });
    Command::KeepDraft { .. } => "keep_draft", true, "zhang", |ids| Command::KeepDraft {
        visit: ids.visit.clone(),
        item: "conclusion".to_owned(),
        text: WORDS.to_owned(),
        caret: 0,
    };
    Command::KeepPlace { .. } => "keep_place", true, "zhang", |ids| Command::KeepPlace {
        visit: ids.visit.clone(),
        item: "conclusion".to_owned(),
    };
    Command::SetVisit { .. } => "set_visit", true, "zhang", |ids| Command::SetVisit {
        visit: ids.visit.clone(),
        visited_on: today(),
        class: VisitClass::Onsite,
        channel: "实地".to_owned(),
        purposes: Vec::new(),
        seen: 1,
    };
    Command::Submit { .. } => "submit", true, "zhang", |ids| Command::Submit {
        visit: ids.visit.clone(),
        seen: 1,
        seen_answers: i64::MAX,
        lateness_reason: Some(WORDS.to_owned()),
        likeness_reason: Some(WORDS.to_owned()),
    };
    Command::UpdateDossier(_) => "update_dossier", true, "zhang", |ids| Command::UpdateDossier(DossierNews {
        visit: ids.visit.clone(),
        item: "address".to_owned(),
        field: DossierField::Address,
        value: WORDS.to_owned(),
        seen: 1,
    });
    Command::KeepStatement(_) => "keep_statement", true, "zhang wang", |ids| {
        Command::KeepStatement(Box::new(KeepStatement {
            customer: ids.customer.clone(),
            statement: Statement::empty(today()),
            seen: 0,
            withdrawn: None,
        }))
    };
    Command::Withdraw { .. } => "withdraw", true, "zhang", |ids| Command::Withdraw {
        visit: ids.sent.clone(),
        seen: 2,
    };
    Command::Discard { .. } => "discard", true, "zhang", |ids| Command::Discard {
        visit: ids.visit.clone(),
        seen: 1,
    };
    Command::Approve { .. } => "approve", true, "wang", |ids| Command::Approve {
        visit: ids.sent.clone(),
        seen: 2,
        content_hash: ids.hash.clone(),
        note: String::new(),
    };
    Command::Return { .. } => "return", true, "wang", |ids| Command::Return {
        visit: ids.sent.clone(),
        seen: 2,
        reason: WORDS.to_owned(),
    };
    Command::Comment { .. } => "comment", true, "zhang wang", |ids| Command::Comment {
        visit: ids.sent.clone(),
        item: None,
        text: WORDS.to_owned(),
    };
    Command::ReplyComment { .. } => "reply_comment", true, "zhang", |ids| Command::ReplyComment {
        comment: ids.comment.clone(),
        text: WORDS.to_owned(),
        seen: 0,
    };
    Command::GiveOpinion { .. } => "give_opinion", true, "risk", |ids| Command::GiveOpinion {
        visit: ids.sent.clone(),
        seen: 0,
        content_hash: ids.hash.clone(),
        level: OpinionLevel::Risk,
        verdict: Verdict::Agree,
        text: String::new(),
    };
    Command::CallBack { .. } => "call_back", true, "wang", |ids| Command::CallBack {
        visit: ids.sent.clone(),
        result: CallResult::Confirmed,
        contact: WORDS.to_owned(),
        text: String::new(),
    };
    Command::Amend { .. } => "amend", true, "zhang", |ids| Command::Amend {
        visit: ids.sent.clone(),
        reason: WORDS.to_owned(),
    };
    Command::RaiseFlag { .. } => "raise_flag", true, "zhang wang risk", |ids| Command::RaiseFlag { lowered: None,
        customer: ids.customer.clone(),
        visit: None,
        item: None,
        signal: "停工待查".to_owned(),
        level: Level::Yellow,
        proposed: false,
        owner: Some(UserId::from("zhang")),
        measure: WORDS.to_owned(),
        due_on: Some(soon()),
        note: WORDS.to_owned(),
    };
    Command::DecideFlag { .. } => "decide_flag", true, "zhang wang risk", |ids| Command::DecideFlag {
        flag: ids.proposed.clone(),
        seen: 1,
        confirm: false,
        owner: None,
        measure: String::new(),
        due_on: None,
        reason: WORDS.to_owned(),
    };
    Command::UpdateFlag { .. } => "update_flag", true, "zhang wang risk", |ids| Command::UpdateFlag {
        flag: ids.flag.clone(),
        seen: 1,
        level: Level::Orange,
        owner: UserId::from("zhang"),
        measure: WORDS.to_owned(),
        due_on: soon(),
        note: WORDS.to_owned(),
    };
    // A superior's; here it is not rejected yet.
    Command::ReopenFlag(_) => "reopen_flag", true, "wang risk", |ids| Command::ReopenFlag(FlagAgain {
        flag: ids.proposed.clone(),
        seen: 1,
        reason: WORDS.to_owned(),
    });
    Command::DiscussFlag(_) => "discuss_flag", true, "zhang wang risk law", |ids| Command::DiscussFlag(FlagWord {
        flag: ids.flag.clone(),
        asks: None,
        words: WORDS.to_owned(),
    });
    Command::MoveFlag { .. } => "move_flag", true, "zhang wang risk", |ids| Command::MoveFlag {
        flag: ids.flag.clone(),
        seen: 1,
        step: FlagStep::Acting,
        note: WORDS.to_owned(),
        measure: String::new(),
        left: None,
    };
    Command::MarkDeadline(_) => "mark_deadline", true, "", |ids| Command::MarkDeadline(Box::new(MarkDeadline {
        key: DeadlineKey {
            customer: ids.customer.clone(),
            kind: DeadlineKind::Insurance,
            reference: "P1".to_owned(),
            due: soon(),
        },
        mark: DeadlineMark::Received,
        reason: WORDS.to_owned(),
        done_on: None,
        value: None,
        seen: 0,
    }));
    Command::Acknowledge { .. } => "acknowledge", true, "zhang", |ids| Command::Acknowledge {
        notice: ids.notice,
    };
    Command::Undo => "undo", false, "zhang li wang risk law audit admin far", |_| Command::Undo;
    Command::UndoLight => "undo", false, "zhang li wang risk law audit admin far", |_| Command::UndoLight;
    Command::SetUser(_) => "set_user", false, "admin", |_| Command::SetUser(SetUser {
        user: UserId::from("new"),
        name: WORDS.to_owned(),
        role: Role::Officer,
        branch: "B1".to_owned(),
        disabled: false,
    });
    Command::MakeReport { .. } => "report", true, "zhang wang risk law audit", |ids| Command::MakeReport {
        order: ReportOrder {
            subject: ReportSubject::Renewal(ids.customer.clone()),
            format: ReportFormat::Text,
            lang: ReportLang::Chinese,
            unmasked: false,
            reason: String::new(),
        },
        made: Some(crate::protocol::report::ReportMade {
            file: "a.txt".to_owned(),
            bytes: 1,
            sha256: "0".repeat(64),
        }),
    };
    Command::MakeCalendar(_) => "calendar", false, "zhang li wang risk law audit far", |ids| Command::MakeCalendar(CalendarCommand {
        order: CalendarOrder {
            officer: Some(ids.officer.clone()),
            private: true,
            lang: ReportLang::Chinese,
        },
        made: None,
    });
    Command::Reveal(_) => "reveal", true, "zhang wang risk law audit", |ids| Command::Reveal(Reveal {
        customer: ids.customer.clone(),
        reason: RevealReason::Contact,
        note: WORDS.to_owned(),
    });
    Command::NoteCopy { .. } => "note_copy", true, "zhang wang risk law audit", |ids| Command::NoteCopy {
        customer: Some(ids.customer.clone()),
        what: "name".to_owned(),
    };
    // Each of these has its rows in a file of its area.
    Command::Conduct(_) | Command::Proof(_) | Command::Tier(_) | Command::Strategy(_) | Command::Event(_) | Command::Todo(_) | Command::Cockpit(_) | Command::Order(_) | Command::Request(_) | Command::Schedule(_) | Command::Policy(_) | Command::Card(_) | Command::Holidays(_) | Command::Retention(_) | Command::Pin(_) => "", false, "", |_| Command::Undo;
}

/// The name of a command.
pub(super) fn name_of(command: &Command) -> &'static str {
    match command {
        Command::Conduct(command) => records::conduct_name(command),
        Command::Proof(command) => risk::proof_name(command),
        Command::Tier(command) => risk::tier_name(command),
        Command::Strategy(command) => risk::strategy_name(command),
        Command::Event(command) => risk::event_name(command),
        Command::Todo(command) => risk::todo_name(command),
        Command::Cockpit(command) => house::cockpit_name(command),
        Command::Order(command) => orders::order_name(command),
        Command::Request(command) => planning::request_name(command),
        Command::Schedule(command) => planning::schedule_name(command),
        Command::Policy(command) => house::policy_name(command),
        Command::Card(command) => house::card_name(command),
        Command::Holidays(command) => house::holidays_name(command),
        Command::Retention(command) => house::retention_name(command),
        Command::Pin(command) => house::pin_name(command),
        other => plain_name(other),
    }
}

/// All rows.
pub(super) fn rows() -> Vec<Row> {
    let plain = plain_rows().into_iter().filter(|row| !row.name.is_empty());
    let areas = [
        records::conduct_rows(),
        risk::proof_rows(),
        risk::tier_rows(),
        risk::strategy_rows(),
        risk::event_rows(),
        risk::todo_rows(),
        house::cockpit_rows(),
        orders::order_rows(),
        planning::request_rows(),
        planning::schedule_rows(),
        house::policy_rows(),
        house::card_rows(),
        house::holidays_rows(),
        house::retention_rows(),
        house::pin_rows(),
    ];
    plain.chain(areas.into_iter().flatten()).collect()
}
