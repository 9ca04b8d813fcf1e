//! Records of the last weeks, made through the same commands as on the screen: approved ones (so
//! that "last time" and differences show), some that wait for review, returned ones, and drafts.

mod answers;
mod care;
mod hands;
mod promises;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Days, FixedOffset};

use super::chance::Chance;
use super::names::Names;
use super::{Recipe, album, staff};
use crate::access::Actor;
use crate::domain::answer::Answer;
use crate::domain::customer::DossierField;
use crate::domain::flag::{FlagState, Level};
use crate::domain::ids::{CustomerId, OpId, VisitId};
use crate::domain::user::Role;
use crate::domain::visit::VisitClass;
use crate::form::{Form, Needed, Row};
use crate::protocol::command::Command;
use crate::protocol::page::{Page, VisitPage};
use crate::protocol::query::{CustomerFilter, CustomerSort, FlagScope, Query, Window};
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::Store;

/// How a record ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Draft,
    Submitted,
    Returned,
    Approved,
}

/// For each record: days ago, place of the officer's customer, end.
const STORY: [(i64, u32, End); 17] = [
    (96, 1, End::Approved),
    (88, 4, End::Approved),
    (81, 6, End::Approved),
    (74, 9, End::Approved),
    (66, 12, End::Approved),
    (60, 15, End::Approved),
    (52, 18, End::Approved),
    (45, 21, End::Approved),
    (6, 1, End::Submitted),
    (5, 4, End::Returned),
    (4, 6, End::Submitted),
    (4, 24, End::Approved),
    (3, 9, End::Submitted),
    (2, 27, End::Submitted),
    (2, 12, End::Draft),
    (1, 30, End::Submitted),
    (0, 15, End::Draft),
];

/// Makes the records. What the store refuses is left out: the portfolio is complete without it.
pub(super) fn make(store: &mut Store, recipe: Recipe, now: DateTime<FixedOffset>) {
    let packs = Arc::clone(store.packs());
    let names = Names::load();
    let mut chance = Chance::of(recipe.seed, 0);
    for officer in ["zhangwei", "wangfang", "chenjing"] {
        // The second and third desk are quieter.
        let visits =
            if officer == "zhangwei" { &STORY[..] } else { STORY.get(6..14).unwrap_or(&[]) };
        for (ago, place, end) in visits {
            let mut author = Scribe {
                store: &mut *store,
                names: &names,
                library: Arc::clone(&packs.library),
                chance: &mut chance,
                officer: staff::actor(officer, Role::Officer),
                op: format!("demo-{officer}-{ago}-{place}"),
                count: 0,
                copies: *place == 1,
                host: None,
                now,
            };
            let Some(at) = recipe.moment(*ago, now) else { continue };
            if let Err(why) = author.record(*place, *end, at) {
                tracing::debug!(?why, officer, ago, "demo record left out");
            }
        }
    }
}

struct Scribe<'a> {
    store: &'a mut Store,
    names: &'a Names,
    library: Arc<crate::form::Library>,
    chance: &'a mut Chance,
    officer: Actor,
    op: String,
    count: u32,
    /// Whether she copies her last report, word for word.
    copies: bool,
    /// Who is on file as the one to be met at the customer of this record.
    host: Option<String>,
    /// The moment for which the demo is made.
    now: DateTime<FixedOffset>,
}

impl Scribe<'_> {
    fn apply(
        &mut self,
        actor: &Actor,
        at: DateTime<FixedOffset>,
        command: &Command,
    ) -> Result<Outcome, Refusal> {
        self.count += 1;
        let op = OpId(format!("{}-{}", self.op, self.count));
        self.store.apply(actor, at, &op, command)
    }

    fn as_officer(
        &mut self,
        at: DateTime<FixedOffset>,
        command: &Command,
    ) -> Result<Outcome, Refusal> {
        let officer = self.officer.clone();
        self.apply(&officer, at, command)
    }

    /// The officer's customer at this place of her list.
    fn customer(&self, place: u32, at: DateTime<FixedOffset>) -> Result<CustomerId, Refusal> {
        let query = Query::Customers {
            filter: CustomerFilter::default(),
            sort: CustomerSort::Id,
            window: Window { offset: place, limit: 1 },
        };
        match self.store.query(&self.officer, at, &query)? {
            Page::Customers(page) => {
                page.rows.first().map(|row| row.customer.clone()).ok_or(Refusal::NotFound)
            }
            _ => Err(Refusal::NotFound),
        }
    }

    fn page(&self, visit: &VisitId, at: DateTime<FixedOffset>) -> Result<Arc<VisitPage>, Refusal> {
        let query = Query::Visit { visit: visit.clone() };
        match self.store.query(&self.officer, at, &query)? {
            Page::Visit(page) => Ok(page),
            _ => Err(Refusal::NotFound),
        }
    }

    fn record(&mut self, place: u32, end: End, at: DateTime<FixedOffset>) -> Result<(), Refusal> {
        let customer = self.customer(place, at)?;
        let onsite = place.is_multiple_of(2) || end == End::Draft;
        let started = self.as_officer(
            at,
            &Command::StartVisit {
                customer,
                class: if onsite { VisitClass::Onsite } else { VisitClass::Offsite },
                channel: String::from(if onsite { "实地" } else { "电话" }),
                visited_on: at.date_naive(),
                purposes: Vec::new(),
            },
        )?;
        let Outcome::VisitStarted(visit) = started else { return Err(Refusal::NotFound) };
        let page = self.page(&visit, at)?;
        let on_file = |field| page.dossier.fields.get(&field).filter(|name| !name.is_empty());
        let controller = on_file(DossierField::Controller);
        self.host = controller.or_else(|| on_file(DossierField::LegalRep)).cloned();
        // A draft stops in the middle.
        let limit = if end == End::Draft { 9 } else { usize::MAX };
        self.fill(&visit, at, limit)?;
        if end == End::Approved {
            self.promise(place, &visit, at)?;
        }
        if end == End::Draft {
            // One draft shows how it looks while a signature is owed.
            return if place == 12 { self.countersign(&visit, at, false) } else { Ok(()) };
        }
        self.decide(&visit, at)?;
        let page = self.page(&visit, at)?;
        album::register(self.store, &self.officer, at, &self.op, &page)?;
        self.countersign(&visit, at, true)?;
        let page = self.page(&visit, at)?;
        // Two records may have the same few words by chance.
        let why = if self.copies {
            "情况与上次相同，沿用原文"
        } else {
            "近期情况相近，已逐条核对"
        };
        let likeness_reason = Some(why.to_owned());
        let (seen, seen_answers) = (page.revision, page.seen_answers);
        let lateness_reason = Some(String::from("客户外出，改约"));
        self.as_officer(
            at,
            &Command::Submit {
                visit: visit.clone(),
                seen,
                seen_answers,
                lateness_reason,
                likeness_reason,
            },
        )?;
        self.agree(place, &page, at)?;
        self.review(&visit, end, at)?;
        self.care(place, &visit, at, self.now)
    }

    /// Decides what the answers suggest: the first is confirmed with a measure, the others are
    /// rejected with a reason.
    fn decide(&mut self, visit: &VisitId, at: DateTime<FixedOffset>) -> Result<(), Refusal> {
        let page = self.page(visit, at)?;
        let answers = page.answers.iter().map(|(k, r)| (k.clone(), r.answer.clone())).collect();
        let form = self.form(&page);
        let mut signals: Vec<String> = Vec::new();
        let live = self.live(&page.customer, at)?;
        for proposal in form.evaluate(&answers).proposals {
            if signals.contains(&proposal.signal) {
                continue;
            }
            let known = live.contains(&proposal.signal);
            let confirm = signals.is_empty() && proposal.level != Level::Red && !known;
            signals.push(proposal.signal.clone());
            let raised = self.as_officer(
                at,
                &Command::RaiseFlag {
                    lowered: None,
                    customer: page.customer.clone(),
                    visit: Some(visit.clone()),
                    item: Some(proposal.item),
                    signal: proposal.signal,
                    level: proposal.level,
                    proposed: true,
                    owner: None,
                    measure: String::new(),
                    due_on: None,
                    note: proposal.note.zh,
                },
            )?;
            let Outcome::FlagRaised(flag) = raised else { continue };
            let seen = self
                .page(visit, at)?
                .flags
                .iter()
                .find(|f| f.flag == flag)
                .map_or(1, |f| f.revision);
            let owner = confirm.then(|| self.officer.user.clone());
            let due_on = at.date_naive().checked_add_days(Days::new(20)).filter(|_| confirm);
            let measure = if confirm { "下次回访核实" } else { "" };
            let reason = match (confirm, known) {
                (true, _) => "",
                (false, true) => "同一信号已在办理，合并处置",
                (false, false) => "已核实，属正常波动",
            };
            self.as_officer(
                at,
                &Command::DecideFlag {
                    flag,
                    seen,
                    confirm,
                    owner,
                    measure: measure.to_owned(),
                    due_on,
                    reason: reason.to_owned(),
                },
            )?;
        }
        Ok(())
    }

    /// The signals that are in hand at a customer already.
    fn live(
        &self,
        customer: &CustomerId,
        at: DateTime<FixedOffset>,
    ) -> Result<Vec<String>, Refusal> {
        let scope = FlagScope::Customer(customer.clone());
        let query = Query::Flags { scope, window: Window { offset: 0, limit: 100 } };
        let Page::Flags(page) = self.store.query(&self.officer, at, &query)? else {
            return Err(Refusal::NotFound);
        };
        let confirmed = page.rows.iter().filter(|row| row.state == FlagState::Confirmed);
        Ok(confirmed.map(|row| row.signal.clone()).collect())
    }

    fn form(&self, page: &VisitPage) -> Form {
        let library = Arc::clone(&self.library);
        Form::new(library, &page.sections, page.facts.clone(), page.last.clone())
    }

    /// Answers what is visible and needed, round by round: an answer may open further items.
    fn fill(
        &mut self,
        visit: &VisitId,
        at: DateTime<FixedOffset>,
        limit: usize,
    ) -> Result<(), Refusal> {
        let page = self.page(visit, at)?;
        let form = self.form(&page);
        let mut answers: BTreeMap<String, Answer> =
            page.answers.iter().map(|(k, r)| (k.clone(), r.answer.clone())).collect();
        let mut given = 0;
        for _ in 0..6 {
            let open: Vec<Row> = form
                .evaluate(&answers)
                .rows
                .into_iter()
                .filter(|row| !row.item.computed && row.needed != Needed::No)
                .filter(|row| !row.answered || row.problem.is_some())
                .collect();
            if open.is_empty() {
                break;
            }
            for row in open {
                if given >= limit {
                    return Ok(());
                }
                let known = answers.contains_key(&*row.path);
                let answer = self.answer(&row, form.facts(), at, known);
                let item = row.path.to_string();
                let seen = if known {
                    self.page(visit, at)?.answers.get(&item).map_or(0, |r| r.revision)
                } else {
                    0
                };
                let command = Command::Answer {
                    visit: visit.clone(),
                    item: item.clone(),
                    answer: Some(answer.clone()),
                    seen,
                };
                self.as_officer(at, &command)?;
                answers.insert(item, answer);
                given += 1;
            }
        }
        Ok(())
    }
}
