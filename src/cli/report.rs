//! `huifang report`: one report into one file.

use std::path::Path;

use super::args::{Report, ReportFile, ReportOf};
use super::leave::ending;
use super::session::{Desk, Io, Session, Want};
use crate::domain::ids::{CustomerId, OpId, PacketId, VisitId};
use crate::fault::usage::{Misuse, MisuseKind};
use crate::fault::{Fault, Wrong};
use crate::i18n::Catalog;
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;
use crate::protocol::report::{ReportFormat, ReportOrder, ReportSubject};
use crate::worker::report::{self, Asking, Target};

impl From<report::Fault> for Fault {
    fn from(fault: report::Fault) -> Self {
        match fault {
            report::Fault::Refused(why) => Self::Refused(why),
            report::Fault::Exists(path) => Self::Taken(path),
            report::Fault::File { path, why } => Self::File { path, why },
            report::Fault::Report(why) => Self::Pack(why.to_string()),
        }
    }
}

/// Makes the report that the words ask for.
pub fn run(args: &Report, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let (subjects, file) = wanted(args)?;
    let format = format_of(&file.out)?;
    let mut session = Session::batch(desk, Want::Read)?;
    let read_at = session.now();
    let noted_at = session.noted_at().map_err(Fault::store(session.store.path()))?;
    let lang = desk.lang.of_file();
    let subject = there(&session, subjects)?;
    let order = ReportOrder {
        subject,
        format,
        lang,
        unmasked: file.unmask,
        reason: file.reason.clone().unwrap_or_default(),
    };
    let op = OpId(format!("{}-report", session.actor.session));
    let asking = Asking { actor: &session.actor, read_at, noted_at, op: &op };
    let target = Target::File { path: &file.out, force: file.force };
    let path = report::make(&mut session.store, asking, &order, target)?;
    if !desk.global.quiet {
        let t = &Catalog::of(desk.lang).cli;
        writeln!(io.err, "{}", t.made(&path.display().to_string()))?;
    }
    Ok(())
}

/// What is asked for; a pack may be that of a visit or of a customer.
fn wanted(args: &Report) -> Result<(Vec<ReportSubject>, &ReportFile), Fault> {
    let customer = |id: &str| CustomerId::from(id);
    Ok(match (&args.of, &args.visit, &args.file) {
        (Some(ReportOf::Renewal { customer: id, file }), ..) => {
            (vec![ReportSubject::Renewal(customer(id))], file)
        }
        (Some(ReportOf::Diligence { customer: id, file }), ..) => {
            (vec![ReportSubject::Diligence(customer(id))], file)
        }
        (Some(ReportOf::Brief { customer: id, file }), ..) => {
            (vec![ReportSubject::Brief(customer(id))], file)
        }
        (Some(ReportOf::Handover { packet, file }), ..) => {
            (vec![ReportSubject::Packet(PacketId::from(packet.as_str()))], file)
        }
        (Some(ReportOf::Pack { of, file }), ..) => {
            let visit = ReportSubject::PackOf(VisitId::from(of.as_str()));
            (vec![visit, ReportSubject::Pack(customer(of))], file)
        }
        (None, Some(visit), Some(file)) => {
            (vec![ReportSubject::Visit(VisitId::from(visit.as_str()))], file)
        }
        (None, ..) => {
            let (kind, what) = (MisuseKind::Missing, String::from("<VISIT>"));
            let misuse = Misuse { kind, what, value: String::new(), right: Vec::new() };
            return Err(Fault::Usage(misuse));
        }
    })
}

/// The first of these that is there and in scope.
fn there(session: &Session, subjects: Vec<ReportSubject>) -> Result<ReportSubject, Fault> {
    for subject in subjects {
        let query = Query::Report { subject: subject.clone(), unmasked: false };
        match session.store.query(&session.actor, session.now(), &query) {
            Ok(Page::Report(_)) => return Ok(subject),
            Ok(_) | Err(Refusal::NotFound) => {}
            Err(why) => return Err(why.into()),
        }
    }
    Err(Refusal::NotFound.into())
}

fn format_of(out: &Path) -> Result<ReportFormat, Fault> {
    let format = ReportFormat::from_code(&ending(out));
    format.ok_or_else(|| Fault::Wrong(Wrong::ReportEnding(out.display().to_string())))
}
