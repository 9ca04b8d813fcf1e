//! What a command is looked for by beside its name, and where that lies which has no screen.

use super::catalog;

catalog! {
    /// Words by which commands are found; those of one command with a blank between.
    Palette {
        portfolio: "concentration exposure limits export" | "集中度 限额 敞口 导出";
        backtest: "alert-quality precision hit-rate false-alarms" | "预警质量 准确率 命中率 误报 漏报";
        flags: "alerts warnings" | "预警 风险预警 报警";
        policies: "rules frequency cycle parameters" | "规则 频次 周期 参数";
        cockpit: "statistics ledger export" | "统计 台账 导出";
        tiers: "classification" | "风险分类 五级";
        deadlines: "covenants conditions" | "限制性条款 落实条件";
        look_for_thresholds: "thresholds limits signal-library rules indicators" | "阈值 限额 信号库 预警规则 规则 指标";
        thresholds: "Signals and their thresholds: huifang signals list; a branch's own in signals.toml" | "信号库与阈值：huifang signals list；本行自定写在 signals.toml";
        look_for_export: "export csv excel spreadsheet" | "导出 表格 报表";
        export: "Files: from the portfolio and the cockpit; tables with huifang export" | "导出：在组合分析、总览内导出；各表用 huifang export";
        look_for_policy: "policy rules frequency" | "制度 规则 频次 周期";
        policy: "Values of the policy in force: huifang policy show" | "现行制度各项数值：huifang policy show";
    }
}
