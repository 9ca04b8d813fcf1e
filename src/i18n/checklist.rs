//! Texts of the checklist pane.

use super::format::counted;
use super::{Lang, catalog, words};
use crate::domain::answer::Evidence;
use crate::domain::customer::DossierField;
use crate::domain::gap::GapKind;
use crate::form::entry::{EntryFault, format_number};
use crate::form::{Carried, Check, Fresh, Light, Problem, Threshold, Unit};
use crate::protocol::page::DossierChange;

catalog! {
    /// Texts of the checklist pane.
    Checklist {
        title: "Checklist" | "检查表";
        none_open: "No record is open. Choose a due visit and press Enter to start one." | "没有打开的检查表。在日程中选一户，按 Enter 开始回访。";
        pack_broken: "This record was made with a checklist that can't be read: " | "此记录所用的检查表无法读取：";
        saved: "saved" | "已存";
        saving: "saving" | "保存中";
        steps: "Steps" | "步骤";
        checks: "Cross-checks" | "交叉核对";
        not_queried: "Not queried; the reviewer sees it too" | "未查询（复核人可见）";
        proposals: "Signals suggested" | "建议预警";
        why_asked: "Why we ask" | "为何询问";
        last: "last" | "上次";
        none_before: "no earlier answer" | "无上次回答";
        note: "note" | "备注";
        evidence: "seen" | "依据";
        comment: "reviewer" | "复核意见";
        reply_title: "How the comment was dealt with" | "批注处理说明";
        no_comment: "No comment waits for an answer" | "没有待回复的批注";
        unchanged: "unchanged, seen again" | "未变，已再核实";
        computed: "computed" | "自动计算";
        add_row: "press a to add a row" | "按 a 增加一行";
        elsewhere: "changed by somebody else meanwhile" | "期间已被他人修改";
        read_only_submitted: "Handed in: take it back first (: withdraw) to change it" | "已提交：需修改请先撤回（: 撤回）";
        read_only_approved: "Approved: amend it from the review screen (5, then m)" | "已通过：需更正请在复核屏按 m";
        confirmed: "Signal confirmed" | "已确认预警";
        rejected: "Signal rejected, with its reason" | "已否决预警，理由已记录";
        withdrawn: "Taken back: it can be changed again" | "已撤回，可继续修改";
        no_answer: "(no answer)" | "（未答）";
        confirm_title: "Confirm the signal: who does what until when" | "确认预警：责任人、措施、期限";
        reject_title: "Reject the signal" | "否决预警";
        read_only: "This record can't be changed now" | "此记录目前不可修改";
        yes: "yes" | "是";
        no: "no" | "否";
        gaps_title: "Open and faulty items" | "未完成与有误的项目";
        no_gaps: "Nothing is missing" | "没有缺项";
        jump_hint: "Enter jumps there, Esc goes back" | "Enter 跳到该项，Esc 返回";
        nothing_last: "There is no earlier answer to confirm" | "没有上次回答可确认";
        answer_first: "Answer first, then add to it" | "请先回答，再补充";
        no_flag_here: "Raise a flag" | "提出预警";
        decide_title: "A signal is suggested by an answer" | "根据回答建议预警";
        decision: "decision" | "处理";
        confirm: "confirm" | "确认";
        reject: "reject" | "否决";
        reject_reason: "reason" | "理由";
        submit_title: "Hand in this record?" | "提交此检查表？";
        unsaved_wait: "Wait: an answer is still being saved" | "请稍候：有回答正在保存";
        withdraw_title: "Take this record back?" | "撤回此检查表？";
        withdraw_body: "The supervisor will not see it until it is handed in again." | "再次提交之前，主管看不到它。";
        discard_title: "Throw this draft away?" | "丢弃此草稿？";
        discard_body: "It was never handed in. The journal keeps what it held." | "尚未提交过。日志保留其内容。";
        document_state: "state" | "状态";
        promised_until: "until (if promised)" | "补交日期（承诺时）";
        document_note: "count, period or reason" | "份数、期间或原因";
        resumed: "Continued where the line dropped" | "已从断线处继续";
        esc_again: "Changed: Esc again gives the change up, Enter keeps it" | "已修改：再按 Esc 放弃，按 Enter 保留";
        no_digit_here: "No answer by number here; once more for the screen" | "本项不用数字作答；再按一次切换界面";
        comment_here: "The comment is here; c once more answers it" | "批注在此项；再按 c 回复";
        long_hint: "Ctrl-S or Esc keeps the text" | "Ctrl-S 或 Esc 保存文字";
        fresh: "new" | "新增";
        lost: "gone" | "流失";
        against: "compare" | "对比";
        should_see: "Should be seen: " | "应看到：";
        limit: "limit" | "限值";
        good: "Good: " | "好：";
        bad: "Bad: " | "差：";
        amendment_keeps: "An amendment keeps date, way and duties of its visit" | "补正记录沿用原回访的日期、方式和事由";
        visit_changed: "Visit changed; the questions follow it" | "已修改本次回访，检查项随之调整";
        version: "version" | "版本";
        returned: "returned" | "退回";
        narrowed: "only: " | "筛选：";
        no_such_option: "No option has that in its name: Backspace, or a digit" | "没有名称相符的选项：可按退格，或按数字";
        dossier: "dossier" | "档案";
        dossier_empty: "(nothing)" | "（空）";
        dossier_to: "is to say" | "更新为";
        dossier_no_news: "No answer says that the dossier has changed" | "没有回答表明客户档案有变";
        dossier_done: "Dossier updated; u takes it back" | "客户档案已更新，按 u 撤销";
    }
}

impl Checklist {
    /// How many rows a table has.
    pub fn rows(&self, n: u32) -> String {
        match self.lang {
            Lang::En => counted(n, "row"),
            Lang::Zh => format!("{n} 行"),
        }
    }

    /// A digit turned an answer.
    pub fn turned(&self, before: &str, after: &str) -> String {
        match self.lang {
            Lang::Zh => format!("已改：{before} → {after}，u 撤销"),
            Lang::En => format!("Changed: {before} → {after}; u takes it back"),
        }
    }

    /// Why last time's answer can't be confirmed by one key.
    pub const fn asks_anew(&self, why: Fresh) -> &'static str {
        match (why, self.lang) {
            (Fresh::Visit, Lang::En) => {
                "This belongs to this visit alone: answer it anew; last time's stands beside it"
            }
            (Fresh::Visit, Lang::Zh) => "此项只属于本次回访，不能沿用上次，请重新填写",
            (Fresh::Period, Lang::En) => {
                "Last time's answer is of a period that is over: answer for the period now"
            }
            (Fresh::Period, Lang::Zh) => "上次回答属于已过的期间，请按本期重新填写",
            (Fresh::Promise, Lang::En) => {
                "Last time it was promised: say whether it came, or by when it will"
            }
            (Fresh::Promise, Lang::Zh) => "上次为承诺补交：请填是否已收到，或新的期限",
        }
    }

    /// How much of a record is last time's, confirmed by one key.
    pub fn carried(&self, carried: Carried) -> String {
        let Carried { answered, all, texts, figures } = carried;
        match self.lang {
            Lang::Zh => {
                format!("沿用上次（未变）{all}/{answered} 项，其中文字 {texts}、数字 {figures}。")
            }
            Lang::En => format!(
                "Taken over from last time as unchanged: {all} of {answered}, {} and {} among them.",
                counted(texts, "text"),
                counted(figures, "figure")
            ),
        }
    }

    /// What is wrong with an item.
    pub fn problem(&self, problem: &Problem) -> String {
        let text = match (problem, self.lang) {
            (Problem::Missing, Lang::En) => "required",
            (Problem::Missing, Lang::Zh) => "必填",
            (Problem::Wanted, Lang::En) => "wanted; printed as missing if left empty",
            (Problem::Wanted, Lang::Zh) => "应取得；留空将在报告中列为缺失",
            (Problem::WrongKind, Lang::En) => "not an answer of this kind",
            (Problem::WrongKind, Lang::Zh) => "回答类型不符",
            (Problem::Negative, Lang::En) => "may not be below zero",
            (Problem::Negative, Lang::Zh) => "不能为负数",
            (Problem::Incomplete, Lang::En) => "a promise needs its day, a refusal its reason",
            (Problem::Incomplete, Lang::Zh) => "承诺须填日期，拒绝须填原因",
            (Problem::Against(words), Lang::En) => &words.en,
            (Problem::Against(words), Lang::Zh) => &words.zh,
            (Problem::Ahead, Lang::En) => "has not been yet: it can't be handed in before",
            (Problem::Ahead, Lang::Zh) => "时间尚未到，现在不能提交",
            (Problem::Unfiled, Lang::En) => "no file registered",
            (Problem::Unfiled, Lang::Zh) => "未登记照片文件",
            (Problem::Stale, Lang::En) => "taken on another day: take it anew or explain it",
            (Problem::Stale, Lang::Zh) => "非本次拍摄：请重拍或说明",
            (Problem::Unexplained, Lang::En) => {
                "needs a word in the note: what changed, what proves it"
            }
            (Problem::Unexplained, Lang::Zh) => "须在备注中说明：变动原因或依据",
            (Problem::Weak(Some(wants)), lang) => return weaker(lang, *wants),
            (Problem::Weak(None), Lang::En) => "unchanged, but what was seen is not noted",
            (Problem::Weak(None), Lang::Zh) => "称未变，但未注明所见依据",
        };
        text.to_owned()
    }

    /// The same for whoever writes the record: with the key that mends it.
    pub fn problem_mended(&self, problem: &Problem) -> String {
        let told = self.problem(problem);
        match (problem, self.lang) {
            (Problem::Weak(_), Lang::En) => format!("{told}: v notes what was seen"),
            (Problem::Weak(_), Lang::Zh) => format!("{told}：按 v 注明所见"),
            (Problem::Unfiled, Lang::En) => format!("{told}: r lists the files that wait"),
            (Problem::Unfiled, Lang::Zh) => format!("{told}：按 r 选取"),
            _ => told,
        }
    }

    /// What is wrong at an item, by the kind of gap.
    pub const fn gap(&self, kind: GapKind) -> &'static str {
        match (kind, self.lang) {
            (GapKind::Missing, Lang::En) => "missing",
            (GapKind::Missing, Lang::Zh) => "缺",
            (GapKind::Invalid, Lang::En) => "wrong",
            (GapKind::Invalid, Lang::Zh) => "有误",
            (GapKind::Unexplained, Lang::En) => "explain",
            (GapKind::Unexplained, Lang::Zh) => "待说明",
            (GapKind::Wanted, Lang::En) => "wanted",
            (GapKind::Wanted, Lang::Zh) => "应取得",
            (GapKind::Weak, Lang::En) => "seen less",
            (GapKind::Weak, Lang::Zh) => "依据弱",
            (GapKind::OpenProposal, Lang::En) => "decide",
            (GapKind::OpenProposal, Lang::Zh) => "待处理",
            (GapKind::Unclassified, Lang::En) => "tier",
            (GapKind::Unclassified, Lang::Zh) => "待认定",
            (GapKind::Commented, Lang::En) => "comment",
            (GapKind::Commented, Lang::Zh) => "批注",
            (GapKind::Unsigned, Lang::En) => "to sign",
            (GapKind::Unsigned, Lang::Zh) => "待签署",
        }
    }

    /// Why a typed text is no answer, and what to type.
    pub const fn entry_fault(&self, fault: EntryFault) -> &'static str {
        match (fault, self.lang) {
            (EntryFault::Empty, Lang::En) => "Nothing was typed",
            (EntryFault::Empty, Lang::Zh) => "没有输入",
            (EntryFault::NotANumber, Lang::En) => "Not a number: type digits, e.g. 1250 or 3.5万",
            (EntryFault::NotANumber, Lang::Zh) => "不是数字：请输入如 1250 或 3.5万",
            (EntryFault::TooManyDecimals, Lang::En) => "Too many decimals: it is never rounded",
            (EntryFault::TooManyDecimals, Lang::Zh) => "小数位过多：不作四舍五入",
            (EntryFault::MisplacedComma, Lang::En) => "The comma separates no thousands",
            (EntryFault::MisplacedComma, Lang::Zh) => "逗号不在千位上",
            (EntryFault::TooLarge, Lang::En) => "Too large",
            (EntryFault::TooLarge, Lang::Zh) => "数值过大",
            (EntryFault::NotADate, Lang::En) => "Not a date: type 2026-11-23, 11-23 or +7",
            (EntryFault::NotADate, Lang::Zh) => "不是日期：请输入 2026-11-23、11-23 或 +7",
            (EntryFault::NotYesOrNo, Lang::En) => "Answer y or n",
            (EntryFault::NotYesOrNo, Lang::Zh) => "请答 y（是）或 n（否）",
            (EntryFault::NotAnOption, Lang::En) => "None of the options",
            (EntryFault::NotAnOption, Lang::Zh) => "不在选项之内",
            (EntryFault::LineFeed, Lang::En) => "One line only",
            (EntryFault::LineFeed, Lang::Zh) => "只能一行",
            (EntryFault::NotTyped, Lang::En) => "This is not typed",
            (EntryFault::NotTyped, Lang::Zh) => "此项不是键入的",
        }
    }

    /// Judgement of a cross-check.
    pub const fn light(&self, light: Light) -> &'static str {
        match (light, self.lang) {
            (Light::Ok, Lang::En) => "ok",
            (Light::Ok, Lang::Zh) => "相符",
            (Light::Watch, Lang::En) => "ask",
            (Light::Watch, Lang::Zh) => "关注",
            (Light::Alarm, Lang::En) => "alarm",
            (Light::Alarm, Lang::Zh) => "警戒",
            (Light::Unknown, Lang::En) => "unknown",
            (Light::Unknown, Lang::Zh) => "不可计算",
        }
    }

    /// What a cross-check lacks.
    pub fn missing_inputs(&self, names: &[&str]) -> String {
        match self.lang {
            Lang::Zh => format!("缺：{}", names.join("、")),
            Lang::En => format!("missing: {}", names.join(", ")),
        }
    }

    /// A limit of the trade, and whether the bank has confirmed it: `存货天数 120 天（待本行确认）`.
    pub fn limit_told(&self, limit: &Threshold) -> String {
        let number = format_number(limit.value);
        let amount = unit(self.lang, limit.unit, &number);
        match (self.lang, limit.verified) {
            (Lang::Zh, true) => format!("{} {amount}", limit.name.zh),
            (Lang::Zh, false) => format!("{} {amount}（待本行确认）", limit.name.zh),
            (Lang::En, true) => format!("{} {amount}", limit.name.en),
            (Lang::En, false) => {
                format!("{} {amount} (to be confirmed by the bank)", limit.name.en)
            }
        }
    }

    /// The two limits of a cross-check.
    pub fn check_limits(&self, check: &Check) -> String {
        let [watch, alarm] = check.limits.map(format_number);
        match (self.lang, check.verified) {
            (Lang::Zh, true) => format!("限值 {watch}%／{alarm}%"),
            (Lang::Zh, false) => format!("限值 {watch}%／{alarm}%（待本行确认）"),
            (Lang::En, true) => format!("limits {watch} % / {alarm} %"),
            (Lang::En, false) => {
                format!("limits {watch} % / {alarm} % (to be confirmed by the bank)")
            }
        }
    }

    /// Heading of the dialog that updates a field of the dossier.
    pub fn dossier_title(&self, field: DossierField) -> String {
        let name = words::dossier_field(self.lang, field);
        match self.lang {
            Lang::Zh => format!("更新客户档案：{name}"),
            Lang::En => format!("Update the dossier: {name}"),
        }
    }

    /// What the dossier says now.
    pub fn dossier_before(&self, before: &str) -> String {
        let before = if before.is_empty() { self.dossier_empty } else { before };
        match self.lang {
            Lang::Zh => format!("现为：{before}"),
            Lang::En => format!("now: {before}"),
        }
    }

    /// An answer that the dossier does not have yet, and how it gets there.
    pub fn dossier_open(&self, field: DossierField, before: &str) -> String {
        let name = words::dossier_field(self.lang, field);
        let before = self.dossier_before(before);
        match self.lang {
            Lang::Zh => format!("{name}{before}（按 ' 更新）"),
            Lang::En => format!("{name}, {before} (' updates it)"),
        }
    }

    /// A change of the dossier: `地址：城东路 → 城西路（张三 11-23 09:12）`.
    pub fn dossier_changed(&self, change: &DossierChange) -> String {
        let name = words::dossier_field(self.lang, change.field);
        let before = if change.before.is_empty() { self.dossier_empty } else { &change.before };
        let DossierChange { after, by, at, .. } = change;
        match self.lang {
            Lang::Zh => format!("已更新{name}：{before} → {after}（{by} {at}）"),
            Lang::En => format!("{name} updated: {before} → {after} ({by} {at})"),
        }
    }

    /// How many answers the dossier does not have yet, before handing in.
    pub fn dossier_waits(&self, count: usize) -> String {
        match self.lang {
            Lang::Zh => format!("有 {count} 项回答与客户档案不同，尚未更新（返回后按 '）。"),
            Lang::En => format!(
                "{} for the dossier not taken over (Esc, then ').",
                counted(count, "new answer")
            ),
        }
    }

    /// How many look-ups were not queried, before handing in.
    pub fn not_queried_yet(&self, count: usize) -> String {
        match self.lang {
            Lang::Zh => format!("有 {count} 项外部核查未查询，复核人可见（返回后按 e 查看）。"),
            Lang::En => {
                format!(
                    "{} not queried, as the reviewer will see (Esc, then e).",
                    counted(count, "look-up")
                )
            }
        }
    }

    /// A row of a repeat group was taken out.
    pub fn row_removed(&self, number: u32) -> String {
        match self.lang {
            Lang::Zh => format!("已删除第 {number} 行，按 u 恢复"),
            Lang::En => format!("Row {number} removed; u brings it back"),
        }
    }

    /// `已存 09:12:31`.
    pub fn saved_at(&self, at: &str) -> String {
        format!("{} {at}", self.saved)
    }
}

fn weaker(lang: Lang, wants: Evidence) -> String {
    let wanted = words::evidence(lang, wants);
    match lang {
        Lang::En => format!("less was seen than is wanted ({wanted})"),
        Lang::Zh => format!("所见依据弱于要求（{wanted}）"),
    }
}

/// A number with what it counts.
fn unit(lang: Lang, unit: Unit, number: &str) -> String {
    let many = |one: &str| format!("{number} {one}{}", if number == "1" { "" } else { "s" });
    match (unit, lang) {
        (Unit::Plain, _) => number.to_owned(),
        (Unit::Percent, Lang::Zh) => format!("{number}%"),
        (Unit::Percent, Lang::En) => format!("{number} %"),
        (Unit::Points, Lang::Zh) => format!("{number} 个百分点"),
        (Unit::Points, Lang::En) => many("point"),
        (Unit::Times, Lang::Zh) => format!("{number} 倍"),
        (Unit::Times, Lang::En) => many("time"),
        (Unit::Days, Lang::Zh) => format!("{number} 天"),
        (Unit::Days, Lang::En) => many("day"),
        (Unit::Months, Lang::Zh) => format!("{number} 个月"),
        (Unit::Months, Lang::En) => many("month"),
        (Unit::Years, Lang::Zh) => format!("{number} 年"),
        (Unit::Years, Lang::En) => many("year"),
        (Unit::Instalments, Lang::Zh) => format!("{number} 期"),
        (Unit::Instalments, Lang::En) => many("instalment"),
        (Unit::Shifts, Lang::Zh) => format!("{number} 班"),
        (Unit::Shifts, Lang::En) => many("shift"),
    }
}
