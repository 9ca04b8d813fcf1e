//! The steps of the form with how far each has come.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::form::SectionState;
use crate::ui::ctx::Ctx;
use crate::ui::panes::checklist::session::Session;
use crate::ui::theme::Meaning;
use crate::ui::value::pick;
use crate::ui::widgets::frame::{highlight, put};

/// Mark and colour of a section: a comment or a problem, nothing that is asked for open, something
/// required open, only what is asked for open, nothing to be answered.
fn mark<'a>(session: &Session, section: &SectionState, ctx: &Ctx<'a>) -> (&'a str, Meaning) {
    let (progress, glyphs) = (&section.progress, &ctx.theme.glyphs);
    let rows = session.state.rows.iter().skip(section.first).take(section.rows);
    let commented = rows.filter(|row| session.comment_at(&row.path).is_some()).count();
    if commented > 0 {
        (glyphs.overdue, Meaning::Orange)
    } else if progress.faulty > 0 {
        (glyphs.overdue, Meaning::Bad)
    } else if progress.missing > 0 {
        (glyphs.open_box, Meaning::Muted)
    } else if progress.wanted > 0 {
        (glyphs.open_box, Meaning::Yellow)
    } else if progress.answered > 0 {
        (glyphs.done_box, Meaning::Good)
    } else {
        (" ", Meaning::Muted)
    }
}

/// One step a row.
pub(super) fn column(
    session: &Session,
    here: usize,
    frame: &mut Frame<'_>,
    area: Rect,
    ctx: &Ctx<'_>,
) {
    let sections = &session.state.sections;
    let height = usize::from(area.height);
    let first = (here + 1).saturating_sub(height).min(sections.len().saturating_sub(height));
    for (row, (index, section)) in
        (0_u16..).zip(sections.iter().enumerate().skip(first).take(height))
    {
        let (mark, meaning) = mark(session, section, ctx);
        let counts = match section.progress.items {
            0 => String::new(),
            items => format!("{}/{items}", section.progress.answered),
        };
        let room = usize::from(area.width).saturating_sub(counts.len() + 5);
        let line = Line::from(vec![
            Span::styled(format!(" {mark} "), ctx.theme.style(meaning)),
            Span::raw(ctx.theme.fit(pick(&section.title, ctx.lang), room)),
            Span::styled(format!(" {counts}"), ctx.theme.style(Meaning::Muted)),
        ]);
        put(frame, area, row, line);
        if index == here {
            highlight(frame, area, row, ctx.theme.style(Meaning::Shadow));
        }
    }
}

/// The step in focus with its neighbours and the whole progress, in one line.
pub(super) fn line(
    session: &Session,
    here: usize,
    frame: &mut Frame<'_>,
    area: Rect,
    ctx: &Ctx<'_>,
) {
    let sections = &session.state.sections;
    let state = &session.state;
    let progress = ctx.text.checklist.progress(&state.progress, state.short());
    let title = sections.get(here).map_or("", |s| pick(&s.title, ctx.lang));
    let place = format!(" {}/{} ", here + 1, sections.len());
    let width = usize::from(area.width);
    let right = crate::ui::width::cells(&progress) + 1;
    let room = width.saturating_sub(place.len() + right);
    let line = Line::from(vec![
        Span::styled(place, ctx.theme.style(Meaning::Muted)),
        Span::styled(ctx.theme.fit(title, room), ctx.theme.style(Meaning::Heading)),
        Span::styled(progress, ctx.theme.style(Meaning::Muted)),
    ]);
    put(frame, area, 0, line);
}
