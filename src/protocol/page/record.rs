//! Records of visits: as the officer writes them, as the reviewer sees them.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{AttachmentRow, Declared, DossierNow, FlagRow, ReuseRow, Second};
use crate::domain::answer::{Answer, Evidence};
use crate::domain::duty::Duty;
use crate::domain::facts::Facts;
use crate::domain::heard::HeardKind;
use crate::domain::ids::{CustomerId, UserId, VisitId};
use crate::domain::visit::{Purpose, VisitClass, VisitState};
use crate::protocol::command::Revision;

/// The record of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitPage {
    /// Id.
    pub visit: VisitId,
    /// Version of the record.
    pub version: i64,
    /// State of this version.
    pub state: VisitState,
    /// Revision of the record.
    pub revision: Revision,
    /// Whose.
    pub customer: CustomerId,
    /// Name of the customer.
    pub name: String,
    /// Day of the visit.
    pub visited_on: NaiveDate,
    /// Class.
    pub class: VisitClass,
    /// Channel.
    pub channel: String,
    /// Duties that it serves.
    pub purposes: Vec<Purpose>,
    /// Open duties of the customer that the class can meet, to take in or out.
    pub duties: Vec<Duty>,
    /// Who wrote it: login name.
    pub author: UserId,
    /// Who wrote it: name for people.
    pub author_name: String,
    /// Whether the actor may write in it now.
    pub writable: bool,
    /// Checklist pack under which it is made: `checklists@4`.
    pub pack: String,
    /// The pack's text, only where it is not the one built in.
    pub pack_text: Option<Arc<str>>,
    /// Ids of the sections it is composed of, in order.
    pub sections: Vec<String>,
    /// Facts with which it is composed and judged.
    pub facts: Facts,
    /// Answers by item.
    pub answers: BTreeMap<String, Recorded>,
    /// Number of the last change that this page shows: rises with each answer given or cleared.
    pub seen_answers: Revision,
    /// Last time's answers by item, with their day.
    pub last: BTreeMap<String, (Answer, NaiveDate)>,
    /// Comments of the reviewer, open ones first.
    pub comments: Vec<CommentRow>,
    /// The field that was being typed when the line dropped: item, text, caret.
    pub draft: Option<(String, String, u32)>,
    /// Where in the form the officer was.
    pub place: Option<String>,
    /// Why the reviewer returned it.
    pub return_reason: Option<String>,
    /// Flags raised or proposed during this visit.
    pub flags: Vec<FlagRow>,
    /// The co-inspector.
    pub second: Second,
    /// What the customer declared in a questionnaire, by item.
    pub declared: BTreeMap<String, Declared>,
    /// What its answers are news for.
    pub dossier: DossierNow,
    /// Documents and photos, in the order in which they were registered.
    pub attachments: Vec<AttachmentRow>,
    /// What its transcripts propose, in the order of the talks.
    pub heard: Vec<HeardRow>,
    /// Attempts to use files of other visits.
    pub reused: Vec<ReuseRow>,
}

impl VisitPage {
    /// Whether an answer rests on the customer's questionnaire alone: it is the one declared, and
    /// nothing was seen for it.
    pub fn is_declared(&self, item: &str, answer: &Answer) -> bool {
        let told = self.declared.get(item).is_some_and(|declared| declared.value == answer.value);
        told && answer.evidence.is_none_or(|seen| seen == Evidence::Oral)
    }

    /// How many files each item has, and how many of them were taken on another day.
    pub fn filed(&self) -> BTreeMap<String, (u32, u32)> {
        let mut filed = BTreeMap::<String, (u32, u32)>::new();
        for file in &self.attachments {
            let of = filed.entry(file.item.clone()).or_default();
            of.0 += 1;
            of.1 += u32::from(file.warnings.iter().any(|w| w.is_stale()));
        }
        filed
    }
}

/// What words of a transcript propose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeardRow {
    /// What the file is called.
    pub file: String,
    /// At which item it is registered.
    pub item: String,
    /// `00:01:05` of a talk, the number of the line of a text.
    pub mark: String,
    /// What kind of thing.
    pub kind: HeardKind,
    /// Its code.
    pub code: String,
    /// The words that caused it in brackets, with a little around them.
    pub words: String,
    /// Whether only others tell of it.
    pub hearsay: bool,
}

/// An answer on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The answer.
    pub answer: Answer,
    /// Its revision.
    pub revision: Revision,
    /// Who: login name.
    pub by: UserId,
    /// When, in the branch: `11-23 09:12:31`.
    pub at: String,
}

/// A comment of a reviewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentRow {
    /// Id.
    pub id: String,
    /// At which item; `None` = the whole record.
    pub item: Option<String>,
    /// What.
    pub text: String,
    /// Who: name for people.
    pub by: String,
    /// When, in the branch.
    pub at: String,
    /// Of which version.
    pub version: i64,
    /// Dealt with: of an earlier version.
    pub resolved: bool,
    /// Given before the last return, so that the record was handed in again with it.
    pub returned: bool,
    /// How it was dealt with, in the officer's words.
    pub reply: Option<ReplyRow>,
}

/// How a comment was dealt with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyRow {
    /// What.
    pub text: String,
    /// Who: name for people.
    pub by: String,
    /// When, in the branch.
    pub at: String,
    /// Its revision.
    pub revision: Revision,
}
