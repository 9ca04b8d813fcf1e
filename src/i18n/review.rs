//! Texts of the review panes.

use super::format::counted;
use super::{Lang, catalog};

catalog! {
    /// Texts of the review panes.
    Review {
        queue_title: "To review" | "待复核";
        queue_none: "Nothing waits for review" | "没有待复核的记录";
        state_waiting: "waits" | "待审";
        state_late: "late" | "超时";
        state_own: "own" | "本人";
        state_opinion: "opinion" | "待会签";
        state_said: "2nd" | "会签中";
        state_against: "dispute" | "有异议";
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
        part_weak: "Answered on less than should be seen" | "依据弱于要求";
        part_lateness: "Handed in late" | "提交迟延";
        part_documents: "Documents promised or refused" | "承诺补交与拒绝提供的资料";
        part_comments: "Comments" | "批注";
        part_rest: "The whole record" | "全部内容";
        no_answers_before: "The visits before have no answers to compare with" | "以前的回访没有逐项答案，无法对比";
        first_visit: "The first record of this customer: nothing to compare with" | "首次记录，无上次可对比";
        no_change: "Nothing differs from last time" | "与上次相同";
        no_flag: "No flag was raised" | "本次未登记信号";
        open_before: "open before" | "此前未解除";
        undecided: "suggested, not decided" | "建议而未处理";
        cleared: "no answer now" | "本次未答";
        not_asked: "no answer" | "未答";
        note: "note" | "备注";
        reject_reason: "why rejected" | "不采纳理由";
        no_owner: "no owner" | "无责任人";
        approve_title: "Approve this record?" | "通过此记录？";
        approve_red: "RED FLAG: approve all the same?" | "含红色信号：确认通过？";
        opinion: "opinion (optional)" | "复核意见（可空）";
        pin: "your PIN" | "本人口令";
        return_title: "Return this record" | "退回此记录";
        return_field: "reason" | "退回原因";
        return_commented: "The comments go back with it." | "批注将一并退回。";
        comment_title: "Comment" | "批注";
        comment_whole: "on the whole record" | "针对整份记录";
        comment_field: "comment" | "批注内容";
        commented: "Comment kept" | "批注已保存";
        part_mended: "Changed since it was returned" | "退回后的修改";
        part_answered: "Your comments then" | "退回时的批注";
        part_opinions: "Opinions" | "会签意见";
        part_second: "Co-inspector's own words" | "协查人意见";
        own_word: "declared" | "自述";
        no_why: "no reason given" | "未说明";
        lookup_later: "later: " | "补查：";
        find_title: "Look for words in this record" | "在此记录中查找";
        find_field: "words" | "查找内容";
        find_none: "Nothing in this record holds these words" | "此记录中没有这些字";
        part_calls: "Call-backs" | "抽样回访";
        part_versions: "Versions" | "版本";
        nothing_mended: "No answer was changed" | "答案均未修改";
        was_touched: "changed" | "已改";
        not_touched: "not changed" | "未改";
        reply: "dealt with" | "处理说明";
        no_reply: "no word on it" | "未作说明";
        cleared_now: "cleared" | "已清除";
        no_evidence: "nothing noted" | "未注明依据";
        opinion_missing: "is awaited" | "待会签";
        opinion_old: "of an earlier content" | "针对修改前内容";
        reviewer: "reviewer" | "复核人";
        in_force: "in force" | "有效";
        opinion_title: "Your opinion" | "会签意见";
        opinion_verdict: "opinion" | "意见";
        opinion_text: "conditions or reasons" | "条件或理由";
        opinion_kept: "Opinion kept" | "意见已保存";
        opinion_last: "Opinion kept: the record is approved" | "意见已保存，记录已通过";
        approval_kept: "Kept; waits for further opinions" | "已通过初核，待会签";
        needs_opinions: "Further opinions are needed after yours:" | "通过后还须会签：";
        you_wait: "You have approved it: it waits for the opinions of others (u takes it back)" | "您已通过，待他人会签（u 撤销）";
        not_your_turn: "No decision of yours is wanted here" | "此记录无须您处理";
        only_opinion: "You give an opinion here (a); the supervisor returns it" | "请按 a 会签；退回由主管办理";
        call_title: "Call-back" | "抽样回访";
        call_result: "result" | "结果";
        call_contact: "who was called" | "联系人";
        call_text: "what was said" | "核实情况";
        call_kept: "Call-back kept" | "回访结果已保存";
        call_differs: "Kept; a flag is proposed. Return the record (r)." | "已保存并建议信号，请退回此记录（r）。";
        call_amend: "Kept; a flag is proposed, and its officer is asked to amend it." | "已保存并建议信号，已要求客户经理更正。";
        call_own: "You had a hand in it: somebody else calls" | "您参与了此记录，须由他人回访";
        call_done_only: "Only a visit that was handed in is called back" | "只有已提交的记录可以抽样回访";
        is_sampled: "in the sample: call back (s)" | "抽中回访（s）";
        sample_title: "To call back" | "抽样回访";
        sample_none: "No visit of this month was handed in" | "本月无已提交的回访";
        result_column: "Result" | "结果";
        visited_column: "Visited" | "回访";
        calls_column: "Calls" | "次数";
        not_called: "to call" | "待回访";
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
    /// How many wait for the reader, and how many wait at all where others are among them: the status
    /// line counts the former.
    pub fn queue_count(&self, mine: usize, all: usize) -> String {
        match self.lang {
            _ if mine == all => all.to_string(),
            Lang::En => format!("{mine} for you, {all} in all"),
            Lang::Zh => format!("待您处理 {mine}，共 {all}"),
        }
    }

    /// Which of how many places.
    pub fn found(&self, at: usize, of: usize) -> String {
        match self.lang {
            Lang::Zh => format!("第 {at} 处，共 {of} 处（/ Enter 下一处）"),
            Lang::En => format!("{at} of {of} (/ Enter: next)"),
        }
    }

    /// What the reviewer should know of likeness and look-ups before she decides.
    pub fn approve_conduct(&self, percent: Option<u8>, not_queried: usize) -> String {
        let like = percent.map(|percent| match self.lang {
            Lang::Zh => format!("文字相似 {percent}%"),
            Lang::En => format!("texts {percent}% like others"),
        });
        let open = (not_queried > 0).then(|| match self.lang {
            Lang::Zh => format!("未查询 {not_queried} 项"),
            Lang::En => format!("{} not queried", counted(not_queried, "look-up")),
        });
        let parts: Vec<String> = like.into_iter().chain(open).collect();
        parts.join(self.lang.comma())
    }

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

    /// A flag is milder than a rule asks for, or than it was.
    pub fn lowered(&self, from: &str, why: &str) -> String {
        match self.lang {
            Lang::Zh => format!("由{from}色调低：{why}"),
            Lang::En => format!("lowered from {from}: {why}"),
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
                    "visited {visited}, handed in {submitted}: {} later (limit 5)",
                    counted(workdays, "workday")
                )
            }
        }
    }

    /// What speaks against an approval, in figures.
    pub fn approve_warnings(&self, contradictions: usize, undecided: usize) -> String {
        let figures = || match self.lang {
            Lang::Zh => format!("数据不符 {contradictions} 处"),
            Lang::En => format!("{} in figures", counted(contradictions, "contradiction")),
        };
        let flags = || match self.lang {
            Lang::Zh => format!("建议信号未处理 {undecided} 条"),
            Lang::En => format!("{} undecided", counted(undecided, "suggested flag")),
        };
        let parts = [(contradictions > 0).then(figures), (undecided > 0).then(flags)];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        parts.join(self.lang.pick(", ", " · "))
    }

    /// `批注 2`.
    pub fn comments(&self, count: usize) -> String {
        format!("{} {count}", self.part_comments)
    }

    /// `退回 2 次`.
    pub fn returned_times(&self, times: u32) -> String {
        match self.lang {
            Lang::Zh => format!("退回 {times} 次"),
            Lang::En => format!("returned {times}x"),
        }
    }

    /// State of a record that was handed in again: `再提2`.
    pub fn state_again(&self, times: u32) -> String {
        match self.lang {
            Lang::Zh => format!("再提{times}"),
            Lang::En => format!("again {times}"),
        }
    }

    /// How many of how many were drawn, and by what rate.
    pub fn sample_of(&self, rows: usize, from: u32, percent: u32) -> String {
        match self.lang {
            Lang::Zh => {
                format!("抽中 {rows} 次，当月提交 {from} 次（按 {percent}% 抽，至少 1 次）")
            }
            Lang::En => format!("{rows} drawn of {from} handed in (rate {percent}%, at least 1)"),
        }
    }

    /// `第 2 版`.
    pub fn version_n(&self, version: i64) -> String {
        match self.lang {
            Lang::Zh => format!("第 {version} 版"),
            Lang::En => format!("version {version}"),
        }
    }
}
