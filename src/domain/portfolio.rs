//! All that the plan of one customer depends on.

use super::customer::Customer;
use super::duty::KeptDuty;
use super::flag::Flag;
use super::loan::Loan;
use super::order::{Handover, Request, Task};
use super::visit::Visit;

/// One customer with everything that planning looks at. Rows later than the as-of day may be in it:
/// `planning` leaves them out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerFile {
    /// The customer.
    pub customer: Customer,
    /// Whether `customer.officer` is a user who is not disabled; otherwise a gap.
    pub officer_known: bool,
    /// All loans, also ended ones.
    pub loans: Vec<Loan>,
    /// All visits.
    pub visits: Vec<Visit>,
    /// All flags.
    pub flags: Vec<Flag>,
    /// All directed inspections.
    pub tasks: Vec<Task>,
    /// All handovers.
    pub handovers: Vec<Handover>,
    /// All requests.
    pub requests: Vec<Request>,
    /// Duties that an earlier policy or cell judges, see `planning::keep`.
    pub kept: Vec<KeptDuty>,
}
