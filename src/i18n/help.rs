//! Help of the command line, one line per command and argument: path, English, Chinese.

mod orders;
mod risk;
mod score;
mod upkeep;

use super::Lang;

/// The help of a command (`plan month`) or of an argument (`plan --gaps`, by its id).
pub fn help(lang: Lang, path: &str) -> Option<&'static str> {
    let (_, en, zh) = all().find(|(p, _, _)| *p == path)?;
    Some(lang.pick(en, zh))
}

/// The help of all commands.
pub fn all() -> impl Iterator<Item = &'static (&'static str, &'static str, &'static str)> {
    HELP.iter().chain(orders::HELP).chain(risk::HELP).chain(score::HELP).chain(upkeep::HELP)
}

/// Headings and the usage line.
pub const fn heading(lang: Lang, what: Heading) -> &'static str {
    match (what, lang) {
        (Heading::Usage, Lang::En) => "Usage",
        (Heading::Usage, Lang::Zh) => "用法",
        (Heading::Commands, Lang::En) => "Commands",
        (Heading::Commands, Lang::Zh) => "命令",
        (Heading::Options, Lang::En) => "Options",
        (Heading::Options, Lang::Zh) => "选项",
        (Heading::Arguments, Lang::En) => "Arguments",
        (Heading::Arguments, Lang::Zh) => "参数",
    }
}

/// Parts of a help page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heading {
    /// Before the usage line.
    Usage,
    /// Before the commands.
    Commands,
    /// Before the options.
    Options,
    /// Before what has no dashes.
    Arguments,
}

/// Most of it; a test compares it with the commands that there are.
const HELP: &[(&str, &str, &str)] = &[
    (
        "",
        "The post-loan visit workstation. Without a command it opens the workstation.",
        "贷后回访工作台。不带命令时打开工作台。",
    ),
    ("--db", "The database file", "数据文件"),
    (
        "--config",
        "The settings file (see config.example.toml)",
        "设置文件（参见 config.example.toml）",
    ),
    ("--lang", "Language of screen and messages: zh-CN or en", "界面与提示的语言：zh-CN 或 en"),
    (
        "--as_of",
        "The day for which to compute, instead of today; for reads and `jobs run`, and on a demo",
        "按哪一天计算，默认今天；仅用于查询、jobs run 和演示数据",
    ),
    (
        "--format",
        "table, json, csv or ics, where the command has it",
        "输出格式：table、json、csv 或 ics（视命令而定）",
    ),
    (
        "--as",
        "Act as this user: on your own file or a demo, or in a forced command",
        "以该用户身份操作：仅限本人文件、演示数据或强制命令",
    ),
    ("--quiet", "Say nothing that was not asked for", "只输出结果"),
    ("--verbose", "Log more", "记录更详细的日志"),
    ("--help", "Show help", "显示帮助"),
    ("--version", "Show the version", "显示版本"),
    ("demo", "Open the workstation on an invented portfolio", "用虚构的演示数据打开工作台"),
    (
        "demo --customers",
        "How many customers, 1 to 999999 (200 if not given)",
        "客户数，1 至 999999，默认 200",
    ),
    (
        "demo --seed",
        "Another seed, another portfolio (1 if not given)",
        "随机种子，不同种子生成不同数据，默认 1",
    ),
    (
        "demo --role",
        "Whose desk: officer, supervisor, risk, compliance, auditor or admin",
        "以谁的身份打开：officer 客户经理、supervisor 主管、risk 风险经理、compliance 法律合规、auditor 审计、admin 系统管理员",
    ),
    ("demo --no_open", "Only make the file", "只生成文件，不打开"),
    (
        "import",
        "Take a portfolio in: a workbook, a CSV file, or a folder of CSV files",
        "导入：一个工作簿、一个 CSV 文件或一个 CSV 目录",
    ),
    ("import --source", "The workbook, CSV file or folder", "工作簿、CSV 文件或目录"),
    ("import --kind", "Which table a single CSV file holds", "单个 CSV 文件对应的表"),
    ("import --dry_run", "Check everything and change nothing", "只检查，不写入"),
    (
        "import --rejects",
        "Write faulty rows with their reasons to this file",
        "把有误的行及原因写入此文件",
    ),
    (
        "import --accept_valid",
        "Import the good rows although others are faulty",
        "有误的行除外，其余照常导入",
    ),
    (
        "import --ignore_unknown",
        "Leave unknown columns out instead of refusing them",
        "忽略未知的列",
    ),
    (
        "import --encoding",
        "Character set of CSV files, if it is not found out rightly",
        "CSV 字符集，自动识别有误时指定",
    ),
    ("import --unit", "Amounts are in 万元", "金额单位为万元"),
    ("import --create_users", "Create unknown users, disabled", "自动建立未知用户（停用状态）"),
    ("import --complete", "The file holds every running loan", "该文件包含全部在贷借据"),
    (
        "import --settle_missing",
        "Set running loans that it does not hold to settled",
        "把文件中没有的在贷借据置为结清",
    ),
    ("import --as_of_file", "The day of which the file tells", "文件数据的日期"),
    ("template", "Write an empty workbook to fill in", "生成空白填报工作簿"),
    ("import --force", "Also over a file that is there", "文件已存在时覆盖"),
    ("template --force", "Also over a file that is there", "文件已存在时覆盖"),
    ("export --force", "Also over a file that is there", "文件已存在时覆盖"),
    ("template --out", "The workbook to write", "要生成的工作簿"),
    (
        "export",
        "Write a table, the calendar, the journal, or everything to a file",
        "导出一张表、日历、日志或全部",
    ),
    ("export --what", "A table, or calendar, journal, all", "表名，或 calendar、journal、all"),
    (
        "export --out",
        "The file to write: xlsx, csv, json, ics or jsonl",
        "导出文件：xlsx、csv、json、ics 或 jsonl",
    ),
    ("export --officer", "Only this officer's customers", "只导出该客户经理的客户"),
    (
        "export --unmask",
        "Do not mask personal fields; needs a reason",
        "不掩码个人信息，须说明理由",
    ),
    ("export --reason", "Why; it stands in the journal", "理由，记入日志"),
    ("export --private", "Leave names out of the calendar", "日历中不写客户名称"),
    ("plan", "Who must be visited until when", "回访计划：谁、何时到期"),
    ("plan --from", "First day of the list; the as-of day if not given", "起始日，默认计算日"),
    ("plan --to", "Last day of the list; 90 days later if not given", "截止日，默认起始日后 90 天"),
    ("plan --officer", "Only this officer's customers", "只看该客户经理"),
    ("plan --private", "Leave names out of a calendar file", "日历文件不含名称"),
    ("plan --gaps", "What is missing for the plan", "列出计划缺口"),
    (
        "plan --explain",
        "Every duty of one customer with rule, inputs and source",
        "逐项说明某客户的检查义务：规则、依据、来源",
    ),
    ("plan month", "Propose a day for each visit of a month", "为当月每项回访建议日期"),
    ("plan month --month", "The month, YYYY-MM", "月份，YYYY-MM"),
    ("plan month --officer", "Only this officer's customers", "只看该客户经理"),
    ("customers", "List customers", "客户清单"),
    ("customers --officer", "Only this officer's", "只看该客户经理"),
    (
        "customers --query",
        "Name, pinyin, number, contract or phone",
        "名称、拼音、客户号、合同号或电话",
    ),
    ("visits", "List due visits: overdue first", "应访清单，逾期在前"),
    ("visits --officer", "Only this officer's", "只看该客户经理"),
    (
        "visits --query",
        "Only customers whose name or number has this text",
        "只看名称或客户号含此文字的客户",
    ),
    ("actions", "Measures of live flags, most overdue first", "处置措施清单，逾期最久在前"),
    ("actions --officer", "Only those that this person owns", "只看该责任人"),
    (
        "actions --query",
        "Only those whose customer or measure has this text",
        "只看客户或措施含此文字的",
    ),
    ("callbacks", "The call-back sample of a month, with results", "某月抽样电话回访清单及结果"),
    ("callbacks --month", "The month, YYYY-MM; this one if left out", "月份，YYYY-MM；缺省为本月"),
    (
        "digest",
        "What waits for each person, as text for the bank's own mailer",
        "每个人的待办提醒，供本行邮件程序发送",
    ),
    ("digest --user", "Only this person's", "只看此人"),
    (
        "digest --names",
        "With the names of customers; mail leaves the server",
        "包含客户名称；邮件会离开服务器，请慎用",
    ),
    (
        "attach",
        "Register a document or a photo with an open record",
        "为未提交的检查表登记资料或照片",
    ),
    ("attach --visit", "Number of the visit", "回访编号"),
    ("attach --item", "Code of the question, e.g. photo_premises", "检查项代码，如 photo_premises"),
    (
        "attach --file",
        "The file; - for standard input; on a server a name in your drop folder",
        "文件；- 表示标准输入；服务器上为投放文件夹中的文件名",
    ),
    ("attach --name", "What the file is to be called", "登记所用的文件名"),
    (
        "attach --category",
        "What a photo proves, instead of what is asked",
        "照片类别，默认按检查项",
    ),
    (
        "proof",
        "Register a document or a photo as proof of a live risk flag",
        "为在办风险信号登记证明文件",
    ),
    ("proof --flag", "Number of the flag", "信号编号"),
    (
        "proof --file",
        "The file; - for standard input; on a server a name in your drop folder",
        "文件；- 表示标准输入；服务器上为投放文件夹中的文件名",
    ),
    ("proof --name", "What the file is to be called", "登记所用的文件名"),
    ("questionnaire", "A form that a customer fills in herself", "由客户自行填写的问卷"),
    (
        "questionnaire export",
        "Write the questions of an open record that its customer can answer",
        "写出检查表中可由客户填写的问题",
    ),
    ("questionnaire export --visit", "Number of the visit", "回访编号"),
    ("questionnaire export --out", "The file to write; .txt or .xlsx", "输出文件，.txt 或 .xlsx"),
    (
        "questionnaire import",
        "Take a form in that was filled in: as the customer's own words, whole or not at all",
        "导入已填写的问卷：记为客户自述，全部导入或全部不导入",
    ),
    ("questionnaire import --file", "The form that was filled in", "已填写的问卷文件"),
    (
        "report",
        "Make a report: about a visit, or renewal, diligence, brief, pack",
        "生成报告：某次回访，或 renewal、diligence、brief、pack",
    ),
    ("report --visit", "The visit", "回访编号"),
    ("report renewal", "Renewal summary of a customer", "续贷摘要"),
    ("report renewal --customer", "The customer", "客户号"),
    (
        "report diligence",
        "Due-diligence record of a customer: duties, delays, warnings, proof",
        "尽职免责材料：义务、延期、提醒、证明",
    ),
    ("report diligence --customer", "The customer", "客户号"),
    ("report brief", "What to know before a visit", "访前提要"),
    ("report brief --customer", "The customer", "客户号"),
    (
        "report pack",
        "The checklist on paper, for a customer or a visit begun",
        "纸质现场检查表：按客户或已开始的回访",
    ),
    ("report pack --of", "The customer or visit", "客户号或回访编号"),
    ("report --out", "The file to write: docx, md or txt", "报告文件：docx、md 或 txt"),
    ("report --force", "Also over a file that is there", "文件已存在时覆盖"),
    ("report --unmask", "Do not mask personal data; needs a reason", "不掩码个人信息，须说明理由"),
    ("report --reason", "Why; it stands in the journal", "理由，记入日志"),
    ("report renewal --out", "The file to write: docx, md or txt", "报告文件：docx、md 或 txt"),
    ("report renewal --force", "Also over a file that is there", "文件已存在时覆盖"),
    (
        "report renewal --unmask",
        "Do not mask personal data; needs a reason",
        "不掩码个人信息，须说明理由",
    ),
    ("report renewal --reason", "Why; it stands in the journal", "理由，记入日志"),
    ("report diligence --out", "The file to write: docx, md or txt", "报告文件：docx、md 或 txt"),
    ("report diligence --force", "Also over a file that is there", "文件已存在时覆盖"),
    (
        "report diligence --unmask",
        "Do not mask personal data; needs a reason",
        "不掩码个人信息，须说明理由",
    ),
    ("report diligence --reason", "Why; it stands in the journal", "理由，记入日志"),
    ("report brief --out", "The file to write: docx, md or txt", "报告文件：docx、md 或 txt"),
    ("report brief --force", "Also over a file that is there", "文件已存在时覆盖"),
    (
        "report brief --unmask",
        "Do not mask personal data; needs a reason",
        "不掩码个人信息，须说明理由",
    ),
    ("report brief --reason", "Why; it stands in the journal", "理由，记入日志"),
    ("report pack --out", "The file to write: docx, md or txt", "报告文件：docx、md 或 txt"),
    ("report pack --force", "Also over a file that is there", "文件已存在时覆盖"),
    (
        "report pack --unmask",
        "Do not mask personal data; needs a reason",
        "不掩码个人信息，须说明理由",
    ),
    ("report pack --reason", "Why; it stands in the journal", "理由，记入日志"),
    ("completions", "Completions for a shell", "生成命令补全脚本"),
    (
        "completions --shell",
        "bash, elvish, fish, powershell or zsh",
        "bash、elvish、fish、powershell 或 zsh",
    ),
    ("man", "The manual page", "生成手册页"),
];
