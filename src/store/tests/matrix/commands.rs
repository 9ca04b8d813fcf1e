//! One row a command: who gets past the question whether she may, at what lies in her sight. Nobody
//! does where what is named is not there for anybody: a file that was never registered, an answer
//! that no customer gave, a year that nobody added.

use super::world::{Ids, today};
use crate::domain::answer::{Answer, Value};
use crate::domain::cockpit::Grouping;
use crate::domain::conduct::Stand;
use crate::domain::customer::DossierField;
use crate::domain::deadline::{DeadlineKey, DeadlineKind, DeadlineMark};
use crate::domain::duty::DutyClass;
use crate::domain::event::EventKind;
use crate::domain::flag::{FlagStep, Level};
use crate::domain::ids::UserId;
use crate::domain::loan::Tier;
use crate::domain::order::RequestKind;
use crate::domain::plan::AppointmentKind;
use crate::domain::reveal::RevealReason;
use crate::domain::review::{CallResult, OpinionLevel, Verdict};
use crate::domain::statement::Statement;
use crate::domain::tier::TierEvent;
use crate::domain::todo::{Promiser, TodoKind};
use crate::domain::user::Role;
use crate::domain::visit::VisitClass;
use crate::protocol::calendar::{CalendarCommand, CalendarOrder};
use crate::protocol::command::{
    Appointment, CockpitCommand, Command, Conduct, DossierNews, EventCommand, FigureOrder,
    FileSource, FixedDay, HolidayCommand, KeepStatement, LookUpNote, MarkDeadline, NewEvent,
    NewPacket, OrderCommand, PolicyCommand, RequestCommand, ScheduleCommand, TierCommand,
    TodoCommand, Whom,
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
    ($($pattern:pat => $name:literal, $named:literal, $may:literal, $make:expr;)+) => {
        pub(super) fn name_of(command: &Command) -> &'static str {
            match command { $($pattern => $name,)+ }
        }
        pub(super) fn rows() -> Vec<Row> {
            vec![$(Row { name: $name, named: $named, may: $may, make: $make },)+]
        }
    };
}

const WORDS: &str = "一句话";

fn soon() -> chrono::NaiveDate {
    today() + Days::new(7)
}

fn said() -> Answer {
    let value = Value::Text("正常".to_owned());
    Answer { value, evidence: None, note: String::new(), unchanged: false }
}

matrix! {
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
    Command::RemoveRow { .. } => "remove_row", true, "zhang", |ids| Command::RemoveRow {
        visit: ids.visit.clone(),
        group: "suppliers".to_owned(),
        row: 0,
        seen: Vec::new(),
    };
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
    Command::Conduct(Conduct::AskSecond { .. }) => "ask_second", true, "zhang", |ids| Command::Conduct(Conduct::AskSecond {
        visit: ids.visit.clone(),
        user: Some(UserId::from("li")),
        seen: 0,
    });
    // Only whoever was asked: nobody here.
    Command::Conduct(Conduct::SignSecond { .. }) => "sign_second", true, "", |ids| Command::Conduct(Conduct::SignSecond {
        visit: ids.visit.clone(),
        stand: Stand::Agree,
        opinion: WORDS.to_owned(),
        content_hash: ids.hash.clone(),
        seen: 1,
    });
    Command::Conduct(Conduct::TakeQuestionnaire { .. }) => "take_questionnaire", true, "zhang", |ids| Command::Conduct(Conduct::TakeQuestionnaire {
        visit: ids.visit.clone(),
        version: 1,
        pack: "x".to_owned(),
        by: WORDS.to_owned(),
        on: today(),
        answers: Vec::new(),
    });
    Command::Conduct(Conduct::DecideDeclared { .. }) => "decide_declared", true, "", |ids| Command::Conduct(Conduct::DecideDeclared {
        visit: ids.visit.clone(),
        item: "conclusion".to_owned(),
        take: true,
        seen: 0,
    });
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
        }))
    };
    Command::Tier(TierCommand::Propose { .. }) => "propose_tier", true, "zhang wang risk", |ids| {
        Command::Tier(TierCommand::Propose {
            customer: ids.customer.clone(),
            tier: Tier::SpecialMention,
            reason: WORDS.to_owned(),
        })
    };
    Command::Tier(TierCommand::Decide { .. }) => "decide_tier", true, "", |ids| {
        Command::Tier(TierCommand::Decide {
            customer: ids.customer.clone(),
            n: 1,
            confirm: true,
            note: String::new(),
        })
    };
    Command::Tier(TierCommand::Withdraw { .. }) => "withdraw_tier", true, "", |ids| {
        Command::Tier(TierCommand::Withdraw { customer: ids.customer.clone(), n: 1 })
    };
    Command::Tier(TierCommand::Note { .. }) => "note_tier_event", true, "zhang wang risk", |ids| {
        Command::Tier(TierCommand::Note {
            customer: ids.customer.clone(),
            event: TierEvent::Refinanced,
            since: today(),
            ended: false,
            note: WORDS.to_owned(),
        })
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
        signal: "OPS-03".to_owned(),
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
    Command::MoveFlag { .. } => "move_flag", true, "zhang wang risk", |ids| Command::MoveFlag {
        flag: ids.flag.clone(),
        seen: 1,
        step: FlagStep::Acting,
        note: WORDS.to_owned(),
        measure: String::new(),
    };
    Command::Event(EventCommand::Add(_)) => "make_event", false, "wang risk far", |_| {
        Command::Event(EventCommand::Add(Box::new(NewEvent {
            kind: EventKind::Policy,
            title: WORDS.to_owned(),
            change: None,
            happened_on: today(),
            industries: vec![WORDS.to_owned()],
            districts: Vec::new(),
            drivers: Vec::new(),
            points: WORDS.to_owned(),
            due_on: soon(),
        })))
    };
    Command::Event(EventCommand::Close { .. }) => "close_event", true, "wang risk", |ids| {
        Command::Event(EventCommand::Close {
            event: ids.event.clone(),
            seen: 1,
            finding: WORDS.to_owned(),
        })
    };
    Command::Todo(TodoCommand::Add { .. }) => "add_todo", true, "zhang wang risk", |ids| Command::Todo(TodoCommand::Add {
        customer: ids.customer.clone(),
        visit: None,
        item: None,
        kind: TodoKind::Agreed,
        text: WORDS.to_owned(),
        owner: UserId::from("zhang"),
        promised_by: Promiser::Bank,
        due_on: soon(),
    });
    Command::Todo(TodoCommand::Set { .. }) => "set_todo", true, "zhang wang risk", |ids| Command::Todo(TodoCommand::Set {
        todo: ids.todo.clone(),
        seen: 1,
        text: WORDS.to_owned(),
        owner: UserId::from("zhang"),
        due_on: soon(),
    });
    Command::Todo(TodoCommand::End { .. }) => "end_todo", true, "zhang wang risk", |ids| Command::Todo(TodoCommand::End {
        todo: ids.todo.clone(),
        seen: 1,
        done: true,
        note: WORDS.to_owned(),
    });
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
    Command::Cockpit(CockpitCommand::CloseMonth { .. }) => "close_month", false, "wang far", |_| {
        Command::Cockpit(CockpitCommand::CloseMonth { month: today() - Days::new(31) })
    };
    Command::Cockpit(CockpitCommand::Export { .. }) => "export_figures", false, "zhang li wang risk law audit far", |_| {
        let order = FigureOrder {
            by: Grouping::Officer,
            month: today(),
            lang: ReportLang::Chinese,
        };
        Command::Cockpit(CockpitCommand::Export { order, made: None })
    };
    Command::Acknowledge { .. } => "acknowledge", true, "zhang", |ids| Command::Acknowledge {
        notice: ids.notice,
    };
    Command::Undo => "undo", false, "zhang li wang risk law audit admin far", |_| Command::Undo;
    Command::SetUser { .. } => "set_user", false, "admin", |_| Command::SetUser {
        user: UserId::from("new"),
        name: WORDS.to_owned(),
        role: Role::Officer,
        branch: "B1".to_owned(),
        disabled: false,
    };
    Command::Order(OrderCommand::Issue { .. }) => "issue_tasks", true, "wang", |ids| Command::Order(OrderCommand::Issue {
        whom: Whom::These(vec![ids.customer.clone()]),
        class: DutyClass::Onsite,
        due_on: soon(),
        points: vec![WORDS.to_owned()],
    });
    Command::Order(OrderCommand::Cancel { .. }) => "cancel_tasks", true, "wang", |ids| Command::Order(OrderCommand::Cancel {
        tasks: vec![(ids.task.clone(), 1)],
        reason: WORDS.to_owned(),
    });
    Command::Order(OrderCommand::StartPacket(_)) => "start_handover", true, "zhang wang", |ids| Command::Order(OrderCommand::StartPacket(Box::new(NewPacket {
        giver: ids.officer.clone(),
        receiver: UserId::from("li"),
        witness: UserId::from("zhao"),
        on: soon(),
        whom: Whom::These(vec![ids.customer.clone()]),
        reason: WORDS.to_owned(),
    })));
    // Giver, receiver and witness have a part in it.
    Command::Order(OrderCommand::NoteOddity { .. }) => "note_oddity", true, "zhang wang", |ids| Command::Order(OrderCommand::NoteOddity {
        packet: ids.packet.clone(),
        customer: ids.moving.clone(),
        text: WORDS.to_owned(),
        seen: 0,
    });
    Command::Order(OrderCommand::Sign { .. }) => "sign_handover", true, "zhang li", |ids| Command::Order(OrderCommand::Sign {
        packet: ids.packet.clone(),
        content_hash: "0".repeat(64),
    });
    Command::Order(OrderCommand::WithdrawPacket { .. }) => "withdraw_handover", true, "zhang wang", |ids| Command::Order(OrderCommand::WithdrawPacket {
        packet: ids.packet.clone(),
        seen: 1,
        reason: WORDS.to_owned(),
    });
    Command::Request(RequestCommand::Ask { .. }) => "ask_request", true, "zhang wang", |ids| Command::Request(RequestCommand::Ask {
        customer: ids.customer.clone(),
        due: ids.due,
        kind: RequestKind::Delay,
        new_due: Some(ids.due + Days::new(3)),
        reason: WORDS.to_owned(),
        interim: WORDS.to_owned(),
    });
    Command::Request(RequestCommand::Decide { .. }) => "decide_request", true, "wang", |ids| Command::Request(RequestCommand::Decide {
        bundle: ids.request.clone(),
        approve: true,
        note: WORDS.to_owned(),
    });
    Command::Request(RequestCommand::Withdraw { .. }) => "withdraw_request", true, "zhang", |ids| Command::Request(RequestCommand::Withdraw {
        bundle: ids.request.clone(),
    });
    Command::Schedule(ScheduleCommand::Fix(_)) => "fix_days", true, "zhang wang", |ids| Command::Schedule(ScheduleCommand::Fix(vec![FixedDay {
        customer: ids.customer.clone(),
        due: ids.due,
        day: Some(soon()),
        seen: 0,
    }]));
    Command::Schedule(ScheduleCommand::Appoint(_)) => "set_appointment", true, "zhang wang", |ids| Command::Schedule(ScheduleCommand::Appoint(Box::new(Appointment {
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
    Command::Schedule(ScheduleCommand::Cancel { .. }) => "cancel_appointment", true, "zhang wang", |ids| Command::Schedule(ScheduleCommand::Cancel {
        appointment: ids.appointment.clone(),
        seen: 1,
    });
    Command::Schedule(ScheduleCommand::Pause { .. }) => "pause", true, "wang", |ids| Command::Schedule(ScheduleCommand::Pause {
        customer: ids.customer.clone(),
        until: soon(),
        reason: WORDS.to_owned(),
        seen: 0,
    });
    Command::Schedule(ScheduleCommand::Resume { .. }) => "resume", true, "wang", |ids| Command::Schedule(ScheduleCommand::Resume {
        customer: ids.customer.clone(),
        seen: 1,
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
    Command::Policy(PolicyCommand::Propose { .. }) => "propose_policy", false, "wang risk far", |_| Command::Policy(PolicyCommand::Propose {
        content: "x = 1".to_owned(),
        reason: WORDS.to_owned(),
    });
    Command::Policy(PolicyCommand::Decide { .. }) => "decide_policy", false, "", |_| Command::Policy(PolicyCommand::Decide {
        policy: "nothing@1".to_owned(),
        sha256: "0".repeat(64),
        activate: true,
        reason: WORDS.to_owned(),
    });
    Command::Holidays(HolidayCommand::Add { .. }) => "add_holidays", false, "admin", |_| Command::Holidays(HolidayCommand::Add {
        content: "year = 2027".to_owned(),
    });
    Command::Holidays(HolidayCommand::Remove { .. }) => "remove_holidays", false, "", |_| Command::Holidays(HolidayCommand::Remove {
        year: 2027,
        reason: WORDS.to_owned(),
    });
    Command::Reveal { .. } => "reveal", true, "zhang wang risk law audit", |ids| Command::Reveal {
        customer: ids.customer.clone(),
        reason: RevealReason::Contact,
        note: WORDS.to_owned(),
    };
    Command::NoteCopy { .. } => "note_copy", true, "zhang wang risk law audit", |ids| Command::NoteCopy {
        customer: Some(ids.customer.clone()),
        what: "name".to_owned(),
    };
}
