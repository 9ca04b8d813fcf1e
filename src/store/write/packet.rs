//! Customers that change hands (移交): a packet is put together, what no table says is noted, giver,
//! receiver and witness sign the same content in their own sessions. With the third signature the
//! customers are the receiver's, with their flags and 待办, and the first visits to them are due.

use rusqlite::{OptionalExtension, named_params, params};

use super::canon::{Object, listed};
use super::whom::whom;
use super::{Ctx, Done, Written, conflict, flag, needed, notice, words};
use crate::access::Action;
use crate::domain::ids::{CustomerId, PacketId, UserId};
use crate::domain::order::{PacketState, Party};
use crate::domain::user::Role;
use crate::protocol::command::{NewPacket, Revision};
use crate::protocol::reply::Refusal;
use crate::store::packet::{content_hash, giver_left, signed};
use crate::store::read::person::role_of;
use crate::store::read::scope::Sight;
use crate::store::row::free_id;
use crate::store::row::{code, day};
use crate::store::search;

/// Giver, receiver and witness.
const ALL_HANDS: i64 = 3;

/// A packet as writes see it.
struct Packet {
    id: PacketId,
    giver: UserId,
    receiver: UserId,
    witness: UserId,
    on: chrono::NaiveDate,
    state: PacketState,
    started_by: UserId,
    revision: Revision,
}

impl Packet {
    fn party(&self, user: &UserId) -> Option<Party> {
        match user {
            user if *user == self.giver => Some(Party::Giver),
            user if *user == self.receiver => Some(Party::Receiver),
            user if *user == self.witness => Some(Party::Witness),
            _ => None,
        }
    }

    fn require_open(&self) -> Result<(), Refusal> {
        if self.state == PacketState::Open {
            return Ok(());
        }
        Err(Refusal::WrongState { state: format!("packet_{}", self.state.as_code()) })
    }
}

/// A packet, if the actor has a part in it or looks after its people.
fn load(ctx: &Ctx<'_>, packet: &PacketId) -> Result<Packet, Refusal> {
    let sight = Sight::of(ctx.actor);
    let sql = format!(
        "SELECT packet, giver, receiver, witness, effective_on, state, started_by, revision
        FROM packets WHERE packet = :packet
            AND (:me IN (giver, receiver, witness, started_by) OR {})",
        sight.sieve("giver")
    );
    let found = ctx
        .tx
        .prepare_cached(&sql)?
        .query_row(
            named_params! {
                ":packet": packet.as_str(), ":me": ctx.actor.user.as_str(), ":scope": sight.value(),
            },
            |row| {
                Ok(Packet {
                    id: PacketId(row.get(0)?),
                    giver: UserId(row.get(1)?),
                    receiver: UserId(row.get(2)?),
                    witness: UserId(row.get(3)?),
                    on: day(row, 4)?,
                    state: code(row, 5, PacketState::from_code)?,
                    started_by: UserId(row.get(6)?),
                    revision: row.get(7)?,
                })
            },
        )
        .optional()?;
    found.ok_or(Refusal::NotFound)
}

/// Refuses a packet that is none of the actor's business.
pub(super) fn require_sight(ctx: &Ctx<'_>, packet: &PacketId) -> Result<(), Refusal> {
    load(ctx, packet).map(|_| ())
}

fn customers_of(ctx: &Ctx<'_>, packet: &PacketId) -> Result<Vec<CustomerId>, Refusal> {
    const SQL: &str =
        "SELECT customer_id FROM packet_customers WHERE packet = ?1 ORDER BY customer_id";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let rows = statement.query_map([packet.as_str()], |row| row.get(0).map(CustomerId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Puts a packet together. A supervisor does it for others, an officer for what she gives away.
pub(super) fn start(ctx: &Ctx<'_>, new: &NewPacket) -> Result<Done, Refusal> {
    const HEAD: &str = "
        INSERT INTO packets (packet, giver, receiver, witness, effective_on, reason, started_by, started_at)
        VALUES (:packet, :giver, :receiver, :witness, :on, :reason, :me, :at)";
    const ROW: &str = "INSERT INTO packet_customers (packet, customer_id) VALUES (?1, ?2)";
    if new.giver == ctx.actor.user {
        ctx.require(Action::Visit)?;
    } else {
        ctx.require(Action::Order)?;
    }
    check_people(ctx, new)?;
    if new.on < ctx.today {
        return Err(Refusal::Invalid { field: "on", why: "past" });
    }
    let reason = needed(&new.reason, "reason")?;
    let customers = whom(ctx, &new.whom)?;
    for customer in &customers {
        check_customer(ctx, customer, &new.giver)?;
    }
    let base = format!("J-{}-{}", new.giver, ctx.today.format("%Y%m%d"));
    let packet = free_id(ctx.tx, "SELECT 1 FROM packets WHERE packet = ?1", &base)?;
    ctx.tx.prepare_cached(HEAD)?.execute(named_params! {
        ":packet": packet, ":giver": new.giver.as_str(), ":receiver": new.receiver.as_str(),
        ":witness": new.witness.as_str(), ":on": new.on.to_string(), ":reason": reason,
        ":me": ctx.actor.user.as_str(), ":at": ctx.at(),
    })?;
    for customer in &customers {
        ctx.tx.prepare_cached(ROW)?.execute([packet.as_str(), customer.as_str()])?;
    }
    let people = [&new.giver, &new.receiver, &new.witness];
    notice::of_packet(ctx, "handover_open", &packet, &people)?;
    let after = Object::new()
        .text("from", new.giver.as_str())
        .text("to", new.receiver.as_str())
        .text("witness", new.witness.as_str())
        .text("on", &new.on.to_string())
        .text("reason", &reason)
        .text("customers", &listed(customers.iter().map(CustomerId::as_str)))
        .done();
    Ok(Written::plain(&packet, None, Some(after)).into())
}

/// Three different people who are there; whoever receives goes to customers.
fn check_people(ctx: &Ctx<'_>, new: &NewPacket) -> Result<(), Refusal> {
    for (user, field) in [(&new.receiver, "receiver"), (&new.witness, "witness")] {
        ctx.require_staff(user, field)?;
        if *user == new.giver || field == "witness" && new.witness == new.receiver {
            return Err(Refusal::Invalid { field, why: "same_person" });
        }
        let fits = match role_of(ctx.tx, user)? {
            Some(Role::Officer | Role::Supervisor) => true,
            Some(Role::Risk | Role::Compliance) => field == "witness",
            Some(Role::Auditor | Role::Admin) | None => false,
        };
        if !fits {
            return Err(Refusal::Invalid { field, why: "other_role" });
        }
    }
    Ok(())
}

/// One of the giver's own that is in no other open packet.
fn check_customer(ctx: &Ctx<'_>, customer: &CustomerId, giver: &UserId) -> Result<(), Refusal> {
    const OWN: &str = "SELECT 1 FROM customers WHERE customer_id = ?1 AND officer = ?2";
    const TWICE: &str = "
        SELECT 1 FROM packet_customers c JOIN packets p USING (packet)
        WHERE c.customer_id = ?1 AND p.state = 'open'";
    if !ctx.tx.prepare_cached(OWN)?.exists([customer.as_str(), giver.as_str()])? {
        return Err(Refusal::Invalid { field: "customers", why: "not_the_givers" });
    }
    if ctx.tx.prepare_cached(TWICE)?.exists([customer.as_str()])? {
        return Err(Refusal::Invalid { field: "customers", why: "in_packet" });
    }
    Ok(())
}

/// Notes what no table says. The content is another one then: signatures of the old one count no
/// more, and those who gave one learn of it.
pub(super) fn note_oddity(
    ctx: &Ctx<'_>,
    packet: &PacketId,
    customer: &CustomerId,
    text: &str,
    seen: Revision,
) -> Result<Done, Refusal> {
    const FOUND: &str = "
        SELECT oddity, revision, coalesce(written_by, '') FROM packet_customers
        WHERE packet = ?1 AND customer_id = ?2";
    const SQL: &str = "
        UPDATE packet_customers SET oddity = :text, written_by = :me, written_at = :at,
            revision = revision + 1 WHERE packet = :packet AND customer_id = :customer";
    let found = load(ctx, packet)?;
    found.require_open()?;
    let me = &ctx.actor.user;
    if *me != found.giver && *me != found.started_by {
        return Err(Refusal::NotAllowed);
    }
    let text = words(text, "text")?;
    let (before, revision, by): (String, Revision, String) = ctx
        .tx
        .prepare_cached(FOUND)?
        .query_row([packet.as_str(), customer.as_str()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?
        .ok_or(Refusal::NotFound)?;
    if revision != seen {
        return Err(conflict(revision, "text", &text, &before, &by));
    }
    let old = content_hash(ctx.tx, packet)?;
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":text": text, ":me": me.as_str(), ":at": ctx.at(), ":packet": packet.as_str(),
        ":customer": customer.as_str(),
    })?;
    notice::packet_changed(ctx, packet.as_str(), &old, revision)?;
    let named = |text: &str| {
        Object::new().text("customer_id", customer.as_str()).text("oddity", text).done()
    };
    let mut written = Written::plain(packet.as_str(), Some(named(&before)), Some(named(&text)));
    written.about = Some(vec![customer.clone()]);
    Ok(written.into())
}

/// Signs. The last of the three lets the customers change hands.
pub(super) fn sign(ctx: &Ctx<'_>, packet: &PacketId, hash: &str) -> Result<Done, Refusal> {
    const SQL: &str = "
        INSERT INTO packet_signatures (packet, content_hash, part, user, at)
        VALUES (?1, ?2, ?3, ?4, ?5)";
    const MINE: &str = "
        SELECT 1 FROM packet_signatures WHERE packet = ?1 AND content_hash = ?2 AND user = ?3";
    let found = load(ctx, packet)?;
    found.require_open()?;
    let me = ctx.actor.user.as_str();
    let party = match found.party(&ctx.actor.user) {
        Some(party) => party,
        // Who has left signs nothing: a supervisor without another part stands in.
        None if ctx.actor.role == Role::Supervisor && giver_left(ctx.tx, &found.giver)? => {
            Party::Giver
        }
        None => return Err(Refusal::NotAllowed),
    };
    if content_hash(ctx.tx, packet)? != hash {
        return Err(Refusal::Invalid { field: "handover", why: "changed" });
    }
    if ctx.tx.prepare_cached(MINE)?.exists([packet.as_str(), hash, me])? {
        return Err(Refusal::WrongState { state: "packet_signed".to_owned() });
    }
    let last = signed(ctx.tx, packet, hash)? + 1 == ALL_HANDS;
    if last && ctx.today < found.on {
        return Err(Refusal::Invalid { field: "on", why: "not_yet" });
    }
    let part = party.as_code();
    ctx.tx.prepare_cached(SQL)?.execute(params![packet.as_str(), hash, part, me, ctx.at()])?;
    let moved = if last { change_hands(ctx, &found)? } else { Vec::new() };
    let after = Object::new()
        .text("part", part)
        .text("content_hash", hash)
        .text("state", if last { "done" } else { "open" })
        .text("customers", &listed(moved.iter().map(CustomerId::as_str)))
        .done();
    Ok(Written::plain(packet.as_str(), None, Some(after)).into())
}

/// The customers are the receiver's from now on, with whatever the giver had in hand for them.
fn change_hands(ctx: &Ctx<'_>, packet: &Packet) -> Result<Vec<CustomerId>, Refusal> {
    const DONE: &str = "
        UPDATE packets SET state = 'done', ended_by = ?2, ended_at = ?3, revision = revision + 1
        WHERE packet = ?1";
    const LINE: &str = "
        INSERT INTO handovers (handover_id, customer_id, \"from\", \"to\", \"on\", witness, origin)
        VALUES (:id, :customer, :giver, :receiver, :on, :witness, 'here')";
    const OFFICER: &str = "
        UPDATE customers SET officer = ?3, revision = revision + 1
        WHERE customer_id = ?1 AND officer = ?2";
    const PROMISES: &str = "
        UPDATE todos SET owner = ?3, revision = revision + 1
        WHERE customer_id = ?1 AND owner = ?2 AND state = 'open'";
    ctx.require_staff(&packet.receiver, "receiver")?;
    let customers = customers_of(ctx, &packet.id)?;
    keep_as_given(ctx, &packet.id)?;
    let (giver, receiver) = (packet.giver.as_str(), packet.receiver.as_str());
    for (customer, n) in customers.iter().zip(1_u32..) {
        let hands = [customer.as_str(), giver, receiver];
        if ctx.tx.prepare_cached(OFFICER)?.execute(hands)? == 0 {
            return Err(Refusal::Invalid { field: "customers", why: "not_the_givers" });
        }
        let base = format!("{}-{n:03}", packet.id);
        let line = free_id(ctx.tx, "SELECT 1 FROM handovers WHERE handover_id = ?1", &base)?;
        ctx.tx.prepare_cached(LINE)?.execute(named_params! {
            ":id": line, ":customer": customer.as_str(), ":giver": giver, ":receiver": receiver,
            ":on": ctx.today.to_string(), ":witness": packet.witness.as_str(),
        })?;
        ctx.tx.prepare_cached(PROMISES)?.execute(hands)?;
        move_flags(ctx, customer, giver, receiver, packet.id.as_str())?;
        search::index_customer(ctx.tx, customer)?;
        ctx.replan(customer)?;
    }
    let me = ctx.actor.user.as_str();
    ctx.tx.prepare_cached(DONE)?.execute([packet.id.as_str(), me, &ctx.at()])?;
    let people = [&packet.giver, &packet.receiver, &packet.witness, &packet.started_by];
    notice::of_packet(ctx, "handover_done", packet.id.as_str(), &people)?;
    Ok(customers)
}

/// What the receiver is told of each customer is kept as it stands, before anything moves.
fn keep_as_given(ctx: &Ctx<'_>, packet: &PacketId) -> Result<(), Refusal> {
    const FIGURES: &str = "
        INSERT INTO packet_given
            (packet, customer_id, tier, exposure, yellow, orange, red, todos, last_visit, next_due)
        SELECT m.packet, m.customer_id, coalesce(x.tier, 'normal'), x.exposure,
            coalesce(x.yellow, 0), coalesce(x.orange, 0), coalesce(x.red, 0),
            (SELECT count(*) FROM todos t
                WHERE t.customer_id = m.customer_id AND t.state = 'open'),
            x.last_visit, x.next_due
        FROM packet_customers m LEFT JOIN customer_facts x ON x.customer_id = m.customer_id
        WHERE m.packet = ?1";
    const FLAGS: &str = "
        INSERT INTO packet_open
            (packet, customer_id, kind, ref, state, level, measure, due_on, owner)
        SELECT m.packet, m.customer_id, 'flag', f.flag_id, f.state, f.level, f.measure, f.due_on,
            f.owner
        FROM packet_customers m JOIN flags f ON f.customer_id = m.customer_id
        WHERE m.packet = ?1 AND f.state IN ('proposed', 'confirmed')";
    const PROMISED: &str = "
        INSERT INTO packet_open (packet, customer_id, kind, ref, state, due_on, owner)
        SELECT m.packet, m.customer_id, 'todo', t.todo_id, t.state, t.due_on, t.owner
        FROM packet_customers m JOIN todos t ON t.customer_id = m.customer_id
        WHERE m.packet = ?1 AND t.state = 'open'";
    for sql in [FIGURES, FLAGS, PROMISED] {
        ctx.tx.prepare_cached(sql)?.execute([packet.as_str()])?;
    }
    Ok(())
}

/// Live flags that the giver has to act on become the receiver's; their history says so.
fn move_flags(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    giver: &str,
    receiver: &str,
    packet: &str,
) -> Result<(), Refusal> {
    const FOUND: &str = "
        SELECT flag_id FROM flags
        WHERE customer_id = ?1 AND owner = ?2 AND state IN ('proposed', 'confirmed')";
    const SQL: &str = "UPDATE flags SET owner = ?2, revision = revision + 1 WHERE flag_id = ?1";
    let flags: Vec<String> = {
        let mut statement = ctx.tx.prepare_cached(FOUND)?;
        let rows = statement.query_map([customer.as_str(), giver], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    for id in flags {
        flag::take_over(ctx, &id)?;
        ctx.tx.prepare_cached(SQL)?.execute([id.as_str(), receiver])?;
        flag::history(ctx, &id, "handed_over", packet)?;
    }
    Ok(())
}

/// Takes a packet back before everybody has signed; it stays on file with the reason.
pub(super) fn withdraw(
    ctx: &Ctx<'_>,
    packet: &PacketId,
    seen: Revision,
    reason: &str,
) -> Result<Done, Refusal> {
    const SQL: &str = "
        UPDATE packets SET state = 'withdrawn', ended_by = ?2, ended_at = ?3, end_reason = ?4,
            revision = revision + 1 WHERE packet = ?1";
    let found = load(ctx, packet)?;
    let me = &ctx.actor.user;
    if *me != found.giver && *me != found.started_by && !ctx.actor.may(Action::Order) {
        return Err(Refusal::NotAllowed);
    }
    found.require_open()?;
    if found.revision != seen {
        return Err(conflict(found.revision, "state", "withdrawn", found.state.as_code(), ""));
    }
    let reason = needed(reason, "reason")?;
    ctx.tx.prepare_cached(SQL)?.execute([packet.as_str(), me.as_str(), &ctx.at(), &reason])?;
    let people = [&found.giver, &found.receiver, &found.witness, &found.started_by];
    notice::of_packet(ctx, "handover_withdrawn", packet.as_str(), &people)?;
    let after = Object::new().text("state", "withdrawn").text("reason", &reason).done();
    Ok(Written::plain(packet.as_str(), None, Some(after)).into())
}

#[cfg(test)]
mod tests;
