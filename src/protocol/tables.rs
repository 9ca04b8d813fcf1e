//! The tables that go in and out as files (`exchange.md` section 1.4): names, columns, types, codes.
//!
//! One list serves the template, the import, the export and the generic writes of the store, so
//! that a column can't exist in one of them only. Database tables carry the same names.

use crate::domain::money::{Decimal4, Fen};

/// What a cell holds and how it is written (`exchange.md` section 1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line, or more where the column is free text. Stored as text.
    Text,
    /// A day. Stored as `YYYY-MM-DD`.
    Date,
    /// A month. Stored as `YYYY-MM`.
    Month,
    /// Yuan in files, fen in the database.
    Amount,
    /// Percent a year; ten-thousandths of a percent in the database.
    Rate,
    /// A whole number.
    Integer,
    /// At most four decimals; ten-thousandths in the database.
    Quantity,
    /// Yes or no; 1 or 0 in the database, empty = no.
    YesNo,
    /// One of the codes.
    Code(&'static [CodeName]),
    /// Several codes, separated by `;`. `visits.purposes` may name one duty as `code:ref`.
    CodeList(&'static [CodeName]),
}

/// A code and the Chinese names under which it is read; the first is the one for templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeName {
    /// As stored and exported.
    pub code: &'static str,
    /// As read besides the code.
    pub zh: &'static [&'static str],
}

/// Whether a column must be there (`exchange.md` section 1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Part of the key; never empty (but a `visit_id` is derived).
    Key,
    /// Required in a new row and never an empty cell.
    Required,
    /// May be empty or absent.
    Optional,
}

/// A column of an exchange table.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent property of the column in exchange.md"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Name in files and in the database.
    pub name: &'static str,
    /// Chinese header.
    pub zh: &'static str,
    /// Type.
    pub kind: Kind,
    /// Whether it must be there.
    pub need: Need,
    /// Holds a `users.user`.
    pub user: bool,
    /// Masked in exports unless the role may see it.
    pub personal: bool,
    /// Line feeds are allowed; at most 32,000 characters instead of 500.
    pub free_text: bool,
    /// Amounts may be negative.
    pub signed: bool,
    /// The table whose key this column names.
    pub refers: Option<&'static str>,
}

impl Column {
    const fn new(name: &'static str, zh: &'static str, kind: Kind, need: Need) -> Self {
        Self {
            name,
            zh,
            kind,
            need,
            user: false,
            personal: false,
            free_text: false,
            signed: false,
            refers: None,
        }
    }
    const fn user(mut self) -> Self {
        self.user = true;
        self
    }
    const fn personal(mut self) -> Self {
        self.personal = true;
        self
    }
    const fn free_text(mut self) -> Self {
        self.free_text = true;
        self
    }
    const fn signed(mut self) -> Self {
        self.signed = true;
        self
    }
    const fn refers(mut self, table: &'static str) -> Self {
        self.refers = Some(table);
        self
    }
}

/// A table of the exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Name of the sheet, the file and the database table.
    pub name: &'static str,
    /// Chinese name.
    pub zh: &'static str,
    /// Columns in the order of export.
    pub columns: &'static [Column],
}

impl Table {
    /// The table with this name in either language.
    pub fn named(name: &str) -> Option<&'static Self> {
        TABLES.iter().find(|t| t.name == name || t.zh == name)
    }

    /// The columns of the key, in order.
    pub fn key(&self) -> impl Iterator<Item = &'static Column> {
        self.columns.iter().filter(|c| c.need == Need::Key)
    }

    /// The column with this name in either language.
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|c| c.name == name || c.zh == name)
    }
}

/// A cell as the database holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// No value.
    Empty,
    /// Text, date, month, code or code list.
    Text(String),
    /// Amount in fen, rate or quantity in ten-thousandths, integer, yes/no.
    Int(i64),
}

impl Cell {
    /// The value as it is exported (`exchange.md` section 1.1), without a guard against formulas.
    pub fn to_text(&self, kind: Kind) -> String {
        match (self, kind) {
            (Self::Empty, _) | (Self::Int(0), Kind::YesNo) => String::new(),
            (Self::Text(text), _) => text.clone(),
            (Self::Int(n), Kind::Amount) => Fen(*n).to_string(),
            (Self::Int(n), Kind::Rate) => Decimal4(*n).to_fixed(),
            (Self::Int(n), Kind::Quantity) => Decimal4(*n).to_string(),
            (Self::Int(n), _) => n.to_string(),
        }
    }
}

const fn code(code: &'static str, zh: &'static [&'static str]) -> CodeName {
    CodeName { code, zh }
}

const LINE: &[CodeName] = &[
    code("corporate", &["法人"]),
    code("small_business", &["小微企业"]),
    code("personal_business", &["个人经营"]),
    code("personal_consumption", &["个人消费"]),
    code("micro_shop", &["小商铺"]),
    code("project", &["项目融资"]),
];
const LOAN_GUARANTEE_MODE: &[CodeName] = &[
    code("credit", &["信用"]),
    code("guarantee", &["保证"]),
    code("mortgage", &["抵押"]),
    code("pledge", &["质押"]),
];
const LOAN_STATUS: &[CodeName] =
    &[code("active", &["正常在贷"]), code("settled", &["结清"]), code("written_off", &["核销"])];
const TIER: &[CodeName] = &[
    code("normal", &["正常"]),
    code("special_mention", &["关注"]),
    code("substandard", &["次级"]),
    code("doubtful", &["可疑"]),
    code("loss", &["损失"]),
];
const DRAWDOWN_PAYMENT_MODE: &[CodeName] =
    &[code("entrusted", &["受托", "受托支付"]), code("self", &["自主", "自主支付"])];
const CONTACT_ROLE: &[CodeName] = &[
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
const UTILITY_KIND: &[CodeName] = &[
    code("power", &["电"]),
    code("water", &["水"]),
    code("gas", &["气"]),
    code("phone", &["电话"]),
];
const RELATION_KIND: &[CodeName] = &[
    code("control", &["控制"]),
    code("guarantee", &["担保"]),
    code("mutual_guarantee", &["互保", "联保"]),
    code("family", &["亲属"]),
    code("upstream", &["上游"]),
    code("downstream", &["下游"]),
    code("group", &["集团"]),
];
const COVENANT_KIND: &[CodeName] = &[code("reporting", &["报送"]), code("financial", &["财务"])];
const COVENANT_OPERATOR: &[CodeName] =
    &[code("<", &["小于"]), code("<=", &["不高于"]), code(">=", &["不低于"]), code(">", &["大于"])];
const COVENANT_FREQUENCY: &[CodeName] = &[
    code("monthly", &["每月"]),
    code("quarterly", &["每季"]),
    code("half_yearly", &["每半年"]),
    code("yearly", &["每年"]),
    code("once", &["一次"]),
];
const VISIT_CLASS: &[CodeName] = &[code("onsite", &["现场"]), code("offsite", &["非现场"])];
const VISIT_STATE: &[CodeName] = &[
    code("draft", &["草稿"]),
    code("submitted", &["已提交"]),
    code("returned", &["退回"]),
    code("approved", &["已复核"]),
];
const FLAG_LEVEL: &[CodeName] = &[
    code("yellow", &["黄", "黄色"]),
    code("orange", &["橙", "橙色"]),
    code("red", &["红", "红色"]),
];
const FLAG_STATE: &[CodeName] = &[
    code("proposed", &["待确认"]),
    code("confirmed", &["已确认"]),
    code("rejected", &["已否决"]),
    code("closed", &["已解除"]),
];
const TASK_CLASS: &[CodeName] =
    &[code("onsite", &["现场"]), code("any", &["不限", "非现场", "offsite"])];
const REQUEST_KIND: &[CodeName] = &[code("delay", &["延期"]), code("termination", &["终止"])];
const REQUEST_DECISION: &[CodeName] = &[code("approved", &["同意"]), code("refused", &["不同意"])];
const USER_ROLE: &[CodeName] = &[
    code("officer", &["客户经理"]),
    code("supervisor", &["主管"]),
    code("risk", &["风险经理"]),
    code("compliance", &["法律合规"]),
    code("auditor", &["审计"]),
    code("admin", &["系统管理员"]),
];
const DUTY: &[CodeName] = &[
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

const CUSTOMERS: &[Column] = &[
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
const LOANS: &[Column] = &[
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
const DRAWDOWNS: &[Column] = &[
    Column::new("drawdown_id", "提款号", Kind::Text, Need::Key),
    Column::new("loan_id", "借据号", Kind::Text, Need::Required).refers("loans"),
    Column::new("drawn_on", "提款日期", Kind::Date, Need::Required),
    Column::new("amount", "提款金额", Kind::Amount, Need::Required),
    Column::new("payee", "收款人", Kind::Text, Need::Optional),
    Column::new("payment_mode", "支付方式", Kind::Code(DRAWDOWN_PAYMENT_MODE), Need::Optional),
];
const REPAYMENTS: &[Column] = &[
    Column::new("loan_id", "借据号", Kind::Text, Need::Key).refers("loans"),
    Column::new("due_on", "应还日期", Kind::Date, Need::Key),
    Column::new("principal", "应还本金", Kind::Amount, Need::Optional),
    Column::new("interest", "应还利息", Kind::Amount, Need::Optional),
    Column::new("paid_on", "实还日期", Kind::Date, Need::Optional),
    Column::new("paid_amount", "实还金额", Kind::Amount, Need::Optional),
];
const CONTACTS: &[Column] = &[
    Column::new("customer_id", "客户号", Kind::Text, Need::Key).refers("customers"),
    Column::new("name", "姓名", Kind::Text, Need::Key).personal(),
    Column::new("role", "身份", Kind::Code(CONTACT_ROLE), Need::Optional),
    Column::new("phone", "电话", Kind::Text, Need::Optional).personal(),
    Column::new("note", "备注", Kind::Text, Need::Optional).free_text(),
];
const GUARANTORS: &[Column] = &[
    Column::new("customer_id", "客户号", Kind::Text, Need::Key).refers("customers"),
    Column::new("name", "保证人名称", Kind::Text, Need::Key).personal(),
    Column::new("id_no", "证件号码", Kind::Text, Need::Optional).personal(),
    Column::new("amount", "保证金额", Kind::Amount, Need::Optional),
    Column::new("relation", "与借款人关系", Kind::Text, Need::Optional),
];
const COLLATERAL: &[Column] = &[
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
const STATEMENTS: &[Column] = &[
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
const ACCOUNT_FLOWS: &[Column] = &[
    Column::new("customer_id", "客户号", Kind::Text, Need::Key).refers("customers"),
    Column::new("month", "月份", Kind::Month, Need::Key),
    Column::new("inflow", "流入", Kind::Amount, Need::Optional).signed(),
    Column::new("outflow", "流出", Kind::Amount, Need::Optional).signed(),
    Column::new("end_balance", "月末余额", Kind::Amount, Need::Optional).signed(),
    Column::new("min_balance", "最低余额", Kind::Amount, Need::Optional).signed(),
    Column::new("transactions", "笔数", Kind::Integer, Need::Optional),
];
const UTILITIES: &[Column] = &[
    Column::new("customer_id", "客户号", Kind::Text, Need::Key).refers("customers"),
    Column::new("month", "月份", Kind::Month, Need::Key),
    Column::new("kind", "种类", Kind::Code(UTILITY_KIND), Need::Key),
    Column::new("quantity", "用量", Kind::Quantity, Need::Optional),
    Column::new("amount", "金额", Kind::Amount, Need::Optional),
];
const RELATIONS: &[Column] = &[
    Column::new("customer_id", "客户号", Kind::Text, Need::Key).refers("customers"),
    Column::new("related_name", "关联方名称", Kind::Text, Need::Key).personal(),
    Column::new("related_customer_id", "关联方客户号", Kind::Text, Need::Optional)
        .refers("customers"),
    Column::new("kind", "关系类型", Kind::Code(RELATION_KIND), Need::Key),
    Column::new("note", "备注", Kind::Text, Need::Optional).free_text(),
];
const CONDITIONS: &[Column] = &[
    Column::new("condition_id", "条件编号", Kind::Text, Need::Key),
    Column::new("customer_id", "客户号", Kind::Text, Need::Required).refers("customers"),
    Column::new("loan_id", "借据号", Kind::Text, Need::Optional).refers("loans"),
    Column::new("text", "条件内容", Kind::Text, Need::Required).free_text(),
    Column::new("due_on", "落实期限", Kind::Date, Need::Optional),
    Column::new("done_on", "落实日期", Kind::Date, Need::Optional),
];
const COVENANTS: &[Column] = &[
    Column::new("covenant_id", "条款编号", Kind::Text, Need::Key),
    Column::new("customer_id", "客户号", Kind::Text, Need::Required).refers("customers"),
    Column::new("kind", "条款类型", Kind::Code(COVENANT_KIND), Need::Optional),
    Column::new("indicator", "指标", Kind::Text, Need::Optional),
    Column::new("operator", "比较符", Kind::Code(COVENANT_OPERATOR), Need::Optional),
    Column::new("limit", "限值", Kind::Quantity, Need::Optional),
    Column::new("frequency", "频率", Kind::Code(COVENANT_FREQUENCY), Need::Optional),
];
const VISITS: &[Column] = &[
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
const FLAGS: &[Column] = &[
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
const TASKS: &[Column] = &[
    Column::new("task_id", "任务编号", Kind::Text, Need::Key),
    Column::new("customer_id", "客户号", Kind::Text, Need::Required).refers("customers"),
    Column::new("issued_on", "下达日期", Kind::Date, Need::Required),
    Column::new("due_on", "完成期限", Kind::Date, Need::Required),
    Column::new("class", "检查方式", Kind::Code(TASK_CLASS), Need::Required),
    Column::new("issued_by", "下达人", Kind::Text, Need::Optional).user(),
    Column::new("points", "检查要点", Kind::Text, Need::Optional).free_text(),
    Column::new("closed_on", "办结日期", Kind::Date, Need::Optional),
];
const HANDOVERS: &[Column] = &[
    Column::new("handover_id", "交接编号", Kind::Text, Need::Key),
    Column::new("customer_id", "客户号", Kind::Text, Need::Required).refers("customers"),
    Column::new("from", "移交人", Kind::Text, Need::Required).user(),
    Column::new("to", "接收人", Kind::Text, Need::Required).user(),
    Column::new("on", "交接日期", Kind::Date, Need::Required),
    Column::new("witness", "监交人", Kind::Text, Need::Optional).user(),
];
const REQUESTS: &[Column] = &[
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
const USERS: &[Column] = &[
    Column::new("user", "用户名", Kind::Text, Need::Key),
    Column::new("name", "姓名", Kind::Text, Need::Required),
    Column::new("role", "角色", Kind::Code(USER_ROLE), Need::Required),
    Column::new("branch", "机构", Kind::Text, Need::Optional),
    Column::new("ssh_key", "SSH公钥", Kind::Text, Need::Optional),
    Column::new("disabled", "停用", Kind::YesNo, Need::Optional),
];

/// All tables, those that others refer to first: the order in which rows are written. Visits come
/// after flags, tasks and handovers, because their purposes may name one of these.
pub const TABLES: &[Table] = &[
    Table { name: "users", zh: "用户", columns: USERS },
    Table { name: "customers", zh: "客户", columns: CUSTOMERS },
    Table { name: "loans", zh: "借据", columns: LOANS },
    Table { name: "drawdowns", zh: "提款", columns: DRAWDOWNS },
    Table { name: "repayments", zh: "还款计划", columns: REPAYMENTS },
    Table { name: "contacts", zh: "联系人", columns: CONTACTS },
    Table { name: "guarantors", zh: "保证人", columns: GUARANTORS },
    Table { name: "collateral", zh: "抵质押物", columns: COLLATERAL },
    Table { name: "statements", zh: "财务报表", columns: STATEMENTS },
    Table { name: "account_flows", zh: "账户流水(月)", columns: ACCOUNT_FLOWS },
    Table { name: "utilities", zh: "水电气(月)", columns: UTILITIES },
    Table { name: "relations", zh: "关联关系", columns: RELATIONS },
    Table { name: "conditions", zh: "批复条件", columns: CONDITIONS },
    Table { name: "covenants", zh: "约束条款", columns: COVENANTS },
    Table { name: "flags", zh: "风险信号", columns: FLAGS },
    Table { name: "tasks", zh: "专项检查", columns: TASKS },
    Table { name: "handovers", zh: "交接", columns: HANDOVERS },
    Table { name: "visits", zh: "历史回访", columns: VISITS },
    Table { name: "requests", zh: "延期与终止", columns: REQUESTS },
];
