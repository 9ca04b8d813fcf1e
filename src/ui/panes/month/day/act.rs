//! What keys do to a day of the month plan.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::room::{To, give_way};
use super::{Asked, DayPane, Of, Row};
use crate::domain::ids::{AppointmentId, UserId};
use crate::domain::plan::AppointmentKind;
use crate::i18n::format;
use crate::protocol::command::{Appointment, Command, FixedDay, Revision, ScheduleCommand};
use crate::protocol::page::{PlanAppointment, PlanVisit, Stand};
use crate::protocol::reply::Outcome;
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::request;

const REQUEST: &str = "plan-request";
const MOVE: &str = "plan-move";
const APPOINT: &str = "plan-appoint";
const CANCEL: &str = "plan-cancel";
const ACCEPT: &str = "plan-accept";
const GIVE_WAY: &str = "plan-give-way";

/// Points of an appointment that is not said to be longer or shorter: as much as an on-site visit.
const USUAL: &str = "2";

/// A day for a due visit, said by somebody who saw how it stood.
fn fixed(visit: &PlanVisit, day: Option<NaiveDate>) -> FixedDay {
    FixedDay { visit: visit.key(), day, seen: visit.revision }
}

fn fix(days: Vec<FixedDay>) -> Action {
    Action::apply(Command::Schedule(ScheduleCommand::Fix(days)))
}

impl DayPane {
    /// Moves, or does something about the selected row.
    pub fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Vec<Action> {
        if let Action::Answered(answered) = action {
            return self.answered(answered, ctx);
        }
        let len = self.rows().len();
        if self.scroll.on_action(action, len) {
            return Vec::new();
        }
        match action {
            Action::Left => return vec![Action::PreviousPane],
            Action::AcceptAll => return self.accept_all(ctx),
            Action::Appoint => return self.ask_appointment(None, ctx),
            _ => {}
        }
        if let Some(one) = self.appointment().cloned() {
            return self.on_appointment(action, &one, ctx);
        }
        match self.visit().cloned() {
            Some(visit) => self.on_visit(action, &visit, ctx),
            None => Vec::new(),
        }
    }

    fn on_appointment(
        &mut self,
        action: &Action,
        one: &PlanAppointment,
        ctx: &Ctx<'_>,
    ) -> Vec<Action> {
        let text = &ctx.text.board;
        match action {
            Action::Edit | Action::MoveTo => self.ask_appointment(Some(one), ctx),
            Action::Release => {
                self.asked = Some(Asked::Cancel(one.id.clone(), one.revision));
                let lines = vec![ctx.theme.clean(&one.title)];
                vec![Action::ask(Ask::confirm(CANCEL, text.cancel_title, lines))]
            }
            Action::Copy => vec![Action::CopyText(one.title.clone())],
            _ => Vec::new(),
        }
    }

    fn on_visit(&mut self, action: &Action, visit: &PlanVisit, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.board;
        let id = visit.customer.clone();
        match action {
            Action::AcceptDay => match (self.row(), visit.stand) {
                // Whoever is near by joins the day that is shown.
                (Some(Row::Near(_)), _) => self.set(visit, self.day, ctx),
                (_, Stand::Proposed(day)) => self.set(visit, day, ctx),
                _ => vec![Action::warn(text.nothing_to_accept)],
            },
            Action::Earlier => self.step(visit, false, ctx),
            Action::Later => self.step(visit, true, ctx),
            Action::MoveTo => {
                self.asked = Some(Asked::Move(visit.clone()));
                let day = visit.stand.day().unwrap_or(self.day);
                let fields = vec![Field::date(text.day, format::full_day(day)).required()];
                let mut ask = Ask::form(MOVE, text.move_title, fields);
                let (from, until) = window(visit, ctx);
                ask.lines = vec![ctx.theme.clean(&visit.name), text.window(&from, &until)];
                vec![Action::ask(ask)]
            }
            Action::Release => match visit.stand {
                Stand::Fixed(_) => vec![fix(vec![fixed(visit, None)])],
                _ => vec![Action::warn(text.not_fixed)],
            },
            Action::Delay => {
                self.asked = Some(Asked::Request(id, visit.due));
                let ask = request::form(
                    REQUEST,
                    &visit.name,
                    visit.due,
                    (&visit.codes, visit.delay_to),
                    ctx,
                );
                vec![Action::ask(ask)]
            }
            Action::Edit => vec![Action::warn(text.only_appointments)],
            Action::Visit => vec![Action::StartVisit(id)],
            Action::Why => vec![Action::OpenWhy(id)],
            Action::Open => vec![Action::OpenCustomer(id)],
            Action::Copy => vec![Action::CopyText(visit.name.clone())],
            _ => Vec::new(),
        }
    }

    /// The next workday on one side that has room or can make it, within window and month.
    fn step(&mut self, visit: &PlanVisit, later: bool, ctx: &Ctx<'_>) -> Vec<Action> {
        let Some(page) = self.page() else { return Vec::new() };
        let now = visit.stand.day().unwrap_or(self.day);
        let inside = |day: NaiveDate| visit.from <= day && day <= visit.until;
        let free = |day: NaiveDate| {
            let own = if visit.stand == Stand::Fixed(day) { visit.points } else { 0 };
            page.load(day).fixed - own + visit.points <= page.capacity
                && give_way(page, visit, day, ctx.today).iter().all(|(_, to)| *to != To::Nowhere)
        };
        let mut days = page.days.iter().filter(|one| one.workday).map(|one| one.date);
        let found = if later {
            days.find(|day| *day > now && inside(*day) && free(*day))
        } else {
            days.rfind(|day| *day < now && inside(*day) && free(*day))
        };
        if let Some(day) = found {
            return self.set(visit, day, ctx);
        }
        let (from, until) = window(visit, ctx);
        vec![Action::warn(ctx.text.board.no_free_day(&from, &until))]
    }

    /// Sets a due visit on a day, unless that can't be: then says why and what can. Where a proposal
    /// of the day would have to go, asks first, and says who goes where.
    fn set(&mut self, visit: &PlanVisit, day: NaiveDate, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.board;
        if day < visit.from || day > visit.until {
            let (from, until) = window(visit, ctx);
            let day = format::near_day(day, ctx.today);
            return vec![Action::fail(text.outside_window(&day, &from, &until))];
        }
        let one = fixed(visit, Some(day));
        let Some(page) = self.page() else { return vec![fix(vec![one])] };
        let shown = format::near_day(day, ctx.today);
        let gone = give_way(page, visit, day, ctx.today);
        if gone.is_empty() {
            return vec![fix(vec![one])];
        }
        let mut lines = vec![text.set_visit(&ctx.theme.clean(&visit.name), &shown)];
        let mut days = vec![one];
        for (other, to) in &gone {
            let due = format::near_day(other.due, ctx.today);
            let name = ctx.theme.clean(&other.name);
            lines.push(match to {
                To::Day(to) => text.gives_way(&name, &due, &format::near_day(*to, ctx.today)),
                To::Replanned => {
                    text.is_replanned(&name, &due, &format::near_day(other.until, ctx.today))
                }
                To::Nowhere => text.has_no_other(&name, &due),
            });
            if let To::Day(to) = to {
                days.push(fixed(other, Some(*to)));
            }
        }
        self.asked = Some(Asked::GiveWay(days));
        vec![Action::ask(Ask::confirm(GIVE_WAY, text.give_way_title, lines))]
    }

    fn accept_all(&mut self, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.board;
        let Some(page) = self.page() else { return Vec::new() };
        let here = |visit: &&PlanVisit| matches!(visit.stand, Stand::Proposed(day) if page.day(day).is_some());
        let days: Vec<FixedDay> =
            page.visits.iter().filter(here).map(|visit| fixed(visit, visit.stand.day())).collect();
        if days.is_empty() {
            return vec![Action::warn(text.nothing_to_accept)];
        }
        let line = format!("{}  {}", ctx.theme.clean(&page.name), text.accepting(days.len()));
        self.asked = Some(Asked::AcceptAll(days));
        vec![Action::ask(Ask::confirm(ACCEPT, text.accept_title, vec![line]))]
    }

    /// The form of an appointment: a new one begins where the selected visit is.
    fn ask_appointment(&mut self, one: Option<&PlanAppointment>, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.board;
        let (Some(page), Some(officer)) = (self.page(), self.officer.clone()) else {
            return Vec::new();
        };
        let here = self.visit().filter(|_| one.is_none());
        let place = |of_one: fn(&PlanAppointment) -> &Option<String>,
                     of_visit: fn(&PlanVisit) -> &Option<String>| {
            one.map(of_one).or_else(|| here.map(of_visit)).cloned().flatten().unwrap_or_default()
        };
        let district = place(|one| &one.district, |visit| &visit.district);
        let circle = place(|one| &one.trade_circle, |visit| &visit.trade_circle);
        let kinds = AppointmentKind::ALL
            .iter()
            .map(|kind| (kind.as_code().to_owned(), text.appointment(*kind).to_owned()))
            .collect();
        let kind = one.map_or(AppointmentKind::PreLoan, |one| one.kind);
        let day = format::full_day(one.map_or(self.day, |one| one.day));
        let title = one.map(|one| one.title.clone()).unwrap_or_default();
        let points = one.map_or_else(|| USUAL.to_owned(), |one| one.points.to_string());
        let fields = vec![
            Field::choice(text.kind, kind.as_code(), kinds),
            Field::text(text.title, title).required(),
            Field::date(text.day, day).required(),
            Field::text(text.area, district),
            Field::text(text.trade_circle, circle),
            Field::text(text.points, points).required(),
        ];
        let mut ask = Ask::form(APPOINT, text.appoint_title, fields).starting_at(1);
        let areas: BTreeSet<String> = page
            .visits
            .iter()
            .filter_map(|visit| visit.district.as_deref())
            .map(|name| ctx.theme.clean(name))
            .collect();
        if !areas.is_empty() {
            let comma = ctx.lang.list_mark();
            let names: Vec<String> = areas.into_iter().collect();
            ask.lines.push(text.areas(&names.join(comma)));
        }
        let id = one.map(|one| (one.id.clone(), one.revision));
        let officer = one.map_or(officer, |one| one.officer.clone());
        self.asked = Some(Asked::Appoint(officer, id));
        vec![Action::ask(ask)]
    }

    /// What the open dialog was answered with.
    fn answered(&mut self, answered: &Answered, ctx: &Ctx<'_>) -> Vec<Action> {
        let value = |at: usize| answered.values.get(at).map_or("", |v| v.trim()).to_owned();
        match (self.asked.clone(), answered.tag) {
            (Some(Asked::Request(customer, due)), REQUEST) => {
                vec![Action::apply(request::command(customer, due, &answered.values))]
            }
            (Some(Asked::Move(visit)), MOVE) => match value(0).parse() {
                Ok(day) => self.set(&visit, day, ctx),
                Err(_) => Vec::new(),
            },
            (Some(Asked::AcceptAll(days)), ACCEPT) | (Some(Asked::GiveWay(days)), GIVE_WAY) => {
                vec![fix(days)]
            }
            (Some(Asked::Cancel(appointment, seen)), CANCEL) => {
                let cancel = ScheduleCommand::Cancel { appointment, seen };
                vec![Action::apply(Command::Schedule(cancel))]
            }
            (Some(Asked::Appoint(officer, id)), APPOINT) => {
                appoint(officer, id, &value, ctx).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// Says what was written, and follows a visit to its new day.
    pub fn on_done(&mut self, command: &Command, _: &Outcome, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.board;
        let said = match command {
            Command::Schedule(ScheduleCommand::Fix(days)) => return self.on_fixed(days, ctx),
            Command::Schedule(ScheduleCommand::Appoint(one)) => {
                return vec![Action::PlanDay(one.day), Action::say(text.appointed)];
            }
            Command::Schedule(ScheduleCommand::Cancel { .. }) => text.cancelled,
            _ => return Vec::new(),
        };
        vec![Action::say(said)]
    }

    fn on_fixed(&mut self, days: &[FixedDay], ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.board;
        // Who was asked for leads; whoever made room for her follows.
        let gave_way = matches!(&self.asked, Some(Asked::GiveWay(asked)) if asked == days);
        let one = match days {
            [one] => one,
            [one, ..] if gave_way => one,
            _ => return vec![Action::say(text.set_many(days.len()))],
        };
        let Some(day) = one.day else { return vec![Action::say(text.released)] };
        let mine = |visit: &&PlanVisit| visit.key() == one.visit;
        let shown = format::near_day(day, ctx.today);
        let said = match self.page().and_then(|page| Some((page, page.visits.iter().find(mine)?))) {
            Some((page, visit)) => {
                let stood = if visit.stand == Stand::Fixed(day) { visit.points } else { 0 };
                let taken = page.load(day).fixed - stood + visit.points;
                if taken > page.capacity {
                    Action::warn(text.set_over(&shown, taken, page.capacity))
                } else {
                    Action::say(text.set_on(&shown))
                }
            }
            None => Action::say(text.set_on(&shown)),
        };
        self.wanted = Some(Of::Visit(one.visit.clone()));
        vec![Action::PlanDay(day), said]
    }
}

/// First and last day of a visit's window, for people.
pub(super) fn window(visit: &PlanVisit, ctx: &Ctx<'_>) -> (String, String) {
    (format::near_day(visit.from, ctx.today), format::near_day(visit.until, ctx.today))
}

fn appoint(
    officer: UserId,
    id: Option<(AppointmentId, Revision)>,
    value: &impl Fn(usize) -> String,
    ctx: &Ctx<'_>,
) -> Option<Action> {
    let Ok(points) = value(5).parse() else {
        return Some(Action::fail(ctx.text.board.points_number));
    };
    let (id, seen) = id.map_or((None, 0), |(id, seen)| (Some(id), seen));
    let one = Appointment {
        id,
        seen,
        officer,
        day: value(2).parse().ok()?,
        kind: AppointmentKind::from_code(&value(0))?,
        title: value(1),
        district: value(3),
        trade_circle: value(4),
        points,
    };
    Some(Action::apply(Command::Schedule(ScheduleCommand::Appoint(Box::new(one)))))
}
