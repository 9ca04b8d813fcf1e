//! Texts of signals found by rules, and of events.

use super::format::counted;
use chrono::NaiveDate;

use super::{Lang, catalog};
use crate::domain::event::EventKind;

catalog! {
    /// Texts of `huifang signals` and of events.
    Warning {
        code: "Code" | "代码";
        level: "Level" | "等级";
        name: "Signal" | "信号";
        basis: "Found by" | "依据";
        rule: "Rule" | "规则";
        on: "On" | "启用";
        source: "Source" | "来源";
        verified: "Confirmed" | "已核实";
        flag: "Flag" | "信号编号";
        customer_id: "Number" | "客户号";
        seen: "What was seen" | "依据";
        events_title: "Events outside" | "外部事件";
        events_none: "No events were entered." | "没有登记外部事件。";
        events_none_mine: "No events. a enters one." | "没有外部事件。按 a 登记。";
        add_title: "Enter an event" | "登记外部事件";
        add_line: "Every customer whom it concerns gets a look-at for her officer." | "涉及的客户将各生成一条核查待办，交管户经理办理。";
        list_line: "Lists are parted by commas. Drivers:" | "多项用逗号分隔。驱动因素：";
        kind: "Kind" | "类别";
        title: "What happened" | "事件名称";
        change: "Change in percent" | "变动幅度（%）";
        happened_on: "Day" | "发生日期";
        industries: "Industries" | "行业";
        districts: "Districts" | "区域";
        drivers: "Drivers" | "驱动因素";
        points: "What to look at" | "核查要点";
        due_on: "Until" | "期限";
        finding: "What came of it?" | "核查结论";
        found: "What came of it" | "核查结论";
        closed: "closed" | "已结束";
        closed_already: "This event is closed" | "该事件已结束";
        only_superiors: "Supervisors and risk managers enter and close events" | "外部事件由主管或风险经理登记和结束";
        entered: "Event entered" | "事件已登记";
        ended: "Event closed" | "事件已结束";
        needs: "Kind, name, days and what to look at are needed" | "须填类别、名称、日期、期限和核查要点";
        event: "Event" | "事件编号";
        why: "Meets by" | "涉及原因";
        looks_none: "No customer in sight is looked at" | "范围内没有需核查的客户";
        customers: "Customers" | "涉及客户";
        done: "Looked at" | "已核查";
        looked_on: "Looked at on" | "核查日期";
        late: "Late" | "逾期";
        entered_by: "Entered by" | "登记人";
        driver: "Driver" | "驱动因素";
        words: "Words of industries" | "行业用词";
        yes: "yes" | "是";
        no: "no" | "否";
    }
}

impl Warning {
    /// How many signals a file leaves on.
    pub fn sound(&self, rules: usize) -> String {
        match self.lang {
            Lang::Zh => format!("{rules} 条规则启用"),
            Lang::En => format!("{rules} rules are on"),
        }
    }

    /// What came of an event is missing, or says nothing.
    pub fn needs_finding(&self, least: u32) -> String {
        match self.lang {
            Lang::Zh => format!("请写核查结论（至少 {least} 字）"),
            Lang::En => format!("Write what came of it (min. {least} letters)"),
        }
    }

    /// How many customers nobody has looked at yet while the event is ended; empty = none.
    pub fn still_open(&self, customers: u32) -> String {
        match (self.lang, customers) {
            (_, 0) => String::new(),
            (Lang::Zh, n) => format!("。尚有 {n} 户未核查，核查待办仍保留"),
            (Lang::En, 1) => ". 1 customer is not looked at yet and stays on the list".to_owned(),
            (Lang::En, n) => format!(". {n} customers are not looked at yet and stay on the lists"),
        }
    }

    /// `已核查 3/12 户，逾期 1`.
    pub fn progress(&self, done: u32, customers: u32, late: u32) -> String {
        match self.lang {
            Lang::Zh if late > 0 => format!("已核查 {done}/{customers} 户，逾期 {late}"),
            Lang::Zh => format!("已核查 {done}/{customers} 户"),
            Lang::En if late > 0 => format!("{done} of {customers} looked at, {late} late"),
            Lang::En => format!("{done} of {customers} looked at"),
        }
    }

    /// Yes or no.
    pub const fn yes_no(&self, yes: bool) -> &'static str {
        if yes { self.yes } else { self.no }
    }
}

/// A branch that a file names and nobody has.
pub fn unknown_branch(lang: Lang, line: usize, branch: &str, like: Option<&str>) -> String {
    match (lang, like) {
        (Lang::En, None) => format!("line {line}: branch '{branch}' is not known"),
        (Lang::En, Some(like)) => {
            format!("line {line}: branch '{branch}' is not known, did you mean '{like}'?")
        }
        (Lang::Zh, None) => format!("第 {line} 行：没有机构“{branch}”"),
        (Lang::Zh, Some(like)) => {
            format!("第 {line} 行：没有机构“{branch}”，是否应为“{like}”？")
        }
    }
}

/// How a signal is found.
pub const fn basis(lang: Lang, code: &str) -> &'static str {
    match code.as_bytes() {
        b"rule" => lang.pick("rule", "规则"),
        b"answers" => lang.pick("answers", "检查项"),
        b"deadline" => lang.pick("a deadline", "期限"),
        b"combination" => lang.pick("other flags", "信号组合"),
        _ => lang.pick("a person", "人工"),
    }
}

/// What kind of event.
pub const fn event_kind(lang: Lang, kind: EventKind) -> &'static str {
    match kind {
        EventKind::Price => lang.pick("price", "价格"),
        EventKind::Policy => lang.pick("policy", "政策"),
        EventKind::Disaster => lang.pick("disaster", "灾害疫情"),
        EventKind::Other => lang.pick("other", "其他"),
    }
}

/// How a ratio lies to its limits; the bad side of some is below.
pub const fn light(lang: Lang, code: &str, below: bool) -> &'static str {
    match (code.as_bytes(), below) {
        (b"ok", _) => lang.pick("within the limits", "正常"),
        (b"watch", false) => lang.pick("over the watch limit", "超过关注线"),
        (b"watch", true) => lang.pick("under the watch limit", "低于关注线"),
        (b"grave", false) => lang.pick("over the red line", "超过红线"),
        (b"grave", true) => lang.pick("under the red line", "低于红线"),
        (_, false) => lang.pick("over the alarm limit", "超过警戒线"),
        (_, true) => lang.pick("under the alarm limit", "低于警戒线"),
    }
}

/// What joins the parts of a rule.
pub const fn joint(lang: Lang, sign: &str) -> Option<&'static str> {
    Some(match sign.as_bytes() {
        b"&&" => lang.pick(" and ", "，且"),
        b"||" => lang.pick(" or ", "，或"),
        b"(" => lang.pick("(", "（"),
        b")" => lang.pick(")", "）"),
        b"!" => lang.pick("not ", "非"),
        _ => return None,
    })
}

/// So many flags of a level within so many days.
pub fn combined(lang: Lang, (count, level, days): (u32, &str, u32)) -> String {
    match lang {
        Lang::Zh => format!("{days} 天内有 {count} 个{level}色信号"),
        Lang::En => format!(
            "{} within {}",
            counted(count, &format!("{} flag", level.to_lowercase())),
            counted(days, "day")
        ),
    }
}

/// From so many groups of signals at least.
pub fn of_groups(lang: Lang, groups: u32) -> String {
    match lang {
        Lang::Zh => format!("分属至少 {groups} 个类别"),
        Lang::En => format!("of at least {groups} groups"),
    }
}

/// What flags that count together have in common.
pub const fn same(lang: Lang, code: &str) -> &'static str {
    match code.as_bytes() {
        b"group" => lang.pick("all of one group", "同一类别"),
        _ => lang.pick("the same signal at so many visits running", "同一信号连续多次检查出现"),
    }
}

/// Proposals don't count.
pub const fn confirmed_alone(lang: Lang) -> &'static str {
    lang.pick("confirmed ones alone", "只计已确认的")
}

/// What a covenant says, by the fact of a flag.
pub fn covenant(lang: Lang, fact: &str) -> Option<&'static str> {
    match fact {
        "covenant.figure" => Some(lang.pick("figure now", "现值")),
        "covenant.limit" => Some(lang.pick("agreed", "约定")),
        _ => None,
    }
}

/// A customer near her that is in default.
pub const fn near(lang: Lang) -> &'static str {
    lang.pick("in default", "违约户")
}

/// An event outside of which a fact tells.
pub const fn event(lang: Lang) -> &'static str {
    lang.pick("event", "事件")
}

/// One whom the reader may not see.
pub const fn near_unseen(lang: Lang) -> &'static str {
    lang.pick("a customer out of your scope", "不在您管辖范围的客户")
}

/// The day of what a rule saw, with what it is the day of.
pub fn day_of(lang: Lang, fact: &str, day: NaiveDate) -> String {
    let what = match fact {
        "days_past_due" => lang.pick("oldest unpaid since", "最早未还期"),
        "interest_unpaid_days" => lang.pick("oldest interest unpaid since", "最早欠息日"),
        "quarter_day_days" => lang.pick("quarter day", "结息日"),
        "matures_in" => lang.pick("maturity", "到期日"),
        "visit_days" => lang.pick("visit of", "回访日"),
        "uninsured_days" | "unregistered_days" | "valuation_late_days" => {
            lang.pick("since", "起算日")
        }
        // A combination saw another signal: its name and its day say all.
        signal if signal.contains('-') => return day.to_string(),
        _ => lang.pick("as of", "截至"),
    };
    format!("{what} {day}")
}

/// A unit behind a number.
pub const fn unit(lang: Lang, code: &str) -> &'static str {
    match code.as_bytes() {
        b"percent" => "%",
        b"points" => lang.pick(" points", "个百分点"),
        b"days" => lang.pick(" days", "天"),
        b"times" => lang.pick(" times", "次"),
        b"customers" => lang.pick(" customers", "户"),
        _ => "",
    }
}

#[cfg(test)]
mod tests;
