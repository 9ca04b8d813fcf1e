//! How a form is drawn: its lines, the fields or the one list, and what stands at the foot.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Form, choice};
use crate::ui::ask::FieldKind;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{centered, popup, put};
use crate::ui::widgets::input::Input;
use crate::ui::widgets::scroll::Scroll;
use crate::ui::width;

impl Form {
    pub(in crate::ui::overlays) fn render(&self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        self.render_with(&self.ask.lines, frame, area, ctx);
    }

    /// Draws it with other lines above the fields.
    pub(in crate::ui::overlays) fn render_with(
        &self,
        lines: &[String],
        frame: &mut Frame<'_>,
        area: Rect,
        ctx: &Ctx<'_>,
    ) {
        let theme = ctx.theme;
        let box_width = 64.min(area.width);
        let room = usize::from(box_width).saturating_sub(4);
        let lines: Vec<String> =
            lines.iter().flat_map(|line| width::wrap(&theme.clean(line), room)).collect();
        let options = self.listed().map_or(0, |listed| listed.len() + self.typed_line());
        let fields = if options > 0 { options } else { self.ask.fields.len() };
        let (foot, meaning) = match self.told(ctx) {
            Some(told) => (told, Meaning::Bad),
            None => (self.note(ctx), Meaning::Muted),
        };
        let foot = width::wrap(&theme.clean(&foot), room);
        // A frame, a line of air within it, and another one above what stands at the foot.
        let air = if foot.is_empty() { 3 } else { 4 };
        let height = u16::try_from(lines.len() + fields + air + foot.len()).unwrap_or(u16::MAX);
        let inner = popup(frame, centered(area, box_width, height), &self.ask.title, ctx);
        let mut row = 1;
        let body = if self.ask.dangerous { Meaning::Bad } else { Meaning::Text };
        for line in lines {
            put(frame, inner, row, Line::styled(line, theme.style(body)));
            row += 1;
        }
        if let Some(listed) = self.listed() {
            let now = self.inputs.first().map(Input::text).unwrap_or_default();
            if self.typed_line() > 0 {
                let typed = format!(" {}{}", ctx.text.checklist.narrowed, self.narrow.text());
                let line = Line::styled(theme.cut(&typed, room), theme.style(Meaning::Accent));
                put(frame, inner, row, line);
                row += 1;
            }
            let fitting = self.narrow.fitting(&choice::plain(listed));
            let selected =
                fitting.iter().position(|at| listed.get(*at).is_some_and(|o| o.0 == now));
            // A list that is longer than the screen follows its cursor.
            let space =
                inner.height.saturating_sub(row + u16::try_from(foot.len()).unwrap_or(0) + 1);
            let mut scroll = Scroll::default();
            scroll.select(selected.unwrap_or(0));
            let view = scroll.view(usize::from(space), fitting.len());
            for (code, name) in view.filter_map(|at| listed.get(*fitting.get(at)?)) {
                let meaning = if *code == now { Meaning::Selected } else { Meaning::Text };
                let line = Line::styled(theme.fit(&format!(" {name}"), room), theme.style(meaning));
                put(frame, inner, row, line);
                row += 1;
            }
        } else {
            row = self.fields(frame, inner, row, ctx);
        }
        for line in foot {
            put(frame, inner, row + 1, Line::styled(line, theme.style(meaning)));
            row += 1;
        }
    }

    /// What its star means; its keys stand in the status line.
    pub(super) fn note(&self, ctx: &Ctx<'_>) -> String {
        let needed = self.ask.fields.iter().any(|field| self.needs(field));
        if needed { ctx.text.overlays.form_needed.to_owned() } else { String::new() }
    }

    /// Cells of the labels: as many as the longest takes, and never so many that what is typed has
    /// less than half of the box.
    pub(super) fn label_cells(&self, width: usize) -> usize {
        let labels = self.ask.fields.iter().map(|field| {
            // Where it may come to be needed too, so that nothing jumps aside.
            let star = if field.may_be_needed() { 2 } else { 0 };
            width::cells(&field.label) + star + 2
        });
        labels.max().unwrap_or(0).max((width / 3).min(20)).min(width / 2)
    }

    fn fields(&self, frame: &mut Frame<'_>, inner: Rect, mut row: u16, ctx: &Ctx<'_>) -> u16 {
        let theme = ctx.theme;
        let label_cells = self.label_cells(usize::from(inner.width));
        for (index, (field, input)) in self.ask.fields.iter().zip(&self.inputs).enumerate() {
            let focused = index == self.focus;
            let need = if self.needs(field) { " *" } else { "" };
            let label = theme.fit(&format!("{}{need}", field.label), label_cells);
            let meaning = if focused { Meaning::Accent } else { Meaning::Muted };
            let cells = u16::try_from(label_cells).unwrap_or(0);
            let place = Rect {
                x: inner.x + cells.min(inner.width),
                y: inner.y + row,
                width: inner.width.saturating_sub(cells),
                height: u16::from(row < inner.height),
            };
            put(frame, inner, row, Line::styled(label, theme.style(meaning)));
            match &field.kind {
                FieldKind::Choice(options) => {
                    let now = input.text();
                    let name = options.iter().find(|(c, _)| *c == now).map_or("-", |(_, n)| n);
                    let meaning = if focused { Meaning::Selected } else { Meaning::Text };
                    let line = Line::from(vec![
                        Span::raw(if focused { "< " } else { "  " }),
                        Span::styled(theme.clean(name), theme.style(meaning)),
                        Span::raw(if focused { " >" } else { "" }),
                    ]);
                    put(frame, place, 0, line);
                }
                FieldKind::Text | FieldKind::Date | FieldKind::Number => {
                    input.render(frame, place, focused, ctx);
                }
                FieldKind::Secret => input.hidden().render(frame, place, focused, ctx),
            }
            row += 1;
        }
        row
    }
}
