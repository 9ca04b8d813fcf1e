//! `huifang handover FROM TO`: puts a packet of customers together that three people then sign.

use super::args::Handover;
use super::session::{Desk, Io, Session};
use crate::domain::ids::{CustomerId, PacketId, UserId};
use crate::fault::Fault;
use crate::i18n::Catalog;
use crate::protocol::command::{Command, NewPacket, OrderCommand, Whom};
use crate::protocol::page::Page;
use crate::protocol::query::{CustomerFilter, Query};
use crate::protocol::reply::Refusal;

/// Starts it as the acting person: a supervisor, or the giver.
pub fn run(args: &Handover, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let mut session = Session::writer(desk)?;
    let giver = UserId::from(args.from.as_str());
    let whom = if args.customer.is_empty() {
        let officer = Some(giver.clone());
        Whom::Filter {
            filter: CustomerFilter { officer, ..CustomerFilter::default() },
            total: None,
        }
    } else {
        Whom::These(args.customer.iter().map(|id| CustomerId::from(id.as_str())).collect())
    };
    let on = args.on.unwrap_or_else(|| session.today());
    let known = packets(&session)?;
    session.apply(&Command::Order(OrderCommand::StartPacket(Box::new(NewPacket {
        giver,
        receiver: UserId::from(args.to.as_str()),
        witness: UserId::from(args.witness.as_str()),
        on,
        whom,
        reason: args.reason.clone(),
    }))))?;
    let packet = packets(&session)?.into_iter().find(|packet| !known.contains(packet));
    let packet = packet.ok_or(Refusal::NotFound)?;
    writeln!(io.out, "{packet}")?;
    if !desk.global.quiet {
        writeln!(io.err, "{}", Catalog::of(desk.lang).cli.handover_started(packet.as_str()))?;
    }
    Ok(())
}

fn packets(session: &Session) -> Result<Vec<PacketId>, Fault> {
    match session.store.query(&session.actor, session.now(), &Query::Packets)? {
        Page::Packets(page) => Ok(page.rows.iter().map(|row| row.packet.clone()).collect()),
        _ => Err(Refusal::NotFound.into()),
    }
}
