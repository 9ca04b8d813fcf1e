//! How flags are cared for: measures by level, limits in hours, who is looked at besides.

use chrono::{DateTime, Days, Duration, FixedOffset, NaiveDate, NaiveTime};

use crate::domain::flag::{Awaited, FlagStep, Level};
use crate::domain::workday::Workdays;

/// The pack of care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Care {
    /// Id of the pack: `care@1`.
    pub id: String,
    /// The hours of a workday.
    pub hours: Hours,
    /// Until when each thing is reached.
    pub limits: Vec<Limit>,
    /// What can be done, in the order of the pack.
    pub measures: Vec<Measure>,
    /// By level, how many days ahead a measure may end at the most.
    pub latest: Vec<(Level, u32)>,
    /// By level, the ends that a description in words may prove; others want a file.
    pub described: Vec<(Level, Vec<FlagStep>)>,
    /// The fewest characters of what is written about one.
    pub least: Least,
    /// How long a signal stays quiet after its flag has ended, on facts that are no worse.
    pub again: Again,
    /// By how many percent of itself a figure must have moved the bad way to be worse.
    pub moved: u32,
    /// Who is looked at besides.
    pub contagion: Contagion,
}

/// The fewest characters, blanks not counted, that say anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Least {
    /// Of a reason: rejecting, a milder level.
    pub reason: u32,
    /// Of a proof: clearing, handing over.
    pub proof: u32,
}

/// How many days a signal stays quiet after its flag has ended so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Again {
    /// Cleared.
    pub cleared: u32,
    /// Handed to recovery.
    pub transferred: u32,
}

/// What is written as a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written<'a> {
    /// Words of one's own.
    Words,
    /// Measures of the catalogue, each once, in the order in which they are named.
    Known(Vec<&'a Measure>),
    /// Something in it looks like a code and is none.
    Unknown,
}

/// What joins codes and is no word.
pub const BETWEEN: &str = "和及与并"; // tidy: not a text

/// The code of a measure at the beginning of a text, known or not, and what stands behind it:
/// `M05`, ` 今日`.
fn code_first(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let code = text.split(|c: char| !c.is_ascii_alphanumeric()).next().filter(|c| is_code(c))?;
    Some((code, text.strip_prefix(code)?))
}

fn is_code(word: &str) -> bool {
    let digits = word.strip_prefix(['M', 'm']).unwrap_or_default();
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit())
}

/// The working hours of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// From.
    pub from: NaiveTime,
    /// To; later than `from`.
    pub to: NaiveTime,
}

/// How many hours a flag may wait for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    /// Flags of this level.
    pub level: Level,
    /// For this.
    pub awaits: Awaited,
    /// So many.
    pub hours: u32,
    /// They pass by the clock, by night and on days off as well; otherwise working hours count.
    pub clock: bool,
    /// Where the number comes from.
    pub source: String,
    /// Whether the bank has confirmed it.
    pub verified: bool,
}

/// A measure (处置措施).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Code: `M03`.
    pub code: String,
    /// 中文
    pub zh: String,
    /// English.
    pub en: String,
    /// Levels at which it may be chosen.
    pub levels: Vec<Level>,
    /// What follows from it, in order.
    pub steps: Vec<MeasureStep>,
    /// Where it comes from.
    pub source: String,
    /// Whether the source is more than memory or our own judgement.
    pub verified: bool,
}

/// A step of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureStep {
    /// 中文
    pub zh: String,
    /// English.
    pub en: String,
    /// Workdays after the decision.
    pub workdays: u32,
}

/// Who is looked at because of somebody else's flag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contagion {
    /// From which level of a confirmed flag on.
    pub from: Level,
    /// Until when they are looked at, in workdays.
    pub workdays: u32,
    /// No more customers than these; how many are left out is told.
    pub most: u32,
    /// Signals that others have told of: they are passed on to nobody.
    pub echoes: Vec<String>,
    /// Who is more days past due than these is in default, and so is who stands in a tier of bad
    /// loans.
    pub default_days: u32,
    /// What is to be done, 中文. Never names the customer of the flag: who reads it may not see her.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

impl Measure {
    /// What stands behind the name that follows a code, in either language; `None` = no name does.
    pub fn behind_name<'t>(&self, behind: &'t str) -> Option<&'t str> {
        let text = behind.trim_start();
        let mut names = [&self.zh, &self.en].into_iter();
        names.find_map(|name| text.strip_prefix(name.as_str()))
    }
}

impl Care {
    /// The measure whose code stands at the beginning of a text, and what stands behind the code.
    pub fn measure_first<'t>(&self, text: &'t str) -> Option<(&Measure, &'t str)> {
        let (code, behind) = code_first(text)?;
        Some((self.of_code(code)?, behind))
    }

    fn of_code(&self, code: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.code.eq_ignore_ascii_case(code))
    }

    /// What a text is as a measure. Where it begins with a code, each code of the catalogue in it
    /// counts: `M02、M05 今日`. One that the catalogue does not have is a slip of the finger where nothing
    /// but codes and their names stands, `M02、M99`; beside words of one's own it is one of them: a
    /// machine may be called M88.
    pub fn written(&self, text: &str) -> Written<'_> {
        if code_first(text).is_none() {
            return Written::Words;
        }
        let mut known: Vec<&Measure> = Vec::new();
        let (mut is_slip, mut has_words) = (false, false);
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if let Some((code, behind)) = code_first(rest) {
                let measure = self.of_code(code);
                is_slip |= measure.is_none();
                rest = measure.and_then(|known| known.behind_name(behind)).unwrap_or(behind);
                known.extend(measure.filter(|measure| !known.contains(measure)));
                continue;
            }
            has_words |= first.is_alphanumeric() && !BETWEEN.contains(first);
            let is_word = |c: char| c.is_ascii_alphanumeric() && first.is_ascii_alphanumeric();
            rest = rest.strip_prefix(first).unwrap_or_default().trim_start_matches(is_word);
        }
        match (is_slip && !has_words, known.is_empty()) {
            (true, _) => Written::Unknown,
            (false, true) => Written::Words,
            (false, false) => Written::Known(known),
        }
    }

    /// How many days a signal stays quiet after its flag ended so; `None` = it is news at once.
    pub const fn quiet_days(&self, ending: FlagStep) -> Option<u32> {
        match ending {
            FlagStep::Cleared => Some(self.again.cleared),
            FlagStep::Transferred => Some(self.again.transferred),
            _ => None,
        }
    }

    /// The measures for a level.
    pub fn measures_for(&self, level: Level) -> impl Iterator<Item = &Measure> {
        self.measures.iter().filter(move |measure| measure.levels.contains(&level))
    }

    /// Whether a flag of this level may end so on a description of what was seen, without a file.
    pub fn may_be_described(&self, level: Level, ending: FlagStep) -> bool {
        let rule = self.described.iter().find(|(of, _)| *of == level);
        rule.is_none_or(|(_, endings)| endings.contains(&ending))
    }

    /// The last day on which a measure that is decided today may end; `None` = any.
    pub fn latest(&self, level: Level, today: NaiveDate) -> Option<NaiveDate> {
        let (_, days) = self.latest.iter().find(|(of, _)| *of == level)?;
        today.checked_add_days(Days::new(u64::from(*days)))
    }

    /// The moment until which a flag has what it has waited for since `from`; `None` = no limit.
    pub fn due(
        &self,
        days: &Workdays,
        level: Level,
        awaits: Awaited,
        from: DateTime<FixedOffset>,
    ) -> Option<DateTime<FixedOffset>> {
        let limit = self.limits.iter().find(|l| (l.level, l.awaits) == (level, awaits))?;
        if limit.clock {
            return from.checked_add_signed(Duration::hours(i64::from(limit.hours)));
        }
        let start = from.naive_local();
        let (mut day, mut at) = (start.date(), start.time());
        let mut left = Duration::hours(i64::from(limit.hours));
        if !days.is_workday(day) || at >= self.hours.to {
            (day, at) = (next(days, day), self.hours.from);
        }
        at = at.max(self.hours.from);
        loop {
            let rest = self.hours.to - at;
            if left <= rest {
                let end = day.and_time(at).checked_add_signed(left)?;
                return end.and_local_timezone(*from.offset()).single();
            }
            left -= rest;
            (day, at) = (next(days, day), self.hours.from);
        }
    }
}

fn next(days: &Workdays, day: NaiveDate) -> NaiveDate {
    days.next_after(day)
}

#[cfg(test)]
mod tests;
