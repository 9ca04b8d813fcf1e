//! Writes. One command is one transaction with one journal row; `seen` is the revision that the
//! writer looked at, so that a stale write becomes a conflict instead of overwriting silently.

mod card;
mod cockpit;
mod code;
mod conduct;
mod deadline;
mod dossier;
mod event;
mod file;
mod flag_word;
mod holiday;
mod look_up;
mod order;
mod person;
mod pin;
mod policy;
mod request;
mod retention;
mod reveal;
mod row;
mod schedule;
mod statement;
mod strategy;
mod tier;
mod todo;

use chrono::NaiveDate;

use crate::domain::answer::Answer;
use crate::domain::attachment::PhotoCategory;
use crate::domain::flag::{FlagStep, Leftover, Level, Lowered};
use crate::domain::ids::{CustomerId, FlagId, UserId, VisitId};
use crate::domain::review::{CallResult, OpinionLevel, Verdict};
use crate::domain::visit::{Purpose, VisitClass};
use crate::protocol::calendar::CalendarCommand;
use crate::protocol::report::{ReportMade, ReportOrder};

pub use card::CardCommand;
pub use cockpit::{CockpitCommand, FigureOrder, PortfolioOrder};
pub use conduct::Conduct;
pub use deadline::MarkDeadline;
pub use dossier::DossierNews;
pub use event::{EventCommand, NewEvent};
pub use file::{FileSource, ProofCommand};
pub use flag_word::{FlagAgain, FlagWord};
pub use holiday::HolidayCommand;
pub use look_up::LookUpNote;
pub use order::{NewPacket, OrderCommand, Whom};
pub use person::SetUser;
pub use pin::PinCommand;
pub use policy::PolicyCommand;
pub use request::RequestCommand;
pub use retention::RetentionCommand;
pub use reveal::Reveal;
pub use row::RemoveRow;
pub use schedule::{Appointment, FixedDay, ScheduleCommand};
pub use statement::KeepStatement;
pub use strategy::StrategyCommand;
pub use tier::TierCommand;
pub use todo::TodoCommand;

/// Revision of a row; 0 = the row did not exist.
pub type Revision = i64;

/// A write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Starts a visit (or takes up the draft that is there) with the duties that it is to serve.
    StartVisit {
        /// Whom.
        customer: CustomerId,
        /// On site or not.
        class: VisitClass,
        /// 实地, 电话, 视频 …
        channel: String,
        /// The day of the visit, not later than today.
        visited_on: NaiveDate,
        /// Duties to serve; empty = all that are open and that the class can meet.
        purposes: Vec<Purpose>,
    },
    /// Notes what was looked up before a visit, or why it was not.
    NoteLookUp(LookUpNote),
    /// Chooses whom the officer means to meet at the next visit.
    PlanMeeting {
        /// Of which customer.
        customer: CustomerId,
        /// Keys of the people, as the brief has them.
        people: Vec<String>,
        /// Number of the last choice that the writer saw.
        seen: Revision,
    },
    /// Records, changes or clears one answer of an open record.
    Answer {
        /// Which record.
        visit: VisitId,
        /// Which item: `turnover`, `suppliers[0].name`.
        item: String,
        /// `None` clears.
        answer: Option<Answer>,
        /// Revision of this answer that the writer saw.
        seen: Revision,
    },
    /// Registers a file with an item of an open record; one of another visit is refused, and kept as tried.
    Attach {
        /// Which record.
        visit: VisitId,
        /// Which item.
        item: String,
        /// Where the file is.
        source: FileSource,
        /// What a photo proves; `None` = what the item asks for.
        category: Option<PhotoCategory>,
    },
    /// Takes a file away that was registered with this open version.
    Detach {
        /// Which record.
        visit: VisitId,
        /// Which file, by its content.
        sha256: String,
    },
    /// Takes a row out of a repeat group; the rows below it move up, as one step.
    RemoveRow(RemoveRow),
    /// Keeps the field being typed, without waiting for the disk.
    KeepDraft {
        /// Which record.
        visit: VisitId,
        /// Which item; empty = nothing is being typed any more.
        item: String,
        /// The text so far.
        text: String,
        /// Caret, in characters.
        caret: u32,
    },
    /// Remembers where in the form the officer is.
    KeepPlace {
        /// Which record.
        visit: VisitId,
        /// Which item.
        item: String,
    },
    /// Changes what an open visit is about.
    SetVisit {
        /// Which record.
        visit: VisitId,
        /// The day of the visit.
        visited_on: NaiveDate,
        /// On site or not.
        class: VisitClass,
        /// 实地, 电话, 视频 …
        channel: String,
        /// Duties to serve.
        purposes: Vec<Purpose>,
        /// Revision of the record that the writer saw.
        seen: Revision,
    },
    /// Hands the record in. Refused with the list of gaps while hard ones are open.
    Submit {
        /// Which record.
        visit: VisitId,
        /// Revision of the record that the writer saw.
        seen: Revision,
        /// Up to which change of its answers the writer saw: `seen_answers` of the page.
        seen_answers: Revision,
        /// Why late; required when the visit serves an overdue duty.
        lateness_reason: Option<String>,
        /// Why its words are like those of another record; required from the pack's limit on.
        likeness_reason: Option<String>,
    },
    /// About the co-inspector, or a customer's own words.
    Conduct(Conduct),
    /// Takes over into the dossier what an answer of an open record says has changed.
    UpdateDossier(DossierNews),
    /// Enters a financial statement, or corrects one.
    KeepStatement(Box<KeepStatement>),
    /// Takes a record back that nobody has reviewed yet.
    Withdraw {
        /// Which record.
        visit: VisitId,
        /// Revision of the record that the writer saw.
        seen: Revision,
    },
    /// Throws away a draft that was never handed in; the journal keeps what it held.
    Discard {
        /// Which record.
        visit: VisitId,
        /// Revision of the record that the writer saw.
        seen: Revision,
    },
    /// Approves a record of somebody else; it waits for the further opinions that are needed.
    Approve {
        /// Which record.
        visit: VisitId,
        /// Revision of the record that the reviewer saw.
        seen: Revision,
        /// Hash of the content that the reviewer saw.
        content_hash: String,
        /// Opinion; may be empty.
        note: String,
    },
    /// Returns a record with a reason; its comments at items must be there already or be empty.
    Return {
        /// Which record.
        visit: VisitId,
        /// Revision of the record that the reviewer saw.
        seen: Revision,
        /// Why.
        reason: String,
    },
    /// Comments on a record, at an item or as a whole.
    Comment {
        /// Which record.
        visit: VisitId,
        /// Which item; `None` = the whole record.
        item: Option<String>,
        /// What.
        text: String,
    },
    /// Says how a comment on an open record was dealt with.
    ReplyComment {
        /// Which comment.
        comment: String,
        /// What was done.
        text: String,
        /// Revision of the reply that the writer saw; 0 = none.
        seen: Revision,
    },
    /// Gives or changes an opinion beside the reviewer's; the last one needed approves the record.
    GiveOpinion {
        /// About which record.
        visit: VisitId,
        /// Revision of the opinion at this level that the writer saw; 0 = none.
        seen: Revision,
        /// Hash of the content that was read.
        content_hash: String,
        /// As whom.
        level: OpinionLevel,
        /// For or against.
        verdict: Verdict,
        /// Conditions or reasons; may be empty in favour.
        text: String,
    },
    /// Keeps what a customer said when she was called back about a visit.
    CallBack {
        /// About which record.
        visit: VisitId,
        /// What came of it.
        result: CallResult,
        /// Who was called; may be empty if nobody was reached.
        contact: String,
        /// What was said; required where it differs.
        text: String,
    },
    /// Opens a new version of an approved record; the old one stays as it is.
    Amend {
        /// Which record.
        visit: VisitId,
        /// Why.
        reason: String,
    },
    /// Raises a flag by hand, or proposes one found by a rule on an answer.
    RaiseFlag {
        /// Of whom.
        customer: CustomerId,
        /// During which visit.
        visit: Option<VisitId>,
        /// At which item.
        item: Option<String>,
        /// Code of the signal library, or the officer's own words.
        signal: String,
        /// How severe.
        level: Level,
        /// Raised by a rule: waits for confirmation.
        proposed: bool,
        /// Who acts; required unless proposed.
        owner: Option<UserId>,
        /// What is done, or "watch"; required unless proposed.
        measure: String,
        /// Until when; required unless proposed.
        due_on: Option<NaiveDate>,
        /// Facts and figures.
        note: String,
        /// The level that a rule asks for, and why if this one is milder; `None` = no rule asks.
        lowered: Option<Box<Lowered>>,
    },
    /// Confirms or rejects a proposed flag.
    DecideFlag {
        /// Which.
        flag: FlagId,
        /// Revision that the writer saw.
        seen: Revision,
        /// Confirmed or rejected.
        confirm: bool,
        /// Who acts; required to confirm.
        owner: Option<UserId>,
        /// What is done; required to confirm.
        measure: String,
        /// Until when; required to confirm.
        due_on: Option<NaiveDate>,
        /// Why; required to reject.
        reason: String,
    },
    /// Changes level, owner, measure or date of a live flag.
    UpdateFlag {
        /// Which.
        flag: FlagId,
        /// Revision that the writer saw.
        seen: Revision,
        /// How severe.
        level: Level,
        /// Who acts.
        owner: UserId,
        /// What is done.
        measure: String,
        /// Until when.
        due_on: NaiveDate,
        /// Why or what happened.
        note: String,
    },
    /// Has a rejected flag decided again: a superior's.
    ReopenFlag(FlagAgain),
    /// Adds a word to a flag, or asks a department for one.
    DiscussFlag(FlagWord),
    /// Moves a confirmed flag to its next step. `Cleared` and `Transferred` close it: a grave one by
    /// another than who raised or owns it, with words in `note` and the file that the pack wants.
    MoveFlag {
        /// Which.
        flag: FlagId,
        /// Revision that the writer saw.
        seen: Revision,
        /// Where to.
        step: FlagStep,
        /// What was done, or the proof.
        note: String,
        /// The measure that was decided; empty = the one that the flag has.
        measure: String,
        /// What becomes of open to-dos of its measure; needed where the flag ends and has some.
        left: Option<Leftover>,
    },
    /// Files that prove what became of a flag.
    Proof(ProofCommand),
    /// Puts a tier forward, decides it, or notes what binds a debtor to one.
    Tier(TierCommand),
    /// Puts a financing strategy forward, or decides it.
    Strategy(StrategyCommand),
    /// Notes, changes or ends a 待办.
    Todo(TodoCommand),
    /// Says that a deadline beside visits was met, or lets it off.
    MarkDeadline(Box<MarkDeadline>),
    /// Enters or ends an event outside.
    Event(EventCommand),
    /// Marks a message as read.
    Acknowledge {
        /// Which.
        notice: i64,
    },
    /// Takes the last own undoable command back.
    Undo,
    /// The same, but what weighs is refused, to be asked first.
    UndoLight,
    /// Adds a member of staff or changes her.
    SetUser(SetUser),
    /// Orders inspections, or lets customers change hands.
    Order(OrderCommand),
    /// Asks for or decides a delay or a termination.
    Request(RequestCommand),
    /// Fixes days, enters appointments, pauses customers.
    Schedule(ScheduleCommand),
    /// Makes a file of figures, or closes a month.
    Cockpit(CockpitCommand),
    /// Makes a report. Whoever writes the file says what it is; the store notes it.
    MakeReport {
        /// Which.
        order: ReportOrder,
        /// The rendered file; `None` = still to be made.
        made: Option<ReportMade>,
    },
    /// Makes a calendar file. Whoever writes it says what stands in it; the store keeps that.
    MakeCalendar(CalendarCommand),
    /// Puts a policy forward or decides about one.
    Policy(PolicyCommand),
    /// Puts a score card forward, decides about one, or goes back to the one built in.
    Card(CardCommand),
    /// Adds the holidays of a year, or takes them back.
    Holidays(HolidayCommand),
    /// Shows the personal data of a customer in clear, once it is in the journal why.
    Reveal(Reveal),
    /// About data whose time is over.
    Retention(RetentionCommand),
    /// About the PIN of a locked screen.
    Pin(PinCommand),
    /// Notes that a value left the server by the clipboard.
    NoteCopy {
        /// Whose.
        customer: Option<CustomerId>,
        /// Which field, never its content.
        what: String,
    },
}
