//! The early-warning score of a customer, added up line by line.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use crate::assets::{score as pack, signals, tiers};
use crate::domain::ids::CustomerId;
use crate::domain::money::Decimal4;
use crate::form::Fault;
use crate::i18n::{format, score as words};
use crate::protocol::page::ScorePage;
use crate::protocol::query::{Query, Slot};
use crate::risk::score::{Card, Given, Part, Rule, Scored, Taken};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{centered, place, popup, put};
use crate::ui::widgets::reader::Reader;

/// Cells of the box, at the most.
const WIDEST: u16 = 168;
/// Cells of the points, right-aligned.
const POINTS: usize = 5;
/// From this width on it is told how each input is worked out.
const ROOMY: usize = 88;
/// Least and greatest cells of an input's name.
const NAME: (usize, usize) = (16, 22);
/// Cells of a value, and of its bin.
const VALUE: usize = 9;
const BIN: usize = 18;

/// The sum of one customer.
#[derive(Debug)]
pub struct Score {
    customer: CustomerId,
    page: Option<Arc<ScorePage>>,
    /// The bank's own card, read when its page came.
    own: Option<Result<Card, Fault>>,
    reader: Reader,
}

impl Score {
    pub(super) fn new(customer: CustomerId) -> Self {
        Self { customer, page: None, own: None, reader: Reader::default() }
    }

    pub(super) fn query(&self) -> (Slot, Query) {
        (Slot::Score, Query::Score { customer: self.customer.clone() })
    }

    pub(super) fn load(&mut self, page: Arc<ScorePage>) {
        self.own = page.card.as_deref().map(|text| pack::parse("card", text));
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
        let text = &ctx.text.score;
        let title = self
            .page
            .as_ref()
            .map_or_else(|| text.title.to_owned(), |page| text.because(text.title, &page.name));
        let height = area.height.saturating_sub(2);
        let inner = popup(frame, centered(area, WIDEST, height), &title, ctx);
        let Some(page) = self.page.clone() else {
            put(frame, inner, 0, Line::raw(ctx.text.shell.loading));
            return;
        };
        let width = usize::from(inner.width);
        let lines = match (pack::shared(), &self.own) {
            (Ok(built_in), None) => lines(&page, (&built_in, None), width, ctx),
            (Ok(built_in), Some(Ok(own))) => lines(&page, (own, Some(&built_in)), width, ctx),
            (Err(fault), _) => vec![Line::raw(crate::i18n::pack::fault(ctx.lang, &fault))],
            (_, Some(Err(fault))) => vec![Line::raw(crate::i18n::pack::fault(ctx.lang, fault))],
        };
        self.reader.render(frame, inner, lines);
        place(frame, inner, self.reader.place(), ctx);
    }
}

/// What a page says, as inputs of a card.
fn taken(page: &ScorePage) -> Taken {
    let conduct: Vec<(Given, Decimal4)> = page
        .conduct
        .iter()
        .filter_map(|(code, value)| Some((Given::from_code(code)?, *value)))
        .collect();
    Taken::of_customer(&page.statements, &conduct, signals::oldest_judged(page.as_of))
}

/// The sum by the card in force; beside an own card what the built-in one would say.
fn lines(
    page: &ScorePage,
    (card, built_in): (&Card, Option<&Card>),
    width: usize,
    ctx: &Ctx<'_>,
) -> Vec<Line<'static>> {
    let text = &ctx.text.score;
    let muted = ctx.theme.style(Meaning::Muted);
    let taken = taken(page);
    if taken.is_empty() {
        return vec![Line::styled(text.nothing_known, muted)];
    }
    let scored = card.score(&taken);
    let mut lines = vec![verdict(&scored, ctx)];
    for told in words::caveats(text, &taken, &scored, tiers::shared().substandard) {
        lines.extend(wrapped(told, width, ctx));
    }
    let on = page.statements.first();
    let on = on.map_or_else(
        || text.no_statement.to_owned(),
        |s| format!("{} {}", text.statement, words::days(taken.days(), s.period_end)),
    );
    lines.push(Line::styled(ctx.theme.cut(text.aid, width), ctx.theme.style(Meaning::Yellow)));
    let whose = if built_in.is_some() { text.own } else { text.built_in };
    let by = format!("{on} · {} {} · {whose}", text.card, card.id);
    lines.push(Line::styled(ctx.theme.cut(&by, width), muted));
    if let Some(built_in) = built_in {
        let other = built_in.score(&taken);
        let share = words::percent(other.probability);
        let said = text.beside(&built_in.id, other.score, &share, other.grade);
        lines.push(Line::styled(ctx.theme.cut(&said, width), muted));
    }
    lines.push(Line::default());
    lines.push(heading(width, ctx));
    for (part, rule) in scored.parts.iter().zip(&card.rules) {
        lines.push(row(part, rule, width, ctx));
    }
    let name = name_cells(width);
    let sum = ctx.theme.fit(text.sum, name + 1 + VALUE + 1 + BIN);
    lines.push(Line::styled(
        format!("{sum} {:>POINTS$}", scored.score),
        ctx.theme.style(Meaning::Heading),
    ));
    lines.push(Line::default());
    let band = card.band(scored.score);
    let share = words::percent(band.probability);
    let meaning = text.meaning(scored.score, band.from, &share, band.grade);
    lines.extend(wrapped(&meaning, width, ctx));
    lines.push(Line::styled(text.doubles(card.double_odds), muted));
    if card.rules.iter().any(|rule| !rule.verified) {
        lines.push(Line::styled(format!("* {}", text.unverified), muted));
    }
    for unknown in unknowns(&scored, card, ctx) {
        lines.extend(wrapped(&unknown, width, ctx));
    }
    lines.extend(formulas(card, width, ctx));
    if !page.history.is_empty() {
        lines.push(Line::default());
        lines.push(Line::styled(text.earlier, ctx.theme.style(Meaning::Heading)));
        for stored in &page.history {
            let day = format::full_day(stored.on);
            let said =
                format!("{day}  {:>POINTS$}  {}  {}", stored.score, stored.grade, stored.card);
            lines.push(Line::raw(ctx.theme.cut(&said, width)));
        }
    }
    lines
}

/// Score, probability and grade.
fn verdict(scored: &Scored, ctx: &Ctx<'_>) -> Line<'static> {
    let text = &ctx.text.score;
    let muted = ctx.theme.style(Meaning::Muted);
    let strong = ctx.theme.style(Meaning::Heading);
    let told = |name: &str, value: String| {
        [Span::styled(format!("{name} "), muted), Span::styled(format!("{value}  "), strong)]
    };
    let mut spans = Vec::new();
    spans.extend(told(text.score, scored.score.to_string()));
    spans.extend(told(text.probability, words::percent(scored.probability)));
    spans.extend(told(text.grade, scored.grade.to_string()));
    Line::from(spans)
}

const fn name_cells(width: usize) -> usize {
    if width >= 76 { NAME.1 } else { NAME.0 }
}

fn heading(width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let text = &ctx.text.score;
    let name = ctx.theme.fit(text.input, name_cells(width));
    let value = ctx.theme.fit_right(text.value, VALUE);
    let bin = ctx.theme.fit(&format!(" {}", text.bin), BIN);
    let points = ctx.theme.fit_right(text.points, POINTS);
    let rest = if width >= ROOMY { format!("  {}", text.how) } else { String::new() };
    let line = format!("{name} {value} {bin} {points}{rest}");
    Line::styled(ctx.theme.cut(&line, width), ctx.theme.style(Meaning::Muted))
}

fn row(part: &Part, rule: &Rule, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let text = &ctx.text.score;
    let name = ctx.lang.pick(&rule.en, &rule.zh);
    let name = if rule.verified { name.to_owned() } else { format!("{name} *") };
    let name = ctx.theme.fit(&name, name_cells(width));
    let (value, bin) = match part.value {
        Ok(value) => (words::value(text, part.input, value), words::bin(text, rule, value)),
        Err(why) => ("-".to_owned(), words::bin_without(text, part.input, why).to_owned()),
    };
    let value = ctx.theme.fit_right(&value, VALUE);
    let bin = ctx.theme.fit(&format!(" {bin}"), BIN);
    let muted = ctx.theme.style(Meaning::Muted);
    let mut spans = vec![
        Span::raw(format!("{name} {value} ")),
        Span::styled(bin, muted),
        Span::raw(format!(" {:>POINTS$}", part.points)),
    ];
    spans.extend(beside(rule, width, ctx).map(|how| Span::styled(format!("  {how}"), muted)));
    Line::from(spans)
}

/// How an input is worked out, where its row has room for all of it.
fn beside(rule: &Rule, width: usize, ctx: &Ctx<'_>) -> Option<String> {
    let used = name_cells(width) + VALUE + BIN + POINTS + 5;
    let how = ctx.theme.clean(ctx.lang.pick(&rule.how_en, &rule.how_zh));
    let fits = width >= ROOMY && crate::ui::width::cells(&how) <= width.saturating_sub(used);
    fits.then_some(how)
}

/// How the inputs are worked out whose rows have no room for it.
fn formulas(card: &Card, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let rules = card.rules.iter();
    let long: Vec<&Rule> = rules.filter(|rule| beside(rule, width, ctx).is_none()).collect();
    if long.is_empty() {
        return Vec::new();
    }
    let mut lines =
        vec![Line::default(), Line::styled(ctx.text.score.how, ctx.theme.style(Meaning::Heading))];
    for rule in long {
        let (name, how) =
            (ctx.lang.pick(&rule.en, &rule.zh), ctx.lang.pick(&rule.how_en, &rule.how_zh));
        lines.extend(wrapped(&ctx.text.score.because(name, how), width, ctx));
    }
    lines
}

/// Why inputs have no value, each reason once.
fn unknowns(scored: &Scored, card: &Card, ctx: &Ctx<'_>) -> Vec<String> {
    let text = &ctx.text.score;
    let mut all: Vec<String> = Vec::new();
    for (part, rule) in scored.parts.iter().zip(&card.rules) {
        if let Err(why) = part.value {
            let name = ctx.lang.pick(&rule.en, &rule.zh);
            all.push(text.because(name, &words::unknown(text, why)));
        }
    }
    all
}

fn wrapped(text: &str, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let lines = crate::ui::width::wrap(text, width);
    lines
        .into_iter()
        .map(|line| Line::styled(ctx.theme.clean(&line), ctx.theme.style(Meaning::Muted)))
        .collect()
}
