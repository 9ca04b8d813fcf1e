//! Beside the questions: suggested signals and the figures that check each other.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::answer::Value;
use crate::domain::facts;
use crate::domain::heard::HeardKind;
use crate::form::definition::Kind;
use crate::form::{Check, Light, entry};
use crate::i18n::{scan, words};
use crate::ui::ctx::Ctx;
use crate::ui::panes::checklist::session::Session;
use crate::ui::theme::Meaning;
use crate::ui::value::{figure, pick, signal_line};
use crate::ui::widgets::frame::put;
use crate::ui::width::wrap;

/// Whether there is anything to show here.
pub(super) fn has_content(session: &Session) -> bool {
    !session.state.checks.is_empty()
        || !session.suggested().is_empty()
        || !session.hints().is_empty()
        || session.page.return_reason.is_some()
        || session.page.second.mine
}

/// Draws why it was returned, then suggestions, then the checks: those not in order first. On a
/// question about documents all documents and photos come before.
pub(super) fn render(
    session: &Session,
    here: usize,
    frame: &mut Frame<'_>,
    area: Rect,
    ctx: &Ctx<'_>,
) {
    let width = usize::from(area.width).saturating_sub(2);
    let mut lines = to_sign(session, width, ctx);
    lines.extend(returned(session, width, ctx));
    if session.row(here).is_some_and(|row| matches!(row.item.kind, Kind::Document)) {
        lines.extend(super::files::coverage(session, width, ctx));
    }
    lines.extend(suggestions(session, width, ctx));
    lines.extend(hints(session, width, ctx));
    lines.extend(checks(session, width, ctx));
    for (row, line) in (0..area.height).zip(lines) {
        put(frame, area, row, line);
    }
}

/// Signals that answers and words suggest and nobody has decided on.
pub(super) fn suggestions(session: &Session, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.checklist;
    let open = session.suggested();
    if open.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![heading(text.proposals, ctx)];
    for proposal in open {
        let level = words::level(ctx.lang, proposal.level);
        let first = format!("{level} {}", signal_line(&proposal.signal, ctx.lang));
        let first = ctx.theme.cut(&ctx.theme.clean(&first), width);
        lines.push(Line::styled(format!(" {first}"), ctx.theme.level(proposal.level)));
        for line in wrap(&ctx.theme.clean(pick(&proposal.note, ctx.lang)), width) {
            lines.push(Line::raw(format!(" {line}")));
        }
        for limit in proposal.limits.iter().map(|limit| text.limit_told(limit)) {
            for line in wrap(&ctx.theme.clean(&limit), width) {
                lines.push(Line::styled(format!(" {line}"), ctx.theme.style(Meaning::Muted)));
            }
        }
    }
    lines.push(Line::raw(""));
    lines
}

/// Tags, attitude and hearsay that words and talks name, with where they stand.
pub(super) fn hints(session: &Session, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    if session.hints().is_empty() {
        return Vec::new();
    }
    let mut lines = vec![heading(ctx.text.scan.hints, ctx)];
    for hint in session.hints() {
        let named = match hint.kind {
            HeardKind::Signal => signal_line(&hint.code, ctx.lang),
            HeardKind::Tag | HeardKind::Attitude => hint.code.clone(),
        };
        let named = scan::hint(ctx.lang, hint.kind, &named);
        let style = ctx.theme.style(Meaning::Accent);
        lines.push(Line::styled(format!(" {}", ctx.theme.cut(&named, width)), style));
        for line in wrap(&ctx.theme.clean(pick(&hint.said, ctx.lang)), width) {
            lines.push(Line::raw(format!(" {line}")));
        }
    }
    lines.push(Line::raw(""));
    lines
}

fn heading(title: &str, ctx: &Ctx<'_>) -> Line<'static> {
    Line::styled(format!(" {title}"), ctx.theme.style(Meaning::Heading))
}

/// That whoever reads is to sign, while she has not.
fn to_sign(session: &Session, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let second = &session.page.second;
    let signed = second.asked.as_ref().is_some_and(|row| row.stand.is_some() && row.holds);
    if !second.mine || signed || !session.page.state.is_open() {
        return Vec::new();
    }
    let said = wrap(ctx.text.conduct.read_only_second, width);
    let style = ctx.theme.style(Meaning::Accent);
    said.into_iter().map(|line| Line::styled(format!(" {line}"), style)).collect()
}

/// Why the reviewer returned the record, and what she said of it as a whole.
pub(super) fn returned(session: &Session, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let page = &session.page;
    let whole = page.comments.iter().filter(|c| !c.resolved && c.item.is_none());
    let mut said: Vec<&str> = whole.map(|c| c.text.as_str()).collect();
    if page.state == crate::domain::visit::VisitState::Returned {
        said.extend(page.return_reason.as_deref().filter(|reason| !reason.is_empty()));
    }
    if said.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![heading(ctx.text.checklist.returned, ctx)];
    for line in said.iter().flat_map(|said| wrap(&ctx.theme.clean(said), width)) {
        lines.push(Line::styled(format!(" {line}"), ctx.theme.style(Meaning::Orange)));
    }
    lines
}

/// Look-ups of the preparation that were not queried: the reviewer is told of them, so she who hands
/// in is told first.
pub(super) fn not_queried(session: &Session, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let Some(Value::Multi(entries)) = session.page.facts.get(facts::NOT_QUERIED) else {
        return Vec::new();
    };
    if entries.is_empty() {
        return Vec::new();
    }
    let pack = crate::assets::preparation::shared().ok();
    let mut lines = vec![heading(ctx.text.checklist.not_queried, ctx)];
    for (code, reason) in entries.iter().map(|entry| facts::parted(entry)) {
        let title = pack.as_ref().and_then(|pack| pack.lookup(code));
        let title = title.map_or(code, |lookup| pick(&lookup.title, ctx.lang));
        let later = session.answer(&format!("lookup_later[{code}]")); // tidy: not a text
        let later = later.and_then(|answer| match &answer.value {
            Value::Text(said) => Some(said.trim()).filter(|said| !said.is_empty()),
            _ => None,
        });
        let later = later.map(|later| format!("{}{later}", ctx.text.review.lookup_later));
        let said = match (reason, later) {
            ("", None) => ctx.text.review.no_why.to_owned(),
            ("", Some(later)) => later,
            (reason, None) => reason.to_owned(),
            (reason, Some(later)) => format!("{reason}  {later}"),
        };
        let line = ctx.theme.cut(&format!(" {title}{}{said}", ctx.lang.colon()), width);
        lines.push(Line::styled(line, ctx.theme.style(Meaning::Yellow)));
    }
    lines
}

/// The figures that check each other, those that are not in order first.
pub(super) fn checks(session: &Session, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let mut checks: Vec<&Check> = session.state.checks.iter().collect();
    if checks.is_empty() {
        return Vec::new();
    }
    checks.sort_by_key(|c| match c.light {
        Light::Alarm => 0,
        Light::Watch => 1,
        Light::Ok => 2,
        Light::Unknown => 3,
    });
    let mut lines = vec![heading(ctx.text.checklist.checks, ctx)];
    for check in checks {
        one(check, width, &mut lines, ctx);
    }
    lines
}

fn one(check: &Check, width: usize, lines: &mut Vec<Line<'static>>, ctx: &Ctx<'_>) {
    let meaning = match check.light {
        Light::Ok => Meaning::Good,
        Light::Watch => Meaning::Yellow,
        Light::Alarm => Meaning::Red,
        Light::Unknown => Meaning::Muted,
    };
    let percent =
        check.percent.map_or_else(|| "-".to_owned(), |p| format!("{}%", entry::format_tenths(p)));
    let word = ctx.text.checklist.light(check.light);
    let judged = format!("{percent} {word}");
    let room = width.saturating_sub(crate::ui::width::cells(&judged) + 1);
    lines.push(Line::from(vec![
        Span::raw(format!(" {} ", ctx.theme.fit(pick(&check.title, ctx.lang), room))),
        Span::styled(judged, ctx.theme.style(meaning)),
    ]));
    let [(a, left), (b, right)] = &check.sides;
    let sides = format!(
        "{} {} / {} {}",
        pick(a, ctx.lang),
        figure(*left, ctx),
        pick(b, ctx.lang),
        figure(*right, ctx)
    );
    lines.push(Line::styled(
        format!("   {}", ctx.theme.cut(&sides, width.saturating_sub(2))),
        ctx.theme.style(Meaning::Muted),
    ));
    if !check.missing.is_empty() {
        let names: Vec<&str> = check.missing.iter().map(|name| pick(name, ctx.lang)).collect();
        let told = ctx.text.checklist.missing_inputs(&names);
        for line in wrap(&ctx.theme.clean(&told), width.saturating_sub(2)) {
            lines.push(Line::styled(format!("   {line}"), ctx.theme.style(Meaning::Muted)));
        }
        return;
    }
    if matches!(check.light, Light::Watch | Light::Alarm) {
        for line in wrap(&ctx.theme.clean(pick(&check.question, ctx.lang)), width.saturating_sub(2))
        {
            lines.push(Line::styled(format!("   {line}"), ctx.theme.style(meaning)));
        }
        for line in wrap(&ctx.text.checklist.check_limits(check), width.saturating_sub(2)) {
            lines.push(Line::styled(format!("   {line}"), ctx.theme.style(Meaning::Muted)));
        }
    }
}
