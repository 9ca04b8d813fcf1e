//! Why a customer is due: every duty with its rule, source, and what has become of it.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use crate::domain::customer::Line as CustomerLine;
use crate::domain::duty::Fate;
use crate::domain::flag::Level;
use crate::domain::ids::CustomerId;
use crate::domain::money::Fen;
use crate::i18n::{format, plan, words};
use crate::protocol::page::{WhyDuty, WhyPage};
use crate::protocol::query::{Query, Slot};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{centered, place, popup, put};
use crate::ui::widgets::reader::Reader;
use crate::ui::width;

/// The explanation of one customer's plan.
#[derive(Debug)]
pub struct Why {
    customer: CustomerId,
    page: Option<Arc<WhyPage>>,
    reader: Reader,
}

impl Why {
    pub(super) fn new(customer: CustomerId) -> Self {
        Self { customer, page: None, reader: Reader::default() }
    }

    pub(super) fn query(&self) -> (Slot, Query) {
        (Slot::Why, Query::Why { customer: self.customer.clone() })
    }

    pub(super) fn load(&mut self, page: Arc<WhyPage>) {
        self.page = Some(page);
    }

    pub(super) fn on_action(&mut self, action: &Action) -> Step {
        if self.reader.on_action(action)
            || matches!(action, Action::Left | Action::Right | Action::Open)
        {
            return Step::stay();
        }
        Step::close(Vec::new())
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let text = &ctx.text.overlays;
        let title = self.page.as_ref().map_or_else(
            || text.why.to_owned(),
            |page| format!("{}{}{}", text.why, ctx.lang.colon(), page.name),
        );
        let height = area.height.saturating_sub(2);
        let inner = popup(frame, centered(area, 96, height), &title, ctx);
        let Some(page) = self.page.clone() else {
            put(frame, inner, 0, Line::raw(ctx.text.shell.loading));
            return;
        };
        let lines = lines(&page, usize::from(inner.width), ctx);
        self.reader.render(frame, inner, lines);
        place(frame, inner, self.reader.place(), ctx);
    }
}

fn lines(page: &WhyPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.overlays, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let row = page.row.as_deref().unwrap_or(text.why_no_row);
    let mut lines = vec![Line::from(vec![
        Span::styled(format!("{} ", text.why_policy), muted),
        Span::raw(theme.clean(&page.policy)),
        Span::styled(format!("  {} ", text.why_row), muted),
        Span::raw(theme.clean(row)),
        Span::raw(format!("  {}", words::tier(ctx.lang, page.tier))),
    ])];
    let inputs: Vec<String> =
        page.inputs.iter().filter_map(|(name, value)| input(name, value, ctx)).collect();
    let mut used = 0;
    for part in inputs {
        let cells = width::cells(&part) + 2;
        if used == 0 || used + cells > width {
            lines.push(Line::default());
            used = 0;
        }
        used += cells;
        if let Some(line) = lines.last_mut() {
            line.push_span(Span::styled(format!("{part}  "), muted));
        }
    }
    for (field, reference, blocks) in &page.gaps {
        let blocks = if *blocks { text.why_blocks } else { "" };
        let field = words::gap(ctx.lang, field);
        let colon = ctx.lang.colon();
        let line = format!("{}{colon}{field} {reference} {blocks}", text.why_gaps);
        lines.push(Line::styled(theme.cut(&line, width), theme.style(Meaning::Yellow)));
    }
    let history = page.duties.iter().filter(|item| item.fate != Fate::Open).count();
    let mut all = open_lines(page, width, ctx);
    all.push(Line::default());
    all.extend(lines);
    if history > 0 {
        let heading = format!("{} {history}", text.why_history);
        all.push(Line::default());
        all.push(Line::styled(heading, theme.style(Meaning::Heading)));
        for item in page.duties.iter().filter(|item| item.fate != Fate::Open) {
            all.extend(duty_lines(item, width, ctx));
        }
    }
    all
}

/// What is to be done now, the earliest first: the answer to the question.
fn open_lines(page: &WhyPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let mut open: Vec<&WhyDuty> =
        page.duties.iter().filter(|item| item.fate == Fate::Open).collect();
    open.sort_by_key(|item| item.duty.due);
    if open.is_empty() {
        let nothing = ctx.text.overlays.why_nothing;
        return vec![Line::styled(nothing, ctx.theme.style(Meaning::Good))];
    }
    let mut lines: Vec<_> =
        open.into_iter().flat_map(|item| duty_lines(item, width, ctx)).collect();
    lines.push(Line::default());
    for line in width::wrap(ctx.text.overlays.why_counts, width) {
        lines.push(Line::styled(line, ctx.theme.style(Meaning::Muted)));
    }
    lines
}

fn duty_lines(item: &WhyDuty, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.overlays, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let duty = &item.duty;
    let open = item.fate == Fate::Open;
    let (fate, meaning) = match &item.fate {
        Fate::Open if duty.due < ctx.today => (text.fate_open.to_owned(), Meaning::Overdue),
        Fate::Open => (text.fate_open.to_owned(), Meaning::Accent),
        Fate::Met { on, late_days, .. } => {
            let late = if *late_days > 0 {
                format!(" {}", ctx.text.agenda.overdue_days(*late_days))
            } else {
                String::new()
            };
            (format!("{} {}{late}", text.fate_met, format::full_day(*on)), Meaning::Good)
        }
        Fate::Missed => (text.fate_missed.to_owned(), Meaning::Overdue),
        Fate::Terminated => (text.fate_terminated.to_owned(), Meaning::Muted),
        Fate::NotOwed(why) => (plan::word(ctx.lang, why), Meaning::Muted),
    };
    let name = if open { Meaning::Heading } else { Meaning::Muted };
    let mut first = vec![
        Span::styled(theme.fit(words::duty(ctx.lang, duty.code), 18), theme.style(name)),
        Span::styled(format!("{} ", text.due), muted),
        Span::raw(format::full_day(duty.due)),
        Span::styled(format!("  {}  ", words::duty_class(ctx.lang, duty.class)), muted),
        Span::styled(fate, theme.style(meaning)),
    ];
    if let Some(original) = duty.delayed_from {
        let delayed = format!("  {} {}", text.delayed_from, format::full_day(original));
        first.push(Span::styled(delayed, theme.style(Meaning::Yellow)));
    }
    let verified = if item.verified { text.why_verified } else { text.why_unverified };
    let detail = format!(
        "{}  {} {}  {} {}{}  {} {}  {}",
        duty.reference,
        text.opens,
        format::full_day(duty.opens),
        text.why_rule,
        duty.rule,
        ctx.lang.aside(&duty.policy),
        text.why_source,
        text.source(&item.source),
        verified
    );
    let mut lines = vec![Line::from(first)];
    let plain = if open { theme.style(Meaning::Text) } else { muted };
    let sentence = theme.clean(&plan::sentence(ctx.lang, duty));
    for line in width::wrap(&sentence, width.saturating_sub(2)) {
        lines.push(Line::styled(format!("  {line}"), plain));
    }
    for visit in &item.uncounted {
        let said = plan::uncounted(ctx.lang, duty, visit);
        for line in width::wrap(&said, width.saturating_sub(2)) {
            lines.push(Line::styled(format!("  {line}"), theme.style(Meaning::Yellow)));
        }
    }
    for line in width::wrap(&theme.clean(&detail), width.saturating_sub(2)) {
        lines.push(Line::styled(format!("  {line}"), muted));
    }
    lines
}

/// An input with its value in words; what is empty or plainly not so says nothing.
fn input(name: &str, given: &str, ctx: &Ctx<'_>) -> Option<String> {
    let lang = ctx.lang;
    if given.is_empty() || given == "false" {
        return None;
    }
    let label = ctx.theme.clean(words::input(lang, name));
    let value = match name {
        _ if given == "true" => return Some(label),
        "line" => CustomerLine::from_code(given).map(|line| words::line(lang, line).to_owned()),
        "level" => Level::from_code(given).map(|level| words::level(lang, level).to_owned()),
        "exposure" => Fen::parse_yuan(given).ok().map(|sum| format::amount(lang, sum)),
        "tier" | "long_term" | "low_risk" => Some(plan::word(lang, given)),
        _ => None,
    };
    let value = value.unwrap_or_else(|| given.to_owned());
    Some(format!("{label} {}", ctx.theme.clean(&value)))
}
