//! Help of what superiors order, of tiers and of the days that are no workdays.

/// Path, English, Chinese.
pub(super) const HELP: &[(&str, &str, &str)] = &[
    ("portfolio", "The portfolio in sight: exposure, shares, bad loans", "组合：敞口、占比与不良"),
    (
        "portfolio --by",
        "tier, industry, district, officer, group or single",
        "tier 分类、industry 行业、district 区域、officer 客户经理、group 关联集团、single 单一客户",
    ),
    (
        "tiers",
        "Customers whose proposed tier is not the one in force, or waits for a second person",
        "测算分类与现行不一致或待确认的客户",
    ),
    ("tiers --officer", "Only this officer's", "只列该客户经理的客户"),
    (
        "handover",
        "Start a handover: giver, receiver and witness then sign at their own desks",
        "发起移交：移交人、接收人、监交人各自登录签署后生效",
    ),
    ("handover --from", "Login name of the giver", "移交人用户名"),
    ("handover --to", "Login name of the receiver", "接收人用户名"),
    ("handover --witness", "Login name of the witness", "监交人用户名"),
    ("handover --on", "The day from which it holds, by default today", "生效日期，默认今天"),
    (
        "handover --customer",
        "A customer; may be repeated; without it all of the giver",
        "客户号，可重复；不填为移交人名下全部",
    ),
    ("handover --reason", "Why; it stands in the journal", "理由，记入日志"),
    ("holidays", "Holidays and make-up workdays by year", "各年节假日与调休"),
    (
        "holidays list",
        "The years that are known, and what to do about one that is not announced",
        "列出各年状态，并提示未公布年份如何处理",
    ),
    (
        "holidays show",
        "The table of a year, as a new one is written",
        "显示某一年的节假日表，可作填写样式",
    ),
    ("holidays show --year", "The year", "年份"),
    ("holidays check", "Check a table before it is added", "添加前检查节假日表"),
    ("holidays check --file", "The table", "节假日表文件"),
    ("holidays add", "Add a year that has been announced", "添加已公布年份的节假日表"),
    ("holidays add --file", "The table", "节假日表文件"),
    ("holidays remove", "Take back a year that was added by mistake", "移除误添加的年份"),
    ("holidays remove --year", "The year", "年份"),
    ("holidays remove --reason", "Why; it stands in the journal", "理由，记入日志"),
    ("report handover", "A handover as a document", "移交清单"),
    ("report handover --packet", "The handover's number", "移交编号"),
    ("report handover --out", "The file to write: docx, md or txt", "报告文件：docx、md 或 txt"),
    ("report handover --force", "Also over a file that is there", "文件已存在时覆盖"),
    (
        "report handover --unmask",
        "Do not mask personal data; needs a reason",
        "不掩码个人信息，须说明理由",
    ),
    ("report handover --reason", "Why; it stands in the journal", "理由，记入日志"),
];
