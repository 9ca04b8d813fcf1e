//! Faults of the command line as one sentence: what, where, and what to do.

mod tables;
mod wrong;

use super::format::counted;
use std::io::ErrorKind;

use super::cli::Cli;
use super::{Catalog, Lang, parser};
use crate::config;
use crate::fault::usage::{Misuse, MisuseKind};
use crate::fault::{Fault, Found, Trouble, Unsealed, identity};

impl Cli {
    /// What, where, and what to do.
    pub fn fault(&self, fault: &Fault) -> String {
        let pick = |en: String, zh: String| match self.lang {
            Lang::En => en,
            Lang::Zh => zh,
        };
        match fault {
            Fault::Usage(misuse) => self.misuse(misuse),
            Fault::Wrong(wrong) => self.wrong(wrong),
            Fault::Config(fault) => self.config(fault),
            Fault::NoDataFolder => pick(
                "No folder for data was found for this user; name a file with --db.".into(),
                "找不到该用户的数据目录，请用 --db 指定文件。".into(),
            ),
            Fault::Keys(what) => pick(
                format!(
                    "The [keys] of the settings can't be used: {what}; correct or remove that line."
                ),
                format!("设置文件 [keys] 有误：{what}；请更正或删除该行。"),
            ),
            Fault::Pack(what) => self.faulty_pack(what),
            Fault::Faulty(fault) => self.faulty_pack(&crate::i18n::pack::fault(self.lang, fault)),
            Fault::NoCustomer(id) => pick(
                format!("There is no customer {id} in your sight; check the number."),
                format!("您的范围内没有客户 {id}；请核对客户号。"),
            ),
            Fault::NoDatabase(path) => pick(
                format!(
                    "There is no database at {}; start `huifang` once to create it, or name one with --db.",
                    path.display()
                ),
                format!(
                    "{} 没有数据文件；先运行一次 huifang 建立，或用 --db 指定。",
                    path.display()
                ),
            ),
            Fault::Store { path, why } => self.store(&path.display().to_string(), why),
            Fault::File { path, why } => self.file(&path.display().to_string(), *why),
            Fault::Talk { path, line, why } => {
                Catalog::of(self.lang).scan.refused(&path.display().to_string(), *line, *why)
            }
            Fault::Exists(_)
            | Fault::Taken(_)
            | Fault::Declined(_)
            | Fault::Source(_)
            | Fault::OwnProposal
            | Fault::NoItem { .. }
            | Fault::TooLarge { .. }
            | Fault::Stopped => self.untouched(fault),
            Fault::Identity(fault) => self.identity(fault),
            Fault::Start(why) => Catalog::of(self.lang).server.refused(why),
            Fault::NotLetIn(user) => Catalog::of(self.lang).server.not_let_in(user),
            Fault::Disabled(user) => pick(
                format!(
                    "{user} is disabled in this database and can do nothing; somebody else who manages people enables her again."
                ),
                format!("{user} 在本库中已停用，不能操作；请由其他有权管理人员的用户恢复。"),
            ),
            Fault::NotAUser(user) => pick(
                format!(
                    "{user} is not an active user of this database; whoever owns it runs `huifang user add {user} --name NAME --role officer`."
                ),
                format!(
                    "{user} 不是本库的在用用户；请由文件所有者运行：huifang user add {user} --name 姓名 --role officer。"
                ),
            ),
            Fault::Refused(why) => self.refused(why),
            Fault::Work(work) => {
                let told = Catalog::of(self.lang).shell.work(*work);
                format!("{told}{}", self.lang.stop())
            }
            Fault::NotADemo(path) => pick(
                format!(
                    "{} is a real portfolio, not a demo; name another file with --db.",
                    path.display()
                ),
                format!("{} 是真实数据，不是演示数据；请用 --db 指定其他文件。", path.display()),
            ),
            Fault::NoTerminal => pick(
                "The workstation needs a terminal; for lists without one see `huifang --help`."
                    .into(),
                "工作台需要在终端中运行；其他用法见 huifang --help。".into(),
            ),
            Fault::Found(found) => self.found(*found),
            Fault::Score(fault) => self.score(fault),
            Fault::Import(fault) => self.import(fault),
            Fault::Export(fault) => self.export(fault),
            Fault::Terminal(what) => (*what).to_owned(),
            Fault::Screen(what) => pick(
                format!(
                    "The workstation had to end ({what}); what was acknowledged is kept, start it again."
                ),
                format!("工作台已退出（{what}）；已确认的内容都已保存，请重新打开。"),
            ),
            Fault::Seal(why) => self.unsealed(why),
            Fault::Anchor(path) => self.anchor(&path.display().to_string()),
            Fault::Output(_) => pick(
                "The output could not be written; check the disk or the program that reads it."
                    .into(),
                "输出写不出去；请检查磁盘或接收输出的程序。".into(),
            ),
        }
    }

    fn anchor(&self, path: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "{path} is not an anchor as it was written, or its signature does not hold; keep it and tell the auditor."
            ),
            Lang::Zh => format!("{path} 与写出时不符，或签名无效；请保留并报告审计。"),
        }
    }

    fn unsealed(&self, why: &Unsealed) -> String {
        let (en, zh) = match why {
            Unsealed::NoProgram => (
                "Sealed copies need the program age: apt install age.".to_owned(),
                "加密备份需要程序 age：请运行 apt install age。".to_owned(),
            ),
            Unsealed::NoRecipient => (
                "The settings don't say for whom to seal; set backup_to to a public key of age."
                    .to_owned(),
                "设置没有写明加密给谁；请将 backup_to 设为 age 公钥。".to_owned(),
            ),
            Unsealed::NoIdentity => (
                "This copy is sealed; name the file with the private key: --identity FILE."
                    .to_owned(),
                "该备份已加密；请用 --identity 指定私钥文件。".to_owned(),
            ),
            Unsealed::Refused(what) => (
                format!("age refused: {what}; check the key and the file."),
                format!("age 拒绝：{what}；请检查密钥和文件。"),
            ),
        };
        self.lang.pick(&en, &zh).to_owned()
    }

    fn faulty_pack(&self, what: &str) -> String {
        match self.lang {
            Lang::En => format!("The pack is faulty: {what}; correct it and try again."),
            Lang::Zh => format!("规则包有误：{what}；请更正后重试。"),
        }
    }

    fn misuse(&self, misuse: &Misuse) -> String {
        let Misuse { kind, what, value, right } = misuse;
        let right = right.join(", ");
        let (en, zh) = match kind {
            MisuseKind::NoSuchCommand => {
                (format!("There is no command {what}"), format!("没有命令 {what}"))
            }
            MisuseKind::NoSuchOption => {
                (format!("There is no option {what} here"), format!("此处没有选项 {what}"))
            }
            MisuseKind::BadValue => {
                (format!("{value} is not a value for {what}"), format!("{what} 不能取值 {value}"))
            }
            MisuseKind::NoValue => (format!("{what} needs a value"), format!("{what} 缺少取值")),
            MisuseKind::Twice => (
                format!("{what} is given twice, leave one out"),
                format!("{what} 写了两次，请只留一个"),
            ),
            MisuseKind::Missing if what.is_empty() => {
                ("A command is missing".to_owned(), "缺少命令".to_owned())
            }
            MisuseKind::Missing => (format!("{what} is missing"), format!("缺少 {what}")),
            MisuseKind::Conflict => (
                format!("{what} can't be used together with the rest"),
                format!("{what} 不能与其他选项同用"),
            ),
            MisuseKind::Other => {
                ("The command was not understood".to_owned(), "命令无法识别".to_owned())
            }
        };
        match (self.lang, right.is_empty()) {
            (Lang::En, true) => format!("{en}; see `huifang --help`."),
            (Lang::En, false) => format!("{en} ({right}); see `huifang --help`."),
            (Lang::Zh, true) => format!("{zh}；见 huifang --help。"),
            (Lang::Zh, false) => format!("{zh}（{right}）；见 huifang --help。"),
        }
    }

    fn config(&self, fault: &config::Fault) -> String {
        let (en, zh) = match fault {
            config::Fault::Unreadable { path, source } => {
                return self.file(&path.display().to_string(), source.kind());
            }
            config::Fault::Wrong { path, line, what } => {
                let path = path.display();
                let told = parser::shape(Lang::Zh, what);
                (
                    format!("Settings {path}, line {line}: {what}; see config.example.toml."),
                    format!("设置文件 {path} 第 {line} 行有误：{told}；参见 config.example.toml。"),
                )
            }
            config::Fault::RelativePath { path, key } => {
                let path = path.display();
                (
                    format!("Settings {path}: {key} must be an absolute path, beginning with /."),
                    format!("设置文件 {path}：{key} 须为绝对路径，以 / 开头。"),
                )
            }
        };
        self.lang.pick(&en, &zh).to_owned()
    }

    fn file(&self, path: &str, why: ErrorKind) -> String {
        let (en, zh) = match why {
            ErrorKind::NotFound => ("is not there; check the name", "不存在；请检查名称"),
            ErrorKind::PermissionDenied => {
                ("may not be opened by you; check its rights", "无权打开；请检查权限")
            }
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                ("can't be written, the disk is full; make room", "写不进去，磁盘已满；请腾出空间")
            }
            ErrorKind::IsADirectory => ("is a folder; name a file", "是目录；请指定文件"),
            ErrorKind::InvalidData => (
                "is no text in UTF-8, or not of the right kind; choose another file",
                "不是 UTF-8 文本或所需的文件类型；请换一个文件",
            ),
            _ => ("could not be read or written; try another place", "读写失败；请换一个位置"),
        };
        match self.lang {
            Lang::En => format!("{path} {en}."),
            Lang::Zh => format!("{path} {zh}。"),
        }
    }

    fn store(&self, path: &str, why: &Trouble) -> String {
        let (en, zh) = match why {
            Trouble::NotFound => (
                "is not there; name another with --db".to_owned(),
                "不存在；请用 --db 指定".to_owned(),
            ),
            Trouble::Foreign => (
                "belongs to another program and was not touched; name another file with --db"
                    .to_owned(),
                "属于其他程序，未作改动；请用 --db 指定其他文件".to_owned(),
            ),
            Trouble::NotADatabase => (
                "is not a database of huifang and was not touched; name another file with --db"
                    .to_owned(),
                "不是回访的数据文件，未作改动；请用 --db 指定其他文件".to_owned(),
            ),
            Trouble::UnsafePath(code) => {
                let (en, zh) = place_fault(code);
                (
                    format!(
                        "can't hold a database safely ({en}); choose a folder of your own on a local disk"
                    ),
                    format!("不适合存放数据（{zh}）；请选择本机磁盘上自己的目录"),
                )
            }
            Trouble::NewerSchema => (
                "was made by a newer program; install that version".to_owned(),
                "由更新版本的程序建立；请安装该版本".to_owned(),
            ),
            Trouble::OlderSchema => (
                "is of an older version; open it once with write access".to_owned(),
                "版本较旧；请先以可写方式打开一次".to_owned(),
            ),
            Trouble::Busy => (
                "is in use by another process that holds it for long; try again".to_owned(),
                "被其他进程长时间占用；请稍后再试".to_owned(),
            ),
            Trouble::DiskFull => (
                "could not be written, the disk is full; make room".to_owned(),
                "写不进去，磁盘已满；请腾出空间".to_owned(),
            ),
            Trouble::ReadOnly => (
                "may not be written by you; check the rights of file and folder".to_owned(),
                "不可写；请检查文件和目录权限".to_owned(),
            ),
            Trouble::Moved => (
                "was put aside while it was in use; nothing was written, try again".to_owned(),
                "在使用中被移开，没有写入；请再试一次".to_owned(),
            ),
            Trouble::Damaged(code) => (
                format!(
                    "is damaged ({code}) and was left as it is; restore the last backup with `huifang restore`"
                ),
                format!("已损坏（{code}），未作改动；请用 huifang restore 恢复最近的备份"),
            ),
            Trouble::Journal(seq) => (
                format!(
                    "has a journal that is broken at row {seq}; keep the file and tell the auditor"
                ),
                format!("的日志自第 {seq} 行起被破坏；请保留文件并报告审计"),
            ),
            Trouble::Other(other) => (
                format!("can't be used ({other}); run `huifang doctor`"),
                format!("无法使用（{other}）；请运行 huifang doctor"),
            ),
        };
        match self.lang {
            Lang::En => format!("{path} {en}."),
            Lang::Zh => format!("{path} {zh}。"),
        }
    }

    fn identity(&self, fault: &identity::Fault) -> String {
        let (en, zh) = match fault {
            identity::Fault::NoSudoUid => ("This server takes the person from sudo, and sudo named none; log in through the login program.".to_owned(), "本服务器从 sudo 取得身份，但没有取到；请通过登录程序进入。".to_owned()),
            identity::Fault::LoginUidDiffers => ("sudo and the kernel name different persons; log in again.".to_owned(), "sudo 与内核记录的登录人不一致；请重新登录。".to_owned()),
            identity::Fault::Unknown(uid) => (format!("User id {uid} has no name on this machine; ask the administrator."), format!("用户号 {uid} 在本机没有对应的用户名；请联系管理员。")),
            identity::Fault::AsRefused(mode) => (format!("--as is not accepted here (identity = \"{mode}\"); leave it out."), format!("此处不接受 --as（identity = \"{mode}\"）；请去掉。")),
            identity::Fault::NotOwner => ("--as is for the owner of the database file; leave it out.".to_owned(), "--as 仅限数据文件的所有者；请去掉。".to_owned()),
            identity::Fault::AsMissing => ("The forced command names nobody; the administrator must add --as USER to it.".to_owned(), "强制命令没有指定用户；请管理员加上 --as 用户名。".to_owned()),
        };
        self.lang.pick(&en, &zh).to_owned()
    }

    fn found(&self, found: Found) -> String {
        let (en, zh) = match found {
            Found::FaultyRows => ("Rows are faulty, see above; correct them, or import the others with --accept-valid.".to_owned(), "有误的行见上；请更正，或用 --accept-valid 导入其余的行。".to_owned()),
            Found::Illness(n) => (format!("{} failed; see above.", counted(n, "check")), format!("{n} 项检查未通过，见上。")),
            Found::Server(n) => (format!("{} of the set-up not in order; see above.", counted(n, "point")), format!("{n} 项设置不符合要求，见上。")),
            Found::Journal => ("The journal does not verify; keep the file and tell the auditor.".to_owned(), "日志校验不通过；请保留文件并报告审计。".to_owned()),
            Found::Policy(n) => (format!("{} in the policy; to be corrected before use.", counted(n, "fault")), format!("制度有 {n} 处问题；请更正后使用。")),
            Found::Reused => ("Nothing was registered; take a new photo or use the right file.".to_owned(), "未登记；请重新拍摄或改用正确的文件。".to_owned()),
            Found::Questionnaire(n) => (format!("Nothing was taken in; {} above to be corrected.", counted(n, "answer")), format!("未导入；请更正以上 {n} 处。")),
            Found::NoQuestionnaire => ("This is no questionnaire of ours: its first lines are missing; export it again.".to_owned(), "不是本程序的问卷：缺少开头几行；请重新导出。".to_owned()),
            Found::Jobs(n) => (format!("{n} jobs failed; see above, then `huifang doctor`."), format!("{n} 项作业失败，见上；再运行 huifang doctor。")),
        };
        self.lang.pick(&en, &zh).to_owned()
    }
}

/// Why a database can't be kept at a place, in both languages.
fn place_fault(code: &'static str) -> (&'static str, &'static str) {
    match code {
        "symlink" => ("a link", "是链接"),
        "directory" => ("a folder", "是目录"),
        "not_a_file" => ("no plain file", "不是普通文件"),
        "hard_link" => ("it has a second name", "另有硬链接"),
        "owner" => ("it belongs to somebody else", "属于其他用户"),
        "network" => ("on a network disk", "在网络磁盘上"),
        "no_name" => ("no name of a file", "不是文件名"),
        other => (other, other),
    }
}
