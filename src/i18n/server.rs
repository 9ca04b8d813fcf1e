//! Texts of `huifang server check`, and of a server that lets nobody in.

use super::Lang;
use crate::fault::start::Refused;

/// Texts about the branch server.
#[derive(Debug)]
pub struct Server {
    lang: Lang,
}

/// A point of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named below in both languages")]
pub enum Check {
    Settings,
    Identity,
    Data,
    Service,
    Program,
    Groups,
    Officers,
    Shell,
    Keys,
    Sshd,
    SshdInForce,
    Sudoers,
    SudoVersion,
    SudoTooOld,
    Keystrokes,
    Tracing,
    Dumps,
    Limits,
    Swap,
    Timer,
}

impl Check {
    /// Every point.
    pub const ALL: [Self; 20] = [
        Self::Settings,
        Self::Identity,
        Self::Data,
        Self::Service,
        Self::Program,
        Self::Groups,
        Self::Officers,
        Self::Shell,
        Self::Keys,
        Self::Sshd,
        Self::SshdInForce,
        Self::Sudoers,
        Self::SudoVersion,
        Self::SudoTooOld,
        Self::Keystrokes,
        Self::Tracing,
        Self::Dumps,
        Self::Limits,
        Self::Swap,
        Self::Timer,
    ];

    /// Name in JSON.
    pub const fn as_code(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Identity => "identity",
            Self::Data => "data",
            Self::Service => "service",
            Self::Program => "program",
            Self::Groups => "groups",
            Self::Officers => "officers",
            Self::Shell => "shell",
            Self::Keys => "keys",
            Self::Sshd => "sshd",
            Self::SshdInForce => "sshd_in_force",
            Self::Sudoers => "sudoers",
            Self::SudoVersion => "sudo_version",
            Self::SudoTooOld => "sudo",
            Self::Keystrokes => "keystrokes",
            Self::Tracing => "tracing",
            Self::Dumps => "dumps",
            Self::Limits => "limits",
            Self::Swap => "swap",
            Self::Timer => "timer",
        }
    }

    /// Name and advice, English and Chinese.
    #[expect(clippy::too_many_lines, reason = "a table")]
    const fn texts(self) -> [(&'static str, &'static str); 2] {
        match self {
            Self::Settings => [
                ("settings are root's alone", "设置文件仅 root 可改"),
                (
                    "chown root:root and chmod 644 /etc/huifang/config.toml and its folder 755",
                    "将 /etc/huifang/config.toml 设为 root 所有、权限 644，目录 755",
                ),
            ],
            Self::Identity => [
                ("how persons are found out", "身份方式"),
                (
                    "set identity = \"sudo\" (or \"forced-command\") in /etc/huifang/config.toml",
                    "在 /etc/huifang/config.toml 中设置 identity = \"sudo\"（或 \"forced-command\"）",
                ),
            ],
            Self::Data => [
                ("data folder is closed", "数据目录仅服务账号可进"),
                (
                    "set db in the settings; install -d -o huifang -g huifang -m 0700 /var/lib/huifang",
                    "在设置中写明 db；install -d -o huifang -g huifang -m 0700 /var/lib/huifang",
                ),
            ],
            Self::Service => [
                ("account of the service", "服务账号"),
                (
                    "the data must belong to an account of its own, not to root",
                    "数据须归独立的服务账号所有，不能归 root",
                ),
            ],
            Self::Program => [
                ("program is root's alone", "程序文件仅 root 可改"),
                (
                    "install -o root -g root -m 0755 into /opt/huifang/bin",
                    "以 install -o root -g root -m 0755 安装到 /opt/huifang/bin",
                ),
            ],
            Self::Groups => [
                ("groups", "用户组"),
                ("groupadd --system this group", "请用 groupadd --system 建立该组"),
            ],
            Self::Officers => [
                ("officers", "客户经理账号"),
                (
                    "add accounts as the guide says: huifang-officer add USER",
                    "按指南添加账号：huifang-officer add 用户名",
                ),
            ],
            Self::Shell => [
                ("login shell of an officer", "客户经理的登录程序"),
                (
                    "usermod -s /opt/huifang/bin/huifang-login USER: a shell would read her own files first",
                    "usermod -s /opt/huifang/bin/huifang-login 用户名：普通 shell 会先执行其个人文件",
                ),
            ],
            Self::Keys => [
                ("keys are root's alone", "公钥文件仅 root 可改"),
                (
                    "install -d -m 0755 /etc/ssh/huifang_keys; each key file root's, mode 644",
                    "install -d -m 0755 /etc/ssh/huifang_keys；各公钥文件归 root，权限 644",
                ),
            ],
            Self::Sshd => [
                ("settings of sshd", "sshd 设置文件"),
                (
                    "copy assets/server/sshd.conf there, `sshd -t`, then reload ssh",
                    "放入 assets/server/sshd.conf，运行 sshd -t 后重新加载 ssh",
                ),
            ],
            Self::SshdInForce => [
                ("what sshd does with an officer", "sshd 对客户经理的实际限制"),
                (
                    "these lines are not in force: see that nothing before them says otherwise",
                    "以上各项未生效：请检查更前面的设置是否与之冲突",
                ),
            ],
            Self::Sudoers => [
                ("rules of sudo", "sudo 规则"),
                (
                    "copy assets/server/sudoers to /etc/sudoers.d/huifang, root's, mode 440; `visudo -c`",
                    "将 assets/server/sudoers 放到 /etc/sudoers.d/huifang，归 root，权限 440；运行 visudo -c",
                ),
            ],
            Self::SudoVersion => [
                ("version of sudo", "sudo 版本"),
                (
                    "1.9.16 or later tells sessions when their line is gone; before, they notice by themselves",
                    "1.9.16 及以上会在断线时通知会话；更早的版本由会话自行察觉",
                ),
            ],
            Self::SudoTooOld => [
                ("sudo can do what is needed", "sudo 满足最低要求"),
                ("install sudo 1.9.10 or later", "请安装 sudo 1.9.10 及以上版本"),
            ],
            Self::Keystrokes => [
                ("keystrokes can't be pushed in", "禁止注入按键"),
                (
                    "dev.tty.legacy_tiocsti = 0 (assets/server/sysctl.conf); use_pty of sudo protects all the same",
                    "设置 dev.tty.legacy_tiocsti = 0（见 assets/server/sysctl.conf）；sudo 的 use_pty 另有防护",
                ),
            ],
            Self::Tracing => [
                ("processes can't look into one another", "进程不能互相跟踪"),
                (
                    "kernel.yama.ptrace_scope = 2 (assets/server/sysctl.conf); the program protects itself all the same",
                    "设置 kernel.yama.ptrace_scope = 2（见 assets/server/sysctl.conf）；程序自身另有防护",
                ),
            ],
            Self::Dumps => [
                ("no core files of privileged programs", "特权程序不产生核心转储"),
                (
                    "fs.suid_dumpable = 0 (assets/server/sysctl.conf)",
                    "设置 fs.suid_dumpable = 0（见 assets/server/sysctl.conf）",
                ),
            ],
            Self::Limits => [
                ("limits of accounts", "账号资源限制"),
                ("copy assets/server/limits.conf there", "放入 assets/server/limits.conf"),
            ],
            Self::Swap => [
                ("swap is encrypted or off", "交换区已加密或关闭"),
                (
                    "encrypt it or turn it off: customers' data may lie in it",
                    "请加密或关闭：其中可能有客户信息",
                ),
            ],
            Self::Timer => [
                ("timer of the jobs", "定时作业"),
                (
                    "systemctl enable --now huifang-jobs.timer; without it jobs run only while somebody works",
                    "systemctl enable --now huifang-jobs.timer；否则只有有人登录时才运行作业",
                ),
            ],
        }
    }
}

impl Server {
    /// The English texts.
    pub const EN: Self = Self { lang: Lang::En };
    /// The Chinese texts.
    pub const ZH: Self = Self { lang: Lang::Zh };

    /// Name of a point.
    pub const fn name(&self, check: Check) -> &'static str {
        let [(en, zh), _] = check.texts();
        self.lang.pick(en, zh)
    }

    /// What to do about it.
    pub const fn advice(&self, check: Check) -> &'static str {
        let [_, (en, zh)] = check.texts();
        self.lang.pick(en, zh)
    }

    /// Why the server lets nobody in: what, where, and what to do.
    pub fn refused(&self, why: &Refused) -> String {
        let (en, zh) = match why {
            Refused::Settings(path) => (
                format!("{} can be changed by others than root; the administrator must take that right away (`huifang server check`).", path.display()),
                format!("{} 可被 root 以外的用户修改；请管理员收回该权限（见 huifang server check）。", path.display()),
            ),
            Refused::NoDatabase => (
                "The settings of this server name no database; the administrator must set db.".to_owned(),
                "本服务器的设置没有写明数据文件；请管理员设置 db。".to_owned(),
            ),
            Refused::NoFolder => (
                "The folder of the database is not there; the administrator must make it (`huifang server check`).".to_owned(),
                "数据目录不存在；请管理员建立（见 huifang server check）。".to_owned(),
            ),
            Refused::Root => (
                "On a server the program does not run as root; use the account of the service.".to_owned(),
                "服务器上不得以 root 运行本程序；请使用服务账号。".to_owned(),
            ),
            Refused::NotTheService(uid) => (
                format!("User id {uid} does not own the data of this server; log in through the login program."),
                format!("用户号 {uid} 不是本服务器数据的所有者；请通过登录程序进入。"),
            ),
            Refused::Words => (
                "On this server the workstation takes no words on the command line; log in without any.".to_owned(),
                "本服务器上打开工作台不接受任何命令行参数；请直接登录。".to_owned(),
            ),
            Refused::NotInGroup { user, group } => (
                format!("{user} is not in the group {group}; the administrator adds her with `usermod -aG {group} {user}`."),
                format!("{user} 不在用户组 {group} 中；请管理员运行 usermod -aG {group} {user}。"),
            ),
            Refused::NotOneTerminal => (
                "The workstation needs one terminal for input and output; log in with `ssh -t`.".to_owned(),
                "工作台的输入和输出须为同一终端；请用 ssh -t 登录。".to_owned(),
            ),
            Refused::Unprotected(what) => (
                format!("The kernel did not protect the session ({what}); tell the administrator."),
                format!("系统未能保护会话（{what}）；请联系管理员。"),
            ),
        };
        self.lang.pick(&en, &zh).to_owned()
    }

    /// Who logged in and is no user of the database.
    pub fn not_let_in(&self, user: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "{user} is not an active user; the administrator adds her with `huifang-officer add {user}`."
            ),
            Lang::Zh => format!("{user} 不是在用用户；请管理员运行 huifang-officer add {user}。"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_point_has_one_code_and_advice_of_its_own() {
        let mut codes: Vec<&str> = Check::ALL.iter().map(|check| check.as_code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), Check::ALL.len());
        let mut advice: Vec<&str> = Check::ALL.iter().map(|c| Server::ZH.advice(*c)).collect();
        advice.sort_unstable();
        advice.dedup();
        assert_eq!(advice.len(), Check::ALL.len());
    }
}
