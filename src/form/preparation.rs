//! What a visit is prepared with: what to look up, whom to meet, which papers of which months, on
//! what to look first, and what to say. Values of a pack, without answers.

use chrono::{Days, NaiveDate};

use super::definition::Words;
use crate::domain::code::codes;
use crate::domain::customer::Line;
use crate::domain::duty::DutyCode;
use crate::domain::flag::Level;
use crate::domain::loan::Tier;
use crate::domain::preparation::LookedUp;
use crate::domain::visit::Focus;

codes! {
    /// Whom a look-up is about.
    pub enum About {
        /// 企业
        Company = "company",
        /// 个人: borrower, controller, legal representative.
        Person = "person",
        /// Either.
        Both = "both",
    }
}

codes! {
    /// How the officer and the customer speak.
    pub enum Channel {
        /// 实地
        Onsite = "onsite",
        /// 电话
        Phone = "phone",
        /// 视频
        Video = "video",
    }
}

codes! {
    /// A part of a talk, in order.
    pub enum Part {
        /// 开场
        Opening = "opening",
        /// 过渡
        Transition = "transition",
        /// 敏感问题
        Sensitive = "sensitive",
        /// 结束
        Closing = "closing",
    }
}

/// The pack.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preparation {
    /// Id: `preparation@1`.
    pub id: String,
    /// Id of the scripts: `scripts@1`.
    pub scripts_id: String,
    /// Customers near by that are due within so many days are named.
    pub near_days: u64,
    /// How many of the next instalments are shown.
    pub instalments: usize,
    /// What to look up, in order.
    pub lookups: Vec<LookUp>,
    /// Whom to meet.
    pub meetings: Vec<Meeting>,
    /// On what to look first; the first rule that holds counts.
    pub focuses: Vec<FocusRule>,
    /// What to say, in order.
    pub script: Vec<ScriptLine>,
}

/// Something to look up before a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookUp {
    /// Code under which results are kept: `court_company`.
    pub code: String,
    /// Name.
    pub title: Words,
    /// Where it is looked up.
    pub place: Words,
    /// Why, and what to compare.
    pub help: Words,
    /// About whom.
    pub about: About,
    /// Which customers need it.
    pub lines: Vec<Line>,
    /// A result older than so many days counts as not queried.
    pub fresh_days: u64,
    /// Possible results.
    pub options: Vec<LookUpOption>,
    /// Source of the number of days.
    pub source: String,
    /// Whether the bank has confirmed it.
    pub verified: bool,
}

/// A possible result of a look-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookUpOption {
    /// Code under which it is kept: `revoked`.
    pub code: String,
    /// How it reads.
    pub words: Words,
    /// What it means.
    pub result: LookedUp,
}

/// Who must be met at a kind of visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Id of the rule.
    pub id: String,
    /// Which customers; empty = all.
    pub lines: Vec<Line>,
    /// Visits for any of these duties; empty = all.
    pub duties: Vec<DutyCode>,
    /// Codes of contact roles: one of each group must be met.
    pub roles: Vec<Vec<String>>,
    /// Why.
    pub reason: Words,
    /// Source of the rule.
    pub source: String,
    /// Whether the bank has confirmed it.
    pub verified: bool,
}

/// When which focus is proposed. It holds if any of its conditions does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FocusRule {
    /// Id of the rule; the reason is found under it.
    pub id: String,
    /// The focus.
    pub focus: Focus,
    /// A visit for one of these duties.
    pub duties: Vec<DutyCode>,
    /// An industry whose text contains one of these.
    pub industries: Vec<String>,
    /// One of these tiers.
    pub tiers: Vec<Tier>,
    /// An open flag of this level or worse.
    pub level: Option<Level>,
    /// A loan disbursed within so many days.
    pub new_loan_days: Option<i64>,
    /// No visit before.
    pub first_visit: bool,
    /// Whatever else: the last rule.
    pub always: bool,
    /// Why, for people.
    pub reason: Words,
    /// Source.
    pub source: String,
    /// Whether the bank has confirmed it.
    pub verified: bool,
}

/// A sentence of a talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptLine {
    /// In which part.
    pub part: Part,
    /// For which focus; empty = all.
    pub focuses: Vec<Focus>,
    /// Over which channel; empty = all.
    pub channels: Vec<Channel>,
    /// For which customers; empty = all.
    pub lines: Vec<Line>,
    /// The sentence.
    pub words: Words,
}

/// What decides on the focus.
#[derive(Debug, Clone, Default)]
pub struct Situation<'a> {
    /// Codes of the duties that the visit serves.
    pub duties: &'a [DutyCode],
    /// 行业
    pub industry: Option<&'a str>,
    /// Customer tier.
    pub tier: Option<Tier>,
    /// Worst open flag.
    pub level: Option<Level>,
    /// Days since the youngest active loan was disbursed.
    pub youngest_loan_days: Option<i64>,
    /// Whether there was a visit before.
    pub visited: bool,
}

impl Preparation {
    /// What a customer of this line needs looked up; one of no known line everything.
    pub fn lookups_for(&self, line: Option<Line>) -> impl Iterator<Item = &LookUp> {
        self.lookups
            .iter()
            .filter(move |lookup| line.is_none_or(|line| lookup.lines.contains(&line)))
    }

    /// The look-up with this code.
    pub fn lookup(&self, code: &str) -> Option<&LookUp> {
        self.lookups.iter().find(|lookup| lookup.code == code)
    }

    /// The rules on whom to meet that hold for this visit.
    pub fn meetings_for(
        &self,
        line: Option<Line>,
        duties: &[DutyCode],
    ) -> impl Iterator<Item = &Meeting> {
        self.meetings.iter().filter(move |rule| {
            let line_fits = rule.lines.is_empty() || line.is_some_and(|l| rule.lines.contains(&l));
            line_fits && (rule.duties.is_empty() || rule.duties.iter().any(|d| duties.contains(d)))
        })
    }

    /// The focus that is proposed.
    pub fn focus(&self, situation: &Situation<'_>) -> Option<&FocusRule> {
        self.focuses.iter().find(|rule| rule.holds(situation))
    }

    /// The focus rule with this id.
    pub fn focus_rule(&self, id: &str) -> Option<&FocusRule> {
        self.focuses.iter().find(|rule| rule.id == id)
    }

    /// What to say about this focus over this channel to a customer of this line, in order.
    pub fn script(
        &self,
        focus: Focus,
        channel: Channel,
        line: Option<Line>,
    ) -> impl Iterator<Item = &ScriptLine> {
        let fits = move |said: &&ScriptLine| {
            (said.focuses.is_empty() || said.focuses.contains(&focus))
                && (said.channels.is_empty() || said.channels.contains(&channel))
                && (said.lines.is_empty() || line.is_some_and(|l| said.lines.contains(&l)))
        };
        let part = move |part: Part| self.script.iter().filter(move |said| said.part == part);
        Part::ALL.iter().flat_map(move |one| part(*one).filter(fits))
    }
}

impl LookUp {
    /// The possible result with this code.
    pub fn option(&self, code: &str) -> Option<&LookUpOption> {
        self.options.iter().find(|option| option.code == code)
    }

    /// Whether what was looked up on `on` still counts at a visit on `day`.
    pub fn is_fresh(&self, on: NaiveDate, day: NaiveDate) -> bool {
        on.checked_add_days(Days::new(self.fresh_days)).is_none_or(|last| day <= last)
    }
}

impl FocusRule {
    fn holds(&self, at: &Situation<'_>) -> bool {
        let industry = |words: &&str| self.industries.iter().any(|word| words.contains(word));
        self.always
            || self.duties.iter().any(|duty| at.duties.contains(duty))
            || at.industry.as_ref().is_some_and(industry)
            || at.tier.is_some_and(|tier| self.tiers.contains(&tier))
            || self.level.is_some_and(|least| at.level >= Some(least))
            || self
                .new_loan_days
                .is_some_and(|days| at.youngest_loan_days.is_some_and(|d| d <= days))
            || (self.first_visit && !at.visited)
    }
}

#[cfg(test)]
mod tests;
