//! 概况 and 贷款.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::deadline::{DeadlineKind, Headroom};
use crate::domain::loan::LoanStatus;
use crate::i18n::{format, words};
use crate::protocol::page::{DossierPage, LoanRow};
use crate::ui::ctx::Ctx;
use crate::ui::strategy;
use crate::ui::theme::Meaning;
use crate::ui::widgets::facts::{fact, fact_styled, flow, muted};

/// 概况: due visits and gaps first, then who it is.
pub(super) fn overview(page: &DossierPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.dossier;
    let mut lines = Vec::new();
    if let Some((visit, state)) = &page.record {
        let value = format!("{}  {visit}", words::visit_state(ctx.lang, *state));
        lines.extend(fact(text.record, &value, width, ctx));
    }
    let mut label = text.due_list;
    for due in page.due.iter().take(4) {
        let codes: Vec<&str> = due.codes.iter().map(|c| words::duty(ctx.lang, *c)).collect();
        let value = format!(
            "{}  {}  {}",
            format::near_day(due.due, ctx.today),
            words::duty_class(ctx.lang, due.class),
            codes.join(ctx.lang.list_mark())
        );
        let meaning = if due.overdue_days > 0 { Meaning::Overdue } else { Meaning::Text };
        lines.extend(fact_styled(label, &value, ctx.theme.style(meaning), width, ctx));
        label = "";
    }
    if let Some(year) = page.onsite {
        let mut line = fact(text.onsite_year, &text.onsite_of(year), width, ctx);
        // What is asked for is due on its own days; here it is only counted.
        for line in &mut line {
            line.style = ctx.theme.style(Meaning::Muted);
        }
        lines.extend(line);
    }
    lines.extend(page.strategy.iter().flat_map(|row| strategy::lines(row, width, ctx)));
    lines.extend(deadlines(page, width, ctx));
    // One that is still being written, or was sent back, has not been made as far as the plan knows.
    if let Some(visit) = page.visits.iter().find(|visit| visit.state.is_done()) {
        let value = format!(
            "{}  {}  {}",
            format::full_day(visit.visited_on),
            words::visit_class(ctx.lang, visit.class),
            visit.conclusion.as_deref().unwrap_or_default()
        );
        lines.extend(fact(text.last_visit, &value, width, ctx));
    }
    // What takes the periodic visits away comes first, and says so.
    let mut gaps: Vec<_> = page.gaps.iter().collect();
    gaps.sort_by_key(|(_, _, blocks)| !blocks);
    if gaps.first().is_some_and(|(_, _, blocks)| *blocks) {
        let mut told = fact(text.gaps, text.unplannable, width, ctx);
        for line in &mut told {
            line.style = ctx.theme.style(Meaning::Overdue);
        }
        lines.extend(told);
    }
    for (field, reference, blocks) in gaps {
        let value = format!("{} {reference}", words::gap(ctx.lang, field));
        let mut gap = fact(if *blocks { "" } else { text.gaps }, &value, width, ctx);
        let meaning = if *blocks { Meaning::Overdue } else { Meaning::Yellow };
        for line in &mut gap {
            line.style = ctx.theme.style(meaning);
        }
        lines.extend(gap);
    }
    if !lines.is_empty() {
        lines.push(Line::default());
    }
    if page.low_risk {
        lines.extend(fact("", text.low_risk, width, ctx));
    }
    let group = page.group_id.as_deref();
    let since = page.onboarded_on.map(format::full_day);
    let facts = [
        (text.industry, page.industry.as_deref()),
        (text.district, page.district.as_deref()),
        (text.trade_circle, page.trade_circle.as_deref()),
        (text.grade, page.grade.as_deref()),
        (text.group, group),
        (text.legal_rep, page.legal_rep.as_deref()),
        (text.controller, page.controller.as_deref()),
        (text.id_no, page.id_no.as_deref()),
        (text.address, page.address.as_deref()),
        (text.onboarded, since.as_deref()),
    ];
    for (label, value) in facts {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            lines.extend(fact(label, value, width, ctx));
        }
    }
    for (name, role, phone) in page.contacts.iter().take(3) {
        let role = words::contact_role(ctx.lang, role.as_deref().unwrap_or("other"));
        let value = format!("{name}  {}", phone.as_deref().unwrap_or("-"));
        lines.extend(fact(role, &value, width, ctx));
    }
    lines
}

/// Deadlines beside visits, those that have passed first; `e` has them all.
fn deadlines(page: &DossierPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.deadlines;
    // The next step of a plan stands with the strategy.
    let near = page
        .deadlines
        .iter()
        .filter(|row| row.deadline.opens <= ctx.today && row.deadline.kind != DeadlineKind::Step);
    let mut label = text.label;
    let mut lines = Vec::new();
    for row in near.take(4) {
        let day = format::near_day(row.deadline.due, ctx.today);
        let kind = text.of(row.deadline.kind);
        let value = format!("{day}  {kind}  {}", text.told(&row.deadline));
        let broken = row.deadline.headroom == Some(Headroom::Breach);
        let meaning = if row.late_days > 0 || broken { Meaning::Overdue } else { Meaning::Text };
        for mut line in fact(label, value.trim_end(), width, ctx) {
            if let Some(value) = line.spans.last_mut() {
                value.style = ctx.theme.style(meaning);
            }
            lines.push(line);
        }
        label = "";
    }
    lines
}

/// 贷款: two or three lines a loan, ended ones last and muted.
pub(super) fn loans(page: &DossierPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    if page.loans.is_empty() {
        return vec![muted(ctx.text.dossier.nothing, ctx)];
    }
    let (live, ended): (Vec<_>, Vec<_>) =
        page.loans.iter().partition(|l| l.status == LoanStatus::Active);
    live.into_iter().chain(ended).flat_map(|loan| loan_lines(loan, width, ctx)).collect()
}

/// Cells of the balance and of what follows it.
const BALANCE: usize = 12;
const STATE: usize = 12;

fn loan_lines(loan: &LoanRow, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.dossier, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let ended = loan.status != LoanStatus::Active;
    let plain = if ended { muted } else { theme.style(Meaning::Text) };
    let late = loan.days_past_due.filter(|d| *d > 0);
    let (state, state_style) = match (late, loan.tier) {
        (Some(days), _) => {
            let late = format!("{} {}", text.past_due, text.days(days));
            (late, theme.style(Meaning::Overdue))
        }
        (None, _) if ended => (words::loan_status(ctx.lang, loan.status).to_owned(), muted),
        (None, Some(tier)) => (words::tier(ctx.lang, tier).to_owned(), theme.tier(tier)),
        (None, None) => (String::new(), muted),
    };
    let product = loan.product.as_deref().unwrap_or(loan.loan.as_str());
    let room = width.saturating_sub(BALANCE + STATE + 2).min(40);
    let first = Line::from(vec![
        Span::styled(
            theme.fit(product, room),
            if ended { muted } else { theme.style(Meaning::Heading) },
        ),
        Span::styled(
            theme.fit_right(&format::maybe_amount(ctx.lang, loan.balance), BALANCE),
            plain,
        ),
        Span::styled(format!("  {}", theme.fit(&state, STATE)), state_style),
    ]);
    let mut parts = vec![theme.clean(&loan.loan)];
    let matures = loan.matures_on.map(|day| format!("{} {day}", text.until));
    parts.push(format!("{} {}", loan.disbursed_on, matures.unwrap_or_default()));
    parts.extend(loan.rate.map(|rate| format!("{rate}%")));
    parts.extend(loan.guarantee.map(|mode| words::guarantee(ctx.lang, mode).to_owned()));
    parts.push(format!("{} {}", text.amount, format::amount(ctx.lang, loan.amount)));
    if let Some((day, sum)) = loan.next {
        let day = format::near_day(day, ctx.today);
        parts.push(format!("{} {day} {}", text.instalment, format::amount(ctx.lang, sum)));
    }
    if loan.drawdowns > 1 {
        parts.push(format!("{} {}", loan.drawdowns, text.drawdowns));
    }
    if let Some(purpose) = &loan.purpose {
        let purpose = format!("{} {purpose}", text.purpose);
        parts.push(theme.cut(&purpose, width.saturating_sub(2)));
    }
    let parts: Vec<(String, Style)> = parts.into_iter().map(|part| (part, muted)).collect();
    std::iter::once(first).chain(flow(&parts, width)).collect()
}
