//! Who, when, and what stands above the record: lateness, amendment, the review.

use ratatui::text::{Line, Span};

use crate::domain::answer::Value;
use crate::domain::conduct::Stand;
use crate::domain::facts;
use crate::domain::visit::VisitState;
use crate::i18n::{format, words};
use crate::ui::ctx::Ctx;
use crate::ui::panes::review::record::sheet::Sheet;
use crate::ui::theme::Meaning;

/// Two lines, and one for each thing that is out of the ordinary.
pub(super) fn lines(
    sheet: &Sheet,
    meanwhile: bool,
    width: u16,
    ctx: &Ctx<'_>,
) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.review, ctx.theme);
    let (page, visit) = (&sheet.page, &sheet.page.visit);
    let muted = theme.style(Meaning::Muted);
    let room = usize::from(width).saturating_sub(2);
    let mut lines = Vec::new();
    if meanwhile {
        let said = theme.cut(text.meanwhile, room);
        lines.push(Line::styled(format!(" {said}"), theme.style(Meaning::Bad)));
    }
    let exposure = match visit.facts.get(facts::EXPOSURE) {
        Some(Value::Money(fen)) => format::amount(ctx.lang, *fen),
        _ => "-".to_owned(),
    };
    let how = ctx.text.overlays.class_and_channel(visit.class, &visit.channel);
    let day = format::near_day(visit.visited_on, ctx.today);
    let weekday = format::weekday(ctx.lang, visit.visited_on);
    let mut first = vec![
        Span::styled(format!(" {} ", text.exposure), muted),
        Span::raw(exposure),
        Span::styled(format!("   {} ", text.visited), muted),
        Span::raw(format!("{day} {weekday} {}", theme.clean(&how))),
    ];
    if visit.version > 1 {
        first.push(Span::styled(format!("   {} ", text.version), muted));
        first.push(Span::raw(visit.version.to_string()));
    }
    lines.push(Line::from(first));
    let mut second = vec![
        Span::raw(format!(" {}", theme.clean(&visit.author_name))),
        Span::styled(format!("   {} ", text.handed_in), muted),
        Span::raw(theme.clean(page.submitted_at.as_deref().unwrap_or("-"))),
    ];
    let purposes: Vec<_> = visit.purposes.iter().map(|p| words::duty(ctx.lang, p.code)).collect();
    second.push(Span::styled(format!("   {}", purposes.join(" ")), muted));
    if !page.returns.is_empty() {
        let times = text.returned_times(u32::try_from(page.returns.len()).unwrap_or(u32::MAX));
        second.push(Span::styled(format!("   {times}"), theme.style(Meaning::Yellow)));
    }
    if sheet.open_comments() > 0 {
        let count = format!("   {}", text.comments(sheet.open_comments()));
        second.push(Span::styled(count, theme.style(Meaning::Orange)));
    }
    lines.push(Line::from(second));
    let mut remark = |label: &str, said: &str, meaning: Meaning| {
        if !said.is_empty() {
            let said = said.replace('\n', " ");
            let said = theme.cut(&said, room.saturating_sub(crate::ui::width::cells(label) + 1));
            lines.push(Line::from(vec![
                Span::styled(format!(" {label} "), muted),
                Span::styled(said, theme.style(meaning)),
            ]));
        }
    };
    let late = page.lateness_reason.as_deref().unwrap_or_default();
    remark(text.late_reason, late, Meaning::Overdue);
    if let Some(row) = &visit.second.asked {
        let meaning = match (row.stand, row.holds) {
            (Some(Stand::Agree), true) => Meaning::Good,
            (Some(Stand::Reserve) | None, _) | (_, false) => Meaning::Yellow,
            (Some(Stand::Disagree), true) => Meaning::Bad,
        };
        // Her words stand in the list, whole.
        let short = crate::protocol::page::SecondRow { opinion: String::new(), ..row.clone() };
        remark("", &ctx.theme.clean(ctx.text.conduct.second_state(&short).trim_end()), meaning);
    }
    let amended = page.amend_reason.as_deref().unwrap_or_default();
    remark(text.amend_reason, amended, Meaning::Yellow);
    if let Some((who, at, note)) = &page.review {
        let returned = visit.state == VisitState::Returned;
        let label = if returned { text.return_reason } else { text.reviewed };
        let meaning = if returned { Meaning::Yellow } else { Meaning::Good };
        remark(label, &format!("{who} {at}  {note}"), meaning);
    }
    if page.own && visit.state == VisitState::Submitted {
        let said = theme.cut(text.own_note, room);
        lines.push(Line::styled(format!(" {said}"), theme.style(Meaning::Yellow)));
    }
    lines
}
