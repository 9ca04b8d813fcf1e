//! `huifang scan`: what free text, or the transcript of a talk, calls by name. Local, without
//! model or network; it proposes, a person decides.

use std::io::Read as _;
use std::path::Path;

use serde_json::{Value, json};

use super::args::{Format, Scan};
use super::session::{Desk, Io};
use super::table::{Sheet, document};
use crate::assets::{notes, signals};
use crate::domain::heard::{MOST_SCANNED_MB, TalkFault};
use crate::exchange::fold::visible;
use crate::fault::Fault;
use crate::i18n::{Catalog, scan as words};
use crate::media;
use crate::notes::transcript::{Cue, Layout, Unread, whole_cues};
use crate::notes::{Finding, Lexicon, Proposal, Stand, What, propose};
use crate::risk::Signals;

/// Longest text that is read, in bytes.
const MOST: u64 = MOST_SCANNED_MB << 20;

/// A text with what was found in it.
struct Read {
    name: String,
    cues: Vec<Heard>,
}

/// A cue with what was found in it; its characters are counted once, however much that is.
struct Heard {
    at: String,
    chars: Vec<char>,
    found: Vec<Finding>,
}

impl Heard {
    /// The characters of a finding.
    fn span(&self, finding: &Finding) -> String {
        self.chars.get(finding.start..finding.end).unwrap_or_default().iter().collect()
    }
}

/// Scans files, or standard input where none is named.
pub fn run(args: &Scan, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let lexicon = notes::shared().map_err(Fault::Faulty)?;
    let signals = signals::shared().map_err(Fault::Faulty)?;
    let mut all = Vec::new();
    if args.files.is_empty() {
        let path = Path::new("-");
        let bytes = whole(std::io::stdin(), path)?;
        all.push(read("-", &bytes, Layout::Plain, &lexicon, path)?);
    }
    for path in &args.files {
        let bytes = whole(std::fs::File::open(path).map_err(Fault::file(path))?, path)?;
        let layout = Layout::of_name(&path.display().to_string()).unwrap_or(Layout::Plain);
        all.push(read(&path.display().to_string(), &bytes, layout, &lexicon, path)?);
    }
    match format {
        Format::Json => {
            let texts: Vec<Value> = all.iter().map(|text| value(text, &lexicon)).collect();
            Ok(document(&json!(texts), io.out)?)
        }
        Format::Csv => Ok(sheet(&all, &signals, desk).csv(io.out)?),
        _ => table(&all, &signals, desk, io),
    }
}

/// All of a text: one that is too long is refused, for a part of it would look like all.
fn whole(text: impl std::io::Read, path: &Path) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let read = text.take(MOST + 1).read_to_end(&mut bytes).map_err(Fault::file(path))?;
    if u64::try_from(read).is_ok_and(|read| read <= MOST) {
        return Ok(bytes);
    }
    Err(Fault::Talk { path: path.to_owned(), line: 1, why: TalkFault::TooLong })
}

fn read(
    name: &str,
    bytes: &[u8],
    layout: Layout,
    lexicon: &Lexicon,
    path: &Path,
) -> Result<Read, Fault> {
    let unread = |Unread { line, why }| Fault::Talk { path: path.to_owned(), line, why };
    // No text holds a zero byte; what does may decode all the same.
    let text = media::text(bytes).filter(|text| !text.contains('\0'));
    let text = text.ok_or_else(|| unread(Unread { line: 1, why: TalkFault::NotText }))?;
    let heard = |cue: Cue| Heard {
        found: lexicon.scan(&cue.text),
        chars: cue.text.chars().collect(),
        at: cue.at,
    };
    let cues = whole_cues(lexicon, &text, layout).map_err(unread)?.into_iter().map(heard).collect();
    Ok(Read { name: name.to_owned(), cues })
}

fn proposal(text: &Read) -> Proposal {
    let all: Vec<Finding> = text.cues.iter().flat_map(|cue| cue.found.iter().cloned()).collect();
    propose(&all)
}

/// Kind and code of a finding.
fn coded(what: &What) -> (&'static str, String) {
    match what {
        What::Word(meaning) => {
            let (kind, code) = meaning.coded();
            (kind.as_code(), code.to_owned())
        }
        What::Amount(fen) => ("amount", fen.to_string()),
        What::Day => ("day", String::new()),
    }
}

const fn stand(stand: Stand) -> &'static str {
    match stand {
        Stand::Said => "said",
        Stand::Denied => "denied",
        Stand::Supposed => "supposed",
        Stand::Hearsay => "hearsay",
        Stand::Below => "below",
    }
}

fn value(text: &Read, lexicon: &Lexicon) -> Value {
    let proposal = proposal(text);
    let findings: Vec<Value> = text
        .cues
        .iter()
        .flat_map(|cue| cue.found.iter().map(move |finding| (cue, finding)))
        .map(|(cue, finding)| {
            let (kind, code) = coded(&finding.what);
            json!({
                "kind": kind,
                "code": code,
                "stand": stand(finding.stand),
                "text": cue.span(finding),
                "start": finding.start,
                "end": finding.end,
                "at": cue.at,
            })
        })
        .collect();
    json!({
        "file": text.name,
        "pack": lexicon.id(),
        "signals": proposal.signals,
        "hearsay": proposal.hearsay,
        "tags": proposal.tags,
        "attitude": proposal.attitude.map(crate::notes::Attitude::as_code),
        "findings": findings,
    })
}

fn sheet(all: &[Read], signals: &Signals, desk: &Desk) -> Sheet {
    let t = &Catalog::of(desk.lang).scan;
    let machine = desk.global.format == Some(Format::Csv);
    let mut sheet = Sheet::new(&[
        ("file", t.file),
        ("at", t.at),
        ("kind", t.kind),
        ("code", t.code),
        ("stand", t.stand),
        ("text", t.span),
        ("start", t.start),
    ]);
    for text in all {
        let all = text.cues.iter().flat_map(|cue| cue.found.iter().map(move |one| (cue, one)));
        for (cue, finding) in all {
            let (kind, code) = coded(&finding.what);
            let (kind, code, stands) = if machine {
                (kind.to_owned(), code, stand(finding.stand).to_owned())
            } else {
                let named = words::named(desk.lang, &finding.what, signals);
                let kind = words::kind(desk.lang, &finding.what).to_owned();
                (kind, named, words::stand(desk.lang, finding.stand).to_owned())
            };
            sheet.push(vec![
                json!(visible(&text.name)),
                json!(cue.at),
                json!(kind),
                json!(code),
                json!(stands),
                json!(visible(&cue.span(finding))),
                json!(finding.start),
            ]);
        }
    }
    sheet
}

fn table(all: &[Read], signals: &Signals, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let t = &Catalog::of(desk.lang).scan;
    if all.iter().all(|text| text.cues.iter().all(|cue| cue.found.is_empty())) {
        writeln!(io.out, "{}", t.nothing)?;
        return Ok(());
    }
    sheet(all, signals, desk).text(io.out)?;
    for text in all {
        let proposal = proposal(text);
        let named = |codes: &[String]| -> Vec<String> {
            codes.iter().map(|code| words::signal(desk.lang, code, signals)).collect()
        };
        let (said, hearsay) = (named(&proposal.signals), named(&proposal.hearsay));
        let attitude = proposal.attitude.map(|attitude| words::attitude(desk.lang, attitude));
        writeln!(io.out, "\n{}", t.proposes(&visible(&text.name), &said, &hearsay, attitude))?;
    }
    writeln!(io.out, "{}", t.aid)?;
    Ok(())
}

#[cfg(test)]
mod tests;
