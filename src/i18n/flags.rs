//! Texts of the flags pane and of a flag's history.

use chrono::NaiveDate;

use super::{Lang, catalog, words};
use crate::domain::flag::{Department, FlagState, FlagStep};
use crate::protocol::page::FlagRow;

catalog! {
    /// Texts of the flags pane.
    Flags {
        title: "Risk flags" | "风险信号";
        live_title: "Live risk flags" | "在办风险信号";
        weakened_title: "Orange and red: rejected, or kept milder" | "橙色、红色信号：已否决或调低";
        none_weakened: "No orange or red signal was rejected or made milder" | "没有被否决或调低的橙色、红色信号";
        rejected_group: "Rejected" | "已否决";
        reopen_title: "Have this signal decided again" | "重新提出此信号";
        only_rejected: "Only a rejected signal is proposed again" | "只有已否决的信号可以重新提出";
        superiors: "That is for a superior" | "须由上级办理";
        reopened: "Proposed again; who looks after the customer is told" | "已重新提出，管户经理会收到消息";
        told_rejected: "The supervisors are told, with the reason." | "主管会收到消息和理由。";
        none: "No flags. f raises one." | "没有风险信号。按 f 登记。";
        none_live: "No live flags" | "没有在办的风险信号";
        asked_of_us: "Your department is asked" | "待本部门会办";
        to_decide: "To decide" | "待确认";
        in_hand: "On schedule" | "按期处置";
        ended: "Ended" | "已结束";
        no_owner: "no owner" | "无责任人";
        no_measure: "no measure" | "未定措施";
        signal_column: "Signal" | "信号";
        customer_column: "Customer" | "客户";
        age_column: "Age" | "天数";
        step_column: "Step" | "进度";
        owner_column: "Owner" | "责任人";
        due_column: "Due" | "期限";
        raise_title: "Raise a flag" | "登记风险信号";
        confirm_title: "Confirm this flag" | "确认此信号";
        discuss_title: "Say something about this flag, or ask a department" | "发表意见或请部门会办";
        asks: "Ask" | "会办部门";
        asks_nobody: "nobody, just a word" | "不请会办，仅发表意见";
        words: "Words" | "意见";
        discussed: "Said" | "意见已记录";
        answered: "Answered; who asked is told" | "会办已答复，对方已收到消息";
        reject_title: "Reject this flag" | "否决此信号";
        edit_title: "Change this flag" | "修改此信号";
        advance_title: "Next step of this flag" | "推进此信号";
        close_title: "Close this flag" | "解除此信号";
        signal: "signal (code or words)" | "信号（代码或文字）";
        which_signal: "Which signal is meant?" | "是哪一个信号？";
        signal_hint: "Its level in the library decides which measures there are; a milder one needs a reason." | "可用措施按信号库等级确定；低于该等级须写理由。";
        lowered_why: "why milder" | "调低理由";
        level: "level" | "等级";
        owner: "owner (name or login)" | "责任人（姓名或用户名）";
        measure: "measure" | "措施";
        due_on: "due on" | "期限";
        facts: "facts and figures" | "事实与数据";
        note: "note" | "备注";
        reason: "reason" | "理由";
        step: "step" | "进度";
        ending: "how it ends" | "结果";
        proof: "proof" | "证明材料";
        as_in_library: "as in the library" | "按信号库";
        rotting: "Without action or late" | "未处置或超期";
        choose: "choose" | "请选择";
        replaces: "A superior decided this: another measure or a later day goes back to her, and she is told why." | "措施已由上级确定：改措施或延后期限须写理由，退回上级重新定，主管会收到消息。";
        hand_over_title: "End this flag: handing over to recovery" | "结束此信号：移交保全";
        undo_hint: "u takes it back, as long as nobody has changed the flag since." | "此后无人改动时可按 u 撤回。";
        todos_stay: "their owners go on with them" | "由责任人继续办理";
        todos_drop: "not needed any more" | "不再需要，一并作罢";
        brought: "from the bank's system" | "由行内系统导入";
        no_file_yet: "It can't be cleared yet: that wants a file as proof, register one first (r)" | "尚不能解除：须有证明文件，请先按 r 登记";
        described: "No file is registered: say what was seen, where and when." | "未登记证明文件：请写明何时、何处所见。";
        proofs: "Files" | "证明文件";
        ended_keeps: "This flag has ended; it keeps its files" | "此信号已结束，证明文件不再变动";
        four_eyes: "Orange, red: lowered or closed by another than who raised, owned or confirmed it or has the customer" | "橙色、红色信号须由提出人、责任人、确认人和管户经理以外的人降级或解除";
        four_eyes_hint: "Orange and red: by another than who raised, owned or confirmed it or has the customer, with proof." | "橙色、红色信号须由提出人、责任人、确认人和管户经理以外的人解除，并附证明。";
        close_hint: "d closes it once the measure is verified" | "核实后按 d 解除";
        only_proposed: "Only a proposed flag is confirmed or rejected" | "只有待确认的信号可以确认或否决";
        only_confirmed: "Only a confirmed flag goes on: decide it first (c or x)" | "只有已确认的信号可以推进：请先 c 确认或 x 否决";
        superiors_turn: "The next step is the supervisor's" | "下一步须由主管处理";
        not_yet: "It can't be cleared yet: an orange or red flag is verified first, take its steps (n)" | "尚不能解除：橙色、红色信号须先推进至“待核实”（n）";
        live_list: "live flags" | "在办信号";
        step_due: "next step by" | "下一步限";
        step_late: "next step late since" | "下一步已超时";
        only_live: "This flag has ended" | "此信号已结束";
        no_flag: "No flag is selected" | "没有选中的信号";
        no_customer: "Select a customer first" | "请先选择客户";
        unknown_signal: "No such signal in the library" | "信号库中没有此代码";
        needs: "Owner, measure and date are needed" | "须填责任人、措施和期限";
        confirmed: "Flag confirmed" | "信号已确认";
        rejected: "Flag rejected" | "信号已否决";
        changed: "Flag changed" | "信号已修改";
        seen_by_rule: "What the rule saw" | "规则依据";
        history: "History of the flag" | "信号经过";
        raised: "raised" | "登记";
    }
}

impl Flags {
    /// `2 个信号与此相符，请填代码：…`: words that mean more than one.
    pub fn several_signals(&self, lines: &[String]) -> String {
        const NAMED: usize = 4;
        let all = lines.len();
        let named = lines.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>();
        let named = named.join(self.lang.pick("; ", "；"));
        let such = if all > NAMED {
            self.lang.pick(", as ", "，如 ")
        } else {
            self.lang.pick(": ", "：")
        };
        let asked = self.lang.pick("signals match; type the code", "个信号与此相符，请填代码");
        format!("{all} {asked}{such}{named}")
    }

    /// `风险信号  某厂`: whose they are.
    pub fn of(&self, name: &str) -> String {
        format!("{}  {name}", self.title).trim_end().to_owned()
    }

    /// The note of a flag: what a checklist said, in the language of the screen.
    pub fn noted<'a>(&self, row: &'a FlagRow) -> Option<&'a str> {
        match (self.lang, &row.beside.note_en) {
            (Lang::En, Some(english)) => Some(english),
            _ => row.note.as_deref(),
        }
    }

    /// `12天`: days since a flag was raised.
    pub fn age(&self, days: i64) -> String {
        match self.lang {
            Lang::Zh => format!("{days}天"),
            Lang::En => format!("{days} d"),
        }
    }

    /// `措施可填代码：M01 列入关注，加密检查；M02 …`.
    pub fn catalogue(&self, names: &[String]) -> String {
        match self.lang {
            Lang::Zh => format!("措施可填代码：{}", names.join("；")),
            Lang::En => format!("The measure may be a code: {}", names.join("; ")),
        }
    }

    /// The measure that a flag has stays: `不变：追加担保`.
    pub fn as_it_is(&self, measure: &str) -> String {
        match self.lang {
            Lang::Zh => format!("不变：{measure}"),
            Lang::En => format!("as it is: {measure}"),
        }
    }

    /// A field that wants so many characters at least: `理由（至少 4 字）`.
    pub fn at_least(&self, label: &str, least: u32) -> String {
        match self.lang {
            Lang::Zh => format!("{label}（至少 {least} 字）"),
            Lang::En => format!("{label} (min. {least} letters)"),
        }
    }

    /// A note that is a reason where the level falls.
    pub fn note_lowering(&self, least: u32) -> String {
        match self.lang {
            Lang::Zh => format!("{}（降级须写理由，至少 {least} 字）", self.note),
            Lang::En => format!("{}; why if lowered (min. {least})", self.note),
        }
    }

    /// A note that is a reason where what a superior decided is replaced.
    pub fn note_replacing(&self, least: u32) -> String {
        match self.lang {
            Lang::Zh => format!("{}（改措施或延期须写理由，至少 {least} 字）", self.note),
            Lang::En => format!("{}; why if replaced (min. {least})", self.note),
        }
    }

    /// Until when a measure is done, and the last day that may be.
    pub fn due_until(&self, last: Option<NaiveDate>) -> String {
        let Some(last) = last else { return self.due_on.to_owned() };
        match self.lang {
            Lang::Zh => format!("{}（最迟 {last}）", self.due_on),
            Lang::En => format!("{} (till {last})", self.due_on),
        }
    }

    /// Steps of the measure that nobody has done.
    pub fn todos_left(&self, count: u32) -> String {
        match self.lang {
            Lang::Zh => format!("措施未办待办 {count} 项"),
            Lang::En => format!("Open to-dos of the measure: {count}"),
        }
    }

    /// The same signal had a flag before.
    pub fn again(&self, how: FlagStep, on: NaiveDate) -> String {
        let how = words::flag_step(self.lang, how);
        match self.lang {
            Lang::Zh => format!("再次出现（上次 {on} {how}）"),
            Lang::En => format!("again ({how} on {on})"),
        }
    }

    /// The rule of a proposal does not hold any more: `自2026-11-20起不再符合规则`.
    fn lapsed(&self, on: NaiveDate) -> String {
        match self.lang {
            Lang::Zh => format!("自{on}起不再符合规则"),
            Lang::En => format!("rule holds no longer since {on}"),
        }
    }

    /// What a flag's past says: its rule does not hold any more since a day, the signal had one before.
    pub fn past(
        &self,
        lapsed: Option<NaiveDate>,
        again: Option<(FlagStep, NaiveDate)>,
    ) -> impl Iterator<Item = String> {
        let lapsed = lapsed.map(|on| self.lapsed(on));
        lapsed.into_iter().chain(again.map(|(how, on)| self.again(how, on)))
    }

    /// `逾期 3天`.
    pub fn overdue(&self, days: i64) -> String {
        match self.lang {
            Lang::Zh => format!("逾期 {days}天"),
            Lang::En => format!("{days} d late"),
        }
    }

    /// `证明文件 2 个（按 o 或 F4 查看）`.
    pub fn proofs_counted(&self, count: usize) -> String {
        match self.lang {
            Lang::Zh => format!("{} {count} 个（按 o 或 F4 查看）：", self.proofs),
            Lang::En => format!("{} {count} (o or F4 shows them):", self.proofs),
        }
    }

    /// `待确认 2`.
    pub fn counted(&self, name: &str, count: usize) -> String {
        format!("{name} {count}")
    }

    /// What was done to a flag, by the code of its history; an unknown code is shown as it is.
    pub fn change<'a>(&self, what: &'a str) -> &'a str {
        if let Some(step) = FlagStep::from_code(what) {
            return words::flag_step(self.lang, step);
        }
        if let Some(state) = FlagState::from_code(what) {
            return words::flag_state(self.lang, state);
        }
        match what {
            "raised" => self.raised,
            "raised_level" => self.lang.pick("level raised", "升级"),
            "lowered_level" => self.lang.pick("level lowered", "降级"),
            "reopened" => self.lang.pick("proposed again", "重新提出"),
            "updated" => self.lang.pick("changed", "修改"),
            "owner_changed" => self.lang.pick("owner", "改责任人"),
            "measure_changed" => self.lang.pick("measure", "改措施"),
            "due_changed" => self.lang.pick("date", "改期限"),
            "lapsed" => self.lang.pick("holds no longer", "不再符合"),
            "holds_again" => self.lang.pick("holds again", "再次符合"),
            "seen_again" => self.lang.pick("seen again", "再次出现"),
            "look_at_left" => self.lang.pick("not looked at", "未核查户数"),
            "handed_over" => self.lang.pick("handed over", "移交"),
            "undone" => self.lang.pick("taken back", "撤销"),
            "comment" => self.lang.pick("said", "意见"),
            "asked_supervisor" => self.lang.pick("asks superv.", "请主管会办"),
            "asked_risk" => self.lang.pick("asks risk", "请风险会办"),
            "asked_compliance" => self.lang.pick("asks compl.", "请合规会办"),
            "proof_added" => self.lang.pick("file added", "登记文件"),
            "proof_removed" => self.lang.pick("file removed", "移除文件"),
            other => other,
        }
    }

    /// A department was asked: `已请合规会办，已发消息`.
    pub fn asked(&self, department: Department) -> String {
        let name = words::department(self.lang, department);
        match self.lang {
            Lang::Zh => format!("已请{name}会办，已发消息"),
            Lang::En => format!("Asked {name}; they are told"),
        }
    }

    /// Whose word is waited for, in a narrow column: `待合规`.
    pub fn asked_short(&self, department: Department) -> String {
        let name = words::department(self.lang, department);
        match (self.lang, department) {
            (Lang::Zh, _) => format!("待{name}"),
            (Lang::En, Department::Risk) => "asks risk".to_owned(),
            (Lang::En, Department::Supervisor) => "asks sup.".to_owned(),
            (Lang::En, Department::Compliance) => "asks com.".to_owned(),
        }
    }

    /// Whose word is waited for: `待合规会办`.
    pub fn lies_with(&self, department: Department) -> String {
        let name = words::department(self.lang, department);
        match self.lang {
            Lang::Zh => format!("待{name}会办"),
            Lang::En => format!("asks {name}"),
        }
    }

    /// `信号: 已定措施`.
    pub fn moved(&self, step: FlagStep) -> String {
        let step = words::flag_step(self.lang, step);
        match self.lang {
            Lang::Zh => format!("信号进度：{step}"),
            Lang::En => format!("Flag: {step}"),
        }
    }
}
