//! Whether a record can be handed in: what the form says, and whether every flag that the answers
//! suggest has been decided.

use rusqlite::params;

use super::record::Record;
use super::{Ctx, declared, judged, second, tier};
use crate::clock::china;
use crate::domain::gap::{Gap, GapKind};
use crate::form::Proposal;
use crate::protocol::reply::Refusal;

/// The gaps with which a record can't be handed in, in the order of the form.
pub(super) fn hard_gaps(ctx: &Ctx<'_>, record: &Record) -> Result<Vec<Gap>, Refusal> {
    let mut state = judged::of(ctx, record)?;
    let now = ctx.now.with_timezone(&china()).naive_local();
    state.look_at_clock(&judged::answers(ctx, record)?, &record.facts, now);
    let mut gaps: Vec<Gap> = state.gaps.into_iter().filter(|gap| gap.kind.is_hard()).collect();
    for proposal in &state.proposals {
        if !is_taken_up(ctx, record, proposal)? {
            gaps.push(Gap { item: proposal.item.clone(), kind: GapKind::OpenProposal });
        }
    }
    undecided(ctx, record, &mut gaps)?;
    declared::undecided(ctx, record, &mut gaps)?;
    gaps.extend(second::gap(ctx, record)?);
    gaps.extend(tier::gap(ctx, record)?);
    Ok(gaps)
}

/// Whether somebody has looked at the proposal: a flag of this visit with its signal, however
/// decided, or one that is open at the customer already.
fn is_taken_up(ctx: &Ctx<'_>, record: &Record, proposal: &Proposal) -> Result<bool, Refusal> {
    const SQL: &str = "
        SELECT 1 FROM flags f LEFT JOIN flag_care c USING (flag_id)
        WHERE f.customer_id = ?1 AND f.signal = ?2 AND (c.visit_id = ?3 OR f.state = 'confirmed')";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    Ok(statement.exists(params![
        record.customer.as_str(),
        proposal.signal,
        record.visit.as_str()
    ])?)
}

/// Flags of this visit that nobody has decided, or that nobody acts on.
fn undecided(ctx: &Ctx<'_>, record: &Record, gaps: &mut Vec<Gap>) -> Result<(), Refusal> {
    const SQL: &str = "
        SELECT coalesce(c.item, f.signal) FROM flags f JOIN flag_care c USING (flag_id)
        WHERE f.customer_id = ?1 AND c.visit_id = ?2 AND (f.state = 'proposed' OR f.state = 'confirmed'
            AND (f.owner IS NULL OR f.measure IS NULL OR f.due_on IS NULL))
        ORDER BY f.flag_id";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let rows =
        statement.query_map([record.customer.as_str(), record.visit.as_str()], |row| row.get(0))?;
    for item in rows {
        let gap = Gap { item: item?, kind: GapKind::OpenProposal };
        if !gaps.contains(&gap) {
            gaps.push(gap);
        }
    }
    Ok(())
}
