//! Everything about one customer, in sections that are read one at a time.
//! Watches `Query::Dossier`. Returns `StartVisit`, `OpenVisit`, `OpenWhy`, `OpenStatements`,
//! `OpenCompare`, `OpenRecord`.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::domain::ids::{CustomerId, UserId};
use crate::protocol::page::{DossierPage, SideId};
use crate::protocol::query::{GalleryOf, Query};
use crate::ui::action::{Action, Photos};
use crate::ui::ctx::Ctx;
use crate::ui::figures;
use crate::ui::keymap::KeyContext;
use crate::ui::report::{self, About};
use crate::ui::reveal;
use crate::ui::theme::Meaning;
use crate::ui::widgets::blocks::Blocks;
use crate::ui::widgets::frame::{empty, pane_with, put, rule};
use crate::ui::widgets::scroll::Scroll;

mod find;
mod head;
mod papers;
mod sections;
mod strategy;

/// From this height on there is air below the names of the sections.
const HIGH: u16 = 24;

/// From this height on the other sections follow the overview. On lower screens that would cost
/// more bytes with every customer than it tells.
const DIGEST: usize = 32;

/// A section of the dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Section {
    /// 概况
    #[default]
    Overview,
    /// 贷款
    Loans,
    /// 财务
    Finance,
    /// 担保
    Security,
    /// 关系
    Relations,
    /// 资料
    Documents,
    /// 历史
    History,
}

impl Section {
    /// All sections in order.
    pub const ALL: [Self; 7] = [
        Self::Overview,
        Self::Loans,
        Self::Finance,
        Self::Security,
        Self::Relations,
        Self::Documents,
        Self::History,
    ];

    const fn title<'a>(self, ctx: &Ctx<'a>) -> &'a str {
        let text = &ctx.text.dossier;
        match self {
            Self::Overview => text.overview,
            Self::Loans => text.loans,
            Self::Finance => text.finance,
            Self::Security => text.security,
            Self::Relations => text.relations,
            Self::Documents => text.documents,
            Self::History => text.history,
        }
    }

    fn turn(self, forward: bool) -> Self {
        let count = Self::ALL.len();
        let step = if forward { 1 } else { count - 1 };
        Self::ALL.get((self as usize + step) % count).copied().unwrap_or_default()
    }
}

/// The dossier.
#[derive(Debug, Default)]
pub struct DossierPane {
    page: Option<Arc<DossierPage>>,
    customer: Option<CustomerId>,
    section: Section,
    offset: usize,
    height: usize,
    lines: usize,
    /// The visit selected in the history.
    visit: Scroll,
    /// What the report that is being asked for is about.
    asked: Option<About>,
    /// What was looked for last among the visits.
    wanted: String,
    blocks: Blocks,
}

impl DossierPane {
    /// Shows a customer; a new one starts at the top of the same section.
    pub fn show(&mut self, customer: Option<CustomerId>) {
        if customer != self.customer {
            self.customer = customer;
            self.offset = 0;
            self.visit = Scroll::default();
            self.blocks.reset();
        }
    }

    /// The customer shown, by name.
    pub fn named(&self) -> Option<(CustomerId, String)> {
        self.shown().map(|page| (page.customer.clone(), page.name.clone()))
    }

    /// Who looks after the customer shown: login name.
    pub fn officer(&self) -> Option<UserId> {
        self.shown().map(|page| page.officer.clone())
    }

    /// What it is looking at.
    pub fn query(&self) -> Option<Query> {
        self.customer.clone().map(|customer| Query::Dossier { customer })
    }

    /// Takes a page.
    pub fn load(&mut self, page: Arc<DossierPage>) {
        self.page = Some(page);
    }

    /// Turns sections and scrolls, or does something about the customer or a visit of hers.
    pub fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        let visits = self.shown().map_or(0, |page| page.visits.len());
        if self.section == Section::History && self.visit.on_action(action, visits) {
            return Vec::new();
        }
        self.scroll(action);
        match action {
            Action::SectionPrevious => self.section = self.section.turn(false),
            Action::SectionNext => self.section = self.section.turn(true),
            _ => {}
        }
        let Some(page) = self.shown().cloned() else { return Vec::new() };
        let page = &*page;
        match action {
            Action::Open if self.section == Section::History => self.open_visit(ctx),
            Action::Visit | Action::Open => match &page.record {
                Some((visit, state)) if state.is_open() => vec![Action::OpenVisit(visit.clone())],
                _ => vec![Action::StartVisit(page.customer.clone())],
            },
            Action::Why => vec![Action::OpenWhy(page.customer.clone())],
            Action::Statements => vec![Action::OpenStatements(page.customer.clone())],
            Action::Score => vec![Action::OpenScore(page.customer.clone())],
            Action::Compare => vec![Action::OpenCompare((page.customer.clone(), self.chosen()))],
            Action::Reveal => {
                self.asked = Some(self.about(page));
                vec![Action::ask(reveal::dialog(&page.name, ctx))]
            }
            Action::Answered(answered) if answered.tag == reveal::TAG => {
                let of = self.asked.as_ref().map(|about| &about.customer);
                let command = of.and_then(|customer| reveal::command(answered, customer));
                command.map(Action::apply).into_iter().collect()
            }
            Action::Photos => {
                let of = GalleryOf::Customer(page.customer.clone());
                vec![Action::OpenPhotos(Box::new(Photos::Of { of, item: None, open: false }))]
            }
            Action::Copy => vec![Action::CopyText(page.name.clone())],
            Action::Search => self.ask_find(ctx),
            Action::Answered(answered) if answered.tag == find::FIND => {
                self.find(answered, page, ctx)
            }
            Action::Report => {
                let about = self.about(page);
                let ask = report::dialog(&about, ctx);
                self.asked = Some(about);
                vec![Action::ask(ask)]
            }
            Action::Answered(answered) if answered.tag == report::TAG => {
                let command = self.asked.as_ref().and_then(|a| report::command(answered, a));
                command.map(Action::apply).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// What a report would be about: the visit selected in the history, else the latest record.
    fn about(&self, page: &DossierPage) -> About {
        let selected = page.visits.get(self.visit.selected());
        let visit = match self.section {
            Section::History => selected,
            _ => page.visits.iter().find(|visit| visit.version.is_some()),
        };
        About { customer: page.customer.clone(), visit: visit.map(|visit| visit.visit.clone()) }
    }

    fn scroll(&mut self, action: &Action) {
        let last = self.lines.saturating_sub(self.height);
        let page = self.height.saturating_sub(1).max(1);
        self.offset = match action {
            Action::Next => (self.offset + 1).min(last),
            Action::Previous => self.offset.saturating_sub(1),
            Action::PageDown => (self.offset + page).min(last),
            Action::PageUp => self.offset.saturating_sub(page),
            Action::First | Action::SectionNext | Action::SectionPrevious => 0,
            Action::Last => last,
            _ => self.offset,
        };
    }

    /// The visit selected in the history, with the version of its record that counts.
    fn chosen(&self) -> Option<SideId> {
        let visit = self.shown()?.visits.get(self.visit.selected())?;
        let open = self.section == Section::History;
        open.then(|| (visit.visit.clone(), visit.version))
    }

    /// Opens the selected visit of the history: in the checklist while it is being written.
    fn open_visit(&self, ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(page) = self.shown() else { return Vec::new() };
        let Some(visit) = page.visits.get(self.visit.selected()) else { return Vec::new() };
        let id = visit.visit.clone();
        vec![match (visit.version.is_some(), visit.state.is_open()) {
            (true, true) => Action::OpenVisit(id),
            (true, false) => Action::OpenRecord(id),
            (false, _) => Action::say(ctx.text.dossier.no_record),
        }]
    }

    /// A text to read.
    pub fn context(&self) -> KeyContext {
        KeyContext::Dossier
    }

    /// The page, if it is of the customer to show.
    fn shown(&self) -> Option<&Arc<DossierPage>> {
        self.page.as_ref().filter(|page| Some(&page.customer) == self.customer.as_ref())
    }

    /// Draws heading, sections, and the section in view.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, focused: bool, ctx: &Ctx<'_>) {
        let Some(page) = self.shown().cloned() else {
            let title = ctx.text.shell.pane_dossier;
            let inner = pane_with(frame, area, title, "", focused, ctx);
            let note = if self.customer.is_some() {
                ctx.text.shell.loading
            } else {
                ctx.text.shell.no_customer
            };
            empty(frame, inner, note, ctx);
            return;
        };
        let inner = pane_with(frame, area, &page.name, page.customer.as_str(), focused, ctx);
        let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
        let width = usize::from(inner.width);
        put(frame, inner, 0, head::facts(&page, width, ctx));
        put(frame, inner, 1, head::next(&page, width, ctx));
        if inner.height > 2 {
            rule(frame.buffer_mut(), Rect { y: inner.y + 2, height: 1, ..inner }, ctx);
        }
        put(frame, inner, 3, self.tabs(width, ctx));
        let above = if inner.height >= HIGH { 5 } else { 4 };
        let body = Rect {
            y: inner.y + above.min(inner.height),
            height: inner.height.saturating_sub(above),
            ..inner
        };
        if self.section == Section::History {
            let lines = papers::history(&page, width, ctx);
            let (height, visits) = (usize::from(body.height), page.visits.len());
            self.visit.view(height / (lines.len() / visits.max(1)).max(1), visits);
            let meaning = if focused { Meaning::Selected } else { Meaning::Shadow };
            let style = ctx.theme.style(meaning);
            self.blocks.render(frame, body, lines, self.visit.selected(), style);
            return;
        }
        let mut lines = self.section(&page, width, ctx);
        self.height = usize::from(body.height);
        if self.section == Section::Overview && self.height >= DIGEST {
            digest(&page, &mut lines, self.height, width, ctx);
        }
        self.lines = lines.len();
        let offset = self.offset.min(self.lines.saturating_sub(self.height));
        for (row, line) in (0_u16..).zip(lines.into_iter().skip(offset).take(self.height)) {
            put(frame, body, row, line);
        }
    }

    fn section(&self, page: &DossierPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
        match self.section {
            Section::Overview => sections::overview(page, width, ctx),
            Section::Loans => sections::loans(page, width, ctx),
            Section::Finance => figures::lines(page, width, ctx),
            Section::Security => papers::security(page, width, ctx),
            Section::Relations => papers::relations(page, width, ctx),
            Section::Documents => papers::documents(page, width, ctx),
            Section::History => Vec::new(),
        }
    }

    /// The names of the sections, the one in view marked; where they don't fit, only its
    /// neighbours.
    fn tabs(&self, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
        let cells: usize = Section::ALL.iter().map(|s| s.title(ctx).width() + 2).sum();
        let gap = if cells > width + 2 { " " } else { "  " };
        // With one blank between them they still don't fit: only the one in use is whole.
        let short = cells > width + 1 + Section::ALL.len();
        let mut spans = Vec::new();
        for section in Section::ALL {
            let current = section == self.section;
            let style = if current {
                ctx.theme
                    .style(Meaning::Accent)
                    .add_modifier(ratatui::style::Modifier::BOLD)
                    .add_modifier(ratatui::style::Modifier::UNDERLINED)
            } else {
                ctx.theme.style(Meaning::Muted)
            };
            let title = section.title(ctx);
            let title = if short && !current { ctx.theme.cut(title, 4) } else { title.to_owned() };
            spans.push(Span::styled(title, style));
            spans.push(Span::raw(gap));
        }
        Line::from(spans)
    }
}

/// Below the overview, as many of the other sections as a high screen has room for, each whole but
/// the visits, of which the latest are enough.
fn digest(
    page: &DossierPage,
    lines: &mut Vec<Line<'static>>,
    height: usize,
    width: usize,
    ctx: &Ctx<'_>,
) {
    let mut add = |section: Section, part: Vec<Line<'static>>, whole: bool| {
        let room = height.saturating_sub(lines.len() + 2);
        if part.is_empty() || room < part.len().min(if whole { usize::MAX } else { 3 }) {
            return;
        }
        lines.push(Line::default());
        lines.push(Line::styled(section.title(ctx).to_owned(), ctx.theme.style(Meaning::Accent)));
        lines.extend(part.into_iter().take(room));
    };
    if !page.loans.is_empty() {
        add(Section::Loans, sections::loans(page, width, ctx), true);
    }
    if !page.statements.is_empty() {
        add(Section::Finance, figures::lines(page, width, ctx), true);
    }
    if !page.collateral.is_empty() || !page.guarantors.is_empty() {
        add(Section::Security, papers::security(page, width, ctx), true);
    }
    if !page.visits.is_empty() {
        let visits = papers::history(page, width, ctx);
        add(Section::History, visits.into_iter().map(|(_, line)| line).collect(), false);
    }
}
