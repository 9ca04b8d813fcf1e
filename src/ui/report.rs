//! Asking for a report: which, as what, in which language. The folder it goes to is the worker's
//! business: nobody types a path here.

use super::action::Answered;
use super::ask::{Ask, Field};
use super::ctx::Ctx;
use crate::domain::ids::{CustomerId, VisitId};
use crate::i18n::report::Report;
use crate::protocol::command::Command;
use crate::protocol::report::{ReportFormat, ReportKind, ReportLang, ReportOrder, ReportSubject};

/// Tag of the dialog.
pub const TAG: &str = "report";
/// Code of personal data in clear.
const CLEAR: &str = "clear";

/// About whom a report is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The customer.
    pub customer: CustomerId,
    /// The visit in view, if one is.
    pub visit: Option<VisitId>,
}

/// The dialog; the report of the visit in view, if there is one, is chosen first.
pub fn dialog(about: &About, ctx: &Ctx<'_>) -> Ask {
    let first = if about.visit.is_some() { ReportKind::Visit } else { ReportKind::Renewal };
    dialog_for(first, about, ctx)
}

/// The dialog with this kind chosen.
pub fn dialog_for(first: ReportKind, about: &About, ctx: &Ctx<'_>) -> Ask {
    let t = Report::of(ctx.lang);
    let kinds = ReportKind::ALL.iter().filter(|kind| match kind {
        ReportKind::Visit => about.visit.is_some(),
        // Asked for where the packet is.
        ReportKind::Handover => false,
        _ => true,
    });
    let kinds: Vec<(String, String)> =
        kinds.map(|kind| (kind.as_code().to_owned(), t.kind_name(*kind).to_owned())).collect();
    let formats = ReportFormat::ALL
        .iter()
        .map(|format| (format.as_code().to_owned(), t.format_name(*format).to_owned()));
    let langs = ReportLang::ALL
        .iter()
        .map(|lang| (lang.as_code().to_owned(), Report::language(*lang).to_owned()));
    let open = vec![
        ("masked".to_owned(), t.choose_masked.to_owned()),
        (CLEAR.to_owned(), t.choose_clear.to_owned()),
    ];
    let fields = vec![
        Field::choice(t.ask_kind, first.as_code(), kinds),
        Field::choice(t.ask_format, ReportFormat::Docx.as_code(), formats.collect()),
        Field::choice(t.ask_lang, ctx.lang.of_file().as_code(), langs.collect()),
        Field::choice(t.ask_clear, "masked", open),
        Field::text(t.ask_reason, "").required_when(3, CLEAR),
    ];
    let mut ask = Ask::form(TAG, t.ask_title, fields);
    let visit = about.visit.as_ref().map(|visit| format!("  {visit}")).unwrap_or_default();
    ask.lines.push(format!("{}{visit}", about.customer));
    ask
}

/// The order that an answer stands for.
pub fn command(answered: &Answered, about: &About) -> Option<Command> {
    let value = |at: usize| answered.values.get(at).map_or("", String::as_str);
    let customer = about.customer.clone();
    let subject = match ReportKind::from_code(value(0))? {
        ReportKind::Visit => ReportSubject::Visit(about.visit.clone()?),
        ReportKind::Renewal => ReportSubject::Renewal(customer),
        ReportKind::Diligence => ReportSubject::Diligence(customer),
        ReportKind::Brief => ReportSubject::Brief(customer),
        ReportKind::Pack => ReportSubject::Pack(customer),
        ReportKind::Handover => return None,
    };
    let order = ReportOrder {
        subject,
        format: ReportFormat::from_code(value(1))?,
        lang: ReportLang::from_code(value(2))?,
        unmasked: value(3) == CLEAR,
        reason: value(4).trim().to_owned(),
    };
    Some(Command::MakeReport { order, made: None })
}
