//! Texts of the dossier.

use super::format::counted;
use super::{Lang, catalog};
use crate::domain::visit::OnsiteYear;
use crate::protocol::page::GroupSum;

catalog! {
    /// Texts of the dossier.
    Dossier {
        overview: "Facts" | "概况";
        loans: "Loans" | "贷款";
        finance: "Ratios" | "财务";
        security: "Security" | "担保";
        relations: "Links" | "关系";
        documents: "Papers" | "资料";
        history: "Visits" | "历史";
        exposure: "Exposure" | "敞口";
        unknown: "unknown" | "未知";
        past_due: "Past due" | "逾期";
        next: "Next" | "下次";
        none_planned: "no visit planned" | "暂无应访";
        officer: "Officer" | "管户";
        industry: "Industry" | "行业";
        district: "District" | "区域";
        trade_circle: "Trade circle" | "商圈";
        grade: "Grade" | "信用等级";
        low_risk: "fully cash-secured" | "低风险（全额现金类担保）";
        group: "Group" | "集团";
        id_no: "Id" | "证件";
        legal_rep: "Legal rep." | "法定代表人";
        controller: "Controller" | "实际控制人";
        address: "Address" | "地址";
        business_place: "Place of business" | "经营地址";
        onboarded: "Here since" | "纳管日期";
        due_list: "Due visits" | "应访";
        gaps: "Gaps in the plan" | "计划缺口";
        unplannable: "No periodic visit is planned until these are known:" | "以下数据补齐前，排不出定期检查：";
        flags: "Open flags" | "未结信号";
        no_flags: "none" | "无";
        record: "Open record" | "在办记录";
        last_visit: "Last visit" | "上次回访";
        onsite_year: "On site" | "本年现场";
        loan: "Loan" | "借据";
        product: "Product" | "产品";
        balance: "Balance" | "余额";
        amount: "Amount" | "金额";
        rate: "Rate" | "利率";
        matures: "Matures" | "到期";
        disbursed: "Drawn" | "放款";
        purpose: "Purpose" | "用途";
        guarantee: "Security" | "担保";
        instalment: "Next instalment" | "下期还款";
        revenue: "Revenue" | "营业收入";
        net_profit: "Net profit" | "净利润";
        cash_flow: "Operating cash" | "经营现金流";
        total_assets: "Total assets" | "总资产";
        inflow: "Account inflow" | "结算回笼";
        power: "Power use" | "用电量";
        warning: "limits" | "警戒";
        compared: "against" | "对比";
        as_of: "As of" | "截至";
        unbalanced: "does not add up: ratios with reserve" | "报表勾稽不平，指标仅供参考";
        no_statements: "No statements yet: s enters one, or they come with the import" | "尚无财务报表：按 s 录入，或随导入生成";
        no_flows: "No account flows yet" | "尚无账户流水";
        collateral: "Collateral" | "抵质押物";
        guarantors: "Guarantors" | "保证人";
        value: "Value" | "估值";
        valued: "Valued" | "评估";
        revalue: "Revalue by" | "重估";
        insured: "Insured to" | "保险至";
        coverage: "Value / exposure" | "估值/敞口";
        contacts: "Contacts" | "联系人";
        parties: "Related parties" | "关联方";
        conditions: "Conditions of the approval" | "批复条件";
        done_on: "done" | "已落实";
        open_item: "open" | "未落实";
        no_history: "No visit yet. v starts one." | "尚无回访记录，按 v 开始回访";
        nothing: "none on file" | "无登记";
        until: "until" | "至";
        matures_short: "due" | "到期";
        last_visits: "Visits" | "回访";
        no_record: "No record of this visit is kept here" | "这次回访没有可打开的记录";
        find_title: "Look for words among these visits" | "在历次回访中查找";
        find_none: "No visit holds these words" | "历次回访中没有这些字";
        drawdowns: "drawdowns" | "笔提款";
    }
}

impl Dossier {
    /// `集团合计（可见 3 户）`: what the group owes as far as it is in sight and known.
    pub fn group_sum(&self, sum: GroupSum) -> String {
        let GroupSum { customers, unknown, .. } = sum;
        match (self.lang, unknown) {
            (Lang::Zh, 0) => format!("集团合计（可见 {customers} 户）"),
            (Lang::En, 0) => format!("Her group in sight ({customers})"),
            (Lang::Zh, _) => format!("集团合计（可见 {customers} 户，{unknown} 户未知）"),
            (Lang::En, _) => format!("Her group in sight ({customers}, {unknown} unknown)"),
        }
    }

    /// Members of her group that are out of sight.
    pub fn group_hidden(&self, count: u32) -> String {
        match self.lang {
            Lang::Zh => format!("另有 {count} 户不在可见范围，未计入"),
            Lang::En => format!("{count} more out of your sight, not in the sum"),
        }
    }

    /// `1/2 次`: on-site inspections of this year, made and asked for.
    pub fn onsite_of(&self, year: OnsiteYear) -> String {
        let OnsiteYear { made, asked } = year;
        match self.lang {
            Lang::Zh => format!("{made} 次（应 {asked} 次）"),
            Lang::En => format!("{made} this year ({asked} required)"),
        }
    }

    /// How long the flow figures of a statement run.
    pub fn months(&self, n: i64) -> String {
        match self.lang {
            Lang::Zh => format!("{n} 个月"),
            Lang::En => counted(n, "month"),
        }
    }

    /// `逾期 0天`.
    pub fn days(&self, n: i64) -> String {
        match self.lang {
            Lang::Zh => format!("{n}天"),
            Lang::En => counted(n, "day"),
        }
    }
}
