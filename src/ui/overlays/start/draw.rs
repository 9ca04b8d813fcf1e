//! The dialog as it is drawn.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{FIELDS, Hindrance, Start};
use crate::i18n::{format, words};
use crate::ui::ctx::Ctx;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{centered, place, popup, put};

impl Start {
    pub(in crate::ui::overlays) fn render(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        ctx: &Ctx<'_>,
    ) {
        let (text, theme) = (&ctx.text.overlays, ctx.theme);
        let duties = self.shown().len().max(1);
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
        place(frame, inner, self.scroll.place(self.shown().len()), ctx);
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
        let shown = self.shown();
        if self.duties.is_none() {
            put(frame, body, 0, Line::styled(ctx.text.shell.loading, muted));
            return;
        }
        if shown.is_empty() {
            put(frame, body, 0, Line::styled(text.start_no_duty, muted));
        }
        self.scroll.select(self.focus.saturating_sub(FIELDS));
        let view = self.scroll.view(usize::from(body.height), shown.len());
        for (row, listed) in (0_u16..).zip(view) {
            let duty = shown.get(listed).and_then(|index| self.duties.as_ref()?.get(*index));
            let Some((duty, ticked)) = duty else { continue };
            let hindrance = self.hindrance(duty);
            let tick = if *ticked && hindrance.is_none() { "[x]" } else { "[ ]" };
            let late = duty.due < ctx.today;
            let meaning = match (&hindrance, late) {
                (Some(_), _) => Meaning::Muted,
                (None, true) => Meaning::Overdue,
                (None, false) => Meaning::Text,
            };
            let note = match hindrance {
                None => String::new(),
                Some(Hindrance::Class) => text.start_class_short.to_owned(),
                Some(Hindrance::Channel) => text.start_channel_short.to_owned(),
                Some(Hindrance::NotOpen) => text.opens_later(duty.opens, ctx.today),
            };
            let line = format!(
                "{tick} {} {} {}",
                theme.fit(words::duty(ctx.lang, duty.code), 18),
                format::full_day(duty.due),
                note
            );
            let focused = self.focus == FIELDS + listed;
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
