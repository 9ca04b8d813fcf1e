//! Commands of a place by Chinese, pinyin or English name.

use ib_matcher::matcher::{IbMatcher, PinyinMatchConfig};
use ib_matcher::pinyin::PinyinNotation;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use super::help::keys;
use crate::domain::user::Role;
use crate::i18n::{Catalog, Lang};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::{KeyContext, Keymap};
use crate::ui::theme::{Meaning, Scheme};
use crate::ui::widgets::frame::{centered, highlight, place, popup, put};
use crate::ui::widgets::input::Input;
use crate::ui::widgets::scroll::Scroll;
use crate::ui::width::wrap;

/// The command palette.
#[derive(Debug)]
pub struct Palette {
    place: KeyContext,
    typed: Input,
    scroll: Scroll,
}

/// Codes of two letters that lead straight to a screen; they are shown, so that they are learned.
const CODES: [(Action, &str); 5] = [
    (Action::ScreenToday, "rl"),
    (Action::ScreenCustomers, "kh"),
    (Action::ScreenChecklist, "jc"),
    (Action::ScreenFlags, "fx"),
    (Action::ScreenReview, "fh"),
];

/// What opens from every place, because it is about nobody in particular.
const ANYWHERE: [Action; 11] = [
    Action::Policies,
    Action::Portfolio,
    Action::Backtest,
    Action::WatchList,
    Action::Events,
    Action::Deadlines,
    Action::Tasks,
    Action::Requests,
    Action::Packets,
    Action::Tiers,
    Action::Strategies,
];

/// Where those have keys, and what leads there.
const HOMES: [(KeyContext, Action); 5] = [
    (KeyContext::Agenda, Action::ScreenToday),
    (KeyContext::Customers, Action::ScreenCustomers),
    (KeyContext::Flags, Action::ScreenFlags),
    (KeyContext::Queue, Action::ScreenReview),
    (KeyContext::Cockpit, Action::ScreenCockpit),
];

/// What else a command is looked for by, in both languages.
fn also(action: &Action, text: &Catalog) -> &'static str {
    let words = &text.palette;
    match action {
        Action::Portfolio => words.portfolio,
        Action::Backtest => words.backtest,
        Action::ScreenFlags => words.flags,
        Action::Policies => words.policies,
        Action::ScreenCockpit => words.cockpit,
        Action::Tiers => words.tiers,
        Action::Deadlines => words.deadlines,
        _ => "",
    }
}

/// Whether one of the words begins as it was typed.
fn is_said(words: &str, typed: &str) -> bool {
    let typed = typed.to_lowercase().replace(' ', "-");
    words.split(' ').any(|word| !word.is_empty() && word.starts_with(&typed))
}

/// Where that lies which has no screen of its own.
fn elsewhere(typed: &str, ctx: &Ctx<'_>) -> Vec<&'static str> {
    let (here, other) = (&ctx.text.palette, &Catalog::of(ctx.lang.other()).palette);
    let of = |words: &str, others: &str| is_said(words, typed) || is_said(others, typed);
    // A letter or two is no word yet.
    if typed.len() < 3 {
        return Vec::new();
    }
    let places = [
        (of(here.look_for_thresholds, other.look_for_thresholds), here.thresholds),
        (of(here.look_for_policy, other.look_for_policy), here.policy),
        (of(here.look_for_export, other.look_for_export), here.export),
    ];
    places.into_iter().filter_map(|(is, place)| is.then_some(place)).collect()
}

/// A command: its name here, its other name, its code, its keys.
struct Command {
    name: String,
    other: String,
    code: &'static str,
    keys: String,
    action: Action,
}

impl Palette {
    pub(super) fn new(place: KeyContext) -> Self {
        Self { place, typed: Input::default(), scroll: Scroll::default() }
    }

    pub(super) fn on_key(&mut self, key: Key) -> bool {
        let taken = self.typed.on_key(key);
        if taken {
            self.scroll.select(0);
        }
        taken
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        self.typed.on_paste(text);
        true
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>, keymap: &Keymap) -> Step {
        let mut found = self.found(ctx, keymap);
        if self.scroll.on_action(action, found.len()) {
            return Step::stay();
        }
        if *action == Action::Accept {
            if self.scroll.selected() >= found.len() {
                // What was typed stays to be mended.
                return Step::stay();
            }
            let command = found.swap_remove(self.scroll.selected());
            return Step::close(vec![command.action]);
        }
        Step::close(Vec::new())
    }

    pub(super) fn render(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        ctx: &Ctx<'_>,
        keymap: &Keymap,
    ) {
        let text = &ctx.text.overlays;
        let found = self.found(ctx, keymap);
        let inner = popup(frame, centered(area, 60, 18), text.palette, ctx);
        let body = self.typed.render_above(frame, inner, text.palette_hint, ctx);
        let muted = ctx.theme.style(Meaning::Muted);
        let elsewhere = elsewhere(self.typed.text().trim(), ctx);
        if found.is_empty() && elsewhere.is_empty() {
            put(frame, body, 0, Line::styled(text.palette_none, muted));
        }
        let width = usize::from(body.width);
        let told: Vec<String> = elsewhere.iter().flat_map(|place| wrap(place, width)).collect();
        let foot = u16::try_from(told.len()).unwrap_or(0).min(body.height);
        // Below what was found, or instead of it.
        let y = if found.is_empty() { body.y } else { body.bottom() - foot };
        let below = Rect { y, height: foot, ..body };
        for (row, line) in (0..foot).zip(told) {
            put(frame, below, row, Line::styled(line, muted));
        }
        let body = Rect { height: body.height - foot, ..body };
        let name = usize::from(body.width).saturating_sub(38);
        let view = self.scroll.view(usize::from(body.height), found.len());
        place(frame, inner, self.scroll.place(found.len()), ctx);
        for (row, index) in (0_u16..).zip(view) {
            let Some(command) = found.get(index) else { continue };
            put(
                frame,
                body,
                row,
                Line::from(vec![
                    Span::raw(ctx.theme.fit(&command.name, name)),
                    Span::styled(ctx.theme.fit(&command.other, 18), muted),
                    Span::styled(ctx.theme.fit(command.code, 4), muted),
                    Span::styled(
                        ctx.theme.fit_right(&command.keys, 16),
                        ctx.theme.style(Meaning::Accent),
                    ),
                ]),
            );
            if index == self.scroll.selected() {
                highlight(frame, body, row, ctx.theme.style(Meaning::Selected));
            }
        }
    }

    /// What fits, the place's own commands first.
    fn found(&self, ctx: &Ctx<'_>, keymap: &Keymap) -> Vec<Command> {
        let typed = self.typed.text();
        let typed = typed.trim();
        let mut all = commands(self.place, ctx, keymap);
        if typed.is_empty() {
            return all;
        }
        let matcher = IbMatcher::builder(typed)
            .pinyin(PinyinMatchConfig::notations(
                PinyinNotation::Ascii | PinyinNotation::AsciiFirstLetter,
            ))
            .build();
        let rank = |c: &Command| {
            let names = || [c.name.as_str(), c.other.as_str()].into_iter();
            if c.code == typed {
                Some(0)
            } else if names().any(|n| n.eq_ignore_ascii_case(typed)) {
                Some(1)
            } else if names().any(|n| matcher.find(n).is_some_and(|m| m.start() == 0)) {
                Some(2)
            } else if names().any(|n| matcher.is_match(n)) {
                Some(3)
            } else if [ctx.text, Catalog::of(ctx.lang.other())]
                .iter()
                .any(|text| is_said(also(&c.action, text), typed))
            {
                Some(4)
            } else {
                names().any(|n| is_within(typed, n)).then_some(5)
            }
        };
        let mut ranked: Vec<(u8, Command)> =
            all.drain(..).filter_map(|c| rank(&c).map(|r| (r, c))).collect();
        ranked.sort_by_key(|(r, _)| *r);
        ranked.into_iter().map(|(_, c)| c).collect()
    }
}

/// All commands that make sense in a place; moving about is left to the keys.
fn commands(place: KeyContext, ctx: &Ctx<'_>, keymap: &Keymap) -> Vec<Command> {
    let other = Catalog::of(ctx.lang.other());
    let mut out: Vec<Command> = Vec::new();
    let mut add = |action: &Action, keys: String| {
        if action.is_movement() || out.iter().any(|c| c.action == *action) {
            return;
        }
        out.push(Command {
            name: action.label(ctx.text).to_owned(),
            other: action.label(other).to_owned(),
            code: CODES.iter().find(|(a, _)| a == action).map_or("", |(_, code)| code),
            keys,
            action: action.clone(),
        });
    };
    for row in keymap.rows_of(place) {
        add(&row.action, keys(row));
    }
    if place == KeyContext::Checklist {
        for action in [Action::ChangeVisit, Action::Withdraw, Action::Discard] {
            add(&action, String::new());
        }
    }
    // Lists of the whole book open from every place; the keys tell where they have one.
    if place.layers().contains(&KeyContext::Global) {
        for action in ANYWHERE {
            let home = HOMES.iter().find_map(|(home, screen)| {
                let key =
                    |of: &Action| keymap.rows_of(*home).find(|row| row.action == *of).map(keys);
                Some(format!("{} {}", key(screen)?, key(&action)?))
            });
            add(&action, home.unwrap_or_default());
        }
    }
    for action in [Action::Tour, Action::Undo, Action::Language, Action::Theme, Action::SetPin] {
        add(&action, String::new());
    }
    // Told to those who may, because no pane of theirs has a key for it.
    let role = ctx.home.map(|home| home.role);
    if matches!(role, Some(Role::Compliance | Role::Supervisor | Role::Auditor)) {
        add(&Action::Retention, String::new());
    }
    if role == Some(Role::Auditor) {
        add(&Action::Journal, String::new());
    }
    for scheme in Scheme::ALL {
        out.push(Command {
            name: scheme_name(scheme, Catalog::of(ctx.lang)),
            other: scheme_name(scheme, other),
            code: "",
            keys: String::new(),
            action: Action::SetScheme(scheme),
        });
    }
    out
}

fn scheme_name(scheme: Scheme, text: &Catalog) -> String {
    let o = &text.overlays;
    let name = match scheme {
        Scheme::Dark => o.theme_dark,
        Scheme::Light => o.theme_light,
        Scheme::Sixteen => o.theme_sixteen,
        Scheme::Mono => o.theme_mono,
    };
    match text.lang {
        Lang::Zh => format!("{} {name}", o.themes),
        Lang::En => format!("{}{}{}", o.themes, text.lang.colon(), name.to_lowercase()),
    }
}

/// Whether the letters of `typed` occur in `name` in order.
fn is_within(typed: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    let mut rest = name.chars();
    typed.to_lowercase().chars().filter(|c| !c.is_whitespace()).all(|c| rest.any(|n| n == c))
}

#[cfg(test)]
mod tests;
