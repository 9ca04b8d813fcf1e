//! A screen that nobody touches is covered, and left after a while: what stands on it is nobody
//! else's business. What was being typed is kept, as with any leaving.

use chrono::{DateTime, FixedOffset};
use ratatui::Frame;
use ratatui::layout::Alignment;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph};

use super::App;
use crate::ui::theme::Meaning;

/// After how many minutes without a key; `None` = never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Idle {
    /// The screen is covered.
    pub cover: Option<u16>,
    /// The session ends.
    pub end: Option<u16>,
}

/// When somebody was last seen.
#[derive(Debug, Default)]
pub(super) struct Quiet {
    since: Option<DateTime<FixedOffset>>,
    covered: bool,
}

impl Quiet {
    /// Somebody is there. Whether that did nothing but take the cover away.
    pub(super) fn touch(&mut self, now: DateTime<FixedOffset>) -> bool {
        self.since = Some(now);
        std::mem::take(&mut self.covered)
    }

    /// Time passed. Whether the session is over.
    pub(super) fn pass(&mut self, now: DateTime<FixedOffset>, idle: Idle) -> bool {
        let quiet = (now - *self.since.get_or_insert(now)).num_minutes();
        let reached = |limit: Option<u16>| limit.is_some_and(|limit| quiet >= i64::from(limit));
        self.covered |= reached(idle.cover);
        reached(idle.end)
    }

    pub(super) const fn is_covered(&self) -> bool {
        self.covered
    }
}

impl App {
    /// The cover: nothing of what lies below it, and what to do.
    pub(super) fn draw_cover(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        frame.render_widget(Clear, area);
        let style = self.look.theme.style(Meaning::Muted);
        let mut lines = vec![Line::default(); usize::from(area.height / 2)];
        lines.push(Line::styled(self.text().shell.covered, style));
        frame.render_widget(Paragraph::new(lines).alignment(Alignment::Center), area);
    }
}
