//! Help of flags, signals and events.

/// Path, English, Chinese.
pub(super) const HELP: &[(&str, &str, &str)] = &[
    ("flags", "List live risk flags", "未结风险信号清单"),
    (
        "flags --watch",
        "The watch list instead: customers with confirmed flags, worst first",
        "改为关注名单：有已确认信号的客户，最重在前",
    ),
    ("flags --officer", "Only those that this person owns", "只看该责任人"),
    (
        "flags --query",
        "Only those whose customer or signal has this text",
        "只看客户或信号含此文字的",
    ),
    ("signals", "The library of signals, its rules, and looks for them", "信号库、规则与查找"),
    (
        "signals list",
        "The signals with what each is found by; those of the branch's own signals.toml beside the database count",
        "列出信号及其依据，含数据库旁 signals.toml 的本行设置",
    ),
    (
        "signals check",
        "Whether a file of the branch's own is sound; the first fault with line and reason",
        "检查本行设置文件，指出第一处错误的行号与原因",
    ),
    ("signals check --file", "The file", "文件"),
    (
        "signals run",
        "Look for signals now; what is new is proposed as flags and printed with what was seen",
        "立即查找信号；新发现的列为待确认信号，并列出依据",
    ),
    ("signals run --customer", "Only at this customer", "只查该客户"),
    (
        "events",
        "The register of events outside: prices, policies, disasters",
        "外部事件登记：价格、政策、灾害",
    ),
    ("events list --force", "Also over a file that is there", "文件已存在时覆盖"),
    ("events looks --force", "Also over a file that is there", "文件已存在时覆盖"),
    ("events list", "List events with how far their look-ats have come", "列出事件及核查进度"),
    (
        "events list --out",
        "A CSV or JSON file instead of the screen; journalled",
        "写入 CSV 或 JSON 文件，并记入日志",
    ),
    (
        "events looks",
        "List the customers that are looked at because of events, and what came of it",
        "列出因事件须核查的客户及核查情况",
    ),
    ("events looks --event", "Only those of this event", "只列该事件的"),
    (
        "events looks --out",
        "A CSV or JSON file instead of the screen; journalled",
        "写入 CSV 或 JSON 文件，并记入日志",
    ),
    (
        "events add",
        "Enter an event; every customer whom it concerns gets a look-at for her officer",
        "登记事件；涉及的客户各生成一条核查待办，交管户经理办理",
    ),
    ("events add --title", "What happened", "事件名称"),
    (
        "events add --kind",
        "price, policy, disaster or other",
        "类别：price、policy、disaster 或 other",
    ),
    ("events add --change", "By how many percent a price has changed", "价格变动幅度（%）"),
    ("events add --on", "The day of the event, by default today", "发生日期，默认今天"),
    ("events add --due", "Until when customers are looked at", "核查期限"),
    ("events add --points", "What to look at", "核查要点"),
    ("events add --industry", "A word of the industry; may be repeated", "行业用词，可重复"),
    ("events add --district", "A district; may be repeated", "区域，可重复"),
    ("events add --driver", "A driver; may be repeated", "驱动因素，可重复"),
    (
        "events add --dry_run",
        "Only tell whom it would have looked at, and whose work that is",
        "只测算涉及哪些客户和管户经理，不登记",
    ),
    (
        "events drivers",
        "List the drivers with the industries that hang on them",
        "列出驱动因素及对应行业",
    ),
];
