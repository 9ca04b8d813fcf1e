//! One flag with everything that was ever done to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use crate::domain::answer::Value;
use crate::domain::flag::FlagState;
use crate::domain::ids::FlagId;
use crate::domain::money::Decimal4;
use crate::i18n::{format, words};
use crate::protocol::page::{CHANGED, FlagHistoryPage, FlagInput, FlagRow};
use crate::protocol::query::{Query, Slot};
use crate::risk::LIMIT;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::proof;
use crate::ui::rule_words;
use crate::ui::seen;
use crate::ui::theme::Meaning;
use crate::ui::value::{measure_shown, signal_line};
use crate::ui::widgets::frame::{centered, place, popup, put};
use crate::ui::widgets::reader::Reader;
use crate::ui::width;

/// The history of a flag.
#[derive(Debug)]
pub struct History {
    flag: FlagId,
    page: Option<Arc<FlagHistoryPage>>,
    reader: Reader,
}

impl History {
    pub(super) fn new(flag: FlagId) -> Self {
        Self { flag, page: None, reader: Reader::default() }
    }

    pub(super) fn query(&self) -> (Slot, Query) {
        (Slot::History, Query::FlagHistory { flag: self.flag.clone() })
    }

    pub(super) fn load(&mut self, page: Arc<FlagHistoryPage>) {
        if page.flag.flag == self.flag {
            self.page = Some(page);
        }
    }

    pub(super) fn on_action(&mut self, action: &Action) -> Step {
        if self.reader.on_action(action) || matches!(action, Action::Left | Action::Right) {
            return Step::stay();
        }
        Step::close(Vec::new())
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let width = area.width.saturating_sub(4).min(84);
        let text = ctx.text.flags.history;
        let Some(page) = self.page.clone() else {
            let inner = popup(frame, centered(area, width, 5), text, ctx);
            put(frame, inner, 0, Line::raw(ctx.text.shell.loading));
            return;
        };
        let lines = lines(&page, usize::from(width).saturating_sub(4), ctx);
        let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
        let height = height.min(area.height.saturating_sub(2));
        let title = format!("{text}{}{}", ctx.lang.colon(), page.flag.name);
        let inner = popup(frame, centered(area, width, height), &title, ctx);
        self.reader.render(frame, inner, lines);
        place(frame, inner, self.reader.place(), ctx);
    }
}

/// Facts side by side, as many as fit in a line: the last one says how late it is.
fn joined(facts: &[String], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for fact in facts {
        match lines.last_mut() {
            Some(line) if width::cells(line) + 3 + width::cells(fact) <= width => {
                *line = format!("{line}   {fact}");
            }
            _ => lines.push(fact.clone()),
        }
    }
    lines
}

fn lines(page: &FlagHistoryPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme, flag) = (&ctx.text.flags, ctx.theme, &page.flag);
    let muted = theme.style(Meaning::Muted);
    let level = words::level(ctx.lang, flag.level);
    let mut lines = vec![Line::from(vec![
        Span::styled(format!("{} {level} ", theme.level_mark(flag.level)), theme.level(flag.level)),
        Span::raw(theme.clean(&signal_line(&flag.signal, ctx.lang))),
        Span::styled(format!("  {}", words::flag_state(ctx.lang, flag.state)), muted),
    ])];
    // Only what is confirmed is under care: how far that has come says nothing of the others.
    let cared_for = flag.state == FlagState::Confirmed;
    if let Some(head) = lines.first_mut().filter(|_| cared_for) {
        let step = format!(" {}", words::flag_step(ctx.lang, flag.step));
        head.push_span(Span::styled(step, muted));
    }
    let mut facts = vec![(text.raised, format::full_day(flag.raised_on))];
    facts.extend(flag.owner_name.clone().map(|owner| (text.owner_column, owner)));
    if flag.owner_name.is_none() && flag.state == FlagState::Confirmed {
        facts.push((theme.glyphs.overdue, text.no_owner.to_owned()));
    }
    facts.extend(flag.due_on.map(|day| (text.due_column, format::maybe_day(Some(day)))));
    if let Some(due) = flag.step_due {
        let name = if flag.step_late { text.step_late } else { text.step_due };
        facts.push((name, due.format("%m-%d %H:%M").to_string()));
    }
    if let Some(department) = flag.lies_with {
        // First, so that a narrow screen cuts something else.
        facts.insert(0, (theme.glyphs.dot, text.lies_with(department)));
    }
    if flag.overdue_days > 0 {
        facts.push((theme.glyphs.overdue, text.overdue(flag.overdue_days)));
    }
    let facts: Vec<_> = facts.iter().map(|(name, value)| format!("{name} {value}")).collect();
    lines.extend(joined(&facts, width).into_iter().map(|said| Line::raw(theme.cut(&said, width))));
    for past in text.past(flag.beside.lapsed, flag.beside.again) {
        lines.push(Line::styled(theme.cut(&past, width), theme.style(Meaning::Yellow)));
    }
    let measure = flag.measure.as_deref().map(|written| measure_shown(written, ctx.lang));
    let noted = text.noted(flag).map(str::to_owned);
    for (label, long) in [(text.measure, &measure), (text.note, &noted)] {
        let long = long.as_deref().unwrap_or_default().replace('\n', " ");
        if !long.is_empty() {
            for line in width::wrap(&theme.clean(&format!("{label} {long}")), width) {
                lines.push(Line::raw(line));
            }
        }
    }
    lines.extend(proofs(page, width, ctx));
    lines.extend(seen(page, width, ctx));
    lines.push(Line::default());
    for (day, what) in &page.brought {
        lines.push(Line::from(vec![
            Span::styled(theme.fit(&format::near_day(*day, ctx.today), 12), muted),
            Span::styled(theme.fit(text.change(what), 13), theme.style(Meaning::Accent)),
            Span::styled(text.brought, muted),
        ]));
    }
    for (at, who, what, note) in &page.changes {
        lines.push(Line::from(vec![
            Span::styled(theme.fit(at, 12), muted),
            Span::styled(theme.fit(text.change(what), 13), theme.style(Meaning::Accent)),
            Span::raw(theme.clean(who)),
        ]));
        let note = &reworded(flag, what, note, ctx);
        if !note.is_empty() {
            let indent = " ".repeat(12);
            for line in
                width::wrap(&theme.clean(&note.replace('\n', " ")), width.saturating_sub(12))
            {
                lines.push(Line::raw(format!("{indent}{line}")));
            }
        }
    }
    lines
}

/// What stands in the history, in the language of the screen where that is known: measures of the
/// catalogue, and what a checklist said.
fn reworded(flag: &FlagRow, what: &str, note: &str, ctx: &Ctx<'_>) -> String {
    if what == "measure_changed" {
        let shown = note.split(CHANGED).map(|measure| measure_shown(measure, ctx.lang));
        return shown.collect::<Vec<_>>().join(CHANGED);
    }
    let same = flag.note.as_deref() == Some(note);
    ctx.text.flags.noted(flag).filter(|_| same).unwrap_or(note).to_owned()
}

/// The files that prove what became of it, and attempts to use others'.
fn proofs(page: &FlagHistoryPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let theme = ctx.theme;
    let told = proof::list(&page.flag, ctx);
    if told.is_empty() {
        return Vec::new();
    }
    let mut lines =
        vec![Line::default(), Line::styled(ctx.text.flags.proofs, theme.style(Meaning::Accent))];
    for (text, meaning) in told {
        for line in width::wrap(&theme.clean(&text), width.saturating_sub(2)) {
            lines.push(Line::styled(format!("  {line}"), theme.style(meaning)));
        }
    }
    lines
}

/// Why it was proposed: each fact with its value and day, then the rule in words.
fn seen(page: &FlagHistoryPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.flags, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    if page.rule.is_none() && page.inputs.is_empty() {
        return Vec::new();
    }
    let mut lines =
        vec![Line::default(), Line::styled(text.seen_by_rule, theme.style(Meaning::Accent))];
    for (told, day) in seen::lines(&page.inputs, ctx.lang) {
        let day = day.map(|day| format!("  {day}")).unwrap_or_default();
        let told = theme.clean(&format!("  {told}"));
        let apart = width::cells(&told) + width::cells(&day) > width;
        let mut line = vec![Span::raw(theme.cut(&told, width))];
        if !apart {
            line.push(Span::styled(day.clone(), muted));
        }
        lines.push(Line::from(line));
        if apart {
            lines.push(Line::styled(theme.cut(&format!("  {day}"), width), muted));
        }
    }
    let Some(rule) = &page.rule else { return lines };
    let rule = rule_words::told(rule, &limits(page), ctx.lang);
    for line in width::wrap(&theme.clean(&rule), width.saturating_sub(2)) {
        lines.push(Line::styled(format!("  {line}"), muted));
    }
    lines
}

/// The limits under which the rule found it.
fn limits(page: &FlagHistoryPage) -> BTreeMap<&str, Decimal4> {
    let limit = |input: &FlagInput| match &input.value {
        Value::Number(number) => Some(*number),
        _ => None,
    };
    let named = page.inputs.iter().filter_map(|i| Some((i.fact.strip_prefix(LIMIT)?, limit(i)?)));
    named.collect()
}
