//! How packets look: a line each; one of them with its people, its customers, and what is known of
//! the selected one.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{Entry, Inside, Packets};
use crate::domain::flag::Level;
use crate::domain::order::PacketState;
use crate::i18n::{Lang, format, words};
use crate::protocol::page::{PacketDetail, PacketHead, PacketPage, PacketRow};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::facts::fact;
use crate::ui::widgets::frame::{empty, list_of, listing, place, popup, put, rule};
use crate::ui::widgets::input::Input;
use crate::ui::width;

/// Lines about the selected customer.
const DETAIL: u16 = 11;
/// Lines at the foot of the list.
const FOOT: u16 = 3;

pub(super) fn render(it: &mut Packets, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
    let text = &ctx.text.orders;
    let inner = popup(frame, listing(area, (104, 30), it.is_empty()), text.packets_title, ctx);
    let entry = it.entry.as_ref();
    if let Some(inside) = &mut it.inside {
        packet(inside, entry, frame, inner, ctx);
        return;
    }
    let Some(page) = it.page.clone() else { return };
    if page.rows.is_empty() {
        empty(frame, inner, text.packets_none, ctx);
        return;
    }
    let high = inner.height.saturating_sub(FOOT);
    let list = Rect { height: high, ..inner };
    let foot = Rect { y: inner.y + high, height: inner.height - high, ..inner };
    list_of(frame, list, (&mut it.scroll, &page.rows), ctx, |row| {
        head_line(row, usize::from(list.width), ctx)
    });
    place(frame, inner, it.scroll.place(page.rows.len()), ctx);
    match (entry, page.rows.get(it.scroll.selected())) {
        (Some(entry), _) => typed(entry, frame, foot, ctx),
        (None, Some(head)) => {
            for (at, line) in (1_u16..).zip(why(head, usize::from(foot.width), ctx)) {
                put(frame, foot, at, line);
            }
        }
        (None, None) => {}
    }
}

/// `11-30 周一  张伟 > 李娜  监交 王芳  32 户  已签 2/3  待您签署`.
fn head_line(row: &PacketHead, cells: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.orders, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let [giver, receiver, witness] = &row.partners;
    let signed = row.partners.iter().filter(|p| p.signed_at.is_some()).count();
    let (state, meaning) = match row.state {
        PacketState::Open if row.mine.is_some() => (text.sign_now, Meaning::Accent),
        PacketState::Open => (text.state(row.state), Meaning::Text),
        _ => (text.state(row.state), Meaning::Muted),
    };
    let who = format!("{} > {}", giver.name, receiver.name);
    let witness = format!("{} {}", text.witness, witness.name);
    let room = cells.saturating_sub(62);
    Line::from(vec![
        Span::styled(format!(" {}", theme.fit(&format::near_day(row.on, ctx.today), 12)), muted),
        Span::raw(theme.fit(&who, room)),
        Span::styled(format!(" {}", theme.fit(&witness, 16)), muted),
        Span::raw(theme.fit_right(&text.count(row.customers), 13)),
        Span::styled(format!("  {}", theme.fit(&format!("{signed}/3"), 4)), muted),
        Span::styled(theme.fit(state, 13), theme.style(meaning)),
    ])
}

/// Why it was started, and why it was taken back.
fn why(head: &PacketHead, cells: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, theme) = (&ctx.text.orders, ctx.theme);
    let colon = ctx.lang.colon();
    let mut said = vec![format!(
        "{}{colon}{}{}",
        text.reason,
        head.reason,
        ctx.lang.aside(&format!("{} {}", head.by, head.at))
    )];
    if let Some(reason) = &head.end_reason {
        said.push(format!("{}{colon}{reason}", text.state(head.state)));
    }
    let lines =
        said.iter().map(|line| theme.cut(&line.replace('\n', " "), cells.saturating_sub(2)));
    lines.map(|line| Line::styled(format!(" {line}"), theme.style(Meaning::Muted))).collect()
}

fn packet(
    inside: &mut Inside,
    entry: Option<&Entry>,
    frame: &mut Frame<'_>,
    inner: Rect,
    ctx: &Ctx<'_>,
) {
    let Some(page) = inside.page.clone() else {
        empty(frame, inner, ctx.text.shell.loading, ctx);
        return;
    };
    let cells = usize::from(inner.width);
    put(frame, inner, 0, people(&page.head, ctx));
    let told = format!(
        "{} {}  {}",
        ctx.text.orders.on,
        format::near_day(page.head.on, ctx.today),
        page.head.reason.replace('\n', " ")
    );
    let muted = ctx.theme.style(Meaning::Muted);
    put(frame, inner, 1, Line::styled(format!(" {}", ctx.theme.cut(&told, cells - 1)), muted));
    let top = 3.min(inner.height);
    rule(frame.buffer_mut(), Rect { y: inner.y + 2, height: u16::from(top == 3), ..inner }, ctx);
    let foot = DETAIL.min(inner.height.saturating_sub(top + 3));
    let list = Rect { y: inner.y + top, height: inner.height - top - foot, ..inner };
    let below = Rect { y: list.y + list.height, height: foot, ..inner };
    if page.rows.is_empty() {
        empty(frame, list, ctx.text.orders.seen_elsewhere, ctx);
    }
    list_of(frame, list, (&mut inside.scroll, &page.rows), ctx, |row| row_line(row, cells, ctx));
    place(frame, inner, inside.scroll.place(page.rows.len()), ctx);
    rule(frame.buffer_mut(), Rect { height: foot.min(1), ..below }, ctx);
    let below = Rect { y: below.y + foot.min(1), height: foot.saturating_sub(1), ..below };
    if let Some(entry) = entry {
        typed(entry, frame, below, ctx);
        return;
    }
    let lines = inside.row().map(|row| about(row, &page, cells, ctx)).unwrap_or_default();
    for (at, line) in (0..below.height).zip(lines) {
        put(frame, below, at, line);
    }
}

/// `移交人 张伟 已签 11-23 09:12   接收人 李娜 未签   监交人 王芳 未签`.
fn people(head: &PacketHead, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.orders, ctx.theme);
    let mut spans = vec![Span::raw(" ")];
    for partner in &head.partners {
        let party = format!("{} ", text.party(partner.party));
        spans.push(Span::styled(party, theme.style(Meaning::Muted)));
        spans.push(Span::raw(theme.cut(&partner.signer(), 16)));
        let (said, meaning) = match &partner.signed_at {
            Some(at) => (format!(" {} {at}", text.signed), Meaning::Good),
            None => (format!(" {}", text.unsigned), Meaning::Muted),
        };
        spans.push(Span::styled(said, theme.style(meaning)));
        spans.push(Span::raw("   "));
    }
    Line::from(spans)
}

fn row_line(row: &PacketRow, cells: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let (text, theme) = (&ctx.text.orders, ctx.theme);
    let muted = theme.style(Meaning::Muted);
    let levels = Level::ALL.iter().zip(row.flags).rev().filter(|(_, count)| *count > 0);
    let flags: Vec<String> =
        levels.map(|(level, count)| format!("{}{count}", theme.level_mark(*level))).collect();
    let flags = flags.join(" ");
    let day = |day: Option<chrono::NaiveDate>| {
        day.map_or_else(|| "-".to_owned(), |day| format::near_day(day, ctx.today))
    };
    let todos = if row.todos > 0 { format!("{} {}", text.todos, row.todos) } else { String::new() };
    let mark = if row.oddity.is_empty() { " " } else { theme.glyphs.due };
    let room = cells.saturating_sub(65);
    Line::from(vec![
        Span::styled(format!(" {mark} "), theme.style(Meaning::Accent)),
        Span::raw(theme.fit(&row.name, room)),
        Span::styled(
            format!(" {}", theme.fit(words::tier(ctx.lang, row.tier), 9)),
            theme.tier(row.tier),
        ),
        Span::raw(theme.fit_right(&format::maybe_amount(ctx.lang, row.exposure), 9)),
        Span::styled(format!("  {}", theme.fit(&flags, 9)), theme.style(Meaning::Orange)),
        Span::styled(theme.fit(&todos, 9), muted),
        Span::raw(theme.fit(&day(row.next_due), 11)),
    ])
}

/// What is known of the selected customer.
fn about(row: &PacketRow, page: &PacketPage, cells: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.orders;
    let width = cells.saturating_sub(1);
    let oddity = match (row.oddity.as_str(), page.head.notes) {
        ("", true) => text.no_oddity,
        ("", false) => text.nothing,
        (noted, _) => noted,
    };
    let mut lines = fact(text.oddity, oddity, width, ctx);
    let Some(detail) = page.detail.as_ref().filter(|detail| detail.customer == row.customer) else {
        return lines;
    };
    let told: [(&str, Vec<String>); 5] = [
        (text.flags, flags(detail, ctx)),
        (text.todos, todos(detail, ctx)),
        (text.contacts, contacts(detail, ctx)),
        (text.last, last(detail, ctx)),
        (text.next, next(detail, ctx)),
    ];
    let stop = ctx.lang.semicolon();
    for (label, said) in told {
        let said = if said.is_empty() { text.nothing.to_owned() } else { said.join(stop) };
        // Two lines each at the most, so that every kind of thing is seen.
        lines.extend(fact(label, &said, width, ctx).into_iter().take(2));
    }
    lines
}

fn flags(detail: &PacketDetail, ctx: &Ctx<'_>) -> Vec<String> {
    let one = |flag: &crate::protocol::page::FlagRow| {
        let level = words::level(ctx.lang, flag.level);
        let measure = flag.measure.as_deref().unwrap_or_default();
        format!("{level} {} {measure}", flag.signal).trim_end().to_owned()
    };
    detail.flags.iter().map(one).collect()
}

fn todos(detail: &PacketDetail, ctx: &Ctx<'_>) -> Vec<String> {
    let one = |row: &crate::protocol::page::TodoRow| {
        let text = match (ctx.lang, &row.text_en) {
            (Lang::En, Some(text)) => text,
            _ => &row.text,
        };
        format!("{} {text}", format::near_day(row.due_on, ctx.today))
    };
    detail.todos.iter().map(one).collect()
}

fn contacts(detail: &PacketDetail, ctx: &Ctx<'_>) -> Vec<String> {
    let one = |(name, role, phone): &(String, Option<String>, Option<String>)| {
        let role = role.as_deref().map_or("", |role| words::contact_role(ctx.lang, role));
        format!("{role} {name} {}", phone.as_deref().unwrap_or_default()).trim().to_owned()
    };
    detail.contacts.iter().map(one).collect()
}

fn last(detail: &PacketDetail, ctx: &Ctx<'_>) -> Vec<String> {
    let one = |visit: &crate::protocol::page::VisitRow| {
        let said = visit.conclusion.as_deref().unwrap_or_default();
        format!(
            "{} {} {said}",
            format::full_day(visit.visited_on),
            words::visit_class(ctx.lang, visit.class)
        )
    };
    detail.last.iter().map(one).collect()
}

fn next(detail: &PacketDetail, ctx: &Ctx<'_>) -> Vec<String> {
    let one = |row: &crate::protocol::page::AgendaRow| {
        let codes: Vec<&str> =
            row.codes.iter().map(|code| words::duty_short(ctx.lang, *code)).collect();
        format!("{} {}", format::near_day(row.due, ctx.today), codes.join(" "))
    };
    detail.due.iter().take(3).map(one).collect()
}

/// What is being entered.
fn typed(entry: &Entry, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
    let text = &ctx.text.orders;
    let (asked, input): (&str, Option<&Input>) = match entry {
        Entry::Sign { .. } => (text.sign_sure, None),
        Entry::Oddity { text: input, .. } => (text.oddity_entry, Some(input)),
        Entry::Withdraw { reason: input, .. } => (text.withdraw_reason, Some(input)),
    };
    let style: Style = ctx.theme.style(Meaning::Accent);
    let room = usize::from(area.width).saturating_sub(1);
    let mut at = 0;
    for line in width::wrap(asked, room) {
        put(frame, area, at, Line::styled(format!(" {line}"), style));
        at += 1;
    }
    if let Some(input) = input
        && at < area.height
    {
        let line =
            Rect { x: area.x + 1, y: area.y + at, width: area.width.saturating_sub(2), height: 1 };
        input.render(frame, line, true, ctx);
    }
}
