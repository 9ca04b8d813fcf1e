//! 担保, 关系, 资料 and 历史.

use chrono::NaiveDate;
use ratatui::text::{Line, Span};

use super::strategy;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::todo::TodoState;
use crate::domain::visit::VisitState;
use crate::i18n::{Lang, format, words};
use crate::protocol::page::{DossierPage, RelationRow, TodoRow};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::blocks::Lines;
use crate::ui::widgets::facts::{fact, flow, heading, muted};
use crate::ui::width;

/// Cells of the kind of a relation, and of an amount behind it.
const KIND: usize = 12;
const AMOUNT: usize = 11;

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
    let total = Fen::sum_of(page.collateral.iter().map(|item| item.value));
    if let (Some(total), Some(exposure)) = (total, page.exposure.filter(|f| f.0 > 0))
        && total.0 > 0
    {
        let share = i128::from(total.0) * 10_000 / i128::from(exposure.0);
        let share = i64::try_from(share).unwrap_or(i64::MAX / 100);
        let value = format::percent(Decimal4(share));
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

/// As many as the longest name needs, if there is room for them.
fn name_cells(rows: &[RelationRow], width: usize, ctx: &Ctx<'_>) -> usize {
    let cells = rows.iter().map(|row| width::cells(&ctx.theme.clean(&row.name)) + 2);
    cells.max().unwrap_or(0).max(36).min(width.saturating_sub(2 + KIND + AMOUNT))
}

/// A related party; its name never touches what follows.
fn party(row: &RelationRow, name: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let theme = ctx.theme;
    let (mark, style) = row.level.map_or((" ", theme.style(Meaning::Text)), |level| {
        (theme.level_mark(level), theme.level(level))
    });
    let kind = theme.fit(words::relation(ctx.lang, &row.kind), KIND);
    let amount = row.exposure.map(|f| format::amount(ctx.lang, f)).unwrap_or_default();
    Line::from(vec![
        Span::styled(format!("{mark} "), style),
        Span::raw(theme.fit(&theme.cut(&row.name, name.saturating_sub(1)), name)),
        Span::styled(kind, theme.style(Meaning::Muted)),
        Span::raw(theme.fit_right(&amount, AMOUNT)),
    ])
}

/// 关系: related parties, worst first as stored, then contacts.
pub(super) fn relations(page: &DossierPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.dossier, ctx.theme);
    let mut lines = vec![heading(text.parties, ctx)];
    if page.relations.is_empty() {
        lines.push(muted(text.nothing, ctx));
    }
    let name = name_cells(&page.relations, width, ctx);
    lines.extend(page.relations.iter().map(|row| party(row, name, ctx)));
    if let Some(sum) = page.group_sum {
        let amount = format::amount(ctx.lang, sum.exposure);
        let name = name + KIND;
        lines.push(Line::from(vec![
            Span::raw("  "),
            Span::raw(theme.fit(&text.group_sum(sum), name)),
            Span::raw(theme.fit_right(&amount, AMOUNT)),
        ]));
        if sum.hidden > 0 {
            let said = format!("  {}", text.group_hidden(sum.hidden));
            let said = theme.cut(&said, width);
            lines.push(Line::styled(said, theme.style(Meaning::Yellow)));
        }
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

/// 资料: conditions, then 待办; what is open first, late ones marked.
pub(super) fn documents(page: &DossierPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.dossier;
    let mut lines = vec![heading(text.conditions, ctx)];
    if page.conditions.is_empty() {
        lines.push(muted(text.nothing, ctx));
    }
    let (open, done): (Vec<_>, Vec<_>) = page.conditions.iter().partition(|c| c.done_on.is_none());
    for row in open.into_iter().chain(done) {
        let when = match (row.done_on, row.due_on) {
            (Some(day), _) => format!("{} {}", text.done_on, format::near_day(day, ctx.today)),
            (None, Some(day)) => format!("{} {}", text.until, format::near_day(day, ctx.today)),
            (None, None) => text.open_item.to_owned(),
        };
        let late = row.due_on.is_some_and(|day| day < ctx.today);
        lines.push(box_line(&row.text, &when, row.done_on.is_some(), late, width, ctx));
    }
    lines.push(Line::default());
    lines.push(heading(ctx.text.todos.title, ctx));
    if page.todos.is_empty() {
        lines.push(muted(text.nothing, ctx));
    }
    for row in &page.todos {
        lines.extend(todo_lines(row, width, ctx));
    }
    lines
}

/// `□ 一事   至 11-25`.
fn box_line(
    what: &str,
    when: &str,
    ended: bool,
    late: bool,
    width: usize,
    ctx: &Ctx<'_>,
) -> Line<'static> {
    let theme = ctx.theme;
    let meaning = match (ended, late) {
        (true, _) => Meaning::Muted,
        (false, true) => Meaning::Overdue,
        (false, false) => Meaning::Text,
    };
    let mark = if ended { theme.glyphs.done_box } else { theme.glyphs.open_box };
    let what = theme.fit(&format!("{mark} {what}"), width.saturating_sub(16).min(64));
    Line::styled(format!("{what} {}", theme.fit_right(when, 15)), theme.style(meaning))
}

/// A 待办: what and until when; who, what kind, and how it ended.
fn todo_lines(row: &TodoRow, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.dossier, ctx.theme);
    let when = match (row.state, row.done_on) {
        (TodoState::Open, _) => {
            format!("{} {}", text.until, format::near_day(row.due_on, ctx.today))
        }
        (_, Some(day)) => format!("{} {}", text.done_on, format::near_day(day, ctx.today)),
        (state, None) => words::todo_state(ctx.lang, state).to_owned(),
    };
    let ended = row.state != TodoState::Open;
    let what = ctx.text.todos.text(row);
    let mut lines = vec![box_line(what, &when, ended, row.overdue_days > 0, width, ctx)];
    let faint = theme.style(Meaning::Muted);
    let parts = [
        words::todo_kind(ctx.lang, row.kind).to_owned(),
        words::promiser(ctx.lang, row.promised_by).to_owned(),
        theme.clean(&row.owner_name),
        theme.clean(ctx.text.todos.ending(row.note.as_deref().unwrap_or_default())),
    ];
    lines.extend(flow(&parts.map(|part| (part, faint)), width));
    lines
}

/// 历史: visits, latest first, each with the lines that belong to it.
pub(super) fn history(page: &DossierPage, width: usize, ctx: &Ctx<'_>) -> Lines {
    let (text, theme) = (&ctx.text.dossier, ctx.theme);
    if page.visits.is_empty() && page.handovers.is_empty() && page.strategy.is_none() {
        return vec![(None, muted(text.no_history, ctx))];
    }
    let mut marks = marks(page, ctx).into_iter().peekable();
    let faint = theme.style(Meaning::Muted);
    let (class, state) = match ctx.lang {
        Lang::Zh => (7, 7),
        Lang::En => (9, 10),
    };
    let mut lines = Vec::new();
    for (at, visit) in page.visits.iter().enumerate() {
        // The line in time: whose customer it was before stands below.
        while let Some((on, said)) = marks.next_if(|(on, _)| *on >= visit.visited_on) {
            lines.push((None, mark(on, &said, width, ctx)));
        }
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
    lines.extend(marks.map(|(on, said)| (None, mark(on, &said, width, ctx))));
    lines
}

/// What happened between visits, latest first: whose customer it was, which strategy was decided.
fn marks(page: &DossierPage, ctx: &Ctx<'_>) -> Vec<(NaiveDate, String)> {
    let hands = page
        .handovers
        .iter()
        .map(|hand| (hand.on, ctx.text.orders.line(&hand.from, &hand.to, hand.witness.as_deref())));
    let mut all: Vec<_> = hands.chain(strategy::changes(page, ctx)).collect();
    // Stable: what one day brought stays in its order.
    all.sort_by_key(|(on, _)| std::cmp::Reverse(*on));
    all
}

/// `2026-11-23  移交：张伟 至 李娜，监交 王芳`, on a rule of its own.
fn mark(on: NaiveDate, said: &str, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let theme = ctx.theme;
    let said = theme.clean(&format!("{}  {said} ", format::full_day(on)));
    let said = theme.cut(&said, width);
    let rest = theme.glyphs.horizontal.repeat(width.saturating_sub(width::cells(&said)));
    Line::from(vec![
        Span::styled(said, theme.style(Meaning::Accent)),
        Span::styled(rest, theme.style(Meaning::Rule)),
    ])
}

#[cfg(test)]
mod tests;
