//! Texts of the review panes.

use super::{Lang, catalog};

catalog! {
    /// Texts of the review panes.
    Review {
        queue_title: "To review" | "待复核";
        queue_none: "Nothing waits for review" | "没有待复核的记录";
        state_waiting: "waits" | "待审";
        state_late: "late" | "超时";
        state_own: "own" | "本人";
        own_row: "handed in by you: somebody else reviews it" | "本人提交，不可自审";
        state_column: "State" | "状态";
        submitted_column: "Handed in" | "提交";
        author_column: "By" | "提交人";
        customer_column: "Customer" | "客户";
        flags_column: "Flags" | "信号";
        changes_column: "Chg" | "变动";
        missing_column: "Miss" | "缺";
        late_column: "Late" | "迟办";
        waiting_column: "Waits" | "等待";
        exposure_column: "Exposure" | "敞口";
        changes: "chg" | "变动";
        missing: "miss" | "缺";
        record_title: "Record" | "检查记录";
        none_open: "Choose a record in the queue and press Enter" | "在待复核列表中选一份，按 Enter 打开";
        pack_broken: "This record was made with a checklist that can't be read: " | "此记录所用的检查表无法读取：";
        exposure: "exposure" | "敞口";
        visited: "visited" | "回访";
        version: "version" | "版本";
        handed_in: "handed in" | "提交";
        late_reason: "why late" | "逾期原因";
        amend_reason: "why amended" | "更正原因";
        reviewed: "reviewed" | "复核";
        return_reason: "why returned" | "退回原因";
        own_note: "You had a hand in this record: somebody else has to review it" | "您参与了此记录，须由他人复核";
        meanwhile: "Changed meanwhile: nothing was decided. Look at it again." | "期间已被他人更新，结论未写入，请重新查看。";
        part_changes: "Changes since the last visit" | "自上次以来的变动";
        part_flags: "Flags and measures" | "信号与措施";
        part_checks: "Figures that contradict each other" | "数据不符";
        part_gaps: "Missing answers" | "缺项";
        part_lateness: "Handed in late" | "提交迟延";
        part_documents: "Documents not received" | "未收资料";
        part_comments: "Comments" | "批注";
        part_rest: "The whole record" | "全部内容";
        first_visit: "The first record of this customer: nothing to compare with" | "首次记录，无上次可对比";
        no_change: "Nothing differs from last time" | "与上次相同";
        no_flag: "No flag was raised" | "本次未登记信号";
        open_before: "open before" | "此前未解除";
        undecided: "suggested, not decided" | "建议而未处理";
        cleared: "no answer now" | "本次未答";
        not_asked: "no answer" | "未答";
        note: "note" | "备注";
        compare_title: "Side by side" | "逐项对比";
        last_column: "Last time" | "上次";
        now_column: "This time" | "本次";
        question_column: "Question" | "问题";
        reject_reason: "why rejected" | "不采纳理由";
        no_owner: "no owner" | "无责任人";
        approve_title: "Approve this record?" | "通过此记录？";
        approve_red: "RED FLAG: approve all the same?" | "含红色信号：确认通过？";
        opinion: "opinion (may be empty)" | "复核意见（可空）";
        return_title: "Return this record" | "退回此记录";
        return_field: "reason" | "退回原因";
        return_commented: "The comments go back with it." | "批注将一并退回。";
        comment_title: "Comment" | "批注";
        comment_whole: "on the whole record" | "针对整份记录";
        comment_field: "comment" | "批注内容";
        commented: "Comment kept" | "批注已保存";
        sample_title: "Call-back of the sample" | "抽样回访";
        sample_field: "who was called, what was said" | "联系人与核实情况";
        sample_mark: "Call-back: " | "抽样回访：";
        amend_title: "Amend this approved record" | "更正此已复核记录";
        amend_field: "why" | "更正原因";
        amend_line: "A new version opens with the same answers; the approved one stays as it is." | "将以相同内容新开一个版本，已复核的版本保持不变。";
        amended: "A new version is open" | "已新开版本";
        only_submitted: "Only a record that was handed in is approved or returned" | "只有已提交的记录可以通过或退回";
        only_approved: "Only an approved record is amended" | "只有已复核的记录可以更正";
        no_hash: "This record has no sealed content yet" | "此记录尚无封存内容";
        no_record: "No record is open" | "没有打开的记录";
        no_further: "No further record in the queue" | "列表中没有更多记录";
        no_gap: "Nothing is missing" | "没有缺项";
        approved: "Approved" | "已通过";
        returned: "Returned" | "已退回";
    }
}

impl Review {
    /// `3天`: workdays that a record waits.
    pub fn waits(&self, workdays: i64) -> String {
        match self.lang {
            Lang::Zh => format!("{workdays}天"),
            Lang::En => format!("{workdays} d"),
        }
    }

    /// `迟 3天`: calendar days by which the visit came late.
    pub fn late_by(&self, days: i64) -> String {
        match self.lang {
            Lang::Zh => format!("迟 {days}天"),
            Lang::En => format!("{days} d late"),
        }
    }

    /// Both dates of a record that was handed in long after the visit.
    pub fn both_dates(&self, visited: &str, submitted: &str, workdays: i64) -> String {
        match self.lang {
            Lang::Zh => {
                format!("回访 {visited}，提交 {submitted}，相隔 {workdays} 个工作日（限 5）")
            }
            Lang::En => {
                format!(
                    "visited {visited}, handed in {submitted}: {workdays} workdays later (limit 5)"
                )
            }
        }
    }

    /// What an approval is about, in figures.
    pub fn approve_summary(&self, changes: usize, flags: u32, missing: usize) -> String {
        match self.lang {
            Lang::Zh => format!("变动 {changes} 项 · 未解除信号 {flags} 条 · 缺 {missing} 项"),
            Lang::En => format!("{changes} changes, {flags} open flags, {missing} missing"),
        }
    }

    /// What speaks against an approval, in figures.
    pub fn approve_warnings(&self, alarms: usize, undecided: usize) -> String {
        match self.lang {
            Lang::Zh => format!("数据不符 {alarms} 处 · 建议信号未处理 {undecided} 条"),
            Lang::En => {
                format!("{alarms} contradictions in figures, {undecided} suggested flags undecided")
            }
        }
    }

    /// `批注 2`.
    pub fn comments(&self, count: usize) -> String {
        format!("{} {count}", self.part_comments)
    }
}
