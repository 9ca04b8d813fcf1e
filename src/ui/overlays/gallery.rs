//! Looking at photos: one at a time, as large as fits, closer on demand.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use crate::domain::attachment::Looks;
use crate::domain::picture::{HALF_BLOCKS, View};
use crate::i18n::{files, format, words};
use crate::protocol::command::{Command, ProofCommand};
use crate::protocol::page::{AttachmentRow, GalleryPage, GalleryRow, PicturePage, ProofRow};
use crate::protocol::query::{PictureOf, Query, Slot};
use crate::ui::action::{Action, Photos};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::value::{item_title, pick, signal_line};
use crate::ui::widgets::frame::{centered, empty, popup, put};
use crate::ui::widgets::picture;

/// Cells of the box where there is no file.
const BARE: (u16, u16) = (44, 5);
/// Lines above the picture.
const HEAD: u16 = 4;
/// The most cells of a picture: what a poor line can bear.
const MOST: (u16, u16) = (120, 44);
/// The most pixels of a picture that the terminal draws itself, for the same reason.
const MOST_DOTS: (u16, u16) = (640, 480);
/// The closest look.
const CLOSEST: u16 = 16;

/// The viewer.
#[derive(Debug)]
pub struct Gallery {
    what: Photos,
    page: Option<Arc<GalleryPage>>,
    at: usize,
    /// The item at which to begin, until the list is there.
    begin: Option<String>,
    zoom: u16,
    middle: (u16, u16),
    picture: Option<Arc<PicturePage>>,
    /// Pixels of a cell, where the terminal draws pictures itself.
    dots: Option<(u16, u16)>,
    placed: Option<Placed>,
}

/// A picture that the terminal draws itself, and where.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The cells that it covers; nothing else is drawn there.
    pub area: Rect,
    /// The pixels.
    pub page: Arc<PicturePage>,
}

impl Gallery {
    pub(super) fn new(what: Photos, dots: Option<(u16, u16)>) -> Self {
        let begin = match &what {
            Photos::Of { item, .. } => item.clone(),
            Photos::Dropped(_) => None,
        };
        Self {
            what,
            page: None,
            at: 0,
            begin,
            zoom: 1,
            middle: (500, 500),
            picture: None,
            dots,
            placed: None,
        }
    }

    fn row(&self) -> Option<&GalleryRow> {
        self.page.as_ref()?.rows.get(self.at)
    }

    fn wanted(&self) -> Option<PictureOf> {
        match &self.what {
            Photos::Dropped(name) => Some(PictureOf::Dropped(name.clone())),
            Photos::Of { .. } => self
                .row()
                .filter(|row| row.looks().media.is_shown() && !row.missing())
                .map(|row| PictureOf::Stored(row.sha256().to_owned())),
        }
    }

    /// Cells for the picture on a screen of this size.
    fn cells(&self, size: (u16, u16)) -> (u16, u16) {
        let (columns, rows) = (size.0.saturating_sub(4), size.1.saturating_sub(HEAD + 4));
        let most = self
            .dots
            .map_or(MOST, |dots| (MOST_DOTS.0 / dots.0.max(1), MOST_DOTS.1 / dots.1.max(1)));
        (columns.min(most.0).max(1), rows.min(most.1).max(1))
    }

    /// The picture that the terminal has to draw itself.
    pub(super) fn placed(&self) -> Option<&Placed> {
        self.placed.as_ref()
    }

    /// Leaves room in the middle of an area for a picture that the terminal draws itself.
    fn place(&mut self, below: Rect, page: &Arc<PicturePage>) {
        let (Ok(picture), (across, down)) = (&page.picture, page.view.dots) else { return };
        let cells = |pixels: u32, dots: u16, most: u16| {
            u16::try_from(pixels.div_ceil(u32::from(dots.max(1)))).unwrap_or(most).min(most)
        };
        let wide = cells(picture.width, across, below.width);
        let high = cells(picture.height, down, below.height);
        let (x, y) = (below.x + (below.width - wide) / 2, below.y + (below.height - high) / 2);
        let area = Rect { x, y, width: wide, height: high };
        self.placed = Some(Placed { area, page: Arc::clone(page) });
    }

    pub(super) fn queries(&self, size: (u16, u16)) -> Vec<(Slot, Query)> {
        let mut queries = Vec::new();
        if let Photos::Of { of, .. } = &self.what {
            queries.push((Slot::Gallery, Query::Gallery(of.clone())));
        }
        if let Some(what) = self.wanted() {
            let dots = self.dots.unwrap_or(HALF_BLOCKS);
            let view = View { cells: self.cells(size), dots, zoom: self.zoom, middle: self.middle };
            queries.push((Slot::Picture, Query::Picture { what, view }));
        }
        queries
    }

    pub(super) fn load(&mut self, page: Arc<GalleryPage>) {
        let here = self.row().map(|row| row.sha256().to_owned());
        let begin = self.begin.take();
        let place = page.rows.iter().position(|row| match (&here, &begin) {
            (Some(sha256), _) => row.sha256() == sha256,
            (None, Some(item)) => {
                matches!(row, GalleryRow::Visit(row) if row.item == *item)
            }
            (None, None) => false,
        });
        self.at = place.unwrap_or(self.at).min(page.rows.len().saturating_sub(1));
        self.page = Some(page);
    }

    pub(super) fn load_picture(&mut self, page: Arc<PicturePage>) {
        self.picture = Some(page);
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        let last = self.page.as_ref().map_or(0, |page| page.rows.len().saturating_sub(1));
        match action {
            Action::NextPhoto => self.turn((self.at + 1).min(last)),
            Action::PreviousPhoto => self.turn(self.at.saturating_sub(1)),
            Action::First => self.turn(0),
            Action::Last => self.turn(last),
            Action::Closer => self.zoom = (self.zoom * 2).min(CLOSEST),
            Action::Farther => {
                self.zoom = (self.zoom / 2).max(1);
                if self.zoom == 1 {
                    self.middle = (500, 500);
                }
            }
            Action::Left => self.shift(-1, 0),
            Action::Right => self.shift(1, 0),
            Action::Previous => self.shift(0, -1),
            Action::Next => self.shift(0, 1),
            Action::Detach => return self.detach(ctx),
            _ => return Step::close(Vec::new()),
        }
        Step::stay()
    }

    /// Whether there is a photo to do this with.
    pub(super) fn offers(&self, action: &Action) -> bool {
        let shown = self.wanted().is_some();
        match action {
            Action::NextPhoto | Action::PreviousPhoto => {
                self.page.as_ref().is_some_and(|page| page.rows.len() > 1)
            }
            Action::Closer => shown,
            Action::Farther => shown && self.zoom > 1,
            Action::Detach => {
                self.row().is_some() && matches!(self.what, Photos::Of { open: true, .. })
            }
            _ => true,
        }
    }

    fn turn(&mut self, to: usize) {
        if to != self.at {
            (self.at, self.zoom, self.middle) = (to, 1, (500, 500));
        }
    }

    /// Moves the part that is seen by a third of itself.
    fn shift(&mut self, x: i32, y: i32) {
        if self.zoom == 1 {
            return;
        }
        let step = i32::from(1000 / self.zoom / 3);
        let half = i32::from(500 / self.zoom);
        let moved = |middle: u16, by: i32| {
            let to = (i32::from(middle) + by * step).clamp(half, 1000 - half);
            u16::try_from(to).unwrap_or(middle)
        };
        self.middle = (moved(self.middle.0, x), moved(self.middle.1, y));
    }

    /// Taking away is undone with `u`: one key is enough.
    fn detach(&self, ctx: &Ctx<'_>) -> Step {
        let (Some(row), Photos::Of { open: true, .. }) = (self.row(), &self.what) else {
            return Step::only(vec![Action::warn(ctx.text.files.not_detachable)]);
        };
        let sha256 = row.sha256().to_owned();
        let command = match row {
            GalleryRow::Visit(row) => Command::Detach { visit: row.visit.clone(), sha256 },
            GalleryRow::Flag(row) => {
                Command::Proof(ProofCommand::Remove { flag: row.flag.clone(), sha256 })
            }
        };
        Step::only(vec![Action::apply(command)])
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let text = &ctx.text.files;
        self.placed = None;
        // Nothing to see takes no screen.
        let bare = self.page.as_ref().is_some_and(|page| page.rows.is_empty());
        let area = if bare { centered(area, BARE.0, BARE.1) } else { area };
        let inner = popup(frame, area, &self.title(ctx), ctx);
        if matches!(self.what, Photos::Of { .. }) {
            let Some(page) = &self.page else {
                put(frame, inner, 0, Line::raw(ctx.text.shell.loading));
                return;
            };
            if page.rows.is_empty() {
                empty(frame, inner, text.gallery_empty, ctx);
                return;
            }
        }
        if let Some(row) = self.row() {
            for (at, line) in (0..HEAD - 1).zip(told(row, usize::from(inner.width), ctx)) {
                put(frame, inner, at, line);
            }
        }
        let head = if self.row().is_some() { HEAD } else { 1 };
        let below = Rect { y: inner.y + head, height: inner.height.saturating_sub(head), ..inner };
        let missing = self.row().is_some_and(GalleryRow::missing);
        let wanted = self.wanted();
        let picture = self.picture.clone().filter(|page| Some(&page.what) == wanted.as_ref());
        let drawn = self.dots.is_some();
        match (picture.as_ref().map(|page| &page.picture), wanted.is_some()) {
            (Some(Ok(_)), _) if drawn => {
                // One that was made for half blocks is on its way already in finer pixels.
                if let Some(page) = picture.filter(|page| Some(page.view.dots) == self.dots) {
                    self.place(below, &page);
                }
            }
            (Some(Ok(shown)), _) => picture::draw(frame.buffer_mut(), below, shown, ctx.theme),
            (Some(Err(fault)), _) => empty(frame, below, text.picture(*fault), ctx),
            (None, true) => put(frame, below, 0, Line::raw(ctx.text.shell.loading)),
            (None, false) if missing => empty(frame, below, text.missing, ctx),
            (None, false) => {
                empty(frame, below, text.picture(crate::domain::picture::PictureFault::Kind), ctx);
            }
        }
    }

    fn title(&self, ctx: &Ctx<'_>) -> String {
        let text = &ctx.text.files;
        let zoom = if self.zoom > 1 { format!("  {}x", self.zoom) } else { String::new() };
        match (&self.what, &self.page) {
            (Photos::Dropped(name), _) => format!("{name}{zoom}"),
            (Photos::Of { .. }, Some(page)) if !page.rows.is_empty() => {
                let place = format!("{}/{}", self.at + 1, page.rows.len());
                format!("{} {}  {place}{zoom}", text.gallery_title, page.name)
            }
            _ => text.gallery_title.to_owned(),
        }
    }
}

/// What every registered file has: rows of visits and of flags name it alike.
macro_rules! file_of {
    ($row:expr) => {
        File {
            name: &$row.name,
            size: $row.size,
            sha256: &$row.sha256,
            looks: &$row.looks,
            by: (&$row.by, &$row.at),
            missing: $row.missing,
        }
    };
}

/// What is known of a file, in three lines.
fn told(row: &GalleryRow, width: usize, ctx: &Ctx<'_>) -> [Line<'static>; 3] {
    match row {
        GalleryRow::Visit(row) => of_visit(row, width, ctx),
        GalleryRow::Flag(row) => of_flag(row, width, ctx),
    }
}

fn of_visit(row: &AttachmentRow, width: usize, ctx: &Ctx<'_>) -> [Line<'static>; 3] {
    let text = &ctx.text.files;
    let title = item_title(&row.item)
        .map_or_else(|| row.item.clone(), |title| pick(&title, ctx.lang).to_owned());
    let category = row.category.map(|category| words::photo_category(ctx.lang, category));
    let mut first = vec![format::full_day(row.visited_on), title];
    first.extend(category.map(str::to_owned));
    let warnings = row.warnings.iter().map(|w| text.warning(*w)).collect();
    facts(&file_of!(row), &first, warnings, width, ctx)
}

fn of_flag(row: &ProofRow, width: usize, ctx: &Ctx<'_>) -> [Line<'static>; 3] {
    let text = &ctx.text.files;
    let signal = signal_line(&row.signal, ctx.lang);
    let first = vec![format::full_day(row.raised_on), format!("{} {signal}", text.proof_of)];
    let warnings = row.warnings.iter().map(|w| text.proof_warning(*w)).collect();
    facts(&file_of!(row), &first, warnings, width, ctx)
}

/// What every registered file has.
struct File<'a> {
    name: &'a str,
    size: u64,
    sha256: &'a str,
    looks: &'a Looks,
    by: (&'a str, &'a str),
    missing: bool,
}

fn facts(
    file: &File<'_>,
    first: &[String],
    mut warnings: Vec<String>,
    width: usize,
    ctx: &Ctx<'_>,
) -> [Line<'static>; 3] {
    let (text, theme, looks) = (&ctx.text.files, ctx.theme, file.looks);
    let (muted, dot) = (theme.style(Meaning::Muted), theme.glyphs.dot);
    let pixels = looks.pixels.map(|(w, h)| format!("{w} x {h}"));
    let mut second = vec![file.name.to_owned(), words::media(ctx.lang, looks.media).to_owned()];
    second.push(files::size(file.size));
    second.extend(pixels);
    second.push(format!("{} {} {}", text.by, file.by.0, file.by.1));
    let join = |parts: &[String]| theme.cut(&parts.join(&format!(" {dot} ")), width);
    let taken =
        looks.taken_at.map(|at| format!("{} {}", text.taken, at.format("%Y-%m-%d %H:%M:%S")));
    let place =
        looks.place.map_or_else(|| text.no_place.to_owned(), |p| format!("{} {p}", text.place));
    if file.missing {
        warnings.push(text.missing.to_owned());
    }
    let mut third: Vec<String> = taken.into_iter().collect();
    // A document was taken nowhere.
    third.extend(Some(place).filter(|_| looks.media.is_picture()));
    third.push(format!("{} {}", text.hash, files::short_hash(file.sha256)));
    let third = join(&third);
    let left = width.saturating_sub(crate::ui::width::cells(&third) + 2);
    [
        Line::styled(join(first), theme.style(Meaning::Heading)),
        Line::styled(join(&second), muted),
        Line::from(vec![
            Span::styled(third, muted),
            Span::styled(
                format!("  {}", theme.cut(&warnings.join(&format!(" {dot} ")), left)),
                theme.style(Meaning::Orange),
            ),
        ]),
    ]
}

#[cfg(test)]
mod tests;
