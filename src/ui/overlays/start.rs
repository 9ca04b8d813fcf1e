//! Starting a visit, or changing one that is open: class, channel, day, and which duties it is to
//! serve.

use chrono::{Days, NaiveDate};

mod draw;

use super::Step;
use super::form::read_day;
use crate::domain::duty::Fate;
use crate::domain::duty::{Duty, DutyClass};
use crate::domain::ids::CustomerId;
use crate::domain::visit::{Purpose, VisitClass};
use crate::i18n::{Catalog, Lang};
use crate::protocol::command::Command;
use crate::protocol::page::WhyPage;
use crate::protocol::query::{Query, Slot};
use crate::ui::action::{Action, VisitPlan};
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::widgets::input::Input;
use crate::ui::widgets::scroll::Scroll;

/// Rows before the duties: class, channel, day.
const FIELDS: usize = 3;
/// Duties that open within so many days after the visit are shown, to be seen and not ticked.
const AHEAD: u64 = 31;
/// How many ways of ours there are.
const CHANNELS: usize = 5;

/// The dialog.
#[derive(Debug)]
pub struct Start {
    customer: CustomerId,
    today: NaiveDate,
    name: String,
    class: VisitClass,
    channels: Vec<String>,
    channel: usize,
    day: Input,
    duties: Option<Vec<(Duty, bool)>>,
    /// Whom the preparation means to meet: name and role.
    meet: Vec<(String, Option<String>)>,
    /// What the open visit is about; `None` = one is started.
    open: Option<VisitPlan>,
    focus: usize,
    scroll: Scroll,
    fault: Option<String>,
}

impl Start {
    pub(super) fn new(customer: CustomerId, today: NaiveDate, lang: Lang) -> Self {
        let text = &Catalog::of(lang).overlays;
        Self {
            customer,
            today,
            name: String::new(),
            class: VisitClass::Onsite,
            channels: text.channels().map(str::to_owned).to_vec(),
            channel: 0,
            day: Input::preset(&today.to_string()),
            duties: None,
            meet: Vec::new(),
            open: None,
            focus: 0,
            scroll: Scroll::default(),
            fault: None,
        }
    }

    /// The same for a visit that is open, filled in as it is now.
    pub(super) fn change(plan: VisitPlan, today: NaiveDate, lang: Lang) -> Self {
        let mut start = Self::new(plan.customer.clone(), today, lang);
        start.class = plan.class;
        start.day = Input::preset(&plan.visited_on.to_string());
        let known = start.channels.iter().position(|name| *name == plan.channel);
        start.channel = known.unwrap_or_else(|| {
            // A way that this list has not, or has in the other language, stays as it was noted.
            start.channels.push(plan.channel.clone());
            start.channels.len() - 1
        });
        start.open = Some(plan);
        start
    }

    pub(super) fn query(&self) -> (Slot, Query) {
        (Slot::Why, Query::Why { customer: self.customer.clone() })
    }

    /// Open duties of the plan; ticks that were made already stay.
    pub(super) fn load(&mut self, page: &WhyPage) {
        if page.customer != self.customer {
            return;
        }
        self.name.clone_from(&page.name);
        self.meet.clone_from(&page.meet);
        let before = self.duties.take().unwrap_or_default();
        let open = page.duties.iter().filter(|d| d.fate == Fate::Open);
        let duties = open
            .map(|item| {
                let known = before.iter().find(|(duty, _)| *duty == item.duty).map(|(_, t)| *t);
                let ticked = known.unwrap_or_else(|| self.serves(&item.duty));
                (item.duty.clone(), ticked)
            })
            .collect();
        self.duties = Some(duties);
    }

    /// Whether a duty is ticked at first: all are when a visit is started.
    fn serves(&self, duty: &Duty) -> bool {
        self.open.as_ref().is_none_or(|plan| {
            plan.purposes.iter().any(|purpose| purpose.covers(duty.code, &duty.reference))
        })
    }

    /// The visit could not be started: stays with everything entered, and says why.
    pub(super) fn refused(&mut self, why: String) {
        self.fault = Some(why);
    }

    pub(super) fn on_key(&mut self, key: Key, ctx: &Ctx<'_>) -> bool {
        self.fault = None;
        if self.focus == 2 {
            return self.day.on_key(key);
        }
        let _ = ctx;
        if key.typed().map(|c| if c == '\u{3000}' { ' ' } else { c }) == Some(' ') {
            self.turn(true);
            return true;
        }
        false
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        if self.focus == 2 {
            self.day.on_paste(text);
        }
        self.focus == 2
    }

    fn rows(&self) -> usize {
        FIELDS + self.shown().len()
    }

    /// The day of the visit as far as it is typed; today's until it is one.
    fn visited_on(&self) -> NaiveDate {
        read_day(self.day.text().trim(), self.today).unwrap_or(self.today)
    }

    /// Which duties are listed: those open on the day of the visit, and the next ones.
    fn shown(&self) -> Vec<usize> {
        let until = self.visited_on().checked_add_days(Days::new(AHEAD)).unwrap_or(NaiveDate::MAX);
        let duties = self.duties.iter().flatten().enumerate();
        duties.filter(|(_, (duty, _))| duty.opens <= until).map(|(index, _)| index).collect()
    }

    /// Why the visit, as it is entered, can't meet a duty; `None` = it can.
    fn hindrance(&self, duty: &Duty) -> Option<Hindrance> {
        let channel = self.channels.get(self.channel).map_or("", String::as_str);
        if duty.opens > self.visited_on() {
            Some(Hindrance::NotOpen)
        } else if !meets(self.class, "", duty) {
            Some(Hindrance::Class)
        } else if !meets(self.class, channel, duty) {
            Some(Hindrance::Channel)
        } else {
            None
        }
    }

    /// Turns the value of the row in focus.
    fn turn(&mut self, forward: bool) {
        match self.focus {
            0 => {
                self.class = match self.class {
                    VisitClass::Onsite => VisitClass::Offsite,
                    VisitClass::Offsite => VisitClass::Onsite,
                };
                self.channel = usize::from(self.class == VisitClass::Offsite);
            }
            1 => {
                let count = self.channels.len();
                self.channel = (self.channel + if forward { 1 } else { count - 1 }) % count;
                // A way of the bank's own says nothing about the class.
                if self.channel < CHANNELS {
                    let onsite = self.channel == 0;
                    self.class = if onsite { VisitClass::Onsite } else { VisitClass::Offsite };
                }
            }
            row => {
                let index = row.checked_sub(FIELDS).and_then(|row| self.shown().get(row).copied());
                let Some(index) = index else { return };
                let Some((duty, _)) = self.duties.as_ref().and_then(|all| all.get(index)) else {
                    return;
                };
                let free = self.hindrance(duty).is_none();
                if let Some((_, ticked)) = self.duties.as_mut().and_then(|all| all.get_mut(index)) {
                    *ticked = !*ticked && free;
                }
            }
        }
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        let rows = self.rows();
        match action {
            Action::Next => self.focus = (self.focus + 1) % rows,
            Action::Previous => self.focus = (self.focus + rows - 1) % rows,
            Action::Right => self.turn(true),
            Action::Left => self.turn(false),
            Action::Accept => return self.accept(ctx),
            Action::Back => return Step::close(Vec::new()),
            _ => {}
        }
        Step::stay()
    }

    fn accept(&mut self, ctx: &Ctx<'_>) -> Step {
        let text = &ctx.text.overlays;
        let Some(day) = read_day(self.day.text().trim(), ctx.today) else {
            self.fault = Some(text.form_bad_date.to_owned());
            return Step::stay();
        };
        if day > ctx.today {
            self.fault = Some(text.start_future.to_owned());
            return Step::stay();
        }
        let mut purposes: Vec<Purpose> = self
            .duties
            .iter()
            .flatten()
            .filter(|(duty, ticked)| *ticked && self.hindrance(duty).is_none())
            .map(|(duty, _)| Purpose { code: duty.code, reference: Some(duty.reference.clone()) })
            .collect();
        let channel = self.channels.get(self.channel).cloned().unwrap_or_default();
        let command = match &self.open {
            None => Command::StartVisit {
                customer: self.customer.clone(),
                class: self.class,
                channel,
                visited_on: day,
                purposes,
            },
            Some(plan) => {
                purposes.extend(self.beyond_the_plan(plan));
                Command::SetVisit {
                    visit: plan.visit.clone(),
                    visited_on: day,
                    class: self.class,
                    channel,
                    purposes,
                    seen: plan.seen,
                }
            }
        };
        Step::close(vec![Action::apply(command)])
    }

    /// What the visit serves besides the open duties: that is not on the list to be ticked out.
    fn beyond_the_plan(&self, plan: &VisitPlan) -> Vec<Purpose> {
        let listed = |purpose: &Purpose| {
            let duties = self.duties.iter().flatten();
            duties.clone().any(|(duty, _)| purpose.covers(duty.code, &duty.reference))
        };
        plan.purposes.iter().filter(|purpose| !listed(purpose)).cloned().collect()
    }
}

/// Why a visit can't meet a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hindrance {
    /// Its window opens after the day of the visit.
    NotOpen,
    /// It wants a visit on site.
    Class,
    /// This way does not do for it.
    Channel,
}

/// Whether a visit of this class by this channel meets a duty.
fn meets(class: VisitClass, channel: &str, duty: &Duty) -> bool {
    let by_class = duty.class == DutyClass::Any || class == VisitClass::Onsite;
    let conduct = crate::assets::conduct::shared();
    let channel = conduct.and_then(|conduct| conduct.channel(channel));
    by_class && channel.is_none_or(|channel| !channel.not_for.contains(&duty.code))
}
