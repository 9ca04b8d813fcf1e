//! Header, status line, screens, and what is said when something was refused.

use super::format::counted;
use super::report::Report;
use super::{Lang, catalog, refusal};
use crate::domain::user::{Role, Work};
use crate::protocol::command::Command;
use crate::protocol::page::{HomePage, MANY_UNREAD};
use crate::protocol::reply::Refusal;

catalog! {
    /// Header, status line, screens, refusals.
    Shell {
        brand: "Huifang" | "回访";
        screen_today: "Today" | "今日";
        screen_customers: "Customers" | "客户";
        screen_checklist: "Visit" | "检查";
        screen_flags: "Risk" | "风险";
        screen_review: "Review" | "复核";
        screen_prepare: "Prepare" | "准备";
        screen_month: "Month" | "排期";
        screen_cockpit: "Cockpit" | "总览";
        pane_board: "Month plan" | "月度排期";
        pane_day: "Day" | "当日安排";
        pane_cockpit: "Cockpit" | "总览";
        pane_brief: "Brief" | "访前准备";
        pane_lookups: "Look-ups" | "访前查询";
        pane_script: "What to say" | "话术";
        pane_calendar: "Calendar" | "日历";
        pane_agenda: "Agenda" | "日程";
        pane_dossier: "Dossier" | "档案";
        pane_flags: "Risk flags" | "风险信号";
        pane_customers: "Customers" | "客户";
        pane_checklist: "Checklist" | "检查表";
        pane_queue: "To review" | "待复核";
        pane_record: "Record" | "回访记录";
        demo: "DEMO" | "演示数据";
        read_only: "READ ONLY" | "只读";
        loading: "Loading" | "读取中";
        nothing: "Nothing here" | "没有内容";
        no_customer: "Select a customer" | "请先选择客户";
        no_record: "No record is open. Start one with Enter in the agenda."
            | "没有打开的记录。在日程中按 Enter 开始回访。";
        too_small: "The window is too small (60 x 16 needed)" | "窗口太小（至少 60 x 16）";
        too_small_keys: "q leave   ? help" | "q 退出   ? 帮助";
        burst: "Many keys at once were ignored (a paste?)" | "已忽略一串连续按键（是否粘贴？）";
        paste_ignored: "Pasting works in text fields only" | "只能在输入框内粘贴";
        ime_hint: "Search opened with what you typed" | "已用输入的汉字开始查找";
        quit_again: "Press Ctrl-C once more to leave" | "再按一次 Ctrl-C 退出";
        quit_title: "Leave the program?" | "退出程序？";
        quit_body: "Everything you typed is kept." | "已输入的内容都会保留。";
        report_lies: "The report lies here" | "报告存放位置";
        table_lies: "The table lies here" | "表格存放位置";
        calendar_lies: "The calendar lies here" | "日历存放位置";
        copied: "Copied" | "已复制";
        copy_empty: "Nothing to copy here" | "这里没有可复制的内容";
        undone: "Taken back" | "已撤销";
        flag_raised: "Flag raised" | "已登记风险信号";
        done: "Done" | "完成";
        submitted: "Handed in. No further visit is planned for this customer: exempt, or only visited when drawn in a sample"
            | "已提交。该客户暂无下次应访：免做，或仅在抽中时回访";
        refreshed: "Shown as it is on disk now" | "已是最新";
        clock_back: "The clock stands before the last entry; date jobs pause"
            | "系统时间早于最近记录，日期任务暂停";
        clock_ahead: "More than a week has passed since the last entry: the plan is rolled after `huifang jobs run --confirm-clock`"
            | "距上次记录已超过一周：请执行 huifang jobs run --confirm-clock 后再更新计划";
        provisional: "Holidays not yet announced for" | "节假日安排尚未公布：";
        stale_plan: "The plan is being rolled to today" | "计划正在更新到今日";
        resume: "Draft to continue: " | "可继续的草稿：";
        covered: "The screen is covered. Any key goes on." | "屏幕已遮住，按任意键继续";
        down: "The store stopped; leaving" | "数据服务已停止，即将退出";
        term_dumb: "This terminal can't show a screen (TERM=dumb). Use a UTF-8 terminal or the commands: huifang --help"
            | "此终端无法显示界面（TERM=dumb）。请使用 UTF-8 终端，或命令行：huifang --help";
        work_visits: "Visits are planned, made and written by officers and supervisors" | "回访的安排、实施与记录由客户经理和主管办理";
        work_flags: "Flags, to-dos, deadlines and tiers are worked on by officers, supervisors and risk managers" | "信号、待办、期限和分类由客户经理、主管和风险经理办理";
        work_decisions: "A supervisor decides this" | "由主管决定";
        work_opinions: "Supervisors, risk managers and compliance decide on records" | "记录由主管、风险经理和合规人员审核";
        work_events: "Events are entered by supervisors and risk managers" | "外部事件由主管和风险经理登记";
    }
}

impl Shell {
    /// Leaving loses answers that the machine could not write.
    pub fn quit_loses(&self, answers: usize) -> String {
        match self.lang {
            Lang::En => format!(
                "{} could not be written to the disk and will be lost. Make room first: then it is saved by itself.",
                counted(answers, "answer")
            ),
            Lang::Zh => format!(
                "{answers} 项答案未能写入磁盘，现在离开将会丢失；腾出磁盘空间后会自动保存。"
            ),
        }
    }

    /// `逾期 3`, `本周 12`, `待复核 2` … for the status line; nothing for zero. And how many
    /// of them come no later than the messages.
    pub fn counters(&self, home: &HomePage) -> (Vec<String>, usize) {
        let name =
            |en: &str, zh: &str, n: u32| (n > 0).then(|| format!("{} {n}", self.lang.pick(en, zh)));
        let many = home.unread >= MANY_UNREAD;
        let messages = if many {
            Some(format!("{} {}+", self.lang.pick("messages", "消息"), MANY_UNREAD - 1))
        } else {
            name("messages", "消息", home.unread)
        };
        let first = [
            name("overdue", "逾期", home.overdue),
            name("returned", "退回", home.returned),
            name("to review", "待复核", home.to_review),
            name("to sign", "移交待签", home.to_sign),
            messages,
        ];
        let mut parts: Vec<String> = first.into_iter().flatten().collect();
        let to_messages = parts.len();
        let others = [
            name("deadlines late", "期限逾期", home.deadlines_late),
            name("this week", "本周", home.due_week),
            name("to-dos late", "待办逾期", home.todos_overdue),
        ];
        parts.extend(others.into_iter().flatten());
        (parts, to_messages)
    }

    /// What was taken back, and whose, where that is known.
    pub fn taken_back(&self, what: &str, whose: &str) -> String {
        let what = if whose.is_empty() { what.to_owned() } else { format!("{what} {whose}") };
        match self.lang {
            Lang::En => format!("{}: {what}", self.undone),
            Lang::Zh => format!("{}：{what}", self.undone),
        }
    }

    /// Asked before something weighty is taken back.
    pub fn undo_again(&self, what: &str, whose: &str) -> String {
        let what = if whose.is_empty() { what.to_owned() } else { format!("{what} {whose}") };
        match self.lang {
            Lang::En => format!("Press u again to take back: {what}"),
            Lang::Zh => format!("再按一次 u 撤销：{what}"),
        }
    }

    /// Why every list is empty although the file has customers, and what helps.
    pub fn unseen(&self, role: Role, branch: &str) -> String {
        match (self.lang, role, branch.is_empty()) {
            (Lang::En, Role::Officer, _) => "No customer belongs to you. Customers are assigned by the officer column of the import.".to_owned(),
            (Lang::Zh, Role::Officer, _) => "没有分配给您的客户。客户由导入表中的「客户经理」一栏分配。".to_owned(),
            (Lang::En, Role::Admin, _) => "Administrators see no customers.".to_owned(),
            (Lang::Zh, Role::Admin, _) => "管理员看不到客户。".to_owned(),
            (Lang::En, _, true) => "No customer belongs to your branch: you have no branch, and their officers have one. The administrator sets it with huifang user.".to_owned(),
            (Lang::Zh, _, true) => "没有属于您机构的客户：您未设机构，而客户经理都另有机构。请管理员用 huifang user 设置。".to_owned(),
            (Lang::En, _, false) => format!("No customer belongs to your branch ({branch}): their officers belong to other branches. The administrator sets it with huifang user."),
            (Lang::Zh, _, false) => format!("没有属于您机构（{branch}）的客户：客户经理都属于其他机构。请管理员用 huifang user 设置。"),
        }
    }

    /// `已登记风险信号：OPS-07 订单下降≥30%`.
    pub fn flag_raised_as(&self, signal: &str) -> String {
        format!("{}{}{signal}", self.flag_raised, self.lang.pick(": ", "："))
    }

    /// After handing in: the next duty that is planned.
    pub fn submitted_next(&self, next: &str) -> String {
        match self.lang {
            Lang::En => format!("Handed in. Next visit due {next}"),
            Lang::Zh => format!("已提交。下次应访 {next}"),
        }
    }

    /// What a command made and where it lies, and a title for the whole path.
    pub fn file_made(&self, command: &Command, path: &str) -> (String, &'static str) {
        let ((en, zh), title) = match command {
            Command::Cockpit(_) => (("Table", "表格"), self.table_lies),
            Command::MakeCalendar(_) => (("Calendar", "日历"), self.calendar_lies),
            _ => (("Report", "报告"), self.report_lies),
        };
        // The file first: where the line is short, the folder is what may be cut.
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let said = match self.lang {
            Lang::En => format!("{en} written: {file} in {folder}"),
            Lang::Zh => format!("{zh}已生成：{file}，目录 {folder}"),
        };
        (said, title)
    }

    /// Who does work that is not that of who sits here.
    pub const fn work(&self, work: Work) -> &'static str {
        match work {
            Work::Visits => self.work_visits,
            Work::Flags => self.work_flags,
            Work::Decisions => self.work_decisions,
            Work::Opinions => self.work_opinions,
            Work::Events => self.work_events,
        }
    }

    /// What to say when something was not done, and what to do.
    pub fn refusal(&self, why: &Refusal) -> String {
        let pick = |en: &str, zh: &str| self.lang.pick(en, zh).to_owned();
        match why {
            Refusal::NotFound => pick("Not found", "没有找到"),
            Refusal::NotAllowed => pick("Your role may not do this", "您的角色不能做此操作"),
            Refusal::Conflict { .. } => pick("Somebody changed it meanwhile", "他人已更新"),
            Refusal::Incomplete(gaps) => match self.lang {
                Lang::En => format!("{} left open", counted(gaps.len(), "required item")),
                Lang::Zh => format!("还有 {} 项必填未完成", gaps.len()),
            },
            Refusal::OwnRecord => {
                pick("Nobody reviews a record of her own", "不能复核自己提交的记录")
            }
            Refusal::SpokenAlready => pick(
                "You have given your opinion on this record: somebody else gives the other one",
                "您已对此记录发表过意见，须由他人另行会签",
            ),
            Refusal::WrongState { state } => refusal::wrong_state(self.lang, state),
            Refusal::Invalid { field, why } => refusal::invalid(self.lang, field, why),
            Refusal::TooFar { field, last } => refusal::too_far(self.lang, field, *last),
            Refusal::AskFirst { command } => {
                self.undo_again(Report::of(self.lang).command(command), "")
            }
            Refusal::Stays { command } => refusal::stays(self.lang, command),
            Refusal::NothingToUndo => pick("Nothing to take back", "没有可撤销的操作"),
            Refusal::Busy => pick("The file is busy; try again", "数据正忙，请再试一次"),
            Refusal::DiskFull => pick(
                "The disk is full: nothing was written, your input stays on this screen",
                "磁盘已满：没有写入，已输入的内容保留在本屏",
            ),
            Refusal::ReadOnly => pick("The file can't be written", "数据文件只读"),
            Refusal::NewerSchema => {
                pick("The program was updated: log in again", "程序已升级，请重新登录")
            }
            Refusal::Moved => pick(
                "Another file was put in place of this one: nothing is written. Note what you typed last and log in again",
                "数据文件已被替换（恢复了备份）：没有写入。请抄下刚输入的内容，退出后重新登录",
            ),
            Refusal::Damaged { code } => match self.lang {
                Lang::En => format!("The file is damaged ({code}); nothing more is written"),
                Lang::Zh => format!("数据文件损坏（{code}），已停止写入"),
            },
            Refusal::Unknown => pick(
                "Not known whether it was written; look before trying again",
                "不确定是否写入，请先核对再重试",
            ),
            Refusal::Engine { code } => match self.lang {
                Lang::En => format!("The store failed ({code})"),
                Lang::Zh => format!("数据库错误（{code}）"),
            },
        }
    }
}
