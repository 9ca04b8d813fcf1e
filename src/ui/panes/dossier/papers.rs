//! 担保, 关系, 资料 and 历史.

use ratatui::text::{Line, Span};

use crate::domain::visit::VisitState;
use crate::i18n::{Lang, format, words};
use crate::protocol::page::DossierPage;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::blocks::Lines;
use crate::ui::widgets::facts::{fact, flow, heading, muted};
use crate::ui::width;

/// 担保: collateral with dates that run out, then guarantors.
pub(super) fn security(page: &DossierPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.dossier, ctx.theme);
    let mut lines = vec![heading(text.collateral, ctx)];
    if page.collateral.is_empty() {
        lines.push(muted(text.nothing, ctx));
    }
    for item in &page.collateral {
        let place = item.place.as_deref().unwrap_or_default();
        let name = theme.fit(&format!("{} {place}", item.kind), width.saturating_sub(12).min(50));
        lines.push(Line::from(vec![
            Span::raw(name),
            Span::raw(theme.fit_right(&format::amount(ctx.lang, item.value), 12)),
        ]));
        let dates = [
            (text.valued, item.valued_on, false),
            (text.revalue, item.next_valuation_on, true),
            (text.insured, item.insured_until, true),
        ];
        let parts: Vec<_> = dates
            .into_iter()
            .filter_map(|(label, day, runs_out)| {
                let day = day?;
                let late = runs_out && day < ctx.today;
                let meaning = if late { Meaning::Overdue } else { Meaning::Muted };
                Some((format!("{label} {day}"), theme.style(meaning)))
            })
            .collect();
        lines.extend(flow(&parts, width));
    }
    let total: crate::domain::money::Fen = page.collateral.iter().map(|c| c.value).sum();
    if let Some(exposure) = page.exposure.filter(|f| f.0 > 0)
        && total.0 > 0
    {
        let share = i128::from(total.0) * 10_000 / i128::from(exposure.0);
        let share = i64::try_from(share).unwrap_or(i64::MAX / 100);
        let value = format::percent(crate::domain::money::Decimal4(share));
        lines.extend(fact(text.coverage, &value, width, ctx));
    }
    lines.push(Line::default());
    lines.push(heading(text.guarantors, ctx));
    if page.guarantors.is_empty() {
        lines.push(muted(text.nothing, ctx));
    }
    for (name, amount, relation) in &page.guarantors {
        let relation = relation.as_deref().unwrap_or_default();
        let name = theme.fit(&format!("{name}  {relation}"), width.saturating_sub(12).min(50));
        let amount = format::maybe_amount(ctx.lang, *amount);
        lines.push(Line::raw(format!("{name}{}", theme.fit_right(&amount, 12))));
    }
    lines
}

/// 关系: related parties, worst first as stored, then contacts.
pub(super) fn relations(page: &DossierPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.dossier, ctx.theme);
    let mut lines = vec![heading(text.parties, ctx)];
    if page.relations.is_empty() {
        lines.push(muted(text.nothing, ctx));
    }
    for row in &page.relations {
        let (mark, style) = row.level.map_or((" ", theme.style(Meaning::Text)), |level| {
            (theme.level_mark(level), theme.level(level))
        });
        let kind = theme.fit(words::relation(ctx.lang, &row.kind), 12);
        let amount = row.exposure.map(|f| format::amount(ctx.lang, f)).unwrap_or_default();
        lines.push(Line::from(vec![
            Span::styled(format!("{mark} "), style),
            Span::raw(theme.fit(&row.name, width.saturating_sub(26).min(36))),
            Span::styled(kind, theme.style(Meaning::Muted)),
            Span::raw(theme.fit_right(&amount, 11)),
        ]));
    }
    lines.push(Line::default());
    lines.push(heading(text.contacts, ctx));
    if page.contacts.is_empty() {
        lines.push(muted(text.nothing, ctx));
    }
    for (name, role, phone) in &page.contacts {
        let role = words::contact_role(ctx.lang, role.as_deref().unwrap_or("other"));
        let value = format!("{name}  {}", phone.as_deref().unwrap_or("-"));
        lines.extend(fact(role, &value, width, ctx));
    }
    lines
}

/// 资料: what is open first, late ones marked.
pub(super) fn documents(page: &DossierPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.dossier, ctx.theme);
    let mut lines = vec![heading(text.conditions, ctx)];
    if page.conditions.is_empty() {
        lines.push(muted(text.nothing, ctx));
    }
    let (open, done): (Vec<_>, Vec<_>) = page.conditions.iter().partition(|c| c.done_on.is_none());
    for row in open.into_iter().chain(done) {
        let late = row.done_on.is_none() && row.due_on.is_some_and(|d| d < ctx.today);
        let meaning = match (late, row.done_on) {
            (true, _) => Meaning::Overdue,
            (_, Some(_)) => Meaning::Muted,
            _ => Meaning::Text,
        };
        let mark =
            if row.done_on.is_some() { theme.glyphs.done_box } else { theme.glyphs.open_box };
        let kind = if row.document { text.paper } else { text.condition };
        let when = match (row.done_on, row.due_on) {
            (Some(day), _) => format!("{} {}", text.done_on, format::near_day(day, ctx.today)),
            (None, Some(day)) => format!("{} {}", text.until, format::near_day(day, ctx.today)),
            (None, None) => text.open_item.to_owned(),
        };
        let what =
            theme.fit(&format!("{mark} {kind} {}", row.text), width.saturating_sub(16).min(64));
        let line = format!("{what} {}", theme.fit_right(&when, 15));
        lines.push(Line::styled(line, theme.style(meaning)));
    }
    lines
}

/// 历史: visits, latest first, each with the lines that belong to it.
pub(super) fn history(page: &DossierPage, width: usize, ctx: &Ctx<'_>) -> Lines {
    let (text, theme) = (&ctx.text.dossier, ctx.theme);
    if page.visits.is_empty() {
        return vec![(None, muted(text.no_history, ctx))];
    }
    let faint = theme.style(Meaning::Muted);
    let (class, state) = match ctx.lang {
        Lang::Zh => (7, 7),
        Lang::En => (9, 10),
    };
    let mut lines = Vec::new();
    for (at, visit) in page.visits.iter().enumerate() {
        let codes: Vec<&str> =
            visit.purposes.iter().map(|p| words::duty_short(ctx.lang, p.code)).collect();
        let meaning = match visit.state {
            VisitState::Approved => Meaning::Muted,
            VisitState::Returned => Meaning::Orange,
            VisitState::Draft | VisitState::Submitted => Meaning::Accent,
        };
        let head = Line::from(vec![
            Span::raw(format!("{}  ", format::full_day(visit.visited_on))),
            Span::raw(theme.fit(words::visit_class(ctx.lang, visit.class), class)),
            Span::raw(theme.fit(&visit.officer_name, 8)),
            Span::styled(
                theme.fit(words::visit_state(ctx.lang, visit.state), state),
                theme.style(meaning),
            ),
            Span::styled(codes.join(" "), faint),
        ]);
        lines.push((Some(at), head));
        let clean = theme.clean(visit.conclusion.as_deref().unwrap_or_default());
        if !clean.is_empty() {
            for line in width::wrap(&clean, width.saturating_sub(2)).into_iter().take(2) {
                lines.push((Some(at), Line::styled(format!("  {line}"), faint)));
            }
        }
    }
    lines
}
