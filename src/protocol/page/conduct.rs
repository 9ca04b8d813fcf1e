//! How a visit is conducted, as its pages show it: the co-inspector, what the customer declared,
//! and what stands before handing a record in.

use chrono::NaiveDate;

use crate::domain::answer::Value;
use crate::domain::conduct::{Stand, TwoReason};
use crate::domain::duty::DutyCode;
use crate::domain::ids::{CustomerId, UserId, VisitId};
use crate::domain::strategy::Strategy;
use crate::protocol::command::Revision;
use crate::protocol::page::FlagRow;

/// The second pair of eyes at a visit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Second {
    /// Why the visit needs two persons; `None` = one is enough.
    pub reason: Option<TwoReason>,
    /// Who is asked and what she signed.
    pub asked: Option<SecondRow>,
    /// It is the actor who is asked.
    pub mine: bool,
    /// The customer lies outside the actor's scope: she sees this one record.
    pub outside: bool,
    /// Whom the actor may ask: login name and name; empty where she may not.
    pub colleagues: Vec<(UserId, String)>,
}

impl Second {
    /// Whether a signature is owed: by the rule, or because somebody was asked.
    pub fn is_owed(&self) -> bool {
        match &self.asked {
            Some(row) => !row.holds,
            None => self.reason.is_some(),
        }
    }
}

/// Who is asked to inspect beside the lead, and what she signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondRow {
    /// Login name.
    pub user: UserId,
    /// Name for people.
    pub name: String,
    /// What she said; `None` = not signed yet.
    pub stand: Option<Stand>,
    /// In her own words.
    pub opinion: String,
    /// When she signed, in the branch: `11-23 09:12`.
    pub signed_at: Option<String>,
    /// What she signed is what the record says now.
    pub holds: bool,
    /// Hash of what the record says now, to be named when signing.
    pub content_hash: String,
    /// Revision of the request.
    pub revision: Revision,
}

/// What a customer answered in a questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// What.
    pub value: Value,
    /// Who filled the form in.
    pub by: String,
    /// When.
    pub on: NaiveDate,
    /// The officer has decided that her own answer stays.
    pub kept_own: bool,
}

/// What stands before handing a record in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandingPage {
    /// Which record.
    pub visit: VisitId,
    /// Whose.
    pub customer: CustomerId,
    /// Name of the customer.
    pub name: String,
    /// To be handed in by this day, where the calendar reaches it.
    pub deadline: Option<NaiveDate>,
    /// It serves a duty that was overdue on the day of the visit: a reason is required.
    pub late: bool,
    /// Texts that are like others, the likest first.
    pub like: Vec<LikeRow>,
    /// From this percentage on a reason is required.
    pub like_limit: u8,
    /// Why it was late and why texts are like others, as said when this version was handed in before;
    /// empty = nothing was said.
    pub said_before: [String; 2],
    /// How many answers were changed since it was returned; `None` = it was not.
    pub mended: Option<usize>,
    /// Flags of this visit that live, the gravest first.
    pub flags: Vec<FlagRow>,
    /// When the plan asks for the customer next, this visit counted, and for which duties.
    pub next: Option<(NaiveDate, Vec<DutyCode>)>,
    /// When the officer wants to see the customer next, and why.
    pub wish: Option<(NaiveDate, String)>,
    /// That day is later than the plan's: the record can't be handed in with it.
    pub wish_late: bool,
    /// The strategy in force and the other one that the record asks for: handed in, it is put
    /// forward. `false` = it is not, because another one waits.
    pub strategy: Option<(Strategy, Strategy, bool)>,
}

impl HandingPage {
    /// Whether some text is so like another that a reason is required.
    pub fn is_like(&self) -> bool {
        self.like.iter().any(|row| row.percent >= self.like_limit)
    }
}

/// A text that is like another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikeRow {
    /// Item of the text; `None` = all texts of the record together.
    pub item: Option<String>,
    /// Item of the other text, where that is another one.
    pub place: Option<String>,
    /// How like: percent.
    pub percent: u8,
    /// Day of the visit with the other text.
    pub on: NaiveDate,
    /// Whose visit that was.
    pub whose: LikeWhose,
}

/// Whose the other text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LikeWhose {
    /// Of the same customer.
    Same,
    /// Of another customer in scope: her name.
    Other(String),
    /// Of a customer whom the actor does not see.
    Outside,
}

/// What was so when a record was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Handing {
    /// Texts that were like others then, the likest first.
    pub like: Vec<LikeRow>,
    /// Why.
    pub likeness_reason: Option<String>,
    /// When the plan asked for the customer next, and for which duties.
    pub next: Option<(NaiveDate, Vec<DutyCode>)>,
    /// When the officer wanted to see the customer next, and why.
    pub wish: Option<(NaiveDate, String)>,
}
