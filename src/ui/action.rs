//! What an officer means: the target of the keymap and the only thing that panes return.

use chrono::NaiveDate;

use super::ask::Ask;
use super::screen::Screen;
use super::talk::Talk;
use super::theme::Scheme;
use crate::domain::cockpit::Grouping;
use crate::domain::ids::{CustomerId, FlagId, UserId, VisitId};
use crate::domain::statement::Statement;
use crate::domain::visit::{Purpose, VisitClass};
use crate::i18n::Catalog;
use crate::protocol::command::{Command, Revision, Whom};
use crate::protocol::page::SideId;
use crate::protocol::query::{CustomerSort, DropsFor, GalleryOf};

/// How a message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It went well, or is just so.
    Plain,
    /// Something to look at.
    Warn,
    /// It did not happen.
    Bad,
}

/// Declares [`Action`]: first the ones that a key can mean, each with the field of
/// `i18n::verbs::Verbs` that names it, then those that carry a value.
macro_rules! actions {
    (keys { $($key:ident $verb:ident;)+ } values { $($(#[$meta:meta])* $value:ident($type:ty),)+ }) => {
        /// What an officer means.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Action {
            $(#[doc = concat!("Key action `", stringify!($verb), "`.")] $key,)+
            $($(#[$meta])* $value($type),)+
        }

        impl Action {
            /// All actions that a key can mean.
            pub const KEYS: &'static [Self] = &[$(Self::$key,)+];

            /// The kebab-case name for the config; `None` for actions that carry a value.
            pub fn name(&self) -> Option<String> {
                match self {
                    $(Self::$key => Some(stringify!($verb).replace('_', "-")),)+
                    _ => None,
                }
            }

            /// What the key does, for people.
            pub fn label(&self, text: &Catalog) -> &'static str {
                match self {
                    $(Self::$key => text.verbs.$verb,)+
                    _ => "",
                }
            }
        }
    };
}

actions! {
    keys {
        Next next; Previous previous; First first; Last last; PageDown page_down; PageUp page_up;
        Left left; Right right; Open open; Back back; NextPane next_pane;
        PreviousPane previous_pane; ScreenToday screen_today; ScreenCustomers screen_customers;
        ScreenChecklist screen_checklist; ScreenFlags screen_flags; ScreenReview screen_review;
        ScreenPrepare screen_prepare; ScreenMonth screen_month; ScreenCockpit screen_cockpit;
        Group group; ExportFigures export_figures; CloseMonth close_month;
        Deadlines deadlines; Receive receive; Waive waive; Earlier earlier; Later later;
        MoveTo move_to; AcceptDay accept_day; AcceptAll accept_all; Release release;
        Appoint appoint; Pause pause; Counts counts; Prepare prepare; Meet meet; Script script; Sheets sheets;
        Portfolio portfolio; Backtest backtest; Tiers tiers; Strategies strategies; Statements statements; NewStatement new_statement; PeriodPrevious period_previous;
        PeriodNext period_next; Unit unit;
        ChannelNext channel_next; ChannelPrevious channel_previous; FocusNext focus_next;
        FocusPrevious focus_previous;
        PreviousScreen previous_screen; Zoom zoom; Help help; Palette palette; Search search;
        Inbox inbox; Requests requests; Policies policies; Activate activate; Refuse refuse; Events events; AddEvent add_event; CloseEvent close_event; Tasks tasks; Packets packets; Mark mark;
        MarkAll mark_all; IssueTask issue_task; HandOver hand_over; Sign sign; Delay delay; Why why; Score score; Visit visit; Flag flag; WatchList watch_list; Sort sort; Filter filter;
        ClearFilter clear_filter; MonthNext month_next; MonthPrevious month_previous; Today today;
        Overdue overdue; Undo undo; Copy copy; Refresh refresh; Redraw redraw; Language language;
        Theme theme; Tour tour; Lock lock; SetPin set_pin; Journal journal; Unusual unusual; Retention retention; ProposeErasure propose_erasure; Hold hold; Quit quit; Cancel cancel; Accept accept; Toggle toggle;
        Complete complete; Edit edit; Unchanged unchanged; Note note; Evidence evidence;
        Document document; Second second; Declared declared; UpdateDossier update_dossier; Gaps gaps; StepNext step_next; StepPrevious step_previous; Clear clear;
        AddRow add_row; RemoveRow remove_row; ChangeVisit change_visit; Attach attach; Photos photos; NextPhoto next_photo;
        PreviousPhoto previous_photo; Closer closer; Farther farther; Detach detach; Reason reason; Submit submit; Withdraw withdraw; Discard discard;
        Save save; Approve approve; ReturnRecord return_record; Comment comment;
        NextRecord next_record; PreviousRecord previous_record; Compare compare; Reveal reveal; Fold fold;
        SectionNext section_next; SectionPrevious section_previous; Amend amend;
        Sample sample; Reply reply; CalendarFile calendar_file; ShowAll show_all; ConfirmFlag confirm_flag;
        RejectFlag reject_flag; ReopenFlag reopen_flag; Weakened weakened; Advance advance; CloseFlag close_flag; History history; Report report;
        Todo todo; Finish finish; Abandon abandon; KeepMine keep_mine; KeepTheirs keep_theirs;
    }
    values {
        /// Shows another screen.
        Go(Screen),
        /// Dossier and flags follow this customer; the focus stays.
        SelectCustomer(CustomerId),
        /// Shows this customer's dossier and goes there.
        OpenCustomer(CustomerId),
        /// The agenda follows this day.
        SelectDay(NaiveDate),
        /// The month plan shows this day.
        PlanDay(NaiveDate),
        /// Opens the dialog that starts a visit, or the open record if there is one.
        StartVisit(CustomerId),
        /// Opens the dialog that hands a record in.
        HandIn(Box<HandIn>),
        /// Opens the dialog that orders an inspection at customers.
        AskInspection(Box<Chosen>),
        /// Opens the dialog that lets customers change hands.
        AskHandOver(Box<Chosen>),
        /// Opens the dialog that changes what an open visit is about.
        AskVisit(Box<VisitPlan>),
        /// Opens a record in the checklist.
        OpenVisit(VisitId),
        /// Opens a record for review.
        OpenRecord(VisitId),
        /// Shows two visits of a customer side by side; the newer one, if it is known.
        OpenCompare((CustomerId, Option<SideId>)),
        /// The review queue shows the records of one officer or district alone; `None` = all.
        ReviewsOf(Option<Box<QueueOf>>),
        /// A record was decided upon: on to the next that waits.
        Reviewed(VisitId),
        /// Shows the files in the drop folder, to register them at an item.
        OpenDrops(Box<ForItem>),
        /// Shows photos.
        OpenPhotos(Box<Photos>),
        /// Selects a flag of the customer in view, in the list of flags.
        SelectFlag(FlagId),
        /// Shows a flag with its history.
        OpenFlag(FlagId),
        /// Shows what to say.
        OpenScript(Talk),
        /// Shows contracts, borrower and schedule.
        OpenSheets(CustomerId),
        /// Shows the deadlines of this customer; `None` = all that are near.
        OpenDeadlines(Option<CustomerId>),
        /// Shows the statements of a customer.
        OpenStatements(CustomerId),
        /// Opens the grid in which a statement is entered.
        EnterStatement(Box<Entering>),
        /// Explains why this customer is due.
        OpenWhy(CustomerId),
        /// Adds up this customer's early-warning score.
        OpenScore(CustomerId),
        /// Writes.
        Apply(Box<Command>),
        /// Asks something; the answer comes back to the focused pane as `Answered`.
        Ask(Box<Ask>),
        /// The answer to an `Ask` of this pane.
        Answered(Answered),
        /// Says something in the status line.
        Say(Said),
        /// Copies a text to the officer's own clipboard.
        CopyText(String),
        /// Sorts the customer table.
        SortBy(CustomerSort),
        /// Sets the filter of the customer table, as typed.
        SetFilter(String),
        /// Changes the colours.
        SetScheme(Scheme),
        /// Runs again what a palette line stands for.
        Leave(bool),
    }
}

/// Customers that were chosen in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Which.
    pub whom: Whom,
    /// How many.
    pub count: u32,
    /// Some of their names.
    pub names: Vec<String>,
    /// Whose they are, if they are all of one officer.
    pub officer: Option<UserId>,
}

/// Whose records the review queue shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueOf {
    /// Those of an officer's customers, or of a district's.
    pub by: Grouping,
    /// Login name, or the district; empty = of none.
    pub key: String,
    /// Name for people.
    pub name: String,
}

/// What an open visit is about now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitPlan {
    /// Which.
    pub visit: VisitId,
    /// Revision of the record.
    pub seen: Revision,
    /// Whom.
    pub customer: CustomerId,
    /// The day of the visit.
    pub visited_on: NaiveDate,
    /// On site or not.
    pub class: VisitClass,
    /// 实地, 电话, 视频 …
    pub channel: String,
    /// Duties that it serves.
    pub purposes: Vec<Purpose>,
}

/// For what files of the drop folder are registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForItem {
    /// For what.
    pub place: DropsFor,
    /// The question, or the signal of the flag.
    pub title: String,
}

/// Which photos are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Photos {
    /// Registered ones, beginning with those of an item.
    Of {
        /// Whose.
        of: GalleryOf,
        /// At which item to begin.
        item: Option<String>,
        /// Whether files may be taken away: their record is being written, their flag has not ended.
        open: bool,
    },
    /// One that waits in the drop folder.
    Dropped(String),
}

/// A message for the status line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// How it is meant.
    pub tone: Tone,
    /// What; already in the language of the screen.
    pub text: String,
    /// Which field of the form that was answered it is about, by its position.
    pub field: Option<usize>,
}

/// A statement that is to be entered or corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entering {
    /// Whose.
    pub customer: CustomerId,
    /// Her name.
    pub name: String,
    /// What stands there now.
    pub statement: Statement,
    /// Revision that was seen; 0 = it is new.
    pub seen: Revision,
    /// The period before, for comparison.
    pub before: Option<Statement>,
    /// Days of the other statements on file: none of them is entered twice.
    pub on_file: Vec<NaiveDate>,
}

/// A record that is to be handed in, as the officer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandIn {
    /// Which.
    pub visit: VisitId,
    /// Revision of the record that she saw.
    pub seen: Revision,
    /// Up to which change of its answers she saw.
    pub seen_answers: Revision,
    /// What it holds, in figures; already in the language of the screen.
    pub summary: String,
    /// Comments of the reviewer that nobody has answered.
    pub comments: usize,
    /// Questions that are answered by text: path and title.
    pub titles: Vec<(String, String)>,
    /// Whether this checklist asks when she wants to come again.
    pub asks_next: bool,
}

/// What was entered in a dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The tag of the [`Ask`].
    pub tag: &'static str,
    /// One value per field, in order; choices give their code. Empty for a confirmation.
    pub values: Vec<String>,
}

impl Action {
    /// Says something that is just so.
    pub fn say(text: impl Into<String>) -> Self {
        Self::Say(Said { tone: Tone::Plain, text: text.into(), field: None })
    }

    /// Says something to look at.
    pub fn warn(text: impl Into<String>) -> Self {
        Self::Say(Said { tone: Tone::Warn, text: text.into(), field: None })
    }

    /// Says that something did not happen.
    pub fn fail(text: impl Into<String>) -> Self {
        Self::Say(Said { tone: Tone::Bad, text: text.into(), field: None })
    }

    /// Says that a form was not taken because of one of its fields.
    pub fn fail_at(field: usize, text: impl Into<String>) -> Self {
        Self::Say(Said { tone: Tone::Bad, text: text.into(), field: Some(field) })
    }

    /// Writes.
    pub fn apply(command: Command) -> Self {
        Self::Apply(Box::new(command))
    }

    /// Asks.
    pub fn ask(ask: Ask) -> Self {
        Self::Ask(Box::new(ask))
    }

    /// Whether it only moves: such actions are no commands of the palette.
    pub const fn is_movement(&self) -> bool {
        matches!(
            self,
            Self::Next
                | Self::Previous
                | Self::First
                | Self::Last
                | Self::PageDown
                | Self::PageUp
                | Self::Left
                | Self::Right
                | Self::Back
                | Self::Cancel
                | Self::Accept
                | Self::Toggle
                | Self::Palette
        )
    }

    /// The action with this kebab-case name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::KEYS.iter().find(|a| a.name().as_deref() == Some(name)).cloned()
    }
}
