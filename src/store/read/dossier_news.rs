//! The dossier as a record sees it: what stands there, and what the visit changed.

use std::collections::BTreeMap;

use rusqlite::{Result, named_params};

use super::Asked;
use super::dossier::to_the_street;
use crate::access::{mask_name, mask_phone};
use crate::domain::customer::DossierField;
use crate::protocol::page::{DossierChange, DossierNow, VisitPage};
use crate::store::row::{code, shown_to_second};

impl Asked<'_> {
    pub(super) fn dossier_now(&self, page: &VisitPage) -> Result<DossierNow> {
        const NOW: &str = "
            SELECT revision, industry, address, phone, legal_rep, controller
            FROM customers WHERE customer_id = :customer";
        let (revision, fields) = self.db.prepare_cached(NOW)?.query_row(
            named_params! {":customer": page.customer.as_str()},
            |row| {
                let mut fields = BTreeMap::new();
                for (column, field) in (1..).zip(DossierField::ALL) {
                    let text: Option<String> = row.get(column)?;
                    fields.extend(text.map(|text| (*field, self.of_field(*field, &text))));
                }
                Ok((row.get(0)?, fields))
            },
        )?;
        Ok(DossierNow { revision, fields, changed: self.dossier_changes(page)? })
    }

    fn dossier_changes(&self, page: &VisitPage) -> Result<BTreeMap<String, DossierChange>> {
        const CHANGES: &str = "
            SELECT d.item, d.field, coalesce(d.before, ''), d.after, coalesce(u.name, d.by), d.at
            FROM dossier_updates d LEFT JOIN users u ON u.user = d.by
            WHERE d.visit_id = :visit ORDER BY d.n";
        self.db
            .prepare_cached(CHANGES)?
            .query_map(named_params! {":visit": page.visit.as_str()}, |row| {
                let field = code(row, 1, DossierField::from_code)?;
                let (before, after): (String, String) = (row.get(2)?, row.get(3)?);
                let at: String = row.get(5)?;
                let change = DossierChange {
                    field,
                    before: self.of_field(field, &before),
                    after: self.of_field(field, &after),
                    by: row.get(4)?,
                    at: shown_to_second(&at),
                };
                Ok((row.get(0)?, change))
            })?
            .collect()
    }

    /// A text of the dossier as this page may show it.
    fn of_field(&self, field: DossierField, text: &str) -> String {
        match field {
            DossierField::Industry => text.to_owned(),
            DossierField::Address => self.shown(to_the_street, text),
            DossierField::Phone => self.shown(mask_phone, text),
            DossierField::LegalRep | DossierField::Controller => self.shown(mask_name, text),
        }
    }
}
