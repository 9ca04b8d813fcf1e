//! Texts of signals found by rules, and of events.

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
        kind: "kind" | "类别";
        title: "what happened" | "事件名称";
        change: "change in percent" | "变动幅度（%）";
        happened_on: "day" | "发生日期";
        industries: "industries" | "行业";
        districts: "districts" | "区域";
        drivers: "drivers" | "驱动因素";
        points: "what to look at" | "核查要点";
        due_on: "until" | "期限";
        finding: "What came of it? Enter closes the event, Esc goes back" | "核查结论，回车结束事件，Esc 返回";
        found: "What came of it" | "核查结论";
        needs_finding: "Write what came of it" | "请写核查结论";
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

/// How a signal is found.
pub const fn basis(lang: Lang, code: &str) -> &'static str {
    match code.as_bytes() {
        b"rule" => lang.pick("rule", "规则"),
        b"answers" => lang.pick("answers", "检查项"),
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

/// How a ratio lies to its limits.
pub const fn light(lang: Lang, code: &str) -> &'static str {
    match code.as_bytes() {
        b"ok" => lang.pick("within the limits", "正常"),
        b"watch" => lang.pick("beyond the watch limit", "超关注线"),
        b"grave" => lang.pick("beyond the red line", "超红线"),
        _ => lang.pick("beyond the alarm limit", "超警戒线"),
    }
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
