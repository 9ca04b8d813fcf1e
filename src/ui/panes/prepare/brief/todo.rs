//! What to do: whom to meet, what to collect, what to ask, who else is near.

use ratatui::text::{Line, Span};

use super::known::paper_name;
use crate::assets;
use crate::domain::answer::{DocumentState, Value};
use crate::i18n::{format, words};
use crate::protocol::page::BriefPage;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::value::pick;
use crate::ui::widgets::facts::{fact, fact_styled, flow, muted};

/// Who is chosen, then whom the policy wants met and who of them is missing.
pub(super) fn people(page: &BriefPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.prepare;
    let mut lines = Vec::new();
    for person in page.people.iter().filter(|person| person.chosen) {
        let role = words::contact_role(ctx.lang, person.role.as_deref().unwrap_or("other"));
        let phone = person.phone.as_deref().unwrap_or("-");
        let value = format!("{}  {role}  {phone}", person.name);
        lines.extend(fact_styled(text.chosen, &value, ctx.theme.style(Meaning::Good), width, ctx));
    }
    if lines.is_empty() {
        lines.push(Line::styled(text.nobody, ctx.theme.style(Meaning::Yellow)));
    }
    let pack = assets::preparation::shared().ok();
    for must in page.must_meet.iter().filter(|must| !must.chosen) {
        let mut value = text.one_of(&must.roles);
        let rule = pack.as_ref().and_then(|p| p.meetings.iter().find(|one| one.id == must.rule));
        if !must.on_file {
            value = format!("{value}{}{}", ctx.lang.colon(), text.nobody_on_file);
        }
        if let Some(rule) = rule {
            value = format!("{value}  {}", pick(&rule.reason, ctx.lang));
        }
        let meaning = if must.on_file { Meaning::Text } else { Meaning::Yellow };
        lines.extend(fact_styled(text.must, &value, ctx.theme.style(meaning), width, ctx));
    }
    let others = page.people.iter().filter(|person| !person.chosen);
    let others: Vec<_> = others
        .map(|person| {
            let role = words::contact_role(ctx.lang, person.role.as_deref().unwrap_or("other"));
            (format!("{} {role}", person.name), ctx.theme.style(Meaning::Muted))
        })
        .collect();
    lines.extend(flow(&others, width));
    lines
}

/// One line a paper, with the days of which it is asked for.
pub(super) fn papers(page: &BriefPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.prepare;
    if page.papers.is_empty() {
        return vec![muted(text.nothing, ctx)];
    }
    let lines = page.papers.iter().map(|paper| {
        let window = paper.window.map(|(from, to)| text.window(&from.to_string(), &to.to_string()));
        let mut tail = window.unwrap_or_default();
        let last = paper.last.as_ref().map(|(value, _)| value);
        if let Some(Value::Document { state, .. }) = last {
            let said = match state {
                DocumentState::Refused => text.last_refused,
                DocumentState::Promised => text.last_promised,
                _ => "",
            };
            tail = format!("{tail}  {said}");
        }
        if paper.hard {
            tail = format!("{tail}  {}", text.required);
        }
        let name = paper_name(&paper.item, ctx);
        let room = width.saturating_sub(crate::ui::width::cells(&tail) + 4);
        Line::from(vec![
            Span::styled(
                format!("{} ", ctx.theme.glyphs.open_box),
                ctx.theme.style(Meaning::Muted),
            ),
            Span::raw(ctx.theme.cut(&name, room)),
            Span::styled(format!("  {}", tail.trim()), ctx.theme.style(Meaning::Muted)),
        ])
    });
    lines.collect()
}

/// The sections of the form with the number of their questions.
pub(super) fn outline(page: &BriefPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let library = assets::checklists::shared().ok();
    let title = |id: &str| {
        let sections = library.as_ref().map(|library| library.sections()).unwrap_or_default();
        let found = sections.iter().find(|section| section.id == *id);
        found.map_or_else(|| id.to_owned(), |section| pick(&section.title, ctx.lang).to_owned())
    };
    let parts: Vec<_> = page
        .outline
        .iter()
        .map(|(id, count)| {
            let part = format!("{} {count}", title(id));
            (part, ctx.theme.style(Meaning::Text))
        })
        .collect();
    let all: u32 = page.outline.iter().map(|(_, count)| count).sum();
    let mut lines = vec![muted(&ctx.text.prepare.questions(all), ctx)];
    lines.extend(flow(&parts, width));
    lines
}

/// Who else is due near by.
pub(super) fn near(page: &BriefPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.prepare;
    if page.neighbours.is_empty() {
        return vec![muted(text.nobody_near, ctx)];
    }
    let lines = page.neighbours.iter().flat_map(|row| {
        let codes: Vec<&str> = row.codes.iter().map(|c| words::duty_short(ctx.lang, *c)).collect();
        let place = if row.circle { text.same_circle } else { text.same_district };
        let day = format::near_day(row.due, ctx.today);
        let value = format!("{}  {place}  {}", row.name, codes.join(" "));
        if row.due < ctx.today {
            fact_styled(&day, &value, ctx.theme.style(Meaning::Overdue), width, ctx)
        } else {
            fact(&day, &value, width, ctx)
        }
    });
    lines.collect()
}
