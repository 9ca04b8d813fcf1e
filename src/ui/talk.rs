//! What to say: the script for a focus, a channel and a line, as a pane and an overlay show it.

use ratatui::text::{Line, Span};

use crate::assets;
use crate::domain::customer::Line as CustomerLine;
use crate::domain::visit::Focus;
use crate::form::preparation::Channel;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::value::pick;
use crate::ui::width;

/// Which script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Talk {
    /// 回访重点
    pub focus: Focus,
    /// How they speak.
    pub channel: Channel,
    /// The customer's line.
    pub line: Option<CustomerLine>,
}

impl Default for Talk {
    fn default() -> Self {
        Self { focus: Focus::RiskControl, channel: Channel::Onsite, line: None }
    }
}

impl Talk {
    /// The next or previous channel.
    pub fn turn_channel(&mut self, forward: bool) {
        self.channel = turned(Channel::ALL, self.channel, forward);
    }

    /// The next or previous focus.
    pub fn turn_focus(&mut self, forward: bool) {
        self.focus = turned(Focus::ALL, self.focus, forward);
    }

    /// `风险控制 · 实地`.
    pub fn title(&self, ctx: &Ctx<'_>) -> String {
        let text = &ctx.text.prepare;
        let (focus, channel) = (text.focus_name(self.focus), text.channel(self.channel));
        format!("{focus} {} {channel}", ctx.theme.glyphs.dot)
    }

    /// The sentences, part by part.
    pub fn lines(&self, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
        let text = &ctx.text.prepare;
        let mut lines = Vec::new();
        let Ok(pack) = assets::preparation::shared() else { return lines };
        let mut part = None;
        for said in pack.script(self.focus, self.channel, self.line) {
            if part != Some(said.part) {
                if part.is_some() {
                    lines.push(Line::default());
                }
                let heading = ctx.theme.style(Meaning::Heading);
                lines.push(Line::styled(text.part(said.part), heading));
                part = Some(said.part);
            }
            let words = ctx.theme.clean(pick(&said.words, ctx.lang));
            for (i, line) in width::wrap(&words, width.saturating_sub(2)).into_iter().enumerate() {
                let mark = if i == 0 { ctx.theme.glyphs.due } else { " " };
                let mark = Span::styled(format!("{mark} "), ctx.theme.style(Meaning::Muted));
                lines.push(Line::from(vec![mark, Span::raw(line)]));
            }
        }
        if lines.is_empty() {
            lines.push(Line::styled(text.no_script, ctx.theme.style(Meaning::Muted)));
        }
        lines
    }
}

fn turned<T: Copy + PartialEq>(all: &[T], now: T, forward: bool) -> T {
    let count = all.len().max(1);
    let at = all.iter().position(|one| *one == now).unwrap_or(0);
    let step = if forward { 1 } else { count - 1 };
    all.get((at + step) % count).copied().unwrap_or(now)
}
