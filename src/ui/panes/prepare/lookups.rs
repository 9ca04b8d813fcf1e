//! What is looked up before a visit, with the results that there are.
//! Watches `Query::Brief`. Writes `NoteLookUp`; returns `StartVisit`, `OpenVisit`.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::assets;
use crate::domain::ids::CustomerId;
use crate::domain::preparation::LookedUp;
use crate::form::preparation::{LookUp, Preparation};
use crate::i18n::{format, refusal};
use crate::protocol::command::{Command, LookUpNote};
use crate::protocol::page::{BriefPage, LookUpEntry, LookUpRow};
use crate::protocol::query::Query;
use crate::protocol::reply::Outcome;
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::keymap::KeyContext;
use crate::ui::theme::Meaning;
use crate::ui::value::pick;
use crate::ui::widgets::blocks::{Blocks, Lines};
use crate::ui::widgets::frame::{empty, pane_with, put, rule};
use crate::ui::widgets::scroll::Scroll;
use crate::ui::width;

const NOTE: &str = "prepare-note";
/// Fields of the form in which a look-up is noted.
const DETAIL: usize = 1;
const DAY: usize = 2;

/// From this height on where and why is told below the list, in so many rows at the least: the list
/// should not move with each look-up.
const HIGH: u16 = 16;
const LEAST: u16 = 6;

/// The list of look-ups.
#[derive(Debug, Default)]
pub struct LookUpsPane {
    customer: Option<CustomerId>,
    page: Option<Arc<BriefPage>>,
    scroll: Scroll,
    blocks: Blocks,
    /// The look-up that a dialog is about: its code and the entry seen.
    asked: Option<(String, i64)>,
}

impl LookUpsPane {
    /// Shows the look-ups of a customer.
    pub fn show(&mut self, customer: Option<CustomerId>) {
        if customer != self.customer {
            *self = Self { customer, ..Self::default() };
        }
    }

    /// What it is looking at.
    pub fn query(&self) -> Option<Query> {
        self.customer.clone().map(|customer| Query::Brief { customer })
    }

    /// Takes a page.
    pub fn load(&mut self, page: &Arc<BriefPage>) {
        if self.customer.as_ref() == Some(&page.dossier.customer) {
            self.page = Some(Arc::clone(page));
        }
    }

    /// Moves, notes a look-up, starts the visit.
    pub fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(page) = self.page.clone() else { return Vec::new() };
        if self.scroll.on_action(action, page.lookups.len()) {
            return Vec::new();
        }
        match action {
            Action::Edit => self.ask(&page, ctx),
            Action::Answered(answered) if answered.tag == NOTE => self.answer(answered, ctx),
            Action::Visit => vec![super::brief::begin(&page)],
            Action::Why => vec![Action::OpenWhy(page.dossier.customer.clone())],
            _ => Vec::new(),
        }
    }

    /// A command of this pane is on disk: on to the next look-up.
    pub fn on_done(&mut self, command: &Command, _: &Outcome, ctx: &Ctx<'_>) -> Vec<Action> {
        if !matches!(command, Command::NoteLookUp(_)) {
            return Vec::new();
        }
        let count = self.page.as_ref().map_or(0, |page| page.lookups.len());
        self.scroll.on_action(&Action::Next, count);
        vec![Action::say(ctx.text.prepare.saved)]
    }

    /// A list.
    pub fn context(&self) -> KeyContext {
        KeyContext::LookUps
    }

    fn ask(&mut self, page: &BriefPage, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.prepare;
        if !page.writable {
            return vec![Action::warn(text.read_only)];
        }
        let Some(row) = page.lookups.get(self.scroll.selected()) else { return Vec::new() };
        let Some(pack) = pack() else { return Vec::new() };
        let Some(lookup) = pack.lookup(&row.code) else { return Vec::new() };
        self.asked = Some((row.code.clone(), row.revision));
        let named = |code: &str| refusal::field(ctx.lang, code).unwrap_or_default();
        let options: Vec<(String, String)> = lookup
            .options
            .iter()
            .map(|one| (one.code.clone(), pick(&one.words, ctx.lang).to_owned()))
            .collect();
        let last = row.last.as_ref();
        // Nothing is chosen beforehand: the good answer must not be the easy one.
        let chosen = last.map(|last| last.option.clone()).unwrap_or_default();
        let place = pick(&lookup.place, ctx.lang);
        let fields = vec![
            Field::choice(text.result, chosen, options).required(),
            Field::text(named("detail"), last.map_or("", |last| last.detail.as_str())),
            Field::date(named("looked_up_on"), ctx.today.to_string()),
            Field::text(named("place"), place),
        ];
        let title = format!("{}  {}", text.note_title, pick(&lookup.title, ctx.lang));
        let mut ask = Ask::form(NOTE, title, fields);
        ask.lines.push(pick(&lookup.help, ctx.lang).to_owned());
        vec![Action::ask(ask)]
    }

    fn answer(&self, answered: &Answered, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.prepare;
        let (Some((check, seen)), Some(customer)) = (self.asked.clone(), self.customer.clone())
        else {
            return Vec::new();
        };
        let value = |i: usize| answered.values.get(i).map_or("", |v| v.trim()).to_owned();
        let option = value(0);
        let result = pack().and_then(|pack| Some(pack.lookup(&check)?.option(&option)?.result));
        let silent = value(DETAIL).is_empty();
        match result {
            Some(LookedUp::Found | LookedUp::NotQueried) if silent => {
                return vec![Action::fail_at(DETAIL, text.needs_detail)];
            }
            Some(LookedUp::Nothing | LookedUp::Found) if value(DAY).is_empty() => {
                return vec![Action::fail_at(DAY, text.needs_day)];
            }
            _ => {}
        }
        let on = value(DAY).parse().ok().filter(|_| result != Some(LookedUp::NotQueried));
        vec![Action::apply(Command::NoteLookUp(LookUpNote {
            customer,
            check,
            option,
            detail: value(DETAIL),
            place: value(3),
            on,
            seen,
        }))]
    }

    /// Draws the list, and below it where the selected one is looked up and why.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, focused: bool, ctx: &Ctx<'_>) {
        let text = &ctx.text.prepare;
        let Some((page, pack)) = self.page.clone().zip(pack()) else {
            let inner = pane_with(frame, area, text.lookups, "", focused, ctx);
            let none = self.customer.is_none();
            let note = if none { ctx.text.shell.no_customer } else { ctx.text.shell.loading };
            empty(frame, inner, note, ctx);
            return;
        };
        let count = |wanted| page.lookups.iter().filter(|row| row.result == wanted).count();
        let (all, found) = (page.lookups.len(), count(LookedUp::Found));
        let done = all - count(LookedUp::NotQueried);
        let note = text.progress(done, all, found);
        let inner = pane_with(frame, area, text.lookups, &note, focused, ctx);
        let width = usize::from(inner.width);
        let at = self.scroll.selected();
        let lookup = page.lookups.get(at).and_then(|row| pack.lookup(&row.code));
        let told = lookup.filter(|_| inner.height >= HIGH).map(|one| help(one, width, ctx));
        let told = told.unwrap_or_default();
        let rows = u16::try_from(told.len()).unwrap_or(u16::MAX);
        let below = if told.is_empty() { 0 } else { (rows + 1).clamp(LEAST, inner.height / 2) };
        let body = Rect { height: inner.height - below, ..inner };
        let mut lines = Lines::new();
        for (index, row) in page.lookups.iter().enumerate() {
            let Some(lookup) = pack.lookup(&row.code) else { continue };
            lines
                .extend(self::lines(row, lookup, width, ctx).into_iter().map(|l| (Some(index), l)));
        }
        self.scroll.view(usize::from(body.height) / 2, all);
        let meaning = if focused { Meaning::Selected } else { Meaning::Shadow };
        self.blocks.render(frame, body, lines, at, ctx.theme.style(meaning));
        if below > 0 {
            let below = Rect { y: body.bottom(), height: below, ..inner };
            rule(frame.buffer_mut(), Rect { height: 1, ..below }, ctx);
            let below = Rect { y: below.y + 1, height: below.height - 1, ..below };
            for (row, line) in (0_u16..).zip(told) {
                put(frame, below, row, line);
            }
        }
    }
}

fn pack() -> Option<Arc<Preparation>> {
    assets::preparation::shared().ok()
}

/// Where and why.
fn help(lookup: &LookUp, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let place = format!("{}  {}", ctx.text.prepare.where_to, pick(&lookup.place, ctx.lang));
    let parts =
        [(place, Meaning::Accent), (pick(&lookup.help, ctx.lang).to_owned(), Meaning::Muted)];
    let mut lines = Vec::new();
    for (said, meaning) in parts {
        for line in width::wrap(&ctx.theme.clean(&said), width.saturating_sub(2)) {
            lines.push(Line::styled(format!(" {line}"), ctx.theme.style(meaning)));
        }
    }
    lines
}

/// Mark, name and result; below it what was found, when and by whom.
fn lines(row: &LookUpRow, lookup: &LookUp, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.prepare, ctx.theme);
    let glyphs = &theme.glyphs;
    let [_, _, red] = glyphs.levels;
    let (mark, meaning) = match row.result {
        LookedUp::Nothing => (glyphs.done_box, Meaning::Good),
        LookedUp::Found => (red, Meaning::Red),
        LookedUp::NotQueried => (glyphs.open_box, Meaning::Yellow),
    };
    let result = match &row.last {
        Some(last) if !row.stale => named(lookup, last, ctx),
        _ => text.looked_up(LookedUp::NotQueried).to_owned(),
    };
    let style = theme.style(meaning);
    let result = theme.cut(&result, width / 2);
    let room = width.saturating_sub(width::cells(&result) + 5);
    let mut lines = vec![Line::from(vec![
        Span::styled(format!(" {mark} "), style),
        Span::raw(theme.fit(pick(&lookup.title, ctx.lang), room)),
        Span::styled(format!(" {result}"), style),
    ])];
    let muted = theme.style(Meaning::Muted);
    if let Some(told) = told(row, lookup, ctx) {
        let told = theme.cut(&told, width.saturating_sub(3));
        lines.push(Line::styled(format!("   {told}"), muted));
    }
    lines
}

fn named(lookup: &LookUp, entry: &LookUpEntry, ctx: &Ctx<'_>) -> String {
    let option = lookup.option(&entry.option);
    option.map_or(&*entry.option, |one| pick(&one.words, ctx.lang)).to_owned()
}

/// `执行标的 80 万  11-22 张伟`, or when the last result is too old or was another one before.
fn told(row: &LookUpRow, lookup: &LookUp, ctx: &Ctx<'_>) -> Option<String> {
    let text = &ctx.text.prepare;
    let last = row.last.as_ref()?;
    let day = |entry: &LookUpEntry| entry.on.map(|on| format::near_day(on, ctx.today));
    let mut parts = Vec::new();
    if row.stale {
        let result = named(lookup, last, ctx);
        parts.push(format!("{} {result} {}", day(last).unwrap_or_default(), text.aged));
    } else {
        parts.extend((!last.detail.is_empty()).then(|| last.detail.clone()));
        parts.push(format!("{} {}", day(last).unwrap_or_default(), last.by).trim().to_owned());
        if let Some(before) = &row.before {
            let result = named(lookup, before, ctx);
            parts.push(format!("{} {} {result}", text.before, day(before).unwrap_or_default()));
        }
    }
    Some(parts.join("  "))
}

#[cfg(test)]
mod tests;
