//! Names of the trade's values (`domain.md` 4.10) for people.

use super::Lang;
use crate::domain::answer::{DocumentState, Evidence};
use crate::domain::attachment::{Media, PhotoCategory};
use crate::domain::conduct::Stand;
use crate::domain::customer::{DossierField, Line};
use crate::domain::duty::{DutyClass, DutyCode};
use crate::domain::flag::{Department, FlagState, FlagStep, Level};
use crate::domain::loan::{GuaranteeMode, LoanStatus, Tier};
use crate::domain::order::RequestGround;
use crate::domain::review::{CallResult, OpinionLevel, Verdict};
use crate::domain::todo::{Promiser, TodoKind, TodoState};
use crate::domain::user::Role;
use crate::domain::visit::{VisitClass, VisitState};

/// Declares a function that names each value of an enumeration in both languages.
macro_rules! words {
    ($($(#[$meta:meta])* $func:ident($type:ident) { $($value:ident: $en:literal | $zh:literal;)+ })+) => {$(
        $(#[$meta])*
        pub const fn $func(lang: Lang, value: $type) -> &'static str {
            match (value, lang) {
                $(($type::$value, Lang::En) => $en, ($type::$value, Lang::Zh) => $zh,)+
            }
        }
    )+};
}

mod conflict;
mod portfolio;
mod statements;
mod strategies;
mod tiers;

pub use conflict::{conflict_field, conflict_value};
pub use portfolio::portfolio_by;
pub use statements::{balance, statement_fact, statement_line, statement_part, statement_source};

pub use strategies::{strategy, strategy_state};
pub use tiers::{tier_event, tier_state};

words! {
    /// 五级分类
    tier(Tier) {
        Normal: "normal" | "正常";
        SpecialMention: "mention" | "关注";
        Substandard: "substd" | "次级";
        Doubtful: "doubtful" | "可疑";
        Loss: "loss" | "损失";
    }
    /// 客户档案栏目
    dossier_field(DossierField) {
        Industry: "industry" | "行业";
        Address: "address" | "地址";
        Phone: "telephone" | "联系电话";
        LegalRep: "legal representative" | "法定代表人";
        Controller: "actual controller" | "实际控制人";
    }
    /// 业务条线
    line(Line) {
        Corporate: "corporate" | "法人";
        SmallBusiness: "small bus." | "小微";
        PersonalBusiness: "pers. bus." | "个人经营";
        PersonalConsumption: "consumer" | "个人消费";
        MicroShop: "shop" | "小商铺";
        Project: "project" | "项目";
    }
    /// 理由分类 of a request
    request_ground(RequestGround) {
        CustomerAway: "customer away" | "客户外出";
        CustomerUnwilling: "customer unwilling" | "客户推脱";
        OfficerAway: "officer away" | "客户经理缺岗";
        Workload: "too much at once" | "工作量超限";
        Hindrance: "weather or roads" | "天气或道路受阻";
        Papers: "papers missing" | "资料未齐";
        Settling: "about to be settled" | "即将结清";
        Other: "other" | "其他";
    }
    /// 检查事由, in full.
    duty(DutyCode) {
        UseOfFunds: "use of funds" | "用途检查";
        Day90: "90-day visit" | "九十天回访";
        RenewalTalk: "renewal talk" | "续贷沟通";
        BeforeMaturity: "before maturity" | "到期前回访";
        Handover: "handover" | "交接回访";
        FlagRevisit: "flag revisit" | "预警回访";
        Directed: "directed" | "专项检查";
        PeriodicOnsite: "periodic on-site" | "定期现场检查";
        PeriodicOffsite: "periodic off-site" | "定期非现场检查";
        Sample: "sample" | "抽样检查";
    }
    /// 检查事由, short, for lists.
    duty_short(DutyCode) {
        UseOfFunds: "use" | "用途";
        Day90: "90 d" | "九十天";
        RenewalTalk: "renewal" | "续贷";
        BeforeMaturity: "maturity" | "到期前";
        Handover: "handover" | "交接";
        FlagRevisit: "flag" | "预警";
        Directed: "directed" | "专项";
        PeriodicOnsite: "periodic" | "定期现场";
        PeriodicOffsite: "off-site" | "定期";
        Sample: "sample" | "抽样";
    }
    /// Which visits meet a duty.
    duty_class(DutyClass) {
        Any: "any" | "不限";
        Onsite: "on site" | "现场";
    }
    /// 检查方式
    visit_class(VisitClass) {
        Onsite: "on site" | "现场";
        Offsite: "off site" | "非现场";
    }
    /// 回访状态
    visit_state(VisitState) {
        Draft: "draft" | "草稿";
        Submitted: "handed in" | "已提交";
        Returned: "returned" | "退回";
        Approved: "approved" | "已复核";
    }
    /// 预警等级
    level(Level) {
        Yellow: "yellow" | "黄";
        Orange: "orange" | "橙";
        Red: "red" | "红";
    }
    /// 信号状态
    flag_state(FlagState) {
        Proposed: "proposed" | "待确认";
        Confirmed: "confirmed" | "已确认";
        Rejected: "rejected" | "已否决";
        Closed: "closed" | "已解除";
    }
    /// 会办部门
    department(Department) {
        Supervisor: "supervisor" | "主管";
        Risk: "risk" | "风险";
        Compliance: "compliance" | "合规";
    }
    /// How far the handling of a flag has come.
    flag_step(FlagStep) {
        Open: "unseen" | "未阅";
        Acknowledged: "seen" | "已阅";
        MeasureDecided: "decided" | "已定措施";
        Acting: "acting" | "处置中";
        Verify: "to verify" | "待核实";
        Cleared: "cleared" | "已解除";
        Transferred: "transferred" | "移交保全";
    }
    /// 会签层级
    opinion_level(OpinionLevel) {
        Second: "second supervisor" | "第二主管";
        Risk: "risk" | "风险";
        Compliance: "compliance" | "合规";
    }
    /// 意见
    verdict(Verdict) {
        Agree: "agrees" | "同意";
        Conditions: "agrees on conditions" | "有条件同意";
        Disagree: "disagrees" | "不同意";
    }
    /// 抽样回访结果
    call_result(CallResult) {
        Confirmed: "confirmed" | "一致";
        NotReached: "not reached" | "未联系上";
        Differs: "differs" | "不一致";
    }
    /// 担保方式
    guarantee(GuaranteeMode) {
        Credit: "credit" | "信用";
        Guarantee: "guarantee" | "保证";
        Mortgage: "mortgage" | "抵押";
        Pledge: "pledge" | "质押";
    }
    /// 证据等级
    evidence(Evidence) {
        Oral: "told" | "口述";
        Photo: "photo" | "照片";
        Copy: "copy" | "复印件";
        Original: "original" | "原件";
    }
    /// 协查意见
    stand(Stand) {
        Agree: "agrees" | "同意";
        Reserve: "has reservations" | "保留";
        Disagree: "disagrees" | "不同意";
    }
    /// 资料状态
    document(DocumentState) {
        Received: "received" | "已收";
        Promised: "promised" | "承诺补交";
        Refused: "refused" | "拒绝提供";
        NotApplicable: "n/a" | "不适用";
    }
    /// 待办: what kind of thing.
    todo_kind(TodoKind) {
        Document: "document" | "补交资料";
        Agreed: "agreed" | "商定事项";
        Recommendation: "advice" | "管理建议";
        Measure: "measure" | "处置步骤";
    }
    /// 待办: how far it has come.
    todo_state(TodoState) {
        Open: "open" | "未完成";
        Done: "done" | "已完成";
        Dropped: "dropped" | "已作罢";
    }
    /// 待办: who is to do it.
    promiser(Promiser) {
        Customer: "customer" | "客户";
        Bank: "bank" | "本行";
    }
    /// What a file is.
    media(Media) {
        Jpeg: "JPEG" | "JPEG";
        Png: "PNG" | "PNG";
        Webp: "WebP" | "WebP";
        Heic: "HEIC" | "HEIC";
        Tiff: "TIFF" | "TIFF";
        Pdf: "PDF" | "PDF";
        Office: "Office" | "Office";
        OldOffice: "old Office" | "旧版 Office";
        Plain: "text" | "文本";
    }
    /// 照片类别
    photo_category(PhotoCategory) {
        Signboard: "signboard" | "门头";
        Premises: "premises" | "场所";
        Staff: "staff" | "人员";
        Production: "production" | "生产";
        Stock: "stock" | "存货";
        Collateral: "collateral" | "押品";
        Meeting: "meeting" | "面谈";
        Paper: "paper" | "资料翻拍";
        Other: "other" | "其他";
    }
    /// Roles.
    role(Role) {
        Officer: "officer" | "客户经理";
        Supervisor: "supervisor" | "主管";
        Risk: "risk" | "风险经理";
        Compliance: "compliance" | "法律合规";
        Auditor: "auditor" | "审计";
        Admin: "admin" | "系统管理员";
    }
}

words! {
    /// 借据状态
    loan_status(LoanStatus) {
        Active: "active" | "在贷";
        Settled: "settled" | "结清";
        WrittenOff: "written off" | "核销";
    }
}

/// 关系类型 by code; an unknown code is shown as it is.
pub fn relation(lang: Lang, code: &str) -> &str {
    match code {
        "control" => lang.pick("control", "控制"),
        "guarantee" => lang.pick("guarantee", "担保"),
        "mutual_guarantee" => lang.pick("mutual guar.", "互保"),
        "family" => lang.pick("family", "亲属"),
        "upstream" => lang.pick("upstream", "上游"),
        "downstream" => lang.pick("downstream", "下游"),
        "group" => lang.pick("group", "集团"),
        other => other,
    }
}

/// Role of a contact by code; an unknown code is shown as it is.
pub fn contact_role(lang: Lang, code: &str) -> &str {
    match code {
        "controller" => lang.pick("controller", "实际控制人"),
        "legal_rep" => lang.pick("legal rep.", "法定代表人"),
        "finance" => lang.pick("finance", "财务负责人"),
        "borrower" => lang.pick("borrower", "借款人"),
        "agent" => lang.pick("agent", "授权代理人"),
        "guarantor" => lang.pick("guarantor", "保证人"),
        "custodian" => lang.pick("custodian", "抵押物管理人"),
        "project_lead" => lang.pick("project lead", "项目负责人"),
        "other" => lang.pick("other", "其他"),
        other => other,
    }
}

/// Kind of a covenant by code; an unknown code is shown as it is.
pub fn covenant_kind(lang: Lang, code: &str) -> &str {
    match code {
        "reporting" => lang.pick("reporting", "报送"),
        "financial" => lang.pick("financial", "财务指标"),
        other => other,
    }
}

/// How often a covenant is tested, by code; an unknown code is shown as it is.
pub fn frequency(lang: Lang, code: &str) -> &str {
    match code {
        "monthly" => lang.pick("monthly", "每月"),
        "quarterly" => lang.pick("quarterly", "每季"),
        "half_yearly" => lang.pick("half-yearly", "每半年"),
        "yearly" => lang.pick("yearly", "每年"),
        "once" => lang.pick("once", "一次"),
        other => other,
    }
}

/// Input of the plan by name, as the why overlay shows it.
pub fn input(lang: Lang, name: &str) -> &str {
    match name {
        "exposure" => lang.pick("exposure", "敞口"),
        "anchor" => lang.pick("counted from", "起算日"),
        "term" => lang.pick("term", "期限"),
        "tier" => lang.pick("tier", "五级分类"),
        "line" => lang.pick("line", "条线"),
        "onboarded_on" => lang.pick("here since", "纳管日期"),
        "grade" => lang.pick("grade", "信用等级"),
        "active_loans" => lang.pick("active loans", "在贷笔数"),
        "cadence_since" => lang.pick("cadence since", "频次起始"),
        "extra_visit_from" => lang.pick("worse since", "变差日"),
        "level" => lang.pick("flag level", "信号等级"),
        "last_visit" => lang.pick("last visit", "上次回访"),
        "long_term" => lang.pick("long term", "中长期"),
        "low_risk" => lang.pick("cash-secured", "低风险"),
        other => other,
    }
}

/// Field that a gap of the plan names: table and column, or the rule that is missing.
pub fn gap(lang: Lang, field: &str) -> &str {
    match field {
        "customers.line" => lang.pick("line", "条线"),
        "customers.officer" => lang.pick("officer", "管户经理"),
        "customers.onboarded_on" => lang.pick("here since", "纳管日期"),
        "customers.cadence_since" => lang.pick("cadence since", "频次起始"),
        "loans.balance" => lang.pick("balance", "贷款余额"),
        "loans.matures_on" => lang.pick("maturity", "到期日期"),
        "loans.tier" => lang.pick("tier", "五级分类"),
        "cadence" => lang.pick("no cadence for this case", "无对应检查频次"),
        other => other,
    }
}
