//! What transcripts, and what people wrote down beside visits, call by name. A transcript is read
//! once, when it is registered and before the write lock is taken; what it proposes is kept with its
//! place and decided in the record. What is written down elsewhere, remarks of those who review among
//! it, proposes its flags at once.

use std::collections::BTreeMap;
use std::io::Read as _;

use rusqlite::{named_params, params};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::Ctx;
use super::record::Record;
use crate::access::Actor;
use crate::assets::notes;
use crate::domain::answer::Value;
use crate::domain::attachment::{Looks, Media};
use crate::domain::heard::{MOST_HEARD_MB, TalkFault};
use crate::domain::ids::{CustomerId, VisitId};
use crate::media;
use crate::notes::hear::{Heard, hear};
use crate::notes::transcript::{Layout, Unread};
use crate::notes::{Lexicon, Meaning};
use crate::protocol::reply::Refusal;
use crate::store::files::{Shelf, Taken};
use crate::store::hex::hex;
use crate::store::journal;
use crate::store::project;
use crate::store::proposal::{self, Cause, Proposal};
use crate::store::warning;

/// A longer text is no talk that anybody had.
const MOST: u64 = MOST_HEARD_MB << 20;
/// So often each thing is kept of one text: a long talk says the same over and over, and nothing that it
/// says only once is left out for it.
const EACH: usize = 10;

/// A transcript that was read.
#[derive(Debug)]
pub(super) struct Transcript {
    pack: String,
    heard: Result<Vec<Heard>, Unread>,
}

/// Reads a file, if it is a transcript that was not read before by this pack.
pub(super) fn read(
    ctx: &Ctx<'_>,
    shelf: &Shelf,
    taken: &Taken,
    looks: &Looks,
) -> Result<Option<Transcript>, Refusal> {
    const KNOWN: &str = "SELECT 1 FROM heard_texts WHERE sha256 = ?1 AND pack = ?2";
    let Some(layout) = Layout::of_name(&taken.name).filter(|_| looks.media == Media::Plain) else {
        return Ok(None);
    };
    // A built-in pack is sound: a test reads it.
    let Ok(lexicon) = notes::shared() else { return Ok(None) };
    if ctx.tx.prepare_cached(KNOWN)?.exists([taken.sha256.as_str(), lexicon.id()])? {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    // What can't be read any more is told when it is registered, a moment later.
    let Ok(file) = shelf.open(&taken.sha256) else { return Ok(None) };
    let pack = lexicon.id().to_owned();
    if taken.size > MOST {
        let heard = Err(Unread { line: 1, why: TalkFault::TooLong });
        return Ok(Some(Transcript { pack, heard }));
    }
    if file.take(MOST).read_to_end(&mut bytes).is_err() {
        return Ok(None);
    }
    let Some(text) = media::text(&bytes) else { return Ok(None) };
    let mut heard = hear(&lexicon, &text, layout);
    if let Ok(heard) = &mut heard {
        keep_each(heard);
    }
    Ok(Some(Transcript { pack, heard }))
}

/// Leaves the first mentions of each thing, what others tell apart from what is said.
fn keep_each(heard: &mut Vec<Heard>) {
    let mut counted: BTreeMap<(Meaning, bool), usize> = BTreeMap::new();
    heard.retain(|one| {
        let n = counted.entry((one.meaning.clone(), one.hearsay)).or_default();
        *n += 1;
        *n <= EACH
    });
}

/// Keeps what a transcript of a visit says. One that was read before goes with its file.
pub(super) fn keep(
    ctx: &Ctx<'_>,
    visit: &VisitId,
    sha256: &str,
    transcript: Option<&Transcript>,
) -> Result<(), Refusal> {
    const TEXT: &str = "
        INSERT OR REPLACE INTO heard_texts (sha256, visit_id, pack, read_at, fault, fault_line)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    const SPAN: &str = "
        INSERT INTO heard (sha256, n, visit_id, mark, kind, code, words, hearsay)
        VALUES (:sha, :n, :visit, :mark, :kind, :code, :words, :hearsay)";
    let Some(transcript) = transcript else {
        for sql in [
            "UPDATE heard_texts SET visit_id = ?2 WHERE sha256 = ?1 AND visit_id <> ?2",
            "UPDATE heard SET visit_id = ?2 WHERE sha256 = ?1 AND visit_id <> ?2",
        ] {
            ctx.tx.prepare_cached(sql)?.execute([sha256, visit.as_str()])?;
        }
        return Ok(());
    };
    ctx.tx.prepare_cached("DELETE FROM heard WHERE sha256 = ?1")?.execute([sha256])?;
    let fault = transcript.heard.as_ref().err();
    let (why, line) = (fault.map(|fault| fault.why.as_code()), fault.map(|fault| fault.line));
    let text = params![sha256, visit.as_str(), transcript.pack, ctx.at(), why, line];
    ctx.tx.prepare_cached(TEXT)?.execute(text)?;
    for (n, heard) in (1_i64..).zip(transcript.heard.iter().flatten()) {
        let (kind, code) = heard.meaning.coded();
        ctx.tx.prepare_cached(SPAN)?.execute(named_params! {
            ":sha": sha256, ":n": n, ":visit": visit.as_str(), ":mark": heard.mark,
            ":kind": kind.as_code(), ":code": code, ":words": heard.words,
            ":hearsay": heard.hearsay,
        })?;
    }
    Ok(())
}

/// Something that was written down beside a record.
pub(super) struct Note<'a> {
    /// About whom.
    pub(super) customer: &'a CustomerId,
    /// Where, as the name of a fact: `heard.call_back`.
    pub(super) place: &'static str,
    /// Which one there: the number of a visit, of a to-do.
    pub(super) of: &'a str,
    /// Whose word it was, where that is told.
    pub(super) by: Option<&'a str>,
    /// What was written.
    pub(super) text: &'a str,
}

/// Proposes the signals that a note names, each once; what is open, or was rejected with the same
/// text, is not proposed again.
pub(super) fn listen(ctx: &Ctx<'_>, note: &Note<'_>) -> Result<(), Refusal> {
    // An empty note says nothing, and loads no words while others wait to write.
    if note.text.trim().is_empty() {
        return Ok(());
    }
    let Ok(lexicon) = notes::shared() else { return Ok(()) };
    let stamp = format!("text:{}", hex(&Sha256::digest(note.text)));
    let mut seen: Vec<String> = Vec::new();
    let mut proposed = false;
    // What others tell is no ground for a flag: it stays in the note.
    let said = hear(&lexicon, note.text, Layout::Plain).unwrap_or_default();
    for heard in said.into_iter().filter(|heard| !heard.hearsay) {
        let Meaning::Signal(code) = &heard.meaning else { continue };
        if !seen.contains(code) {
            seen.push(code.clone());
            proposed |= propose(ctx, &lexicon, note, (code, &heard.words), &stamp)?;
        }
    }
    if proposed {
        project::project_proposals(ctx.tx, ctx.packs, note.customer, ctx.today)?;
    }
    Ok(())
}

/// The same of what the actor says about a record: a comment, its answer, a reason, an opinion. What
/// proposed stays proposed when the remark is taken back: somebody decides, with a reason.
pub(super) fn remark(
    ctx: &Ctx<'_>,
    record: &Record,
    place: &'static str,
    text: &str,
) -> Result<(), Refusal> {
    let (customer, of) = (&record.customer, record.visit.as_str());
    listen(ctx, &Note { customer, place, of, by: Some(&ctx.actor.name), text })
}

/// Whether it was proposed.
fn propose(
    ctx: &Ctx<'_>,
    lexicon: &Lexicon,
    note: &Note<'_>,
    (signal, words): (&str, &str),
    stamp: &str,
) -> Result<bool, Refusal> {
    let customer = note.customer;
    if proposal::is_known(ctx.tx, customer, (signal, stamp))? {
        return Ok(false);
    }
    let library = warning::library_of(ctx.tx, customer)?;
    let Some(level) = library.get(signal).filter(|known| known.on).map(|known| known.level) else {
        return Ok(false);
    };
    // Who said it stands before the words, where lists cut them off; the record before both is told
    // with what led to the flag.
    let said = note.by.map_or_else(|| words.to_owned(), |by| format!("{by} {words}"));
    let told = format!("{} {said}", note.of);
    let rule = Some((lexicon.id(), stamp));
    let short = if note.by.is_some() { &said } else { &told };
    let proposal = Proposal { customer, signal, level, note: short, rule };
    let flag = proposal::propose(ctx.tx, ctx.packs, &proposal, ctx.now)?;
    let value = Value::Text(told);
    let cause = Cause { fact: note.place, value: &value, day: Some(ctx.today) };
    proposal::keep_causes(ctx.tx, &flag, [cause])?;
    let after = json!({
        "customer_id": customer.as_str(), "signal": signal, "level": level.as_code(),
        "place": note.place, "of": note.of, "by": note.by, "words": words, "rule": lexicon.id(), "stamp": stamp,
    });
    let entry = journal::Entry {
        actor: &Actor::program(&ctx.actor.session),
        now: ctx.now,
        op: None,
        command: "propose_flag",
        subject: flag.as_str(),
        before: None,
        after: Some(&after.to_string()),
    };
    journal::append(ctx.tx, &entry)?;
    Ok(true)
}

#[cfg(test)]
mod tests;
