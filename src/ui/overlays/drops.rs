//! The files in the drop folder: mark, look, register.

use std::collections::BTreeSet;
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use crate::domain::attachment::FileWarning;
use crate::domain::picture::{HALF_BLOCKS, View};
use crate::i18n::{files, words};
use crate::protocol::command::{Command, FileSource, ProofCommand};
use crate::protocol::page::{DropRow, DropsPage, PicturePage};
use crate::protocol::query::{DropsFor, PictureOf, Query, Slot};
use crate::ui::action::{Action, Photos};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{centered, empty, highlight, place, popup, put};
use crate::ui::widgets::picture;
use crate::ui::widgets::scroll::{Scroll, follow};
use crate::ui::width;

/// From this width of the screen on, the picture stands beside the list.
const BESIDE_FROM: u16 = 100;
/// Cells of the small picture.
const SMALL: (u16, u16) = (34, 14);

/// The files in the drop folder.
#[derive(Debug)]
pub struct Drops {
    place: DropsFor,
    title: String,
    page: Option<Arc<DropsPage>>,
    scroll: Scroll,
    marked: BTreeSet<String>,
    picture: Option<Arc<PicturePage>>,
}

impl Drops {
    pub(super) fn new(place: DropsFor, title: String) -> Self {
        let (page, scroll, picture) = (None, Scroll::default(), None);
        Self { place, title, page, scroll, marked: BTreeSet::new(), picture }
    }

    fn row(&self) -> Option<&DropRow> {
        self.page.as_ref()?.rows.get(self.scroll.selected())
    }

    /// The selected file, if it is a picture that can be shown.
    fn shown(&self) -> Option<PictureOf> {
        let row = self.row()?;
        let can = row.looks.as_ref().is_ok_and(|looks| looks.media.is_shown());
        can.then(|| PictureOf::Dropped(row.name.clone()))
    }

    pub(super) fn queries(&self, size: (u16, u16)) -> Vec<(Slot, Query)> {
        let mut queries = vec![(Slot::Drops, Query::Drops(self.place.clone()))];
        if let Some(what) = self.shown().filter(|_| size.0 >= BESIDE_FROM) {
            let view = View { cells: SMALL, dots: HALF_BLOCKS, zoom: 1, middle: (500, 500) };
            queries.push((Slot::Picture, Query::Picture { what, view }));
        }
        queries
    }

    pub(super) fn load(&mut self, page: Arc<DropsPage>) {
        if page.place != self.place {
            return;
        }
        // It begins at the first file that can be registered, if there is one.
        let can = |row: &&DropRow| row.looks.is_ok() && !row.registered;
        let first = || page.rows.iter().find(can).or_else(|| page.rows.first());
        let wanted = if self.page.is_some() { self.row() } else { first() };
        let wanted = wanted.map(|row| row.name.clone());
        follow(&mut self.scroll, wanted.as_ref(), page.rows.iter().map(|row| row.name.clone()));
        self.marked.retain(|name| page.rows.iter().any(|row| row.name == *name));
        self.page = Some(page);
    }

    pub(super) fn load_picture(&mut self, page: Arc<PicturePage>) {
        self.picture = Some(page);
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        let len = self.page.as_ref().map_or(0, |page| page.rows.len());
        if self.scroll.on_action(action, len) {
            return Step::stay();
        }
        let refused = || Step::only(vec![Action::warn(ctx.text.files.nothing_marked)]);
        match action {
            Action::Toggle => {
                let Some(row) = self.row().filter(|row| row.looks.is_ok()) else {
                    return refused();
                };
                let name = row.name.clone();
                if !self.marked.remove(&name) {
                    self.marked.insert(name);
                }
                self.scroll.on_action(&Action::Next, len);
                Step::stay()
            }
            Action::Accept | Action::Open => {
                let one = || self.row().filter(|row| row.looks.is_ok()).map(|row| row.name.clone());
                let names: Vec<String> = if self.marked.is_empty() {
                    one().into_iter().collect()
                } else {
                    self.marked.iter().cloned().collect()
                };
                if names.is_empty() {
                    return refused();
                }
                Step::close(names.into_iter().map(|name| self.attach(name)).collect())
            }
            Action::Photos => match self.row().map(|row| row.name.clone()) {
                Some(name) if self.shown().is_some() => {
                    Step::only(vec![Action::OpenPhotos(Box::new(Photos::Dropped(name)))])
                }
                _ => Step::stay(),
            },
            Action::Right => Step::stay(),
            _ => Step::close(Vec::new()),
        }
    }

    fn attach(&self, name: String) -> Action {
        let source = FileSource::Dropped(name);
        Action::apply(match self.place.clone() {
            DropsFor::Item { visit, item } => {
                Command::Attach { visit, item, source, category: None }
            }
            DropsFor::Flag(flag) => Command::Proof(ProofCommand::Add { flag, source }),
        })
    }

    fn warning(&self, warning: FileWarning, ctx: &Ctx<'_>) -> String {
        match self.place {
            DropsFor::Item { .. } => ctx.text.files.warning(warning),
            DropsFor::Flag(_) => ctx.text.files.proof_warning(warning),
        }
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let text = &ctx.text.files;
        let beside = area.width >= BESIDE_FROM;
        let width = if beside { 116 } else { 80 };
        let title = format!("{}{}{}", text.drops_title, ctx.lang.colon(), self.title);
        let inner = popup(frame, centered(area, width, 22), &title, ctx);
        let Some(page) = self.page.clone() else {
            put(frame, inner, 0, Line::raw(ctx.text.shell.loading));
            return;
        };
        if page.rows.is_empty() {
            empty(frame, inner, text.drops_empty, ctx);
            let room = usize::from(inner.width).saturating_sub(4);
            let lines = width::wrap(&ctx.theme.clean(&page.folder), room);
            for (row, line) in (4_u16..).zip(lines) {
                put(
                    frame,
                    inner,
                    row,
                    Line::styled(format!("  {line}"), ctx.theme.style(Meaning::Accent)),
                );
            }
            return;
        }
        let small = if beside { SMALL.0 + 2 } else { 0 };
        let list = Rect { width: inner.width - small, ..inner };
        if beside {
            let place = Rect { x: list.right() + 2, width: SMALL.0, height: SMALL.1, ..inner };
            self.beside(frame, place, ctx);
        }
        self.list(&page, frame, list, ctx);
    }

    /// The small picture and what the file says of itself.
    fn beside(&self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let wanted = self.shown();
        let page = self.picture.as_ref().filter(|page| Some(&page.what) == wanted.as_ref());
        match page.map(|page| &page.picture) {
            Some(Ok(shown)) => picture::draw(frame.buffer_mut(), area, shown, ctx.theme),
            Some(Err(fault)) => empty(frame, area, ctx.text.files.picture(*fault), ctx),
            None => {}
        }
        let Some(looks) = self.row().and_then(|row| row.looks.as_ref().ok()) else { return };
        let below = Rect { y: area.bottom() + 1, height: 3, ..area };
        let place =
            looks.place.map_or_else(|| ctx.text.files.no_place.to_owned(), |p| p.to_string());
        let pixels = looks.pixels.map(|(w, h)| format!("{w} x {h}")).unwrap_or_default();
        for (row, line) in (0_u16..).zip([pixels, place]) {
            let line = ctx.theme.cut(&line, usize::from(area.width));
            put(frame, below, row, Line::styled(line, ctx.theme.style(Meaning::Muted)));
        }
    }

    fn list(&mut self, page: &DropsPage, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let (text, theme) = (&ctx.text.files, ctx.theme);
        let muted = theme.style(Meaning::Muted);
        let remark = 20;
        let name = usize::from(area.width).saturating_sub(remark + 40);
        let head = format!(
            "    {} {} {} {}{}",
            theme.fit(text.name, name),
            theme.fit(text.kind, 7),
            theme.fit_right(text.size, 8),
            theme.fit(&format!(" {}", text.taken), 18),
            text.remark
        );
        put(frame, area, 0, Line::styled(head, muted));
        let rows = Rect { y: area.y + 1, height: area.height.saturating_sub(3), ..area };
        let view = self.scroll.view(usize::from(rows.height), page.rows.len());
        place(frame, area, self.scroll.place(page.rows.len()), ctx);
        for (line, index) in (0_u16..).zip(view) {
            let Some(row) = page.rows.get(index) else { break };
            let marked = self.marked.contains(&row.name);
            let odd = row.warnings.first().map(|warning| self.warning(*warning, ctx));
            put(frame, rows, line, one(row, (marked, odd), name, remark, ctx));
            if index == self.scroll.selected() {
                highlight(frame, rows, line, theme.style(Meaning::Selected));
            }
        }
        // The column may be too short for what is said of a file.
        if let Some(row) = page.rows.get(self.scroll.selected()) {
            let said: Vec<String> =
                row.warnings.iter().map(|warning| self.warning(*warning, ctx)).collect();
            let said = said.join(&format!(" {} ", theme.glyphs.dot));
            let line = theme.cut(&format!("    {said}"), usize::from(area.width));
            let style = theme.style(Meaning::Yellow);
            put(frame, area, area.height.saturating_sub(2), Line::styled(line, style));
        }
        let mut foot = vec![theme.clean(&page.folder)];
        if !self.marked.is_empty() {
            foot.insert(0, text.marked(self.marked.len()));
        }
        if page.more > 0 {
            foot.insert(0, text.more(page.more));
        }
        let foot =
            theme.cut(&foot.join(&format!(" {} ", theme.glyphs.dot)), usize::from(area.width));
        put(frame, area, area.height.saturating_sub(1), Line::styled(foot, muted));
    }
}

fn one(
    row: &DropRow,
    (marked, warning): (bool, Option<String>),
    name: usize,
    remark: usize,
    ctx: &Ctx<'_>,
) -> Line<'static> {
    let (text, theme) = (&ctx.text.files, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let mark = if marked { theme.glyphs.done_box } else { theme.glyphs.open_box };
    let (mark, kind, taken) = match &row.looks {
        Ok(looks) => (
            mark,
            words::media(ctx.lang, looks.media),
            looks.taken_at.map(|at| at.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default(),
        ),
        Err(_) => (" ", "", String::new()),
    };
    let (said, meaning) = match (&row.looks, warning) {
        (Err(fault), _) => (text.fault(*fault).to_owned(), Meaning::Bad),
        (Ok(_), _) if row.registered => (text.registered.to_owned(), Meaning::Good),
        (Ok(_), Some(warning)) => (warning, Meaning::Yellow),
        (Ok(_), None) => (String::new(), Meaning::Muted),
    };
    let usual = if row.looks.is_ok() { Meaning::Text } else { Meaning::Muted };
    Line::from(vec![
        Span::styled(format!("  {mark} "), theme.style(Meaning::Accent)),
        Span::styled(theme.fit(&row.name, name), theme.style(usual)),
        Span::styled(format!(" {}", theme.fit(kind, 7)), muted),
        Span::styled(format!(" {}", theme.fit_right(&files::size(row.size), 8)), muted),
        Span::styled(theme.fit(&format!("  {taken}"), 19), muted),
        Span::styled(theme.fit(&said, remark), theme.style(meaning)),
    ])
}
