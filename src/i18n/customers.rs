//! Texts of the customer table.

use super::format::counted;
use super::{Lang, catalog};

catalog! {
    /// Texts of the customer table.
    Customers {
        title: "Customers" | "客户";
        col_name: "Customer" | "客户";
        col_id: "No." | "客户号";
        col_line: "Line" | "条线";
        col_tier: "Tier" | "分类";
        col_exposure: "Exposure" | "敞口";
        col_past_due: "Past due" | "逾期";
        col_flags: "Flags" | "信号";
        col_score: "Score" | "评分";
        col_next: "Next due" | "下次应访";
        col_last: "Last visit" | "上次";
        col_officer: "Officer" | "管户";
        col_district: "District" | "区域";
        filter: "Filter" | "筛选";
        filter_hint: "officer:zhangwei tier:sm due:<7d exposure:>10m flag:red watch:yes line:corporate gap:yes score:>400 grade:E or a name"
            | "officer:zhangwei tier:关注 due:<7d exposure:>1000万 flag:红 关注:是 line:法人 gap:是 score:>400 grade:E 或姓名拼音";
        watch_filter: "watch:yes" | "关注：是";
        sort_title: "Sort by" | "排序";
        sort_id: "Number" | "客户号";
        sort_next: "Next due" | "下次应访";
        sort_exposure: "Exposure" | "敞口";
        sort_tier: "Tier" | "分类";
        sort_flags: "Flags" | "信号";
        sort_score: "Warning score" | "预警评分";
        sorted: "by" | "按";
        empty: "No customer matches" | "没有符合条件的客户";
        all_marked: "All of the filter are marked; a takes that back" | "筛选结果已全部标记，按 a 取消";
        wants_key: "a word of officer, tier, due, exposure, flag, watch, line, gap, score, grade, district, figure, month before the colon"
            | "管户、分类、到期、敞口、信号、关注、条线、缺口、评分、等级、区域、指标、月份（冒号前）";
        wants_day: "<7d, <2w, today or a day such as 2026-12-01" | "<7天、<2周、今天，或日期如 2026-12-01";
        wants_amount: ">10m, >500k or yuan" | ">1000万、>1.5亿，或元";
        wants_least: ">400 or a whole number" | ">400，或整数";
        wants_yes: "yes or no" | "是、否";
        wants_month: "a month such as 2026-11" | "月份如 2026-11";
        wants_text: "something behind the colon" | "冒号后须有内容";
    }
}

impl Customers {
    /// How many are marked.
    pub fn marked(&self, n: u32) -> String {
        match self.lang {
            Lang::Zh => format!("已标记 {n}  "),
            Lang::En => format!("{n} marked  "),
        }
    }

    /// A word is not understood; what would be. Short, as it has one line of 80 cells.
    pub fn misread(&self, word: &str, wants: &str) -> String {
        match self.lang {
            Lang::Zh => format!("不能识别“{word}”，筛选未变。可用：{wants}"),
            Lang::En => format!("Not known: {word}. Use {wants}"),
        }
    }

    /// `128 户`.
    pub fn count(&self, n: u32) -> String {
        match self.lang {
            Lang::Zh => format!("{n} 户"),
            Lang::En => counted(n, "customer"),
        }
    }
}
