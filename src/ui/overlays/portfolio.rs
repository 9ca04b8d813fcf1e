//! The portfolio in view: sums by tier, industry, district, officer, group and customer, with bars,
//! heat and limits of concentration; below each row its customers.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Step;
use super::opened::Opened;
use crate::domain::portfolio_by::PortfolioBy;
use crate::protocol::command::{CockpitCommand, Command, PortfolioOrder};
use crate::protocol::page::{PortfolioPage, PortfolioPartPage};
use crate::protocol::query::{Query, Slot};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::widgets::frame::{centered, empty, list_of, place, popup, put, tabs, wide_box};
use crate::ui::widgets::scroll::{Scroll, follow};

mod draw;

/// The portfolio.
#[derive(Debug)]
pub struct Portfolio {
    by: PortfolioBy,
    page: Option<Arc<PortfolioPage>>,
    scroll: Scroll,
    /// The customers of a part.
    part: Option<Opened<String, PortfolioPartPage>>,
}

impl Portfolio {
    pub(super) fn new() -> Self {
        Self { by: PortfolioBy::Tier, page: None, scroll: Scroll::default(), part: None }
    }

    pub(super) fn queries(&self) -> Vec<(Slot, Query)> {
        // Behind an open part the sums stay as they were: nobody sees them, and they cost much.
        let (slot, query) = match &self.part {
            None => (Slot::Portfolio, Query::Portfolio { by: self.by, whole: false }),
            Some(part) => {
                let key = part.of.clone();
                let query = Query::PortfolioPart { by: self.by, key, whole: false };
                (Slot::PortfolioPart, query)
            }
        };
        vec![(slot, query)]
    }

    pub(super) fn load(&mut self, page: Arc<PortfolioPage>) {
        let at = self.scroll.selected();
        let same = self.page.as_ref().filter(|old| old.by == page.by);
        let wanted = same.and_then(|old| Some(old.rows.get(at)?.key.clone()));
        follow(&mut self.scroll, wanted.as_ref(), page.rows.iter().map(|row| row.key.clone()));
        self.page = Some(page);
    }

    pub(super) fn load_part(&mut self, page: Arc<PortfolioPartPage>) {
        if let Some(part) = &mut self.part {
            part.load(page);
        }
    }

    /// The page, if it is of the view that is wanted.
    fn shown(&self) -> Option<&Arc<PortfolioPage>> {
        self.page.as_ref().filter(|page| page.by == self.by)
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        if *action == Action::ExportFigures {
            return Step::only(vec![self.export(ctx)]);
        }
        if let Some(step) = Opened::on_action(&mut self.part, action) {
            return step;
        }
        let len = self.shown().map_or(0, |page| page.rows.len());
        if self.scroll.on_action(action, len) {
            return Step::stay();
        }
        match action {
            Action::Right => self.turn(true),
            Action::Left => self.turn(false),
            Action::Open => {
                let at = self.scroll.selected();
                if let Some(row) = self.shown().and_then(|page| page.rows.get(at)) {
                    let title = draw::name(self.by, row, ctx);
                    self.part = Some(Opened::new(row.key.clone(), title));
                }
            }
            _ => return Step::close(Vec::new()),
        }
        Step::stay()
    }

    /// Makes a file of what is on the screen: the view, or the customers of a part.
    fn export(&self, ctx: &Ctx<'_>) -> Action {
        let lang = ctx.lang.of_file();
        let part = self.part.as_ref().map(|part| part.of.clone());
        let order = PortfolioOrder { by: self.by, part, lang };
        let export = CockpitCommand::ExportPortfolio { order, made: None };
        Action::apply(Command::Cockpit(export))
    }

    fn turn(&mut self, forward: bool) {
        let all = PortfolioBy::ALL;
        let step = if forward { 1 } else { all.len() - 1 };
        self.by = all.get((self.by as usize + step) % all.len()).copied().unwrap_or(self.by);
        self.scroll = Scroll::default();
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let text = &ctx.text.portfolio;
        let height = area.height.saturating_sub(2).min(52);
        let inner = popup(
            frame,
            centered(area, wide_box(area.width, draw::LEAST), height),
            text.title,
            ctx,
        );
        let titles = PortfolioBy::ALL.iter().map(|by| (ctx.text.portfolio.by(*by), *by == self.by));
        put(frame, inner, 0, tabs(titles, ctx));
        let width = usize::from(inner.width);
        let body = Rect {
            y: inner.y + 1.min(inner.height),
            height: inner.height.saturating_sub(1),
            ..inner
        };
        if let Some(part) = &mut self.part {
            part.render(frame, body, text.none, ctx, |row| vec![draw::customer(row, width, ctx)]);
            return;
        }
        let Some(page) = self.shown().cloned() else {
            put(frame, body, 1, Line::raw(ctx.text.shell.loading));
            return;
        };
        if page.rows.is_empty() {
            let none = if self.by == PortfolioBy::Group { text.no_groups } else { text.none };
            empty(frame, body, none, ctx);
            return;
        }
        put(frame, body, 0, draw::titles(self.by, width, ctx));
        let told = draw::foot(&page, width, ctx);
        let told_height = u16::try_from(told.len()).unwrap_or(0);
        let list =
            Rect { y: body.y + 1, height: body.height.saturating_sub(1 + told_height), ..body };
        let largest = draw::largest(&page);
        list_of(frame, list, (&mut self.scroll, &page.rows), ctx, |row| {
            draw::line(&page, row, (largest, width), ctx)
        });
        place(frame, body, self.scroll.place(page.rows.len()), ctx);
        let foot = Rect { y: list.bottom(), height: told_height, ..body };
        for (at, line) in (0_u16..).zip(told) {
            put(frame, foot, at, line);
        }
    }
}
