//! Help of keeping house: jobs, people, the journal, copies, the server.

/// Path, English, Chinese.
pub(super) const HELP: &[(&str, &str, &str)] = &[
    ("jobs", "The scheduler's jobs", "定时作业"),
    ("jobs list", "What runs when, and how it went", "作业及其上次结果"),
    (
        "jobs run",
        "Run what is due, once, now; for a system timer",
        "立即运行到期作业一次，供系统定时器调用",
    ),
    (
        "jobs run --confirm_clock",
        "The clock is right, though more than a week after the last entry",
        "确认系统时间无误（比最近记录晚一周以上时）",
    ),
    ("jobs enable", "Give a job that was parked another chance", "恢复被暂停的作业"),
    ("jobs enable --name", "Name, as `jobs list` shows it", "作业名，见 jobs list"),
    ("user", "People", "用户"),
    ("user add", "Add a person, or change her role and branch", "新增用户，或修改其角色与机构"),
    ("user add --user", "Login name", "用户名"),
    ("user add --name", "Name for people; the login name if not given", "姓名，默认同用户名"),
    (
        "user add --role",
        "officer, supervisor, risk, compliance, auditor or admin",
        "角色：officer、supervisor、risk、compliance、auditor 或 admin",
    ),
    ("user add --branch", "Branch (\"Head office\" if not given)", "机构，默认“本部”"),
    ("user list", "Everybody with role and branch", "用户清单"),
    ("user disable", "Take a person's access away; her records stay", "停用用户，其记录保留"),
    ("user disable --user", "Login name", "用户名"),
    ("journal", "The hash-chained journal", "哈希链日志"),
    ("journal verify", "Check every row of the chain", "逐行校验"),
    (
        "journal verify --anchors",
        "Also against kept outputs of `journal head`: a file, or a folder of them",
        "同时与留存的 journal head 输出核对：一个文件或一个目录",
    ),
    (
        "journal verify --signers",
        "Also the signatures of the anchors, by this list of allowed signers (ssh-keygen)",
        "同时按此签名人名单（ssh-keygen 格式）核对留存值的签名",
    ),
    (
        "journal anchor",
        "Write the head into a file to keep elsewhere, and note that in the journal",
        "将日志末行写成留存文件并记入日志，供另处保存",
    ),
    (
        "journal anchor --out",
        "The folder; `anchors` beside the database if not given",
        "目录，默认为数据文件旁的 anchors",
    ),
    (
        "journal anchor --key",
        "Sign it with this key (ssh-keygen -Y sign)",
        "用此密钥签名（ssh-keygen -Y sign）",
    ),
    (
        "journal head",
        "The last row's number and hash, to keep elsewhere",
        "最新一行的序号与哈希，供另处留存",
    ),
    ("journal show", "The last rows", "显示最近的日志"),
    (
        "journal show --subject",
        "Only rows about this customer, visit, flag or user",
        "只看该客户、回访、信号或用户",
    ),
    ("journal show --last", "How many rows (50 if not given)", "行数，默认 50"),
    ("backup", "Write a checked copy of the database", "备份并校验"),
    ("backup --file", "The file to write; it must not exist", "备份文件，须尚不存在"),
    (
        "restore",
        "Put a backup in place; the present file is kept beside it",
        "恢复备份，原文件保留在旁",
    ),
    ("restore --file", "The backup", "备份文件"),
    (
        "restore --yes",
        "Do not ask before the present file is moved aside",
        "不再询问，直接移开现有文件",
    ),
    (
        "restore --drill",
        "Only try: look the copy through, touch nothing",
        "仅演练：检查备份能否恢复，不作改动",
    ),
    ("restore --anchors", "Anchors to compare the copy with", "用于核对的留存值"),
    (
        "restore --identity",
        "The private key of a sealed copy (FILE.age)",
        "加密备份（文件.age）的私钥文件",
    ),
    ("doctor", "Check file, schema, journal, jobs and plan", "体检：文件、结构、日志、作业、计划"),
    ("server", "A branch server", "网点服务器"),
    (
        "server check",
        "Look at the set-up of a branch server and say what to do; changes nothing",
        "检查网点服务器的设置并给出办法，不作改动",
    ),
];
