//! The customer table and the search.

use rusqlite::{Result, Row, named_params};

use super::Asked;
use crate::domain::customer::Line;
use crate::domain::flag::Level;
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::protocol::page::{CustomerRow, CustomersPage, Hit, SearchPage};
use crate::protocol::query::{CustomerFilter, CustomerSort, Window};
use crate::store::row::{code, count, id, maybe_code, maybe_day};
use crate::store::search;

/// A column of the last score of customer `x`.
macro_rules! last_score {
    ($column:literal) => {
        concat!(
            "(SELECT s.",
            $column,
            " FROM scores s WHERE s.customer_id = x.customer_id ORDER BY s.scored_on DESC LIMIT 1)"
        )
    };
}

/// Columns of [`customer_row`].
const ROWS: &str = concat!(
    "SELECT c.customer_id, c.name, c.line, c.district, coalesce(u.name, c.officer), x.tier, \
     x.exposure, x.days_past_due, x.yellow, x.orange, x.red, x.next_due, x.last_visit, x.gaps, \
     c.officer, ",
    last_score!("score"),
    ", ",
    last_score!("grade"),
    ", (SELECT group_concat(f.level) FROM flags f \
        WHERE f.customer_id = x.customer_id AND f.state = 'proposed')"
);

/// Customers that a text in the filter may find: more than anybody scrolls through.
const TEXT_HITS: usize = 2_000;

/// Most hits that a search shows.
const MOST_HITS: usize = 200;

impl Asked<'_> {
    pub(super) fn customers(
        &self,
        filter: &CustomerFilter,
        sort: CustomerSort,
        window: Window,
    ) -> Result<CustomersPage> {
        let sight = self.sight.clone().narrowed(self.db, filter.officer.as_ref())?;
        let rids = if filter.text.trim().is_empty() {
            None
        } else {
            let found = search::search(self.db, &sight, &filter.text, TEXT_HITS)?;
            let rids: Vec<String> = found.iter().map(|hit| hit.rid.to_string()).collect();
            Some(format!("[{}]", rids.join(",")))
        };
        // A text leads: from its few hits to the rows, never the other way round.
        let from = if rids.is_some() {
            "json_each(:rids) j CROSS JOIN customers c ON c.rid = j.value \
             CROSS JOIN customer_facts x ON x.customer_id = c.customer_id"
        } else if filter.line.is_some() || filter.district.is_some() {
            "customer_facts x CROSS JOIN customers c ON c.customer_id = x.customer_id"
        } else {
            "customer_facts x"
        };
        let mut conditions = conditions(filter, rids.is_some());
        if let Some(figure) = filter.figure {
            let behind = self.behind(figure, filter.month.unwrap_or(self.today));
            conditions = format!(
                "{conditions} AND x.customer_id IN (SELECT f.customer_id FROM ({behind}) f)"
            );
        }
        let order = order(sort);
        // Without conditions the index of the order soon comes upon a window of rows, one officer's
        // too; with conditions her own rows are fewer.
        let open =
            *filter == CustomerFilter { officer: filter.officer.clone(), ..Default::default() };
        let indexed = !matches!(sort, CustomerSort::Id | CustomerSort::Score);
        let whose =
            if open && indexed { sight.walk("x.officer") } else { sight.sieve("x.officer") };
        let due_by = filter.due_by.map(|day| day.to_string());
        let shared = named_params! {
            ":scope": sight.value(),
            ":tier": filter.tier.map(Tier::as_code),
            ":due_by": due_by,
            ":exposure": filter.min_exposure.map(|fen| fen.0),
            ":line": filter.line.map(Line::as_code),
            ":rids": rids,
            ":district": filter.district,
            ":min_score": filter.min_score,
            ":grade": filter.grade,
        };
        let sql = format!(
            "SELECT count(*) FROM {from} WHERE {} AND {conditions}",
            sight.seek("x.officer")
        );
        let total = self.db.prepare_cached(&sql)?.query_row(shared, |row| count(row, 0))?;
        let sql = format!(
            "{ROWS} FROM (SELECT x.customer_id FROM {from} WHERE {whose} AND {conditions} \
             ORDER BY {order} LIMIT :limit OFFSET :offset) k \
             CROSS JOIN customer_facts x ON x.customer_id = k.customer_id \
             CROSS JOIN customers c ON c.customer_id = x.customer_id \
             LEFT JOIN users u ON u.user = c.officer ORDER BY {order}"
        );
        let mut all = shared.to_vec();
        all.push((":limit", &window.limit));
        all.push((":offset", &window.offset));
        let rows = self
            .db
            .prepare_cached(&sql)?
            .query_map(all.as_slice(), customer_row)?
            .collect::<Result<_>>()?;
        Ok(CustomersPage { total, offset: window.offset, rows })
    }

    pub(super) fn search(&self, text: &str, limit: u32) -> Result<SearchPage> {
        let limit = usize::try_from(limit).unwrap_or(MOST_HITS).min(MOST_HITS);
        let sql = format!(
            "{ROWS} FROM customers c JOIN customer_facts x ON x.customer_id = c.customer_id \
             LEFT JOIN users u ON u.user = c.officer WHERE c.rid = :rid"
        );
        let mut rows = self.db.prepare_cached(&sql)?;
        let mut hits = Vec::new();
        for found in search::search(self.db, &self.sight, text, limit)? {
            let hit = rows.query_map(named_params! {":rid": found.rid}, customer_row)?.next();
            if let Some(row) = hit.transpose()? {
                hits.push(Hit { row, span: found.span });
            }
        }
        Ok(SearchPage { text: text.to_owned(), hits })
    }
}

/// Conditions of a filter. Every parameter is named in it, used or not, so that one list binds all.
fn conditions(filter: &CustomerFilter, text: bool) -> String {
    let mut all = Vec::new();
    let mut condition = |given: bool, sql: &'static str, unused: &'static str| {
        all.push(if given { sql } else { unused });
    };
    condition(filter.tier.is_some(), "x.tier = :tier", ":tier IS NULL");
    condition(
        filter.due_by.is_some(),
        "coalesce(x.next_due, '9999-12-31') <= :due_by",
        ":due_by IS NULL",
    );
    condition(filter.min_exposure.is_some(), "x.exposure >= :exposure", ":exposure IS NULL");
    condition(filter.line.is_some(), "c.line = :line", ":line IS NULL");
    let score = concat!(last_score!("score"), " >= :min_score");
    condition(filter.min_score.is_some(), score, ":min_score IS NULL");
    let grade = concat!(last_score!("grade"), " = :grade");
    condition(filter.grade.is_some(), grade, ":grade IS NULL");
    let district = "coalesce(c.district, '') = :district";
    condition(filter.district.is_some(), district, ":district IS NULL");
    condition(text, "1", ":rids IS NULL");
    condition(filter.gaps, "x.gaps > 0", "1");
    match filter.level {
        None => {}
        Some(Level::Yellow) => all.push("x.red + x.orange + x.yellow > 0"),
        Some(Level::Orange) => all.push("x.red + x.orange > 0"),
        Some(Level::Red) => all.push("x.red > 0"),
    }
    all.join(" AND ")
}

/// The order of a sort, as its index has it.
const fn order(sort: CustomerSort) -> &'static str {
    match sort {
        CustomerSort::Id => "x.customer_id",
        CustomerSort::NextDue => "coalesce(x.next_due, '9999-12-31'), x.customer_id",
        CustomerSort::Exposure => "x.exposure DESC, x.customer_id",
        CustomerSort::Tier => "x.tier_rank DESC, x.customer_id",
        CustomerSort::Score => concat!(last_score!("score"), " DESC, x.customer_id"),
        CustomerSort::Flags => "x.red DESC, x.orange DESC, x.yellow DESC, x.customer_id",
    }
}

fn customer_row(row: &Row<'_>) -> Result<CustomerRow> {
    Ok(CustomerRow {
        customer: id(row, 0)?,
        name: row.get(1)?,
        line: maybe_code(row, 2, Line::from_code)?,
        district: row.get(3)?,
        officer: id(row, 14)?,
        officer_name: row.get(4)?,
        tier: code(row, 5, Tier::from_code)?,
        exposure: row.get::<_, Option<i64>>(6)?.map(Fen),
        days_past_due: row.get(7)?,
        flags: [count(row, 8)?, count(row, 9)?, count(row, 10)?],
        proposed: levels(&row.get::<_, Option<String>>(17)?.unwrap_or_default()),
        score: row.get::<_, Option<i64>>(15)?.zip(row.get(16)?),
        next_due: maybe_day(row, 11)?,
        last_visit: maybe_day(row, 12)?,
        gaps: count(row, 13)?,
    })
}

/// How many there are of each level: yellow, orange, red.
fn levels(codes: &str) -> [u32; 3] {
    let count = |level: Level| codes.split(',').filter(|code| *code == level.as_code()).count();
    [Level::Yellow, Level::Orange, Level::Red]
        .map(|level| u32::try_from(count(level)).unwrap_or(u32::MAX))
}
