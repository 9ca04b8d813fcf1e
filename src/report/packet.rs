//! 移交清单: customers that change hands, each with what the receiver must know, and the places to
//! sign by hand where a bank wants that beside the signatures in the system.

use super::Desk;
use super::model::{Block, Said, Signature, Table};
use crate::domain::flag::FlagState;
use crate::domain::todo::TodoState;
use crate::i18n::{Catalog, words};
use crate::protocol::page::{PacketReport, Partner};

/// The content of a packet.
pub(super) fn blocks(desk: Desk<'_>, report: &PacketReport) -> Vec<Block> {
    let (t, o) = (desk.t, &Catalog::of(desk.lang).orders);
    let head = &report.head;
    let mut pairs: Vec<(String, Said)> = head
        .partners
        .iter()
        .map(|partner| (o.party(partner.party).to_owned(), signed(desk, partner)))
        .collect();
    pairs.push((o.on.to_owned(), head.on.to_string().into()));
    pairs.push((t.state.to_owned(), o.state(head.state).into()));
    pairs.push((o.reason.to_owned(), head.reason.as_str().into()));
    let mut blocks = vec![desk.heading(1, o.packets_title), Block::Pairs(pairs)];
    blocks.push(desk.heading(2, o.whom));
    blocks.push(summary(desk, report));
    for (number, (base, oddity)) in (3_usize..).zip(&report.customers) {
        let one = Desk { base, ..desk };
        let dossier = &base.dossier;
        blocks.push(one.heading(number, &format!("{}  {}", dossier.name, dossier.customer)));
        blocks.push(Block::Pairs(vec![
            (o.oddity.to_owned(), one.or_missing(Some(oddity))),
            (t.unit(t.exposure), one.figure(dossier.exposure)),
            (t.tier.to_owned(), words::tier(desk.lang, dossier.tier).into()),
            (o.last.to_owned(), last(one)),
            (o.next.to_owned(), next(one)),
        ]));
        blocks.push(one.contacts());
        let live = base.flags.iter();
        let live =
            live.filter(|flag| matches!(flag.state, FlagState::Proposed | FlagState::Confirmed));
        blocks.push(one.flags(live, t.no_flags));
        blocks.push(todos(one));
        blocks.push(one.conditions());
    }
    let signatures = head.partners.iter().map(|partner| Signature {
        role: o.party(partner.party).to_owned(),
        name: partner.signer(),
    });
    blocks.push(Block::Signatures(signatures.collect()));
    blocks
}

/// `张伟 zhangwei  已签 11-23 09:12`.
fn signed(desk: Desk<'_>, partner: &Partner) -> Said {
    let o = &Catalog::of(desk.lang).orders;
    match &partner.signed_at {
        Some(at) => format!("{} {}  {} {at}", partner.signer(), partner.user, o.signed).into(),
        None => Said::missing(format!("{} {}  {}", partner.name, partner.user, o.unsigned)),
    }
}

fn summary(desk: Desk<'_>, report: &PacketReport) -> Block {
    let (t, o) = (desk.t, &Catalog::of(desk.lang).orders);
    let exposure = format!(">{}", t.unit(t.exposure));
    let mut table = Table::new(&[t.customer_id, t.customer, &exposure, t.tier, o.flags, o.next]);
    for (base, _) in &report.customers {
        let dossier = &base.dossier;
        let open: u32 = dossier.flags.iter().sum();
        let next = dossier.due.first().map(|row| row.due);
        table.row(vec![
            dossier.customer.as_str().into(),
            dossier.name.as_str().into(),
            desk.figure(dossier.exposure),
            words::tier(desk.lang, dossier.tier).into(),
            open.to_string().into(),
            desk.day(next),
        ]);
    }
    table.or(t.none)
}

fn last(desk: Desk<'_>) -> Said {
    let done = desk.base.dossier.visits.iter().find(|visit| visit.state.is_done());
    let Some(visit) = done else { return Said::missing(desk.t.none) };
    let said = visit.conclusion.as_deref().unwrap_or_default();
    let class = words::visit_class(desk.lang, visit.class);
    format!("{} {class} {} {said}", visit.visited_on, visit.officer_name).trim_end().into()
}

fn next(desk: Desk<'_>) -> Said {
    let Some(row) = desk.base.dossier.due.first() else {
        return Said::missing(desk.t.nothing_due);
    };
    let codes: Vec<&str> = row.codes.iter().map(|code| words::duty(desk.lang, *code)).collect();
    format!("{}  {}", row.due, desk.join(&codes)).into()
}

/// What somebody promised and has not kept yet.
fn todos(desk: Desk<'_>) -> Block {
    let (t, o) = (desk.t, &Catalog::of(desk.lang).orders);
    let mut table = Table::new(&[o.todos, t.due_on, t.owner]);
    for row in desk.base.dossier.todos.iter().filter(|row| row.state == TodoState::Open) {
        let text = match (desk.lang, &row.text_en) {
            (crate::i18n::Lang::En, Some(text)) => text,
            _ => &row.text,
        };
        table.row(vec![
            text.as_str().into(),
            row.due_on.to_string().into(),
            row.owner_name.as_str().into(),
        ]);
    }
    let none = format!("{} {}", o.todos, t.none);
    table.or(&none)
}
