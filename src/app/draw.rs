//! The screen: header, panes at their places, hint bar, overlays.

use ratatui::Frame;

use super::App;

impl App {
    /// Draws everything.
    pub fn render(&mut self, frame: &mut Frame<'_>) {
        let _ = (frame, self.size);
    }
}
