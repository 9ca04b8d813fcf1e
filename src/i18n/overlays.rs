//! Texts of help, palette, search, why, inbox and dialogs.

use chrono::NaiveDate;

use super::format::counted;
use super::{Catalog, Lang, catalog, format, words};
use crate::domain::visit::VisitClass;
use crate::protocol::page::OfficerRead;

catalog! {
    /// Texts of the overlays.
    Overlays {
        help: "Keys of this place" | "本界面按键";
        help_foot: "type to narrow" | "输入以筛选";
        palette: "Commands" | "命令";
        palette_hint: "name, pinyin or English" | "中文、拼音或英文";
        palette_none: "No command has this name here" | "没有此名称的命令";
        search: "Find a customer" | "查找客户";
        search_hint: "name, pinyin initials, number, contract, phone" | "姓名、拼音首字母、客户号、合同号、电话";
        search_none: "Nothing found" | "没有找到";
        why: "Why due" | "为何到期";
        why_policy: "Policy" | "制度版本";
        why_row: "Row" | "适用行";
        why_no_row: "no row of the policy matches" | "没有适用的制度行";
        why_inputs: "Inputs" | "依据";
        why_duties: "Duties" | "检查义务";
        why_history: "Met or not needed" | "已完成或不需要";
        why_nothing: "Nothing is to be done now" | "目前没有待办义务";
        why_counts: "A draft or a returned record does not count until it is handed in." | "草稿和退回的记录不算完成，提交后才算。";
        why_gaps: "Gaps" | "缺口";
        why_verified: "confirmed" | "已核实";
        why_unverified: "to be confirmed by the bank" | "待本行核实";
        why_source: "source" | "来源";
        why_rule: "rule" | "规则";
        why_blocks: "blocks the plan" | "影响计划";
        fate_open: "open" | "待办";
        fate_met: "met" | "已完成";
        fate_missed: "missed" | "未按期";
        fate_terminated: "terminated" | "已终止";
        fate_not_owed: "not owed" | "不需要";
        due: "due" | "到期";
        opens: "from" | "最早";
        delayed_from: "delayed from" | "原到期";
        inbox: "Messages" | "消息";
        inbox_empty: "No messages" | "没有消息";
        form_missing: "Still needed" | "还需填写";
        form_needed: "* needed" | "* 必填";
        form_leave: "Esc again throws away what you wrote" | "再按一次 Esc 将放弃已填内容";
        form_choose: "Choose with the arrows, a digit or the first letter" | "用 ←→、数字或首字母选择";
        form_bad_number: "not a number; type it as 15 or -3.5" | "不是数字，请填如 15 或 -3.5";
        form_bad_date: "a day like 2026-11-23, 11-23 or +7" | "请输入 2026-11-23、11-23 或 +7";
        start: "Start a visit" | "开始回访";
        change_visit: "Change the visit" | "修改本次回访";
        change_keys: "Tab field   Space tick   Enter write   Esc cancel"
            | "Tab 换项   空格 勾选   Enter 保存   Esc 取消";
        start_class: "Class" | "检查方式";
        start_channel: "Channel" | "渠道";
        start_date: "Day" | "日期";
        start_meet: "To meet" | "约见";
        start_duties: "Duties that it serves" | "本次检查事由";
        start_no_duty: "No open duty: the visit counts as voluntary" | "没有待办事由：作为主动回访";
        start_class_short: "on-site only" | "须现场";
        start_channel_short: "not by this channel" | "该渠道不计";
        start_future: "not later than today" | "不能晚于今天";
        start_keys: "Tab field   Space tick   Enter start   Esc cancel"
            | "Tab 换项   空格 勾选   Enter 开始   Esc 取消";
        channel_onsite: "on site" | "实地";
        channel_phone: "telephone" | "电话";
        channel_video: "video" | "视频";
        channel_questionnaire: "questionnaire" | "问卷";
        channel_desk: "desk" | "资料核查";
        conflict: "Changed meanwhile" | "他人已更新";
        conflict_mine: "Mine" | "我的";
        conflict_theirs: "Theirs" | "对方";
        themes: "Theme" | "配色";
        theme_dark: "Dark" | "深色";
        theme_light: "Light" | "浅色";
        theme_sixteen: "16 colours" | "16 色";
        theme_mono: "No colour" | "无颜色";
        key_column: "Key" | "按键";
        does_column: "Does" | "作用";
        place_column: "Where" | "位置";
        everywhere: "Everywhere" | "通用";
        lists: "Lists" | "列表";
        choosing: "Choosing" | "选择中";
        editing: "Typing" | "输入中";
        editing_long: "Typing text" | "输入长文本";
        reading: "Reading" | "阅读";
        comparing: "Comparing" | "对比";
        picking: "Picking" | "选取";
        confirming: "Question" | "确认框";
        form: "Form" | "表单";
    }
}

impl Overlays {
    /// Where a rule comes from, in words; a reference behind the letter stays.
    pub fn source(&self, code: &str) -> String {
        let words = |letter: &str| {
            Some(match letter {
                "S" => self.lang.pick("published documents", "公开制度文件"),
                "J" => self.lang.pick("own judgement", "自行判断"),
                "M" => self.lang.pick("to be confirmed by the bank", "待本行确认"),
                _ => return None,
            })
        };
        let letters = code.chars().take_while(char::is_ascii_alphabetic).collect::<String>();
        match words(&letters) {
            Some(said) => {
                let rest = code.strip_prefix(letters.as_str()).unwrap_or_default();
                let rest = rest.trim_start_matches([':', ' ']);
                format!("{said} {rest}").trim_end().to_owned()
            }
            None => code.to_owned(),
        }
    }

    /// All that is still to be filled in.
    pub fn missing(&self, labels: &[&str]) -> String {
        let (colon, comma) = (self.lang.colon(), self.lang.list_mark());
        format!("{}{colon}{}", self.form_missing, labels.join(comma))
    }

    /// The ways of holding a visit that every bank has, the one on site first.
    pub const fn channels(&self) -> [&'static str; 5] {
        [
            self.channel_onsite,
            self.channel_phone,
            self.channel_video,
            self.channel_questionnaire,
            self.channel_desk,
        ]
    }

    /// A channel as it was noted, in the language of the screen; one of the bank's own as it is.
    pub fn channel<'a>(&self, noted: &'a str) -> &'a str {
        let known = [Lang::Zh, Lang::En].into_iter().find_map(|lang| {
            Catalog::of(lang).overlays.channels().iter().position(|name| *name == noted)
        });
        known.and_then(|index| self.channels().get(index).copied()).unwrap_or(noted)
    }

    /// Visits, or deadlines beside visits, that fall due on one day soon.
    pub fn ahead(&self, kind: &str, (day, count): (NaiveDate, u32), today: NaiveDate) -> String {
        let on = format::near_day(day, today);
        let weekday = format::weekday(self.lang, day);
        match self.lang {
            Lang::En => format!("{count} due on {on} {weekday}"),
            Lang::Zh => {
                let counted = if kind == "deadlines_ahead" { "项" } else { "户" };
                format!("{count} {counted}将于 {on} {weekday}到期")
            }
        }
    }

    /// Whether the officer has read what her supervisor is told; nothing where it does not matter.
    pub fn officer_read(&self, officer: &str, read: &OfficerRead) -> Option<String> {
        match (read, self.lang) {
            (OfficerRead::NotTold, _) => None,
            (OfficerRead::NotYet, Lang::En) => Some(format!("{officer} has not read it yet")),
            (OfficerRead::NotYet, Lang::Zh) => Some(format!("{officer} 尚未阅读")),
            (OfficerRead::At(at), Lang::En) => {
                Some(format!("{officer} read it {}", at.format("%m-%d %H:%M")))
            }
            (OfficerRead::At(at), Lang::Zh) => {
                Some(format!("{officer} 已于 {} 阅读", at.format("%m-%d %H:%M")))
            }
        }
    }

    /// Class and channel of a visit; once where the two read the same.
    pub fn class_and_channel(&self, class: VisitClass, noted: &str) -> String {
        let (class, channel) = (words::visit_class(self.lang, class), self.channel(noted));
        if class == channel { class.to_owned() } else { format!("{class} {channel}") }
    }

    /// A duty whose window opens after the day of the visit.
    pub fn opens_later(&self, opens: NaiveDate, today: NaiveDate) -> String {
        let day = format::near_day(opens, today);
        match self.lang {
            Lang::En => format!("opens {day}"),
            Lang::Zh => format!("{day} 起计"),
        }
    }

    /// What a message is about.
    pub fn notice(&self, kind: &str, days: i64) -> String {
        let zh = self.lang == Lang::Zh;
        match kind {
            "request_open" => {
                self.lang.pick("request to decide", "延期或终止申请待审批").to_owned()
            }
            "strategy_open" => self.lang.pick("strategy to decide", "授信策略待审批").to_owned(),
            "strategy_late" => {
                self.lang.pick("strategy not decided in time", "授信策略超期未审批").to_owned()
            }
            "strategy_decided" => self.lang.pick("strategy decided", "授信策略已审批").to_owned(),
            "tier_open" => self.lang.pick("tier to confirm", "五级分类待确认").to_owned(),
            "tier_late" => {
                self.lang.pick("tier not confirmed in time", "五级分类超期未确认").to_owned()
            }
            "tier_decided" => self.lang.pick("tier decided", "五级分类已认定").to_owned(),
            "request_decided" => self.lang.pick("request decided", "申请已审批").to_owned(),
            "task_issued" => self.lang.pick("inspection ordered", "有新的专项检查").to_owned(),
            "task_cancelled" => {
                self.lang.pick("inspection called off", "专项检查已取消").to_owned()
            }
            "handover_open" => self.lang.pick("handover to sign", "移交待签署").to_owned(),
            "handover_changed" => {
                self.lang.pick("handover changed: sign anew", "移交内容有改动，请重签").to_owned()
            }
            "handover_done" => self.lang.pick("handover done", "移交已完成").to_owned(),
            "handover_withdrawn" => self.lang.pick("handover taken back", "移交已撤回").to_owned(),
            "policy_proposed" => {
                self.lang.pick("a policy waits to be activated", "有新制度待启用").to_owned()
            }
            "policy_active" => {
                self.lang.pick("a new policy is in force", "新制度已启用").to_owned()
            }
            "card_proposed" => {
                self.lang.pick("a score card waits to be activated", "有新评分卡待启用").to_owned()
            }
            "card_active" => {
                self.lang.pick("a new score card is in force", "新评分卡已启用").to_owned()
            }
            "card_retired" => self
                .lang
                .pick("the built-in score card is in force again", "已恢复内置评分卡")
                .to_owned(),
            "job_failed" => self
                .lang
                .pick("a nightly job failed: huifang doctor", "夜间作业未完成，见 huifang doctor")
                .to_owned(),
            "rules_branch" => self
                .lang
                .pick(
                    "signals.toml names a branch that nobody has: huifang doctor",
                    "signals.toml 写有无人所属的机构，见 huifang doctor",
                )
                .to_owned(),
            "visits_ahead" => self.lang.pick("visits fall due", "回访即将到期").to_owned(),
            "deadlines_ahead" => self.lang.pick("deadlines fall due", "期限即将到期").to_owned(),
            "visit_due" => self.lang.pick("visit due", "回访到期").to_owned(),
            "visit_overdue" if zh => format!("回访逾期 {days} 天"),
            "visit_overdue" => format!("visit {} overdue", counted(days, "day")),
            "flag_overdue" if zh => format!("信号处置逾期 {days} 天"),
            "flag_overdue" => format!("flag action {} overdue", counted(days, "day")),
            "todo_overdue" if zh => format!("待办逾期 {days} 天"),
            "todo_overdue" => format!("to-do {} overdue", counted(days, "day")),
            "deadline_late" if zh => format!("期限逾期 {days} 天"),
            "deadline_late" => format!("deadline {} late", counted(days, "day")),
            "look_at" => self.lang.pick("look at this customer", "请核查该客户").to_owned(),
            "look_at_left" => self
                .lang
                .pick("not everybody near her is looked at: too many", "关联户过多，部分未列入核查")
                .to_owned(),
            "co_inspect" => self.lang.pick("inspect and sign", "请协查并签署").to_owned(),
            "co_signed" => self.lang.pick("co-inspector signed", "协查人已签署").to_owned(),
            "record_returned" => self.lang.pick("record returned", "记录被退回").to_owned(),
            "opinion_wanted" => self.lang.pick("your opinion is wanted", "请您会签").to_owned(),
            "opinion_against" => {
                self.lang.pick("an opinion is against it", "会签不同意").to_owned()
            }
            "amendment_wanted" => {
                self.lang.pick("call-back differs: amend", "抽样回访不一致，请更正").to_owned()
            }
            "retention_due" => {
                self.lang.pick("data whose time is over", "有保存期满的客户数据").to_owned()
            }
            "erasure_open" => self.lang.pick("erasure to agree to", "数据清除待同意").to_owned(),
            "many_reveals" => self
                .lang
                .pick("somebody looks at many personal data", "有人大量查看个人信息")
                .to_owned(),
            "record_approved" => self.lang.pick("record approved", "记录已通过").to_owned(),
            "review_late" if zh => format!("待复核已 {days} 天"),
            "review_late" => format!("waits {} for review", counted(days, "day")),
            other => self.flag_notice(other).unwrap_or(other).to_owned(),
        }
    }

    /// The same of a message about a flag.
    fn flag_notice(&self, kind: &str) -> Option<&'static str> {
        let (en, zh) = match kind {
            "flag_orange" => ("orange flag", "橙色信号"),
            "flag_red" => ("red flag", "红色信号"),
            "flag_asked" => ("your word on a flag", "信号请您会办"),
            "flag_answered" => ("word on a flag given", "信号会办已答复"),
            "flag_step_late" => ("flag: next step late", "信号处理超时"),
            "flag_rejected" => ("grave signal rejected", "橙红信号被否决"),
            "flag_lowered" => ("grave signal lowered", "橙红信号被调低"),
            "flag_replanned" => ("decide its measure again", "措施被改，须重新定"),
            "flag_reopened" => ("decide this flag again", "信号须重新认定"),
            "flag_no_action" | "flag_unowned" => ("flag without owner", "信号无责任人"),
            _ => return None,
        };
        Some(self.lang.pick(en, zh))
    }

    /// What became of the thing that a message warned of.
    pub fn settled(&self, kind: &str) -> &'static str {
        let (en, zh) = match kind {
            "visit_overdue" => ("visited or moved since", "已回访或改期"),
            "visits_ahead" | "deadlines_ahead" => ("none due any more", "当日已无到期"),
            "deadline_late" => ("met since", "已办理"),
            "flag_overdue" | "flag_no_action" => ("flag settled since", "信号已处置"),
            "flag_asked" => ("answered since", "已会办"),
            "todo_overdue" => ("to-do done since", "待办已办结"),
            "review_late" => ("reviewed since", "已复核"),
            _ => ("settled since", "已了结"),
        };
        self.lang.pick(en, zh)
    }
}
