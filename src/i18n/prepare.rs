//! Texts of the preparation: brief, look-ups, script, sheets.

use super::format::counted;
use super::{Lang, catalog, words};
use crate::domain::preparation::LookedUp;
use crate::domain::visit::Focus;
use crate::form::preparation::{Channel, Part};

catalog! {
    /// Texts of the preparation.
    Prepare {
        brief: "Brief" | "访前准备";
        lookups: "Look-ups" | "访前查询";
        script: "What to say" | "话术";
        sheets: "Contract, borrower, schedule" | "合同、借款人、还款计划";
        for_visit: "For the visit on" | "回访日";
        why: "Why this visit" | "为何回访";
        no_duty: "Nothing is due: a visit of your own accord" | "暂无到期任务，属主动回访";
        focus: "Look first at" | "建议重点";
        since: "Since the last visit" | "上次回访以来";
        found: "What the last visit found" | "上次检查发现";
        none_recorded: "No visit was recorded here" | "此前没有检查记录";
        nothing_before: "Only one visit has answers item by item: no figures to compare" | "只有一次回访有逐项回答，无数据可比";
        last_refused: "refused last time" | "上次拒绝提供";
        last_promised: "promised last time" | "上次承诺补交";
        first_visit: "No visit before" | "此前没有回访记录";
        not_kept: "not kept then" | "当时未留存";
        no_change: "unchanged" | "未变";
        tier: "Tier" | "五级分类";
        exposure: "Exposure" | "敞口";
        past_due: "Days past due" | "逾期天数";
        flags_raised: "Flags raised" | "新增信号";
        flags_closed: "Flags closed" | "解除信号";
        loans_new: "New loans" | "新放款";
        loans_settled: "Settled" | "已结清";
        statements_new: "New statements" | "新报表";
        flags: "Open flags" | "未结信号";
        no_flags: "none" | "无";
        no_owner: "no owner" | "未定责任人";
        no_measure: "no measure yet" | "未定措施";
        promises: "Promises and conditions" | "承诺与批复条件";
        condition: "Condition" | "批复条件";
        covenants: "Covenants" | "约束条款";
        nothing: "none on file" | "无登记";
        no_day: "no date" | "未定期限";
        figures: "Last figures" | "最近数据";
        meet: "Whom to meet" | "约见人";
        nobody: "Nobody is chosen yet: m chooses" | "尚未选定，按 m 选择";
        nobody_on_file: "nobody on file" | "档案中无此人";
        chosen: "chosen" | "已约";
        must: "must be met" | "应见";
        papers: "To collect" | "要收的资料";
        required: "required" | "必收";
        instalments: "Next instalments" | "近期还款";
        no_instalments: "no schedule on file" | "无还款计划";
        principal: "principal" | "本金";
        interest: "interest" | "利息";
        outline: "Questions" | "访谈提纲";
        near: "Near by, due soon" | "附近近期应访";
        nobody_near: "nobody within the next month" | "一个月内没有";
        same_circle: "same trade circle" | "同商圈";
        same_district: "same district" | "同区域";
        unverified: "to be confirmed by the bank" | "待本行确认";
        note_title: "Look-up" | "查询结果";
        result: "Result" | "结果";
        saved: "Noted" | "已记录";
        planned: "People to meet are chosen" | "约见人已选定";
        read_only: "Your role does not prepare visits" | "您的角色不做访前准备";
        needs_detail: "Say what was found, or why it was not queried" | "请写明查到的内容或未查询的原因";
        needs_day: "Enter the day of the look-up" | "请填写查询日期";
        aged: "too old, look up again" | "已过期，需重查";
        before: "before" | "此前";
        where_to: "Where" | "查询渠道";
        meet_title: "Whom do you mean to meet?" | "这次约见谁？";
        meet_hint: "Names are masked as in the dossier." | "姓名按档案规则脱敏。";
        meet_none: "Nobody is on file: contacts come with the import" | "档案中没有联系人，联系人随导入更新";
        meets: "meet" | "约见";
        meets_not: "-" | "不约";
        no_script: "Nothing to say is laid down for this" | "此情形没有话术";
        contracts: "Contracts" | "合同";
        borrower: "Borrower" | "借款人";
        schedule: "Schedule" | "还款计划";
        contract_no: "Contract" | "合同号";
        repayment: "Repayment" | "还款方式";
        paid: "paid" | "已还";
        unpaid: "not paid" | "未还";
        overdue: "overdue" | "逾期";
        phone: "Phone" | "电话";
        met_short: "to meet" | "约见";
    }
}

impl Prepare {
    /// `已查 6/10 · 发现 1`.
    pub fn progress(&self, done: usize, all: usize, found: usize) -> String {
        let (done_word, found_word) = match self.lang {
            Lang::Zh => ("已查", "发现"),
            Lang::En => ("done", "found"),
        };
        let first = format!("{done_word} {done}/{all}");
        if found == 0 { first } else { format!("{first}  {found_word} {found}") }
    }

    /// No answer differed from that visit.
    pub fn same_as(&self, day: &str) -> String {
        match self.lang {
            Lang::Zh => format!("与 {day} 相比无变化"),
            Lang::En => format!("no answer differed from {day}"),
        }
    }

    /// Changes that are not listed.
    pub fn more_changes(&self, count: usize) -> String {
        match self.lang {
            Lang::Zh => format!("另有 {count} 项变化"),
            Lang::En => format!("and {}", counted(count, "more change")),
        }
    }

    /// `12 题`.
    pub fn questions(&self, n: u32) -> String {
        match self.lang {
            Lang::Zh => format!("{n} 题"),
            Lang::En if n == 1 => "1 question".to_owned(),
            Lang::En => format!("{n} questions"),
        }
    }

    /// Roles of which one must be met.
    pub fn one_of(&self, roles: &[String]) -> String {
        let names: Vec<&str> = roles.iter().map(|r| words::contact_role(self.lang, r)).collect();
        names.join(self.lang.pick(" or ", "或"))
    }

    /// From one value to another.
    pub fn from_to(&self, from: &str, to: &str) -> String {
        match self.lang {
            Lang::Zh => format!("由 {from} 变为 {to}"),
            Lang::En => format!("from {from} to {to}"),
        }
    }

    /// First and last day of the months of a paper.
    pub fn window(&self, from: &str, to: &str) -> String {
        match self.lang {
            Lang::Zh => format!("{from} 至 {to}"),
            Lang::En => format!("{from} to {to}"),
        }
    }

    /// What a look-up comes to.
    pub const fn looked_up(&self, result: LookedUp) -> &'static str {
        match result {
            LookedUp::Nothing => self.lang.pick("none found", "未发现"),
            LookedUp::Found => self.lang.pick("found", "有发现"),
            LookedUp::NotQueried => self.lang.pick("not queried", "未查询"),
        }
    }

    /// 回访重点
    pub const fn focus_name(&self, focus: Focus) -> &'static str {
        match focus {
            Focus::RiskControl => self.lang.pick("risk control", "风险控制"),
            Focus::GettingToKnow => self.lang.pick("getting to know", "熟悉客户"),
            Focus::Referral => self.lang.pick("referral", "客户转介"),
            Focus::SideInformation => self.lang.pick("side information", "旁证信息"),
        }
    }

    /// How the officer and the customer speak.
    pub const fn channel(&self, channel: Channel) -> &'static str {
        match channel {
            Channel::Onsite => self.lang.pick("on site", "实地"),
            Channel::Phone => self.lang.pick("phone", "电话"),
            Channel::Video => self.lang.pick("video", "视频"),
        }
    }

    /// A part of a talk.
    pub const fn part(&self, part: Part) -> &'static str {
        match part {
            Part::Opening => self.lang.pick("Opening", "开场"),
            Part::Transition => self.lang.pick("To the figures", "过渡"),
            Part::Sensitive => self.lang.pick("Asked openly", "敏感问题"),
            Part::Closing => self.lang.pick("Closing", "结束"),
        }
    }
}
