//! Texts of two visits side by side.

use super::{Lang, catalog};

catalog! {
    /// Texts of two visits side by side.
    Compare {
        title: "Two visits side by side" | "两次回访对比";
        left: "old" | "前";
        right: "new" | "后";
        none: "no visit before" | "此前无回访";
        imported: "imported" | "导入";
        not_comparable: "Imported: no answers" | "导入的回访无答案，不计变动";
        showing_changes: "changes only" | "仅看变动";
        showing_all: "everything" | "全部";
        same: "Nothing differs; d shows everything" | "两次相同，按 d 查看全部";
        nothing_before: "There is no other visit to compare with; d shows everything" | "没有可对比的其他回访，按 d 查看全部";
        tier: "Tier" | "五级分类";
        exposure: "Exposure" | "敞口";
        days_past_due: "Days past due" | "逾期天数";
        conclusion: "Conclusion" | "结论";
        note: "Note" | "说明";
        trend: "All visits" | "历次";
    }
}

impl Compare {
    /// `变动 5 项`.
    pub fn differing(&self, count: usize) -> String {
        match self.lang {
            Lang::Zh => format!("变动 {count} 项"),
            Lang::En => format!("{count} differ"),
        }
    }
}
