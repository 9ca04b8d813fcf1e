//! Codes under which the journal keeps commands.

use super::{Command, EventCommand, TodoCommand};

impl Command {
    /// The code under which the journal keeps the command.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::StartVisit { .. } => "start_visit",
            Self::NoteLookUp(_) => "note_look_up",
            Self::PlanMeeting { .. } => "plan_meeting",
            Self::Answer { .. } => "answer",
            Self::Attach { .. } => "attach",
            Self::Detach { .. } => "detach",
            Self::RemoveRow { .. } => "remove_row",
            Self::KeepDraft { .. } => "keep_draft",
            Self::KeepPlace { .. } => "keep_place",
            Self::SetVisit { .. } => "set_visit",
            Self::Submit { .. } => "submit",
            Self::Conduct(conduct) => conduct.code(),
            Self::UpdateDossier(_) => "update_dossier",
            Self::KeepStatement(_) => "keep_statement",
            Self::Withdraw { .. } => "withdraw",
            Self::Discard { .. } => "discard",
            Self::Approve { .. } => "approve",
            Self::Return { .. } => "return",
            Self::Comment { .. } => "comment",
            Self::ReplyComment { .. } => "reply_comment",
            Self::GiveOpinion { .. } => "give_opinion",
            Self::CallBack { .. } => "call_back",
            Self::Amend { .. } => "amend",
            Self::RaiseFlag { .. } => "raise_flag",
            Self::DecideFlag { .. } => "decide_flag",
            Self::UpdateFlag { .. } => "update_flag",
            Self::MoveFlag { .. } => "move_flag",
            Self::Tier(command) => command.code(),
            Self::Todo(TodoCommand::Add { .. }) => "add_todo",
            Self::Todo(TodoCommand::Set { .. }) => "set_todo",
            Self::Todo(TodoCommand::End { .. }) => "end_todo",
            Self::MarkDeadline(_) => "mark_deadline",
            Self::Event(EventCommand::Add(_)) => "make_event",
            Self::Event(EventCommand::Close { .. }) => "close_event",
            Self::Acknowledge { .. } => "acknowledge",
            Self::Undo => "undo",
            Self::SetUser { .. } => "set_user",
            Self::Order(command) => command.code(),
            Self::Request(command) => command.code(),
            Self::Schedule(command) => command.code(),
            Self::Cockpit(command) => command.code(),
            Self::MakeReport { .. } => "report",
            Self::MakeCalendar(_) => "calendar",
            Self::Policy(command) => command.code(),
            Self::Card(command) => command.code(),
            Self::Holidays(command) => command.code(),
            Self::Reveal { .. } => "reveal",
            Self::NoteCopy { .. } => "note_copy",
        }
    }
}
