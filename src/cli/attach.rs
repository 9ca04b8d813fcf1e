//! `huifang attach` and `huifang proof`: registers a document or a photo with an open record, or
//! with a live flag as its proof.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::args::{Attach, Proof};
use super::questionnaire;
use super::session::{Desk, Io, Session};
use crate::config::IdentityMode;
use crate::domain::attachment::PhotoCategory;
use crate::domain::ids::{FlagId, VisitId};
use crate::fault::{Fault, Found};
use crate::form::{Item, Kind};
use crate::i18n::{Catalog, Lang};
use crate::protocol::command::{Command, FileSource, ProofCommand};
use crate::protocol::reply::{Outcome, Refusal};

/// Registers a file as the acting person.
pub fn run(args: &Attach, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let mut session = Session::writer(desk)?;
    let visit = VisitId::from(args.visit.as_str());
    check_item(&session, &visit, &args.item, desk.lang)?;
    let source = source((&args.file, args.name.as_deref()), desk, &session)?;
    let command = Command::Attach {
        visit,
        item: args.item.clone(),
        source,
        category: args.category.as_deref().and_then(PhotoCategory::from_code),
    };
    register(&mut session, &command, &args.file, (desk, io))
}

/// Registers a file with a flag as the acting person.
pub fn prove(args: &Proof, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let mut session = Session::writer(desk)?;
    let source = source((&args.file, args.name.as_deref()), desk, &session)?;
    let flag = FlagId::from(args.flag.as_str());
    let command = Command::Proof(ProofCommand::Add { flag, source });
    register(&mut session, &command, &args.file, (desk, io))
}

/// Refuses a question that the record does not have, and names those that take a file.
fn check_item(session: &Session, visit: &VisitId, item: &str, lang: Lang) -> Result<(), Fault> {
    let (page, form) = questionnaire::open(session, visit)?;
    let state = form.evaluate(&questionnaire::answers(&page));
    let takes = |item: &Item| matches!(item.kind, Kind::Document);
    let papers: Vec<(String, String)> = state
        .rows
        .iter()
        .filter(|row| takes(&row.item))
        .map(|row| (row.path.to_string(), lang.pick(&row.title.en, &row.title.zh).to_owned()))
        .collect();
    // One that is not asked of this customer may have a file all the same.
    let known = session.packs.library.item(item).is_some_and(|one| takes(one));
    if known || papers.iter().any(|(code, _)| code == item) {
        return Ok(());
    }
    Err(Fault::NoItem { item: item.to_owned(), papers })
}

fn register(
    session: &mut Session,
    command: &Command,
    file: &str,
    (desk, io): (&Desk, &mut Io<'_>),
) -> Result<(), Fault> {
    let text = &Catalog::of(desk.lang).files;
    let outcome = session.outcome(command);
    match outcome.map_err(|fault| too_large(file, command, not_there(file, fault), session))? {
        Outcome::Reused { name, first } => {
            writeln!(io.err, "{}", text.reused(&name, first.as_ref()))?;
            Err(Fault::Found(Found::Reused))
        }
        Outcome::Attached { name, known, .. } if !desk.global.quiet => {
            let said = match command {
                Command::Proof(_) => text.proof_attached(&name, known),
                _ => text.attached(&name, known),
            };
            Ok(writeln!(io.err, "{said}")?)
        }
        _ => Ok(()),
    }
}

/// A file that is too large is told with what is allowed.
fn too_large(file: &str, command: &Command, fault: Fault, session: &Session) -> Fault {
    let rules = &session.packs.attachments;
    let photo = match command {
        Command::Attach { item, .. } => session.packs.library.item(item).is_some_and(|i| i.photo),
        _ => false,
    };
    let most = if photo { rules.photo_bytes } else { rules.document_bytes };
    match fault {
        Fault::Refused(Refusal::Invalid { why: "file_too_large", .. }) => {
            Fault::TooLarge { path: PathBuf::from(file), most }
        }
        other => other,
    }
}

/// Who names a file that is not there is told which; there is no list to open again.
fn not_there(file: &str, fault: Fault) -> Fault {
    match fault {
        Fault::Refused(Refusal::Invalid { why: "file_not_there", .. }) => {
            Fault::File { path: PathBuf::from(file), why: ErrorKind::NotFound }
        }
        other => other,
    }
}

/// Standard input; a path on one's own machine; on a server a name in one's own drop folder, because
/// there the program can read what its user may not.
fn source(
    (file, name): (&str, Option<&str>),
    desk: &Desk,
    session: &Session,
) -> Result<FileSource, Fault> {
    let named = |path: &str| {
        let own = Path::new(path).file_name().and_then(|name| name.to_str());
        name.or(own).unwrap_or(path).to_owned()
    };
    let (store, actor) = (&session.store, &session.actor);
    match file {
        "-" => {
            let name = name.unwrap_or("stdin");
            Ok(store.take_in(actor, &mut std::io::stdin().lock(), name)?)
        }
        path if desk.config.identity == IdentityMode::Os => {
            let taken = store.take_in_path(actor, Path::new(path), &named(path));
            taken.map_err(|why| match why {
                Refusal::Invalid { why: "file_too_large", .. } => {
                    let most = session.packs.attachments.document_bytes;
                    Fault::TooLarge { path: PathBuf::from(path), most }
                }
                why => not_there(path, why.into()),
            })
        }
        name => Ok(FileSource::Dropped(name.to_owned())),
    }
}
