//! Requests: due visits to be put off or duties to end.

use chrono::NaiveDate;

use crate::domain::duty::DutyCode;
use crate::domain::ids::{CustomerId, RequestId};
use crate::domain::order::{Decision, RequestGround, RequestKind};
use crate::protocol::command::Revision;

/// Requests in scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestsPage {
    /// Open ones first, longest waiting first; then those decided last. At most two hundred.
    pub rows: Vec<RequestEntry>,
    /// Who asked how often this year, by name.
    pub counts: Vec<RequestCount>,
    /// How often each ground was given this year, the most frequent first.
    pub grounds: Vec<(RequestGround, u32)>,
}

/// How often an officer asked this year, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestCount {
    /// Name for people.
    pub name: String,
    /// How often she asked.
    pub asked: u32,
    /// Approved.
    pub approved: u32,
    /// Refused.
    pub refused: u32,
    /// Days by which approved delays put visits off, on average, in tenths.
    pub tenths: Option<u32>,
}

/// A request: one or more duties of a due visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestEntry {
    /// The first id of its duties.
    pub bundle: RequestId,
    /// Whose.
    pub customer: CustomerId,
    /// Name of the customer.
    pub name: String,
    /// Delay or termination.
    pub kind: RequestKind,
    /// Codes of its duties, each once.
    pub codes: Vec<DutyCode>,
    /// Earliest day on which its duties are due, as everywhere else: a working day, before any delay.
    pub due: NaiveDate,
    /// The date asked for.
    pub new_due: Option<NaiveDate>,
    /// Why, by its kind; none is known of an imported request.
    pub ground: Option<RequestGround>,
    /// Why, in words.
    pub reason: String,
    /// What is done meanwhile.
    pub interim: String,
    /// Who asked: name for people.
    pub by: String,
    /// When, in the branch: `11-23 09:12`.
    pub at: String,
    /// The actor asked for it: she can take it back, not decide it.
    pub own: bool,
    /// Revision of its duties, which are only ever written together.
    pub revision: Revision,
    /// Somebody decided.
    pub decision: Option<Decision>,
    /// Who decided, and what she said.
    pub decided: Option<(String, String)>,
}
