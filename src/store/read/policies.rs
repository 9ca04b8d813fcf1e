//! Policies that were put forward, with what each would change.

use rusqlite::{Result, Row, named_params};

use super::Asked;
use crate::access::Action;
use crate::assets::policy::{self, overlay};
use crate::protocol::page::{PoliciesPage, PolicyRow, PolicyValue};
use crate::store::row::shown_to_minute;
use crate::store::versions::POLICIES;

/// More than a bank writes in a decade.
const MOST: u32 = 100;

impl Asked<'_> {
    /// Everybody may read what visits are planned by.
    pub(super) fn policies(&self) -> Result<PoliciesPage> {
        const SQL: &str = "SELECT p.policy, p.state, p.sha256, p.reason, \
            coalesce(a.name, p.proposed_by), p.proposed_at, p.proposed_by = :me, \
            coalesce(b.name, p.decided_by), p.decided_at, p.content FROM policies p \
            LEFT JOIN users a ON a.user = p.proposed_by LEFT JOIN users b ON b.user = p.decided_by \
            ORDER BY p.state <> 'proposed', p.proposed_at DESC, p.policy LIMIT :most";
        let active = POLICIES.active(self.db)?.map(|(_, content)| content);
        let active = active.unwrap_or_else(|| policy::default_text().to_owned());
        let parameters = named_params! {":me": self.actor.user.as_str(), ":most": MOST};
        let mut statement = self.db.prepare_cached(SQL)?;
        let rows = statement.query_map(parameters, |row| policy_row(row, &active))?;
        Ok(PoliciesPage {
            in_force: self.packs.policy.version.clone(),
            decides: self.actor.may(Action::DecidePolicy),
            rows: rows.collect::<Result<_>>()?,
        })
    }
}

fn policy_row(row: &Row<'_>, active: &str) -> Result<PolicyRow> {
    let (state, content): (String, String) = (row.get(1)?, row.get(9)?);
    let differs = if state == "proposed" {
        overlay::differences(active, &content)
    } else {
        overlay::own_values(&content).map(|(_, values)| values).unwrap_or_default()
    };
    let value =
        |own: overlay::Own| PolicyValue { key: own.key, instead: own.instead, value: own.value };
    Ok(PolicyRow {
        policy: row.get(0)?,
        sha256: row.get(2)?,
        reason: row.get(3)?,
        by: row.get(4)?,
        at: shown_to_minute(&row.get::<_, String>(5)?),
        own: row.get(6)?,
        decided_by: row.get(7)?,
        decided_at: row.get::<_, Option<String>>(8)?.as_deref().map(shown_to_minute),
        differs: differs.into_iter().map(value).collect(),
        state,
    })
}
