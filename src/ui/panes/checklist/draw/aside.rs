//! Beside the questions: suggested signals and the figures that check each other.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::form::{Check, Light, entry};
use crate::i18n::words;
use crate::ui::ctx::Ctx;
use crate::ui::panes::checklist::session::Session;
use crate::ui::theme::Meaning;
use crate::ui::value::{figure, pick};
use crate::ui::widgets::frame::put;
use crate::ui::width::wrap;

/// Draws suggestions first, then the checks that are not in order, then the others.
pub(super) fn render(session: &Session, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
    let text = &ctx.text.checklist;
    let width = usize::from(area.width).saturating_sub(2);
    let mut lines = Vec::new();
    let heading =
        |title: &str| Line::styled(format!(" {title}"), ctx.theme.style(Meaning::Heading));
    if session.page.state == crate::domain::visit::VisitState::Returned
        && let Some(reason) = &session.page.return_reason
    {
        lines.push(heading(text.returned));
        for line in wrap(&ctx.theme.clean(reason), width) {
            lines.push(Line::styled(format!(" {line}"), ctx.theme.style(Meaning::Orange)));
        }
    }
    let open = session.undecided();
    if !open.is_empty() {
        lines.push(heading(text.proposals));
        for proposal in open {
            let level = words::level(ctx.lang, proposal.level);
            let first = format!("{level} {}", proposal.signal);
            lines.push(Line::styled(format!(" {first}"), ctx.theme.level(proposal.level)));
            for line in wrap(&ctx.theme.clean(pick(&proposal.note, ctx.lang)), width) {
                lines.push(Line::raw(format!(" {line}")));
            }
        }
        lines.push(Line::raw(""));
    }
    if !session.state.checks.is_empty() {
        lines.push(heading(text.checks));
        let mut checks: Vec<&Check> = session.state.checks.iter().collect();
        checks
            .sort_by_key(|c| std::cmp::Reverse(c.light == Light::Unknown || c.light == Light::Ok));
        checks.reverse();
        for check in checks {
            one(check, width, &mut lines, ctx);
        }
    }
    for (row, line) in (0..area.height).zip(lines) {
        put(frame, area, row, line);
    }
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
    if matches!(check.light, Light::Watch | Light::Alarm) {
        for line in wrap(&ctx.theme.clean(pick(&check.question, ctx.lang)), width.saturating_sub(2))
        {
            lines.push(Line::styled(format!("   {line}"), ctx.theme.style(meaning)));
        }
    }
}
