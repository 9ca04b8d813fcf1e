//! 尽职免责包: a shield for the officer who did her duty (F65): what was owed and made, each delay
//! and who approved it, warnings with the minute of their acknowledgement, evidence that was asked
//! for and refused, and the chain that proves it.

use super::Desk;
use super::model::{Block, Said, Table};
use super::renewal::conclusion;
use crate::domain::answer::{DocumentState, Value};
use crate::domain::duty::Fate;
use crate::i18n::{Catalog, words};
use crate::protocol::page::{DiligenceReport, PastVisit, RequestRow, WhyDuty};

/// The content of a due-diligence pack.
pub(super) fn blocks(desk: Desk<'_>, report: &DiligenceReport) -> Vec<Block> {
    let t = desk.t;
    vec![
        desk.heading(1, t.summary),
        desk.borrower(),
        summary(desk, report),
        desk.heading(2, t.owed_and_made),
        owed(desk, report),
        desk.heading(3, t.requests),
        requests(desk, &report.requests),
        desk.heading(4, t.visits_made),
        visits(desk, report),
        desk.heading(5, t.warnings),
        warnings(desk, report),
        desk.heading(6, t.flags_and_handling),
        desk.flags(desk.base.flags.iter(), t.no_flags),
        changes(desk, report),
        proofs(desk),
        desk.heading(7, t.evidence_asked),
        evidence(desk, report),
        desk.heading(8, t.handovers),
        handovers(desk, report),
        desk.heading(9, t.chain_proof),
        Block::Text(t.how_to_verify(desk.base.chain.0, &desk.base.chain.1).into()),
        records(desk, report),
        journal(desk, report),
        Block::Note(t.answer_rows(report.answers)),
    ]
}

fn late(why: &WhyDuty) -> bool {
    matches!(why.fate, Fate::Met { late_days, .. } if late_days > 0)
}

/// How many were owed, made in time, made late, are open, overdue, ended.
fn summary(desk: Desk<'_>, report: &DiligenceReport) -> Block {
    let t = desk.t;
    let count = |wanted: &dyn Fn(&WhyDuty) -> bool| {
        Said::from(report.duties.iter().filter(|why| wanted(why)).count().to_string())
    };
    let owed = |why: &WhyDuty| {
        let due = why.duty.due <= desk.base.as_of || matches!(why.fate, Fate::Met { .. });
        due && !matches!(why.fate, Fate::NotOwed(_))
    };
    let overdue = |why: &WhyDuty| why.fate == Fate::Open && why.duty.due < desk.base.as_of;
    let in_time = |why: &WhyDuty| matches!(why.fate, Fate::Met { late_days: 0, .. });
    let missed = report.duties.iter().any(|why| why.fate == Fate::Missed);
    let missed = missed.then(|| (t.missed.to_owned(), count(&|why| why.fate == Fate::Missed)));
    let mut pairs = vec![
        (t.owed.to_owned(), count(&owed)),
        (t.made_in_time.to_owned(), count(&in_time)),
        (t.made_late.to_owned(), count(&late)),
        (t.overdue_now.to_owned(), count(&overdue)),
        (t.ended.to_owned(), count(&|why| why.fate == Fate::Terminated)),
        (t.delays.to_owned(), report.requests.len().to_string().into()),
        (t.visits_made.to_owned(), report.visits.len().to_string().into()),
        (t.warnings_sent.to_owned(), report.warnings.len().to_string().into()),
    ];
    let overdue = pairs.iter().position(|(name, _)| name == t.overdue_now).unwrap_or(0);
    pairs.splice(overdue..overdue, missed);
    Block::Pairs(pairs)
}

fn owed(desk: Desk<'_>, report: &DiligenceReport) -> Block {
    let t = desk.t;
    let mut table = Table::new(&[t.duty, t.about, t.opens, t.due_on, t.state, t.served_by, t.rule])
        .shared(&[12, 15, 11, 11, 9, 23, 19]);
    for why in report.duties.iter().filter(|why| !matches!(why.fate, Fate::NotOwed(_))) {
        let duty = &why.duty;
        let due = match duty.delayed_from {
            Some(from) => t.delayed(&duty.due.to_string(), &from.to_string()),
            None => duty.due.to_string(),
        };
        let (state, by) = match &why.fate {
            Fate::Met { visit, on, late_days: 0 } => {
                (Said::from(t.in_time), Said::from(format!("{on}\n{visit}")))
            }
            Fate::Met { visit, on, late_days } => {
                (Said::strong(t.late_days(*late_days)), Said::from(format!("{on}\n{visit}")))
            }
            Fate::Open if duty.due < desk.base.as_of => {
                let days = (desk.base.as_of - duty.due).num_days();
                (Said::strong(t.overdue_days(days)), Said::missing(t.not_made))
            }
            Fate::Open => (Said::from(t.not_yet_due), Said::default()),
            Fate::Missed => (Said::strong(t.missed), Said::missing(t.not_made)),
            Fate::Terminated => (Said::from(t.terminated), Said::default()),
            Fate::NotOwed(_) => (Said::default(), Said::default()),
        };
        table.row(vec![
            t.begun(words::duty(desk.lang, duty.code)).into(),
            duty.reference.as_str().into(),
            duty.opens.to_string().into(),
            due.into(),
            state,
            by,
            why.duty.rule.as_str().into(),
        ]);
    }
    table.or(t.no_duties)
}

fn requests(desk: Desk<'_>, requests: &[RequestRow]) -> Block {
    let t = desk.t;
    let mut table =
        Table::new(&[t.duty, t.original_due, t.new_due, t.request_reason, t.asked_by, t.decided]);
    for row in requests {
        let duty = format!("{}\n{}", words::duty(desk.lang, row.code), row.reference);
        let new = if row.termination { t.terminated.into() } else { desk.day(row.new_due) };
        let decided = match (row.approved, &row.decided_by) {
            (Some(approved), by) => {
                let word = if approved { t.approved } else { t.refused };
                let on = row.decided_on.map(|day| day.to_string()).unwrap_or_default();
                Said::from(format!("{word} {} {on}", by.as_deref().unwrap_or_default()))
            }
            (None, _) => Said::missing(t.undecided_request),
        };
        table.row(vec![
            duty.into(),
            row.raw_due.to_string().into(),
            new,
            desk.or_missing(row.reason.as_deref()),
            desk.or_missing(row.requested_by.as_deref()),
            decided,
        ]);
    }
    table.or(t.no_requests)
}

fn visits(desk: Desk<'_>, report: &DiligenceReport) -> Block {
    let t = desk.t;
    let columns =
        [t.visit_day, t.visit_no, t.class, t.inspector, t.handed_in, t.state, t.conclusion];
    let mut table = Table::new(&columns);
    for past in &report.visits {
        table.row(vec![
            past.row.visited_on.to_string().into(),
            past.row.visit.as_str().into(),
            words::visit_class(desk.lang, past.row.class).into(),
            past.row.officer_name.as_str().into(),
            submitted(desk, past),
            words::visit_state(desk.lang, past.row.state).into(),
            conclusion(desk, past),
        ]);
    }
    table.or(t.no_visits)
}

/// When a visit was handed in, and why late.
fn submitted(desk: Desk<'_>, past: &PastVisit) -> Said {
    let record = past.record.as_ref();
    let at = record.and_then(|record| record.submitted_at.clone());
    let at = at.or_else(|| past.submitted_on.map(|day| day.to_string()));
    let Some(mut text) = at else { return Said::missing(desk.t.unknown) };
    if let Some(reason) = record.and_then(|record| record.lateness_reason.as_deref()) {
        text.push('\n');
        text.push_str(&desk.t.late_because(reason));
    }
    text.into()
}

fn warnings(desk: Desk<'_>, report: &DiligenceReport) -> Block {
    let t = desk.t;
    let mut table = Table::new(&[t.sent_at, t.warning, t.to_whom, t.acknowledged_at]);
    for row in &report.warnings {
        table.row(vec![
            row.sent_at.as_str().into(),
            t.begun(t.notice(&row.kind)).into(),
            row.to.as_str().into(),
            match &row.acknowledged_at {
                Some(at) => at.as_str().into(),
                None => Said::missing(t.not_acknowledged),
            },
        ]);
    }
    table.or(t.no_warnings)
}

fn changes(desk: Desk<'_>, report: &DiligenceReport) -> Block {
    let t = desk.t;
    let mut table =
        Table::new(&[t.at, t.flag, t.who, t.what, t.remark]).shared(&[17, 30, 9, 13, 31]);
    for row in &report.changes {
        let known = desk.base.flags.iter().find(|flag| flag.flag.as_str() == row.flag);
        let signal = known.map_or_else(|| row.flag.clone(), |flag| desk.signal(&flag.signal));
        table.row(vec![
            row.at.as_str().into(),
            signal.into(),
            row.by.as_str().into(),
            t.begun(t.flag_change(&row.what)).into(),
            row.note.as_str().into(),
        ]);
    }
    table.or(t.no_changes)
}

/// Files that prove how flags ended, with the hash of their content; attempts to use others'.
fn proofs(desk: Desk<'_>) -> Block {
    let t = desk.t;
    let titles = &Catalog::of(desk.lang).files;
    let mut table =
        Table::new(&[t.flag, &t.begun(titles.name), t.registered_by, t.remark, "SHA-256"]) // tidy: not a text
            .shared(&[22, 18, 18, 14, 28]);
    for flag in &desk.base.flags {
        for file in &flag.proofs {
            let odd = file.warnings.iter().map(|warning| titles.proof_warning(*warning));
            let missing = file.missing.then(|| titles.missing.to_owned());
            let remarks: Vec<String> = odd.chain(missing).collect();
            table.row(vec![
                desk.signal(&flag.signal).into(),
                file.name.as_str().into(),
                format!("{}\n{}", file.by, file.at).into(),
                desk.join(&remarks).into(),
                file.sha256.as_str().into(),
            ]);
        }
        for tried in &flag.reused {
            table.row(vec![
                desk.signal(&flag.signal).into(),
                tried.name.as_str().into(),
                format!("{}\n{}", tried.by, tried.at).into(),
                Said::missing(titles.reused),
                tried.sha256.as_str().into(),
            ]);
        }
    }
    t.proof_files.clone_into(&mut table.caption);
    table.or(t.no_proof_files)
}

/// Documents that were asked for and did not come, with what was said.
fn evidence(desk: Desk<'_>, report: &DiligenceReport) -> Block {
    let t = desk.t;
    let mut table = Table::new(&[t.visit_day, t.document, t.state, t.until, t.reason_or_detail]);
    for past in &report.visits {
        for (item, answer) in past.record.iter().flat_map(|record| &record.answers) {
            let Value::Document { state, until, note } = &answer.value else { continue };
            if !matches!(state, DocumentState::Promised | DocumentState::Refused) {
                continue;
            }
            let notes: Vec<&str> = [note.trim(), answer.note.trim()]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect();
            table.row(vec![
                past.row.visited_on.to_string().into(),
                desk.item_title(item).into(),
                words::document(desk.lang, *state).into(),
                until.map(|day| day.to_string()).unwrap_or_default().into(),
                if notes.is_empty() {
                    Said::missing(t.no_reason)
                } else {
                    desk.join(&notes).into()
                },
            ]);
        }
    }
    table.or(t.nothing_refused)
}

fn handovers(desk: Desk<'_>, report: &DiligenceReport) -> Block {
    let t = desk.t;
    let mut table = Table::new(&[t.day, t.given_by, t.taken_by, t.witness]);
    for row in &report.handovers {
        table.row(vec![
            row.on.to_string().into(),
            row.from.as_str().into(),
            row.to.as_str().into(),
            desk.or_missing(row.witness.as_deref()),
        ]);
    }
    table.or(t.no_handovers)
}

/// The records with their version and hash.
fn records(desk: Desk<'_>, report: &DiligenceReport) -> Block {
    let t = desk.t;
    let mut table = Table::new(&[t.visit_no, t.version, t.reviewer, t.content_hash]);
    for past in &report.visits {
        let Some(record) = &past.record else { continue };
        table.row(vec![
            past.row.visit.as_str().into(),
            record.version.to_string().into(),
            match &record.reviewed_by {
                Some(by) => by.as_str().into(),
                None => Said::missing(t.not_reviewed),
            },
            match &record.hash {
                Some(hash) => hash.as_str().into(),
                None => Said::missing(t.no_hash),
            },
        ]);
    }
    t.records_made_here.clone_into(&mut table.caption);
    table.or(t.no_record)
}

fn journal(desk: Desk<'_>, report: &DiligenceReport) -> Block {
    let t = desk.t;
    let mut table = Table::new(&[">#", t.at, t.who, t.what, t.about, t.hash]);
    for row in &report.journal {
        // The beginning tells the rows apart; the journal itself has the whole.
        let hash: String = row.hash.chars().take(16).collect();
        table.row(vec![
            row.seq.to_string().into(),
            row.at.as_str().into(),
            row.actor.as_str().into(),
            t.begun(t.command(&row.command)).into(),
            row.subject.as_str().into(),
            hash.into(),
        ]);
    }
    t.journal_rows.clone_into(&mut table.caption);
    table.or(t.no_journal)
}
