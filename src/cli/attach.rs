//! `huifang attach`: registers a document or a photo with an open record.

use std::path::Path;

use super::args::Attach;
use super::fault::{Fault, Found};
use super::session::{Desk, Io, Session};
use crate::config::IdentityMode;
use crate::domain::attachment::PhotoCategory;
use crate::domain::ids::VisitId;
use crate::i18n::Catalog;
use crate::protocol::command::{Command, FileSource};
use crate::protocol::reply::Outcome;

/// Registers a file as the acting person.
pub fn run(args: &Attach, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let mut session = Session::writer(desk)?;
    let source = source(args, desk, &session)?;
    let command = Command::Attach {
        visit: VisitId::from(args.visit.as_str()),
        item: args.item.clone(),
        source,
        category: args.category.as_deref().and_then(PhotoCategory::from_code),
    };
    let text = &Catalog::of(desk.lang).files;
    match session.outcome(&command)? {
        Outcome::Reused { name, first } => {
            writeln!(io.err, "{}", text.reused(&name, first.as_ref()))?;
            Err(Fault::Found(Found::Reused))
        }
        Outcome::Attached { name, known, .. } if !desk.global.quiet => {
            Ok(writeln!(io.err, "{}", text.attached(&name, known))?)
        }
        _ => Ok(()),
    }
}

/// Standard input; a path on one's own machine; on a server a name in one's own drop folder, because
/// there the program can read what its user may not.
fn source(args: &Attach, desk: &Desk, session: &Session) -> Result<FileSource, Fault> {
    let named = |path: &str| {
        let own = Path::new(path).file_name().and_then(|name| name.to_str());
        args.name.clone().or_else(|| own.map(str::to_owned)).unwrap_or_else(|| path.to_owned())
    };
    let (store, actor) = (&session.store, &session.actor);
    match args.file.as_str() {
        "-" => {
            let name = args.name.clone().unwrap_or_else(|| "stdin".to_owned());
            Ok(store.take_in(actor, &mut std::io::stdin().lock(), &name)?)
        }
        path if desk.config.identity == IdentityMode::Os => {
            Ok(store.take_in_path(actor, Path::new(path), &named(path))?)
        }
        name => Ok(FileSource::Dropped(name.to_owned())),
    }
}
