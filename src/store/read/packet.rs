//! Packets of customers that change hands. Whoever has a part in an open one sees its customers,
//! though they are not hers: one signs what one has read.

use rusqlite::{OptionalExtension as _, Result, Row, named_params};

use super::Asked;
use crate::access::{Action, Scope};
use crate::domain::flag::FlagState;
use crate::domain::ids::{CustomerId, PacketId, UserId};
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::order::{PacketState, Party};
use crate::domain::user::Role;
use crate::protocol::page::{
    PacketDetail, PacketHead, PacketPage, PacketRow, PacketsPage, Partner, StaffPage,
};
use crate::protocol::query::{FlagScope, Window};
use crate::store::packet::{content_hash, giver_left};
use crate::store::read::scope::{PEOPLE, Sight};
use crate::store::row::{code, count, day, id, maybe_day, shown_to_minute};

/// More than a branch hands over in years.
const MOST: i64 = 200;
/// Flags of one customer that a packet tells.
const FLAGS: u32 = 50;

/// Columns of [`Asked::head`].
const HEAD: &str = "SELECT p.packet, p.giver, p.receiver, p.witness, \
    coalesce(g.name, p.giver), coalesce(r.name, p.receiver), coalesce(w.name, p.witness), \
    p.effective_on, p.reason, p.state, \
    (SELECT count(*) FROM packet_customers c WHERE c.packet = p.packet), \
    coalesce(s.name, p.started_by), p.started_at, p.end_reason, p.started_by, p.revision \
    FROM packets p LEFT JOIN users g ON g.user = p.giver LEFT JOIN users r ON r.user = p.receiver \
    LEFT JOIN users w ON w.user = p.witness LEFT JOIN users s ON s.user = p.started_by";

/// Open 待办 of customer `c`.
const PROMISED: &str =
    "(SELECT count(*) FROM todos t WHERE t.customer_id = c.customer_id AND t.state = 'open')";

/// Who signed the content as it is now.
struct Signature {
    party: Party,
    at: String,
    user: UserId,
    name: String,
}

impl Asked<'_> {
    /// Whether a packet is seen: one has a part in it, or looks after its giver or receiver.
    fn packet_sight(&self) -> String {
        format!(
            "(:me IN (p.giver, p.receiver, p.witness, p.started_by) OR {} OR {})",
            self.sight.sieve("p.giver"),
            self.sight.sieve("p.receiver")
        )
    }

    /// Open packets in which the actor has a part and has not signed what stands in them now.
    pub(super) fn packets_to_sign(&self) -> Result<u32> {
        const OPEN: &str = "SELECT p.packet FROM packets p \
            WHERE p.state = 'open' AND :me IN (p.giver, p.receiver, p.witness)";
        const SIGNED: &str = "SELECT 1 FROM packet_signatures s \
            WHERE s.packet = :packet AND s.user = :me AND s.content_hash = :hash";
        let me = self.actor.user.as_str();
        let open: Vec<PacketId> = self
            .db
            .prepare_cached(OPEN)?
            .query_map(named_params! {":me": me}, |row| id(row, 0))?
            .collect::<Result<_>>()?;
        let mut count = 0;
        for packet in open {
            let hash = content_hash(self.db, &packet)?;
            let signed = named_params! {":packet": packet.as_str(), ":me": me, ":hash": hash};
            count += u32::from(!self.db.prepare_cached(SIGNED)?.exists(signed)?);
        }
        Ok(count)
    }

    pub(super) fn packets(&self) -> Result<PacketsPage> {
        let sql = format!(
            "{HEAD} WHERE {} ORDER BY p.state <> 'open', coalesce(p.ended_at, p.started_at) DESC, \
             p.packet LIMIT :most",
            self.packet_sight()
        );
        let rows = self
            .db
            .prepare_cached(&sql)?
            .query_map(
                named_params! {
                    ":me": self.actor.user.as_str(), ":scope": self.sight.value(), ":most": MOST,
                },
                |row| self.packet_head(row),
            )?
            .collect::<Result<_>>()?;
        Ok(PacketsPage { rows })
    }

    pub(super) fn packet(
        &self,
        packet: &PacketId,
        customer: Option<&CustomerId>,
    ) -> Result<Option<PacketPage>> {
        let sql = format!("{HEAD} WHERE p.packet = :packet AND {}", self.packet_sight());
        let head = self
            .db
            .prepare_cached(&sql)?
            .query_row(
                named_params! {
                    ":packet": packet.as_str(), ":me": self.actor.user.as_str(),
                    ":scope": self.sight.value(),
                },
                |row| self.packet_head(row),
            )
            .optional()?;
        let Some(head) = head else { return Ok(None) };
        let content_hash = content_hash(self.db, packet)?;
        let rows = self.packet_rows(&head)?;
        let detail = match customer.filter(|id| rows.iter().any(|row| row.customer == **id)) {
            Some(customer) => self.packet_detail(packet, customer)?,
            None => None,
        };
        Ok(Some(PacketPage { head, content_hash, rows, detail }))
    }

    /// What it is in sight of whoever may read a packet's customers.
    pub(super) fn beyond_scope(&self) -> Self {
        Asked {
            db: self.db,
            packs: self.packs,
            actor: self.actor,
            sight: Sight::within(Scope::All),
            now: self.now,
            today: self.today,
            clear: self.clear,
        }
    }

    /// All of them while the packet is open; afterwards those that are in scope.
    fn packet_rows(&self, head: &PacketHead) -> Result<Vec<PacketRow>> {
        let open = head.state == PacketState::Open;
        let seen =
            if open { ":scope IS NOT NULL".to_owned() } else { self.sight.sieve("c.officer") };
        let sql = format!(
            "SELECT c.customer_id, c.name, coalesce(x.tier, 'normal'), x.exposure, \
             coalesce(x.yellow, 0), coalesce(x.orange, 0), coalesce(x.red, 0), {PROMISED}, \
             x.last_visit, x.next_due, m.oddity, m.revision, g.packet IS NOT NULL, g.tier, \
             g.exposure, g.yellow, g.orange, g.red, g.todos, g.last_visit, g.next_due \
             FROM packet_customers m CROSS JOIN customers c ON c.customer_id = m.customer_id \
             LEFT JOIN customer_facts x ON x.customer_id = c.customer_id \
             LEFT JOIN packet_given g ON g.packet = m.packet AND g.customer_id = m.customer_id \
             WHERE m.packet = :packet AND {seen} ORDER BY c.customer_id"
        );
        self.db
            .prepare_cached(&sql)?
            .query_map(
                named_params! {":packet": head.packet.as_str(), ":scope": self.sight.value()},
                packet_row,
            )?
            .collect()
    }

    fn packet_detail(
        &self,
        packet: &PacketId,
        customer: &CustomerId,
    ) -> Result<Option<PacketDetail>> {
        let wide = self.beyond_scope();
        let Some(mut dossier) = wide.dossier(customer)? else { return Ok(None) };
        let (mut flags, todos) = if let Some(given) = wide.as_given(packet, &mut dossier)? {
            (given.flags, given.todos)
        } else {
            let window = Window { offset: 0, limit: FLAGS };
            let now = wide.flags(&FlagScope::Customer(customer.clone()), window)?;
            now.map(|page| (page.rows, page.todos)).unwrap_or_default()
        };
        flags.retain(|flag| matches!(flag.state, FlagState::Proposed | FlagState::Confirmed));
        Ok(Some(PacketDetail {
            customer: customer.clone(),
            flags,
            todos,
            contacts: dossier.contacts,
            last: dossier.visits.into_iter().find(|visit| visit.state.is_done()),
            due: dossier.due,
        }))
    }

    fn packet_head(&self, row: &Row<'_>) -> Result<PacketHead> {
        let packet: PacketId = id(row, 0)?;
        let state = code(row, 9, PacketState::from_code)?;
        let me = &self.actor.user;
        let signed = self.signatures(&packet)?;
        let partner = |party: Party, at: usize| -> Result<Partner> {
            let user: UserId = id(row, at)?;
            let signed = signed.iter().find(|signature| signature.party == party);
            let signed_at = signed.map(|signature| shown_to_minute(&signature.at));
            let stand_in = signed.filter(|s| s.user != user).map(|s| s.name.clone());
            Ok(Partner { party, user, name: row.get(at + 3)?, signed_at, stand_in })
        };
        let partners =
            [partner(Party::Giver, 1)?, partner(Party::Receiver, 2)?, partner(Party::Witness, 3)?];
        let open = state == PacketState::Open;
        let unsigned = partners.iter().find(|p| p.user == *me && p.signed_at.is_none());
        let [giver, ..] = &partners;
        let stands_in = self.actor.role == Role::Supervisor
            && partners.iter().all(|p| p.user != *me)
            && giver.signed_at.is_none()
            && giver_left(self.db, &giver.user)?;
        let mine = unsigned.map(|p| p.party).or(stands_in.then_some(Party::Giver));
        let mine = mine.filter(|_| open);
        let own = giver.user == *me || row.get::<_, String>(14)? == me.as_str();
        Ok(PacketHead {
            on: day(row, 7)?,
            reason: row.get(8)?,
            state,
            customers: count(row, 10)?,
            by: row.get(11)?,
            at: shown_to_minute(&row.get::<_, String>(12)?),
            end_reason: row.get(13)?,
            mine,
            notes: open && own,
            withdraws: open && (own || self.actor.may(Action::Order)),
            revision: row.get(15)?,
            packet,
            partners,
        })
    }

    /// Who has signed the content as it is now, and when.
    fn signatures(&self, packet: &PacketId) -> Result<Vec<Signature>> {
        const SQL: &str = "SELECT s.part, s.at, s.user, coalesce(u.name, s.user) \
            FROM packet_signatures s LEFT JOIN users u ON u.user = s.user \
            WHERE s.packet = :packet AND s.content_hash = :hash";
        let hash = content_hash(self.db, packet)?;
        self.db
            .prepare_cached(SQL)?
            .query_map(named_params! {":packet": packet.as_str(), ":hash": hash}, |row| {
                Ok(Signature {
                    party: code(row, 0, Party::from_code)?,
                    at: row.get(1)?,
                    user: id(row, 2)?,
                    name: row.get(3)?,
                })
            })?
            .collect()
    }

    /// People of the branch who can give, receive or witness.
    pub(super) fn staff(&self) -> Result<StaffPage> {
        let sql = format!(
            "SELECT user, name, role FROM users WHERE disabled = 0 \
             AND role IN ('officer', 'supervisor', 'risk', 'compliance') AND user IN ({PEOPLE}) \
             ORDER BY user"
        );
        let people = self
            .db
            .prepare_cached(&sql)?
            .query_map(named_params! {":scope": self.actor.branch}, |row| {
                Ok((id(row, 0)?, row.get(1)?, code(row, 2, Role::from_code)?))
            })?
            .collect::<Result<_>>()?;
        Ok(StaffPage { people })
    }
}

/// A customer of a packet: with the figures that were given, or while it is open with those of today.
fn packet_row(row: &Row<'_>) -> Result<PacketRow> {
    let at = if row.get(12)? { 13 } else { 2 };
    Ok(PacketRow {
        customer: id(row, 0)?,
        name: row.get(1)?,
        tier: code(row, at, Tier::from_code)?,
        exposure: row.get::<_, Option<i64>>(at + 1)?.map(Fen),
        flags: [count(row, at + 2)?, count(row, at + 3)?, count(row, at + 4)?],
        todos: count(row, at + 5)?,
        last_visit: maybe_day(row, at + 6)?,
        next_due: maybe_day(row, at + 7)?,
        oddity: row.get(10)?,
        revision: row.get(11)?,
    })
}
