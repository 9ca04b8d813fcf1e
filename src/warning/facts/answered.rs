//! Answers of records that rules of signals can name.

use crate::domain::code::codes;

codes! {
    /// An answer of a record that rules can name: `visit.…` of the last one that was handed in,
    /// `visit_before.…` of the one before. All are numbers or amounts; the codes are those of the
    /// checklists.
    pub enum Answered {
        /// 近三个月销售
        Sales3m = "sales_3m",
        /// 近三个月开票
        Invoices3m = "invoices_3m",
        /// 近三个月银行流入
        BankIn3m = "bank_in_3m",
        /// 上年营业额
        TurnoverLastYear = "turnover_last_year",
        /// 本年营业额
        TurnoverYtd = "turnover_ytd",
        /// 上年同期营业额
        TurnoverYtdBefore = "turnover_ytd_before",
        /// 应收账款
        Receivables = "receivables",
        /// 存货
        Inventory = "inventory",
        /// 应付账款
        Payables = "payables",
        /// 在手订单
        OrdersHand = "orders_hand",
        /// 他行借款
        OtherBankDebt = "other_bank_debt",
        /// 对外担保
        GuaranteesGiven = "guarantees_given",
        /// 关联交易占收入
        AffiliateSales = "affiliate_sales",
        /// 员工总数
        StaffTotal = "staff_total",
        /// 在岗人数
        StaffOnsite = "staff_onsite",
        /// 月工资总额
        WagesMonth = "wages_month",
        /// 店铺月营业额
        ShopTakings = "shop_takings",
        /// 店铺借款
        ShopDebts = "shop_debts",
        /// 资本金到位
        CapitalPaid = "capital_paid",
        /// 涉诉金额
        LawsuitSum = "lawsuit_sum",
    }
}

/// Before the code of an answer: of the last record, and of the one before.
pub const VISITS: [&str; 2] = ["visit", "visit_before"];
