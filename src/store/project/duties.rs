//! Duties as text: what `due_visits.duties` holds.

use std::fmt::Write as _;

use crate::domain::duty::{Duty, DutyClass, DutyCode};
use crate::domain::escape::{escape, unescape};
use crate::store::row::parse_day;

/// Duties as `due_visits.duties` keeps them: one a line, fields parted by tabs.
pub(crate) fn encode_duties(duties: &[Duty]) -> String {
    let mut out = String::new();
    for duty in duties {
        let delayed = duty.delayed_from.map(|day| day.to_string()).unwrap_or_default();
        // Writing to a string can't fail.
        let _ = writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{delayed}\t{}\t{}",
            duty.code.as_code(),
            escape(&duty.reference),
            duty.class.as_code(),
            duty.opens,
            duty.raw_due,
            duty.due,
            escape(&duty.rule),
            escape(&duty.policy),
        );
    }
    out
}

/// Reads [`encode_duties`]; `None` if a line is none of ours.
pub(crate) fn decode_duties(text: &str) -> Option<Vec<Duty>> {
    let parse = |field: &str| parse_day(field.as_bytes());
    text.lines()
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [code, reference, class, opens, raw_due, due, delayed, rule, policy] = fields[..]
            else {
                return None;
            };
            Some(Duty {
                code: DutyCode::from_code(code)?,
                reference: unescape(reference),
                class: DutyClass::from_code(class)?,
                opens: parse(opens)?,
                raw_due: parse(raw_due)?,
                due: parse(due)?,
                delayed_from: if delayed.is_empty() { None } else { Some(parse(delayed)?) },
                rule: unescape(rule),
                policy: unescape(policy),
            })
        })
        .collect()
}
