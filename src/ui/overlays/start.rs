//! Starting a visit, or changing one that is open: class, channel, day, and which duties it is to
//! serve.

use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use super::form::read_day;
use crate::domain::duty::Fate;
use crate::domain::duty::{Duty, DutyClass};
use crate::domain::ids::CustomerId;
use crate::domain::visit::{Purpose, VisitClass};
use crate::i18n::overlays::Overlays;
use crate::i18n::{Catalog, Lang, format, words};
use crate::protocol::command::Command;
use crate::protocol::page::WhyPage;
use crate::protocol::query::{Query, Slot};
use crate::ui::action::{Action, VisitPlan};
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{centered, popup, put};
use crate::ui::widgets::input::Input;
use crate::ui::widgets::scroll::Scroll;

/// Rows before the duties: class, channel, day.
const FIELDS: usize = 3;
/// How many ways of ours there are.
const CHANNELS: usize = 5;

/// The dialog.
#[derive(Debug)]
pub struct Start {
    customer: CustomerId,
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
            name: String::new(),
            class: VisitClass::Onsite,
            channels: channels(text),
            channel: 0,
            day: Input::new(&today.to_string()),
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
        start.day = Input::new(&plan.visited_on.to_string());
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
        FIELDS + self.duties.as_ref().map_or(0, Vec::len)
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
                let channel = self.channels.get(self.channel).map_or("", String::as_str);
                let index = row.checked_sub(FIELDS);
                let duty = index.and_then(|i| self.duties.as_mut()?.get_mut(i));
                if let Some((duty, ticked)) = duty {
                    *ticked = !*ticked && meets(self.class, channel, duty);
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
            Action::Back | Action::Cancel => return Step::close(Vec::new()),
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
        let by = self.channels.get(self.channel).map_or("", String::as_str);
        let mut purposes: Vec<Purpose> = self
            .duties
            .iter()
            .flatten()
            .filter(|(duty, ticked)| *ticked && meets(self.class, by, duty))
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

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let (text, theme) = (&ctx.text.overlays, ctx.theme);
        let duties = self.duties.as_ref().map_or(1, |d| d.len().max(1));
        let height = u16::try_from(duties + 10).unwrap_or(u16::MAX);
        let what = if self.open.is_some() { text.change_visit } else { text.start };
        let title = format!("{what}  {}", self.name);
        let inner = popup(frame, centered(area, 70, height), &title, ctx);
        let muted = theme.style(Meaning::Muted);
        let class = words::visit_class(ctx.lang, self.class);
        let channel = self.channels.get(self.channel).cloned().unwrap_or_default();
        let labels = [text.start_class, text.start_channel, text.start_date];
        for (row, label) in (1_u16..).zip(labels) {
            let focused = self.focus + 1 == usize::from(row);
            let meaning = if focused { Meaning::Accent } else { Meaning::Muted };
            put(frame, inner, row, Line::styled(theme.fit(label, 12), theme.style(meaning)));
            let place = Rect {
                x: inner.x + 12.min(inner.width),
                y: inner.y + row,
                width: inner.width.saturating_sub(12),
                height: u16::from(row < inner.height),
            };
            if row == 3 {
                self.day.render(frame, Rect { width: place.width.min(14), ..place }, focused, ctx);
                continue;
            }
            let value = if row == 1 { class.to_owned() } else { theme.clean(&channel) };
            let line = if focused {
                Line::from(vec![
                    Span::raw("< "),
                    Span::styled(value, theme.style(Meaning::Selected)),
                    Span::raw(" >"),
                ])
            } else {
                Line::raw(format!("  {value}"))
            };
            put(frame, place, 0, line);
        }
        if !self.meet.is_empty() {
            let people: Vec<String> = self.meet.iter().map(|person| told(person, ctx)).collect();
            let width = usize::from(inner.width);
            let people = theme.cut(&people.join(" · "), width.saturating_sub(14));
            let label = Span::styled(theme.fit(text.start_meet, 12), muted);
            put(frame, inner, 4, Line::from(vec![label, Span::raw(format!("  {people}"))]));
        }
        put(frame, inner, 5, Line::styled(text.start_duties, muted));
        let body = Rect {
            y: inner.y + 6.min(inner.height),
            height: inner.height.saturating_sub(8),
            ..inner
        };
        self.duty_rows(frame, body, ctx);
        let (foot, meaning) = match &self.fault {
            Some(fault) => (fault.as_str(), Meaning::Bad),
            None if self.open.is_some() => (text.change_keys, Meaning::Muted),
            None => (text.start_keys, Meaning::Muted),
        };
        let foot = theme.cut(foot, usize::from(inner.width));
        put(frame, inner, inner.height.saturating_sub(1), Line::styled(foot, theme.style(meaning)));
    }

    fn duty_rows(&mut self, frame: &mut Frame<'_>, body: Rect, ctx: &Ctx<'_>) {
        let (text, theme) = (&ctx.text.overlays, ctx.theme);
        let muted = theme.style(Meaning::Muted);
        let Some(duties) = &self.duties else {
            put(frame, body, 0, Line::styled(ctx.text.shell.loading, muted));
            return;
        };
        if duties.is_empty() {
            put(frame, body, 0, Line::styled(text.start_no_duty, muted));
        }
        self.scroll.select(self.focus.saturating_sub(FIELDS));
        let view = self.scroll.view(usize::from(body.height), duties.len());
        let channel = self.channels.get(self.channel).map_or("", String::as_str);
        for (row, index) in (0_u16..).zip(view) {
            let Some((duty, ticked)) = duties.get(index) else { continue };
            let possible = meets(self.class, channel, duty);
            let tick = if *ticked && possible { "[x]" } else { "[ ]" };
            let late = duty.due < ctx.today;
            let meaning = match (possible, late) {
                (false, _) => Meaning::Muted,
                (true, true) => Meaning::Overdue,
                (true, false) => Meaning::Text,
            };
            let note = match (possible, meets(self.class, "", duty)) {
                (true, _) => "",
                (false, true) => text.start_channel_short,
                (false, false) => text.start_class_short,
            };
            let line = format!(
                "{tick} {} {} {}",
                theme.fit(words::duty(ctx.lang, duty.code), 18),
                format::full_day(duty.due),
                note
            );
            let focused = self.focus == FIELDS + index;
            let style = theme.style(meaning);
            let style = if focused { style.patch(theme.style(Meaning::Selected)) } else { style };
            put(frame, body, row, Line::styled(theme.fit(&line, usize::from(body.width)), style));
        }
    }
}

/// `张** 财务`.
fn told((name, role): &(String, Option<String>), ctx: &Ctx<'_>) -> String {
    let role = words::contact_role(ctx.lang, role.as_deref().unwrap_or("other"));
    ctx.theme.clean(&format!("{name} {role}"))
}

/// The ways that every bank has, the one on site first.
fn channels(text: &Overlays) -> Vec<String> {
    [
        text.channel_onsite,
        text.channel_phone,
        text.channel_video,
        text.channel_questionnaire,
        text.channel_desk,
    ]
    .map(str::to_owned)
    .to_vec()
}

/// Whether a visit of this class by this channel meets a duty.
fn meets(class: VisitClass, channel: &str, duty: &Duty) -> bool {
    let by_class = duty.class == DutyClass::Any || class == VisitClass::Onsite;
    let conduct = crate::assets::conduct::shared();
    let channel = conduct.and_then(|conduct| conduct.channel(channel));
    by_class && channel.is_none_or(|channel| !channel.not_for.contains(&duty.code))
}
