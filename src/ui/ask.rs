//! What a pane asks: a confirmation or a small form. The answer comes back to the pane that was in
//! focus as [`Action::Answered`](super::action::Action::Answered) with the same tag.

use super::action::Photos;
use super::reach::ReachFields;

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Told back with the answer.
    pub tag: &'static str,
    /// Heading, e.g. what will be done.
    pub title: String,
    /// Lines below the heading: what it means, what can't be taken back.
    pub lines: Vec<String>,
    /// What to fill in; empty = a plain yes or no.
    pub fields: Vec<Field>,
    /// The action can't be undone or hurts somebody: shown in the warning colour.
    pub dangerous: bool,
    /// The field that has the focus at first, by its position.
    pub focus: usize,
    /// Nothing is asked, something is told: any answer closes it.
    pub tells: bool,
    /// Files that whoever answers should look at first: shown over it.
    pub files: Option<Photos>,
    /// Lists that say whom an event concerns: the answer is told while they are typed.
    pub reach: Option<ReachFields>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name for people.
    pub label: String,
    /// Value to start with; for a choice its code.
    pub value: String,
    /// May not stay empty.
    pub required: bool,
    /// May not stay empty while the choice at this position has this code.
    pub required_when: Option<(usize, &'static str)>,
    /// May not stay empty while the choice at this position has another code than this.
    pub required_unless: Option<(usize, &'static str)>,
    /// What may be entered.
    pub kind: FieldKind,
}

/// What may be entered in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// One line of text.
    Text,
    /// A day: `2026-11-23`, `11-23`, `+7`, `23`; given back as `2026-11-23`.
    Date,
    /// A number: `15`, `+15%`, `-3.5`; given back as `15`.
    Number,
    /// A line of text that is not shown.
    Secret,
    /// One of these: code and name.
    Choice(Vec<(String, String)>),
}

impl Ask {
    /// A yes-or-no question.
    pub fn confirm(tag: &'static str, title: impl Into<String>, lines: Vec<String>) -> Self {
        Self {
            tag,
            title: title.into(),
            lines,
            fields: Vec::new(),
            dangerous: false,
            focus: 0,
            tells: false,
            files: None,
            reach: None,
        }
    }

    /// Something to be read and closed, too long or too weighty for the status line.
    pub fn tell(tag: &'static str, title: impl Into<String>, lines: Vec<String>) -> Self {
        Self { tells: true, ..Self::confirm(tag, title, lines) }
    }

    /// A form.
    pub fn form(tag: &'static str, title: impl Into<String>, fields: Vec<Field>) -> Self {
        Self { fields, ..Self::confirm(tag, title, Vec::new()) }
    }

    /// Begins at another field than the first.
    #[must_use]
    pub fn starting_at(mut self, focus: usize) -> Self {
        self.focus = focus;
        self
    }

    /// Marks the action as one that hurts.
    #[must_use]
    pub fn dangerous(mut self) -> Self {
        self.dangerous = true;
        self
    }
}

impl Field {
    /// A line of text.
    pub fn text(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            required: false,
            required_when: None,
            required_unless: None,
            kind: FieldKind::Text,
        }
    }

    /// A line of text that is not shown; may not stay empty.
    pub fn secret(label: impl Into<String>) -> Self {
        Self { kind: FieldKind::Secret, required: true, ..Self::text(label, "") }
    }

    /// A number.
    pub fn number(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { kind: FieldKind::Number, ..Self::text(label, value) }
    }

    /// A day.
    pub fn date(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { kind: FieldKind::Date, ..Self::text(label, value) }
    }

    /// One of several.
    pub fn choice(
        label: impl Into<String>,
        value: impl Into<String>,
        options: Vec<(String, String)>,
    ) -> Self {
        Self { kind: FieldKind::Choice(options), ..Self::text(label, value) }
    }

    /// May not stay empty.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// May not stay empty while the choice at `position` has the code `code`.
    #[must_use]
    pub fn required_when(mut self, position: usize, code: &'static str) -> Self {
        self.required_when = Some((position, code));
        self
    }

    /// May not stay empty while the choice at `position` has another code than `code`.
    #[must_use]
    pub fn required_unless(mut self, position: usize, code: &'static str) -> Self {
        self.required_unless = Some((position, code));
        self
    }

    /// Whether it may not stay empty, now or as choices are made.
    pub const fn may_be_needed(&self) -> bool {
        self.required || self.required_when.is_some() || self.required_unless.is_some()
    }
}
