//! The screen: header, panes at their places, hint bar, overlays.

mod header;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::panes::with;
use super::{App, ctx, offered};
use crate::ui::action::{Action, Tone};
use crate::ui::clean;
use crate::ui::ctx::Ctx;
use crate::ui::keymap::KeyContext;
use crate::ui::panes::calendar::CalendarPane;
use crate::ui::screen::{PaneId, Screen};
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{column, put, rule};

/// Below this nothing but a message is shown.
const LEAST: (u16, u16) = (60, 16);
/// Cells of a line of the usual terminal.
const USUAL: usize = 80;

impl App {
    /// Whether nothing but a message is shown, so that keys must not change what can't be seen.
    pub(super) fn is_too_small(&self) -> bool {
        self.place.size.0 < LEAST.0 || self.place.size.1 < LEAST.1
    }

    /// Draws everything. Changes nothing but what scrolling remembers of the height of a list.
    pub fn render(&mut self, frame: &mut Frame<'_>) {
        if let Some(opens) = self.status.quiet.covered() {
            return self.draw_cover(frame, opens);
        }
        let area = frame.area();
        let context = self.key_context();
        let ctx = ctx(&self.look, self.home.as_deref(), self.now);
        if area.width < LEAST.0 || area.height < LEAST.1 {
            let text = &ctx.text.shell;
            let width = usize::from(area.width);
            put(frame, area, 0, Line::raw(ctx.theme.cut(text.too_small, width)));
            put(frame, area, 1, Line::raw(ctx.theme.cut(text.too_small_keys, width)));
            return;
        }
        let named = header::draw(
            frame,
            Rect { height: 1, ..area },
            (self.place.screen, self.digits_answer()),
            &ctx,
        );
        rule(frame.buffer_mut(), Rect { y: area.y + 1, height: 1, ..area }, &ctx);
        let bottom = area.bottom() - 1;
        let foot = Rect { y: bottom - 1, height: 1, ..area };
        rule(frame.buffer_mut(), foot, &ctx);
        self.status_line(frame, Rect { y: bottom, height: 1, ..area }, context);
        let body = Rect { y: area.y + 2, height: area.height - 4, ..area };
        self.body(frame, body);
        let ctx = super::ctx(&self.look, self.home.as_deref(), self.now);
        if !named {
            header::sign(frame, foot, &ctx);
        }
        let inside = Rect { y: area.y + 1, height: area.height - 2, ..area };
        for overlay in &mut self.overlays {
            overlay.render(frame, inside, &ctx, &self.look.keymap);
        }
        clean::sweep(frame.buffer_mut(), self.look.theme.is_wide());
    }

    /// Whether a digit answers a question of the checklist now.
    fn digits_answer(&self) -> bool {
        self.overlays.is_empty()
            && self.place.focused() == PaneId::Checklist
            && self.panes.checklist.takes_digits()
    }

    /// The panes of the screen at their places.
    fn body(&mut self, frame: &mut Frame<'_>, body: Rect) {
        let focused = self.place.focused();
        let ctx = ctx(&self.look, self.home.as_deref(), self.now);
        let places = if self.place.zoomed {
            vec![(focused, body)]
        } else {
            places(self.place.screen, focused, body)
        };
        for (id, area) in &places {
            if area.x > body.x {
                let line = Rect { x: area.x - 1, width: 1, ..*area };
                column(frame.buffer_mut(), line, &ctx);
                let g = &ctx.theme.glyphs;
                if area.y == body.y {
                    frame.buffer_mut()[(area.x - 1, body.y - 1)].set_symbol(g.tee_down);
                }
                if area.bottom() == body.bottom() {
                    frame.buffer_mut()[(area.x - 1, body.bottom())].set_symbol(g.tee_up);
                }
            }
            if area.y > body.y {
                let line = Rect { y: area.y - 1, height: 1, ..*area };
                rule(frame.buffer_mut(), line, &ctx);
            }
            with!(self.panes, *id, pane => pane.render(frame, *area, *id == focused, &ctx));
        }
        for (_, area) in &places {
            if area.y > body.y {
                join(frame.buffer_mut(), Rect { y: area.y - 1, height: 1, ..*area }, body, &ctx);
            }
        }
        // Panes that are only a Tab away are named in the rule above those that are shown.
        if self.place.screen.panes().len() > places.len() {
            let line = Rect { y: body.y - 1, height: 1, ..body };
            tabs(frame, line, self.place.screen, focused, &ctx);
        }
    }

    /// Last line: what was said or the keys of this place, and what waits.
    fn status_line(&self, frame: &mut Frame<'_>, area: Rect, context: KeyContext) {
        let ctx = ctx(&self.look, self.home.as_deref(), self.now);
        let width = usize::from(area.width);
        let mut counters = counters(width, self.overlays.is_empty(), &ctx);
        // What was just said goes with the next key; what waits is there again then.
        let said = self.status.said.as_ref().map_or(0, |said| said.text.width() + 1);
        if said + 2 + counters.width() > width {
            counters = Line::default();
        }
        let room = width.saturating_sub(counters.width() + 2);
        let line = match &self.status.said {
            Some(said) => {
                let meaning = match said.tone {
                    Tone::Plain => Meaning::Accent,
                    Tone::Warn => Meaning::Yellow,
                    Tone::Bad => Meaning::Bad,
                };
                let text = ctx.theme.cut(&format!(" {}", said.text), room);
                Line::styled(text, ctx.theme.style(meaning))
            }
            None => self.hints(context, room, &ctx),
        };
        put(frame, area, 0, line);
        let cells = u16::try_from(counters.width()).unwrap_or(0).min(area.width);
        put(frame, Rect { x: area.right() - cells, width: cells, ..area }, 0, counters);
    }
}

/// The panes of a screen that is too small for all, in a rule, the one in view marked.
fn tabs(frame: &mut Frame<'_>, area: Rect, screen: Screen, focused: PaneId, ctx: &Ctx<'_>) {
    let theme = ctx.theme;
    let line = || Span::styled(theme.glyphs.horizontal, theme.style(Meaning::Rule));
    let mut spans = vec![line()];
    for id in screen.panes() {
        let name = id.title(ctx.text);
        spans.push(if *id == focused {
            Span::styled(format!("[{name}]"), theme.style(Meaning::Accent))
        } else {
            Span::styled(format!(" {name} "), theme.style(Meaning::Muted))
        });
        spans.push(line());
    }
    let line = Line::from(spans);
    let cells = u16::try_from(line.width()).unwrap_or(0).min(area.width);
    put(frame, Rect { width: cells, ..area }, 0, line);
}

impl App {
    /// As many hints as fit of what there is to do, whole ones only: key in the accent colour,
    /// meaning muted. The way to all others, or out of a box, is never the one left out.
    fn hints(&self, context: KeyContext, room: usize, ctx: &Ctx<'_>) -> Line<'static> {
        let rows = self.look.keymap.hints(context).into_iter().filter(|row| {
            let work = offered::work(context, &row.action);
            work.is_none_or(|work| ctx.home.is_none_or(|home| home.role.does(work)))
                && self.offers(&row.action, ctx)
        });
        let told = rows.filter_map(|row| {
            let key = row.keys.first()?.to_string();
            Some((key, self.named(row, ctx), matches!(row.action, Action::Help | Action::Back)))
        });
        hints(told.collect(), room, ctx)
    }
}

/// The line of hints, cut to what fits.
fn hints(mut hints: Vec<(String, &str, bool)>, room: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let cells = |hints: &[(String, &str, bool)]| -> usize {
        1 + hints.iter().map(|(key, label, _)| key.width() + label.width() + 3).sum::<usize>()
    };
    while cells(&hints) > room + 2
        && let Some(least) = hints.iter().rposition(|(_, _, stays)| !stays)
    {
        hints.remove(least);
    }
    let mut spans = vec![Span::raw(" ")];
    for (key, label, _) in hints {
        spans.push(Span::styled(key, ctx.theme.style(Meaning::Accent)));
        spans.push(Span::styled(format!(" {label}  "), ctx.theme.style(Meaning::Muted)));
    }
    Line::from(spans)
}

/// Joins a rule between two panes with the lines at its ends.
fn join(buf: &mut Buffer, rule: Rect, body: Rect, ctx: &Ctx<'_>) {
    let g = &ctx.theme.glyphs;
    if rule.x > body.x {
        let style = ctx.theme.style(Meaning::Rule);
        buf[(rule.x - 1, rule.y)].set_symbol(g.tee_right).set_style(style);
    }
    if rule.right() < body.right() && buf[(rule.right(), rule.y)].symbol() == g.vertical {
        buf[(rule.right(), rule.y)].set_symbol(g.tee_left);
    }
}

/// What waits, the most pressing first, in two fifths of a line; what is late in its colour. Up to
/// the messages it may take half of a line, because who never sees that there are any never reads
/// them; but not below a box (`free`), whose keys are all that matters then.
fn counters(width: usize, free: bool, ctx: &Ctx<'_>) -> Line<'static> {
    let Some(home) = ctx.home else { return Line::default() };
    let (mut parts, to_messages) = ctx.text.shell.counters(home);
    let cells = |parts: &[String]| parts.iter().map(|p| p.width() + 3).sum::<usize>();
    let room = |count: usize| {
        let half = free && count <= to_messages && width >= USUAL;
        2 + if half { width / 2 } else { width * 2 / 5 }
    };
    while cells(&parts) > room(parts.len()) && parts.len() > 1 {
        parts.pop();
    }
    let muted = ctx.theme.style(Meaning::Muted);
    let mut spans = Vec::new();
    for (at, part) in parts.into_iter().enumerate() {
        if at > 0 {
            spans.push(Span::styled(format!(" {} ", ctx.theme.glyphs.dot), muted));
        }
        let late = at == 0 && home.overdue > 0;
        spans
            .push(Span::styled(part, if late { ctx.theme.style(Meaning::Overdue) } else { muted }));
    }
    spans.push(Span::raw(" "));
    Line::from(spans)
}

/// Whether a screen of these columns and rows shows all panes of a place side by side.
pub(super) const fn is_huge(columns: u16, rows: u16) -> bool {
    columns >= 180 && rows >= 48
}

/// Which panes are shown where. Wider screens show more; panes left out are a Tab away.
fn places(screen: Screen, focused: PaneId, body: Rect) -> Vec<(PaneId, Rect)> {
    let wide = body.width >= 110 && body.height >= 26;
    let huge = is_huge(body.width, body.height + 4);
    let cut = |x: u16, width: u16| Rect { x: body.x + x, width, ..body };
    match screen {
        Screen::Today if wide => today(body, huge),
        // A medium screen: the month over the flags of whom the list beside them has selected.
        Screen::Today if focused != PaneId::Dossier && body.width >= 80 => {
            let month = CalendarPane::height();
            let left = cut(0, 37);
            let list = (PaneId::Agenda, cut(38, body.width - 38));
            if body.height < month + 6 {
                let upper = if focused == PaneId::Flags { focused } else { PaneId::Calendar };
                return vec![(upper, left), list];
            }
            let below = Rect { y: body.y + month + 1, height: body.height - month - 1, ..left };
            let above = Rect { height: month, ..left };
            vec![(PaneId::Calendar, above), (PaneId::Flags, below), list]
        }
        Screen::Checklist if huge => {
            let left = body.width - 61;
            let right = cut(left + 1, 60);
            let upper = body.height / 2;
            vec![
                (PaneId::Checklist, cut(0, left)),
                (PaneId::Dossier, Rect { height: upper, ..right }),
                (
                    PaneId::Flags,
                    Rect { y: body.y + upper + 1, height: body.height - upper - 1, ..right },
                ),
            ]
        }
        Screen::Customers | Screen::Flags if body.width >= 150 => {
            let list = screen.panes().first().copied().unwrap_or(PaneId::Customers);
            let left = body.width - 61;
            vec![(list, cut(0, left)), (PaneId::Dossier, cut(left + 1, 60))]
        }
        Screen::Review if huge => {
            let right = body.width - 107;
            vec![
                (PaneId::Queue, cut(0, 46)),
                (PaneId::Record, cut(47, right)),
                (PaneId::Dossier, cut(48 + right, 59)),
            ]
        }
        Screen::Review if wide => vec![
            (PaneId::Queue, cut(0, 40)),
            (
                if focused == PaneId::Dossier { PaneId::Dossier } else { PaneId::Record },
                cut(41, body.width - 41),
            ),
        ],
        Screen::Prepare if huge => {
            let left = body.width - 114;
            vec![
                (PaneId::Brief, cut(0, left)),
                (PaneId::LookUps, cut(left + 1, 54)),
                (PaneId::Script, cut(left + 56, 58)),
            ]
        }
        Screen::Prepare if wide => {
            let right = if focused == PaneId::Script { focused } else { PaneId::LookUps };
            let left = body.width - 49;
            vec![(PaneId::Brief, cut(0, left)), (right, cut(left + 1, 48))]
        }
        Screen::Month if huge => {
            let right = cut(body.width - 64, 64);
            let upper = body.height / 2;
            vec![
                (PaneId::Board, cut(0, body.width - 65)),
                (PaneId::Day, Rect { height: upper, ..right }),
                (
                    PaneId::Dossier,
                    Rect { y: body.y + upper + 1, height: body.height - upper - 1, ..right },
                ),
            ]
        }
        Screen::Month if wide && focused != PaneId::Dossier => {
            vec![(PaneId::Board, cut(0, 79)), (PaneId::Day, cut(80, body.width - 80))]
        }
        _ => vec![(focused, body)],
    }
}

/// The workbench: month over agenda, dossier, flags.
fn today(body: Rect, huge: bool) -> Vec<(PaneId, Rect)> {
    let (left, right) = if huge { (56, 60) } else { (37, 32) };
    let month = CalendarPane::height().min(body.height / 2);
    let middle = body.width - left - right - 2;
    let column = |x: u16, width: u16| Rect { x: body.x + x, width, ..body };
    let calendar = Rect { height: month, ..column(0, left) };
    let agenda = Rect { y: body.y + month + 1, height: body.height - month - 1, ..column(0, left) };
    vec![
        (PaneId::Calendar, calendar),
        (PaneId::Agenda, agenda),
        (PaneId::Dossier, column(left + 1, middle)),
        (PaneId::Flags, column(left + middle + 2, right)),
    ]
}
