//! All customers in a table with a filter language and a choice of order.
//! Watches `Query::Customers`. Returns `OpenCustomer`, `StartVisit`, `OpenWhy`, `Ask` for the order.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::crossterm::event::KeyCode;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::domain::ids::CustomerId;
use crate::domain::user::Role;
use crate::protocol::command::{Command, OrderCommand};
use crate::protocol::page::{CustomerRow, CustomersPage};
use crate::protocol::query::{CustomerFilter, CustomerSort, Query};
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::customer_row;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{empty, highlight, pane_with, put};
use crate::ui::widgets::input::Input;
use crate::ui::widgets::scroll::Part;

pub mod filter;
mod marks;

use marks::Marks;

/// The orders with the codes used in the dialog.
const SORTS: [(&str, CustomerSort); 6] = [
    ("id", CustomerSort::Id),
    ("next", CustomerSort::NextDue),
    ("exposure", CustomerSort::Exposure),
    ("tier", CustomerSort::Tier),
    ("flags", CustomerSort::Flags),
    ("score", CustomerSort::Score),
];

/// The customer table.
#[derive(Debug, Default)]
pub struct CustomersPane {
    page: Option<Arc<CustomersPage>>,
    filter: CustomerFilter,
    /// The words of the filter in force.
    words: String,
    typed: Input,
    typing: bool,
    sort: CustomerSort,
    part: Part,
    marks: Marks,
}

impl CustomersPane {
    /// The customer of the selected row.
    pub fn selected(&self) -> Option<CustomerId> {
        self.row().map(|row| row.customer.clone())
    }

    /// Tells how high the terminal is.
    pub const fn set_rows(&mut self, rows: u16) {
        self.part.set_rows(rows);
    }

    /// What it is looking at.
    pub fn query(&self) -> Option<Query> {
        let window = self.part.window();
        Some(Query::Customers { filter: self.filter.clone(), sort: self.sort, window })
    }

    /// Takes a page; the selection stays on its customer.
    pub fn load(&mut self, page: Arc<CustomersPage>) {
        let wanted = self.selected();
        let rows = page.rows.iter().map(|row| row.customer.clone());
        self.part.follow(wanted.as_ref(), page.offset, rows);
        self.page = Some(page);
    }

    /// Moves, filters, sorts, or does something about the selected customer.
    pub fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        let total = self.page.as_ref().map_or(0, |p| p.total);
        if self.part.on_action(action, total) {
            return Vec::new();
        }
        match action {
            Action::Filter => self.typing = true,
            Action::ClearFilter => {
                self.typed.set("");
                return self.apply(ctx);
            }
            Action::SetFilter(text) => {
                self.typed.set(text);
                return self.apply(ctx);
            }
            Action::Back => self.leave_typing(),
            Action::MarkAll => self.marks.turn_all(),
            Action::SortBy(sort) => self.order(*sort),
            Action::Sort => return vec![Action::ask(self.sort_menu(ctx))],
            Action::Answered(Answered { tag: "sort", values }) => {
                let code = values.first().map_or("", String::as_str);
                if let Some((_, sort)) = SORTS.iter().find(|(c, _)| *c == code) {
                    self.order(*sort);
                }
            }
            _ => {}
        }
        let Some(row) = self.row() else { return Vec::new() };
        let id = row.customer.clone();
        match action {
            Action::Mark => {
                let row = row.clone();
                if !self.marks.turn(&row) {
                    return vec![Action::warn(ctx.text.customers.all_marked)];
                }
                self.part.on_action(&Action::Next, total);
                Vec::new()
            }
            Action::IssueTask if !is(ctx, Role::Supervisor) => {
                vec![Action::warn(ctx.text.orders.only_supervisors)]
            }
            Action::IssueTask => {
                let chosen = self.marks.chosen(Some(row), &self.filter, total, ctx);
                vec![Action::AskInspection(Box::new(chosen))]
            }
            Action::HandOver if !is(ctx, Role::Supervisor) && !is(ctx, Role::Officer) => {
                vec![Action::warn(ctx.text.orders.own_or_supervisor)]
            }
            Action::HandOver => {
                let chosen = self.marks.chosen(Some(row), &self.filter, total, ctx);
                vec![Action::AskHandOver(Box::new(chosen))]
            }
            Action::Open => vec![Action::OpenCustomer(id)],
            Action::Visit => vec![Action::StartVisit(id)],
            Action::Why => vec![Action::OpenWhy(id)],
            Action::Copy => vec![Action::CopyText(row.name.clone())],
            _ => Vec::new(),
        }
    }

    /// An order went through: what was marked for it is no more.
    pub fn on_done(&mut self, command: &Command) -> Vec<Action> {
        if let Command::Order(OrderCommand::Issue { .. } | OrderCommand::StartPacket(_)) = command {
            self.marks = Marks::default();
        }
        Vec::new()
    }

    /// Keys while the filter is typed.
    pub fn on_key(&mut self, key: Key, ctx: &Ctx<'_>) -> Option<Vec<Action>> {
        if !self.typing {
            return None;
        }
        match key.code {
            KeyCode::Enter => {
                let actions = self.apply(ctx);
                self.typing = !actions.is_empty();
                Some(actions)
            }
            KeyCode::Esc => {
                self.leave_typing();
                Some(Vec::new())
            }
            _ => self.typed.on_key(key).then(Vec::new),
        }
    }

    /// A paste into the filter.
    pub fn on_paste(&mut self, text: &str, _: &Ctx<'_>) -> Option<Vec<Action>> {
        self.typing.then(|| {
            self.typed.on_paste(text);
            Vec::new()
        })
    }

    /// A list, or typing the filter.
    pub fn context(&self) -> KeyContext {
        if self.typing { KeyContext::Picking } else { KeyContext::Customers }
    }

    /// Draws the filter line, the column heads and the rows; the wider, the more columns.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, focused: bool, ctx: &Ctx<'_>) {
        let text = &ctx.text.customers;
        let total = self.page.as_ref().map_or(0, |p| p.total);
        let marked = self.marks.told(total, ctx);
        let note =
            format!("{marked}{}  {} {}", text.count(total), text.sorted, sort_name(self.sort, ctx));
        let inner = pane_with(frame, area, text.title, &note, focused, ctx);
        let label = format!(" {} ", text.filter);
        let cells = u16::try_from(crate::ui::width::cells(&label)).unwrap_or(0);
        let muted = ctx.theme.style(Meaning::Muted);
        put(frame, inner, 0, Line::styled(label, muted));
        let field = Rect {
            x: inner.x + cells.min(inner.width),
            width: inner.width.saturating_sub(cells + 1),
            height: inner.height.min(1),
            ..inner
        };
        if self.typing || !self.typed.is_empty() {
            self.typed.render(frame, field, self.typing && focused, ctx);
        } else {
            let hint = ctx.theme.cut(text.filter_hint, usize::from(field.width));
            put(frame, field, 0, Line::styled(hint, muted));
        }
        let width = usize::from(inner.width);
        put(frame, inner, 1, Line::styled(customer_row::head(width, ctx), muted));
        let body = Rect {
            y: inner.y + 2.min(inner.height),
            height: inner.height.saturating_sub(2),
            ..inner
        };
        let Some(page) = self.page.clone() else { return };
        if page.rows.is_empty() {
            empty(frame, body, &ctx.why_empty(text.empty), ctx);
            return;
        }
        let view = self.part.scroll.view(usize::from(body.height), page.total as usize);
        for (row, index) in (0_u16..).zip(view) {
            let loaded = index.checked_sub(page.offset as usize);
            let Some(item) = loaded.and_then(|i| page.rows.get(i)) else { continue };
            let marked = self.marks.has(&item.customer);
            put(frame, body, row, customer_row::line(item, width, marked, ctx));
            if index == self.part.scroll.selected() {
                let meaning = if focused { Meaning::Selected } else { Meaning::Shadow };
                highlight(frame, body, row, ctx.theme.style(meaning));
            }
        }
    }

    fn row(&self) -> Option<&CustomerRow> {
        let page = self.page.as_ref()?;
        page.rows.get(self.part.index_in(page.offset)?)
    }

    fn order(&mut self, sort: CustomerSort) {
        self.sort = sort;
        self.part.reset();
    }

    /// Gives up what is typed: the line shows what the rows below it are filtered by.
    fn leave_typing(&mut self) {
        self.typing = false;
        self.typed.set(&self.words);
    }

    /// Reads what was typed; a word not understood is said and the filter stays as it was.
    fn apply(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        match filter::parse(&self.typed.text(), ctx.today) {
            Ok(filter) => {
                self.words = self.typed.text();
                if filter != self.filter {
                    self.filter = filter;
                    // All of the old filter are not all of the new one.
                    self.marks.forget_all();
                    self.part.reset();
                }
                Vec::new()
            }
            Err(filter::Misread { word, wants }) => {
                if !self.typing {
                    self.leave_typing();
                }
                vec![Action::warn(ctx.text.customers.misread(&word, &wants.told(ctx.lang)))]
            }
        }
    }

    fn sort_menu(&self, ctx: &Ctx<'_>) -> Ask {
        let options =
            SORTS.iter().map(|(c, s)| ((*c).to_owned(), sort_name(*s, ctx).to_owned())).collect();
        let now = SORTS.iter().find(|(_, s)| *s == self.sort).map_or("id", |(c, _)| c);
        let title = ctx.text.customers.sort_title;
        Ask::form("sort", title, vec![Field::choice(title, now, options)])
    }
}

fn is(ctx: &Ctx<'_>, role: Role) -> bool {
    ctx.home.is_some_and(|home| home.role == role)
}

const fn sort_name<'a>(sort: CustomerSort, ctx: &Ctx<'a>) -> &'a str {
    let text = &ctx.text.customers;
    match sort {
        CustomerSort::Id => text.sort_id,
        CustomerSort::NextDue => text.sort_next,
        CustomerSort::Exposure => text.sort_exposure,
        CustomerSort::Tier => text.sort_tier,
        CustomerSort::Flags => text.sort_flags,
        CustomerSort::Score => text.sort_score,
    }
}
