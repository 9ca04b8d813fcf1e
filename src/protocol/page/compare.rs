//! Two visits of a customer side by side.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::answer::{Answer, Value};
use crate::domain::facts::Facts;
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::visit::{VisitClass, VisitState};

/// One side: a visit, and which version of its record; `None` = it came by import and has none.
pub type SideId = (VisitId, Option<i64>);

/// Two visits of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparePage {
    /// Whose.
    pub customer: CustomerId,
    /// Name of the customer.
    pub name: String,
    /// All that can be chosen, the oldest first.
    pub choices: Vec<CompareChoice>,
    /// The older side; `None` = there is nothing before.
    pub left: Option<CompareSide>,
    /// The newer side.
    pub right: Option<CompareSide>,
    /// Numbers of all records in force, the oldest first: day, value by item.
    pub series: Vec<(NaiveDate, BTreeMap<String, Value>)>,
}

/// A visit, or a version of its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompareChoice {
    /// Which.
    pub id: SideId,
    /// Day of the visit.
    pub visited_on: NaiveDate,
    /// Class.
    pub class: VisitClass,
    /// State of the version.
    pub state: VisitState,
    /// Who: name for people.
    pub officer_name: String,
}

/// What one side holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompareSide {
    /// Which.
    pub id: SideId,
    /// Way: 实地, 电话 …
    pub channel: String,
    /// Conclusion of a visit that came by import.
    pub conclusion: Option<String>,
    /// Note of a visit that came by import.
    pub note: Option<String>,
    /// Checklist pack under which it was made.
    pub pack: String,
    /// The pack's text, only where it is not the one built in.
    pub pack_text: Option<Arc<str>>,
    /// Ids of the sections it is composed of, in order.
    pub sections: Vec<String>,
    /// Facts with which it was composed.
    pub facts: Facts,
    /// Answers by item.
    pub answers: BTreeMap<String, Answer>,
}
