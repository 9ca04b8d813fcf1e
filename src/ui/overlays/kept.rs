//! What is kept of a form while its write is under way.

use super::Overlay;
use crate::protocol::command::Command;

impl Overlay {
    /// Whether it holds what somebody typed for a write, so that it is kept until that is done.
    pub fn is_form(&self) -> bool {
        matches!(self, Self::Form(it) if !it.is_bare())
            || matches!(
                self,
                Self::Start(_)
                    | Self::Handing(_)
                    | Self::Ordering(_)
                    | Self::Entering(_)
                    | Self::Foreseeing(_)
            )
    }

    /// Whether it is a list to which one comes back from a customer that it led to. A search is
    /// over when it has found somebody.
    pub fn is_come_back_to(&self) -> bool {
        !matches!(self, Self::Search(_))
    }

    /// What was entered within a list and could not be written comes back in it; whether it tells why
    /// itself.
    pub fn reopen(&mut self, command: &Command, why: &str, field: Option<&str>) -> bool {
        match (self, command) {
            (Self::Tiers(it), Command::Tier(_)) => it.reopen(why, field),
            (Self::Statements(it), Command::KeepStatement(_)) => it.reopen(why, field),
            (Self::Strategies(it), Command::Strategy(_)) => it.reopen(why, field),
            (Self::Deadlines(it), Command::MarkDeadline(_)) => it.reopen(why, field),
            (Self::Events(it), Command::Event(_)) => it.reopen(why, field),
            _ => false,
        }
    }

    /// What was entered could not be written: says why, with everything typed kept.
    pub fn refused(&mut self, why: String, field: Option<&str>) {
        match self {
            Self::Form(it) => it.refused(why, field),
            Self::Ordering(it) => it.refused(why, field),
            Self::Foreseeing(it) => it.refused(why, field),
            Self::Start(it) => it.refused(why),
            Self::Handing(it) => it.refused(why),
            Self::Entering(it) => it.refused(why, field),
            _ => {}
        }
    }

    /// The same, where the field in question is known by its position in the form.
    pub fn refused_at(&mut self, why: String, field: Option<usize>) {
        match self {
            Self::Form(it) => it.refused_at(why, field),
            other => other.refused(why, None),
        }
    }
}
