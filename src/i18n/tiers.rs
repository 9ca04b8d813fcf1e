//! Texts about the five-tier classification.

use super::format::counted;
use super::{Lang, catalog, format, words};
use crate::domain::tier::TierReason;
use crate::protocol::page::{TierAnswered, TierSpans};

catalog! {
    /// Texts about the five-tier classification.
    Tiers {
        title: "Five tiers" | "五级分类";
        none: "No tier waits: every proposal is the tier in force" | "没有待确认的分类：测算结果与现行分类一致";
        unverified: "not yet confirmed by the bank" | "规则数值待本行确认";
        booked: "Booked" | "账面";
        confirmed: "Confirmed" | "已确认";
        in_force: "In force" | "现行";
        machine: "Proposed" | "测算";
        put_forward: "Pending" | "已提出";
        which_wins: "the worse of booked and confirmed plans the visits" | "按账面与已确认两者中较差的安排回访";
        reasons: "Why" | "理由";
        nothing: "nothing asks for more than normal" | "无触发下调的情形";
        due: "Confirm by" | "确认期限";
        overdue: "late" | "已超期";
        decided: "decided" | "已认定";
        differs: "Differs" | "与测算不一致";
        books_differ: "Books differ" | "与账面不一致";
        answered_on: "Decided on" | "认定日期";
        answered_by: "Decided by" | "认定人";
        events: "Happened" | "已登记事项";
        ended: "Ended" | "已解除事项";
        by_flag: "as an open flag says" | "来自未解除的风险信号";
        which: "Which" | "事项";
        since_note: "Of a restructuring the day is its first new due date" | "重组的日期填新的首个还款日";
        history: "Decided" | "历次认定";
        propose_title: "Put a tier forward" | "提出分类意见";
        tier: "Tier" | "分类";
        subgrade: "Grade (optional)" | "子级（选填）";
        grade: "Grade" | "子级";
        reason: "Reason" | "理由";
        event_title: "Something happened" | "登记事项";
        event: "What" | "事项";
        since: "Since" | "发生日期";
        note: "How it is known" | "依据";
        end_title: "It has ended" | "事项解除";
        confirm_title: "Confirm the tier" | "确认分类";
        refuse_title: "Refuse the tier" | "不同意分类";
        opinion: "Opinion" | "意见";
        own: "Your own: somebody else confirms it" | "本人提出，须由他人确认";
        not_own: "Not yours to take back" | "不是本人提出，不能撤回";
        nothing_open: "Nobody has put a tier forward: e does" | "尚未提出分类意见，按 e 提出";
        no_event: "No event to end" | "没有可解除的事项";
        gap: "differs from the proposal: Enter, then e puts one forward" | "五级分类与测算不一致：按回车查看，按 e 提出意见";
        customer: "Customer" | "客户";
        exposure: "Exposure" | "敞口";
        done_proposed: "Put forward; a supervisor confirms" | "已提出，待主管确认";
        done_confirmed: "Confirmed: from now on the worse of booked and confirmed counts"
            | "已确认，即时按账面与已确认两者中较差的执行";
        done_refused: "Refused" | "已退回，未确认";
        done_withdrawn: "Taken back" | "已撤回";
        done_noted: "Noted; worked out anew" | "已登记，测算已更新";
        done_ended: "Ended; worked out anew" | "已结束，测算已更新";
    }
}

impl Tiers {
    /// Why a tier is proposed.
    pub fn said(&self, reason: &TierReason) -> String {
        match (reason, self.lang) {
            (TierReason::Overdue { loan, days, over }, Lang::En) => {
                format!("{loan}: {} past due, more than {over}", counted(*days, "day"))
            }
            (TierReason::Overdue { loan, days, over }, Lang::Zh) => {
                format!("借据 {loan} 逾期 {days} 天，超过 {over} 天")
            }
            (TierReason::Event(event), _) => words::tier_event(self.lang, *event).to_owned(),
            (TierReason::BadShare(100..), Lang::En) => "every claim on her here is bad".to_owned(),
            (TierReason::BadShare(100..), Lang::Zh) => "在本行的债权已全部不良".to_owned(),
            (TierReason::BadShare(percent), Lang::En) => {
                format!("{percent}% of the claims here are bad, so all of them count as bad")
            }
            (TierReason::BadShare(percent), Lang::Zh) => {
                format!("不良债权占本行债权 {percent}%，全部债权归为不良")
            }
            (TierReason::NotCured(instalments, months), Lang::En) => {
                format!(
                    "not cured: {} in {} paid on their day",
                    counted(*instalments, "instalment"),
                    counted(*months, "month")
                )
            }
            (TierReason::NotCured(instalments, months), Lang::Zh) => {
                format!("未满足上调条件：仅连续 {months} 个月、{instalments} 期正常还款")
            }
            (TierReason::Cured(instalments, months), Lang::En) => {
                format!(
                    "cured: {} in {} paid on their day since the arrears",
                    counted(*instalments, "instalment"),
                    counted(*months, "month")
                )
            }
            (TierReason::Cured(instalments, months), Lang::Zh) => {
                format!("满足上调条件：逾期结清后已连续 {months} 个月、{instalments} 期正常还款")
            }
            (TierReason::NoSchedule, Lang::En) => {
                "no repayment schedule of running loans: payments can't be counted, two people decide by proof"
                    .to_owned()
            }
            (TierReason::NoSchedule, Lang::Zh) => {
                "无在贷还款计划，无法测算还款情况，须由两人凭依据认定".to_owned()
            }
        }
    }

    /// What a debtor must do before a reason falls away; `None` = it falls away with what it says.
    pub fn asked_for(
        &self,
        reason: &TierReason,
        spans: TierSpans,
        verified: bool,
    ) -> Option<String> {
        let (observed, (months, instalments)) = match reason {
            TierReason::Event(event) if event.is_observed() => (true, spans.observation),
            TierReason::NotCured(..) => (false, spans.cure),
            _ => return None,
        };
        let note = if verified {
            String::new()
        } else {
            self.lang.aside(self.lang.pick("to be confirmed by the bank", "待本行确认"))
        };
        Some(match (self.lang, observed) {
            (Lang::En, true) => format!(
                "for {} and {} from the first new due date; one that is missed begins it anew{note}",
                counted(months, "month"),
                counted(instalments, "instalment")
            ),
            (Lang::Zh, true) => format!(
                "自新的首个还款日起满 {months} 个月且还款满 {instalments} 期，有一期逾期即重新起算{note}"
            ),
            (Lang::En, false) => format!(
                "asked for: arrears paid, then {} and {}{note}",
                counted(months, "month"),
                counted(instalments, "instalment")
            ),
            (Lang::Zh, false) => {
                format!("须还清欠款，并连续 {months} 个月、{instalments} 期正常还款{note}")
            }
        })
    }

    /// How many wait, and how many were decided upon though they differ from what is proposed.
    pub fn count(&self, total: u32, decided: u32, pack: &str) -> String {
        match (self.lang, decided) {
            (Lang::En, 0) => format!("{total} waiting   rules {pack}"),
            (Lang::Zh, 0) => format!("待确认 {total} 户   规则 {pack}"),
            (Lang::En, n) => {
                format!("{total} waiting, {n} decided and not as proposed   rules {pack}")
            }
            (Lang::Zh, n) => {
                format!("待确认 {total} 户，已认定但与测算不一致 {n} 户   规则 {pack}")
            }
        }
    }

    /// Since when the proposal differs, and who has decided what with it in view.
    pub fn answered(&self, of: &TierAnswered) -> String {
        let (since, on) = (format::full_day(of.since), format::full_day(of.on));
        let tier = words::tier(self.lang, of.tier);
        match self.lang {
            Lang::En => {
                format!("from the proposal since {since}; {} confirmed {tier} on {on}", of.by)
            }
            Lang::Zh => format!("自 {since} 起；{} 于 {on} 确认为{tier}", of.by),
        }
    }
}
