//! Wording of reports: preparation, the people met, the second pair of eyes, what stands apart.

use chrono::NaiveDate;

use crate::i18n::{Lang, catalog};

catalog! {
    /// Texts of how a visit was prepared and conducted.
    Conducted {
        document_no: "Document no." | "文件编号";
        people: "People met" | "约见与接待人员";
        person: "Name" | "姓名";
        intended: "Meant to meet" | "访前约定";
        nobody_intended: "nobody was chosen beforehand" | "访前未约定";
        deviation: "Not met as planned" | "与约定的偏差";
        as_planned: "none: all were met" | "无，约定人员均已见到";
        nobody_asked: "This checklist does not ask who was met." | "本次检查表未要求登记接待人。";
        look_ups: "Looked up before the visit" | "访前查询";
        look_up: "Look-up" | "查询事项";
        result: "Result" | "结果";
        looked_up_on: "On" | "查询日期";
        source: "Source" | "查询渠道";
        by: "By" | "查询人";
        found_or_why: "What was found, or why not queried" | "发现内容或未查询原因";
        no_look_ups: "Nothing is to be looked up for this kind of customer." | "该类客户无须访前查询。";
        aged: "too old on the day of the visit" | "至检查日已过期";
        second: "Co-inspector's own opinion" | "协查意见";
        nobody_second: "No co-inspector was asked." | "未指定协查人。";
        stand: "Opinion" | "协查意见";
        own_words: "In her own words" | "本人说明";
        signed_at: "Signed" | "签署时间";
        not_signed: "not signed" | "未签署";
        void: "void: an answer was changed after the signature" | "签署后记录有改动，签署已失效";
        signed_here: "signed in her own session" | "已在本人会话中签署";
        gifts: "Gifts and hospitality" | "廉洁申报";
        customers_own: "The customer's own needs and wishes" | "客户诉求与意愿";
        apart: "The customer's words. They are kept apart from risk: no flag, check or rating rests on them."
            | "以上为客户本人表述，与风险判断分开，不作为信号、核对或评级的依据。";
        no_evidence: "no evidence named" | "未注明证据";
        unfiled: "said to be there, but no file is registered" | "称已取得，未登记文件";
        stale: "no photo of the day of the visit" | "无检查当日拍摄的照片";
        level: "Level" | "等级";
        likeness: "Likeness to other records (for the reviewer)" | "文字相似提示（供复核）";
        likeness_none: "No text was like another record when it was handed in." | "提交时未发现与其他记录相似的文字。";
        likeness_why: "Reason given" | "提交人说明";
        no_why: "none given" | "未说明";
        agreed: "Promised or agreed at this visit" | "本次承诺与待办";
        what: "What" | "事项";
        promised_by: "Promised by" | "承诺方";
        nothing_agreed: "Nothing was promised or agreed at this visit." | "本次无新增承诺或待办。";
        plan_then: "Planned next, when handed in" | "提交时计划的下次检查";
        wish: "Appointment with the customer" | "约定的下次回访";
        no_wish: "none" | "未约定";
        live_others: "Other live flags" | "其他未结信号";
        since: "Since the last visit" | "上次回访以来";
        found: "What the last recorded visit found" | "上次检查发现";
        then: "Then" | "上次";
        since_then: "Now" | "目前";
        came: "Came since" | "新增";
        no_event: "No flag, loan or statement came or went." | "信号、借据、报表均无增减。";
        should_meet: "Should be met" | "应见人员";
        why: "Why" | "依据";
        state_chosen: "chosen" | "已约";
        state_on_file: "on file, not chosen" | "档案有，未约";
        state_nobody: "nobody on file" | "档案中无此人";
        no_rule: "No rule says who must be met." | "无应见人员规定。";
        outline: "Questions" | "访谈提纲";
        say: "What to say" | "话术";
        circle: "Place" | "位置";
        required: "Required" | "必收";
        figure: "Figure" | "项目";
    }
}

impl Conducted {
    /// The texts of a language.
    pub const fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Zh => &Self::ZH,
            Lang::En => &Self::EN,
        }
    }

    /// A statement of the customer's own: who made it and when.
    pub fn declared(&self, by: &str, on: NaiveDate) -> String {
        match self.lang {
            Lang::En => format!("DECLARED by {by} on {on}, not seen"),
            Lang::Zh => format!("【自述】{by}，{on}，未见证据"),
        }
    }

    /// When a look-up that was left out is made up for.
    pub fn made_up(&self, when: &str) -> String {
        match self.lang {
            Lang::En => format!("To be looked up: {when}"),
            Lang::Zh => format!("补查：{when}"),
        }
    }

    /// What a visit found of a promise, and that its to-do stands as ever: `已兑现（待办未办结：…）`.
    pub fn found_at_visit(&self, found: &str, on_file: &str) -> String {
        match self.lang {
            Lang::En => format!("{found} by this visit (to-do not closed: {on_file})"),
            Lang::Zh => format!("本次回访：{found}（待办未办结：{on_file}）"),
        }
    }

    /// Duties that a visit is to serve while its record does not count.
    pub fn counts_later(&self, duties: &str) -> String {
        match self.lang {
            Lang::En => format!("Serves {duties}: counts once the record is handed in."),
            Lang::Zh => format!("本次对应：{duties}；记录提交后才计入。"),
        }
    }

    /// Which version of a record a report prints.
    pub fn version(&self, version: i64) -> String {
        match self.lang {
            Lang::En => format!("version {version}"),
            Lang::Zh => format!("第 {version} 版"),
        }
    }

    /// Roles whom it was planned to meet and who were not met.
    pub fn roles_not_met(&self, roles: &str) -> String {
        match self.lang {
            Lang::En => format!("not met: {roles}"),
            Lang::Zh => format!("未见到：{roles}"),
        }
    }

    /// The script of a focus over a channel.
    pub fn say_about(&self, focus: &str, channel: &str) -> String {
        match self.lang {
            Lang::En => format!("{}: {focus}, {channel}", self.say),
            Lang::Zh => format!("{}：{focus}，{channel}", self.say),
        }
    }
}
