//! What tier a debtor is proposed for, and why (`domain.md` 4.1). A person decides.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};

use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::tier::{TierEvent, TierProposal, TierReason};

/// The numbers of the classification, as the pack gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// Id of the pack: `tiers@1`.
    pub id: String,
    /// Days past due up to which a delay is a technical one.
    pub grace: i64,
    /// Substandard beyond so many days.
    pub substandard: i64,
    /// Doubtful beyond so many days.
    pub doubtful: i64,
    /// Loss beyond so many days.
    pub loss: i64,
    /// Beyond so many percent of bad claims all claims of a company are bad.
    pub bad_share: i64,
    /// Months of the observation after a restructuring.
    pub observation_months: u32,
    /// Instalments to be paid in it.
    pub observation_instalments: u32,
    /// Months of proper payment before a bad debtor rises.
    pub cure_months: u32,
    /// Instalments to be paid in them.
    pub cure_instalments: u32,
    /// Days within which a proposal is confirmed.
    pub confirm_days: u64,
    /// Signals that are such an event while they are open.
    pub signals: BTreeMap<String, TierEvent>,
    /// Whether the bank has confirmed every number.
    pub verified: bool,
    /// Where the numbers come from.
    pub source: String,
}

/// A running loan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// 借据号
    pub loan: String,
    /// 贷款余额
    pub balance: Option<Fen>,
    /// 逾期天数
    pub days: i64,
}

/// An instalment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instalment {
    /// 借据号
    pub loan: String,
    /// Whether something is still owed of the loan, so that it has periods to come.
    pub runs: bool,
    /// The day on which it was due.
    pub due: NaiveDate,
    /// The day on which it was paid in full; `None` = it is open.
    pub paid: Option<NaiveDate>,
}

impl Instalment {
    /// Whether it is not paid by this day: a payment that lies ahead has not been made.
    fn is_open(&self, today: NaiveDate) -> bool {
        self.paid.is_none_or(|day| day > today)
    }

    /// Whether it was paid on its day.
    fn is_proper(&self) -> bool {
        self.paid.is_some_and(|day| day <= self.due)
    }
}

/// What is known of a debtor.
#[derive(Debug, Clone, Copy)]
pub struct Debtor<'a> {
    /// Whether she is a company: rules about several debts hold for these.
    pub company: bool,
    /// Her running loans.
    pub claims: &'a [Claim],
    /// What happened, with the day (for a restructuring: the first new due date).
    pub events: &'a [(TierEvent, NaiveDate)],
    /// Instalments up to today of her loans, in order of their due days.
    pub instalments: &'a [Instalment],
    /// Whether a schedule of a running loan is known: else nothing tells how she pays.
    pub scheduled: bool,
    /// The tier in force.
    pub in_force: Tier,
}

/// Proposes a tier: the worst that anything asks for. What asks for a tier asks for it at least, and
/// people may have had softer reasons for a worse one: nobody rises before she has paid properly for
/// long enough.
pub fn propose(rules: &Rules, of: Debtor<'_>, today: NaiveDate) -> TierProposal {
    let mut proposal = decide(rules, of, of.in_force, today);
    if proposal.tier < of.in_force {
        let (instalments, months) = paid_properly(of.instalments, today);
        proposal.reasons.push(TierReason::Cured(instalments.into(), months.into()));
    }
    proposal
}

/// The best tier that people may decide upon: what binds her stands whichever way they go, and a bad
/// one has to be cured first. Softer reasons are theirs to take back.
pub fn best(rules: &Rules, of: Debtor<'_>, today: NaiveDate) -> TierProposal {
    // Without a schedule nothing tells how she pays: two people decide by what they can prove.
    let bad = of.in_force >= Tier::Substandard && of.scheduled;
    decide(rules, of, if bad { Tier::Substandard } else { Tier::Normal }, today)
}

/// What anything asks for, and `stays` while she has not paid properly for long enough.
fn decide(rules: &Rules, of: Debtor<'_>, stays: Tier, today: NaiveDate) -> TierProposal {
    let mut found: Vec<(Tier, TierReason)> = Vec::new();
    for claim in of.claims {
        if let Some((tier, over)) = by_days(rules, claim.days) {
            let (loan, days) = (claim.loan.clone(), claim.days);
            found.push((tier, TierReason::Overdue { loan, days, over }));
        }
    }
    for (event, since) in of.events {
        let bound = !event.is_of_companies() || of.company;
        if bound && (!event.is_observed() || is_observed(rules, of, *since, today)) {
            found.push((event.at_least(), TierReason::Event(*event)));
        }
    }
    if of.company
        && let Some(percent) = bad_share(rules, of.claims).filter(|share| *share > rules.bad_share)
    {
        found.push((Tier::Substandard, TierReason::BadShare(percent)));
    }
    let worst = found.iter().map(|(tier, _)| *tier).max().unwrap_or(Tier::Normal);
    if worst < stays && !of.scheduled {
        found.push((stays, TierReason::NoSchedule));
    } else if worst < stays {
        let (instalments, months) = paid_properly(of.instalments, today);
        let arrears = of.claims.iter().any(|claim| claim.days > rules.substandard);
        if arrears || instalments < rules.cure_instalments || months < rules.cure_months {
            let reason = TierReason::NotCured(instalments.into(), months.into());
            found.push((stays, reason));
        }
    }
    // A stable order: the gravest first, as they were found.
    found.sort_by_key(|(tier, _)| std::cmp::Reverse(*tier));
    let tier = found.first().map_or(Tier::Normal, |(tier, _)| *tier);
    TierProposal { tier, reasons: found.into_iter().map(|(_, reason)| reason).collect() }
}

/// The tier that days past due ask for, and the limit that they are over. Strictly more counts.
pub fn by_days(rules: &Rules, days: i64) -> Option<(Tier, i64)> {
    [
        (Tier::Loss, rules.loss),
        (Tier::Doubtful, rules.doubtful),
        (Tier::Substandard, rules.substandard),
        (Tier::SpecialMention, rules.grace),
    ]
    .into_iter()
    .find(|(_, over)| days > *over)
}

/// Percent of the debtor's claims here that are bad by their days, rounded up: a little more than
/// the limit is more. `None` while a balance is missing or none is bad.
fn bad_share(rules: &Rules, claims: &[Claim]) -> Option<i64> {
    let sum = |bad_only: bool| {
        let of = claims.iter().filter(|claim| !bad_only || claim.days > rules.substandard);
        of.map(|claim| claim.balance.map(|fen| i128::from(fen.0))).sum::<Option<i128>>()
    };
    let (bad, all) = (sum(true)?, sum(false)?);
    if bad <= 0 || all <= 0 {
        return None;
    }
    i64::try_from((bad * 100 + all - 1) / all).ok()
}

/// Whether the observation after a restructuring still runs. A payment that was missed while it runs
/// begins it anew; once it has ended, a later one begins nothing. Its instalments are periods of one
/// loan: two loans paid on a day are not two periods.
fn is_observed(rules: &Rules, of: Debtor<'_>, since: NaiveDate, today: NaiveDate) -> bool {
    let end_of = |start: NaiveDate| {
        start.checked_add_months(Months::new(rules.observation_months)).unwrap_or(NaiveDate::MAX)
    };
    // Where no schedule is known, time alone decides.
    let needed = if of.scheduled { rules.observation_instalments } else { 0 };
    let enough = |paid: &BTreeMap<&str, u32>| paid.values().max().unwrap_or(&0) >= &needed;
    let (mut end, mut missed, mut paid) = (end_of(since), None, BTreeMap::new());
    for one in of.instalments.iter().filter(|one| (since..=today).contains(&one.due)) {
        if one.due > end && enough(&paid) {
            return false;
        }
        if !one.is_proper() && one.due < today {
            (end, missed) = (end_of(one.due), Some(one.due));
            paid.clear();
        } else if one.is_proper() && missed != Some(one.due) {
            *paid.entry(one.loan.as_str()).or_default() += 1;
        }
    }
    today < end || !enough(&paid)
}

/// How many periods were paid properly since the arrears were paid, and for how many months; nothing
/// while an instalment is open. The months begin with the last arrears of whatever loan. A loan that
/// runs and was in arrears has to show its own periods since, and one loan at least those since the
/// months began: the fewest count, and what two loans paid on a day is one period of each.
fn paid_properly(all: &[Instalment], today: NaiveDate) -> (u32, u32) {
    let due = || all.iter().filter(|one| one.due < today);
    if due().any(|one| one.is_open(today)) {
        return (0, 0);
    }
    let late = |one: &&Instalment| !one.is_proper();
    let arrears = due().filter(late).filter_map(|one| one.paid).max();
    // Who was never late is judged from the first instalment that is known.
    let Some(start) = arrears.or_else(|| due().map(|one| one.due).next()) else { return (0, 0) };
    let since = |loan: &str, day: Option<NaiveDate>| {
        let later = |one: &&Instalment| day.is_none_or(|paid| one.due > paid);
        due().filter(|one| one.loan == loan).filter(later).count()
    };
    // Since when each loan that runs is out of its arrears.
    let mut own: BTreeMap<&str, NaiveDate> = BTreeMap::new();
    for one in due().filter(late).filter(|one| one.runs) {
        let Some(paid) = one.paid else { continue };
        let last = own.entry(&one.loan).or_insert(paid);
        *last = paid.max(*last);
    }
    let loans: BTreeSet<&str> = due().map(|one| one.loan.as_str()).collect();
    let most = loans.into_iter().map(|loan| since(loan, arrears)).max().unwrap_or(0);
    let proper = own.into_iter().map(|(loan, paid)| since(loan, Some(paid))).fold(most, usize::min);
    let whole = |n: &u32| start.checked_add_months(Months::new(*n)).is_some_and(|day| day <= today);
    let months = (1..=600).take_while(whole).count();
    (u32::try_from(proper).unwrap_or(u32::MAX), u32::try_from(months).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests;
