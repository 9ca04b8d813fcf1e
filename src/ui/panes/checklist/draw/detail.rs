//! The question in focus in full: what is wrong, options, last answer, note, comment, help.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::answer::Value;
use crate::domain::facts;
use crate::form::definition::Kind;
use crate::form::{Problem, Row};
use crate::i18n::{format, words};
use crate::ui::ctx::Ctx;
use crate::ui::narrow::Narrow;
use crate::ui::panes::checklist::draw::files;
use crate::ui::panes::checklist::editor::{Editor, Way};
use crate::ui::panes::checklist::session::Session;
use crate::ui::theme::Meaning;
use crate::ui::value::{document_state, pick, show, show_answer, show_computed};
use crate::ui::widgets::frame::put;
use crate::ui::width::wrap;

/// The question who was met, with its rows: there it stands whom the officer meant to meet.
const PEOPLE_MET: &str = "people_met";

/// Draws the lower part.
pub(super) fn render(
    session: &Session,
    at: usize,
    explained: bool,
    editor: Option<&mut Editor>,
    frame: &mut Frame<'_>,
    area: Rect,
    ctx: &Ctx<'_>,
) {
    let Some(row) = session.row(at) else { return };
    if area.height == 0 {
        return;
    }
    let (editor, elsewhere) = match editor {
        Some(editor) => {
            let elsewhere = editor.elsewhere;
            (Some(editor), elsewhere)
        }
        None => (None, false),
    };
    if let Some(Editor { way: Way::Long(textarea), .. }) = editor {
        long(row, textarea, elsewhere, frame, area, ctx);
        return;
    }
    let options = editor.as_deref().and_then(|editor| match &editor.way {
        Way::Options { at, chosen, narrow } => Some((*at, chosen.clone(), narrow.clone())),
        _ => None,
    });
    let mut lines = Vec::new();
    heading(row, elsewhere, &mut lines, area.width, ctx);
    if !explained {
        choices(session, row, options, &mut lines, area.width, ctx);
        files::lines(session, row, &mut lines, area.width, ctx);
        remarks(session, row, &mut lines, area.width, ctx);
    }
    help(row, &mut lines, area.width, ctx);
    for (row, line) in (0..area.height).zip(lines) {
        put(frame, area, row, line);
    }
}

/// Why it is asked, a good and a bad answer, what should be seen.
fn help(row: &Row, lines: &mut Vec<Line<'static>>, width: u16, ctx: &Ctx<'_>) {
    let text = &ctx.text.checklist;
    let mut say = |label: &str, said: &str| {
        let said = ctx.theme.clean(&format!("{label}{said}"));
        for part in wrap(&said, usize::from(width).saturating_sub(3)) {
            lines.push(Line::styled(format!("   {part}"), ctx.theme.style(Meaning::Muted)));
        }
    };
    say("", pick(&row.item.help, ctx.lang));
    if let Some(level) = row.item.wants {
        say(text.should_see, words::evidence(ctx.lang, level));
    }
    for (label, example) in [(text.good, &row.item.good), (text.bad, &row.item.bad)] {
        let example = pick(example, ctx.lang);
        if !example.is_empty() {
            say(label, example);
        }
    }
}

fn heading(row: &Row, elsewhere: bool, lines: &mut Vec<Line<'static>>, width: u16, ctx: &Ctx<'_>) {
    let text = &ctx.text.checklist;
    let room = usize::from(width).saturating_sub(2);
    let title = ctx.theme.clean(pick(&row.title, ctx.lang));
    for line in wrap(&title, room).into_iter().take(2) {
        lines.push(Line::styled(format!(" {line}"), ctx.theme.style(Meaning::Heading)));
    }
    let open = |p: &&Problem| p.is_open();
    if let Some(problem) = row.problem.as_ref().filter(open) {
        // Not answered yet is no fault: it takes no line of its own.
        let left = room.saturating_sub(lines.last().map_or(0, Line::width) + 2);
        let told = ctx.theme.cut(&text.problem_mended(problem), left);
        if let Some(line) = lines.last_mut() {
            line.push_span(Span::styled(format!("  {told}"), ctx.theme.style(Meaning::Muted)));
        }
    } else if let Some(problem) = &row.problem {
        let line = ctx.theme.cut(&text.problem_mended(problem), room);
        lines.push(Line::styled(format!(" {line}"), ctx.theme.style(Meaning::Bad)));
    }
    if elsewhere {
        lines.push(Line::styled(format!(" {}", text.elsewhere), ctx.theme.style(Meaning::Yellow)));
    }
}

/// The options with their numbers, as many lines as they need.
fn choices(
    session: &Session,
    row: &Row,
    editing: Option<(usize, Vec<String>, Narrow)>,
    lines: &mut Vec<Line<'static>>,
    width: u16,
    ctx: &Ctx<'_>,
) {
    let text = &ctx.text.checklist;
    let (at, chosen, narrow) = match editing {
        Some((at, chosen, narrow)) => (Some(at), chosen, narrow),
        None => (None, chosen_now(session, row), Narrow::default()),
    };
    let mut entries: Vec<(String, bool)> = match &row.item.kind {
        // `n` is the note once there is an answer.
        Kind::Bool => {
            let key = |plain, answered| if row.answered { answered } else { plain };
            let now = session.answer(&row.path).map(|a| &a.value);
            let on = |yes| now == Some(&Value::Bool(yes));
            vec![
                (format!("{} {}", key('y', '1'), text.yes), on(true)),
                (format!("{} {}", key('n', '2'), text.no), on(false)),
            ]
        }
        Kind::Choice(choices) | Kind::Multi(choices) => (1..)
            .zip(choices)
            .map(|(n, c)| (format!("{n} {}", pick(&c.words, ctx.lang)), chosen.contains(&c.code)))
            .collect(),
        Kind::Document => (1..)
            .zip(crate::domain::answer::DocumentState::ALL)
            .map(|(n, s)| {
                let now = session.answer(&row.path).map(|a| &a.value);
                let on = matches!(now, Some(Value::Document { state, .. }) if state == s);
                (format!("{n} {}", document_state(&row.item, *s, ctx)), on)
            })
            .collect(),
        Kind::Group(_) => vec![(text.add_row.to_owned(), false)],
        _ => return,
    };
    let names = row.item.kind.choices().iter();
    let names: Vec<_> = names.map(|c| (c.code.as_str(), pick(&c.words, ctx.lang))).collect();
    let fitting = narrow.fitting(&names);
    let mut line = vec![Span::raw(" ")];
    let mut used = 1;
    if !narrow.text().is_empty() {
        let typed = ctx.theme.clean(&format!("{}{} ", text.narrowed, narrow.text()));
        used += crate::ui::width::cells(&typed);
        line.push(Span::styled(typed, ctx.theme.style(Meaning::Accent)));
    }
    let shown = |index: usize| names.is_empty() || fitting.contains(&index);
    for (index, (entry, on)) in entries.drain(..).enumerate().filter(|(index, _)| shown(*index)) {
        let cells = crate::ui::width::cells(&entry) + 3;
        if used + cells > usize::from(width) && used > 1 {
            lines.push(Line::from(std::mem::replace(&mut line, vec![Span::raw(" ")])));
            used = 1;
        }
        let meaning = match (at == Some(index), on) {
            (true, _) => Meaning::Selected,
            (false, true) => Meaning::Accent,
            (false, false) => Meaning::Text,
        };
        let box_of = if on { ctx.theme.glyphs.done_box } else { " " };
        line.push(Span::styled(
            ctx.theme.clean(&format!("{box_of}{entry}")),
            ctx.theme.style(meaning),
        ));
        line.push(Span::raw("  "));
        used += cells;
    }
    lines.push(Line::from(line));
}

fn chosen_now(session: &Session, row: &Row) -> Vec<String> {
    match session.answer(&row.path).map(|a| &a.value) {
        Some(Value::Choice(code)) => vec![code.clone()],
        Some(Value::Multi(codes)) => codes.clone(),
        _ => Vec::new(),
    }
}

/// The reviewer's comments in full, then suggestion, last answer, evidence and note, each in as
/// many lines as it needs (at most three).
fn remarks(
    session: &Session,
    row: &Row,
    lines: &mut Vec<Line<'static>>,
    width: u16,
    ctx: &Ctx<'_>,
) {
    let text = &ctx.text.checklist;
    let mut say = |label: &str, value: &str, meaning: Meaning| {
        let indent = crate::ui::width::cells(label) + 2;
        let room = usize::from(width).saturating_sub(indent + 1).max(8);
        let value = ctx.theme.clean(&value.replace('\n', " "));
        for (at, part) in wrap(&value, room).into_iter().take(3).enumerate() {
            let label = if at == 0 { format!(" {label} ") } else { " ".repeat(indent) };
            lines.push(Line::from(vec![
                Span::styled(label, ctx.theme.style(Meaning::Muted)),
                Span::styled(part, ctx.theme.style(meaning)),
            ]));
        }
    };
    if row.path.starts_with(PEOPLE_MET)
        && let Some(Value::Multi(names)) = session.page.facts.get(facts::PLANNED_TO_MEET)
    {
        say(ctx.text.prepare.met_short, &names.join(ctx.lang.list_mark()), Meaning::Text);
    }
    let comments = session.page.comments.iter().filter(|c| !c.resolved);
    for comment in comments.filter(|c| c.item.as_deref() == Some(&*row.path)) {
        let said = format!(
            "{}{}",
            comment.text,
            ctx.lang.aside(&format!("{} {}", comment.by, comment.at))
        );
        say(text.comment, &said, Meaning::Orange);
        if let Some(reply) = &comment.reply {
            say(ctx.text.review.reply, &reply.text, Meaning::Text);
        }
    }
    for proposal in session.suggested().into_iter().filter(|p| *p.item == *row.path) {
        let line = crate::ui::panes::checklist::signals::proposal_line(proposal, ctx.lang);
        say(text.proposals, &format!("{line} (f)"), Meaning::Orange);
    }
    if let Some(last) = &row.last {
        let shown = show_answer(&row.item, &last.0, ctx);
        let note =
            if last.0.note.is_empty() { String::new() } else { ctx.lang.aside(&last.0.note) };
        let when = format::near_day(last.1, ctx.today);
        say(text.last, &format!("{when} {shown}{note}"), Meaning::Text);
    }
    if let Some(declared) = session.page.declared.get(&*row.path) {
        let told = show(&row.item, &declared.value, ctx);
        let day = format::near_day(declared.on, ctx.today);
        let open = session.contradicted().contains(&&*row.path);
        let meaning = if open { Meaning::Orange } else { Meaning::Text };
        let key = if open { ctx.lang.aside("\"") } else { String::new() };
        let by = ctx.lang.aside(&format!("{} {day}", declared.by));
        say(ctx.text.conduct.declared, &format!("{told}{by}{key}"), meaning);
    }
    if row.fresh {
        say(text.last, text.fresh, Meaning::Yellow);
    }
    if !row.lost.is_empty() {
        say(text.lost, &row.lost.join(" · "), Meaning::Yellow);
    }
    if !row.against.is_empty() {
        let figure = |(name, value): &(std::sync::Arc<crate::form::Words>, Value)| {
            format!("{} {}", pick(name, ctx.lang), show_computed(&row.item, value, ctx))
        };
        let figures: Vec<String> = row.against.iter().map(figure).collect();
        say(text.against, &figures.join(" · "), Meaning::Text);
    }
    if let Some(change) = session.page.dossier.changed.get(&*row.path) {
        say(text.dossier, &text.dossier_changed(change), Meaning::Text);
    } else if let Some((field, _)) = session.news_of(row) {
        let before = session.page.dossier.fields.get(&field).map_or("", String::as_str);
        say(text.dossier, &text.dossier_open(field, before), Meaning::Yellow);
    }
    for limit in &row.limits {
        say(text.limit, &text.limit_told(limit), Meaning::Muted);
    }
    if let Some(answer) = session.answer(&row.path) {
        if let Some(evidence) = answer.evidence {
            say(text.evidence, words::evidence(ctx.lang, evidence), Meaning::Text);
        }
        if !answer.note.is_empty() {
            say(text.note, &answer.note, Meaning::Text);
        }
    }
}

/// The editor for many lines, the hardware cursor at its caret so that input methods show in place.
fn long(
    row: &Row,
    textarea: &mut ratatui_textarea::TextArea<'static>,
    elsewhere: bool,
    frame: &mut Frame<'_>,
    area: Rect,
    ctx: &Ctx<'_>,
) {
    let text = &ctx.text.checklist;
    let mut head = Vec::new();
    heading(row, elsewhere, &mut head, area.width, ctx);
    // A long question takes a second line where three are left to write in.
    head.truncate(if area.height >= 5 { 2 } else { 1 });
    let above = u16::try_from(head.len()).unwrap_or(1);
    let hint = Span::styled(format!("  {}", text.long_hint), ctx.theme.style(Meaning::Muted));
    if let Some(last) = head.last_mut()
        && last.width() + hint.width() <= usize::from(area.width)
    {
        last.push_span(hint);
    }
    for (row, line) in (0..area.height).zip(head) {
        put(frame, area, row, line);
    }
    // One column of air at both sides: the caret of a full line must not leave the area.
    let field = Rect {
        x: area.x + 1,
        y: area.y + above,
        width: area.width.saturating_sub(3),
        height: area.height.saturating_sub(above),
    };
    if field.width == 0 || field.height == 0 {
        return;
    }
    textarea.set_style(ctx.theme.style(Meaning::Input));
    frame.render_widget(&*textarea, field);
    let caret = textarea.screen_cursor();
    let (top, left) = textarea.scroll_offset();
    let row = caret.row.saturating_sub(usize::from(top));
    let column = caret.col.saturating_sub(usize::from(left));
    let x = field.x + u16::try_from(column).unwrap_or(0).min(field.width);
    let y = field.y + u16::try_from(row).unwrap_or(0).min(field.height - 1);
    frame.set_cursor_position((x, y));
}
