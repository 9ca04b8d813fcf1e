//! Texts of the co-inspector, of customers' own words, of likeness and of handing in.

use super::format::counted;
use super::{Lang, catalog, format, words};
use crate::domain::conduct::TwoReason;
use crate::protocol::page::{Declared, LikeRow, LikeWhose, SecondRow};

catalog! {
    /// Texts of how a visit is conducted.
    Conduct {
        second: "co-inspector" | "协查人";
        second_title: "Who inspects beside you?" | "指定协查人";
        second_body: "She opens the record in her own session, reads it and signs her own opinion."
            | "协查人在自己的会话中打开记录，阅读后签署本人意见。";
        second_nobody: "nobody" | "不指定";
        second_none: "No co-inspector was asked" | "未指定协查人";
        second_closed: "The record has been handed in: nothing can be signed now" | "记录已提交，不能再签署";
        second_asked: "asked" | "已邀请";
        second_signed: "signed" | "已签署";
        read_only_second: "You are the co-inspector: read it, then sign with t" | "您是协查人：阅读后按 t 签署意见";
        sign_title: "Sign as co-inspector" | "协查签署";
        sign_body: "You sign what the record says now; a later change of an answer makes it void. You can't review it any more."
            | "签署的是记录目前的内容；之后改动任何回答，签署即失效。签署后您不能复核此记录。";
        stand: "opinion" | "意见";
        opinion: "in your words" | "说明";
        declared: "customer's word" | "客户自述";
        declared_none: "The customer declared nothing here" | "此项客户没有自述";
        declared_which: "which counts" | "以哪个为准";
        declared_own: "my own answer" | "本人所填";
        declared_take: "the customer's" | "客户自述";
        declared_mine: "mine:" | "本人所填：";
        declared_decided: "Decided" | "已确定";
        title: "Hand in" | "提交";
        deadline: "Hand in by" | "应于";
        flags: "Flags of this visit" | "本次预警";
        no_flags: "none" | "无";
        no_owner: "nobody" | "无人";
        likeness: "Like other records" | "与其他记录相似";
        likeness_none: "No text is like another record" | "文字与其他记录不相似";
        whole: "the whole record" | "全文";
        same_customer: "this customer" | "本户";
        outside: "another officer's customer" | "其他客户经理的客户";
        next: "Next visit" | "下次回访";
        next_none: "The plan asks for none in the next 120 days" | "120 天内计划没有回访";
        wish: "your appointment" | "您的约定";
        wish_late: "Later than the plan: mend it under Conclusion, or ask for a delay"
            | "晚于计划，不能提交：请在“结论”改日期，或另行申请延期";
        wish_then: "appointment" | "约定";
        wish_hint: "Another day: answer the question on the next visit (Conclusion)" | "要改日期：在“结论”的“建议下次回访日期”填写";
        lateness: "why late" | "逾期原因";
        like_why: "why alike" | "相似原因";
        missing: "Still needed" | "还需填写";
        wishes: "Appointments" | "约定";
    }
}

impl Conduct {
    /// What a co-inspector has done, in one line.
    pub fn second_state(&self, row: &SecondRow) -> String {
        let stand = row.stand.map(|stand| words::stand(self.lang, stand));
        let at = row.signed_at.as_deref().unwrap_or_default();
        match (self.lang, stand, row.holds) {
            (Lang::Zh, None, _) => format!("协查 {}：待签署", row.name),
            (Lang::En, None, _) => format!("co-inspector {}: not signed yet", row.name),
            (Lang::Zh, Some(stand), true) => {
                format!("协查 {}：{stand}（{at} 签署）{}", row.name, row.opinion)
            }
            (Lang::En, Some(stand), true) => {
                format!("co-inspector {}: {stand} (signed {at}) {}", row.name, row.opinion)
            }
            (Lang::Zh, Some(_), false) => {
                format!("协查 {}：{at} 签署已失效，内容后有改动", row.name)
            }
            (Lang::En, Some(_), false) => {
                format!("co-inspector {}: signature of {at} is void, something changed", row.name)
            }
        }
    }

    /// The same in a word or two, for a heading.
    pub fn second_short(&self, row: &SecondRow) -> String {
        let state = match (self.lang, row.stand.is_some(), row.holds) {
            (Lang::Zh, false, _) => "待签",
            (Lang::En, false, _) => "to sign",
            (Lang::Zh, true, true) => "已签",
            (Lang::En, true, true) => "signed",
            (Lang::Zh, true, false) => "签署失效",
            (Lang::En, true, false) => "void",
        };
        match self.lang {
            Lang::Zh => format!("协查 {} {state}", row.name),
            Lang::En => format!("with {} ({state})", row.name),
        }
    }

    /// Why a visit needs two persons.
    pub const fn two_reason(&self, reason: TwoReason) -> &'static str {
        match (reason, self.lang) {
            (TwoReason::Exposure, Lang::Zh) => "须双人检查：敞口达到标准。",
            (TwoReason::Exposure, Lang::En) => "Two persons are needed: the exposure is so large.",
            (TwoReason::Flag, Lang::Zh) => "须双人检查：有重大预警。",
            (TwoReason::Flag, Lang::En) => "Two persons are needed: a grave flag is open.",
            (TwoReason::Tier, Lang::Zh) => "须双人检查：属不良贷款。",
            (TwoReason::Tier, Lang::En) => "Two persons are needed: the loan is bad.",
        }
    }

    /// What was done since the record was returned, before it is handed in again.
    pub fn since_return(&self, mended: usize, comments: usize) -> String {
        let mended = match (self.lang, mended) {
            (Lang::Zh, 0) => "退回后答案均未修改".to_owned(),
            (Lang::Zh, n) => format!("退回后修改 {n} 项"),
            (Lang::En, 0) => "no answer was changed since it was returned".to_owned(),
            (Lang::En, n) => format!("{} changed since it was returned", counted(n, "answer")),
        };
        let open = (comments > 0).then(|| match self.lang {
            Lang::Zh => format!("{comments} 条批注未回复"),
            Lang::En => format!("{} not answered", counted(comments, "comment")),
        });
        let parts: Vec<String> = std::iter::once(mended).chain(open).collect();
        parts.join(self.lang.comma())
    }

    /// What is open about the co-inspector.
    pub fn second_gap(&self, asked: Option<&SecondRow>) -> String {
        match (asked, self.lang) {
            (None, Lang::Zh) => "未指定协查人（Enter 指定）".to_owned(),
            (None, Lang::En) => "no co-inspector yet (Enter asks one)".to_owned(),
            (Some(row), _) => self.second_state(row),
        }
    }

    /// What the customer said, who and when.
    pub fn declared_line(&self, shown: &str, declared: &Declared) -> String {
        let day = format::day(declared.on);
        match self.lang {
            Lang::Zh => format!("客户自述：{shown}（{}，{day}）", declared.by),
            Lang::En => format!("customer's word: {shown} ({}, {day})", declared.by),
        }
    }

    /// `与 2026-03-12 的记录 96 % 相同（本户）`.
    pub fn like_line(&self, item: &str, there: Option<&str>, row: &LikeRow) -> String {
        let whose = match &row.whose {
            LikeWhose::Same => self.same_customer,
            LikeWhose::Other(name) => name,
            LikeWhose::Outside => self.outside,
        };
        let (day, percent) = (format::full_day(row.on), row.percent);
        let there = match (self.lang, there) {
            (_, None) => String::new(),
            (Lang::Zh, Some(there)) => format!("“{there}”"),
            (Lang::En, Some(there)) => format!(" in \"{there}\""),
        };
        match self.lang {
            Lang::Zh => format!("{item}：与 {day} 的记录{there} {percent}% 相同（{whose}）"),
            Lang::En => format!("{item}: {percent}% the same as on {day}{there} ({whose})"),
        }
    }

    /// When a record is to be handed in, and how late it is by now.
    pub fn deadline_line(&self, deadline: chrono::NaiveDate, today: chrono::NaiveDate) -> String {
        let day = format::full_day(deadline);
        let days = (today - deadline).num_days();
        match self.lang {
            Lang::Zh if days > 0 => format!("应于 {day} 前提交，已超 {days} 天"),
            Lang::Zh => format!("应于 {day} 前提交"),
            Lang::En if days > 0 => {
                let days = format::counted(days, "day");
                format!("To be handed in by {day}: {days} ago")
            }
            Lang::En => format!("To be handed in by {day}"),
        }
    }
}
