//! What the rules find: proposals with what they saw.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::facts::{self, Fact, Known, Sheet};
use super::finding::{Finding, Input};
use super::material::{Past, PastFlag};
use super::rules::{Combination, Rules, Same, SignalRule};
use super::stamp;
use crate::domain::answer::Value;
use crate::domain::flag::{FlagState, Level};
use crate::form::rule;
use crate::risk::{EVENT, Group, LIMIT, LINE, NEAR};

/// The signals to propose: rules that hold and are not known yet, or are graver now than the live flag
/// of theirs; then combinations of these and of the flags that there are.
pub fn judge(rules: &Rules, sheet: &Sheet, past: Past<'_>, today: NaiveDate) -> Vec<Finding> {
    let known = known(sheet);
    let mut found: Vec<Finding> = Vec::new();
    for signal in &rules.signals {
        let can_hold = signal.rule.needs().iter().all(|place| sheet.at(*place).is_some());
        if !can_hold || signal.rule.holds(&known) != Some(true) {
            continue;
        }
        let finding = find(signal, sheet, &known);
        if is_news(&finding, past.flags, rules, today) {
            found.push(finding);
        }
    }
    for combination in &rules.combinations {
        let news = combine((combination, rules), past, &found, today)
            .into_iter()
            .find(|finding| is_news(finding, past.flags, rules, today));
        found.extend(news);
    }
    found
}

/// What the rule of one signal sees, whatever flags there are of it; `None` = it does not hold.
pub fn seen(
    rules: &Rules,
    sheet: &Sheet,
    past: Past<'_>,
    (signal, today): (&str, NaiveDate),
) -> Option<Finding> {
    let known = known(sheet);
    if let Some(rule) = rules.signals.iter().find(|rule| rule.code == signal) {
        return (rule.rule.holds(&known) == Some(true)).then(|| find(rule, sheet, &known));
    }
    let combination = rules.combinations.iter().find(|made| made.code == signal)?;
    combine((combination, rules), past, &[], today).into_iter().next()
}

fn known(sheet: &Sheet) -> rule::Known<'_> {
    rule::Known::of((0..sheet.len()).map(|place| Some(&sheet.at(place)?.value)))
}

fn find(signal: &SignalRule, sheet: &Sheet, known: &rule::Known<'_>) -> Finding {
    let graver = signal.graver.as_ref().filter(|(_, rule)| rule.holds(known) == Some(true));
    let seen = signal.rule.facts().iter().filter(|place| !facts::is_guard(**place));
    let seen: Vec<(usize, &Known)> =
        seen.filter_map(|place| Some((*place, sheet.at(*place)?))).collect();
    let limits = signal.rule.limits().iter().map(|(name, value)| Input {
        fact: format!("{LIMIT}{name}"),
        value: Value::Number(*value),
        day: None,
    });
    Finding {
        signal: signal.code.clone(),
        level: graver.map_or(signal.level, |(level, _)| signal.level.max(*level)),
        stamp: seen.iter().map(|(place, known)| stamp_of(*place, known, &seen, sheet)).collect(),
        inputs: seen
            .iter()
            .flat_map(|(place, known)| inputs(*place, known, sheet))
            .chain(limits)
            .collect(),
        rule: signal.text.clone(),
    }
}

/// A fact in the stamp. How a ratio lies says not how far: its value goes with it, where the rule does
/// not name that itself.
fn stamp_of(place: usize, known: &Known, seen: &[(usize, &Known)], sheet: &Sheet) -> String {
    let mut stamp = stamp::of_fact(place, known);
    if let Some((ratio, at)) = facts::value_of_light(place)
        && !seen.iter().any(|(named, _)| *named == at)
        && let Some(value) = sheet.at(at)
    {
        stamp += &stamp::of_ratio(ratio, at, value);
    }
    stamp
}

/// A fact, with what explains it: of how a ratio lies also its value and the limit that it passed,
/// of customers near her in default which they are, of an event which one.
fn inputs(place: usize, known: &Known, sheet: &Sheet) -> Vec<Input> {
    let mut all = vec![input(place, known)];
    if let Some((ratio, at)) = facts::value_of_light(place) {
        all.extend(sheet.at(at).map(|value| input(at, value)));
        all.extend(known.limit.map(|limit| Input {
            fact: format!("{LINE}{}", ratio.as_code()),
            value: Value::Number(limit),
            day: None,
        }));
    }
    let which = match Fact::from_code(facts::name(place)) {
        Some(Fact::NearDefaults) => NEAR,
        Some(Fact::EventPrice | Fact::EventPolicy | Fact::EventDisaster) => EVENT,
        _ => return all,
    };
    let ids = known.mark.iter().flat_map(|mark| mark.split_whitespace());
    all.extend(ids.map(|id| Input {
        fact: which.to_owned(),
        value: Value::Text(id.to_owned()),
        day: None,
    }));
    all
}

fn input(place: usize, known: &Known) -> Input {
    Input { fact: facts::name(place).to_owned(), value: known.value.clone(), day: known.day }
}

/// Whether a signal is neither live in this level or a graver one, nor rejected when all of this was
/// seen, nor ended lately on facts that are no better than now.
fn is_news(finding: &Finding, flags: &[PastFlag], rules: &Rules, today: NaiveDate) -> bool {
    let same = || flags.iter().filter(|flag| flag.signal == finding.signal);
    let live = same().filter(|flag| flag.is_live());
    if let Some(live) = live.max_by_key(|flag| (flag.state == FlagState::Confirmed, flag.level)) {
        return rises(live, finding, rules);
    }
    let covers = |old: &String| stamp::covers(old, &finding.stamp, |fact| rules.side(fact));
    let known = same()
        .any(|flag| flag.state == FlagState::Rejected && flag.stamp.as_ref().is_some_and(covers));
    let last = same().filter_map(|flag| flag.ended.as_ref()).max_by_key(|ended| ended.on);
    !known && !last.is_some_and(|ended| ended.covers(finding, rules, today))
}

/// Whether a live flag is milder than what its own rule finds now. Where somebody has made it milder, on
/// facts that were no better, it stays as she left it.
fn rises(live: &PastFlag, finding: &Finding, rules: &Rules) -> bool {
    let covers = |old: &String| stamp::covers(old, &finding.stamp, |fact| rules.side(fact));
    finding.level > live.level && !(live.lowered && live.stamp.as_ref().is_none_or(covers))
}

/// Proposals of rules of which it is to be told that the rule does not hold any more, or holds again
/// (`true`). What can't be worked out says neither.
pub fn lapses<'f>(
    rules: &Rules,
    sheet: &Sheet,
    past: Past<'f>,
    today: NaiveDate,
) -> Vec<(&'f PastFlag, bool)> {
    let known = known(sheet);
    let holds = |signal: &str| {
        if let Some(rule) = rules.signals.iter().find(|rule| rule.code == signal) {
            return rule.rule.holds(&known);
        }
        let made = rules.combinations.iter().find(|made| made.code == signal)?;
        Some(!combine((made, rules), past, &[], today).is_empty())
    };
    let proposed = |flag: &&PastFlag| flag.by_rule && flag.state == FlagState::Proposed;
    let told = |flag: &'f PastFlag| {
        let now = holds(&flag.signal)?;
        (now == flag.lapsed).then_some((flag, now))
    };
    past.flags.iter().filter(proposed).filter_map(told).collect()
}

/// One flag that a combination may count. In order of signal and day: who counts them again finds
/// the same, whichever of them were flags by then.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Counted<'a> {
    signal: &'a str,
    on: NaiveDate,
    level: Level,
    /// For how long it was live; `None` = nobody knows when it ended.
    live: Option<Live>,
}

/// For how long a flag was live.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Live {
    /// It ended on this day.
    Until(NaiveDate),
    /// It still is.
    Still,
}

/// What a combination makes of these flags: one finding for each set that has enough.
fn combine(
    (combination, rules): (&Combination, &Rules),
    past: Past<'_>,
    found: &[Finding],
    today: NaiveDate,
) -> Vec<Finding> {
    let since = today.checked_sub_days(Days::new(u64::from(combination.days))).unwrap_or(today);
    let again = combination.same == Same::Signal;
    let stands = |flag: &&PastFlag| match flag.state {
        FlagState::Confirmed => true,
        FlagState::Proposed => !combination.confirmed,
        FlagState::Closed => again,
        FlagState::Rejected => false,
    };
    // A live flag that rises now counts as what it becomes.
    let risen = |flag: &PastFlag| {
        let news = found.iter().filter(|finding| flag.is_live() && finding.signal == flag.signal);
        news.map(|finding| finding.level).max().map_or(flag.level, |level| level.max(flag.level))
    };
    let old = past.flags.iter().filter(stands).map(|flag| Counted {
        signal: &flag.signal,
        level: risen(flag),
        on: flag.raised_on,
        live: if flag.is_live() {
            Some(Live::Still)
        } else {
            flag.ended.as_ref().map(|ended| Live::Until(ended.on))
        },
    });
    let is_new = |finding: &&Finding| {
        let live = past.flags.iter().any(|f| f.is_live() && f.signal == finding.signal);
        !combination.confirmed && !live
    };
    let new = found.iter().filter(is_new).map(|finding| Counted {
        signal: &finding.signal,
        level: finding.level,
        on: today,
        live: Some(Live::Still),
    });
    let counts = |c: &Counted<'_>| {
        c.level == combination.of
            && (again || c.on > since)
            && Group::of_code(c.signal) != Some(Group::Combination)
    };
    let mut sets: BTreeMap<&str, BTreeSet<Counted<'_>>> = BTreeMap::new();
    for counted in old.chain(new).filter(counts) {
        let key = match combination.same {
            Same::Nothing => "",
            Same::Group => Group::of_code(counted.signal).map_or("", Group::prefix),
            Same::Signal => counted.signal,
        };
        sets.entry(key).or_default().insert(counted);
    }
    let count = combination.count as usize;
    if again {
        let running = sets.values().filter_map(|set| runs(set, past.visits, count));
        return running.map(|set| made(combination, &set)).collect();
    }
    let enough = |set: &&BTreeSet<Counted<'_>>| {
        // Twice the same is one signal, and so are several that tell of one trouble.
        let groups: BTreeSet<_> = set.iter().map(|c| Group::of_code(c.signal)).collect();
        let troubles: BTreeSet<_> = set.iter().map(|c| rules.trouble(c.signal)).collect();
        troubles.len() >= count && groups.len() >= combination.groups as usize
    };
    sets.values().filter(enough).map(|set| made(combination, set)).collect()
}

/// What of a signal falls to the last visits, if something does to each: it was raised on the day of it
/// or after, before the next; or it was raised before and nobody had put it right by then, which counts
/// under the day of the visit.
fn runs<'a>(
    raised: &BTreeSet<Counted<'a>>,
    visits: &[NaiveDate],
    count: usize,
) -> Option<BTreeSet<Counted<'a>>> {
    let last = visits.get(..count).filter(|last| !last.is_empty())?;
    let mut next = NaiveDate::MAX;
    let mut run = BTreeSet::new();
    for visit in last {
        let within = raised.iter().find(|c| *visit <= c.on && c.on < next).copied();
        let open = |c: &&Counted<'_>| {
            c.on < *visit
                && c.live.is_some_and(|live| match live {
                    Live::Until(end) => end > *visit,
                    Live::Still => true,
                })
        };
        let open = || Some(Counted { on: *visit, ..*raised.iter().find(open)? });
        run.insert(within.or_else(open)?);
        next = *visit;
    }
    Some(run)
}

fn made(combination: &Combination, set: &BTreeSet<Counted<'_>>) -> Finding {
    let input = |c: &Counted<'_>| Input {
        fact: c.signal.to_owned(),
        value: Value::Date(c.on),
        day: Some(c.on),
    };
    Finding {
        signal: combination.code.clone(),
        level: combination.level,
        inputs: set.iter().map(input).collect(),
        stamp: set
            .iter()
            .fold(String::new(), |all, c| all + c.signal + "@" + &c.on.to_string() + ";"),
        rule: combination.told(),
    }
}
