//! Policies that were put forward: what each would change, and the decision of the second person, with
//! her reason typed in place. Put forward is a file, on the command line.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Step;
use crate::i18n::policy::state;
use crate::protocol::command::{Command, PolicyCommand};
use crate::protocol::page::{PoliciesPage, PolicyRow};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::theme::Meaning;
use crate::ui::widgets::frame::{empty, list_of, listing, place, popup, put, rule};
use crate::ui::widgets::prompt::{Prompt, Typed};
use crate::ui::widgets::scroll::{Scroll, follow};
use crate::ui::width;

/// Lines of the list; below them stands the selected one.
const LIST: u16 = 5;

/// The list of policies.
#[derive(Debug, Default)]
pub struct Policies {
    page: Option<Arc<PoliciesPage>>,
    scroll: Scroll,
    /// The reason being typed: about which, and whether it comes into force.
    deciding: Option<Prompt<(PolicyRow, bool)>>,
}

impl Policies {
    fn row(&self) -> Option<&PolicyRow> {
        self.page.as_ref()?.rows.get(self.scroll.selected())
    }

    /// Whether a reason is being typed.
    pub(super) const fn is_typing(&self) -> bool {
        self.deciding.is_some()
    }

    /// Whether there is nothing in the list.
    pub(super) fn is_empty(&self) -> bool {
        self.page.as_ref().is_some_and(|page| page.rows.is_empty())
    }

    pub(super) fn load(&mut self, page: Arc<PoliciesPage>) {
        let wanted = self.row().map(|row| row.policy.clone());
        follow(&mut self.scroll, wanted.as_ref(), page.rows.iter().map(|row| row.policy.clone()));
        self.page = Some(page);
    }

    pub(super) fn on_key(&mut self, key: Key) -> bool {
        Prompt::on_key(&mut self.deciding, key)
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        Prompt::on_paste(&mut self.deciding, text)
    }

    /// Whether an action can do anything with the version in view.
    pub(super) fn offers(&self, action: &Action) -> bool {
        let decides = self.page.as_ref().is_some_and(|page| page.decides);
        let waits = self.row().filter(|row| decides && row.state == "proposed");
        match action {
            Action::Activate => waits.is_some_and(|row| !row.own),
            Action::Refuse => waits.is_some(),
            _ => true,
        }
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        if self.deciding.is_some() {
            return self.on_reason(action, ctx);
        }
        let len = self.page.as_ref().map_or(0, |page| page.rows.len());
        if self.scroll.on_action(action, len) {
            return Step::stay();
        }
        let text = &ctx.text.policy;
        let (Some(row), Some(page)) = (self.row(), &self.page) else {
            return Step::empty(action);
        };
        let stay = |said| Step { close: false, actions: vec![Action::warn(said)] };
        match action {
            Action::Activate | Action::Refuse if !page.decides => stay(text.not_yours),
            Action::Activate | Action::Refuse if row.state != "proposed" => {
                stay(text.decided_already)
            }
            Action::Activate if row.own => stay(text.by_another),
            Action::Activate | Action::Refuse => {
                let activate = *action == Action::Activate;
                self.deciding = Some(Prompt::new((row.clone(), activate)));
                Step::stay()
            }
            Action::Left | Action::Right | Action::Open => Step::stay(),
            _ => Step::close(Vec::new()),
        }
    }

    /// Enter decides, Esc takes it back.
    fn on_reason(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        let enough =
            |(_, activate): &(_, bool), reason: &str| *activate || !reason.trim().is_empty();
        match Prompt::on_action(&mut self.deciding, action, enough) {
            Typed::Nothing => Step::stay(),
            Typed::Missing => Step::only(vec![Action::warn(ctx.text.policy.needs_reason)]),
            Typed::Done((row, activate), reason) => {
                let (policy, sha256) = (row.policy, row.sha256);
                let decide = PolicyCommand::Decide { policy, sha256, activate, reason };
                Step::only(vec![Action::apply(Command::Policy(decide))])
            }
        }
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let text = &ctx.text.policy;
        let force = self.page.as_ref().map(|page| text.in_force(&page.in_force));
        let title = format!("{}  {}", text.title, force.unwrap_or_default());
        let inner = popup(frame, listing(area, (100, 24), self.is_empty()), title.trim_end(), ctx);
        let Some(page) = self.page.clone() else { return };
        if page.rows.is_empty() {
            empty(frame, inner, text.none, ctx);
            return;
        }
        let high = LIST.min(inner.height);
        let list = Rect { height: high, ..inner };
        list_of(frame, list, (&mut self.scroll, &page.rows), ctx, |row| {
            line(row, usize::from(list.width), ctx)
        });
        place(frame, inner, self.scroll.place(page.rows.len()), ctx);
        let left = inner.height - high;
        rule(frame.buffer_mut(), Rect { y: inner.y + high, height: left.min(1), ..inner }, ctx);
        let below = left.saturating_sub(1);
        self.render_told(
            frame,
            Rect { y: inner.y + inner.height - below, height: below, ..inner },
            ctx,
        );
    }

    /// The selected one: why, and each value that differs; or the reason being typed.
    fn render_told(&self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        let (text, theme) = (&ctx.text.policy, ctx.theme);
        let (muted, room) =
            (theme.style(Meaning::Muted), usize::from(area.width).saturating_sub(2));
        // What is decided about stays in view, whatever the list does meanwhile.
        let decided = self.deciding.as_ref().map(|deciding| &deciding.about().0);
        let Some(row) = decided.or_else(|| self.row()) else { return };
        let mut lines: Vec<Line<'static>> = Vec::new();
        if let Some(deciding) = &self.deciding {
            let (_, activate) = deciding.about();
            let asked = if *activate { text.activate_reason } else { text.refuse_reason };
            deciding.render(frame, (area, 0), (asked, Meaning::Accent), ctx);
            lines.extend([Line::default(), Line::default(), Line::default()]);
        } else {
            let colon = ctx.lang.colon();
            let why = format!("{}{colon}{}", text.reason, row.reason.replace('\n', " "));
            let told = width::wrap(&theme.clean(&why), room);
            lines.extend(told.into_iter().map(|said| Line::styled(format!(" {said}"), muted)));
            if let (Some(by), Some(at)) = (&row.decided_by, &row.decided_at) {
                let said = format!(" {}{colon}{by} {at}", text.decided_by);
                lines.push(Line::styled(theme.clean(&said), muted));
            }
        }
        let said =
            text.differs(i64::try_from(row.differs.len()).unwrap_or(0), row.state == "proposed");
        lines.push(Line::styled(format!(" {said}"), theme.style(Meaning::Accent)));
        let key = (room / 3).clamp(20, 34);
        for value in &row.differs {
            let shown =
                |text: &str| if text.is_empty() { String::from("-") } else { text.to_owned() };
            let change = format!("{} > {}", shown(&value.instead), shown(&value.value));
            let name = width::wrap(&theme.clean(&value.key), key);
            let change = width::wrap(&theme.clean(&change), room.saturating_sub(key + 1).max(1));
            for at in 0..name.len().max(change.len()) {
                let part = |of: &[String]| of.get(at).cloned().unwrap_or_default();
                lines.push(Line::from(vec![
                    Span::styled(format!(" {} ", theme.fit(&part(&name), key)), muted),
                    Span::raw(part(&change)),
                ]));
            }
        }
        if row.state == "proposed" && !self.is_typing() {
            lines.push(Line::default());
            let hint = width::wrap(text.rehearse, room);
            lines.extend(hint.into_iter().map(|said| Line::styled(format!(" {said}"), muted)));
        }
        for (at, line) in (0..area.height).zip(lines) {
            if line.width() > 0 {
                put(frame, area, at, line);
            }
        }
    }
}

/// `待启用  chengdong@2  王芳 11-23 09:12  > 李芳 11-24 08:30`.
fn line(row: &PolicyRow, width: usize, ctx: &Ctx<'_>) -> Line<'static> {
    let theme = ctx.theme;
    let muted = theme.style(Meaning::Muted);
    let meaning = match row.state.as_str() {
        "proposed" => Meaning::Accent,
        "active" => Meaning::Good,
        _ => Meaning::Muted,
    };
    let who = |name: &str, at: &str| format!("{name} {at}");
    let decided = match (&row.decided_by, &row.decided_at) {
        (Some(by), Some(at)) => format!("> {}", who(by, at)),
        _ => String::new(),
    };
    let people = 24.min(width / 4);
    let room = width.saturating_sub(11 + 2 * (people + 1) + 2);
    Line::from(vec![
        Span::styled(
            format!(" {} ", theme.fit(state(ctx.lang, &row.state), 9)),
            theme.style(meaning),
        ),
        Span::raw(theme.fit(&row.policy, room)),
        Span::styled(format!(" {}", theme.fit(&who(&row.by, &row.at), people)), muted),
        Span::styled(format!(" {}", theme.fit(&decided, people)), muted),
    ])
}
