//! The dialogs that order: an inspection at the chosen customers, and their handover to another
//! officer. Before many customers are written to, the number is asked once more.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Step;
use super::form::Form;
use crate::domain::duty::DutyClass;
use crate::domain::ids::UserId;
use crate::domain::user::Role;
use crate::i18n::{Lang, words};
use crate::protocol::command::{Command, NewPacket, OrderCommand, Whom};
use crate::protocol::page::StaffPage;
use crate::protocol::query::{CustomerFilter, Query, Slot};
use crate::ui::action::{Action, Answered, Chosen};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;

/// Points that the dialog has room for.
const POINTS: usize = 6;
/// Code of the choice "all of the giver".
const ALL: &str = "all";

/// What is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Inspection,
    HandOver,
}

/// A dialog that orders.
#[derive(Debug)]
pub struct Ordering {
    kind: Kind,
    chosen: Chosen,
    staff: Option<Arc<StaffPage>>,
    form: Form,
    /// What was entered, while the number of customers is asked once more.
    entered: Option<Vec<String>>,
    /// What the store said to it.
    fault: Option<(String, Option<String>)>,
    /// The form is to be made anew at the next drawing: people or words have changed.
    stale: bool,
}

impl Ordering {
    pub(super) fn inspection(chosen: Chosen) -> Self {
        Self::new(Kind::Inspection, chosen)
    }

    pub(super) fn hand_over(chosen: Chosen) -> Self {
        Self::new(Kind::HandOver, chosen)
    }

    fn new(kind: Kind, chosen: Chosen) -> Self {
        let form = Form::new(Ask::form("order", "", Vec::new()));
        Self { kind, chosen, staff: None, form, entered: None, fault: None, stale: true }
    }

    pub(super) fn context(&self) -> KeyContext {
        if self.entered.is_some() { KeyContext::Confirm } else { KeyContext::Form }
    }

    pub(super) fn query(&self) -> Option<(Slot, Query)> {
        (self.kind == Kind::HandOver).then_some((Slot::Staff, Query::Staff))
    }

    pub(super) fn load(&mut self, page: Arc<StaffPage>) {
        self.stale |= self.staff.is_none();
        self.staff = Some(page);
    }

    /// Makes the form when what it needs is there.
    fn prepare(&mut self, ctx: &Ctx<'_>) {
        if !std::mem::take(&mut self.stale) {
            return;
        }
        let values = self.entered.take();
        self.form = Form::new(self.ask(values.as_deref().unwrap_or_default(), ctx));
        if let Some((why, field)) = self.fault.take() {
            self.form.refused(why, field.as_deref());
        }
    }

    fn ask(&self, values: &[String], ctx: &Ctx<'_>) -> Ask {
        let text = &ctx.text.orders;
        let value = |at: usize, own: &str| values.get(at).map_or(own.to_owned(), Clone::clone);
        let about = text.about(&self.chosen.names, self.chosen.count);
        match self.kind {
            Kind::Inspection => {
                let fortnight = ctx.today + chrono::Days::new(14);
                let classes = DutyClass::ALL.iter().rev().map(|class| {
                    (class.as_code().to_owned(), words::duty_class(ctx.lang, *class).to_owned())
                });
                let mut fields = vec![
                    Field::date(text.due_on, value(0, &fortnight.to_string())).required(),
                    Field::choice(
                        text.class,
                        value(1, DutyClass::Onsite.as_code()),
                        classes.collect(),
                    ),
                ];
                fields.extend((1..=POINTS).map(|n| {
                    let field = Field::text(format!("{} {n}", text.point), value(n + 1, ""));
                    if n == 1 { field.required() } else { field }
                }));
                let mut ask = Ask::form("order", text.issue_title, fields);
                ask.lines.push(about);
                ask
            }
            Kind::HandOver => self.ask_hand_over(&value, about, ctx),
        }
    }

    fn ask_hand_over(
        &self,
        value: &dyn Fn(usize, &str) -> String,
        about: String,
        ctx: &Ctx<'_>,
    ) -> Ask {
        let text = &ctx.text.orders;
        let people = self.staff.as_ref().map(|page| page.people.as_slice()).unwrap_or_default();
        let me = ctx.home.map(|home| (home.user.clone(), home.role));
        let named = |fits: &dyn Fn(&UserId, Role) -> bool| -> Vec<(String, String)> {
            let fitting = people.iter().filter(|(user, _, role)| fits(user, *role));
            fitting.map(|(user, name, _)| (user.to_string(), format!("{name} {user}"))).collect()
        };
        let goes = |role: Role| matches!(role, Role::Officer | Role::Supervisor);
        let own = |user: &UserId| {
            me.as_ref().is_some_and(|(me, role)| me == user || *role != Role::Officer)
        };
        let givers = named(&|user, role| goes(role) && own(user));
        let giver = self.chosen.officer.as_ref().map(ToString::to_string);
        let giver =
            giver.or_else(|| givers.first().map(|(code, _)| code.clone())).unwrap_or_default();
        let giver = value(0, &giver);
        let receivers = named(&|user, role| goes(role) && user.as_str() != giver);
        let witnesses = named(&|user, _| user.as_str() != giver);
        let first = |list: &[(String, String)], at: usize| {
            list.get(at).map_or(String::new(), |(code, _)| code.clone())
        };
        // A witness who is neither: the supervisor who acts, else the last in the list.
        let receiver = value(1, &first(&receivers, 0));
        let head = me.as_ref().map(|(user, _)| user.to_string()).filter(|user| {
            *user != giver && *user != receiver && witnesses.iter().any(|(code, _)| code == user)
        });
        let witness = head.unwrap_or_else(|| {
            let other = witnesses.iter().find(|(code, _)| *code != receiver);
            other.map_or(String::new(), |(code, _)| code.clone())
        });
        let marked = (self.chosen.whom != Whom::These(Vec::new()))
            .then(|| ("marked".to_owned(), text.marked(self.chosen.count)));
        let mut whom: Vec<(String, String)> = marked.into_iter().collect();
        whom.push((ALL.to_owned(), text.all_of_giver.to_owned()));
        let chosen = whom.first().map_or(ALL.to_owned(), |(code, _)| code.clone());
        let fields = vec![
            Field::choice(text.giver, giver, givers).required(),
            Field::choice(text.receiver, receiver, receivers).required(),
            Field::choice(text.witness, value(2, &witness), witnesses).required(),
            Field::date(text.on, value(3, &ctx.today.to_string())).required(),
            Field::choice(text.whom, value(4, &chosen), whom),
            Field::text(text.reason, value(5, "")).required(),
        ];
        let mut ask = Ask::form("order", text.hand_title, fields);
        ask.lines.push(about);
        ask.lines.push(text.hand_lines.to_owned());
        ask
    }

    pub(super) fn on_key(&mut self, key: Key, ctx: &Ctx<'_>) -> bool {
        self.prepare(ctx);
        self.form.on_key(key, ctx)
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        self.form.on_paste(text)
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        self.prepare(ctx);
        let step = self.form.on_action(action, ctx);
        if !step.close {
            return step;
        }
        let answered = step.actions.into_iter().find_map(|action| match action {
            Action::Answered(Answered { values, .. }) => Some(values),
            _ => None,
        });
        match (answered, self.entered.clone()) {
            (None, None) => Step::close(Vec::new()),
            // Not so many: back to what was entered.
            (None, Some(_)) => {
                self.stale = true;
                self.prepare(ctx);
                Step::stay()
            }
            (Some(values), None) if self.asks_twice() => {
                let text = &ctx.text.orders;
                let mut lines = vec![text.about(&self.chosen.names, self.chosen.count)];
                let points = values.iter().skip(2).filter(|point| !point.is_empty());
                lines.extend((1..).zip(points).map(|(n, point)| format!("{n}. {point}")));
                lines.push(format!(
                    "{} {}",
                    text.due_on,
                    values.first().map_or("", String::as_str)
                ));
                self.entered = Some(values);
                self.form = Form::new(Ask::confirm("order", text.issue_sure, lines));
                Step::stay()
            }
            (Some(values), entered) => {
                let values = entered.unwrap_or(values);
                let command = self.command(&values);
                self.entered = Some(values);
                match command {
                    Some(command) => Step::close(vec![Action::apply(Command::Order(command))]),
                    None => Step::stay(),
                }
            }
        }
    }

    const fn asks_twice(&self) -> bool {
        matches!(self.kind, Kind::Inspection) && self.chosen.count > 1
    }

    fn command(&self, values: &[String]) -> Option<OrderCommand> {
        let value = |at: usize| values.get(at).map_or("", String::as_str);
        Some(match self.kind {
            Kind::Inspection => OrderCommand::Issue {
                whom: self.chosen.whom.clone(),
                class: DutyClass::from_code(value(1))?,
                due_on: value(0).parse().ok()?,
                points: values.iter().skip(2).cloned().collect(),
            },
            Kind::HandOver => {
                let giver = UserId::from(value(0));
                let whom = if value(4) == ALL {
                    let officer = Some(giver.clone());
                    let filter = CustomerFilter { officer, ..CustomerFilter::default() };
                    Whom::Filter { filter, total: None }
                } else {
                    self.chosen.whom.clone()
                };
                OrderCommand::StartPacket(Box::new(NewPacket {
                    giver,
                    receiver: UserId::from(value(1)),
                    witness: UserId::from(value(2)),
                    on: value(3).parse().ok()?,
                    whom,
                    reason: value(5).to_owned(),
                }))
            }
        })
    }

    /// What was entered could not be written: the form comes back with everything typed.
    pub(super) fn refused(&mut self, why: String, field: Option<&str>) {
        self.fault = Some((why, field.map(str::to_owned)));
        self.stale = true;
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        self.prepare(ctx);
        self.form.render(frame, area, ctx);
    }
}

/// Some names of many, for a dialog.
pub fn some_names<'a>(names: impl Iterator<Item = &'a str>, lang: Lang) -> Vec<String> {
    const SHOWN: usize = 3;
    let all: Vec<&str> = names.take(SHOWN + 1).collect();
    let mut shown: Vec<String> = all.iter().take(SHOWN).map(|name| (*name).to_owned()).collect();
    if all.len() > SHOWN
        && let Some(last) = shown.last_mut()
    {
        last.push_str(lang.pick(" …", " 等"));
    }
    shown
}
