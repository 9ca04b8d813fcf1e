//! Drawing of one day of the month plan.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{DayPane, Row, act};
use crate::i18n::{Lang, format, words};
use crate::protocol::page::{MonthPlanPage, PlanAppointment, PlanVisit, Stand};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::blocks::Lines;
use crate::ui::widgets::frame::{empty, pane_with, put};
use crate::ui::width::wrap;

/// Narrower than this, a visit takes two lines.
const TABLE_FROM: usize = 76;

impl DayPane {
    /// Draws the day.
    pub fn render(&mut self, frame: &mut Frame<'_>, area: Rect, focused: bool, ctx: &Ctx<'_>) {
        let text = &ctx.text.board;
        let day = self.day;
        let date = format::near_day(day, ctx.today);
        let title = format!("{date} {}", format::weekday(ctx.lang, day));
        let load = self.page().map(|page| (page.load(day).taken(), page.capacity));
        let note = load.map(|(taken, capacity)| text.load(taken, capacity)).unwrap_or_default();
        let inner = pane_with(frame, area, &title, &note, focused, ctx);
        let Some(page) = self.page() else {
            if self.officer.is_some() {
                empty(frame, inner, ctx.text.shell.loading, ctx);
            }
            return;
        };
        let rows = self.rows();
        let width = usize::from(inner.width);
        let foot = 2.min(inner.height / 4);
        let list = Rect { height: inner.height - foot, ..inner };
        let mut lines = Lines::new();
        if !rows.iter().any(|row| matches!(row, Row::Visit(_) | Row::Appointment(_))) {
            for note in wrap(text.nothing, width.saturating_sub(2)) {
                let style = ctx.theme.style(Meaning::Muted);
                lines.push((None, Line::styled(format!(" {note}"), style)));
            }
        }
        let mut before = None;
        for (at, row) in rows.iter().enumerate() {
            let section = std::mem::discriminant(row);
            let head = match row {
                Row::Near(_) => Some(text.near),
                Row::NoDay(_) => Some(text.no_day),
                _ => None,
            };
            if let Some(head) = head.filter(|_| before != Some(section)) {
                lines.push((None, Line::raw("")));
                let style = ctx.theme.style(Meaning::Heading);
                for head in wrap(head, width.saturating_sub(2)) {
                    lines.push((None, Line::styled(format!(" {head}"), style)));
                }
            }
            before = Some(section);
            for line in lines_of(page, *row, width, ctx) {
                lines.push((Some(at), line));
            }
        }
        if foot > 0
            && let Some(line) = self.told(ctx)
        {
            let low = Rect { y: inner.bottom() - 1, height: 1, ..inner };
            put(
                frame,
                low,
                0,
                Line::styled(
                    ctx.theme.cut(&format!(" {line}"), width),
                    ctx.theme.style(Meaning::Muted),
                ),
            );
        }
        let selected = self.scroll.selected();
        self.scroll.view(usize::from(list.height), rows.len());
        let meaning = if focused { Meaning::Selected } else { Meaning::Shadow };
        let style = ctx.theme.style(meaning);
        self.blocks.render(frame, list, lines, selected, style);
    }

    /// The selected visit's window and what is behind its due date.
    fn told(&self, ctx: &Ctx<'_>) -> Option<String> {
        let text = &ctx.text.board;
        let visit = self.visit()?;
        let (from, until) = act::window(visit, ctx);
        let mut parts = Vec::new();
        if let Some(wish) = visit.asked {
            let to = wish.new_due.map(|day| format::near_day(day, ctx.today));
            parts.push(ctx.text.requests.wished(wish.kind, to.as_deref()));
        }
        parts.push(text.window(&from, &until));
        if let Some(original) = visit.delayed_from {
            let original = format::near_day(original, ctx.today);
            parts.push(ctx.text.agenda.delayed_from(&original));
        }
        if let Some(day) = visit.lapsed {
            parts.push(format!("{} {}", text.lapsed, format::near_day(day, ctx.today)));
        }
        if let Some(until) = visit.paused {
            parts.push(format!("{} {}", text.paused_until, format::near_day(until, ctx.today)));
        }
        Some(parts.join("  "))
    }
}

fn lines_of(page: &MonthPlanPage, row: Row, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    match row {
        Row::Visit(at) | Row::Near(at) | Row::NoDay(at) => {
            page.visits.get(at).map(|visit| visit_lines(row, visit, width, ctx)).unwrap_or_default()
        }
        Row::Appointment(at) => {
            let one = page.appointments.get(at);
            one.map(|one| vec![appointment_line(one, width, ctx)]).unwrap_or_default()
        }
    }
}

/// Where: district and trade circle.
fn place(district: Option<&str>, circle: Option<&str>) -> String {
    [district, circle].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn visit_lines(row: Row, visit: &PlanVisit, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme, glyphs) = (&ctx.text.board, ctx.theme, &ctx.theme.glyphs);
    let muted = theme.style(Meaning::Muted);
    let (mark, meaning) = match (row, visit.stand) {
        (Row::Near(_), _) => ("+", Meaning::Accent),
        (_, Stand::Fixed(_)) => (glyphs.done_box, Meaning::Accent),
        (_, Stand::Unplaced(_)) => (glyphs.overdue, Meaning::Overdue),
        _ => (glyphs.open_box, Meaning::Muted),
    };
    let codes: Vec<&str> = visit.codes.iter().map(|c| words::duty_short(ctx.lang, *c)).collect();
    let codes = codes.join(" ");
    let (due, due_style) = if visit.overdue_days > 0 {
        let late = ctx.text.agenda.overdue_days(visit.overdue_days);
        (late, theme.style(Meaning::Overdue))
    } else {
        (format::near_day(visit.due, ctx.today), muted)
    };
    let state = match visit.stand {
        Stand::Fixed(_) => text.fixed.to_owned(),
        Stand::Proposed(day) if matches!(row, Row::Near(_)) => {
            format!("{} {}", text.proposed, format::near_day(day, ctx.today))
        }
        Stand::Proposed(_) => text.proposed.to_owned(),
        Stand::Unplaced(why) => text.why(why).to_owned(),
        Stand::Later => String::new(),
    };
    // Whoever asked for a delay looks for its mark before anything else.
    let state = visit.asked.map_or(state, |wish| ctx.text.requests.wish(wish.kind).to_owned());
    let place = place(visit.district.as_deref(), visit.trade_circle.as_deref());
    let class = words::duty_class(ctx.lang, visit.class);
    let level = visit
        .level
        .map(|level| Span::styled(format!("{} ", theme.level_mark(level)), theme.level(level)));
    let mut head = vec![Span::styled(format!(" {mark} "), theme.style(meaning))];
    let mut used = 3;
    if let Some(level) = level {
        used += 2;
        head.push(level);
    }
    if width < TABLE_FROM {
        let name = width.saturating_sub(used + 10);
        head.push(Span::raw(theme.fit(&visit.name, name)));
        head.push(Span::styled(theme.fit_right(&due, 9), due_style));
        let second = [state.as_str(), class, place.as_str(), codes.as_str()];
        let second: Vec<&str> = second.into_iter().filter(|part| !part.is_empty()).collect();
        let about = wrap(&theme.clean(&second.join("  ")), width.saturating_sub(4));
        let about = about.into_iter().map(|said| Line::styled(format!("   {said}"), muted));
        return std::iter::once(Line::from(head)).chain(about).collect();
    }
    // Class, place, duties, state, due: what is left is for the name.
    let stands = match ctx.lang {
        Lang::En => 17,
        Lang::Zh => 11,
    };
    let fixed = 8 + 15 + 9 + stands + 1 + 9;
    head.push(Span::raw(theme.fit(&visit.name, width.saturating_sub(used + fixed))));
    head.push(Span::styled(format!(" {}", theme.fit(class, 7)), muted));
    head.push(Span::raw(format!(" {}", theme.fit(&place, 14))));
    head.push(Span::styled(format!(" {}", theme.fit(&codes, 8)), muted));
    head.push(Span::styled(format!(" {}", theme.fit(&state, stands)), theme.style(meaning)));
    head.push(Span::styled(theme.fit_right(&due, 9), due_style));
    vec![Line::from(head)]
}

fn appointment_line(one: &PlanAppointment, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.board, ctx.theme);
    let place = place(one.district.as_deref(), one.trade_circle.as_deref());
    let points = text.takes(one.points);
    let kind = text.appointment(one.kind);
    let room = width.saturating_sub(4 + 14 + 10);
    let (title, where_to) = (room.div_ceil(2), room / 2);
    Line::from(vec![
        Span::styled(format!(" {} ", theme.glyphs.becomes), theme.style(Meaning::Yellow)),
        Span::raw(theme.fit(&one.title, title)),
        Span::styled(format!(" {}", theme.fit(kind, 13)), theme.style(Meaning::Muted)),
        Span::raw(theme.fit(&place, where_to)),
        Span::styled(theme.fit_right(&points, 10), theme.style(Meaning::Muted)),
    ])
}
