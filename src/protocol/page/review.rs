//! Records as their reviewers see them: the queue, a record with all rounds, the sample.

use chrono::NaiveDate;

use super::conduct::Handing;
use super::record::VisitPage;
use crate::domain::answer::Answer;
use crate::domain::ids::{CustomerId, UserId, VisitId};
use crate::domain::money::Fen;
use crate::domain::review::{CallResult, OpinionLevel, Verdict};
use crate::domain::visit::VisitState;
use crate::protocol::command::Revision;

/// Records that wait for review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuePage {
    /// Red flags first, then lateness, then age.
    pub rows: Vec<QueueRow>,
}

/// A record that waits for review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRow {
    /// Id.
    pub visit: VisitId,
    /// Version.
    pub version: i64,
    /// Whose.
    pub customer: CustomerId,
    /// Name of the customer.
    pub name: String,
    /// Who looks after the customer: login name.
    pub officer: UserId,
    /// 区域 of the customer.
    pub district: Option<String>,
    /// Who handed it in: name for people.
    pub author_name: String,
    /// The actor wrote in it: she may not review it.
    pub own: bool,
    /// A decision or an opinion of the actor is wanted now.
    pub mine: bool,
    /// How often this version was returned.
    pub returned: u32,
    /// Its reviewer has approved it, and these opinions are still missing.
    pub waits_for: Vec<OpinionLevel>,
    /// An opinion is against it.
    pub disputed: bool,
    /// Day of the visit.
    pub visited_on: NaiveDate,
    /// Handed in, in the branch: `11-23 09:12`.
    pub submitted_at: String,
    /// Workdays since handed in.
    pub waiting_workdays: i64,
    /// Calendar days by which it met its duties late; 0 = in time.
    pub late_days: i64,
    /// Flags raised or open, by level: yellow, orange, red.
    pub flags: [u32; 3],
    /// Answers that differ from last time.
    pub changes: u32,
    /// Wanted answers and documents that are missing.
    pub missing: u32,
    /// Exposure.
    pub exposure: Option<Fen>,
}

/// A record as the reviewer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordPage {
    /// The record itself.
    pub visit: VisitPage,
    /// The actor wrote in it: she may not review it.
    pub own: bool,
    /// Hash of the content, to name in an approval.
    pub content_hash: Option<String>,
    /// Handed in, in the branch.
    pub submitted_at: Option<String>,
    /// Why it was late.
    pub lateness_reason: Option<String>,
    /// Why it was amended.
    pub amend_reason: Option<String>,
    /// Flags of the customer that are open or proposed in this visit, by level: yellow, orange, red.
    pub flags: [u32; 3],
    /// Who reviewed it: name, time, note.
    pub review: Option<(String, String, String)>,
    /// All versions, the latest first.
    pub versions: Vec<RecordVersion>,
    /// Each return of this version, the latest first.
    pub returns: Vec<ReturnRow>,
    /// What was mended since the last return, by item.
    pub mended: Vec<Mended>,
    /// Whose opinions this version needs.
    pub needed: Vec<OpinionLevel>,
    /// All that was said about this version, about the present content first.
    pub opinions: Vec<OpinionRow>,
    /// What the actor may do about it now.
    pub part: ReviewPart,
    /// Calls to the customer about this visit, in order.
    pub calls: Vec<CallRow>,
    /// The visit is in the sample of its month.
    pub sampled: bool,
    /// Likeness and next visit, as they were when it was handed in.
    pub handing: Handing,
}

/// What an actor may do about a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewPart {
    /// Read it.
    Reader,
    /// Approve it or return it.
    Reviewer,
    /// Give this opinion.
    Opinion(OpinionLevel),
    /// Has said what she had to say; may change it while others are awaited.
    Spoken(OpinionLevel),
    /// Has approved it; the opinions of others are awaited. She may still return it.
    Waits,
}

/// A version of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordVersion {
    /// Number.
    pub version: i64,
    /// State.
    pub state: VisitState,
    /// Who wrote it: name for people.
    pub author_name: String,
    /// When it was begun, in the branch.
    pub at: String,
    /// Why it was begun, for an amendment.
    pub reason: Option<String>,
    /// It is the one that counts.
    pub in_force: bool,
}

/// A return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnRow {
    /// The how many-th.
    pub n: u32,
    /// Who: name for people.
    pub by: String,
    /// When, in the branch.
    pub at: String,
    /// Why.
    pub reason: String,
}

/// An answer that is not the one with which the record was returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// Item.
    pub item: String,
    /// What it was; `None` = it was not answered.
    pub before: Option<Answer>,
    /// Who gave the present answer: name for people; empty where it was cleared.
    pub by: String,
    /// When, in the branch.
    pub at: String,
}

/// An opinion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpinionRow {
    /// As whom; `None` = as the reviewer who approved it.
    pub level: Option<OpinionLevel>,
    /// Who: name for people.
    pub by: String,
    /// For or against.
    pub verdict: Verdict,
    /// Conditions or reasons.
    pub text: String,
    /// When, in the branch.
    pub at: String,
    /// Its revision.
    pub revision: Revision,
    /// The actor's own.
    pub mine: bool,
    /// About the present content; an older one does not count any more.
    pub current: bool,
}

/// A call to the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRow {
    /// What came of it.
    pub result: CallResult,
    /// Who was called.
    pub contact: String,
    /// What was said.
    pub text: String,
    /// Who called: name for people.
    pub by: String,
    /// When, in the branch.
    pub at: String,
}

/// The sample of a month: which visits are called back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SamplePage {
    /// First day of the month.
    pub month: NaiveDate,
    /// Of a hundred.
    pub percent: u32,
    /// How many records of the month it was drawn from.
    pub drawn_from: u32,
    /// Drawn, or called although not drawn: those to call first.
    pub rows: Vec<SampleRow>,
}

/// A visit of the sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleRow {
    /// Id.
    pub visit: VisitId,
    /// Whose.
    pub customer: CustomerId,
    /// Name of the customer.
    pub name: String,
    /// Who is responsible: login name.
    pub officer: UserId,
    /// The same as name for people.
    pub officer_name: String,
    /// Day of the visit.
    pub visited_on: NaiveDate,
    /// State of the record.
    pub state: VisitState,
    /// The actor had a hand in it: somebody else calls.
    pub own: bool,
    /// The last result; `None` = nobody has called yet.
    pub result: Option<CallResult>,
    /// How many calls there were.
    pub calls: u32,
}
