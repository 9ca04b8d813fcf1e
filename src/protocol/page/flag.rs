//! Risk flags.

use chrono::{NaiveDate, NaiveDateTime};

use super::{ProofRow, ReuseRow, TodoRow};
use crate::domain::answer::Value;
use crate::domain::flag::{Department, FlagState, FlagStep, Level, Lowered};
use crate::domain::ids::{CustomerId, FlagId, UserId, VisitId};
use crate::protocol::command::Revision;

/// Stands in a flag's history between what was there and what took its place.
pub const CHANGED: &str = " → ";

/// Flags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagsPage {
    /// How many there are in all.
    pub total: u32,
    /// Index of the first row here.
    pub offset: u32,
    /// The rows.
    pub rows: Vec<FlagRow>,
    /// Of one customer: who looks after her.
    pub officer: Option<UserId>,
    /// Open 待办 of the same customer or scope, the earliest due first; they follow the last flag.
    pub todos: Vec<TodoRow>,
}

/// A flag in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagRow {
    /// Id.
    pub flag: FlagId,
    /// Whose.
    pub customer: CustomerId,
    /// Name of the customer.
    pub name: String,
    /// Code of the signal library or free text.
    pub signal: String,
    /// Level.
    pub level: Level,
    /// State.
    pub state: FlagState,
    /// Step of handling.
    pub step: FlagStep,
    /// 发现日期
    pub raised_on: NaiveDate,
    /// Owner: login name.
    pub owner: Option<UserId>,
    /// Owner: name for people.
    pub owner_name: Option<String>,
    /// 处置措施
    pub measure: Option<String>,
    /// 处置期限
    pub due_on: Option<NaiveDate>,
    /// 备注
    pub note: Option<String>,
    /// Days past `due_on`; 0 when not overdue.
    pub overdue_days: i64,
    /// It is live, and nobody owns it, nothing was decided, or its date is past.
    pub rots: bool,
    /// Until when it is to have what it waits for, in the branch's time; `None` = no limit.
    pub step_due: Option<NaiveDateTime>,
    /// Whether that has passed.
    pub step_late: bool,
    /// Confirmed milder than a rule asked for.
    pub lowered: Option<Lowered>,
    /// The department whose word is waited for.
    pub lies_with: Option<Department>,
    /// That is the department of who looks.
    pub asks_me: bool,
    /// The visit during which it was raised.
    pub visit: Option<VisitId>,
    /// Files that prove what became of it, in the order in which they were registered.
    pub proofs: Vec<ProofRow>,
    /// Attempts to prove it with files that belong elsewhere.
    pub reused: Vec<ReuseRow>,
    /// What lies around it.
    pub beside: FlagBeside,
    /// Revision to name in a change.
    pub revision: Revision,
}

/// What lies around a flag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FlagBeside {
    /// Who looks after the customer: login name.
    pub officer: UserId,
    /// How it ended: who decided, and when; `None` = it is live, or only the bank's system knows.
    pub ended: Option<(String, NaiveDate)>,
    /// The same signal had a flag before: how and when that one ended.
    pub again: Option<(FlagStep, NaiveDate)>,
    /// Of a proposal: since when its rule does not hold any more.
    pub lapsed: Option<NaiveDate>,
    /// Open 待办 of its measure.
    pub todos: u32,
    /// It is confirmed, orange or red, and who looks raised, confirmed, owns or owned it: somebody
    /// else ends it.
    pub own: bool,
    /// The note in English, where it is a checklist's.
    pub note_en: Option<String>,
}

/// A flag's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagHistoryPage {
    /// The flag.
    pub flag: FlagRow,
    /// What the bank's system told of the time before the first change here: day and what (code).
    pub brought: Vec<(NaiveDate, &'static str)>,
    /// Changes in order: time, name of who, what (code), note.
    pub changes: Vec<(String, String, String, String)>,
    /// Of a flag that a rule proposed: what it saw, in the order of the rule.
    pub inputs: Vec<FlagInput>,
    /// That rule, as it stood.
    pub rule: Option<String>,
}

/// What a rule saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagInput {
    /// Name of the fact, or code of another signal.
    pub fact: String,
    /// What it was.
    pub value: Value,
    /// The day that it is of.
    pub day: Option<NaiveDate>,
}
