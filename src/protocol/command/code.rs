//! Codes under which the journal keeps commands.

use super::{CockpitCommand, Command, EventCommand, PinCommand, TodoCommand};
use crate::domain::flag::FlagStep;

impl Command {
    /// What was done, where one code stands for several deeds: as whoever takes it back is told.
    pub const fn deed(&self) -> &'static str {
        match self {
            Self::RaiseFlag { proposed: true, .. } => "propose_flag",
            Self::DecideFlag { confirm: true, .. } => "confirm_flag",
            Self::DecideFlag { .. } => "reject_flag",
            Self::MoveFlag { step: FlagStep::MeasureDecided, .. } => "decide_measure",
            Self::MoveFlag { step, .. } if step.ends() => "end_flag",
            other => other.code(),
        }
    }

    /// Whether somebody else may have acted upon it already: taking it back is asked first.
    pub fn weighs(&self) -> bool {
        Self::weighty(self.deed())
    }

    /// The same of a deed that was done.
    pub fn weighty(deed: &str) -> bool {
        const WEIGHTY: [&str; 5] = ["approve", "return", "confirm_flag", "reject_flag", "end_flag"];
        WEIGHTY.contains(&deed)
    }

    /// Whether it only notes that somebody looked, copied, made a file or was let in: it changes
    /// nothing that anybody would want back, and what came before it is still the last change.
    pub const fn is_beside(&self) -> bool {
        matches!(
            self,
            Self::KeepDraft { .. }
                | Self::KeepPlace { .. }
                | Self::Acknowledge { .. }
                | Self::MakeReport { .. }
                | Self::MakeCalendar(_)
                | Self::Reveal(_)
                | Self::Pin(PinCommand::Unlock { .. } | PinCommand::Vouch { .. })
                | Self::NoteCopy { .. }
                | Self::Cockpit(
                    CockpitCommand::Export { .. } | CockpitCommand::ExportPortfolio { .. }
                )
        )
    }

    /// The code under which the journal keeps the command.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::StartVisit { .. } => "start_visit",
            Self::NoteLookUp(_) => "note_look_up",
            Self::PlanMeeting { .. } => "plan_meeting",
            Self::Answer { .. } => "answer",
            Self::Attach { .. } => "attach",
            Self::Detach { .. } => "detach",
            Self::RemoveRow(_) => "remove_row",
            Self::KeepDraft { .. } => "keep_draft",
            Self::KeepPlace { .. } => "keep_place",
            Self::SetVisit { .. } => "set_visit",
            Self::Submit { .. } => "submit",
            Self::Conduct(conduct) => conduct.code(),
            Self::UpdateDossier(_) => "update_dossier",
            Self::KeepStatement(it) if it.withdrawn.is_some() => "withdraw_statement",
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
            Self::ReopenFlag(_) => "reopen_flag",
            Self::DiscussFlag(_) => "discuss_flag",
            Self::MoveFlag { .. } => "move_flag",
            Self::Proof(command) => command.code(),
            Self::Tier(command) => command.code(),
            Self::Strategy(command) => command.code(),
            Self::Todo(TodoCommand::Add { .. }) => "add_todo",
            Self::Todo(TodoCommand::Set { .. }) => "set_todo",
            Self::Todo(TodoCommand::End { .. }) => "end_todo",
            Self::MarkDeadline(_) => "mark_deadline",
            Self::Event(EventCommand::Add(_)) => "make_event",
            Self::Event(EventCommand::Close { .. }) => "close_event",
            Self::Acknowledge { .. } => "acknowledge",
            Self::Undo | Self::UndoLight => "undo",
            Self::SetUser(_) => "set_user",
            Self::Order(command) => command.code(),
            Self::Request(command) => command.code(),
            Self::Schedule(command) => command.code(),
            Self::Cockpit(command) => command.code(),
            Self::MakeReport { .. } => "report",
            Self::MakeCalendar(_) => "calendar",
            Self::Policy(command) => command.code(),
            Self::Card(command) => command.code(),
            Self::Holidays(command) => command.code(),
            Self::Reveal(_) => "reveal",
            Self::Retention(command) => command.code(),
            Self::Pin(command) => command.code(),
            Self::NoteCopy { .. } => "note_copy",
        }
    }
}
