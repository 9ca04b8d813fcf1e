//! Screens and panes, and how a screen is divided at each size.

use super::action::Action;
use crate::i18n::Catalog;

/// A screen: what a digit leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Screen {
    /// 今日: calendar, agenda, dossier, flags.
    #[default]
    Today,
    /// 客户: the table.
    Customers,
    /// 检查: the record being written.
    Checklist,
    /// 风险: live flags.
    Flags,
    /// 复核: queue and record.
    Review,
    /// 准备: brief, look-ups, script.
    Prepare,
    /// 排期: the month plan.
    Month,
    /// 总览: the cockpit.
    Cockpit,
}

/// A pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaneId {
    /// Month grid.
    Calendar,
    /// Due visits of the day.
    Agenda,
    /// One customer.
    Dossier,
    /// Flags of the customer, or live ones.
    Flags,
    /// Customer table.
    Customers,
    /// The record being written.
    Checklist,
    /// Records that wait for review.
    Queue,
    /// The record under review.
    Record,
    /// What an officer takes along.
    Brief,
    /// What is looked up before a visit.
    LookUps,
    /// What to say.
    Script,
    /// The month by officer and day.
    Board,
    /// One day of the month plan.
    Day,
    /// A branch in figures.
    Cockpit,
}

impl Screen {
    /// All screens in the order of their digits.
    pub const ALL: [Self; 8] = [
        Self::Today,
        Self::Customers,
        Self::Checklist,
        Self::Flags,
        Self::Review,
        Self::Prepare,
        Self::Month,
        Self::Cockpit,
    ];

    /// Its panes in the order of Tab; the first has the focus at first.
    pub const fn panes(self) -> &'static [PaneId] {
        match self {
            Self::Today => &[PaneId::Agenda, PaneId::Calendar, PaneId::Dossier, PaneId::Flags],
            Self::Customers => &[PaneId::Customers, PaneId::Dossier],
            Self::Checklist => &[PaneId::Checklist, PaneId::Dossier, PaneId::Flags],
            Self::Flags => &[PaneId::Flags, PaneId::Dossier],
            Self::Review => &[PaneId::Queue, PaneId::Record, PaneId::Dossier],
            Self::Prepare => &[PaneId::Brief, PaneId::LookUps, PaneId::Script],
            Self::Month => &[PaneId::Board, PaneId::Day, PaneId::Dossier],
            Self::Cockpit => &[PaneId::Cockpit],
        }
    }

    /// Its name for people.
    pub const fn title(self, text: &Catalog) -> &'static str {
        match self {
            Self::Today => text.shell.screen_today,
            Self::Customers => text.shell.screen_customers,
            Self::Checklist => text.shell.screen_checklist,
            Self::Flags => text.shell.screen_flags,
            Self::Review => text.shell.screen_review,
            Self::Prepare => text.shell.screen_prepare,
            Self::Month => text.shell.screen_month,
            Self::Cockpit => text.shell.screen_cockpit,
        }
    }

    /// The screen that an action leads to.
    pub const fn of(action: &Action) -> Option<Self> {
        match action {
            Action::ScreenToday => Some(Self::Today),
            Action::ScreenCustomers => Some(Self::Customers),
            Action::ScreenChecklist => Some(Self::Checklist),
            Action::ScreenFlags => Some(Self::Flags),
            Action::ScreenReview => Some(Self::Review),
            Action::ScreenPrepare | Action::Prepare => Some(Self::Prepare),
            Action::ScreenMonth => Some(Self::Month),
            Action::ScreenCockpit => Some(Self::Cockpit),
            Action::Go(screen) => Some(*screen),
            _ => None,
        }
    }
}

impl PaneId {
    /// Its name for people.
    pub const fn title(self, text: &Catalog) -> &'static str {
        match self {
            Self::Calendar => text.shell.pane_calendar,
            Self::Agenda => text.shell.pane_agenda,
            Self::Dossier => text.shell.pane_dossier,
            Self::Flags => text.shell.pane_flags,
            Self::Customers => text.shell.pane_customers,
            Self::Checklist => text.shell.pane_checklist,
            Self::Queue => text.shell.pane_queue,
            Self::Record => text.shell.pane_record,
            Self::Brief => text.shell.pane_brief,
            Self::LookUps => text.shell.pane_lookups,
            Self::Script => text.shell.pane_script,
            Self::Board => text.shell.pane_board,
            Self::Day => text.shell.pane_day,
            Self::Cockpit => text.shell.pane_cockpit,
        }
    }
}
