//! Words of the printed plan, from the codes that the planner gives.

use super::{Lang, words};
use crate::domain::duty::{Duty, DutyClass, DutyCode, Uncounted, Uncounting};
use crate::domain::loan::Tier;

/// The word for a code in English, for printers that take a function.
pub fn en(code: &str) -> String {
    word(Lang::En, code)
}

/// The word for a code in Chinese.
pub fn zh(code: &str) -> String {
    word(Lang::Zh, code)
}

/// The word for a code of a duty, class, tier, input, reason or fate; unknown ones as they are.
pub fn word(lang: Lang, code: &str) -> String {
    if let Some(duty) = DutyCode::from_code(code) {
        return words::duty(lang, duty).to_owned();
    }
    if let Some(class) = DutyClass::from_code(code) {
        return words::duty_class(lang, class).to_owned();
    }
    if let Some(tier) = Tier::from_code(code) {
        return words::tier(lang, tier).to_owned();
    }
    // What a gap lacks is named by table and column.
    if code.contains('.') {
        return words::gap(lang, code).to_owned();
    }
    reason(lang, code).unwrap_or_else(|| words::input(lang, code)).to_owned()
}

/// Why a duty is there, as one plain sentence; the numbers are the policy's and stand in its rule.
pub fn sentence(lang: Lang, duty: &Duty) -> String {
    let of = &duty.reference;
    let said = match (duty.code, lang) {
        (DutyCode::UseOfFunds, Lang::Zh) => format!("提款 {of} 之后须核实资金用途"),
        (DutyCode::UseOfFunds, Lang::En) => {
            format!("After drawdown {of} the use of its funds is to be checked")
        }
        (DutyCode::Day90, Lang::Zh) => format!("借据 {of} 放款后须作首次回访"),
        (DutyCode::Day90, Lang::En) => {
            format!("Loan {of} is to be visited once after it was paid out")
        }
        (DutyCode::RenewalTalk, Lang::Zh) => format!("借据 {of} 金额较大且将到期，须提前谈续贷"),
        (DutyCode::RenewalTalk, Lang::En) => {
            format!("Loan {of} is large and will mature: renewal is to be talked about in time")
        }
        (DutyCode::BeforeMaturity, Lang::Zh) => format!("借据 {of} 将到期，到期前须回访"),
        (DutyCode::BeforeMaturity, Lang::En) => {
            format!("Loan {of} will mature and is to be visited before")
        }
        (DutyCode::Handover, Lang::Zh) => "客户换了管户经理，接手后须回访".to_owned(),
        (DutyCode::Handover, Lang::En) => {
            "The customer has a new officer, who is to visit her".to_owned()
        }
        (DutyCode::FlagRevisit, Lang::Zh) => format!("信号 {of} 尚未解除，须按其等级回访"),
        (DutyCode::FlagRevisit, Lang::En) => {
            format!("Flag {of} is still open and asks for a visit by its level")
        }
        (DutyCode::Directed, Lang::Zh) => format!("上级布置了专项检查 {of}"),
        (DutyCode::Directed, Lang::En) => format!("Inspection {of} was ordered by a superior"),
        (DutyCode::PeriodicOnsite, Lang::Zh) => "按条线、分类和敞口，须定期到现场检查".to_owned(),
        (DutyCode::PeriodicOnsite, Lang::En) => {
            "Line, tier and exposure ask for a visit on site at intervals".to_owned()
        }
        (DutyCode::PeriodicOffsite, Lang::Zh) => {
            "按条线、分类和敞口，须定期检查，可不到现场".to_owned()
        }
        (DutyCode::PeriodicOffsite, Lang::En) => {
            "Line, tier and exposure ask for a check at intervals, not necessarily on site"
                .to_owned()
        }
        (DutyCode::Sample, Lang::Zh) => "该客户本年度被抽中，须检查一次".to_owned(),
        (DutyCode::Sample, Lang::En) => "The customer was drawn for this year's sample".to_owned(),
    };
    let moved = duty.delayed_from.is_none() && duty.raw_due != duty.due;
    match (lang, moved) {
        (Lang::Zh, false) => format!("{said}。"),
        (Lang::En, false) => format!("{said}."),
        (Lang::Zh, true) => format!("{said}；{} 不是工作日，改到 {}。", duty.raw_due, duty.due),
        (Lang::En, true) => {
            format!("{said}; {} is no workday, so it is due on {}.", duty.raw_due, duty.due)
        }
    }
}

/// Why a visit left a duty open, in English, for printers that take a function.
pub fn uncounted_en(duty: &Duty, visit: &Uncounted) -> String {
    uncounted(Lang::En, duty, visit)
}

/// Why a visit left a duty open, in Chinese.
pub fn uncounted_zh(duty: &Duty, visit: &Uncounted) -> String {
    uncounted(Lang::Zh, duty, visit)
}

/// Why a visit that was made left a duty open, as one sentence.
pub fn uncounted(lang: Lang, duty: &Duty, visit: &Uncounted) -> String {
    let (on, opens) = (visit.on, duty.opens);
    match (visit.why, lang) {
        (Uncounting::Offsite, Lang::Zh) => {
            format!("{on} 的回访不计入：是非现场，本项须到现场。")
        }
        (Uncounting::Offsite, Lang::En) => {
            format!("The visit of {on} doesn't count: off site, and this asks for on site.")
        }
        (Uncounting::NotHandedIn, Lang::Zh) => {
            format!("{on} 的回访还不计入：记录是草稿或被退回，提交后才算。")
        }
        (Uncounting::NotHandedIn, Lang::En) => {
            format!("The visit of {on} doesn't count yet: its record is not handed in.")
        }
        (Uncounting::OtherPurpose, Lang::Zh) => {
            format!("{on} 的回访不计入：其检查事由不含本项。")
        }
        (Uncounting::OtherPurpose, Lang::En) => {
            format!("The visit of {on} doesn't count: this is not among its purposes.")
        }
        (Uncounting::Early, Lang::Zh) => {
            format!("{on} 的回访不计入：早于本项最早可做之日 {opens}。")
        }
        (Uncounting::Early, Lang::En) => {
            format!("The visit of {on} doesn't count: before {opens}, the first day for this.")
        }
    }
}

/// Fates, and why a duty is not owed.
fn reason(lang: Lang, code: &str) -> Option<&'static str> {
    let (en, zh) = match code {
        "open" => ("open", "待办"),
        "met" => ("met", "已完成"),
        "late" => ("met late", "逾期完成"),
        "terminated" => ("terminated", "已终止"),
        "missed" => ("missed", "未按期"),
        "before_policy" => {
            ("not owed: only a later policy asks for it", "不需要：后来的政策才要求")
        }
        "before_onboarding" => ("not owed: before the customer came here", "不需要：早于纳管日期"),
        "before_cadence_since" => {
            ("not owed: before the cadence changed", "不需要：早于频率起算日")
        }
        "row_exempt" => ("not owed: exempt", "不需要：该类客户免做"),
        "loan_not_active" => ("not owed: the loan has ended", "不需要：借据已结清"),
        "matures_before" => ("not owed: the loan ends before", "不需要：借据先到期"),
        "short_term" => ("not owed: short term", "不需要：期限短"),
        "small_exposure" => ("not owed: small exposure", "不需要：敞口小"),
        "small_balance" => ("not owed: small balance", "不需要：余额小"),
        "amount_missing" => ("not owed: an amount is missing", "不需要：金额缺失"),
        "no_active_loan" => ("not owed: no active loan", "不需要：无在贷借据"),
        "flag_not_open" => ("not owed: the flag is not open", "不需要：信号未生效或已解除"),
        "task_closed" => ("not owed: the task is done", "不需要：任务已办结"),
        "next_slot_first" => ("not owed: the next one comes first", "不需要：下一期先到"),
        "extra_visit_instead" => ("not owed: the extra visit stands for it", "不需要：由加访代替"),
        "not_drawn" => ("not owed: not drawn in the sample", "不需要：未抽中"),
        "before_anchor" => ("not owed: before the first loan", "不需要：早于起算日"),
        _ => return None,
    };
    Some(lang.pick(en, zh))
}
