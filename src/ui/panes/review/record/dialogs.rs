//! What the record under review asks before it writes: decisions, opinions, comments, calls.

use super::sheet::{Entry, Sheet};
use super::{Asked, RecordPane};
use crate::domain::pin::Pin;
use crate::domain::review::{CallResult, OpinionLevel, Verdict};
use crate::domain::visit::VisitState;
use crate::i18n::words;
use crate::protocol::command::{Command, PinCommand};
use crate::protocol::page::ReviewPart;
use crate::ui::action::{Action, Answered};
use crate::ui::ask::{Ask, Field};
use crate::ui::ctx::Ctx;
use crate::ui::report::{self, About};
use crate::ui::value::pick;

const APPROVE: &str = "record-approve";
const OPINION: &str = "record-opinion";
const RETURN: &str = "record-return";
const COMMENT: &str = "record-comment";
const CALL: &str = "record-call";
const AMEND: &str = "record-amend";

impl RecordPane {
    /// Why nothing of mine can be decided here; `None` = something can.
    pub(super) fn obstacle(&self, ctx: &Ctx<'_>) -> Option<&'static str> {
        let text = &ctx.text.review;
        let Some(sheet) = &self.sheet else { return Some(text.no_record) };
        if sheet.page.visit.state != VisitState::Submitted {
            return Some(text.only_submitted);
        }
        if sheet.page.own {
            return Some(text.own_note);
        }
        (sheet.page.part == ReviewPart::Reader).then_some(text.not_your_turn)
    }

    /// `a`: the reviewer approves, the others give their opinion.
    /// The record, if she may approve it or give her opinion on it; else why not.
    pub(super) fn to_approve(&self, ctx: &Ctx<'_>) -> Result<&Sheet, &'static str> {
        let text = &ctx.text.review;
        let sheet = self.sheet.as_ref().ok_or(text.no_record)?;
        if let Some(why) = self.obstacle(ctx) {
            return Err(why);
        }
        if sheet.page.content_hash.is_none() {
            return Err(text.no_hash);
        }
        if sheet.page.part == ReviewPart::Waits { Err(text.you_wait) } else { Ok(sheet) }
    }

    /// The record, if she may return it.
    pub(super) fn to_return(&self, ctx: &Ctx<'_>) -> Result<&Sheet, &'static str> {
        let text = &ctx.text.review;
        let sheet = self.sheet.as_ref().ok_or(text.no_record)?;
        if let Some(why) = self.obstacle(ctx) {
            return Err(why);
        }
        match sheet.page.part {
            ReviewPart::Opinion(level) | ReviewPart::Spoken(level)
                if level != OpinionLevel::Second =>
            {
                Err(text.only_opinion)
            }
            _ => Ok(sheet),
        }
    }

    /// The record, if she may call the customer back on it.
    pub(super) fn to_call(&self, ctx: &Ctx<'_>) -> Result<&Sheet, &'static str> {
        let text = &ctx.text.review;
        let sheet = self.sheet.as_ref().ok_or(text.no_record)?;
        if !sheet.page.visit.state.is_done() {
            return Err(text.call_done_only);
        }
        if sheet.page.own { Err(text.call_own) } else { Ok(sheet) }
    }

    pub(super) fn approve_dialog(&self, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
        let text = &ctx.text.review;
        let sheet = self.to_approve(ctx)?;
        if let ReviewPart::Opinion(level) | ReviewPart::Spoken(level) = sheet.page.part {
            return self.opinion_dialog(level, ctx);
        }
        let red = sheet.has_red();
        let title = if red { text.approve_red } else { text.approve_title };
        let name = &sheet.page.visit.name;
        let title = format!("{name}  {title}");
        let pin = self.pin_field(ctx);
        let fields = pin.into_iter().chain([Field::text(text.opinion, "")]).collect();
        let mut ask = Ask::form(APPROVE, title, fields);
        ask.lines.extend(self.summary(ctx));
        let needed = sheet.page.needed.iter().map(|l| words::opinion_level(ctx.lang, *l));
        let needed: Vec<_> = needed.collect();
        if !needed.is_empty() {
            ask.lines.push(format!("{} {}", text.needs_opinions, needed.join(" ")));
        }
        Ok(if red { ask.dangerous() } else { ask })
    }

    /// A red flag asks whoever has a PIN for it again.
    fn pin_field(&self, ctx: &Ctx<'_>) -> Option<Field> {
        let has_one = ctx.home.is_some_and(|home| home.pin);
        let red = self.sheet.as_ref().is_some_and(super::Sheet::has_red);
        (red && has_one).then(|| Field::secret(ctx.text.review.pin))
    }

    /// What a decision is about: whom, how much changed, what speaks against it.
    fn summary(&self, ctx: &Ctx<'_>) -> Vec<String> {
        let text = &ctx.text.review;
        let Some(sheet) = &self.sheet else { return Vec::new() };
        let short = sheet.state.short();
        let flags = sheet.page.flags.iter().sum();
        let changes = (!sheet.is_first_visit()).then(|| sheet.changes().len());
        let mut lines =
            vec![sheet.page.visit.name.clone(), text.approve_summary(changes, flags, short)];
        let carried = sheet.carried();
        if carried.all > 0 {
            lines.push(ctx.text.checklist.carried(carried));
        }
        let undecided = sheet.undecided().count();
        if short.contradictions + undecided > 0 {
            lines.push(text.approve_warnings(short.contradictions, undecided));
        }
        let percent = sheet.likest().map(|row| row.percent);
        let conduct = text.approve_conduct(percent, sheet.not_queried_count());
        lines.extend(Some(conduct).filter(|said| !said.is_empty()));
        lines
    }

    fn opinion_dialog(&self, level: OpinionLevel, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
        let text = &ctx.text.review;
        let sheet = self.sheet.as_ref().ok_or(text.no_record)?;
        let mine = sheet.page.opinions.iter().find(|said| said.mine && said.current);
        let verdict = mine.map_or(Verdict::Agree, |said| said.verdict);
        let options = Verdict::ALL.iter().map(|verdict| {
            (verdict.as_code().to_owned(), words::verdict(ctx.lang, *verdict).to_owned())
        });
        let mut fields = vec![
            Field::choice(text.opinion_verdict, verdict.as_code(), options.collect()),
            Field::text(text.opinion_text, mine.map_or("", |said| said.text.as_str()))
                .required_unless(0, Verdict::Agree.as_code()),
        ];
        fields.extend(self.pin_field(ctx));
        let level = words::opinion_level(ctx.lang, level);
        let title = format!("{}{}{level}", text.opinion_title, ctx.lang.colon());
        let mut ask = Ask::form(OPINION, title, fields);
        ask.lines.extend(self.summary(ctx));
        Ok(if sheet.has_red() { ask.dangerous() } else { ask })
    }

    pub(super) fn return_dialog(&self, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
        let text = &ctx.text.review;
        let sheet = self.to_return(ctx)?;
        let comments = sheet.open_comments();
        let reason = Field::text(text.return_field, "");
        let reason = if comments == 0 { reason.required() } else { reason };
        let mut ask = Ask::form(RETURN, text.return_title, vec![reason]);
        ask.lines.push(sheet.page.visit.name.clone());
        if comments > 0 {
            ask.lines.push(format!("{}  {}", text.comments(comments), text.return_commented));
        }
        Ok(ask)
    }

    pub(super) fn comment_dialog(&self, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
        let text = &ctx.text.review;
        let sheet = self.sheet.as_ref().ok_or(text.no_record)?;
        let row = self.entry().and_then(Entry::row).and_then(|row| sheet.state.rows.get(row));
        let about = row.map_or(text.comment_whole, |row| pick(&row.title, ctx.lang));
        let field = Field::text(text.comment_field, "").required();
        let mut ask = Ask::form(COMMENT, text.comment_title, vec![field]);
        ask.lines.push(about.to_owned());
        Ok(ask)
    }

    /// The script, and what the customer said to it.
    pub(super) fn call_dialog(&self, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
        let text = &ctx.text.review;
        let sheet = self.to_call(ctx)?;
        let options = CallResult::ALL.iter().map(|result| {
            (result.as_code().to_owned(), words::call_result(ctx.lang, *result).to_owned())
        });
        let differs = CallResult::Differs.as_code();
        let fields = vec![
            Field::text(text.call_contact, "").required_when(1, CallResult::Confirmed.as_code()),
            // What she was told is chosen, never what Enter alone would say.
            Field::choice(text.call_result, "", options.collect()).required(),
            Field::text(text.call_text, "").required_when(1, differs),
        ];
        let title = format!("{}  {}", text.call_title, sheet.page.visit.name);
        let mut ask = Ask::form(CALL, title, fields);
        if let Ok(rules) = crate::assets::review::shared() {
            let said = rules.script.iter().map(|line| ctx.lang.pick(&line.en, &line.zh));
            ask.lines.extend((1..).zip(said).map(|(n, said)| format!("{n}  {said}")));
        }
        Ok(ask)
    }

    pub(super) fn amend_dialog(&self, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
        let text = &ctx.text.review;
        let sheet = self.sheet.as_ref().ok_or(text.no_record)?;
        if sheet.page.visit.state != VisitState::Approved {
            return Err(text.only_approved);
        }
        let field = Field::text(text.amend_field, "").required();
        let mut ask = Ask::form(AMEND, text.amend_title, vec![field]);
        ask.lines.push(text.amend_line.to_owned());
        Ok(ask)
    }

    pub(super) fn report_dialog(&self, ctx: &Ctx<'_>) -> Result<Ask, &'static str> {
        let about = self.about().ok_or(ctx.text.review.no_record)?;
        Ok(report::dialog(&about, ctx))
    }

    /// What a report is about: the record in view.
    fn about(&self) -> Option<About> {
        let visit = &self.sheet.as_ref()?.page.visit;
        Some(About { customer: visit.customer.clone(), visit: Some(visit.visit.clone()) })
    }

    pub(super) fn on_answered(&mut self, answered: &Answered) -> Vec<Action> {
        let Some(Asked { visit, seen, content_hash, opinion, item }) = self.asked.clone() else {
            return Vec::new();
        };
        let value = |at: usize| answered.values.get(at).map_or("", |v| v.trim()).to_owned();
        // A PIN stands above the words of an approval, and below those of an opinion.
        let pin_at = match (answered.tag, answered.values.len()) {
            (APPROVE, 2) => Some(0),
            (OPINION, 3) => Some(2),
            _ => None,
        };
        let pin = pin_at.and_then(|at| answered.values.get(at)).map(|typed| Pin::new(typed));
        let typed = value(usize::from(pin_at == Some(0)));
        let decided = visit.clone();
        let command = match answered.tag {
            APPROVE => Command::Approve { visit, seen, content_hash, note: typed },
            RETURN => Command::Return { visit, seen, reason: typed },
            COMMENT => Command::Comment { visit, item, text: typed },
            OPINION => {
                let Some((level, seen)) = opinion else { return Vec::new() };
                let Some(verdict) = Verdict::from_code(&typed) else { return Vec::new() };
                Command::GiveOpinion { visit, seen, content_hash, level, verdict, text: value(1) }
            }
            CALL => {
                let Some(result) = CallResult::from_code(&value(1)) else { return Vec::new() };
                Command::CallBack { visit, result, contact: typed, text: value(2) }
            }
            AMEND => Command::Amend { visit, reason: typed },
            report::TAG => {
                let about = self.about().filter(|about| about.visit.as_ref() == Some(&visit));
                match about.and_then(|about| report::command(answered, &about)) {
                    Some(command) => command,
                    None => return Vec::new(),
                }
            }
            _ => return Vec::new(),
        };
        let Some(pin) = pin else { return vec![Action::apply(command)] };
        // The decision follows once the PIN was the right one.
        self.vouched = Some(command);
        vec![Action::apply(Command::Pin(PinCommand::Vouch { pin, visit: decided }))]
    }
}
