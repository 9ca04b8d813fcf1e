//! Codes of the enumerations and the Chinese names under which they are read.

use super::CodeName;

const fn code(code: &'static str, zh: &'static [&'static str]) -> CodeName {
    CodeName { code, zh }
}

pub(super) const LINE: &[CodeName] = &[
    code("corporate", &["法人"]),
    code("small_business", &["小微企业", "小微"]),
    code("personal_business", &["个人经营"]),
    code("personal_consumption", &["个人消费"]),
    code("micro_shop", &["小商铺"]),
    code("project", &["项目融资", "项目"]),
];
pub(super) const LOAN_GUARANTEE_MODE: &[CodeName] = &[
    code("credit", &["信用"]),
    code("guarantee", &["保证"]),
    code("mortgage", &["抵押"]),
    code("pledge", &["质押"]),
];
pub(super) const LOAN_STATUS: &[CodeName] = &[
    code("active", &["正常在贷", "在贷"]),
    code("settled", &["结清"]),
    code("written_off", &["核销"]),
];
pub(super) const TIER: &[CodeName] = &[
    code("normal", &["正常"]),
    code("special_mention", &["关注"]),
    code("substandard", &["次级"]),
    code("doubtful", &["可疑"]),
    code("loss", &["损失"]),
];
pub(super) const DRAWDOWN_PAYMENT_MODE: &[CodeName] =
    &[code("entrusted", &["受托", "受托支付"]), code("self", &["自主", "自主支付"])];
pub(super) const CONTACT_ROLE: &[CodeName] = &[
    code("controller", &["实际控制人"]),
    code("legal_rep", &["法定代表人"]),
    code("finance", &["财务负责人"]),
    code("borrower", &["借款人"]),
    code("agent", &["授权代理人"]),
    code("guarantor", &["保证人"]),
    code("custodian", &["抵押物管理人"]),
    code("project_lead", &["项目负责人"]),
    code("other", &["其他"]),
];
pub(super) const STATEMENT_SOURCE: &[CodeName] = &[
    code("customer", &["客户提供"]),
    code("tax", &["税务报送"]),
    code("public", &["公开披露"]),
    code("third", &["第三方"]),
];
pub(super) const UTILITY_KIND: &[CodeName] = &[
    code("power", &["电"]),
    code("water", &["水"]),
    code("gas", &["气"]),
    code("phone", &["电话"]),
];
pub(super) const RELATION_KIND: &[CodeName] = &[
    code("control", &["控制"]),
    code("guarantee", &["担保"]),
    code("mutual_guarantee", &["互保", "联保"]),
    code("family", &["亲属"]),
    code("upstream", &["上游"]),
    code("downstream", &["下游"]),
    code("group", &["集团"]),
];
pub(super) const COVENANT_KIND: &[CodeName] =
    &[code("reporting", &["报送"]), code("financial", &["财务"])];
pub(super) const COVENANT_OPERATOR: &[CodeName] =
    &[code("<", &["小于"]), code("<=", &["不高于"]), code(">=", &["不低于"]), code(">", &["大于"])];
pub(super) const COVENANT_FREQUENCY: &[CodeName] = &[
    code("monthly", &["每月"]),
    code("quarterly", &["每季"]),
    code("half_yearly", &["每半年"]),
    code("yearly", &["每年"]),
    code("once", &["一次"]),
];
pub(super) const VISIT_CLASS: &[CodeName] =
    &[code("onsite", &["现场"]), code("offsite", &["非现场"])];
pub(super) const VISIT_STATE: &[CodeName] = &[
    code("draft", &["草稿"]),
    code("submitted", &["已提交"]),
    code("returned", &["退回"]),
    code("approved", &["已复核"]),
];
pub(super) const FLAG_LEVEL: &[CodeName] = &[
    code("yellow", &["黄", "黄色"]),
    code("orange", &["橙", "橙色"]),
    code("red", &["红", "红色"]),
];
pub(super) const FLAG_STATE: &[CodeName] = &[
    code("proposed", &["待确认"]),
    code("confirmed", &["已确认"]),
    code("rejected", &["已否决"]),
    code("closed", &["已解除"]),
];
pub(super) const TASK_CLASS: &[CodeName] =
    &[code("onsite", &["现场"]), code("any", &["不限", "非现场", "offsite"])];
pub(super) const REQUEST_KIND: &[CodeName] =
    &[code("delay", &["延期"]), code("termination", &["终止"])];
pub(super) const REQUEST_DECISION: &[CodeName] =
    &[code("approved", &["同意"]), code("refused", &["不同意"])];
pub(super) const USER_ROLE: &[CodeName] = &[
    code("officer", &["客户经理"]),
    code("supervisor", &["主管"]),
    code("risk", &["风险经理"]),
    code("compliance", &["法律合规"]),
    code("auditor", &["审计"]),
    code("admin", &["系统管理员"]),
];
pub(super) const DUTY: &[CodeName] = &[
    code("use_of_funds", &["用途检查"]),
    code("day90", &["九十天回访"]),
    code("renewal_talk", &["续贷沟通"]),
    code("before_maturity", &["到期前回访"]),
    code("handover", &["交接回访"]),
    code("flag_revisit", &["预警回访"]),
    code("directed", &["专项检查"]),
    code("periodic_onsite", &["定期现场检查"]),
    code("periodic_offsite", &["定期非现场检查"]),
    code("sample", &["抽样检查"]),
];
pub(super) const DEADLINE_KIND: &[CodeName] = &[
    code("statement", &["报送报表"]),
    code("covenant", &["约束条款"]),
    code("condition", &["批复条件"]),
    code("valuation", &["押品重估"]),
    code("insurance", &["押品保险"]),
    code("limitation", &["诉讼时效"]),
    code("drawdown", &["用款凭证"]),
];
pub(super) const DEADLINE_MARK: &[CodeName] =
    &[code("received", &["已办理"]), code("waived", &["豁免"])];
pub(super) const STANDING: &[CodeName] = &[
    code("owed", &["待完成"]),
    code("past", &["已过期"]),
    code("served", &["已抵用"]),
    code("spared", &["免补"]),
];
