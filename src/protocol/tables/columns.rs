//! The columns of each table, in the order of export.

use super::codes::{
    CONTACT_ROLE, COVENANT_FREQUENCY, COVENANT_KIND, COVENANT_OPERATOR, DEADLINE_KIND,
    DEADLINE_MARK, DRAWDOWN_PAYMENT_MODE, DUTY, FLAG_LEVEL, FLAG_STATE, LINE, LOAN_GUARANTEE_MODE,
    LOAN_STATUS, RELATION_KIND, REQUEST_DECISION, REQUEST_KIND, STANDING, STATEMENT_SOURCE,
    TASK_CLASS, TIER, USER_ROLE, UTILITY_KIND, VISIT_CLASS, VISIT_STATE,
};
use super::{Column, Kind, Need};

pub(super) const CUSTOMERS: &[Column] = &[
    Column::new("customer_id", "客户号", Kind::Text, Need::Key),
    Column::new("name", "客户名称", Kind::Text, Need::Required),
    Column::new("line", "业务条线", Kind::Code(LINE), Need::Optional),
    Column::new("id_type", "证件类型", Kind::Text, Need::Optional),
    Column::new("id_no", "证件号码", Kind::Text, Need::Optional).personal(),
    Column::new("industry", "行业", Kind::Text, Need::Optional),
    Column::new("district", "区域", Kind::Text, Need::Optional),
    Column::new("trade_circle", "商圈", Kind::Text, Need::Optional),
    Column::new("grade", "信用等级", Kind::Text, Need::Optional),
    Column::new("officer", "管户经理", Kind::Text, Need::Required).user(),
    Column::new("tier", "客户分类", Kind::Code(TIER), Need::Optional),
    Column::new("low_risk", "低风险", Kind::YesNo, Need::Optional),
    Column::new("group_id", "集团号", Kind::Text, Need::Optional),
    Column::new("legal_rep", "法定代表人", Kind::Text, Need::Optional).personal(),
    Column::new("controller", "实际控制人", Kind::Text, Need::Optional).personal(),
    Column::new("phone", "电话", Kind::Text, Need::Optional).personal(),
    Column::new("address", "地址", Kind::Text, Need::Optional).personal(),
    Column::new("onboarded_on", "纳管日期", Kind::Date, Need::Optional),
    Column::new("cadence_since", "频率起算日", Kind::Date, Need::Optional),
    Column::new("extra_visit_from", "加访起始日", Kind::Date, Need::Optional),
];
pub(super) const LOANS: &[Column] = &[
    Column::new("loan_id", "借据号", Kind::Text, Need::Key),
    Column::new("customer_id", "客户号", Kind::Text, Need::Required).refers("customers"),
    Column::new("product", "产品", Kind::Text, Need::Optional),
    Column::new("contract_no", "合同号", Kind::Text, Need::Optional),
    Column::new("purpose", "贷款用途", Kind::Text, Need::Optional),
    Column::new("guarantee_mode", "担保方式", Kind::Code(LOAN_GUARANTEE_MODE), Need::Optional),
    Column::new("amount", "借据金额", Kind::Amount, Need::Required),
    Column::new("balance", "贷款余额", Kind::Amount, Need::Optional),
    Column::new("rate", "年利率", Kind::Rate, Need::Optional),
    Column::new("disbursed_on", "放款日期", Kind::Date, Need::Required),
    Column::new("matures_on", "到期日期", Kind::Date, Need::Optional),
    Column::new("status", "借据状态", Kind::Code(LOAN_STATUS), Need::Required),
    Column::new("settled_on", "结清日期", Kind::Date, Need::Optional),
    Column::new("days_past_due", "逾期天数", Kind::Integer, Need::Optional),
    Column::new("tier", "五级分类", Kind::Code(TIER), Need::Optional),
    Column::new("repayment", "还款方式", Kind::Text, Need::Optional),
];
pub(super) const DRAWDOWNS: &[Column] = &[
    Column::new("drawdown_id", "提款号", Kind::Text, Need::Key),
    Column::new("loan_id", "借据号", Kind::Text, Need::Required).refers("loans"),
    Column::new("drawn_on", "提款日期", Kind::Date, Need::Required),
    Column::new("amount", "提款金额", Kind::Amount, Need::Required),
    Column::new("payee", "收款人", Kind::Text, Need::Optional),
    Column::new("payment_mode", "支付方式", Kind::Code(DRAWDOWN_PAYMENT_MODE), Need::Optional),
];
pub(super) const REPAYMENTS: &[Column] = &[
    Column::new("loan_id", "借据号", Kind::Text, Need::Key).refers("loans"),
    Column::new("due_on", "应还日期", Kind::Date, Need::Key),
    Column::new("principal", "应还本金", Kind::Amount, Need::Optional),
    Column::new("interest", "应还利息", Kind::Amount, Need::Optional),
    Column::new("paid_on", "实还日期", Kind::Date, Need::Optional),
    Column::new("paid_amount", "实还金额", Kind::Amount, Need::Optional),
];
pub(super) const CONTACTS: &[Column] = &[
    Column::new("customer_id", "客户号", Kind::Text, Need::Key).refers("customers"),
    Column::new("name", "姓名", Kind::Text, Need::Key).personal(),
    Column::new("role", "身份", Kind::Code(CONTACT_ROLE), Need::Optional),
    Column::new("phone", "电话", Kind::Text, Need::Optional).personal(),
    Column::new("note", "备注", Kind::Text, Need::Optional).free_text(),
];
pub(super) const GUARANTORS: &[Column] = &[
    Column::new("customer_id", "客户号", Kind::Text, Need::Key).refers("customers"),
    Column::new("name", "保证人名称", Kind::Text, Need::Key).personal(),
    Column::new("id_no", "证件号码", Kind::Text, Need::Optional).personal(),
    Column::new("amount", "保证金额", Kind::Amount, Need::Optional),
    Column::new("relation", "与借款人关系", Kind::Text, Need::Optional),
];
pub(super) const COLLATERAL: &[Column] = &[
    Column::new("collateral_id", "押品号", Kind::Text, Need::Key),
    Column::new("customer_id", "客户号", Kind::Text, Need::Required).refers("customers"),
    Column::new("loan_id", "借据号", Kind::Text, Need::Optional).refers("loans"),
    Column::new("kind", "押品种类", Kind::Text, Need::Required),
    Column::new("place", "坐落", Kind::Text, Need::Optional),
    Column::new("area", "面积", Kind::Quantity, Need::Optional),
    Column::new("value", "评估价值", Kind::Amount, Need::Required),
    Column::new("valued_on", "评估日期", Kind::Date, Need::Optional),
    Column::new("next_valuation_on", "下次评估日期", Kind::Date, Need::Optional),
    Column::new("registered_no", "他项权证号", Kind::Text, Need::Optional),
    Column::new("insured_until", "保险到期日", Kind::Date, Need::Optional),
];
pub(super) const STATEMENTS: &[Column] = &[
    Column::new("customer_id", "客户号", Kind::Text, Need::Key).refers("customers"),
    Column::new("period_end", "报表日期", Kind::Date, Need::Key),
    Column::new("period_months", "报表月数", Kind::Integer, Need::Optional),
    Column::new("cash", "货币资金", Kind::Amount, Need::Optional).signed(),
    Column::new("receivables", "应收账款", Kind::Amount, Need::Optional).signed(),
    Column::new("inventory", "存货", Kind::Amount, Need::Optional).signed(),
    Column::new("current_assets", "流动资产合计", Kind::Amount, Need::Optional).signed(),
    Column::new("total_assets", "资产总计", Kind::Amount, Need::Optional).signed(),
    Column::new("short_debt", "短期借款", Kind::Amount, Need::Optional).signed(),
    Column::new("payables", "应付账款", Kind::Amount, Need::Optional).signed(),
    Column::new("current_liabilities", "流动负债合计", Kind::Amount, Need::Optional).signed(),
    Column::new("long_debt", "长期借款", Kind::Amount, Need::Optional).signed(),
    Column::new("total_liabilities", "负债合计", Kind::Amount, Need::Optional).signed(),
    Column::new("retained_earnings", "留存收益", Kind::Amount, Need::Optional).signed(),
    Column::new("equity", "所有者权益合计", Kind::Amount, Need::Optional).signed(),
    Column::new("revenue", "营业收入", Kind::Amount, Need::Optional).signed(),
    Column::new("cost_of_sales", "营业成本", Kind::Amount, Need::Optional).signed(),
    Column::new("gross_profit", "毛利", Kind::Amount, Need::Optional).signed(),
    Column::new("operating_expenses", "期间费用", Kind::Amount, Need::Optional).signed(),
    Column::new("ebit", "息税前利润", Kind::Amount, Need::Optional).signed(),
    Column::new("depreciation", "折旧与摊销", Kind::Amount, Need::Optional).signed(),
    Column::new("interest_expense", "利息支出", Kind::Amount, Need::Optional).signed(),
    Column::new("net_profit", "净利润", Kind::Amount, Need::Optional).signed(),
    Column::new("operating_cash_flow", "经营活动现金流量净额", Kind::Amount, Need::Optional)
        .signed(),
    Column::new("employees", "员工人数", Kind::Integer, Need::Optional),
    Column::new("market_value", "市值", Kind::Amount, Need::Optional).signed(),
];
/// What `statements` has no column for: a table of its own, because banks' programs know that one.
pub(super) const STATEMENT_DETAILS: &[Column] = &[
    Column::new("customer_id", "客户号", Kind::Text, Need::Key).refers("customers"),
    Column::new("period_end", "报表日期", Kind::Date, Need::Key),
    Column::new("source", "报表来源", Kind::Code(STATEMENT_SOURCE), Need::Optional),
    Column::new("audited", "已审计", Kind::YesNo, Need::Optional),
    Column::new("restricted_cash", "受限资金", Kind::Amount, Need::Optional).signed(),
    Column::new("fixed_assets", "固定资产", Kind::Amount, Need::Optional).signed(),
    Column::new("noncurrent_assets", "非流动资产合计", Kind::Amount, Need::Optional).signed(),
    Column::new("noncurrent_liabilities", "非流动负债合计", Kind::Amount, Need::Optional).signed(),
    Column::new("paid_in_capital", "实收资本", Kind::Amount, Need::Optional).signed(),
    Column::new("profit_before_tax", "利润总额", Kind::Amount, Need::Optional).signed(),
    Column::new("income_tax", "所得税费用", Kind::Amount, Need::Optional).signed(),
    Column::new("investing_cash_flow", "投资活动现金流量净额", Kind::Amount, Need::Optional)
        .signed(),
    Column::new("financing_cash_flow", "筹资活动现金流量净额", Kind::Amount, Need::Optional)
        .signed(),
    Column::new("cash_change", "现金净增加额", Kind::Amount, Need::Optional).signed(),
    Column::new("opening_cash", "期初现金余额", Kind::Amount, Need::Optional).signed(),
    Column::new("closing_cash", "期末现金余额", Kind::Amount, Need::Optional).signed(),
    Column::new("top5_sales", "前五大客户销售额", Kind::Amount, Need::Optional).signed(),
    Column::new("affiliate_sales", "关联方销售额", Kind::Amount, Need::Optional).signed(),
    Column::new("guarantees_given", "对外担保余额", Kind::Amount, Need::Optional).signed(),
    Column::new("debt_service", "本期应还本息", Kind::Amount, Need::Optional).signed(),
    Column::new("shares_pledged", "股权质押比例", Kind::Quantity, Need::Optional),
];
pub(super) const ACCOUNT_FLOWS: &[Column] = &[
    Column::new("customer_id", "客户号", Kind::Text, Need::Key).refers("customers"),
    Column::new("month", "月份", Kind::Month, Need::Key),
    Column::new("inflow", "流入", Kind::Amount, Need::Optional).signed(),
    Column::new("outflow", "流出", Kind::Amount, Need::Optional).signed(),
    Column::new("end_balance", "月末余额", Kind::Amount, Need::Optional).signed(),
    Column::new("min_balance", "最低余额", Kind::Amount, Need::Optional).signed(),
    Column::new("transactions", "笔数", Kind::Integer, Need::Optional),
];
pub(super) const UTILITIES: &[Column] = &[
    Column::new("customer_id", "客户号", Kind::Text, Need::Key).refers("customers"),
    Column::new("month", "月份", Kind::Month, Need::Key),
    Column::new("kind", "种类", Kind::Code(UTILITY_KIND), Need::Key),
    Column::new("quantity", "用量", Kind::Quantity, Need::Optional),
    Column::new("amount", "金额", Kind::Amount, Need::Optional),
];
pub(super) const RELATIONS: &[Column] = &[
    Column::new("customer_id", "客户号", Kind::Text, Need::Key).refers("customers"),
    Column::new("related_name", "关联方名称", Kind::Text, Need::Key).personal(),
    Column::new("related_customer_id", "关联方客户号", Kind::Text, Need::Optional)
        .refers("customers"),
    Column::new("kind", "关系类型", Kind::Code(RELATION_KIND), Need::Key),
    Column::new("note", "备注", Kind::Text, Need::Optional).free_text(),
];
pub(super) const CONDITIONS: &[Column] = &[
    Column::new("condition_id", "条件编号", Kind::Text, Need::Key),
    Column::new("customer_id", "客户号", Kind::Text, Need::Required).refers("customers"),
    Column::new("loan_id", "借据号", Kind::Text, Need::Optional).refers("loans"),
    Column::new("text", "条件内容", Kind::Text, Need::Required).free_text(),
    Column::new("due_on", "落实期限", Kind::Date, Need::Optional),
    Column::new("done_on", "落实日期", Kind::Date, Need::Optional),
];
pub(super) const COVENANTS: &[Column] = &[
    Column::new("covenant_id", "条款编号", Kind::Text, Need::Key),
    Column::new("customer_id", "客户号", Kind::Text, Need::Required).refers("customers"),
    Column::new("kind", "条款类型", Kind::Code(COVENANT_KIND), Need::Optional),
    Column::new("indicator", "指标", Kind::Text, Need::Optional),
    Column::new("operator", "比较符", Kind::Code(COVENANT_OPERATOR), Need::Optional),
    Column::new("limit", "限值", Kind::Quantity, Need::Optional),
    Column::new("frequency", "频率", Kind::Code(COVENANT_FREQUENCY), Need::Optional),
];
pub(super) const COVENANT_LOANS: &[Column] = &[
    Column::new("covenant_id", "条款编号", Kind::Text, Need::Key).refers("covenants"),
    Column::new("loan_id", "借据号", Kind::Text, Need::Required).refers("loans"),
];
pub(super) const VISITS: &[Column] = &[
    Column::new("visit_id", "回访编号", Kind::Text, Need::Key),
    Column::new("customer_id", "客户号", Kind::Text, Need::Required).refers("customers"),
    Column::new("visited_on", "回访日期", Kind::Date, Need::Required),
    Column::new("submitted_on", "提交日期", Kind::Date, Need::Optional),
    Column::new("class", "检查方式", Kind::Code(VISIT_CLASS), Need::Required),
    Column::new("channel", "回访渠道", Kind::Text, Need::Optional),
    Column::new("officer", "回访人", Kind::Text, Need::Optional).user(),
    Column::new("state", "回访状态", Kind::Code(VISIT_STATE), Need::Optional),
    Column::new("purposes", "检查事由", Kind::CodeList(DUTY), Need::Optional),
    Column::new("conclusion", "结论", Kind::Text, Need::Optional).free_text(),
    Column::new("note", "备注", Kind::Text, Need::Optional).free_text(),
];
pub(super) const FLAGS: &[Column] = &[
    Column::new("flag_id", "信号编号", Kind::Text, Need::Key),
    Column::new("customer_id", "客户号", Kind::Text, Need::Required).refers("customers"),
    Column::new("signal", "预警信号", Kind::Text, Need::Required),
    Column::new("level", "预警等级", Kind::Code(FLAG_LEVEL), Need::Required),
    Column::new("state", "信号状态", Kind::Code(FLAG_STATE), Need::Optional),
    Column::new("raised_on", "发现日期", Kind::Date, Need::Required),
    Column::new("confirmed_on", "确认日期", Kind::Date, Need::Optional),
    Column::new("level_since", "等级起始日", Kind::Date, Need::Optional),
    Column::new("closed_on", "解除日期", Kind::Date, Need::Optional),
    Column::new("owner", "责任人", Kind::Text, Need::Optional).user(),
    Column::new("measure", "处置措施", Kind::Text, Need::Optional).free_text(),
    Column::new("due_on", "处置期限", Kind::Date, Need::Optional),
    Column::new("note", "备注", Kind::Text, Need::Optional).free_text(),
];
pub(super) const TASKS: &[Column] = &[
    Column::new("task_id", "任务编号", Kind::Text, Need::Key),
    Column::new("customer_id", "客户号", Kind::Text, Need::Required).refers("customers"),
    Column::new("issued_on", "下达日期", Kind::Date, Need::Required),
    Column::new("due_on", "完成期限", Kind::Date, Need::Required),
    Column::new("class", "检查方式", Kind::Code(TASK_CLASS), Need::Required),
    Column::new("issued_by", "下达人", Kind::Text, Need::Optional).user(),
    Column::new("points", "检查要点", Kind::Text, Need::Optional).free_text(),
    Column::new("closed_on", "办结日期", Kind::Date, Need::Optional),
];
pub(super) const HANDOVERS: &[Column] = &[
    Column::new("handover_id", "交接编号", Kind::Text, Need::Key),
    Column::new("customer_id", "客户号", Kind::Text, Need::Required).refers("customers"),
    Column::new("from", "移交人", Kind::Text, Need::Required).user(),
    Column::new("to", "接收人", Kind::Text, Need::Required).user(),
    Column::new("on", "交接日期", Kind::Date, Need::Required),
    Column::new("witness", "监交人", Kind::Text, Need::Optional).user(),
];
pub(super) const REQUESTS: &[Column] = &[
    Column::new("request_id", "申请编号", Kind::Text, Need::Key),
    Column::new("customer_id", "客户号", Kind::Text, Need::Required).refers("customers"),
    Column::new("code", "检查事由", Kind::Code(DUTY), Need::Required),
    Column::new("ref", "对象编号", Kind::Text, Need::Required),
    Column::new("raw_due", "原始到期日", Kind::Date, Need::Required),
    Column::new("kind", "申请类型", Kind::Code(REQUEST_KIND), Need::Required),
    Column::new("new_due", "新到期日", Kind::Date, Need::Optional),
    Column::new("reason", "申请理由", Kind::Text, Need::Optional).free_text(),
    Column::new("requested_by", "申请人", Kind::Text, Need::Optional).user(),
    Column::new("decided_by", "审批人", Kind::Text, Need::Optional).user(),
    Column::new("decided_on", "审批日期", Kind::Date, Need::Optional),
    Column::new("decision", "审批结果", Kind::Code(REQUEST_DECISION), Need::Optional),
];
pub(super) const USERS: &[Column] = &[
    Column::new("user", "用户名", Kind::Text, Need::Key),
    Column::new("name", "姓名", Kind::Text, Need::Required),
    Column::new("role", "角色", Kind::Code(USER_ROLE), Need::Required),
    Column::new("branch", "机构", Kind::Text, Need::Optional),
    Column::new("ssh_key", "SSH公钥", Kind::Text, Need::Optional),
    Column::new("disabled", "停用", Kind::YesNo, Need::Optional),
];
pub(super) const DEADLINE_MARKS: &[Column] = &[
    Column::new("customer_id", "客户号", Kind::Text, Need::Key).refers("customers"),
    Column::new("kind", "期限种类", Kind::Code(DEADLINE_KIND), Need::Key),
    Column::new("ref", "对象编号", Kind::Text, Need::Key),
    Column::new("due_on", "到期日", Kind::Date, Need::Key),
    Column::new("mark", "办理结果", Kind::Code(DEADLINE_MARK), Need::Required),
    Column::new("marked_on", "办理日期", Kind::Date, Need::Required),
    Column::new("marked_by", "办理人", Kind::Text, Need::Optional).user(),
    Column::new("reason", "说明", Kind::Text, Need::Optional).free_text(),
];
pub(super) const KEPT_DUTIES: &[Column] = &[
    Column::new("customer_id", "客户号", Kind::Text, Need::Key).refers("customers"),
    Column::new("code", "义务", Kind::Code(DUTY), Need::Key),
    Column::new("ref", "对象编号", Kind::Text, Need::Key),
    Column::new("raw_due", "原到期日", Kind::Date, Need::Key),
    Column::new("class", "检查方式", Kind::Code(TASK_CLASS), Need::Required),
    Column::new("opens", "窗口起始日", Kind::Date, Need::Required),
    Column::new("due", "到期日", Kind::Date, Need::Required),
    Column::new("rule", "规则", Kind::Text, Need::Required),
    Column::new("policy", "制度版本", Kind::Text, Need::Required),
    Column::new("source", "规则出处", Kind::Text, Need::Required),
    Column::new("verified", "出处已核实", Kind::YesNo, Need::Optional),
    Column::new("met_on", "完成日期", Kind::Date, Need::Optional),
    Column::new("kept_on", "变更日期", Kind::Date, Need::Required),
    Column::new("instead", "现制度到期日", Kind::Date, Need::Optional),
    Column::new("standing", "现状", Kind::Code(STANDING), Need::Required),
];
