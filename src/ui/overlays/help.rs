//! The keys of a place, generated from the keymap; typing narrows them.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::{Binding, KeyContext, Keymap};
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{centered, place, popup, put};
use crate::ui::widgets::input::Input;
use crate::ui::widgets::scroll::Scroll;

/// The help of one place.
#[derive(Debug)]
pub struct Help {
    place: KeyContext,
    narrow: Input,
    scroll: Scroll,
    rows: usize,
}

impl Help {
    pub(super) fn new(place: KeyContext) -> Self {
        Self { place, narrow: Input::default(), scroll: Scroll::default(), rows: 0 }
    }

    pub(super) fn on_key(&mut self, key: Key) -> bool {
        let closes = self.narrow.is_empty() && matches!(key.typed(), Some('q' | '?'));
        !closes && self.narrow.on_key(key)
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        self.narrow.on_paste(text);
        true
    }

    pub(super) fn on_action(&mut self, action: &Action) -> Step {
        if self.scroll.on_action(action, self.rows) {
            return Step::stay();
        }
        Step::close(Vec::new())
    }

    pub(super) fn render(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        ctx: &Ctx<'_>,
        keymap: &Keymap,
    ) {
        let text = &ctx.text.overlays;
        let wanted = self.narrow.text().to_lowercase();
        let rows: Vec<&Binding> = keymap
            .rows_of(self.place)
            .filter(|row| {
                let line = format!("{} {}", keys(row), row.label(ctx.text)).to_lowercase();
                wanted.is_empty() || line.contains(&wanted)
            })
            .collect();
        self.rows = rows.len();
        let height = u16::try_from(rows.len() + 4).unwrap_or(u16::MAX).min(area.height);
        let title = format!("{}{}{}", text.help, ctx.lang.colon(), self.place.title(ctx.text));
        let inner = popup(frame, centered(area, 58, height.max(8)), &title, ctx);
        let body = self.narrow.render_above(frame, inner, text.help_foot, ctx);
        let view = self.scroll.view(usize::from(body.height), rows.len());
        place(frame, inner, self.scroll.place(rows.len()), ctx);
        let selected = self.scroll.selected();
        for (at, index) in (0_u16..).zip(view) {
            let Some(row) = rows.get(index) else { continue };
            let layer = if row.context == self.place { "" } else { row.context.title(ctx.text) };
            let meaning = if index == selected { Meaning::Heading } else { Meaning::Text };
            put(
                frame,
                body,
                at,
                Line::from(vec![
                    Span::styled(ctx.theme.fit(&keys(row), 22), ctx.theme.style(Meaning::Accent)),
                    Span::styled(ctx.theme.fit(row.label(ctx.text), 20), ctx.theme.style(meaning)),
                    Span::styled(layer, ctx.theme.style(Meaning::Muted)),
                ]),
            );
        }
    }
}

/// `j Down`.
pub(super) fn keys(row: &Binding) -> String {
    row.keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}
