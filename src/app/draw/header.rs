//! The first line: screens, person, branch, clock; and the person below where it has no room.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::i18n::{format, words};
use crate::protocol::page::HomePage;
use crate::ui::ctx::Ctx;
use crate::ui::screen::Screen;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::put;

/// Cells of `11-23 Mon 09:12` with air around it.
const CLOCK: usize = 18;

/// Cells of `09:12` with air before it.
const HOUR: usize = 7;

/// `回访  今日 客户 检查 风险 复核          张伟 客户经理 · 城东支行 · 11-23 周一 09:12`. Tells whether
/// there was room for the person.
/// `taken` = a digit answers a question now: the screens are not a digit away, so none is shown.
pub(super) fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    (screen, taken): (Screen, bool),
    ctx: &Ctx<'_>,
) -> bool {
    let theme = ctx.theme;
    let muted = theme.style(Meaning::Muted);
    let mut spans = Vec::new();
    // The clock matters more than the name of the program.
    let titles: usize = Screen::ALL.iter().map(|one| one.title(ctx.text).width() + 4).sum();
    let brand = ctx.text.shell.brand.width() + 3;
    if usize::from(area.width) >= titles + brand + CLOCK {
        let brand = format!(" {}  ", ctx.text.shell.brand);
        spans.push(Span::styled(brand, theme.style(Meaning::Accent)));
    }
    // On a small screen the names stand closer, so that the clock stays whole; where not even that is
    // enough for the hour, only the screen in view is named.
    let tight = usize::from(area.width) < titles + CLOCK;
    let crowded = usize::from(area.width) < titles + HOUR - Screen::ALL.len();
    let air = if tight { "" } else { " " };
    if tight {
        spans.push(Span::raw(" "));
    }
    for (digit, one) in (1..).zip(Screen::ALL) {
        let digit = if taken { theme.glyphs.dot.to_owned() } else { digit.to_string() };
        let title = one.title(ctx.text);
        if crowded && one != screen {
            spans.push(Span::styled(digit, muted));
        } else if one == screen {
            let style = theme.style(Meaning::Focused);
            spans.push(Span::styled(format!("{air}{digit} {title}{air}"), style));
        } else {
            spans.push(Span::styled(format!("{air}{digit} "), muted));
            spans.push(Span::raw(format!("{title}{air}")));
        }
        if tight {
            spans.push(Span::raw(" "));
        }
    }
    let left: usize = spans.iter().map(Span::width).sum();
    let dot = theme.glyphs.dot;
    let room = usize::from(area.width).saturating_sub(left + 2);
    // What does not fit goes from the left: the clock stays longest.
    let mut parts = vec![clock(room, ctx)];
    if let Some(home) = ctx.home {
        parts.insert(0, theme.clean(&home.branch));
        parts.splice(0..0, person(home, ctx));
    }
    parts.retain(|p| !p.trim().is_empty());
    let whole = parts.len();
    let mut right = parts.join(&format!(" {dot} "));
    while right.width() > room && parts.len() > 1 {
        parts.remove(if parts.len() > 2 { parts.len() - 2 } else { 0 });
        right = parts.join(&format!(" {dot} "));
    }
    let gap = (room + 1).saturating_sub(right.width());
    spans.push(Span::raw(" ".repeat(gap)));
    spans.push(Span::styled(theme.cut(&right, room), muted));
    put(frame, area, 0, Line::from(spans));
    // The branch goes first, and is not missed.
    parts.len() + 1 >= whole
}

/// Who is here, and that the portfolio is invented.
fn person(home: &HomePage, ctx: &Ctx<'_>) -> Vec<String> {
    let who = format!("{} {}", ctx.theme.clean(&home.name), words::role(ctx.lang, home.role));
    let demo = home.demo.then(|| ctx.text.shell.demo.to_owned());
    demo.into_iter().chain([who]).collect()
}

/// The person in the rule above the last line, at its right end, where the header has no room.
pub(super) fn sign(frame: &mut Frame<'_>, rule: Rect, ctx: &Ctx<'_>) {
    let Some(home) = ctx.home else { return };
    let said = person(home, ctx).join(&format!(" {} ", ctx.theme.glyphs.dot));
    let said = Line::styled(format!(" {said} "), ctx.theme.style(Meaning::Muted));
    let cells = u16::try_from(said.width()).unwrap_or(u16::MAX);
    if cells + 2 <= rule.width / 2 {
        put(frame, Rect { x: rule.right() - cells - 1, width: cells, ..rule }, 0, said);
    }
}

/// Day and time, in as many words as there is room for.
fn clock(room: usize, ctx: &Ctx<'_>) -> String {
    let (day, time) = (format::day(ctx.today), ctx.now.format("%H:%M"));
    let whole = format!("{day} {} {time}", format::weekday(ctx.lang, ctx.today));
    let short = [whole, format!("{day} {time}"), time.to_string()];
    short.into_iter().find(|text| text.width() <= room).unwrap_or_default()
}
