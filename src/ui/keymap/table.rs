//! The built-in keys. Letters are lower case only where they change something, because a torn
//! escape sequence can deliver `[`, `O` and capital letters; those may only move.

use super::{Binding, KeyContext};
use crate::ui::action::Action as A;
use crate::ui::key::Key;

/// Context, keys separated by blanks, action, rank in the hint bar (0 = not shown).
type Row = (KeyContext, &'static str, A, u8);

const ROWS: &[Row] = {
    use KeyContext as C;
    &[
        // Everywhere, also while typing.
        (C::Always, "f1", A::Help, 0),
        (C::Always, "ctrl-c", A::Cancel, 0),
        (C::Always, "ctrl-l", A::Redraw, 0),
        (C::Always, "f3", A::Quit, 0),
        // Panes in list mode.
        (C::Global, "/ f7", A::Search, 40),
        (C::Global, ": ctrl-p space", A::Palette, 41),
        (C::Global, "?", A::Help, 42),
        (C::Global, "tab", A::NextPane, 0),
        (C::Global, "backtab", A::PreviousPane, 0),
        (C::Global, "1", A::ScreenToday, 0),
        (C::Global, "2", A::ScreenCustomers, 0),
        (C::Global, "3", A::ScreenChecklist, 0),
        (C::Global, "4", A::ScreenFlags, 0),
        (C::Global, "5", A::ScreenReview, 0),
        (C::Global, "q esc backspace f12", A::Back, 0),
        (C::Global, "-", A::PreviousScreen, 0),
        (C::Global, "z", A::Zoom, 0),
        (C::Global, "i", A::Inbox, 0),
        (C::Global, "u ctrl-z", A::Undo, 0),
        (C::Global, "y", A::Copy, 0),
        (C::Global, "f5 ctrl-r", A::Refresh, 0),
        (C::Global, "f2 ctrl-g", A::Language, 0),
        (C::Global, "ctrl-t", A::Theme, 0),
        // Moving.
        (C::List, "j down", A::Next, 0),
        (C::List, "k up", A::Previous, 0),
        (C::List, "g home", A::First, 0),
        (C::List, "G end", A::Last, 0),
        (C::List, "ctrl-d pagedown", A::PageDown, 0),
        (C::List, "ctrl-u pageup", A::PageUp, 0),
        // Calendar.
        (C::Calendar, "enter", A::Open, 1),
        (C::Calendar, "[", A::MonthPrevious, 3),
        (C::Calendar, "]", A::MonthNext, 4),
        (C::Calendar, "pageup ctrl-u", A::PageUp, 0),
        (C::Calendar, "pagedown ctrl-d", A::PageDown, 0),
        (C::Calendar, "t", A::Today, 5),
        (C::Calendar, "o", A::Overdue, 6),
        (C::Calendar, "h left", A::Left, 0),
        (C::Calendar, "l right", A::Right, 0),
        (C::Calendar, "j down", A::Next, 0),
        (C::Calendar, "k up", A::Previous, 0),
        (C::Calendar, "g home", A::First, 0),
        (C::Calendar, "G end", A::Last, 0),
        // Agenda.
        (C::Agenda, "enter", A::Visit, 1),
        (C::Agenda, "w", A::Why, 2),
        (C::Agenda, "l right", A::Open, 3),
        (C::Agenda, "f", A::Flag, 4),
        (C::Agenda, "b", A::Todo, 0),
        (C::Agenda, "t", A::Today, 0),
        (C::Agenda, "o", A::Overdue, 5),
        (C::Agenda, "[", A::MonthPrevious, 0),
        (C::Agenda, "]", A::MonthNext, 0),
        // Dossier.
        (C::Dossier, "l right", A::SectionNext, 2),
        (C::Dossier, "h left", A::SectionPrevious, 3),
        (C::Dossier, "enter", A::Open, 1),
        (C::Dossier, "v", A::Visit, 4),
        (C::Dossier, "w", A::Why, 5),
        (C::Dossier, "f", A::Flag, 6),
        (C::Dossier, "b", A::Todo, 0),
        (C::Dossier, "o", A::Photos, 0),
        // Customer table.
        (C::Customers, "enter l right", A::Open, 1),
        (C::Customers, "f", A::Filter, 2),
        (C::Customers, "c", A::ClearFilter, 0),
        (C::Customers, "s f4", A::Sort, 3),
        (C::Customers, "v", A::Visit, 4),
        (C::Customers, "w", A::Why, 5),
        // Flags.
        (C::Flags, "enter", A::History, 1),
        (C::Flags, "f", A::Flag, 2),
        (C::Flags, "c", A::ConfirmFlag, 3),
        (C::Flags, "x", A::RejectFlag, 4),
        (C::Flags, "e", A::Edit, 5),
        (C::Flags, "n", A::Advance, 6),
        (C::Flags, "d", A::CloseFlag, 7),
        (C::Flags, "o l right", A::Open, 0),
        (C::Flags, "w", A::Why, 0),
        (C::Flags, "b", A::Todo, 8),
        (C::Todos, "d enter", A::Finish, 1),
        (C::Todos, "x", A::Abandon, 2),
        (C::Todos, "e", A::Edit, 3),
        (C::Todos, "b", A::Todo, 4),
        (C::Todos, "f", A::Flag, 5),
        (C::Todos, "o l right", A::Open, 0),
        (C::Todos, "w", A::Why, 0),
        // Checklist.
        (C::Checklist, "enter", A::Edit, 1),
        (C::Checklist, "=", A::Unchanged, 2),
        (C::Checklist, "n", A::Note, 5),
        (C::Checklist, "d", A::Document, 7),
        (C::Checklist, "v", A::Evidence, 6),
        (C::Checklist, "r", A::Attach, 7),
        (C::Checklist, "o", A::Photos, 0),
        (C::Checklist, "e", A::Gaps, 3),
        (C::Checklist, "]", A::StepNext, 8),
        (C::Checklist, "[", A::StepPrevious, 9),
        (C::Checklist, "l right", A::Right, 0),
        (C::Checklist, "h left", A::Left, 0),
        (C::Checklist, "w", A::Reason, 0),
        (C::Checklist, "x delete", A::Clear, 0),
        (C::Checklist, "a", A::AddRow, 0),
        (C::Checklist, "f", A::Flag, 0),
        (C::Checklist, "o", A::Second, 0),
        (C::Checklist, "c", A::Declared, 0),
        (C::Checklist, "b", A::Todo, 0),
        (C::Checklist, "s f10", A::Submit, 4),
        (C::Checklist, "ctrl-s", A::Save, 0),
        // Checklist, choosing an option.
        (C::Choosing, "j down right", A::Next, 1),
        (C::Choosing, "k up left", A::Previous, 2),
        (C::Choosing, "space", A::Toggle, 3),
        (C::Choosing, "enter", A::Accept, 4),
        (C::Choosing, "esc q f12", A::Back, 5),
        // Typing in a pane.
        (C::Editing, "enter", A::Accept, 1),
        (C::Editing, "down tab", A::Next, 2),
        (C::Editing, "up backtab", A::Previous, 3),
        (C::Editing, "ctrl-t", A::Unchanged, 4),
        (C::Editing, "pagedown", A::StepNext, 0),
        (C::Editing, "pageup", A::StepPrevious, 0),
        (C::Editing, "ctrl-s", A::Save, 0),
        (C::Editing, "f10", A::Submit, 0),
        (C::Editing, "esc f12", A::Back, 5),
        (C::EditingLong, "ctrl-s", A::Accept, 1),
        (C::EditingLong, "esc f12", A::Back, 2),
        // Review.
        (C::Queue, "enter l right", A::Open, 1),
        (C::Queue, "s", A::Sample, 0),
        (C::Queue, "w", A::Why, 0),
        (C::Record, "a", A::Approve, 1),
        (C::Record, "r", A::ReturnRecord, 2),
        (C::Record, "c", A::Comment, 3),
        (C::Record, "n", A::NextRecord, 4),
        (C::Record, "p", A::PreviousRecord, 5),
        (C::Record, "x", A::Compare, 6),
        (C::Record, "s", A::Sample, 7),
        (C::Record, "enter", A::Fold, 0),
        (C::Record, "l right", A::Right, 0),
        (C::Record, "h left", A::Left, 0),
        (C::Record, "e", A::Gaps, 0),
        (C::Record, "m", A::Amend, 0),
        (C::Record, "o", A::Photos, 0),
        // Overlays.
        (C::Reading, "j down", A::Next, 1),
        (C::Reading, "k up", A::Previous, 2),
        (C::Reading, "pagedown ctrl-d space", A::PageDown, 0),
        (C::Reading, "pageup ctrl-u", A::PageUp, 0),
        (C::Reading, "g home", A::First, 0),
        (C::Reading, "G end", A::Last, 0),
        (C::Reading, "enter l right", A::Open, 0),
        (C::Reading, "h left", A::Left, 0),
        (C::Reading, "esc q f12 backspace", A::Back, 3),
        (C::Picking, "down ctrl-n tab", A::Next, 2),
        (C::Picking, "up ctrl-p backtab", A::Previous, 3),
        (C::Picking, "pagedown", A::PageDown, 0),
        (C::Picking, "pageup", A::PageUp, 0),
        (C::Picking, "enter", A::Accept, 1),
        (C::Picking, "esc f12", A::Back, 4),
        (C::Inbox, "j down", A::Next, 0),
        (C::Inbox, "k up", A::Previous, 0),
        (C::Inbox, "pagedown ctrl-d", A::PageDown, 0),
        (C::Inbox, "pageup ctrl-u", A::PageUp, 0),
        (C::Inbox, "g home", A::First, 0),
        (C::Inbox, "G end", A::Last, 0),
        (C::Inbox, "enter l right", A::Open, 1),
        (C::Inbox, "space", A::Toggle, 2),
        (C::Inbox, "esc q f12 backspace h left", A::Back, 3),
        (C::Files, "j down", A::Next, 0),
        (C::Files, "k up", A::Previous, 0),
        (C::Files, "pagedown ctrl-d", A::PageDown, 0),
        (C::Files, "pageup ctrl-u", A::PageUp, 0),
        (C::Files, "g home", A::First, 0),
        (C::Files, "G end", A::Last, 0),
        (C::Files, "space", A::Toggle, 1),
        (C::Files, "enter", A::Accept, 2),
        (C::Files, "o l right", A::Photos, 3),
        (C::Files, "esc q f12 backspace h left", A::Back, 4),
        (C::Photo, "n pagedown space", A::NextPhoto, 1),
        (C::Photo, "p pageup", A::PreviousPhoto, 2),
        (C::Photo, "+ =", A::Closer, 3),
        (C::Photo, "-", A::Farther, 4),
        (C::Photo, "h left", A::Left, 0),
        (C::Photo, "l right", A::Right, 0),
        (C::Photo, "k up", A::Previous, 0),
        (C::Photo, "j down", A::Next, 0),
        (C::Photo, "g home", A::First, 0),
        (C::Photo, "G end", A::Last, 0),
        (C::Photo, "x delete", A::Detach, 6),
        (C::Photo, "esc q f12 backspace", A::Back, 5),
        (C::Confirm, "enter y", A::Accept, 1),
        (C::Confirm, "esc n q f12", A::Back, 2),
        (C::Form, "tab down", A::Next, 1),
        (C::Form, "backtab up", A::Previous, 0),
        (C::Form, "left", A::Left, 0),
        (C::Form, "right", A::Right, 0),
        (C::Form, "enter ctrl-s", A::Accept, 2),
        (C::Form, "esc f12", A::Back, 3),
        (C::Conflict, "m", A::KeepMine, 1),
        (C::Conflict, "t", A::KeepTheirs, 2),
        (C::Conflict, "esc q f12", A::Back, 3),
    ]
};

/// The rows with their keys read; a name that is no key is left out and missed by a test.
pub(super) fn rows() -> Vec<Binding> {
    ROWS.iter()
        .map(|(context, keys, action, hint)| Binding {
            context: *context,
            keys: keys.split(' ').filter_map(Key::parse).collect(),
            action: action.clone(),
            hint: *hint,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_table_is_one() {
        for (context, keys, action, _) in ROWS {
            for key in keys.split(' ') {
                assert!(Key::parse(key).is_some(), "{context:?} {action:?}: {key}");
            }
        }
    }
}
