//! Contract, borrower and schedule, for looking up during a visit; personal data masked.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Step;
use crate::domain::ids::CustomerId;
use crate::i18n::{format, words};
use crate::protocol::page::{Instalment, LoanRow, SheetsPage};
use crate::protocol::query::{Query, Slot};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::facts::{fact, fact_styled, heading, muted};
use crate::ui::widgets::frame::{centered, place, popup, put, tabs};
use crate::ui::widgets::reader::Reader;

/// Which sheet is in view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Sheet {
    #[default]
    Contracts,
    Borrower,
    Schedule,
}

impl Sheet {
    const ALL: [Self; 3] = [Self::Contracts, Self::Borrower, Self::Schedule];

    const fn title(self, ctx: &Ctx<'_>) -> &'static str {
        match self {
            Self::Contracts => ctx.text.prepare.contracts,
            Self::Borrower => ctx.text.prepare.borrower,
            Self::Schedule => ctx.text.prepare.schedule,
        }
    }

    fn turn(self, forward: bool) -> Self {
        let step = if forward { 1 } else { Self::ALL.len() - 1 };
        Self::ALL.get((self as usize + step) % Self::ALL.len()).copied().unwrap_or_default()
    }
}

/// The sheets of one customer.
#[derive(Debug)]
pub struct Sheets {
    customer: CustomerId,
    page: Option<Arc<SheetsPage>>,
    sheet: Sheet,
    reader: Reader,
}

impl Sheets {
    pub(super) fn new(customer: CustomerId) -> Self {
        Self { customer, page: None, sheet: Sheet::default(), reader: Reader::default() }
    }

    pub(super) fn query(&self) -> (Slot, Query) {
        (Slot::Sheets, Query::Sheets { customer: self.customer.clone() })
    }

    pub(super) fn load(&mut self, page: Arc<SheetsPage>) {
        self.page = Some(page);
    }

    pub(super) fn on_action(&mut self, action: &Action) -> Step {
        if self.reader.on_action(action) {
            return Step::stay();
        }
        self.sheet = match action {
            Action::Right | Action::Open => self.sheet.turn(true),
            Action::Left => self.sheet.turn(false),
            _ => return Step::close(Vec::new()),
        };
        self.reader = Reader::default();
        Step::stay()
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let text = &ctx.text.prepare;
        let name = self.page.as_ref().map_or(text.sheets, |page| page.dossier.name.as_str());
        let height = area.height.saturating_sub(2).min(40);
        let inner = popup(frame, centered(area, 90, height), name, ctx);
        let Some(page) = self.page.clone() else {
            put(frame, inner, 0, Line::raw(ctx.text.shell.loading));
            return;
        };
        let titles = Sheet::ALL.into_iter().map(|sheet| (sheet.title(ctx), sheet == self.sheet));
        put(frame, inner, 0, tabs(titles, ctx));
        let body = Rect {
            y: inner.y + 2.min(inner.height),
            height: inner.height.saturating_sub(2),
            ..inner
        };
        let width = usize::from(inner.width);
        let lines = match self.sheet {
            Sheet::Contracts => contracts(&page, width, ctx),
            Sheet::Borrower => borrower(&page, width, ctx),
            Sheet::Schedule => schedule(&page, ctx),
        };
        self.reader.render(frame, body, lines);
        place(frame, inner, self.reader.place(), ctx);
    }
}

fn contracts(page: &SheetsPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    if page.dossier.loans.is_empty() {
        return vec![muted(ctx.text.prepare.nothing, ctx)];
    }
    let mut lines = Vec::new();
    for loan in &page.dossier.loans {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.extend(contract(page, loan, width, ctx));
    }
    lines
}

fn contract(page: &SheetsPage, loan: &LoanRow, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, prepare) = (&ctx.text.dossier, &ctx.text.prepare);
    let own = page.contracts.iter().find(|one| one.loan == loan.loan);
    let days = match loan.matures_on {
        Some(day) => format!("{}  {} {day}", loan.disbursed_on, text.until),
        None => loan.disbursed_on.to_string(),
    };
    let state = words::loan_status(ctx.lang, loan.status);
    let title = format!("{}  {state}", loan.product.as_deref().unwrap_or(&loan.loan));
    let mut lines = vec![heading(&ctx.theme.cut(&title, width), ctx)];
    let facts = [
        (text.loan, Some(loan.loan.clone())),
        (prepare.contract_no, own.and_then(|one| one.number.clone())),
        (text.purpose, loan.purpose.clone()),
        (text.amount, Some(format::amount(ctx.lang, loan.amount))),
        (text.balance, loan.balance.map(|fen| format::amount(ctx.lang, fen))),
        (text.rate, loan.rate.map(|rate| format!("{rate}%"))),
        (text.disbursed, Some(days)),
        (text.guarantee, loan.guarantee.map(|mode| words::guarantee(ctx.lang, mode).to_owned())),
        (prepare.repayment, own.and_then(|one| one.repayment.clone())),
    ];
    for (label, value) in facts {
        // What is not on file is said: an officer must not think that she overlooked it.
        let value = value.unwrap_or_else(|| text.unknown.to_owned());
        lines.extend(fact(label, &value, width, ctx));
    }
    lines
}

fn borrower(page: &SheetsPage, width: usize, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let (text, prepare, file) = (&ctx.text.dossier, &ctx.text.prepare, &page.dossier);
    let line = file.line.map(|line| words::line(ctx.lang, line).to_owned());
    let facts = [
        (text.industry, file.industry.clone()),
        (ctx.text.customers.col_line, line),
        (prepare.tier, Some(words::tier(ctx.lang, file.tier).to_owned())),
        (text.grade, file.grade.clone()),
        (text.id_no, file.id_no.clone()),
        (text.legal_rep, file.legal_rep.clone()),
        (text.controller, file.controller.clone()),
        (prepare.phone, file.phone.clone()),
        (text.address, file.address.clone()),
        (text.officer, Some(file.officer_name.clone())),
    ];
    let mut lines = Vec::new();
    for (label, value) in facts {
        let value = value.unwrap_or_else(|| text.unknown.to_owned());
        lines.extend(fact(label, &value, width, ctx));
    }
    if !file.contacts.is_empty() {
        lines.push(Line::default());
        lines.push(heading(text.contacts, ctx));
    }
    for (name, role, phone) in &file.contacts {
        let role = words::contact_role(ctx.lang, role.as_deref().unwrap_or("other"));
        let value = format!("{name}  {}", phone.as_deref().unwrap_or("-"));
        lines.extend(fact(role, &value, width, ctx));
    }
    lines
}

fn schedule(page: &SheetsPage, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    if page.schedule.is_empty() {
        return vec![muted(ctx.text.prepare.no_instalments, ctx)];
    }
    page.schedule.iter().flat_map(|one| instalment(one, ctx)).collect()
}

/// One instalment on one line: day, loan, principal and interest, and whether it is paid.
fn instalment(one: &Instalment, ctx: &Ctx<'_>) -> Vec<Line<'static>> {
    let text = &ctx.text.prepare;
    let amount = |fen| format::maybe_amount(ctx.lang, fen);
    let paid = || {
        let day = one.paid_on.map(|day| format!(" {day}")).unwrap_or_default();
        format!("{}{day} {}", text.paid, amount(one.paid))
    };
    let (state, meaning) = if !one.open {
        (paid(), Meaning::Muted)
    } else if one.due_on < ctx.today {
        (text.overdue.to_owned(), Meaning::Overdue)
    } else {
        (text.unpaid.to_owned(), Meaning::Text)
    };
    // A part that was paid is told beside what is still open.
    let part = one.open && (one.paid.is_some_and(|fen| fen.0 > 0) || one.paid_on.is_some());
    let state = if part { format!("{state}  {}", paid()) } else { state };
    let value = format!(
        "{}  {} {}  {} {}  {state}",
        one.loan,
        text.principal,
        amount(one.principal),
        text.interest,
        amount(one.interest)
    );
    fact_styled(&one.due_on.to_string(), &value, ctx.theme.style(meaning), 200, ctx)
}
