//! `/` among statements: goes to a ratio, a line or a rule by a part of its name or by its pinyin; the
//! same words again lead on to the next place.

use ratatui::text::Line;

use super::{Statements, Step};
use crate::assets::signals;
use crate::domain::statement::StatementLine;
use crate::i18n::words;
use crate::risk::Ratio;
use crate::risk::statements::Balance;
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;
use crate::ui::narrow;
use crate::ui::widgets::prompt::{self, Prompt, Typed};

/// What is looked for, and where it was found.
#[derive(Debug, Default)]
pub(super) struct Find {
    /// What is being typed.
    pub(super) typing: Option<Prompt<()>>,
    words: String,
    /// The line that was found, in lines of so many cells.
    at: Option<(usize, usize)>,
}

impl Find {
    /// The line that was found, if the lines are still as wide.
    pub(super) fn line(&self, width: usize) -> Option<usize> {
        self.at.filter(|(_, of)| *of == width).map(|(line, _)| line)
    }

    /// Other lines are in view.
    pub(super) const fn forget(&mut self) {
        self.at = None;
    }
}

impl Statements {
    pub(in crate::ui::overlays) fn context(&self) -> KeyContext {
        let own = || {
            if self.find.typing.is_some() { KeyContext::Picking } else { KeyContext::Statements }
        };
        self.asking.context().unwrap_or_else(own)
    }

    pub(in crate::ui::overlays) fn on_key(&mut self, key: Key, ctx: &Ctx<'_>) -> bool {
        self.asking.on_key(key, ctx) || Prompt::on_key(&mut self.find.typing, key)
    }

    pub(in crate::ui::overlays) fn on_paste(&mut self, text: &str) -> bool {
        self.asking.on_paste(text) || Prompt::on_paste(&mut self.find.typing, text)
    }

    /// Begins with the words of last time: Enter alone leads on.
    pub(super) fn ask_find(&mut self) -> Step {
        self.find.typing = Some(Prompt::with((), &self.find.words));
        Step::stay()
    }

    /// Enter looks for what was typed, Esc takes it back.
    pub(super) fn on_find(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        match Prompt::on_action(&mut self.find.typing, action, prompt::words) {
            Typed::Done((), words) => Step::only(vec![self.find(words, ctx)]),
            Typed::Nothing | Typed::Missing => Step::stay(),
        }
    }

    fn find(&mut self, words: String, ctx: &Ctx<'_>) -> Action {
        let text = &ctx.text.statements;
        let Some(page) = &self.page else { return Action::warn(text.find_none) };
        let width = self.width;
        let here = self.find.line(width).filter(|_| words == self.find.words);
        let known = names(ctx);
        let lines = self.lines(page, width, ctx);
        let lines: Vec<Option<String>> = lines.iter().map(|line| named(line, &known)).collect();
        let found = narrow::named(&words, &lines);
        self.find.words = words;
        let Some((next, line)) = narrow::onward(&found, here) else {
            self.find.at = None;
            return Action::warn(text.find_none);
        };
        self.find.at = Some((line, width));
        self.reader.bring(line);
        Action::say(ctx.text.review.found(next + 1, found.len()))
    }
}

/// All that a line can be of.
fn names(ctx: &Ctx<'_>) -> Vec<String> {
    let ratios = signals::shared().ok().into_iter().flat_map(|library| {
        let name = |of: &Ratio| {
            library.ratio(*of).map(|rule| ctx.lang.pick(&rule.en, &rule.zh).to_owned())
        };
        Ratio::ALL.iter().filter_map(name).collect::<Vec<_>>()
    });
    let lines = StatementLine::ALL.iter().map(|of| words::statement_line(ctx.lang, *of).to_owned());
    let rules = Balance::ALL.iter().map(|of| words::balance(ctx.lang, *of).to_owned());
    ratios.chain(lines).chain(rules).collect()
}

/// Of what a line is, by its name in full: the column may cut it, a star or a mark may stand beside it.
fn named(line: &Line<'_>, known: &[String]) -> Option<String> {
    let label = line.spans.first()?.content.trim().trim_end_matches('*');
    let start = label.trim_end_matches(['…', '~']);
    if start.is_empty() {
        return None;
    }
    let whole = known.iter().filter(|name| label.ends_with(name.as_str())).max_by_key(|n| n.len());
    let cut = || known.iter().find(|name| start.len() < label.len() && name.starts_with(start));
    whole.or_else(cut).cloned()
}
