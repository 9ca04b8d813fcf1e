//! Labels with values, headings, remarks: what texts about a customer are made of.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::width;

/// Cells of the label column.
pub fn label_width(ctx: &Ctx<'_>) -> usize {
    match ctx.lang {
        crate::i18n::Lang::Zh => 12,
        crate::i18n::Lang::En => 18,
    }
}

/// A label and a value that may need several lines.
pub fn fact(label: &str, value: &str, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    fact_styled(label, value, Style::new(), width, ctx)
}

/// [`fact`] with a style of the value. A label that fills its column takes a wider one, up to half
/// of the width: it never touches its value.
pub fn fact_styled(
    label: &str,
    value: &str,
    style: Style,
    width: usize,
    ctx: &Ctx<'_>,
) -> Vec<Line<'static>> {
    let column = label_width(ctx).max((width::cells(label) + 1).min(width / 2));
    let room = width.saturating_sub(column).max(4);
    let value = ctx.theme.clean(value);
    let muted = ctx.theme.style(Meaning::Muted);
    width::wrap(&value, room)
        .into_iter()
        .enumerate()
        .map(|(i, line)| {
            let label = if i == 0 { label } else { "" };
            let label = ctx.theme.fit(label, column.saturating_sub(1));
            let label = Span::styled(format!("{label} "), muted);
            Line::from(vec![label, Span::styled(line, style)])
        })
        .collect()
}

/// A heading inside a section.
pub fn heading(title: &str, ctx: &Ctx<'_>) -> Line<'static> {
    Line::styled(title.to_owned(), ctx.theme.style(Meaning::Heading))
}

/// A muted line.
pub fn muted(text: &str, ctx: &Ctx<'_>) -> Line<'static> {
    Line::styled(text.to_owned(), ctx.theme.style(Meaning::Muted))
}

/// Parts in as many lines as they need, each part whole, indented by two cells.
pub fn flow(parts: &[(String, Style)], width: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut used = usize::MAX;
    for (part, style) in parts.iter().filter(|(part, _)| !part.is_empty()) {
        let cells = width::cells(part) + 2;
        if used.saturating_add(cells) > width {
            lines.push(Line::default());
            used = 0;
        }
        used += cells;
        if let Some(line) = lines.last_mut() {
            line.push_span(Span::styled(format!("  {part}"), *style));
        }
    }
    lines
}
