//! Comments of reviewers, and how officers dealt with them.

use rusqlite::{OptionalExtension, params};

use super::canon::Object;
use super::inverse::{Inverse, Undoable};
use super::record;
use super::{Ctx, Done, Written, conflict, heard, needed};
use crate::access::Action;
use crate::domain::ids::VisitId;
use crate::protocol::command::Revision;
use crate::protocol::reply::Refusal;

/// Comments on the latest version.
pub(super) fn comment(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    item: Option<&str>,
    text: &str,
) -> Result<Done, Refusal> {
    const SQL: &str = "
        INSERT INTO comments (comment_id, visit_id, version, item, text, author, at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    if !ctx.actor.may(Action::Visit) {
        ctx.require(Action::Review)?;
    }
    let record = record::load(ctx, visit)?;
    let text = needed(text, "text")?;
    heard::remark(ctx, &record, "heard.comment", &text)?;
    let id = format!("K-{}", ctx.next_seq()?);
    let me = ctx.actor.user.as_str();
    ctx.tx.prepare_cached(SQL)?.execute(params![
        id,
        visit.as_str(),
        record.version,
        item,
        text,
        me,
        ctx.at()
    ])?;
    let after = Object::new()
        .text("comment_id", &id)
        .int("version", record.version)
        .maybe("item", item)
        .text("text", &text)
        .done();
    let mut written = Written::plain(visit.as_str(), None, Some(after));
    written.undo = Some(Undoable {
        command: "comment",
        subject: visit.as_str().to_owned(),
        part: id.clone(),
        from: 0,
        to: 1,
        inverse: Inverse::Comment(id),
    });
    Ok(written.into())
}

/// Takes a comment back that nobody has dealt with yet and on which no decision rests. Returns what
/// it said.
pub(super) fn uncomment(ctx: &Ctx<'_>, id: &str) -> Result<String, Refusal> {
    const SQL: &str = "
        DELETE FROM comments WHERE comment_id = ?1 AND author = ?2 AND resolved = 0
            AND NOT EXISTS (SELECT 1 FROM comment_replies r WHERE r.comment_id = comments.comment_id)
            AND NOT EXISTS (SELECT 1 FROM records r WHERE r.visit_id = comments.visit_id
                AND r.version = comments.version AND r.state IN ('returned', 'approved'))
        RETURNING json_object('comment_id', comment_id, 'item', item, 'text', text)";
    let me = ctx.actor.user.as_str();
    let mut statement = ctx.tx.prepare_cached(SQL)?;
    let mut rows = statement.query([id, me])?;
    match rows.next()? {
        Some(row) => Ok(row.get(0)?),
        None => Err(conflict(0, "comment", "", "resolved", "")),
    }
}

/// Says how a comment was dealt with; said again, it replaces what was said before.
pub(super) fn reply(
    ctx: &Ctx<'_>,
    comment: &str,
    text: &str,
    seen: Revision,
) -> Result<Done, Refusal> {
    const FIND: &str = "SELECT visit_id, version FROM comments WHERE comment_id = ?1";
    const THERE: &str = "SELECT revision, text, author FROM comment_replies WHERE comment_id = ?1";
    const PUT: &str = "
        INSERT INTO comment_replies (comment_id, text, author, at) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (comment_id) DO UPDATE SET text = excluded.text, author = excluded.author,
            at = excluded.at, revision = revision + 1";
    ctx.require(Action::Visit)?;
    let found = ctx
        .tx
        .prepare_cached(FIND)?
        .query_row([comment], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)));
    let (visit, version) = found.optional()?.ok_or(Refusal::NotFound)?;
    let record = record::load(ctx, &VisitId::from(visit.as_str()))?;
    record.require_writer(ctx)?;
    record.require_state(crate::domain::visit::VisitState::is_open)?;
    if record.version != version {
        return Err(Refusal::NotFound);
    }
    let text = needed(text, "text")?;
    let there: Option<(Revision, String, String)> = ctx
        .tx
        .prepare_cached(THERE)?
        .query_row([comment], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let revision = there.as_ref().map_or(0, |(revision, ..)| *revision);
    if revision != seen {
        let (theirs, by) = there.as_ref().map_or(("", ""), |(_, text, by)| (text, by));
        return Err(conflict(revision, "comment", &text, theirs, by));
    }
    let me = ctx.actor.user.as_str();
    ctx.tx.prepare_cached(PUT)?.execute(params![comment, text, me, ctx.at()])?;
    heard::remark(ctx, &record, "heard.reply", &text)?;
    let told = |text: &str| Object::new().text("comment_id", comment).text("reply", text).done();
    let before = there.map(|(_, text, _)| told(&text));
    Ok(Written::plain(&visit, before, Some(told(&text))).into())
}
