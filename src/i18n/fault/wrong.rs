//! Values and combinations that a command does not take, and why it left all as it is, as one
//! sentence.

use crate::fault::{Fault, Wrong};
use crate::i18n::Lang;
use crate::i18n::cli::Cli;

impl Cli {
    /// Why everything stays as it is.
    pub(super) fn untouched(&self, fault: &Fault) -> String {
        let pick = |en: String, zh: String| match self.lang {
            Lang::En => en,
            Lang::Zh => zh,
        };
        match fault {
            Fault::Exists(path) => pick(
                format!("{} is there already; name another file or move it away.", path.display()),
                format!("{} 已存在；请换一个文件名或先移走它。", path.display()),
            ),
            Fault::Taken(path) => pick(
                format!("{} is there already; name another file or add --force.", path.display()),
                format!("{} 已存在；请换一个文件名，或加 --force 覆盖。", path.display()),
            ),
            Fault::Declined(path) => pick(
                format!("Nothing was changed: {} is as it was.", path.display()),
                format!("已取消，未作任何改动：{} 保持原样。", path.display()),
            ),
            Fault::Source(path) => pick(
                format!("{} is the file that is read; name another to write.", path.display()),
                format!("{} 正是要读取的文件；请换一个文件名写出。", path.display()),
            ),
            Fault::OwnProposal => pick(
                "You put this version forward yourself; somebody else with the right to decide brings it into force.".into(),
                "该版本由您本人提出，须由另一位有权决定的人启用。".into(),
            ),
            Fault::NoItem { item, papers } => self.no_item(item, papers),
            Fault::TooLarge { path, most } => self.too_large(&path.display().to_string(), *most),
            Fault::Stopped => pick(
                "Stopped; nothing was kept.".into(),
                "已中止，没有保留任何内容。".into(),
            ),
            _ => String::new(),
        }
    }

    /// A question that takes no file, and those that do.
    fn no_item(&self, item: &str, papers: &[(String, String)]) -> String {
        let named = |(code, title): &(String, String)| match self.lang {
            Lang::En => format!("{code} ({title})"),
            Lang::Zh => format!("{code}（{title}）"),
        };
        let list: Vec<String> = papers.iter().map(named).collect();
        match (self.lang, list.is_empty()) {
            (Lang::En, true) => format!("This record has no question {item} that takes a file."),
            (Lang::Zh, true) => format!("该记录没有可登记文件的检查项 {item}。"),
            (Lang::En, false) => format!(
                "This record has no question {item} that takes a file; it has: {}.",
                list.join(", ")
            ),
            (Lang::Zh, false) => {
                format!("该记录没有可登记文件的检查项 {item}；可用：{}。", list.join("、"))
            }
        }
    }

    /// A file larger than what is taken, in megabytes.
    fn too_large(&self, path: &str, most: u64) -> String {
        let most = most >> 20;
        match self.lang {
            Lang::En => {
                format!("{path} is larger than {most} MB, which is the most; make it smaller.")
            }
            Lang::Zh => format!("{path} 超过上限 {most} MB；请缩小后重试。"),
        }
    }

    pub(super) fn wrong(&self, wrong: &Wrong) -> String {
        let (en, zh) = match wrong {
            Wrong::AsOf => (
                "--as-of is for reads, for `jobs run` up to today, and on a demo; leave it out to write."
                    .to_owned(),
                "--as-of 只用于查询、不晚于今天的 jobs run 和演示数据；写入时请去掉。".to_owned(),
            ),
            Wrong::Format(which) => (
                format!("This command does not print {which}; choose another --format."),
                format!("此命令不支持 {which} 格式；请换一个 --format。"),
            ),
            Wrong::Month(text) => (
                format!("{text} is not a month; write it as 2026-11."),
                format!("{text} 不是月份；请写成 2026-11。"),
            ),
            Wrong::Range => (
                "--to lies before --from, or before today; choose a later day.".to_owned(),
                "--to 早于 --from 或早于当日；请改为更晚的日期。".to_owned(),
            ),
            Wrong::Ending(path) => (
                format!(
                    "{path} does not end in a kind of file that this table can be written as; use .xlsx, .csv or .json, .ics for the calendar, .jsonl for the journal."
                ),
                format!(
                    "{path} 的扩展名不适用；表用 .xlsx、.csv 或 .json，日历用 .ics，日志用 .jsonl。"
                ),
            ),
            Wrong::NoWorkbook(path) => (
                format!("{path} is no name of a workbook; let it end in .xlsx, or in / for a folder of CSV files."),
                format!("{path} 不是工作簿的文件名；请以 .xlsx 结尾，或以 / 结尾写成 CSV 文件夹。"),
            ),
            Wrong::NotConfirmed(path) => (
                format!(
                    "Nothing was changed: {0} would have been moved aside. Say so with --yes.",
                    path.display()
                ),
                format!("未作任何改动：{0} 将被移开，请加 --yes 确认。", path.display()),
            ),
            Wrong::InUse(path) => (
                format!(
                    "Somebody works in {0}: what is not saved there would be lost. Let everybody leave, or add --force.",
                    path.display()
                ),
                format!(
                    "{0} 正在使用，未保存的内容会丢失；请先让所有人退出，或加 --force。",
                    path.display()
                ),
            ),
            Wrong::ReportEnding(path) => (
                format!("{path} does not end in a kind of report; use .docx, .md or .txt."),
                format!("{path} 的扩展名不适用；报告用 .docx、.md 或 .txt。"),
            ),
            Wrong::Table(name) => (
                format!(
                    "There is no table {name}; `huifang template` writes a workbook with all of them."
                ),
                format!("没有表 {name}；huifang template 可生成含全部表的工作簿。"),
            ),
            Wrong::User(name) => (
                format!("There is no user {name}; check the login name."),
                format!("没有用户 {name}；请核对登录名。"),
            ),
            Wrong::Version(id, list) => (
                format!("There is no version {id}; `{list}` lists them."),
                format!("没有版本 {id}；可用 {list} 查看。"),
            ),
            Wrong::DemoDay(day) => (
                format!("No demo can be made for {day}; name a day from 2000 to 2099."),
                format!("无法按 {day} 生成演示数据；请用 2000 至 2099 年间的日期。"),
            ),
            Wrong::Card(id) => (
                format!(
                    "{id} is neither a score card that was put forward (`huifang score cards`) nor a file; check the name."
                ),
                format!("{id} 既不是已提出的评分卡（见 huifang score cards），也没有这个文件；请核对名称。"),
            ),
            Wrong::Driver(word) => (
                format!("There is no driver {word}; `huifang events drivers` lists them."),
                format!("没有驱动因素 {word}；可用 huifang events drivers 查看。"),
            ),
            Wrong::Customer(id) => (
                format!("There is no customer {id}; check the number."),
                format!("没有客户 {id}；请核对客户号。"),
            ),
        };
        self.lang.pick(&en, &zh).to_owned()
    }
}
