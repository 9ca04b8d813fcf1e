//! All customers in a table with a filter language and a choice of order.
//! Watches `Query::Customers`. Returns `OpenCustomer`, `StartVisit`, `OpenWhy`, `Ask` for the order.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::crossterm::event::KeyCode;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::flag::Level;
use crate::domain::ids::CustomerId;
use crate::domain::user::Role;
use crate::i18n::{Lang, format, words};
use crate::protocol::command::{Command, OrderCommand};
use crate::protocol::page::{CustomerRow, CustomersPage};
use crate::protocol::query::{CustomerFilter, CustomerSort, Query};
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
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
        put(frame, inner, 1, Line::styled(head(width, ctx), muted));
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
            put(frame, body, row, line(item, width, self.marks.has(&item.customer), ctx));
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

/// A column: from which width of the table it is shown, its cells, and whether it holds figures. One
/// more comes only where a name of fourteen characters is still whole beside it.
const COLUMNS: [(usize, usize, bool); 9] = [
    (0, 9, false),    // tier
    (0, 10, true),    // exposure
    (0, 10, false),   // next due
    (60, 8, false),   // flags
    (86, 10, false),  // line
    (97, 9, false),   // officer
    (107, 8, true),   // past due
    (119, 10, false), // last visit
    (129, 8, false),  // early-warning score
];

/// Cells left for the name.
fn name_width(width: usize) -> usize {
    let columns = COLUMNS.iter().filter(|(from, _, _)| width >= *from);
    let used: usize = columns.map(|(_, cells, _)| cells + 2).sum();
    width.saturating_sub(used + 1)
}

fn head(width: usize, ctx: &Ctx<'_>) -> String {
    let t = &ctx.text.customers;
    let titles = [
        t.col_tier,
        t.col_exposure,
        t.col_next,
        t.col_flags,
        t.col_line,
        t.col_officer,
        t.col_past_due,
        t.col_last,
        t.col_score,
    ];
    let mut out = format!(" {}", ctx.theme.fit(t.col_name, name_width(width)));
    for ((from, cells, right), title) in COLUMNS.into_iter().zip(titles) {
        if width >= from {
            let cell =
                if right { ctx.theme.fit_right(title, cells) } else { ctx.theme.fit(title, cells) };
            out.push_str("  ");
            out.push_str(&cell);
        }
    }
    out
}

fn line(row: &CustomerRow, width: usize, marked: bool, ctx: &Ctx<'_>) -> Line<'static> {
    let theme = ctx.theme;
    let (plain, muted) = (theme.style(Meaning::Text), theme.style(Meaning::Muted));
    let late = row.next_due.is_some_and(|d| d < ctx.today);
    let next = row.next_due.map_or_else(|| "-".to_owned(), |d| format::near_day(d, ctx.today));
    let (flags, flag_style) = flags(row, ctx);
    let past = if row.days_past_due > 0 { row.days_past_due.to_string() } else { "-".to_owned() };
    let overdue = theme.style(Meaning::Overdue);
    let score = row.score.as_ref();
    let score = score.map_or_else(|| "-".to_owned(), |(n, grade)| format!("{n} {grade}"));
    let cells: [(String, Style); 9] = [
        (words::tier(ctx.lang, row.tier).to_owned(), theme.tier(row.tier)),
        (format::maybe_amount(ctx.lang, row.exposure), plain),
        (
            if late { format!("{} {next}", theme.glyphs.overdue) } else { format!("  {next}") },
            if late { overdue } else { plain },
        ),
        (flags, flag_style),
        (row.line.map_or("-", |l| words::line(ctx.lang, l)).to_owned(), muted),
        (row.officer_name.clone(), muted),
        (past, if row.days_past_due > 0 { overdue } else { muted }),
        (row.last_visit.map_or_else(|| "-".to_owned(), format::full_day), muted),
        (score, plain),
    ];
    let mark = if marked { theme.glyphs.due } else { " " };
    let mut spans = vec![
        Span::styled(mark, theme.style(Meaning::Accent)),
        Span::raw(theme.fit(&row.name, name_width(width))),
    ];
    for ((from, cells, right), (text, style)) in COLUMNS.into_iter().zip(cells) {
        if width >= from {
            let fitted =
                if right { theme.fit_right(&text, cells) } else { theme.fit(&text, cells) };
            spans.push(Span::raw("  "));
            spans.push(Span::styled(fitted, style));
        }
    }
    Line::from(spans)
}

/// `红1 黄2`, in the colour of the worst; what stands behind `?` is only proposed.
fn flags(row: &CustomerRow, ctx: &Ctx<'_>) -> (String, Style) {
    let name = |level: Level| match ctx.lang {
        Lang::Zh => words::level(ctx.lang, level),
        Lang::En => ctx.theme.level_mark(level),
    };
    let told = |counts: [u32; 3]| {
        let worst_first = Level::ALL.iter().copied().zip(counts).rev().filter(|(_, n)| *n > 0);
        worst_first.map(|(level, n)| format!("{}{n}", name(level))).collect::<Vec<_>>().join(" ")
    };
    let (open, proposed) = (told(row.flags), told(row.proposed));
    let worst = Level::ALL.iter().copied().zip(row.flags).rfind(|(_, n)| *n > 0);
    match (worst, proposed.is_empty()) {
        (Some((worst, _)), true) => (open, ctx.theme.level(worst)),
        (Some((worst, _)), false) => (format!("{open} ?{proposed}"), ctx.theme.level(worst)),
        (None, false) => (format!("?{proposed}"), ctx.theme.style(Meaning::Accent)),
        (None, true) => ("-".to_owned(), ctx.theme.style(Meaning::Muted)),
    }
}

#[cfg(test)]
mod tests;
