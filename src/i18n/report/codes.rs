//! Codes of the file in the words of reports; one that is not known is shown as it is.

use super::Report;
use crate::domain::flag::{FlagState, FlagStep};
use crate::i18n::words;

impl Report {
    /// 支付方式 by code.
    pub fn payment_mode<'a>(&self, code: &'a str) -> &'a str {
        match code {
            "entrusted" => self.lang.pick("entrusted payment", "受托支付"),
            "self" => self.lang.pick("paid by borrower", "自主支付"),
            other => other,
        }
    }

    /// Frequency of a covenant by code.
    pub fn how_often<'a>(&self, code: &'a str) -> &'a str {
        match code {
            "monthly" => self.lang.pick("monthly", "每月"),
            "quarterly" => self.lang.pick("quarterly", "每季"),
            "half_yearly" => self.lang.pick("half-yearly", "每半年"),
            "yearly" => self.lang.pick("yearly", "每年"),
            "once" => self.lang.pick("once", "一次"),
            other => other,
        }
    }

    /// What a message warned of, by its code.
    pub fn notice<'a>(&self, kind: &'a str) -> &'a str {
        let (en, zh) = match kind {
            "visit_due" => ("visit due", "回访到期"),
            "visit_overdue" => ("visit overdue", "回访逾期"),
            "flag_overdue" => ("measure overdue", "信号处置逾期"),
            "flag_red" => ("red flag", "红色信号"),
            "flag_orange" => ("orange flag", "橙色信号"),
            "flag_unowned" => ("flag without owner", "信号无责任人"),
            "record_returned" => ("record returned", "记录被退回"),
            "record_approved" => ("record approved", "记录已通过"),
            "opinion_wanted" => ("opinion wanted", "待会签"),
            "opinion_against" => ("opinion against the record", "会签有异议"),
            "amendment_wanted" => ("amendment wanted", "要求更正"),
            "co_inspect" => ("asked to co-inspect", "请协查"),
            "co_signed" => ("co-inspector signed", "协查已签署"),
            "strategy_open" => ("strategy to decide", "授信策略待审批"),
            "strategy_late" => ("strategy not decided in time", "授信策略超期未审批"),
            "strategy_decided" => ("strategy decided", "授信策略已审批"),
            "tier_open" => ("tier to confirm", "分类待确认"),
            "tier_late" => ("tier not confirmed in time", "分类超期未确认"),
            "tier_decided" => ("tier decided", "分类已认定"),
            "request_open" => ("request to decide", "待审批申请"),
            "request_decided" => ("request decided", "申请已审批"),
            "task_issued" => ("inspection ordered", "下达专项检查"),
            "task_cancelled" => ("inspection called off", "取消专项检查"),
            "policy_proposed" => ("policy put forward", "有新制度待启用"),
            "policy_active" => ("policy in force", "新制度已启用"),
            "card_proposed" => ("score card put forward", "有新评分卡待启用"),
            "card_active" => ("score card in force", "新评分卡已启用"),
            "job_failed" => ("nightly job failed", "夜间作业未完成"),
            "rules_branch" => ("own rules name an unknown branch", "自有规则中机构名无人所属"),
            "card_retired" => ("built-in score card again", "已恢复内置评分卡"),
            "flag_asked" => ("word on a flag asked for", "信号待会办"),
            "flag_answered" => ("word on a flag given", "信号会办已答复"),
            "flag_step_late" => ("flag: next step late", "信号处理超时"),
            "flag_rejected" => ("grave signal rejected", "橙红信号被否决"),
            "flag_lowered" => ("grave signal kept milder", "橙红信号被调低"),
            "flag_replanned" => ("decided measure of a grave flag changed", "橙红信号已定措施被改"),
            "flag_reopened" => ("flag to be decided again", "信号须重新认定"),
            "look_at" => ("to be looked at", "须核查"),
            "look_at_left" => ("some near her are not looked at", "部分关联户未列入核查"),
            "flag_no_action" => ("flag without measure", "信号无措施"),
            "todo_overdue" => ("to-do overdue", "待办逾期"),
            "review_late" => ("review late", "复核超时"),
            "retention_due" => ("data to be erased", "客户数据保存期满"),
            "erasure_open" => ("erasure to agree to", "清除待同意"),
            "many_reveals" => ("many personal data looked at", "大量查看个人信息"),
            other => return other,
        };
        self.lang.pick(en, zh)
    }

    /// What was done to a flag, by the code of its history.
    pub fn flag_change<'a>(&self, what: &'a str) -> &'a str {
        if let Some(step) = FlagStep::from_code(what) {
            return words::flag_step(self.lang, step);
        }
        if let Some(state) = FlagState::from_code(what) {
            return words::flag_state(self.lang, state);
        }
        match what {
            "raised" => self.lang.pick("raised", "登记"),
            "raised_level" => self.lang.pick("level raised", "升级"),
            "lowered_level" => self.lang.pick("level lowered", "降级"),
            "reopened" => self.lang.pick("proposed again", "重新提出"),
            "updated" => self.lang.pick("changed", "修改"),
            "owner_changed" => self.lang.pick("owner changed", "改责任人"),
            "measure_changed" => self.lang.pick("measure changed", "改措施"),
            "due_changed" => self.lang.pick("date changed", "改期限"),
            "lapsed" => self.lang.pick("rule holds no longer", "不再符合规则"),
            "holds_again" => self.lang.pick("rule holds again", "再次符合规则"),
            "seen_again" => self.lang.pick("seen again", "再次出现"),
            "look_at_left" => self.lang.pick("not looked at: too many", "未列入核查户数"),
            "handed_over" => self.lang.pick("handed over", "移交"),
            "undone" => self.lang.pick("taken back", "撤销"),
            "proof_added" => self.lang.pick("file added", "登记文件"),
            "proof_removed" => self.lang.pick("file removed", "移除文件"),
            other => other,
        }
    }

    /// What a row of the journal says was done.
    pub fn command<'a>(&self, code: &'a str) -> &'a str {
        let (en, zh) = match code {
            "start_visit" => ("visit begun", "开始回访"),
            "set_visit" => ("visit changed", "修改回访"),
            "submit" => ("handed in", "提交"),
            "withdraw" => ("taken back", "撤回"),
            "discard" => ("draft discarded", "作废草稿"),
            "approve" => ("approved", "复核通过"),
            "reveal" => ("personal data looked at", "查看完整个人信息"),
            "return" => ("returned", "退回"),
            "comment" => ("commented", "批注"),
            "amend" => ("amended", "更正"),
            "export_figures" => ("figures exported", "导出总览"),
            "export_portfolio" => ("portfolio exported", "导出组合"),
            "close_month" => ("month closed", "月结"),
            "calendar" => ("calendar file made", "导出日历"),
            "add_holidays" => ("holidays added", "添加节假日表"),
            "remove_holidays" => ("holidays taken back", "移除节假日表"),
            "issue_tasks" => ("inspection ordered", "下达专项检查"),
            "cancel_tasks" => ("inspection called off", "取消专项检查"),
            "start_handover" => ("handover started", "发起移交"),
            "note_oddity" => ("handover noted", "填写移交事项"),
            "sign_handover" => ("handover signed", "签署移交"),
            "withdraw_handover" => ("handover taken back", "撤回移交"),
            "undo" => ("undone", "撤销"),
            "note_look_up" => ("look-up noted", "登记访前查询"),
            "plan_meeting" => ("people to meet chosen", "选定约见人"),
            "answer" => ("answered", "填写"),
            "attach" => ("file registered", "登记文件"),
            "detach" => ("file taken out", "移除文件"),
            "remove_row" => ("row removed", "删除一行"),
            "keep_draft" | "keep_place" => ("draft kept", "暂存"),
            "reply_comment" => ("comment dealt with", "处理批注"),
            "give_opinion" => ("opinion given", "会签"),
            "make_event" => ("event entered", "登记事件"),
            "close_event" => ("event closed", "结束事件"),
            "call_back" => ("customer called back", "抽样回访"),
            "add_todo" => ("to-do noted", "登记待办"),
            "set_todo" => ("to-do changed", "修改待办"),
            "end_todo" => ("to-do ended", "办结待办"),
            "ask_second" => ("co-inspector asked", "指定协查人"),
            "sign_second" => ("co-inspector signed", "协查签署"),
            "take_questionnaire" => ("questionnaire taken in", "导入问卷"),
            "decide_declared" => ("customer's word decided upon", "核定客户自述"),
            "keep_statement" => ("statement entered", "录入报表"),
            "withdraw_statement" => ("statement taken off the file", "撤销报表"),
            "update_dossier" => ("dossier updated", "更新客户档案"),
            "ask_request" => ("request made", "提交申请"),
            "decide_request" => ("request decided", "审批申请"),
            "withdraw_request" => ("request taken back", "撤回申请"),
            "acknowledge" => ("acknowledged", "确认"),
            "propose_policy" => ("policy put forward", "提出政策"),
            "decide_policy" => ("policy decided", "审批政策"),
            "move_book" => ("customers taken over by the policy", "客户转入新制度"),
            "propose_card" => ("score card put forward", "提出评分卡"),
            "decide_card" => ("score card decided", "审批评分卡"),
            "retire_card" => ("score card retired", "停用评分卡"),
            "set_user" => ("person changed", "修改用户"),
            "propose_erasure" => ("erasure put forward", "提出清除"),
            "decide_erasure" => ("erasure decided", "清除审批"),
            "erase" => ("customer erased", "清除客户数据"),
            "withdraw_erasure" => ("erasure taken back", "撤回清除"),
            "hold" => ("erasure held up", "暂缓清除"),
            "release_hold" => ("hold released", "解除暂缓"),
            "job" => ("job ran", "定时作业"),
            "export_begun" => ("export begun", "开始导出"),
            "read" => ("dossier looked at", "查看客户档案"),
            "read_refused" => ("dossier refused", "查看被拒"),
            "set_appointment" => ("appointment set", "登记外出"),
            "cancel_appointment" => ("appointment cancelled", "取消外出"),
            "fix_days" => ("days fixed", "排定日期"),
            "pause" => ("paused", "暂停"),
            "resume" => ("resumed", "恢复"),
            "sign_in" => ("logged in", "登录"),
            "sign_in_refused" => ("not let in", "登录被拒"),
            "anchor" => ("anchor written", "留存日志值"),
            "confirm_clock" => ("clock confirmed", "确认时钟"),
            "resume_job" => ("job resumed", "恢复作业"),
            "set_pin" => ("PIN set", "设置锁屏口令"),
            "unlock" => ("screen unlocked", "解锁屏幕"),
            "vouch" => ("PIN given for a decision", "凭口令决定"),
            "reset_pin" => ("PIN taken away", "清除锁屏口令"),
            "report" => ("report made", "生成报告"),
            "note_copy" => ("text copied", "复制"),
            "export" => ("exported", "导出"),
            "demo" => ("invented portfolio", "演示数据"),
            "genesis" => ("file begun", "建立文件"),
            "import" => ("imported", "导入"),
            other => match care_command(other) {
                Some(named) => named,
                None => return other,
            },
        };
        self.lang.pick(en, zh)
    }
}

/// What a row of the journal says was done about risk: flags, tiers, strategies.
fn care_command(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "raise_flag" => ("flag raised", "登记信号"),
        "decide_flag" => ("flag decided", "信号确认/否决"),
        "confirm_flag" => ("flag confirmed", "确认信号"),
        "reject_flag" => ("flag rejected", "否决信号"),
        "decide_measure" => ("measure decided", "确定措施"),
        "end_flag" => ("flag ended", "结束信号"),
        "update_flag" => ("flag changed", "修改信号"),
        "reopen_flag" => ("flag proposed again", "重新提出信号"),
        "discuss_flag" => ("word on a flag", "信号会办意见"),
        "move_flag" => ("flag moved on", "推进信号"),
        "mark_deadline" => ("deadline dealt with", "办理期限"),
        "add_proof" => ("proof registered", "登记证明文件"),
        "remove_proof" => ("proof taken out", "移除证明文件"),
        "propose_strategy" => ("strategy put forward", "提出授信策略"),
        "decide_strategy" => ("strategy decided", "审批授信策略"),
        "withdraw_strategy" => ("strategy taken back", "撤回授信策略"),
        "propose_tier" => ("tier put forward", "提出分类"),
        "decide_tier" => ("tier decided", "认定分类"),
        "withdraw_tier" => ("tier taken back", "撤回分类"),
        "note_tier_event" => ("tier event noted", "登记分类事项"),
        "lapse_flag" => ("rule of a proposed flag looked at anew", "复核建议信号"),
        "propose_flag" => ("flag proposed by rule", "规则建议信号"),
        _ => return None,
    })
}
