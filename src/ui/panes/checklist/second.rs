//! The co-inspector in the checklist: the lead asks a colleague, the colleague signs what she read.
//! And where the customer's questionnaire says something else than the officer: which one counts.

use super::ChecklistPane;
use super::dialogs::{DECLARED, SECOND, SIGN};
use crate::domain::conduct::Stand;
use crate::domain::ids::UserId;
use crate::i18n::words;
use crate::protocol::command::{Command, Conduct};
use crate::ui::action::Action;
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::value::{pick, show};

impl ChecklistPane {
    /// `t`: to the colleague who is asked, her signature; to the lead, whom she asks.
    pub(super) fn ask_second(&self, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.conduct;
        let Some(session) = &self.session else { return Vec::new() };
        let second = &session.page.second;
        if second.mine {
            return vec![self.ask_signature(ctx)];
        }
        if second.colleagues.is_empty() {
            return vec![Action::warn(match &second.asked {
                Some(row) => text.second_state(row),
                None => text.second_none.to_owned(),
            })];
        }
        let asked = second.asked.as_ref();
        let mut options: Vec<(String, String)> = second
            .colleagues
            .iter()
            .map(|(user, name)| (user.to_string(), ctx.theme.clean(name)))
            .collect();
        options.push((String::new(), text.second_nobody.to_owned()));
        let now = asked.map(|row| row.user.to_string());
        let now = now.or_else(|| options.first().map(|(user, _)| user.clone()));
        let field = Field::choice(text.second, now.unwrap_or_default(), options);
        let mut ask = Ask::form(SECOND, text.second_title, vec![field]);
        ask.lines.extend(second.reason.map(|reason| text.two_reason(reason).to_owned()));
        ask.lines.push(asked.map_or_else(
            || text.second_body.to_owned(),
            |row| ctx.theme.clean(&text.second_state(row)),
        ));
        vec![Action::ask(ask)]
    }

    /// Whether the actor reads the record as its co-inspector.
    pub(super) fn is_second(&self) -> bool {
        self.session.as_ref().is_some_and(|s| s.page.second.mine)
    }

    fn ask_signature(&self, ctx: &Ctx<'_>) -> Action {
        let text = &ctx.text.conduct;
        let Some((page, row)) =
            self.session.as_ref().and_then(|s| Some((&s.page, s.page.second.asked.as_ref()?)))
        else {
            return Action::warn(text.second_none);
        };
        if !page.state.is_open() {
            return Action::warn(text.second_closed);
        }
        let stands = Stand::ALL
            .iter()
            .map(|s| (s.as_code().to_owned(), words::stand(ctx.lang, *s).to_owned()))
            .collect();
        let now = row.stand.unwrap_or(Stand::Agree);
        let fields = vec![
            Field::choice(text.stand, now.as_code(), stands),
            Field::text(text.opinion, row.opinion.clone()).required(),
        ];
        let mut ask = Ask::form(SIGN, text.sign_title, fields);
        ask.lines = vec![text.sign_body.to_owned()];
        if row.stand.is_some() {
            ask.lines.push(ctx.theme.clean(&text.second_state(row)));
        }
        Action::ask(ask)
    }

    /// A colleague was chosen, or nobody.
    pub(super) fn second_chosen(&self, user: &str) -> Vec<Action> {
        let Some(session) = &self.session else { return Vec::new() };
        let seen = session.page.second.asked.as_ref().map_or(0, |row| row.revision);
        let user = Some(user).filter(|user| !user.is_empty()).map(UserId::from);
        let visit = session.page.visit.clone();
        vec![Action::apply(Command::Conduct(Conduct::AskSecond { visit, user, seen }))]
    }

    /// The colleague signs the content that is on her screen.
    pub(super) fn sign(&self, stand: &str, opinion: String) -> Vec<Action> {
        let row =
            self.session.as_ref().and_then(|s| Some((&s.page, s.page.second.asked.as_ref()?)));
        let (Some((page, row)), Some(stand)) = (row, Stand::from_code(stand)) else {
            return Vec::new();
        };
        vec![Action::apply(Command::Conduct(Conduct::SignSecond {
            visit: page.visit.clone(),
            stand,
            opinion,
            content_hash: row.content_hash.clone(),
            seen: row.revision,
        }))]
    }

    /// `"`: which of two answers counts, the customer's or the officer's own.
    pub(super) fn ask_declared(&self, ctx: &Ctx<'_>) -> Vec<Action> {
        let text = &ctx.text.conduct;
        let Some((session, row)) = self.session.as_ref().zip(self.row()) else {
            return Vec::new();
        };
        let Some(declared) = session.page.declared.get(&*row.path) else {
            return vec![Action::warn(text.declared_none)];
        };
        let told = text.declared_line(&show(&row.item, &declared.value, ctx), declared);
        let own = session.answer(&row.path).filter(|own| own.value != declared.value);
        let Some(own) = own.filter(|_| session.page.writable) else {
            return vec![Action::say(ctx.theme.clean(&told))];
        };
        let options = vec![
            ("own".to_owned(), text.declared_own.to_owned()),
            ("declared".to_owned(), text.declared_take.to_owned()),
        ];
        let field = Field::choice(text.declared_which, "own", options);
        let mut ask = Ask::form(DECLARED, pick(&row.title, ctx.lang), vec![field]);
        let mine = format!("{} {}", text.declared_mine, show(&row.item, &own.value, ctx));
        ask.lines = [told, mine].iter().map(|line| ctx.theme.clean(line)).collect();
        vec![Action::ask(ask)]
    }

    pub(super) fn declared_chosen(&self, take: bool) -> Vec<Action> {
        let Some((session, row)) = self.session.as_ref().zip(self.row()) else {
            return Vec::new();
        };
        let (visit, item) = (session.page.visit.clone(), row.path.to_string());
        let seen = session.revision(&item);
        vec![Action::apply(Command::Conduct(Conduct::DecideDeclared { visit, item, take, seen }))]
    }
}
