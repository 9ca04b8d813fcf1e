//! Policy packs: TOML to the rules of planning.
//!
//! Any text can be read, not only the built-in pack: `policy check` reads a bank's own. A fault names
//! file and key, so that the person who edits the pack finds the place.

pub mod overlay;
mod quantity;
mod raw;
mod rows;

use crate::domain::code::codes;
use crate::domain::flag::Level;
use crate::planning::policy::{
    DelayRule, FlagRule, FlagStepRule, GridRule, HalfYearRule, LongTermRule, MergeRule, MonthRule,
    NodeRule, Policy, Provenance, RemindRule, Row, RuleName,
};

use quantity::{days, fen, offset, points, span, whole};

/// The built-in pack.
const DEFAULT: (&str, &str) =
    ("policy/default.toml", include_str!("../../assets/policy/default.toml"));

codes! {
    /// What is wrong with a value of a policy pack.
    pub enum Problem {
        /// Not a number with the unit that the rule wants.
        NotAQuantity = "not_a_quantity",
        /// A period, amount or share below zero.
        Negative = "negative",
        /// Larger than any policy can mean.
        TooLarge = "too_large",
        /// A period that must not be zero is.
        Zero = "zero",
        /// No code of its kind.
        UnknownCode = "unknown_code",
        /// No row of the matrix has this name.
        UnknownRow = "unknown_row",
        /// An id that is empty or has other characters than `a-z`, `0-9` and `_`.
        BadId = "bad_id",
        /// A row id that stands twice.
        Twice = "twice",
        /// A window that opens after its due date.
        OpensAfterDue = "opens_after_due",
        /// Two rows match the same exposure of a line.
        Overlap = "overlap",
        /// Between two rows of a line there are exposures that none matches.
        Hole = "hole",
        /// A file of own values that has none.
        NothingOwn = "nothing_own",
    }
}

/// Why a policy pack can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    /// It is not a policy pack in TOML; the reader's message names line and key.
    #[error("{file}: {message}")]
    Syntax {
        /// Which file.
        file: String,
        /// What the reader says.
        message: String,
    },
    /// A value has no meaning.
    #[error("{file}: {key}: {}: `{value}`", problem.as_code())]
    Value {
        /// Which file.
        file: String,
        /// Which key: `node.day90.due`, `row.large.from`.
        key: String,
        /// The value as written.
        value: String,
        /// What is wrong with it.
        problem: Problem,
    },
}

/// A fault before it knows its file.
pub(super) struct At {
    key: String,
    value: String,
    problem: Problem,
}

impl At {
    fn new(key: impl Into<String>, value: impl Into<String>, problem: Problem) -> Self {
        Self { key: key.into(), value: value.into(), problem }
    }
}

/// The built-in policy.
pub fn load() -> Result<Policy, PolicyFault> {
    parse(DEFAULT.0, DEFAULT.1)
}

/// The text of the built-in pack, as kept in the database beside what was made under it.
pub fn default_text() -> &'static str {
    DEFAULT.1
}

/// The parts of a pack that nobody has confirmed, with their source: `node.day90`, `row.large`.
/// Empty for a text that is no pack.
pub fn unconfirmed(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    if let Ok(pack) = text.parse::<toml::Table>() {
        note_unconfirmed("", &pack, &mut found);
    }
    found
}

fn note_unconfirmed(path: &str, table: &toml::Table, found: &mut Vec<(String, String)>) {
    let text = |key: &str| table.get(key).and_then(toml::Value::as_str).unwrap_or_default();
    if table.get("verified").and_then(toml::Value::as_bool) == Some(false) {
        found.push((path.to_owned(), text("source").to_owned()));
    }
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    for (key, value) in table {
        match value {
            toml::Value::Table(part) => note_unconfirmed(&below(key), part, found),
            toml::Value::Array(parts) => {
                for part in parts.iter().filter_map(toml::Value::as_table) {
                    let id = part.get("id").and_then(toml::Value::as_str).unwrap_or_default();
                    note_unconfirmed(&format!("{}.{id}", below(key)), part, found);
                }
            }
            _ => {}
        }
    }
}

/// A policy from TOML; `file` names it in faults.
pub fn parse(file: &str, text: &str) -> Result<Policy, PolicyFault> {
    let pack = read(text).map_err(|fault| PolicyFault::Syntax {
        file: file.to_owned(),
        message: fault.to_string(),
    })?;
    build_named(file, &pack)
}

/// The pack as it is written; a fault has its place.
fn read(text: &str) -> Result<raw::Pack, toml::de::Error> {
    toml::from_str(text)
}

fn build_named(file: &str, pack: &raw::Pack) -> Result<Policy, PolicyFault> {
    build(pack).map_err(|At { key, value, problem }| PolicyFault::Value {
        file: file.to_owned(),
        key,
        value,
        problem,
    })
}

fn build(pack: &raw::Pack) -> Result<Policy, At> {
    check_id("id", &pack.id)?;
    let rows = rows::build(&pack.row, &pack.long_term.exempt)?;
    let node = &pack.node;
    Ok(Policy {
        version: format!("{}@{}", pack.id, pack.version),
        use_of_funds: build_node("use_of_funds", &node.use_of_funds, "drawn_on", 1, &rows)?,
        day90: build_node("day90", &node.day90, "disbursed_on", 1, &rows)?,
        renewal_talk: build_node("renewal_talk", &node.renewal_talk, "matures_on", -1, &rows)?,
        before_maturity: build_node(
            "before_maturity",
            &node.before_maturity,
            "matures_on",
            -1,
            &rows,
        )?,
        handover: build_node("handover", &node.handover, "handover", 1, &rows)?,
        flag_revisit: build_flag(&node.flag_revisit)?,
        directed: RuleName {
            id: "node.directed".to_owned(),
            provenance: Provenance {
                source: node.directed.source.clone(),
                verified: node.directed.verified,
            },
        },
        rows,
        long_term: build_long_term(&pack.long_term)?,
        grid: GridRule {
            window_per_month: days("grid.window_per_month", &pack.grid.window_per_month)?,
            anchor_gap: days("grid.anchor_gap", &pack.grid.anchor_gap)?,
            moved: days("grid.moved", &pack.grid.moved)?,
        },
        half_year: build_half_year(&pack.half_year)?,
        extra_visit_workdays: whole("extra_visit.due", &pack.extra_visit.due, "workdays")?,
        merge: MergeRule {
            reach: days("merge.reach", &pack.merge.reach)?,
            window_part: i64::from(nonzero(
                "merge.window_part",
                &pack.merge.window_part,
                whole("merge.window_part", &pack.merge.window_part, "parts")?,
            )?),
        },
        grace_workdays: whole("overdue.grace", &pack.overdue.grace, "workdays")?,
        late_submission_workdays: whole(
            "overdue.late_submission",
            &pack.overdue.late_submission,
            "workdays",
        )?,
        remind: build_remind(&pack.remind)?,
        delay: build_delay(&pack.delay)?,
        gap_past_maturity_days: days("gaps.past_maturity", &pack.gaps.past_maturity)?,
        gap_zero_balance_days: days("gaps.zero_balance", &pack.gaps.zero_balance)?,
        month: build_month(&pack.month)?,
    })
}

fn build_node(
    code: &str,
    raw: &raw::Node,
    event: &str,
    direction: i64,
    rows: &[Row],
) -> Result<NodeRule, At> {
    let key = |field: &str| format!("node.{code}.{field}");
    let optional_days = |field: &str, text: &Option<String>| {
        text.as_ref().map_or(Ok(0), |text| days(&key(field), text))
    };
    let amount = |field: &str, text: &Option<String>| {
        text.as_ref().map_or(Ok(crate::domain::money::Fen(i64::MIN)), |t| fen(&key(field), t))
    };
    let opens = offset(&key("opens"), &raw.opens, event, direction)?;
    let due = offset(&key("due"), &raw.due, event, direction)?;
    if opens > due {
        return Err(At::new(key("opens"), raw.opens.clone(), Problem::OpensAfterDue));
    }
    Ok(NodeRule {
        name: RuleName {
            id: format!("node.{code}"),
            provenance: Provenance { source: raw.source.clone(), verified: raw.verified },
        },
        opens,
        due,
        not_before: match &raw.not_before {
            Some(text) => offset(&key("not_before"), text, "disbursed_on", 1)?,
            None => 0,
        },
        class: quantity::class(&key("class"), &raw.class)?,
        except_rows: rows::indices(&key("except_rows"), &raw.except_rows, rows)?,
        onsite_rows: rows::indices(&key("onsite_rows"), &raw.onsite_rows, rows)?,
        onsite_min_term: optional_days("onsite_min_term", &raw.onsite_min_term)?,
        min_term: optional_days("min_term", &raw.min_term)?,
        min_exposure: amount("min_exposure", &raw.min_exposure)?,
        min_balance: amount("min_balance", &raw.min_balance)?,
    })
}

fn build_flag(raw: &raw::Flag) -> Result<FlagRule, At> {
    let level = |name: &str, raw: &raw::FlagStep| -> Result<FlagStepRule, At> {
        let key = |field: &str| format!("node.flag_revisit.{name}.{field}");
        Ok(FlagStepRule {
            class: quantity::class(&key("class"), &raw.class)?,
            first: span(&key("first"), &raw.first)?,
            again: span(&key("again"), &raw.again)?,
        })
    };
    Ok(FlagRule {
        name: RuleName {
            id: "node.flag_revisit".to_owned(),
            provenance: Provenance { source: raw.source.clone(), verified: raw.verified },
        },
        // Without a day between, the visit that meets one duty would meet the next as well.
        opens: i64::from(nonzero(
            "node.flag_revisit.opens",
            &raw.opens,
            u32::try_from(offset("node.flag_revisit.opens", &raw.opens, "flag", 1)?)
                .unwrap_or_default(),
        )?),
        levels: [
            level("yellow", &raw.yellow)?,
            level("orange", &raw.orange)?,
            level("red", &raw.red)?,
        ],
    })
}

fn build_long_term(raw: &raw::LongTerm) -> Result<LongTermRule, At> {
    let off = whole("long_term.offsite", &raw.offsite, "months")?;
    Ok(LongTermRule {
        name: RuleName {
            id: "cadence.long_term".to_owned(),
            provenance: Provenance { source: raw.source.clone(), verified: raw.verified },
        },
        term_months: whole("long_term.term", &raw.term, "months")?,
        tolerance_days: whole("long_term.tolerance", &raw.tolerance, "days")?,
        off: nonzero("long_term.offsite", &raw.offsite, off)?,
        onsite_enough: whole("long_term.onsite_enough", &raw.onsite_enough, "months")?,
    })
}

fn build_half_year(raw: &raw::HalfYear) -> Result<HalfYearRule, At> {
    let earliest = whole("half_year.earliest", &raw.earliest, "months")?;
    if !(1..=6).contains(&earliest) {
        return Err(At::new("half_year.earliest", raw.earliest.clone(), Problem::TooLarge));
    }
    Ok(HalfYearRule {
        after_anchor: whole("half_year.after_anchor", &raw.after_anchor, "months")?,
        earliest,
        window: days("half_year.window", &raw.window)?,
    })
}

fn build_remind(raw: &raw::Remind) -> Result<RemindRule, At> {
    let mut before = Vec::with_capacity(raw.before.len());
    for text in &raw.before {
        before.push(nonzero("remind.before", text, whole("remind.before", text, "workdays")?)?);
    }
    let after = whole("remind.after", &raw.after, "workdays")?;
    Ok(RemindRule { before, after: nonzero("remind.after", &raw.after, after)? })
}

fn build_delay(raw: &raw::Delay) -> Result<DelayRule, At> {
    let level = Level::from_code(&raw.interim_from).ok_or_else(|| {
        At::new("delay.interim_from", raw.interim_from.clone(), Problem::UnknownCode)
    })?;
    Ok(DelayRule { most_days: days("delay.most", &raw.most)?, interim_from: level })
}

/// What holds for a policy that does not say it (feature F11).
const NEAR_DAYS: i64 = 30;

fn build_month(raw: &raw::Month) -> Result<MonthRule, At> {
    Ok(MonthRule {
        day_points: points("month.day", &raw.day)?,
        onsite_points: points("month.onsite", &raw.onsite)?,
        offsite_points: points("month.offsite", &raw.offsite)?,
        workdays_after: whole("month.workdays_after", &raw.workdays_after, "workdays")?,
        long_holiday_days: whole("month.long_holiday", &raw.long_holiday, "days")?,
        before_holiday_workdays: whole("month.before_holiday", &raw.before_holiday, "workdays")?,
        near_days: raw.near.as_deref().map_or(Ok(NEAR_DAYS), |near| days("month.near", near))?,
    })
}

fn nonzero(key: &str, text: &str, value: u32) -> Result<u32, At> {
    if value == 0 { Err(At::new(key, text, Problem::Zero)) } else { Ok(value) }
}

fn check_id(key: &str, id: &str) -> Result<(), At> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if id.is_empty() || !id.chars().all(plain) {
        return Err(At::new(key, id, Problem::BadId));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
