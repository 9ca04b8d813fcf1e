//! The customers of a row, opened over the list in which it stands.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Step;
use crate::domain::ids::CustomerId;
use crate::protocol::page::{LookAtRow, LookAtsPage, PortfolioCustomer, PortfolioPartPage};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::blocks::{Blocks, Lines};
use crate::ui::widgets::frame::{empty, place, put};
use crate::ui::widgets::scroll::{Scroll, follow};

/// A page of customers.
pub(super) trait Customers {
    /// What it tells of one.
    type Row;

    /// Its rows.
    fn rows(&self) -> &[Self::Row];

    /// How many there are, where it does not hold all of them.
    fn more(&self) -> Option<u32> {
        None
    }

    /// Whose row it is.
    fn customer(row: &Self::Row) -> &CustomerId;
}

impl Customers for LookAtsPage {
    type Row = LookAtRow;

    fn rows(&self) -> &[LookAtRow] {
        &self.rows
    }

    fn customer(row: &LookAtRow) -> &CustomerId {
        &row.customer
    }
}

impl Customers for PortfolioPartPage {
    type Row = PortfolioCustomer;

    fn rows(&self) -> &[PortfolioCustomer] {
        &self.rows
    }

    fn more(&self) -> Option<u32> {
        usize::try_from(self.all).is_ok_and(|all| all > self.rows.len()).then_some(self.all)
    }

    fn customer(row: &PortfolioCustomer) -> &CustomerId {
        &row.customer
    }
}

/// The row that was opened, and its customers when they have come.
#[derive(Debug)]
pub(super) struct Opened<K, P> {
    /// Of which row.
    pub(super) of: K,
    title: String,
    page: Option<Arc<P>>,
    scroll: Scroll,
}

impl<K, P: Customers> Opened<K, P> {
    pub(super) fn new(of: K, title: String) -> Self {
        Self { of, title, page: None, scroll: Scroll::default() }
    }

    fn row(&self) -> Option<&P::Row> {
        self.page.as_ref()?.rows().get(self.scroll.selected())
    }

    /// The selection stays on its customer.
    pub(super) fn load(&mut self, page: Arc<P>) {
        let wanted = self.row().map(P::customer).cloned();
        let customers = page.rows().iter().map(P::customer).cloned();
        follow(&mut self.scroll, wanted.as_ref(), customers);
        self.page = Some(page);
    }

    /// What an action means while something is opened; `None` = nothing is.
    pub(super) fn on_action(opened: &mut Option<Self>, action: &Action) -> Option<Step> {
        let it = opened.as_mut()?;
        let len = it.page.as_ref().map_or(0, |page| page.rows().len());
        if it.scroll.on_action(action, len) {
            return Some(Step::stay());
        }
        if *action != Action::Open {
            *opened = None;
            return Some(Step::stay());
        }
        let to = it.row().map(|row| Action::OpenCustomer(P::customer(row).clone()));
        Some(to.map_or_else(Step::stay, |to| Step::close(vec![to])))
    }

    /// Title and customers; `none` where there are none.
    pub(super) fn render(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        none: &str,
        ctx: &Ctx<'_>,
        lines: impl Fn(&P::Row) -> Vec<Line<'static>>,
    ) {
        let style = ctx.theme.style(Meaning::Heading);
        let more = self.page.as_ref().and_then(|page| Some((page.rows().len(), page.more()?)));
        let more = more.map(|(rows, all)| ctx.text.portfolio.shown(rows, all));
        let title =
            more.map_or_else(|| self.title.clone(), |more| format!("{}  {more}", self.title));
        let title = ctx.theme.cut(&title, usize::from(area.width));
        put(frame, area, 0, Line::styled(title, style));
        let list = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        let Some(page) = &self.page else {
            put(frame, list, 0, Line::raw(ctx.text.shell.loading));
            return;
        };
        let rows = page.rows();
        if rows.is_empty() {
            empty(frame, list, none, ctx);
            return;
        }
        // All of them are as high as the first.
        let high = rows.first().map_or(1, |row| lines(row).len().max(1));
        let view = self.scroll.view(usize::from(list.height) / high, rows.len());
        let shown = view.filter_map(|at| Some((at, rows.get(at)?)));
        let shown: Lines = shown
            .flat_map(|(at, row)| lines(row).into_iter().map(move |line| (Some(at), line)))
            .collect();
        let style = ctx.theme.style(Meaning::Selected);
        Blocks::default().render(frame, list, shown, self.scroll.selected(), style);
        place(frame, area, self.scroll.place(rows.len()), ctx);
    }
}
