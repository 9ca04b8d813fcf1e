//! Officers by days: the points of each day against its capacity.

use chrono::{Datelike as _, NaiveDate, Weekday};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::days::{legend, tag, trips};
use crate::i18n::format;
use crate::protocol::page::{BoardDay, BoardOfficer, BoardPage, DayLoad, MonthPlanPage};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{highlight, put, rule};
use crate::ui::widgets::scroll::Scroll;

/// Cells of a name, and of the sums at the end of a row.
const NAME: usize = 8;
const SUMS: usize = 9;
/// Lines at the foot that tell the selected day.
const TOLD: u16 = 4;

/// Where the officer is, and what is known of the month of the selected one.
pub(super) struct At<'a> {
    pub(super) day: NaiveDate,
    pub(super) focused: bool,
    pub(super) plan: Option<&'a MonthPlanPage>,
}

/// Draws the grid, and below it what the selected day holds.
pub(super) fn render(
    frame: &mut Frame<'_>,
    area: Rect,
    page: &BoardPage,
    scroll: &mut Scroll,
    at: &At<'_>,
    ctx: &Ctx<'_>,
) {
    let room = usize::from(area.width).saturating_sub(NAME + SUMS);
    // Cells of a day, and where not all days fit how many around the selected one are shown.
    let fits = |room: usize| {
        let cell = if room >= page.days.len() * 3 { 3 } else { 2 };
        (cell, (room / cell).min(page.days.len()))
    };
    let (cell, shown) = fits(room);
    // Names begin below the title, unless it would cost a day.
    let lead = usize::from(room > 0 && fits(room - 1) == (cell, shown));
    let name = NAME + lead;
    let selected = at.day.day0() as usize;
    let from = (selected + 1 + shown / 2).saturating_sub(shown).min(page.days.len() - shown);
    let days = page.days.get(from..from + shown).unwrap_or_default();
    head(frame, area, days, (name, cell), at.day, ctx);
    let told = TOLD.min(area.height.saturating_sub(4));
    let list = Rect { y: area.y + 2, height: area.height.saturating_sub(2 + told), ..area };
    let view = scroll.view(usize::from(list.height), page.officers.len());
    for (row, index) in (0_u16..).zip(view) {
        let Some(one) = page.officers.get(index) else { continue };
        let loads = one.loads.get(from..from + shown).unwrap_or_default();
        let here = index == scroll.selected();
        let mark = here.then_some(at.day);
        put(
            frame,
            list,
            row,
            line(one, (days, loads), (name, cell, page.capacity), mark, at.focused, ctx),
        );
        if here {
            let name = Rect { width: u16::try_from(name).unwrap_or(0).min(list.width), ..list };
            let meaning = if at.focused { Meaning::Selected } else { Meaning::Shadow };
            highlight(frame, name, row, ctx.theme.style(meaning));
        }
    }
    if told > 1 {
        let foot = Rect { y: area.bottom() - told, height: told, ..area };
        rule(frame.buffer_mut(), Rect { height: 1, ..foot }, ctx);
        if let Some(plan) = at.plan {
            tell(frame, foot, plan, at.day, ctx);
        }
    }
}

/// Dates and days of the week; holidays and make-up days by their sign.
fn head(
    frame: &mut Frame<'_>,
    area: Rect,
    days: &[BoardDay],
    (cells, cell): (usize, usize),
    selected: NaiveDate,
    ctx: &Ctx<'_>,
) {
    let theme = ctx.theme;
    let muted = theme.style(Meaning::Muted);
    let (name, sums) = (ctx.text.board.officer, ctx.text.board.sums_column);
    let mut dates = vec![Span::styled(theme.fit(&led(name, cells), cells), muted)];
    let mut week = vec![Span::raw(" ".repeat(cells))];
    for day in days {
        let style = if day.date == selected {
            theme.style(Meaning::Heading)
        } else if day.date == ctx.today {
            theme.style(Meaning::Accent)
        } else if day.workday {
            theme.style(Meaning::Text)
        } else {
            muted
        };
        let number = number(day.date, cell, selected);
        dates.push(Span::styled(theme.fit_right(&number, cell), style));
        let (sign, meaning) = tag(day, cell < 3, ctx);
        week.push(Span::styled(theme.fit_right(&sign, cell), theme.style(meaning)));
    }
    dates.push(Span::styled(theme.fit_right(sums, SUMS), muted));
    put(frame, area, 0, Line::from(dates));
    put(frame, area, 1, Line::from(week));
}

/// A name in so many cells, behind a blank where there is room for one.
fn led(name: &str, cells: usize) -> String {
    format!("{}{name}", " ".repeat(cells - NAME))
}

/// Where dates would touch each other, Mondays and the selected day are told.
fn number(date: NaiveDate, cell: usize, selected: NaiveDate) -> String {
    let beside = (date - selected).num_days().abs() == 1;
    let told = cell > 2 || date == selected || date.weekday() == Weekday::Mon && !beside;
    if told { date.day().to_string() } else { String::new() }
}

fn line(
    one: &BoardOfficer,
    (days, loads): (&[BoardDay], &[DayLoad]),
    (cells, cell, capacity): (usize, usize, u32),
    mark: Option<NaiveDate>,
    focused: bool,
    ctx: &Ctx<'_>,
) -> Line<'static> {
    let theme = ctx.theme;
    let mut spans = vec![Span::raw(theme.fit(&led(&one.name, cells), cells))];
    for (day, load) in days.iter().zip(loads) {
        let (text, style) = points(*load, capacity, day.workday, ctx);
        let mut style = style;
        if mark == Some(day.date) {
            let meaning = if focused { Meaning::Selected } else { Meaning::Shadow };
            style = style.patch(theme.style(meaning));
        }
        // One blank stays outside, so that only the figure itself is marked.
        spans.push(Span::raw(" ".repeat(cell - 2)));
        spans.push(Span::styled(theme.fit_right(&text, 2), style));
    }
    let sums = format!("{}/{}/{}", one.fixed, one.proposed, one.unplaced);
    let meaning = if one.unplaced > 0 { Meaning::Overdue } else { Meaning::Muted };
    spans.push(Span::styled(theme.fit_right(&sums, SUMS), theme.style(meaning)));
    Line::from(spans)
}

/// The points of a day: more than it holds with a mark, proposals in the quiet colour.
fn points(load: DayLoad, capacity: u32, workday: bool, ctx: &Ctx<'_>) -> (String, Style) {
    let theme = ctx.theme;
    let taken = load.taken();
    if taken > capacity {
        let text = format!("{}{}", theme.glyphs.overdue, taken.min(9));
        return (text, theme.style(Meaning::Overdue));
    }
    let (text, meaning) = match (taken, load.proposed) {
        (0, _) if workday => (theme.glyphs.dot.to_owned(), Meaning::Muted),
        (0, _) => (String::new(), Meaning::Muted),
        (taken, 0) => (taken.to_string(), Meaning::Accent),
        (taken, _) => (taken.to_string(), Meaning::Text),
    };
    (text, theme.style(meaning))
}

/// The selected day of the selected officer, in words.
fn tell(frame: &mut Frame<'_>, foot: Rect, plan: &MonthPlanPage, day: NaiveDate, ctx: &Ctx<'_>) {
    let (text, theme) = (&ctx.text.board, ctx.theme);
    let load = plan.load(day);
    let names = format!(
        " {} {} {}  {}  ",
        theme.clean(&plan.name),
        format::near_day(day, ctx.today),
        format::weekday(ctx.lang, day),
        text.load(load.taken(), plan.capacity),
    );
    let mut spans = vec![Span::styled(names, theme.style(Meaning::Heading))];
    if load.taken() > plan.capacity {
        spans.push(Span::styled(format!("{}  ", text.over), theme.style(Meaning::Overdue)));
    }
    if let Some(known) = plan.day(day)
        && let Some(note) = legend(known, ctx)
    {
        spans.push(Span::styled(note, theme.style(Meaning::Good)));
    }
    put(frame, foot, 1, Line::from(spans));
    let width = usize::from(foot.width).saturating_sub(2);
    let mut lines = trips(plan, day, width, ctx);
    if lines.is_empty() {
        lines.push(vec![Span::styled(text.free, theme.style(Meaning::Muted))]);
    }
    for (row, spans) in (2..foot.height).zip(lines) {
        let mut all = vec![Span::raw(" ")];
        all.extend(spans);
        put(frame, foot, row, Line::from(all));
    }
}
