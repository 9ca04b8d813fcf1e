//! 访前提要: what to know before going there. The content is that of the screen of the preparation,
//! in the same order.

use super::model::{Block, Said, Table};
use super::show::{money, pick, signed_percent};
use super::{Desk, Fault};
use crate::assets::{checklists, preparation};
use crate::form::preparation::Channel;
use crate::i18n::{Catalog, words};
use crate::protocol::page::{BriefPage, Found, Since};

/// The content of a brief.
pub(super) fn blocks(desk: Desk<'_>, page: &BriefPage) -> Result<Vec<Block>, Fault> {
    let (t, c) = (desk.t, desk.c);
    let texts = &Catalog::of(desk.lang).prepare;
    let focus = page.focus.as_ref().map_or(crate::domain::visit::Focus::RiskControl, |f| f.0);
    let say = c.say_about(texts.focus_name(focus), texts.channel(Channel::Onsite));
    let chapters: [(&str, Vec<Block>); 12] = [
        (t.why_now, why(desk, page)),
        (c.since, since(desk, page)),
        (t.open_flags, vec![desk.flags(page.flags.iter(), t.no_flags)]),
        (t.who_to_meet, desk.meetings(page)),
        (t.to_collect, vec![to_collect(desk, page)?]),
        (t.promises_and_conditions, promises(desk, page)),
        (c.found, found(desk, page.found.as_ref())?),
        (t.figures, figures(desk, page)),
        (c.look_ups, vec![desk.look_ups(&page.lookups, &|_| None)]),
        (c.outline, vec![outline(desk, page)?]),
        (t.near_by, vec![near(desk, page)]),
        (&say, desk.script(page)),
    ];
    let mut blocks = Vec::new();
    for (number, (title, content)) in (1_usize..).zip(chapters) {
        blocks.push(desk.heading(number, title));
        blocks.extend(content);
    }
    Ok(blocks)
}

/// Conditions, covenants, the strategy with its plan once there is one, the next instalments.
fn promises(desk: Desk<'_>, page: &BriefPage) -> Vec<Block> {
    let t = desk.t;
    let mut blocks = vec![desk.conditions(), desk.covenants()];
    if desk.base.dossier.strategy.is_some() {
        blocks.push(Block::Heading(2, t.strategy_decided.to_owned()));
        blocks.extend(desk.strategy());
    }
    blocks.push(Block::Heading(2, t.next_instalments.to_owned()));
    blocks.push(desk.instalments(page.instalments.len()));
    blocks
}

/// The duties with their rules, and on what to look first.
fn why(desk: Desk<'_>, page: &BriefPage) -> Vec<Block> {
    let texts = &Catalog::of(desk.lang).prepare;
    let mut pairs = vec![(texts.for_visit.to_owned(), Said::from(page.day.to_string()))];
    if let Some((focus, id)) = &page.focus {
        let mut said = texts.focus_name(*focus).to_owned();
        let pack = preparation::shared().ok();
        if let Some(rule) = pack.as_ref().and_then(|pack| pack.focus_rule(id)) {
            let mark =
                if rule.verified { String::new() } else { desk.t.bracketed(desk.t.unverified) };
            said = format!("{said}  {}{mark}", pick(&rule.reason, desk.lang));
        }
        pairs.push((texts.focus.to_owned(), Said::strong(said)));
    }
    vec![Block::Pairs(pairs), desk.duties(&page.duties)]
}

/// How things stood at the last visit and how they stand now, then what came or went.
fn since(desk: Desk<'_>, page: &BriefPage) -> Vec<Block> {
    let (t, c, texts) = (desk.t, desk.c, &Catalog::of(desk.lang).prepare);
    let Some(since) = &page.since else {
        return vec![Block::Text(Said::missing(texts.first_visit))];
    };
    let then = format!("{}{}", c.then, t.bracketed(&since.day.to_string()));
    let mut table = Table::new(&[c.figure, &then, c.since_then]);
    let kept = |text: Option<String>| text.map_or(Said::missing(texts.not_kept), Said::from);
    let now = &page.dossier;
    let rows = [
        (
            texts.tier,
            since.tier.map(|tier| t.tier_in_full(tier).to_owned()),
            Said::from(t.tier_in_full(now.tier)),
        ),
        (
            texts.exposure,
            since.exposure.map(|fen| money(desk.lang, fen)),
            now.exposure.map_or(Said::missing(t.balance_missing), |f| money(desk.lang, f).into()),
        ),
        (
            texts.past_due,
            since.days_past_due.map(|days| days.to_string()),
            Said::from(now.days_past_due.to_string()),
        ),
    ];
    for (label, then, now) in rows {
        let differs = then.as_ref().is_some_and(|then| *then != now.text);
        let now = if differs { Said::strong(now.text) } else { now };
        table.row(vec![label.into(), kept(then), now]);
    }
    vec![Block::Table(table), events(desk, since)]
}

fn events(desk: Desk<'_>, since: &Since) -> Block {
    let texts = &Catalog::of(desk.lang).prepare;
    let mut points: Vec<Said> = Vec::new();
    let mut point = |label: &str, day: &str, what: &str| {
        points.push(format!("{label}  {day}  {what}").trim_end().into());
    };
    for (signal, day) in &since.flags_raised {
        point(texts.flags_raised, &day.to_string(), &desk.signal(signal));
    }
    for (signal, day) in &since.flags_closed {
        point(texts.flags_closed, &day.to_string(), &desk.signal(signal));
    }
    let sum = |loan: &str, fen| format!("{loan}  {}", money(desk.lang, fen));
    for (loan, day, fen) in &since.loans_new {
        point(texts.loans_new, &day.to_string(), &sum(loan, *fen));
    }
    for (loan, day, fen) in &since.loans_settled {
        point(texts.loans_settled, &day.to_string(), &sum(loan, *fen));
    }
    for day in &since.statements {
        point(texts.statements_new, &day.to_string(), "");
    }
    if points.is_empty() {
        Block::Text(Said::missing(desk.c.no_event))
    } else {
        Block::List(points)
    }
}

/// What the last visit found, and where it differed from the one before.
fn found(desk: Desk<'_>, found: Option<&Found>) -> Result<Vec<Block>, Fault> {
    let t = desk.t;
    let Some(found) = found else { return Ok(vec![Block::Text(Said::missing(t.no_record))]) };
    let mut blocks = vec![Block::Pairs(vec![
        (t.visit_day.to_owned(), found.day.to_string().into()),
        (t.inspector.to_owned(), found.by.as_str().into()),
        (t.conclusion.to_owned(), desk.or_missing(found.conclusion.as_deref())),
        (desk.item_title("problems"), desk.or_missing(found.problems.as_deref())),
        (desk.item_title("strengths"), desk.or_missing(found.strengths.as_deref())),
    ])];
    let Some(before) = found.before else {
        blocks.push(Block::Text(Said::missing(t.nothing_to_compare)));
        return Ok(blocks);
    };
    let (now, before) = (found.day.to_string(), before.to_string());
    let mut table = Table::new(&[t.item, &now, &before, t.note]);
    let library = library()?;
    for change in &found.changes {
        let Some(item) = library.item(&change.item) else { continue };
        let percent = change.percent.filter(|p| p.0 != 0).map(signed_percent);
        let remarks: Vec<String> = percent
            .into_iter()
            .chain(Some(change.note.clone()).filter(|n| !n.is_empty()))
            .collect();
        table.row(vec![
            pick(&item.title, desk.lang).into(),
            desk.value(item, &change.now).into(),
            desk.value(item, &change.then).into(),
            desk.join(&remarks).into(),
        ]);
    }
    blocks.push(table.or(t.no_change));
    Ok(blocks)
}

fn library() -> Result<std::sync::Arc<crate::form::Library>, Fault> {
    checklists::shared().map_err(|fault| Fault::Pack(fault.to_string()))
}

/// Documents and photos with the days that they have to cover, as the pack works them out.
fn to_collect(desk: Desk<'_>, page: &BriefPage) -> Result<Block, Fault> {
    let (t, c, texts) = (desk.t, desk.c, &Catalog::of(desk.lang).prepare);
    let mut table = Table::new(&[t.document, t.covers, c.required, t.last_time]);
    let library = library()?;
    for paper in &page.papers {
        let item = library.item(&paper.item);
        let covers = match paper.window {
            Some((from, to)) => texts.window(&from.to_string(), &to.to_string()).into(),
            None if paper.photo => Said::from(t.on_the_spot),
            None => Said::default(),
        };
        let last = match (&paper.last, item) {
            (Some((value, day)), Some(item)) => {
                Said::from(format!("{day}  {}", desk.value(item, value)))
            }
            _ => Said::missing(t.none_before),
        };
        let hard = if paper.hard { Said::strong(t.yes) } else { Said::default() };
        let title = item.map_or(&*paper.item, |item| pick(&item.title, desk.lang));
        table.row(vec![title.into(), covers, hard, last]);
    }
    Ok(table.or(t.no_documents))
}

/// Who the borrower is, the loans, the last figures beside earlier ones.
fn figures(desk: Desk<'_>, page: &BriefPage) -> Vec<Block> {
    let mut blocks = vec![desk.borrower(), desk.loans(false)];
    blocks.extend(desk.four_columns(desk.base.as_of, page.since.as_ref().map(|since| since.day)));
    blocks
}

/// Sections of the form with the number of their questions.
fn outline(desk: Desk<'_>, page: &BriefPage) -> Result<Block, Fault> {
    let texts = &Catalog::of(desk.lang).prepare;
    let library = library()?;
    let parts = page.outline.iter().map(|(id, count)| {
        let section = library.sections().iter().find(|section| section.id == *id);
        let title = section.map_or(id.as_str(), |section| pick(&section.title, desk.lang));
        format!("{title} {count}")
    });
    let parts: Vec<String> = parts.collect();
    let all: u32 = page.outline.iter().map(|(_, count)| count).sum();
    Ok(Block::Pairs(vec![(texts.questions(all), desk.join(&parts).into())]))
}

/// Who else is due near by.
fn near(desk: Desk<'_>, page: &BriefPage) -> Block {
    let (t, texts) = (desk.t, &Catalog::of(desk.lang).prepare);
    let mut table = Table::new(&[t.customer, t.customer_id, t.due_on, desk.c.circle, t.duty]);
    for row in &page.neighbours {
        let codes: Vec<&str> = row.codes.iter().map(|c| words::duty(desk.lang, *c)).collect();
        let place = if row.circle { texts.same_circle } else { texts.same_district };
        let due = row.due.to_string();
        table.row(vec![
            row.name.as_str().into(),
            row.customer.as_str().into(),
            if row.due < desk.base.as_of { Said::strong(due) } else { due.into() },
            place.into(),
            desk.join(&codes).into(),
        ]);
    }
    table.or(texts.nobody_near)
}
