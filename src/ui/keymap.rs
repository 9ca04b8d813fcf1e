//! One table of keys: (context, key) → action. Hint bar, help and README are generated from it.
//!
//! A context is where the keys go: a pane, a pane that takes text, an overlay. It looks at its own
//! rows and at those of the layers below it; a key that stands twice in one context is a fault,
//! found by a test for the built-in table and at start for a configured one.

use super::action::Action;
use super::key::Key;
use crate::i18n::Catalog;

mod fault;
mod kinds;
mod label;
mod markdown;
mod table;

pub use fault::KeymapFault;
pub use markdown::key_table_markdown;

/// Where keys go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyContext {
    /// Below everything, also where text is typed.
    Always,
    /// Below all panes in list mode.
    Global,
    /// Moving in a list: below all panes but the calendar.
    List,
    /// Calendar pane.
    Calendar,
    /// Agenda pane.
    Agenda,
    /// Dossier pane.
    Dossier,
    /// Flag pane.
    Flags,
    /// Flag pane with a 待办 selected.
    Todos,
    /// Customer table.
    Customers,
    /// Checklist, moving between items.
    Checklist,
    /// Checklist, choosing an option of the item in focus.
    Choosing,
    /// Typing a text in a pane.
    Editing,
    /// Typing a text of many lines in a pane.
    EditingLong,
    /// Review queue.
    Queue,
    /// Record under review.
    Record,
    /// Brief of a visit.
    Brief,
    /// What is looked up before a visit.
    LookUps,
    /// What to say.
    Script,
    /// Month plan: officers and days.
    Board,
    /// Month plan: one day.
    Day,
    /// Cockpit: figures by officer or district.
    Cockpit,
    /// Overlay: reading (why, score, history).
    Reading,
    /// Overlay: the tour.
    Touring,
    /// Overlay: what to say.
    Talking,
    /// Overlay: two visits side by side.
    Comparing,
    /// Overlay: statements and ratios.
    Statements,
    /// Overlay: entering a statement.
    Entering,
    /// Overlay: five tiers.
    Tiers,
    /// Overlay: financing strategies.
    Strategies,
    /// Overlay: the portfolio.
    Portfolio,
    /// Overlay: typing and picking (palette, search, menus).
    Picking,
    /// Overlay: messages.
    Inbox,
    /// Overlay: requests for delay and termination.
    Requests,
    /// Overlay: the journal.
    Journal,
    /// Overlay: data whose time is over.
    Retention,
    /// Overlay: deadlines beside visits.
    Deadlines,
    /// Overlay: policies of the bank's own.
    Policies,
    /// Overlay: inspections that were ordered.
    Tasks,
    /// The list of events outside.
    Events,
    /// Overlay: customers that change hands.
    Packets,
    /// Overlay: files to register.
    Files,
    /// Overlay: a photo.
    Photo,
    /// Overlay: yes or no.
    Confirm,
    /// Overlay: form.
    Form,
    /// Overlay: both values of a conflict.
    Conflict,
}

impl KeyContext {
    /// All contexts.
    pub const ALL: [Self; 45] = [
        Self::Always,
        Self::Global,
        Self::List,
        Self::Calendar,
        Self::Agenda,
        Self::Dossier,
        Self::Flags,
        Self::Todos,
        Self::Customers,
        Self::Checklist,
        Self::Choosing,
        Self::Editing,
        Self::EditingLong,
        Self::Queue,
        Self::Record,
        Self::Brief,
        Self::LookUps,
        Self::Script,
        Self::Board,
        Self::Day,
        Self::Cockpit,
        Self::Reading,
        Self::Touring,
        Self::Talking,
        Self::Comparing,
        Self::Statements,
        Self::Entering,
        Self::Tiers,
        Self::Strategies,
        Self::Portfolio,
        Self::Picking,
        Self::Inbox,
        Self::Requests,
        Self::Journal,
        Self::Retention,
        Self::Deadlines,
        Self::Policies,
        Self::Tasks,
        Self::Events,
        Self::Packets,
        Self::Files,
        Self::Photo,
        Self::Confirm,
        Self::Form,
        Self::Conflict,
    ];

    /// The layers that a key is looked up in, top first.
    pub const fn layers(self) -> &'static [Self] {
        match self {
            Self::Always => &[Self::Always],
            Self::Global => &[Self::Global, Self::Always],
            Self::List => &[Self::List, Self::Global, Self::Always],
            Self::Calendar => &[Self::Calendar, Self::Global, Self::Always],
            Self::Agenda => &[Self::Agenda, Self::List, Self::Global, Self::Always],
            Self::Dossier => &[Self::Dossier, Self::List, Self::Global, Self::Always],
            Self::Flags => &[Self::Flags, Self::List, Self::Global, Self::Always],
            Self::Todos => &[Self::Todos, Self::List, Self::Global, Self::Always],
            Self::Customers => &[Self::Customers, Self::List, Self::Global, Self::Always],
            Self::Checklist => &[Self::Checklist, Self::List, Self::Global, Self::Always],
            Self::Queue => &[Self::Queue, Self::List, Self::Global, Self::Always],
            Self::Record => &[Self::Record, Self::List, Self::Global, Self::Always],
            Self::Brief => &[Self::Brief, Self::List, Self::Global, Self::Always],
            Self::LookUps => &[Self::LookUps, Self::List, Self::Global, Self::Always],
            Self::Script => &[Self::Script, Self::List, Self::Global, Self::Always],
            Self::Board => &[Self::Board, Self::Global, Self::Always],
            Self::Day => &[Self::Day, Self::List, Self::Global, Self::Always],
            Self::Cockpit => &[Self::Cockpit, Self::List, Self::Global, Self::Always],
            Self::Choosing => &[Self::Choosing, Self::Always],
            Self::Editing => &[Self::Editing, Self::Always],
            Self::EditingLong => &[Self::EditingLong, Self::Always],
            Self::Reading => &[Self::Reading, Self::Always],
            Self::Touring => &[Self::Touring, Self::Always],
            Self::Talking => &[Self::Talking, Self::Always],
            Self::Comparing => &[Self::Comparing, Self::Always],
            Self::Statements => &[Self::Statements, Self::Always],
            Self::Entering => &[Self::Entering, Self::Always],
            Self::Tiers => &[Self::Tiers, Self::List, Self::Always],
            Self::Strategies => &[Self::Strategies, Self::List, Self::Always],
            Self::Portfolio => &[Self::Portfolio, Self::List, Self::Always],
            Self::Picking => &[Self::Picking, Self::Always],
            Self::Inbox => &[Self::Inbox, Self::Always],
            Self::Requests => &[Self::Requests, Self::List, Self::Always],
            Self::Journal => &[Self::Journal, Self::Always],
            Self::Retention => &[Self::Retention, Self::List, Self::Always],
            Self::Deadlines => &[Self::Deadlines, Self::List, Self::Always],
            Self::Policies => &[Self::Policies, Self::List, Self::Always],
            Self::Tasks => &[Self::Tasks, Self::List, Self::Always],
            Self::Events => &[Self::Events, Self::Always],
            Self::Packets => &[Self::Packets, Self::Always],
            Self::Files => &[Self::Files, Self::Always],
            Self::Photo => &[Self::Photo, Self::Always],
            Self::Confirm => &[Self::Confirm, Self::Always],
            Self::Form => &[Self::Form, Self::Always],
            Self::Conflict => &[Self::Conflict, Self::Always],
        }
    }

    /// Its name in the config: `agenda`, `editing-long`.
    pub fn name(self) -> String {
        let mut out = String::new();
        for c in format!("{self:?}").chars() {
            if c.is_ascii_uppercase() && !out.is_empty() {
                out.push('-');
            }
            out.push(c.to_ascii_lowercase());
        }
        out
    }

    /// The context with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.name() == name)
    }

    /// Its name for people.
    pub const fn title(self, text: &Catalog) -> &'static str {
        match self {
            Self::Always | Self::Global => text.overlays.everywhere,
            Self::List => text.overlays.lists,
            Self::Calendar => text.shell.pane_calendar,
            Self::Agenda => text.shell.pane_agenda,
            Self::Dossier => text.shell.pane_dossier,
            Self::Flags => text.shell.pane_flags,
            Self::Todos => text.todos.title,
            Self::Customers => text.shell.pane_customers,
            Self::Checklist => text.shell.pane_checklist,
            Self::Choosing => text.overlays.choosing,
            Self::Editing => text.overlays.editing,
            Self::EditingLong => text.overlays.editing_long,
            Self::Queue => text.shell.pane_queue,
            Self::Record => text.shell.pane_record,
            Self::Brief => text.shell.pane_brief,
            Self::LookUps => text.shell.pane_lookups,
            Self::Script => text.shell.pane_script,
            Self::Board => text.shell.pane_board,
            Self::Cockpit => text.shell.pane_cockpit,
            Self::Day => text.shell.pane_day,
            Self::Reading => text.overlays.reading,
            Self::Touring => text.tour.heading,
            Self::Talking => text.prepare.script,
            Self::Comparing => text.overlays.comparing,
            Self::Statements => text.statements.title,
            Self::Entering => text.statements.enter,
            Self::Tiers => text.tiers.title,
            Self::Strategies => text.strategies.title,
            Self::Portfolio => text.portfolio.title,
            Self::Picking => text.overlays.picking,
            Self::Inbox => text.overlays.inbox,
            Self::Requests => text.requests.title,
            Self::Journal => text.journal.title,
            Self::Retention => text.retention.title,
            Self::Deadlines => text.deadlines.title,
            Self::Policies => text.policy.title,
            Self::Tasks => text.orders.tasks_title,
            Self::Events => text.warning.events_title,
            Self::Packets => text.orders.packets_title,
            Self::Files => text.files.drops_title,
            Self::Photo => text.files.gallery_title,
            Self::Confirm => text.overlays.confirming,
            Self::Form => text.overlays.form,
            Self::Conflict => text.overlays.conflict,
        }
    }
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Where.
    pub context: KeyContext,
    /// Keys, the one to show first.
    pub keys: Vec<Key>,
    /// What they mean.
    pub action: Action,
    /// Rank in the hint bar; 0 = not shown there, 1 = first.
    pub hint: u8,
}

/// The table in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    rows: Vec<Binding>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self { rows: table::rows() }
    }
}

impl Keymap {
    /// The built-in table with changes from the config: context name, action name, keys.
    /// Keys named for an action replace all its keys in that context.
    pub fn with_overrides<'a>(
        changes: impl IntoIterator<Item = (&'a str, &'a str, Vec<&'a str>)>,
    ) -> Result<Self, KeymapFault> {
        let mut map = Self::default();
        // The built-in table is checked by a test, not at each start.
        let mut changed = false;
        for (context, action, keys) in changes {
            let place = KeyContext::from_name(context)
                .ok_or_else(|| KeymapFault::Context(context.to_owned()))?;
            let action =
                Action::from_name(action).ok_or_else(|| KeymapFault::Action(action.to_owned()))?;
            let keys = keys
                .into_iter()
                .map(|k| Key::parse(k).ok_or_else(|| KeymapFault::Key(k.to_owned())))
                .collect::<Result<Vec<_>, _>>()?;
            changed = true;
            let row = map.rows.iter_mut().find(|r| r.context == place && r.action == action);
            match row {
                Some(row) => row.keys = keys,
                None => map.rows.push(Binding { context: place, keys, action, hint: 0 }),
            }
        }
        if changed {
            map.check()?;
        }
        Ok(map)
    }

    /// Refuses a table in which a key has two meanings in one place.
    pub fn check(&self) -> Result<(), KeymapFault> {
        for context in KeyContext::ALL {
            let mut seen: Vec<(Key, &Action)> = Vec::new();
            for row in self.rows_of(context) {
                for key in &row.keys {
                    if let Some((_, first)) = seen.iter().find(|(k, _)| k == key) {
                        return Err(KeymapFault::Twice {
                            context: context.name(),
                            key: key.to_string(),
                            first: first.name().unwrap_or_default(),
                            second: row.action.name().unwrap_or_default(),
                        });
                    }
                    seen.push((*key, &row.action));
                }
            }
        }
        Ok(())
    }

    /// What a key means here.
    pub fn resolve(&self, context: KeyContext, key: Key) -> Option<Action> {
        self.rows_of(context).find(|row| row.keys.contains(&key)).map(|row| row.action.clone())
    }

    /// All rows that hold here, top layer first.
    pub fn rows_of(&self, context: KeyContext) -> impl Iterator<Item = &Binding> {
        context
            .layers()
            .iter()
            .flat_map(|layer| self.rows.iter().filter(move |row| row.context == *layer))
    }

    /// The keys to show in the hint bar, most useful first.
    pub fn hints(&self, context: KeyContext) -> Vec<&Binding> {
        let mut rows: Vec<_> = self.rows_of(context).filter(|row| row.hint > 0).collect();
        rows.sort_by_key(|row| row.hint);
        rows
    }
}

#[cfg(test)]
mod tests;
