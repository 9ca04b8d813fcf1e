//! The checklist on the screen: steps at the left, questions in the middle, checks at the right;
//! the question in focus in full in a part of fixed height below, so that nothing jumps.

mod aside;
mod detail;
mod files;
mod rows;
mod steps;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::ChecklistPane;
use super::session::Session;
use crate::domain::gap::GapKind;
use crate::domain::visit::VisitState;
use crate::i18n::words;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::value::pick;
use crate::ui::widgets::frame::{column, empty, highlight, pane_with, put, rule};
use crate::ui::width;

/// Narrower than this, steps are a line above the questions.
const STEPS_FROM: u16 = 92;
/// From this width on the checks stand at the right.
const ASIDE_FROM: u16 = 116;
/// The least height of the lower part below a form that is seen as a whole.
const SHORT: u16 = 2;
/// So wide the questions stay beside the checks.
const QUESTIONS: u16 = 66;
/// Cells between title and note, and around them.
const NOTE_GAP: usize = 4;
/// So much of the title stays whatever the note says.
const TITLE_LEAST: usize = 24;

pub(super) fn pane(
    pane: &mut ChecklistPane,
    frame: &mut Frame<'_>,
    area: Rect,
    focused: bool,
    ctx: &Ctx<'_>,
) {
    let text = &ctx.text.checklist;
    let mut title = heading(pane, ctx);
    let narrow = area.width < STEPS_FROM;
    // Where there is no room for it, it stands in the brief.
    if let Some(planned) = pane.planned(ctx).filter(|_| !narrow) {
        title.push_str(&planned);
    }
    let mut note = pane.save_state(ctx);
    if let Some(session) = pane.session.as_ref().filter(|_| narrow && fits(pane, area.height - 1)) {
        let state = &session.state;
        note = format!("{}  {note}", text.progress(&state.progress, state.short()));
    }
    if let Some(row) = pane.session.as_ref().and_then(|s| s.page.second.asked.as_ref()) {
        note = format!("{}  {note}", ctx.theme.clean(&ctx.text.conduct.second_short(row)));
    }
    // What the note says is nowhere else in view; the customer's name begins the title.
    let room = usize::from(area.width).saturating_sub(width::cells(&note) + NOTE_GAP);
    title = ctx.theme.cut(&title, room.max(TITLE_LEAST));
    let inner = pane_with(frame, area, &title, &note, focused, ctx);
    if let Some(fault) = &pane.broken {
        let why = crate::i18n::pack::fault(ctx.lang, fault);
        empty(frame, inner, &format!("{}{why}", text.pack_broken), ctx);
        return;
    }
    if pane.session.is_none() {
        let note = if pane.visit.is_some() { ctx.text.shell.loading } else { text.none_open };
        empty(frame, inner, note, ctx);
        return;
    }
    if inner.height < 3 {
        return;
    }
    let whole = narrow && fits(pane, inner.height);
    let detail = detail_height(inner.height, pane, whole);
    let [main, line, below] = inner.layout(&Layout::vertical([
        Constraint::Fill(1),
        Constraint::Length(u16::from(detail > 0)),
        Constraint::Length(detail),
    ]));
    if detail > 0 {
        rule(frame.buffer_mut(), line, ctx);
    }
    questions(pane, frame, main, whole, ctx);
    let at = pane.scroll.selected();
    let explained = pane.explained;
    if let Some(session) = &pane.session {
        detail::render(session, at, explained, pane.editor.as_mut(), frame, below, ctx);
    }
}

/// Whether a short form (a small shop's, a use-of-funds check) can be seen as a whole: then it has
/// no line for the step and a smaller part below.
fn fits(pane: &ChecklistPane, height: u16) -> bool {
    let rows = pane.session.as_ref().map_or(usize::MAX, |s| s.state.rows.len());
    pane.gaps.is_none() && rows + usize::from(SHORT) < usize::from(height)
}

/// The lower part is high enough for the question, its options and one line of each remark, and
/// higher while many lines are typed.
fn detail_height(height: u16, pane: &ChecklistPane, whole: bool) -> u16 {
    let long = pane.editor.as_ref().is_some_and(super::editor::Editor::is_long);
    if whole && !long && !pane.explained {
        let rows = pane.session.as_ref().map_or(0, |s| s.state.rows.len());
        let left = height.saturating_sub(u16::try_from(rows).unwrap_or(u16::MAX) + 1);
        return left.clamp(SHORT, 9);
    }
    let wanted = if long || pane.explained { height / 2 } else { height / 4 };
    if height < 8 { 0 } else { wanted.clamp(3, if long { 24 } else { 9 }) }
}

fn heading(pane: &ChecklistPane, ctx: &Ctx<'_>) -> String {
    let text = &ctx.text.checklist;
    let Some(session) = &pane.session else { return text.title.to_owned() };
    let page = &session.page;
    let mut out = format!("{} {}", text.title, page.name);
    let class = words::visit_class(ctx.lang, page.class);
    let day = crate::i18n::format::near_day(page.visited_on, ctx.today);
    out.extend(["  ", &day, " ", class]);
    if page.version > 1 || page.state != VisitState::Draft {
        let state = words::visit_state(ctx.lang, page.state);
        out.extend(["  ", text.version, " ", &page.version.to_string(), " ", state]);
    }
    if page.writable && session.comments_open() > 0 {
        out.extend(["  ", &ctx.text.review.comments(session.comments_open())]);
    }
    out
}

fn questions(
    pane: &mut ChecklistPane,
    frame: &mut Frame<'_>,
    area: Rect,
    whole: bool,
    ctx: &Ctx<'_>,
) {
    let ChecklistPane { session, scroll, editor, gaps, .. } = pane;
    let Some(session) = session else { return };
    let steps = if area.width >= STEPS_FROM { 24 } else { 0 };
    let wide = area.width >= ASIDE_FROM && aside::has_content(session);
    let aside = if wide { (area.width / 3).min(area.width - steps - QUESTIONS) } else { 0 };
    let top = u16::from(steps == 0 && area.height > 6 && !whole);
    let [left, middle, right] = area.layout(&Layout::horizontal([
        Constraint::Length(steps),
        Constraint::Fill(1),
        Constraint::Length(aside),
    ]));
    let here = session.row(scroll.selected()).map_or(0, |row| row.section);
    if steps > 0 {
        steps::column(session, here, frame, left, ctx);
    }
    if aside > 0 {
        column(frame.buffer_mut(), Rect { width: 1, ..right }, ctx);
        let right = Rect { x: right.x + 1, width: right.width - 1, ..right };
        aside::render(session, scroll.selected(), frame, right, ctx);
    }
    if top > 0 {
        steps::line(session, here, frame, Rect { height: 1, ..middle }, ctx);
    }
    let middle = Rect { y: middle.y + top, height: middle.height - top, ..middle };
    match gaps {
        Some(list) => gap_list(session, list, frame, middle, ctx),
        None => rows::render(session, scroll, editor.as_ref(), frame, middle, ctx),
    }
}

/// The list, at the least half of the area below the heading; what it leaves is for the checks.
fn shares(area: Rect, gaps: usize) -> (Rect, Rect) {
    let room = area.height.saturating_sub(1);
    let wanted = u16::try_from(gaps.max(1)).unwrap_or(u16::MAX).min(room);
    let half = room.div_ceil(2);
    let height = if wanted > half && area.width < ASIDE_FROM { half } else { wanted };
    let list = Rect { y: area.y + 1, height, ..area };
    let after = (height + 2).min(area.height);
    (list, Rect { y: area.y + after, height: area.height - after, ..area })
}

fn gap_list(
    session: &Session,
    scroll: &mut crate::ui::widgets::scroll::Scroll,
    frame: &mut Frame<'_>,
    area: Rect,
    ctx: &Ctx<'_>,
) {
    let text = &ctx.text.checklist;
    let gaps = session.gaps();
    let counted = text.gaps_counted(&gaps);
    let head = Line::from(vec![
        Span::styled(format!(" {}  ", text.gaps_title), ctx.theme.style(Meaning::Heading)),
        Span::styled(format!("{counted}  "), ctx.theme.style(Meaning::Accent)),
        Span::styled(text.jump_hint, ctx.theme.style(Meaning::Muted)),
    ]);
    put(frame, area, 0, head);
    if gaps.is_empty() {
        put(
            frame,
            area,
            1,
            Line::styled(format!(" {}", text.no_gaps), ctx.theme.style(Meaning::Good)),
        );
    }
    let (list, rest) = shares(area, gaps.len());
    // Where there is no room beside the questions, the checks stand below the gaps.
    let width = usize::from(area.width).saturating_sub(2);
    let mut below = aside::returned(session, width, ctx);
    below.extend(aside::not_queried(session, width, ctx));
    below.extend(aside::suggestions(session, width, ctx));
    below.extend(aside::hints(session, width, ctx));
    below.extend(aside::checks(session, width, ctx));
    for (row, line) in (0..rest.height).zip(below) {
        put(frame, rest, row, line);
    }
    let visible = scroll.view(usize::from(list.height), gaps.len());
    if let Some((at, of)) = scroll.place(gaps.len()) {
        // Below the list there is a free line before the checks, or none at all.
        let told = format!(" {at}/{of} ");
        let cells = u16::try_from(told.len()).unwrap_or(0).min(area.width);
        let right = Rect { x: area.right() - cells, width: cells, ..area };
        put(frame, right, 0, Line::styled(told, ctx.theme.style(Meaning::Accent)));
    }
    for (line, index) in (0_u16..).zip(visible) {
        let Some(gap) = gaps.get(index) else { break };
        let hard = gap.kind.is_hard();
        let meaning = match gap.kind {
            GapKind::Commented => Meaning::Orange,
            _ if hard => Meaning::Bad,
            _ => Meaning::Muted,
        };
        let signature = (gap.kind == GapKind::Unsigned)
            .then(|| ctx.text.conduct.second_gap(session.page.second.asked.as_ref()));
        let row = session.state.row(&gap.item);
        let tier = (gap.kind == GapKind::Unclassified).then_some(ctx.text.tiers.gap);
        let name = signature.as_deref().or(tier).or(row.map(|row| pick(&row.title, ctx.lang)));
        let name = name.unwrap_or(&gap.item);
        let comment = (gap.kind == GapKind::Commented).then(|| session.comment_at(&gap.item));
        let comment = comment.flatten().map(|c| format!("{name}{}{}", ctx.lang.colon(), c.text));
        let name = comment.as_deref().unwrap_or(name);
        let width = usize::from(list.width).saturating_sub(12);
        let spans = vec![
            Span::styled(
                ctx.theme.fit(&format!(" {}", text.gap(gap.kind)), 11),
                ctx.theme.style(meaning),
            ),
            Span::raw(ctx.theme.fit(name, width)),
        ];
        put(frame, list, line, Line::from(spans));
        if index == scroll.selected() {
            highlight(frame, list, line, ctx.theme.style(Meaning::Selected));
        }
    }
}
