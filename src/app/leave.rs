//! Leaving: what panes hold back is written first.

use super::{App, Effect};
use crate::ui::screen::PaneId;

impl App {
    /// Writes what panes hold back and leaves once that is on disk.
    pub(super) fn leave(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        for id in [PaneId::Checklist, PaneId::Record, PaneId::Flags] {
            for command in self.panes.flush(id) {
                effects.push(Effect::Store(self.writes.apply(command, id)));
            }
        }
        effects.push(Effect::Quit);
        effects
    }
}
