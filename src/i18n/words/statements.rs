//! Lines of statements, the rules by which they add up, and what they tell.

use super::Lang;
use crate::domain::statement::{StatementLine, StatementPart, StatementSource};
use crate::risk::statements::{Balance, Fact};

words! {
    /// 报表项目
    statement_line(StatementLine) {
        Cash: "cash" | "货币资金";
        RestrictedCash: "restricted cash" | "受限资金";
        Receivables: "receivables" | "应收账款";
        Inventory: "inventory" | "存货";
        CurrentAssets: "current assets" | "流动资产合计";
        FixedAssets: "fixed assets" | "固定资产";
        NoncurrentAssets: "non-current assets" | "非流动资产合计";
        TotalAssets: "total assets" | "资产总计";
        ShortDebt: "short-term debt" | "短期借款";
        Payables: "payables" | "应付账款";
        CurrentLiabilities: "current liabilities" | "流动负债合计";
        LongDebt: "long-term debt" | "长期借款";
        NoncurrentLiabilities: "non-current liabilities" | "非流动负债合计";
        TotalLiabilities: "total liabilities" | "负债合计";
        PaidInCapital: "paid-in capital" | "实收资本";
        RetainedEarnings: "retained earnings" | "留存收益";
        Equity: "equity" | "所有者权益";
        Revenue: "revenue" | "营业收入";
        CostOfSales: "cost of sales" | "营业成本";
        GrossProfit: "gross profit" | "毛利";
        OperatingExpenses: "operating expenses" | "期间费用";
        Ebit: "EBIT" | "息税前利润";
        Depreciation: "depreciation" | "折旧与摊销";
        InterestExpense: "interest expense" | "利息支出";
        ProfitBeforeTax: "profit before tax" | "利润总额";
        IncomeTax: "income tax" | "所得税费用";
        NetProfit: "net profit" | "净利润";
        OperatingCashFlow: "operating cash flow" | "经营现金流净额";
        InvestingCashFlow: "investing cash flow" | "投资现金流净额";
        FinancingCashFlow: "financing cash flow" | "筹资现金流净额";
        CashChange: "change in cash" | "现金净增加额";
        OpeningCash: "opening cash" | "期初现金余额";
        ClosingCash: "closing cash" | "期末现金余额";
        TopFiveSales: "sales to five largest" | "前五大客户销售";
        AffiliateSales: "sales to affiliates" | "关联方销售";
        GuaranteesGiven: "guarantees given" | "对外担保余额";
        DebtService: "debt service due" | "本期应还本息";
        MarketValue: "market value" | "市值";
    }
    /// 报表
    statement_part(StatementPart) {
        BalanceSheet: "Balance sheet" | "资产负债表";
        Income: "Income" | "利润表";
        CashFlow: "Cash flow" | "现金流量表";
        Notes: "Notes" | "附注";
    }
    /// 报表来源
    statement_source(StatementSource) {
        Customer: "customer" | "客户提供";
        Tax: "tax office" | "税务报送";
        Published: "published" | "公开披露";
        Third: "third party" | "第三方";
    }
    /// 勾稽关系
    balance(Balance) {
        Sheet: "assets = liabilities + equity" | "资产总计＝负债合计＋所有者权益";
        Assets: "current + non-current = total assets" | "流动资产＋非流动资产＝资产总计";
        Liabilities: "current + non-current = total liabilities" | "流动负债＋非流动负债＝负债合计";
        CurrentAssets: "cash + receivables + inventory within current assets" | "货币资金＋应收账款＋存货不超过流动资产";
        CurrentLiabilities: "short-term debt + payables within current liabilities" | "短期借款＋应付账款不超过流动负债";
        Equity: "capital + retained earnings within equity" | "实收资本＋留存收益不超过所有者权益";
        Gross: "revenue - cost of sales = gross profit" | "营业收入－营业成本＝毛利";
        Net: "profit before tax - income tax = net profit" | "利润总额－所得税费用＝净利润";
        CashFlow: "operating + investing + financing = change in cash" | "经营＋投资＋筹资＝现金净增加额";
        CashBalance: "opening cash + change = closing cash" | "期初现金＋净增加额＝期末现金";
        Cash: "closing cash within cash" | "期末现金不超过货币资金";
        RestrictedCash: "restricted cash within cash" | "受限资金不超过货币资金";
    }
    /// 报表反映的情况
    statement_fact(Fact) {
        NegativeEquity: "equity is used up: liabilities exceed assets" | "净资产为负，资不抵债";
        Loss: "loss in this period" | "本期亏损";
        LossTwice: "loss two periods running" | "连续两期亏损";
        NegativeCashFlow: "operating cash flow negative" | "本期经营现金流为负";
        NegativeCashFlowTwice: "operating cash flow negative two periods running" | "经营现金流连续两期为负";
        Unbalanced: "the statement does not add up" | "报表勾稽不平";
    }
}
