//! Documents and photos on the checklist: the period that is asked for, what is registered, and how
//! far the whole list has come.

use ratatui::text::{Line, Span};

use crate::domain::answer::{Answer, Value};
use crate::form::Row;
use crate::form::definition::Kind;
use crate::ui::ctx::Ctx;
use crate::ui::panes::checklist::session::Session;
use crate::ui::theme::Meaning;
use crate::ui::value::{document_state, pick, show_answer};

/// Of the question in focus: the period, then its files, then attempts to use others' files.
pub(super) fn lines(
    session: &Session,
    row: &Row,
    lines: &mut Vec<Line<'static>>,
    width: u16,
    ctx: &Ctx<'_>,
) {
    if !matches!(row.item.kind, Kind::Document) {
        return;
    }
    let (text, theme) = (&ctx.text.files, ctx.theme);
    let room = usize::from(width).saturating_sub(3);
    let muted = theme.style(Meaning::Muted);
    let page = &session.page;
    if let Some((from, to)) = row.item.window(page.visited_on) {
        lines.push(Line::from(vec![
            Span::styled(format!(" {} ", text.window), muted),
            Span::styled(text.period(from, to), theme.style(Meaning::Accent)),
        ]));
    }
    for file in page.attachments.iter().filter(|file| *file.item == *row.path) {
        let mut warnings: Vec<String> = file.warnings.iter().map(|w| text.warning(*w)).collect();
        if file.missing {
            warnings.push(text.missing.to_owned());
        }
        let told = warnings.join(&format!(" {} ", theme.glyphs.dot));
        let taken = file.looks.taken_at.map(|at| at.format(" %m-%d %H:%M").to_string()); // tidy: not a text
        let name = format!("{}{}", file.name, taken.unwrap_or_default());
        let left = room.saturating_sub(crate::ui::width::cells(&told) + 2);
        lines.push(Line::from(vec![
            Span::styled(format!(" {} ", theme.glyphs.done_box), theme.style(Meaning::Good)),
            Span::raw(theme.cut(&name, left)),
            Span::styled(format!("  {told}"), theme.style(Meaning::Orange)),
        ]));
    }
    for tried in page.reused.iter().filter(|tried| *tried.item == *row.path) {
        let told = text.reused(&tried.name, tried.first.as_ref());
        let told = theme.cut(&told, room);
        lines.push(Line::styled(format!(" {told}"), theme.style(Meaning::Bad)));
    }
}

/// The answer with the number of its files behind the state.
pub(super) fn counted(session: &Session, row: &Row, answer: &Answer, ctx: &Ctx<'_>) -> String {
    let shown = show_answer(&row.item, answer, ctx);
    let files = session.page.attachments.iter().filter(|file| *file.item == *row.path).count();
    let Value::Document { state, .. } = &answer.value else { return shown };
    if files == 0 {
        return shown;
    }
    let state = document_state(&row.item, *state, ctx);
    let rest = shown.strip_prefix(state).unwrap_or_default();
    format!("{state} {}{rest}", ctx.text.files.count(files))
}

/// All documents and photos with how far each has come.
pub(super) fn coverage(session: &Session, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let theme = ctx.theme;
    let mut out = Vec::new();
    for row in session.state.rows.iter().filter(|row| matches!(row.item.kind, Kind::Document)) {
        if out.is_empty() {
            let title = format!(" {}", ctx.text.files.coverage);
            out.push(Line::styled(title, theme.style(Meaning::Heading)));
        }
        let (mark, meaning) = super::rows::mark(row, ctx);
        let shown = session.answer(&row.path).map(|answer| counted(session, row, answer, ctx));
        let shown = shown.unwrap_or_default();
        let half = width.saturating_sub(3) / 2;
        out.push(Line::from(vec![
            Span::styled(format!(" {mark} "), theme.style(meaning)),
            Span::raw(theme.fit(pick(&row.title, ctx.lang), half)),
            Span::styled(
                format!(" {}", theme.cut(&shown, width.saturating_sub(half + 4))),
                theme.style(Meaning::Muted),
            ),
        ]));
    }
    if !out.is_empty() {
        out.push(Line::raw(""));
    }
    out
}
