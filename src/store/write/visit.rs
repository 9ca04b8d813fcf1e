//! Starting a visit, changing what it is about, throwing a draft away.

use chrono::NaiveDate;
use rusqlite::{Connection, named_params, params};
use sha2::{Digest, Sha256};

use super::channel::{add_channel, check_channel, check_purposes, served};
use super::inverse::{Inverse, Undoable};
use super::record::{self, Record, purposes_text, sections_text};
use super::{Ctx, Done, Written, facts, needed};
use crate::access::Action;
use crate::assets::checklists;
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::user::Role;
use crate::domain::visit::{VisitClass, VisitState};
use crate::protocol::command::{Command, Revision};
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::hex::hex;
use crate::store::project;
use crate::store::read::scope::SAME_BRANCH;
use crate::store::row::free_id;

/// JSON of a visit as the journal keeps it.
const VISIT_JSON: &str = "
    SELECT json_object('customer_id', v.customer_id, 'visited_on', v.visited_on, 'class', v.class,
        'channel', v.channel, 'purposes', v.purposes, 'version', r.version, 'state', r.state,
        'pack', r.pack, 'sections', r.sections, 'facts', r.facts)
    FROM visits v JOIN records r USING (visit_id)
    WHERE v.visit_id = ?1 ORDER BY r.version DESC LIMIT 1";

/// JSON of all answers of a version.
const ANSWERS_JSON: &str = "
    SELECT json_group_array(json_object('item', item, 'value', value, 'evidence', evidence,
        'note', note, 'unchanged', unchanged, 'by', answered_by))
    FROM answers WHERE visit_id = ?1 AND version = ?2";

/// Starts a visit, or takes up the draft that is there.
pub(super) fn start(ctx: &Ctx<'_>, command: &Command) -> Result<Done, Refusal> {
    let Command::StartVisit { customer, class, channel, visited_on, purposes } = command else {
        return Err(Refusal::NotFound);
    };
    ctx.require(Action::Visit)?;
    ctx.require_scope(customer)?;
    // Never somebody else's draft: she could not write in it.
    if let Some(open) = open_draft(ctx, customer)? {
        return Ok(Done::Quiet(Outcome::VisitStarted(open)));
    }
    let channel = needed(channel, "channel")?;
    check_day(ctx, customer, None, *visited_on)?;
    check_channel(ctx, &channel, *class)?;
    check_purposes(ctx, purposes, *class, &channel)?;
    // The projection may be of yesterday: what is open is asked of today's plan.
    ctx.replan(customer)?;
    let open = project::open_duties(ctx.tx, customer)?;
    let purposes = match purposes.as_slice() {
        [] => served(ctx, &open, *class, &channel, *visited_on),
        chosen => chosen.to_vec(),
    };
    let visit = new_id(ctx, customer, *visited_on, *class)?;
    let mut facts =
        facts::gather(ctx.tx, ctx.packs, customer, &visit, *class, *visited_on, &purposes)?;
    facts::add_preparation(ctx.tx, &ctx.packs.preparation, customer, Some(&visit), &mut facts)?;
    add_channel(ctx, &mut facts, &channel);
    let sections = ctx.packs.library.compose(&facts);
    keep_pack(ctx)?;
    insert(
        ctx,
        &visit,
        customer,
        &Plan {
            visited_on: *visited_on,
            class: *class,
            channel: &channel,
            purposes: purposes_text(&purposes),
            sections: &sections_text(&sections),
            facts: &facts.encode(),
        },
    )?;
    let after = snapshot(ctx.tx, &visit)?;
    let written = Written::plain(visit.as_str(), None, Some(after));
    Ok(written.outcome(Outcome::VisitStarted(visit)).into())
}

/// Keeps the text of the checklists in force, so that the record stays readable when they change.
pub(super) fn keep_pack(ctx: &Ctx<'_>) -> Result<(), Refusal> {
    const KNOWN: &str = "SELECT 1 FROM packs WHERE pack = ?1";
    const SQL: &str = "
        INSERT INTO packs (pack, kind, sha256, content, first_used_at)
        VALUES (?1, 'checklists', ?2, ?3, ?4)";
    let pack = ctx.packs.library.id();
    if pack.is_empty() || ctx.tx.prepare_cached(KNOWN)?.exists([pack])? {
        return Ok(());
    }
    let text = checklists::source();
    let hash = hex(&Sha256::digest(text));
    ctx.tx.prepare_cached(SQL)?.execute([pack, &hash, text, &ctx.at()])?;
    Ok(())
}

/// What a new visit is about.
pub(super) struct Plan<'a> {
    pub(super) visited_on: NaiveDate,
    pub(super) class: VisitClass,
    pub(super) channel: &'a str,
    pub(super) purposes: Option<String>,
    pub(super) sections: &'a str,
    pub(super) facts: &'a str,
}

fn insert(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    customer: &CustomerId,
    plan: &Plan<'_>,
) -> Result<(), Refusal> {
    const VISIT: &str = "
        INSERT INTO visits (visit_id, customer_id, visited_on, class, channel, officer, state, purposes, origin)
        VALUES (:visit, :customer, :day, :class, :channel, :me, 'draft', :purposes, 'here')";
    const RECORD: &str = "
        INSERT INTO records (visit_id, version, state, pack, sections, facts, author, started_at)
        VALUES (?1, 1, 'draft', ?2, ?3, ?4, ?5, ?6)";
    let me = ctx.actor.user.as_str();
    ctx.tx.prepare_cached(VISIT)?.execute(named_params! {
        ":visit": visit.as_str(), ":customer": customer.as_str(), ":me": me,
        ":day": plan.visited_on.to_string(), ":class": plan.class.as_code(),
        ":channel": plan.channel, ":purposes": plan.purposes,
    })?;
    let pack = ctx.packs.library.id();
    ctx.tx.prepare_cached(RECORD)?.execute(params![
        visit.as_str(),
        pack,
        plan.sections,
        plan.facts,
        me,
        ctx.at()
    ])?;
    record::note_writer(ctx, visit.as_str(), 1)
}

/// An open first version of a record of this customer that the actor may write in.
fn open_draft(ctx: &Ctx<'_>, customer: &CustomerId) -> Result<Option<VisitId>, Refusal> {
    const SQL: &str = "
        SELECT v.visit_id, r.author, coalesce(v.officer, ''), c.officer
        FROM visits v JOIN records r USING (visit_id) JOIN customers c USING (customer_id)
        WHERE v.customer_id = ?1 AND v.state IN ('draft', 'returned')
            AND r.version = 1 AND r.state IN ('draft', 'returned')
        ORDER BY r.author = ?2 DESC, v.visited_on DESC, v.visit_id DESC";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let mut rows = statement.query([customer.as_str(), ctx.actor.user.as_str()])?;
    while let Some(row) = rows.next()? {
        let text = |i| row.get::<_, String>(i);
        if ctx.actor.may_write(&text(1)?, &text(2)?, &text(3)?) {
            return Ok(Some(VisitId(text(0)?)));
        }
    }
    Ok(None)
}

/// `V-C000123-20261123-X`; a second one on that day ends with `-2`.
fn new_id(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    day: NaiveDate,
    class: VisitClass,
) -> Result<VisitId, Refusal> {
    let mark = match class {
        VisitClass::Onsite => 'X',
        VisitClass::Offsite => 'F',
    };
    let base = format!("V-{customer}-{}-{mark}", day.format("%Y%m%d"));
    // The number of a draft that was thrown away is not given out again: the journal, flags and
    // what is written down elsewhere still mean that one.
    let taken = "
        SELECT 1 FROM visits WHERE visit_id = ?1
        UNION ALL SELECT 1 FROM record_writers WHERE visit_id = ?1";
    Ok(VisitId(free_id(ctx.tx, taken, &base)?))
}

/// Refuses a visit that is not one of this customer.
pub(super) fn check_visit(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    visit: &VisitId,
) -> Result<(), Refusal> {
    const SQL: &str = "SELECT 1 FROM visits WHERE visit_id = ?1 AND customer_id = ?2";
    let known = ctx.tx.prepare_cached(SQL)?.exists([visit.as_str(), customer.as_str()])?;
    if known { Ok(()) } else { Err(Refusal::NotFound) }
}

/// A visit was made by today, while the customer was one, and not before one that is handed in here:
/// each record is judged by what the one before it says. What is imported may come in any order.
fn check_day(
    ctx: &Ctx<'_>,
    customer: &CustomerId,
    visit: Option<&VisitId>,
    day: NaiveDate,
) -> Result<(), Refusal> {
    const BEFORE: &str = "SELECT 1 FROM customers WHERE customer_id = ?1 AND onboarded_on > ?2";
    const LATER: &str = "SELECT 1 FROM visits WHERE customer_id = ?1 AND visited_on > ?2 \
        AND visit_id <> ?3 AND origin = 'here' AND state IN ('submitted', 'approved')";
    let refuse = |why| Err(Refusal::Invalid { field: "visited_on", why });
    if day > ctx.today {
        return refuse("future");
    }
    let (id, day) = (customer.as_str(), day.to_string());
    if ctx.tx.prepare_cached(BEFORE)?.exists([id, &day])? {
        return refuse("before_onboarding");
    }
    let own = visit.map_or("", VisitId::as_str);
    if ctx.tx.prepare_cached(LATER)?.exists([id, &day, own])? {
        return refuse("before_last");
    }
    Ok(())
}

/// Changes day, class, channel and purposes of an open visit; its form is composed anew.
pub(super) fn set(ctx: &Ctx<'_>, command: &Command) -> Result<Done, Refusal> {
    let Command::SetVisit { visit, visited_on, class, channel, purposes, seen } = command else {
        return Err(Refusal::NotFound);
    };
    ctx.require(Action::Visit)?;
    let record = record::load_open(ctx, visit)?;
    if record.version > 1 {
        // What was approved is what the visit was about; only the answers can be corrected.
        return Err(Refusal::WrongState { state: "amendment".to_owned() });
    }
    record.require_revision(*seen, "set_visit")?;
    let channel = needed(channel, "channel")?;
    check_day(ctx, &record.customer, Some(visit), *visited_on)?;
    check_channel(ctx, &channel, *class)?;
    check_purposes(ctx, purposes, *class, &channel)?;
    let before = snapshot(ctx.tx, visit)?;
    let mut facts =
        facts::gather(ctx.tx, ctx.packs, &record.customer, visit, *class, *visited_on, purposes)?;
    let pack = &ctx.packs.preparation;
    facts::add_preparation(ctx.tx, pack, &record.customer, Some(visit), &mut facts)?;
    add_channel(ctx, &mut facts, &channel);
    keep_pack(ctx)?;
    write(
        ctx,
        &record,
        &Plan {
            visited_on: *visited_on,
            class: *class,
            channel: &channel,
            purposes: purposes_text(purposes),
            sections: &sections_text(&ctx.packs.library.compose(&facts)),
            facts: &facts.encode(),
        },
    )?;
    let after = snapshot(ctx.tx, visit)?;
    let mut written = Written::plain(visit.as_str(), Some(before.clone()), Some(after));
    written.undo = Some(Undoable {
        command: command.code(),
        subject: visit.as_str().to_owned(),
        part: String::new(),
        from: record.revision,
        to: record.revision + 1,
        inverse: Inverse::Visit(before),
    });
    Ok(written.into())
}

pub(super) fn write(ctx: &Ctx<'_>, record: &Record, plan: &Plan<'_>) -> Result<(), Refusal> {
    const VISIT: &str = "
        UPDATE visits SET visited_on = :day, class = :class, channel = :channel,
            purposes = :purposes, revision = revision + 1
        WHERE visit_id = :visit";
    const RECORD: &str = "
        UPDATE records SET sections = ?3, facts = ?4, pack = ?5, revision = revision + 1
        WHERE visit_id = ?1 AND version = ?2";
    ctx.tx.prepare_cached(VISIT)?.execute(named_params! {
        ":visit": record.visit.as_str(), ":day": plan.visited_on.to_string(),
        ":class": plan.class.as_code(), ":channel": plan.channel, ":purposes": plan.purposes,
    })?;
    ctx.tx.prepare_cached(RECORD)?.execute(params![
        record.visit.as_str(),
        record.version,
        plan.sections,
        plan.facts,
        ctx.packs.library.id(),
    ])?;
    record::note_writer(ctx, record.visit.as_str(), record.version)
}

/// Puts a visit back to what [`snapshot`] says.
pub(super) fn restore(ctx: &Ctx<'_>, visit: &str, before: &str) -> Result<String, Refusal> {
    const VISIT: &str = "
        UPDATE visits SET visited_on = json_extract(:b, '$.visited_on'),
            class = json_extract(:b, '$.class'), channel = json_extract(:b, '$.channel'),
            purposes = json_extract(:b, '$.purposes'), revision = revision + 1
        WHERE visit_id = :visit";
    const RECORD: &str = "
        UPDATE records SET sections = json_extract(:b, '$.sections'),
            facts = json_extract(:b, '$.facts'), pack = json_extract(:b, '$.pack'),
            revision = revision + 1
        WHERE visit_id = :visit AND version = json_extract(:b, '$.version')";
    for sql in [VISIT, RECORD] {
        ctx.tx.prepare_cached(sql)?.execute(named_params! {":visit": visit, ":b": before})?;
    }
    // What a visit is about changes in its first version only.
    record::note_writer(ctx, visit, 1)?;
    snapshot(ctx.tx, &VisitId::from(visit))
}

/// JSON of the visit and its latest version, without the answers.
pub(super) fn snapshot(tx: &Connection, visit: &VisitId) -> Result<String, Refusal> {
    let mut statement = tx.prepare_cached(VISIT_JSON)?;
    Ok(statement.query_row([visit.as_str()], |row| row.get(0))?)
}

/// Throws a draft away that was never handed in. The journal keeps what it held; flags raised
/// during it stay, because a risk that was seen does not vanish with the paper.
pub(super) fn discard(ctx: &Ctx<'_>, visit: &VisitId, seen: Revision) -> Result<Done, Refusal> {
    ctx.require(Action::Visit)?;
    let record = record::load(ctx, visit)?;
    if ctx.actor.role != Role::Supervisor || !is_orphan(ctx, &record)? {
        record.require_writer(ctx)?;
    }
    record.require_state(|state| state == VisitState::Draft)?;
    if was_submitted(ctx, &record)? {
        return Err(Refusal::WrongState { state: "submitted_before".to_owned() });
    }
    record.require_revision(seen, "discard")?;
    let mut statement = ctx.tx.prepare_cached(ANSWERS_JSON)?;
    let answers: String =
        statement.query_row(params![visit.as_str(), record.version], |row| row.get(0))?;
    let before = super::canon::Object::new()
        .raw("visit", &snapshot(ctx.tx, visit)?)
        .raw("answers", &answers)
        .done();
    for sql in [
        "DELETE FROM answers WHERE visit_id = ?1 AND version = ?2",
        "DELETE FROM comment_replies WHERE comment_id IN (SELECT comment_id FROM comments WHERE visit_id = ?1 AND version = ?2)",
        "DELETE FROM comments WHERE visit_id = ?1 AND version = ?2",
        "DELETE FROM co_inspections WHERE visit_id = ?1 AND version = ?2",
        "DELETE FROM declared_answers WHERE visit_id = ?1 AND version = ?2",
        "DELETE FROM likenesses WHERE visit_id = ?1 AND version = ?2",
        "DELETE FROM handings WHERE visit_id = ?1 AND version = ?2",
        "DELETE FROM attachments WHERE visit_id = ?1 AND version = ?2",
        "DELETE FROM records WHERE visit_id = ?1 AND version = ?2",
    ] {
        ctx.tx.prepare_cached(sql)?.execute(params![visit.as_str(), record.version])?;
    }
    let mut last = vec!["DELETE FROM field_drafts WHERE visit_id = ?1"];
    if record.version == 1 {
        last.push("UPDATE flag_care SET visit_id = NULL WHERE visit_id = ?1");
        last.push("DELETE FROM heard WHERE visit_id = ?1");
        last.push("DELETE FROM heard_texts WHERE visit_id = ?1");
        last.push("DELETE FROM attachment_refusals WHERE visit_id = ?1");
        last.push("DELETE FROM visits WHERE visit_id = ?1");
    }
    for sql in last {
        ctx.tx.prepare_cached(sql)?.execute([visit.as_str()])?;
    }
    ctx.replan(&record.customer)?;
    Ok(Written::plain(visit.as_str(), Some(before), None).into())
}

/// Whether nobody is left who began the draft and could finish it: gone, or without the customer.
fn is_orphan(ctx: &Ctx<'_>, record: &Record) -> Result<bool, Refusal> {
    let at_hand = format!(
        "SELECT 1 FROM users p JOIN customers c ON c.customer_id = ?2
         LEFT JOIN users o ON o.user = c.officer
         WHERE p.user = ?1 AND p.disabled = 0
             AND (p.user = c.officer OR p.role = 'supervisor' AND {SAME_BRANCH})"
    );
    let mut statement = ctx.tx.prepare_cached(&at_hand)?;
    Ok(!statement.exists([record.author.as_str(), record.customer.as_str()])?)
}

/// Whether this version was ever handed in; the journal knows, also after it was taken back.
fn was_submitted(ctx: &Ctx<'_>, record: &Record) -> Result<bool, Refusal> {
    const SQL: &str = "
        SELECT 1 FROM journal WHERE subject = ?1 AND command = 'submit'
            AND json_extract(after, '$.version') = ?2";
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    Ok(statement.exists(params![record.visit.as_str(), record.version])?)
}
