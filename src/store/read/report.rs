//! What reports print: everything about one customer in one snapshot. Texts that officers typed
//! leave this file with identity and phone numbers masked, unless the order says otherwise.

mod paper;
mod past;
mod proof;
mod told;

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension as _, Result, named_params};

use super::Asked;
use super::person::role_of;
use crate::domain::ids::{CustomerId, PacketId, VisitId};
use crate::domain::money::{Decimal4, Fen};
use crate::protocol::page::{
    BriefPage, CovenantRow, DossierPage, DrawdownRow, InstalmentRow, LookUpRow, PacketReport,
    ReportBase, ReportBody, ReportPage, VisitReport, VisitRow,
};
use crate::protocol::query::{FlagScope, Window};
use crate::protocol::reply::Refusal;
use crate::protocol::report::ReportSubject;
use crate::store::instalment::in_full;
use crate::store::row::{branch_time, day};
use crate::store::{journal, meta, prepared};

/// A report has all of them, but a list must end somewhere.
const MOST: u32 = 1_000;

impl Asked<'_> {
    pub(super) fn report(&self, subject: &ReportSubject) -> Result<Option<ReportPage>, Refusal> {
        let customer = match subject {
            ReportSubject::Visit(visit) | ReportSubject::PackOf(visit) => {
                let Some(customer) = self.customer_of(visit)? else { return Ok(None) };
                customer
            }
            ReportSubject::Renewal(customer)
            | ReportSubject::Diligence(customer)
            | ReportSubject::Brief(customer)
            | ReportSubject::Pack(customer) => customer.clone(),
            ReportSubject::Packet(packet) => return Ok(self.packet_report(packet)?),
        };
        let Some(base) = self.base(&customer)? else { return Ok(None) };
        let body = match subject {
            ReportSubject::Visit(visit) => {
                let Some(report) = self.visit_report(&customer, visit)? else { return Ok(None) };
                ReportBody::Visit(Box::new(report))
            }
            ReportSubject::Renewal(_) => ReportBody::Renewal(self.past(&customer)?),
            ReportSubject::Diligence(_) => {
                ReportBody::Diligence(Box::new(self.diligence(&customer)?))
            }
            ReportSubject::Brief(_) => {
                let Some(page) = self.brief_on_paper(&customer)? else { return Ok(None) };
                ReportBody::Brief(Box::new(page))
            }
            ReportSubject::Pack(_) => ReportBody::Pack(Box::new(self.paper(&customer)?)),
            ReportSubject::PackOf(visit) => {
                let Some(paper) = self.paper_of(visit)? else { return Ok(None) };
                ReportBody::Pack(Box::new(paper))
            }
            ReportSubject::Packet(_) => return Ok(None),
        };
        Ok(Some(ReportPage { base, body }))
    }

    /// A packet with the customers that one may see in it; `None` if none of them is left.
    fn packet_report(&self, packet: &PacketId) -> Result<Option<ReportPage>> {
        let Some(page) = self.packet(packet, None)? else { return Ok(None) };
        let wide = self.beyond_scope();
        let mut customers = Vec::new();
        for row in &page.rows {
            if let Some(mut base) = wide.base(&row.customer)? {
                if let Some(given) = wide.as_given(packet, &mut base.dossier)? {
                    (base.flags, base.dossier.todos) = (given.flags, given.todos);
                    wide.tell_flags(&mut base.flags);
                    wide.tell_dossier(&mut base.dossier);
                }
                customers.push((base, self.told(&row.oddity)));
            }
        }
        let Some((base, _)) = customers.first().cloned() else { return Ok(None) };
        let report = PacketReport { head: page.head, customers };
        Ok(Some(ReportPage { base, body: ReportBody::Packet(Box::new(report)) }))
    }

    /// Whose visit it is, if that is in scope.
    fn customer_of(&self, visit: &VisitId) -> Result<Option<CustomerId>> {
        let sql = format!(
            "SELECT v.customer_id FROM visits v CROSS JOIN customers c ON c.customer_id = v.customer_id \
             WHERE v.visit_id = :visit AND {}",
            self.sight.sieve("c.officer")
        );
        let parameters = named_params! {":visit": visit.as_str(), ":scope": self.sight.value()};
        self.db
            .prepare_cached(&sql)?
            .query_row(parameters, |row| row.get(0).map(CustomerId))
            .optional()
    }

    fn base(&self, customer: &CustomerId) -> Result<Option<ReportBase>> {
        let Some(mut dossier) = self.dossier(customer)? else { return Ok(None) };
        dossier.statements = self.statements(customer, MOST)?;
        self.tell_dossier(&mut dossier);
        let window = Window { offset: 0, limit: MOST };
        let mut flags = match self.flags(&FlagScope::Customer(customer.clone()), window)? {
            Some(page) => page.rows,
            None => Vec::new(),
        };
        self.tell_flags(&mut flags);
        Ok(Some(ReportBase {
            as_of: self.today,
            by: self.actor.name.clone(),
            by_user: self.actor.user.clone(),
            // Whoever owns the file reads with more than her own role.
            role: role_of(self.db, &self.actor.user)?.unwrap_or(self.actor.role),
            branch: self.actor.branch.clone(),
            unmasked: self.clear,
            demo: self.is_demo()?,
            policy: self.packs.policy.version.clone(),
            contracts: self.contracts(customer)?,
            covenants: self.covenants(customer)?,
            instalments: self.instalments(customer)?,
            drawdowns: self.drawdowns(customer)?,
            flags,
            chain: self.chain()?,
            dossier,
        }))
    }

    fn tell_dossier(&self, dossier: &mut DossierPage) {
        self.tell_all(dossier.conditions.iter_mut().map(|row| &mut row.text));
        self.tell_todos(&mut dossier.todos);
        if let Some(strategy) = &mut dossier.strategy {
            self.tell_strategy(strategy);
        }
        self.tell_all(dossier.visits.iter_mut().filter_map(|row| row.conclusion.as_mut()));
    }

    /// The brief that the screen shows, with everything that is on file about its figures.
    fn brief_on_paper(&self, customer: &CustomerId) -> Result<Option<BriefPage>, Refusal> {
        let Some(mut page) = self.preparation(customer)? else { return Ok(None) };
        self.tell_brief(&mut page);
        Ok(Some(page))
    }

    fn is_demo(&self) -> Result<bool> {
        let mark: Option<String> = self
            .db
            .prepare_cached("SELECT value FROM meta WHERE key = :key")?
            .query_row(named_params! {":key": meta::DEMO}, |row| row.get(0))
            .optional()?;
        Ok(mark.as_deref() == Some("1"))
    }

    /// The last row of the journal that changed something. Rows that tell of files that left, of
    /// looks and of log-ins are passed over, so that the same report made twice is the same.
    fn chain(&self) -> Result<(i64, String, &'static str)> {
        const SQL: &str = "SELECT seq, hash FROM journal \
            WHERE command NOT IN ('genesis', 'report', 'export', 'note_copy', 'read', 'read_refused', \
            'sign_in', 'sign_in_refused', 'unlock', 'vouch') ORDER BY seq DESC LIMIT 1";
        let last: Option<(i64, String)> = self
            .db
            .prepare_cached(SQL)?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (seq, hash) = last.unwrap_or_default();
        let named: Option<String> = self
            .db
            .prepare_cached("SELECT json_extract(after, '$.algorithm') FROM journal WHERE seq = 1")?
            .query_row([], |row| row.get(0))
            .optional()?
            .flatten();
        let algorithm = named.as_deref().and_then(journal::Algorithm::from_code);
        Ok((seq, hash, algorithm.unwrap_or_default().as_code()))
    }

    fn contracts(&self, customer: &CustomerId) -> Result<BTreeMap<String, String>> {
        const SQL: &str = "SELECT loan_id, contract_no FROM loans \
            WHERE customer_id = :id AND contract_no IS NOT NULL";
        let rows = self.rows_of(customer, SQL, |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.into_iter().collect())
    }

    pub(super) fn covenants(&self, customer: &CustomerId) -> Result<Vec<CovenantRow>> {
        const SQL: &str = "SELECT covenant_id, kind, indicator, operator, \"limit\", frequency \
            FROM covenants WHERE customer_id = :id ORDER BY covenant_id";
        self.rows_of(customer, SQL, |row| {
            Ok(CovenantRow {
                id: row.get(0)?,
                kind: row.get(1)?,
                indicator: row.get(2)?,
                operator: row.get(3)?,
                limit: row.get::<_, Option<i64>>(4)?.map(Decimal4),
                frequency: row.get(5)?,
            })
        })
    }

    fn instalments(&self, customer: &CustomerId) -> Result<Vec<InstalmentRow>> {
        const SQL: &str = concat!(
            "SELECT loan_id, due_on, principal, interest FROM ( \
            SELECT r.loan_id, r.due_on, r.principal, r.interest, \
            row_number() OVER (PARTITION BY r.loan_id ORDER BY r.due_on) AS n \
            FROM loans l CROSS JOIN repayments r ON r.loan_id = l.loan_id \
            WHERE l.customer_id = :id AND l.status = 'active' AND NOT ",
            in_full!(":day"),
            ") WHERE n <= 12 ORDER BY due_on, loan_id"
        );
        let sql = SQL.replace(":day", &format!("'{}'", self.today));
        self.rows_of(customer, &sql, |row| {
            Ok(InstalmentRow {
                loan: row.get(0)?,
                due_on: day(row, 1)?,
                principal: row.get::<_, Option<i64>>(2)?.map(Fen),
                interest: row.get::<_, Option<i64>>(3)?.map(Fen),
            })
        })
    }

    fn drawdowns(&self, customer: &CustomerId) -> Result<Vec<DrawdownRow>> {
        const SQL: &str = "SELECT d.loan_id, d.drawdown_id, d.drawn_on, d.amount, d.payee, \
            d.payment_mode FROM loans l CROSS JOIN drawdowns d ON d.loan_id = l.loan_id \
            WHERE l.customer_id = :id AND l.status = 'active' ORDER BY d.drawn_on, d.drawdown_id";
        self.rows_of(customer, SQL, |row| {
            Ok(DrawdownRow {
                loan: row.get(0)?,
                id: row.get(1)?,
                drawn_on: day(row, 2)?,
                amount: Fen(row.get(3)?),
                payee: row.get(4)?,
                mode: row.get(5)?,
            })
        })
    }

    /// Look-ups of a visit with a record, as they stood when it was handed in.
    fn looked_up_for(
        &self,
        customer: &CustomerId,
        visit: &VisitId,
        row: &VisitRow,
    ) -> Result<Vec<LookUpRow>> {
        const SQL: &str = "SELECT submitted_at FROM records WHERE visit_id = :visit \
            ORDER BY version DESC LIMIT 1";
        let found: Option<Option<String>> = self
            .db
            .prepare_cached(SQL)?
            .query_row(named_params! {":visit": visit.as_str()}, |found| found.get(0))
            .optional()?;
        let Some(handed_in) = found else { return Ok(Vec::new()) };
        let line = prepared::line(self.db, customer)?;
        let lookups = self.packs.preparation.lookups_for(line);
        let (day, until) = (row.visited_on, handed_in.as_deref());
        let rows = lookups.map(|one| prepared::look_up(self.db, customer, one, day, until));
        let mut rows = rows.collect::<Result<Vec<_>>>()?;
        self.tell_look_ups(&mut rows);
        Ok(rows)
    }

    fn visit_report(&self, customer: &CustomerId, visit: &VisitId) -> Result<Option<VisitReport>> {
        let visits = self.visits(customer, MOST)?;
        let Some(at) = visits.iter().position(|row| row.visit == *visit) else { return Ok(None) };
        let mut later = visits.into_iter().skip(at);
        let Some(mut row) = later.next() else { return Ok(None) };
        let before = later.find(|row| row.state.is_done()).map(|row| row.visited_on);
        row.conclusion = self.whole_conclusion(visit)?;
        let mut record = if row.version.is_some() { self.record(visit)? } else { None };
        if let Some(record) = &mut record {
            self.tell_record(record);
        }
        let met = self.duties(customer)?.into_iter().filter(|duty| {
            matches!(&duty.fate, crate::domain::duty::Fate::Met { visit: by, .. } if by == visit)
        });
        Ok(Some(VisitReport {
            note: self.note_of(visit)?,
            record,
            versions: self.versions(visit)?,
            lookups: self.looked_up_for(customer, visit, &row)?,
            met: met.collect(),
            before,
            row,
        }))
    }
}

/// `2026-11-23 09:12` in the branch.
fn to_minute(stored: &str) -> String {
    branch_time(stored).map(|at| at.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
