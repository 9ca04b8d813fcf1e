//! Rows of the journal by person, kind, object and period, as conditions.

use rusqlite::types::ToSql;

use crate::protocol::query::JournalFilter;
use crate::store::instant;

/// All that the journal holds of an object: the object itself, and of a customer whatever is about
/// her. Of rows of the first format that is known of her visits and flags alone.
const ABOUT: &str = "(j.subject IN (SELECT :about
    UNION SELECT visit_id FROM visits WHERE customer_id = :about
    UNION SELECT flag_id FROM flags WHERE customer_id = :about)
    OR j.seq IN (SELECT seq FROM journal_about WHERE customer_id = :about))";

/// Conditions on `journal j` with their values.
pub(in crate::store) struct Sieve {
    /// To stand behind `WHERE`.
    pub(in crate::store) sql: String,
    values: Vec<(String, String)>,
    limit: i64,
}

impl Sieve {
    /// What a filter says. One row more than it wants is let through, to tell whether there are more.
    pub(in crate::store) fn of(filter: &JournalFilter) -> Self {
        let mut wanted = vec!["1".to_owned()];
        let mut values = Vec::new();
        let mut put = |sql: &str, name: &str, value: Option<String>| {
            if let Some(value) = value {
                wanted.push(sql.to_owned());
                values.push((name.to_owned(), value));
            }
        };
        let person = filter.person.as_ref().map(ToString::to_string);
        put("j.actor = :person", ":person", person);
        put(ABOUT, ":about", filter.about.clone());
        put("j.at >= :since", ":since", filter.since.map(instant::start_of));
        let until = filter.until.and_then(|day| day.succ_opt()).map(instant::start_of);
        put("j.at < :until", ":until", until);
        if !filter.kinds.is_empty() {
            let names: Vec<String> = (0..filter.kinds.len()).map(|n| format!(":kind{n}")).collect();
            wanted.push(format!("j.command IN ({})", names.join(", ")));
            values.extend(names.into_iter().zip(filter.kinds.iter().cloned()));
        }
        Self { sql: wanted.join(" AND "), values, limit: i64::from(filter.limit) + 1 }
    }

    /// The values, and `:limit`.
    pub(in crate::store) fn parameters(&self) -> Vec<(&str, &dyn ToSql)> {
        let values = self.values.iter().map(|(name, value)| (name.as_str(), value as &dyn ToSql));
        values.chain([(":limit", &self.limit as &dyn ToSql)]).collect()
    }
}
