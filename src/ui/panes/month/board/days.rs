//! One officer's month, a line a day: load, then the visits by district.

use std::collections::HashSet;

use chrono::{Datelike as _, NaiveDate};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::duty::DutyClass;
use crate::domain::workday::DayKind;
use crate::i18n::Lang;
use crate::protocol::page::{BoardDay, MonthPlanPage, Stand};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{highlight, put};
use crate::ui::width::cells;

/// A name in a line of the month is cut to so many cells, and to fewer where the line would not hold all.
const NAMES: [usize; 3] = [48, 24, 16];

/// Draws the days in view.
pub(super) fn render(
    frame: &mut Frame<'_>,
    area: Rect,
    plan: &MonthPlanPage,
    view: std::ops::Range<usize>,
    (selected, focused): (NaiveDate, bool),
    ctx: &Ctx<'_>,
) {
    for (row, day) in (0_u16..).zip(plan.days.get(view).unwrap_or_default()) {
        put(frame, area, row, line(plan, day, usize::from(area.width), ctx));
        if day.date == selected {
            let meaning = if focused { Meaning::Selected } else { Meaning::Shadow };
            highlight(frame, area, row, ctx.theme.style(meaning));
        }
    }
}

fn line(plan: &MonthPlanPage, day: &BoardDay, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let theme = ctx.theme;
    let muted = theme.style(Meaning::Muted);
    let style = if day.date == ctx.today {
        theme.style(Meaning::Accent)
    } else if day.workday {
        theme.style(Meaning::Text)
    } else {
        muted
    };
    let (sign, sign_meaning) = tag(day, false, ctx);
    let mut spans = vec![
        Span::styled(format!(" {:>2} ", day.date.day()), style),
        Span::styled(theme.fit(&sign, 3), theme.style(sign_meaning)),
    ];
    let load = plan.load(day.date);
    if day.workday || load.taken() > 0 {
        spans.extend(bar(load.fixed, load.proposed, plan.capacity, ctx));
    } else if let Some(note) = legend(day, ctx) {
        spans.push(Span::styled(note, muted));
        return Line::from(spans);
    }
    let used: usize = spans.iter().map(Span::width).sum();
    if let Some(first) = trips(plan, day.date, width.saturating_sub(used), ctx).into_iter().next() {
        spans.extend(first);
    } else if day.special.is_some()
        && let Some(note) = legend(day, ctx)
    {
        spans.push(Span::styled(note, muted));
    }
    Line::from(spans)
}

/// `■■□···`, one mark a point, and `!8` where there are more than the day holds.
fn bar(fixed: u32, proposed: u32, capacity: u32, ctx: &Ctx<'_>) -> Vec<Span<'static>> {
    let (theme, glyphs) = (ctx.theme, &ctx.theme.glyphs);
    if fixed + proposed > capacity {
        let width = capacity as usize + 1;
        let text = theme.fit(&format!("{} {}", glyphs.overdue, fixed + proposed), width);
        return vec![Span::styled(text, theme.style(Meaning::Overdue))];
    }
    let of = |glyph: &str, count: u32| glyph.repeat(count as usize);
    vec![
        Span::styled(of(glyphs.done_box, fixed), theme.style(Meaning::Accent)),
        Span::styled(of(glyphs.open_box, proposed), theme.style(Meaning::Muted)),
        Span::styled(
            format!("{} ", of(glyphs.dot, capacity - fixed - proposed)),
            theme.style(Meaning::Rule),
        ),
    ]
}

/// The visits of a day as lines of at most so many cells: the district, then who is there; calls
/// and other off-site checks after the trips; appointments first. Names are as long as one line allows.
pub(super) fn trips(
    plan: &MonthPlanPage,
    day: NaiveDate,
    width: usize,
    ctx: &Ctx<'_>,
) -> Vec<Vec<Span<'static>>> {
    let mut lines = Vec::new();
    for name in NAMES {
        lines = fill(parts(plan, day, name, ctx), width, ctx);
        if lines.len() < 2 {
            break;
        }
    }
    lines
}

/// The same, part by part, with names of at most so many cells.
fn parts(
    plan: &MonthPlanPage,
    day: NaiveDate,
    longest: usize,
    ctx: &Ctx<'_>,
) -> Vec<Vec<Span<'static>>> {
    let (theme, glyphs) = (ctx.theme, &ctx.theme.glyphs);
    let mut parts: Vec<Vec<Span<'static>>> = Vec::new();
    let muted = theme.style(Meaning::Muted);
    for one in plan.appointments.iter().filter(|one| one.day == day) {
        let place = one.district.as_deref().map(|d| format!("{} ", theme.clean(d)));
        parts.push(vec![
            Span::styled(place.unwrap_or_default(), muted),
            Span::styled(
                format!("{}{}", glyphs.becomes, theme.cut(&one.title, longest)),
                theme.style(Meaning::Yellow),
            ),
        ]);
    }
    let mut place: Option<(bool, Option<&str>)> = None;
    // Who is gone to is not called as well on that day: named once, the trips come first.
    let mut named = HashSet::new();
    for visit in plan.on(day).into_iter().filter_map(|at| plan.visits.get(at)) {
        if !named.insert(&visit.customer) {
            continue;
        }
        let onsite = visit.class == DutyClass::Onsite;
        let here = (onsite, visit.district.as_deref().filter(|_| onsite));
        let mut part = Vec::new();
        if place != Some(here) {
            let head = match here {
                (true, district) => theme.clean(district.unwrap_or(ctx.text.board.onsite)),
                (false, _) => ctx.text.board.offsite.to_owned(),
            };
            part.push(Span::styled(format!("{head} "), muted));
            place = Some(here);
        }
        let (mark, meaning) = match visit.stand {
            Stand::Fixed(_) => (glyphs.done_box, Meaning::Text),
            _ => (glyphs.open_box, Meaning::Muted),
        };
        let name = theme.cut(&visit.name, longest);
        part.push(Span::styled(format!("{mark}{name}"), theme.style(meaning)));
        parts.push(part);
    }
    parts
}

/// Parts one after another; a part that doesn't fit begins the next line, and a line that is full
/// says how many follow where only one line is drawn.
fn fill(parts: Vec<Vec<Span<'static>>>, width: usize, ctx: &Ctx<'_>) -> Vec<Vec<Span<'static>>> {
    let mut lines: Vec<Vec<Span<'static>>> = Vec::new();
    let mut used = 0;
    let count = parts.len();
    for (index, part) in parts.into_iter().enumerate() {
        let part_width: usize = part.iter().map(Span::width).sum();
        let more = if index + 1 < count { cells("  +99") } else { 0 };
        if lines.is_empty() || used + 2 + part_width + more > width {
            if let Some(last) = lines.last_mut() {
                let rest = format!("  +{}", count - index);
                last.push(Span::styled(rest, ctx.theme.style(Meaning::Muted)));
            }
            lines.push(part);
            used = part_width;
        } else if let Some(last) = lines.last_mut() {
            last.push(Span::raw("  "));
            last.extend(part);
            used += 2 + part_width;
        }
    }
    lines
}

/// Day of the week, by one letter where there is little room, or the sign of a holiday or make-up
/// day.
pub(super) fn tag(day: &BoardDay, narrow: bool, ctx: &Ctx<'_>) -> (String, Meaning) {
    let text = &ctx.text.calendar;
    let short = |word: &str| match ctx.lang {
        Lang::Zh => word.to_owned(),
        Lang::En => word.chars().take(1).collect::<String>().to_uppercase(),
    };
    match &day.special {
        Some((DayKind::Off, _)) => (short(text.off), Meaning::Good),
        Some((DayKind::Work, _)) => (short(text.work), Meaning::Yellow),
        None => {
            let names = text.weekdays();
            let name = names.get(day.date.weekday().num_days_from_monday() as usize);
            let name = name.copied().unwrap_or_default();
            let letters = if narrow { 1 } else { 2 };
            (name.chars().take(letters).collect(), Meaning::Muted)
        }
    }
}

/// `休 元旦`, `班 国庆节`, or that holidays are not announced yet.
pub(super) fn legend(day: &BoardDay, ctx: &Ctx<'_>) -> Option<String> {
    let text = &ctx.text.calendar;
    match &day.special {
        Some((DayKind::Off, name)) => Some(format!("{} {}", text.off, ctx.theme.clean(name))),
        Some((DayKind::Work, name)) => Some(format!("{} {}", text.work, ctx.theme.clean(name))),
        None if day.provisional => Some(text.unannounced.to_owned()),
        None => None,
    }
}
