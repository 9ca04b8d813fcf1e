//! Texts of import, template and export.

mod report;
mod verdict;

use super::Lang;
use crate::exchange::rows::ReadFault;
use crate::protocol::import::Why;
use crate::protocol::tables::{CodeName, Column, Kind, Table};
pub use report::{
    bare, counts, created, doubt, doubtful, fault, ignored, ignored_part, missing, more_doubtful,
    more_faults, statement_doubt,
};
pub use verdict::verdict;

fn not_before(lang: Lang, column: &'static str) -> String {
    match lang {
        Lang::En => format!("not before {column}"),
        Lang::Zh => format!("不早于{}", title(column)),
    }
}

/// The column of which a rule between two columns speaks: each such rule is of one table.
fn ruled(name: &str) -> Option<&'static Column> {
    let table = match name {
        "status" | "disbursed_on" => "loans",
        "visited_on" => "visits",
        "state" => "flags",
        "kind" | "decision" | "requested_by" => "requests",
        "role" => "users",
        _ => return None,
    };
    Table::named(table)?.columns.iter().find(|column| column.name == name)
}

/// Its Chinese heading.
fn title(name: &'static str) -> &'static str {
    ruled(name).map_or(name, |column| column.zh)
}

/// The Chinese name of one of its codes.
fn code_zh(name: &str, code: &'static str) -> &'static str {
    let codes = match ruled(name).map(|column| column.kind) {
        Some(Kind::Code(codes)) => codes,
        _ => &[],
    };
    let found = codes.iter().find(|one| one.code == code);
    found.and_then(|one| one.zh.first().copied()).unwrap_or(code)
}

fn rate_above(lang: Lang, percent: u8) -> String {
    match lang {
        Lang::En => format!("percent a year, at most {percent}: is the decimal point missing?"),
        Lang::Zh => format!("年利率（%），不超过 {percent}：是否漏了小数点？"),
    }
}

/// What was expected of a cell or row.
pub fn expected(lang: Lang, why: &Why) -> String {
    let pick = |en: &str, zh: &str| lang.pick(en, zh).to_owned();
    match *why {
        Why::Control => pick(
            "text without control characters, escape sequences or direction marks",
            "不含控制字符、转义序列或书写方向标记的文字",
        ),
        Why::OneLine => pick("one line", "单行文字"),
        Why::TooLong(limit) => match lang {
            Lang::En => format!("at most {limit} characters"),
            Lang::Zh => format!("不超过 {limit} 个字符"),
        },
        Why::NotADate => pick(
            "a date: YYYY-MM-DD, YYYY/M/D, YYYYMMDD or an Excel date",
            "日期：YYYY-MM-DD、YYYY/M/D、YYYYMMDD 或 Excel 日期",
        ),
        Why::NotAMonth => pick(
            "a month: YYYY-MM, YYYY/M, YYYYMM or an Excel date",
            "月份：YYYY-MM、YYYY/M、YYYYMM 或 Excel 日期",
        ),
        Why::NotANumber => {
            pick("a number in plain digits, such as 1250.00", "数字，用半角，如 1250.00")
        }
        Why::UnitInCell => pick(
            "the number alone; for a file in 万元 say --unit wan",
            "只填数字；整份文件以万元计时请加 --unit wan",
        ),
        Why::TooManyDecimals(0) => pick("a whole number", "整数"),
        Why::TooManyDecimals(n) => match lang {
            Lang::En => format!("at most {n} decimals (nothing is rounded)"),
            Lang::Zh => format!("不超过 {n} 位小数（不作四舍五入）"),
        },
        Why::MisplacedComma => pick(
            "commas only between thousands; the decimal mark is a point",
            "逗号只能用作千分位，小数点用“.”",
        ),
        Why::Negative => pick("no negative number", "非负数"),
        Why::TooLarge => pick("a smaller number", "更小的数"),
        Why::NotYesNo => pick("1 or 0, yes or no, 是 or 否", "1 或 0、是 或 否、yes 或 no"),
        Why::NotACode(codes) => match lang {
            Lang::En => format!("one of {}", code_names(codes)),
            Lang::Zh => format!("以下之一：{}", code_names(codes)),
        },
        Why::UnknownPurposeRef => {
            pick("code:ref with a known ref", "“代码:对象编号”，且对象已存在")
        }
        Why::DigitsLost => pick(
            "a text cell: Excel keeps only 15 digits of a number",
            "文本格式的单元格：Excel 的数字只保留 15 位",
        ),
        Why::FormulaError => pick("a formula without error", "没有出错的公式"),
        Why::Ragged(wanted, found) => match lang {
            Lang::En => {
                format!("{wanted} cells as in the header, not {found}, each under a header")
            }
            Lang::Zh => format!("与表头一致的 {wanted} 列（实有 {found} 列），每格都有表头"),
        },
        Why::KeyEmpty => pick("a value: this column is part of the key", "不能为空：主键列"),
        Why::RequiredEmpty => pick("a value: this column is required", "不能为空：必填列"),
        Why::RequiredAbsent => pick("this column, because the row is new", "新记录必须有此列"),
        Why::RequiredMasked => {
            pick("the value itself, because the row is new", "新记录不能使用掩码，须填原值")
        }
        Why::KeyTwice => pick(
            "each key once: the file has other rows with this key and other values",
            "主键唯一：文件中同一主键有不同内容的行",
        ),
        Why::UnknownUser => {
            pick("a known user (or --create-users)", "已有的用户（或使用 --create-users）")
        }
        Why::UnknownReference(table) => match lang {
            Lang::En => format!("a row of {table}, in the database or in this import"),
            Lang::Zh => format!("{} 中已有或本次导入的记录", table_zh(table)),
        },
        Why::RecordedHere => pick(
            "the values as they are: recorded here, an import does not change it",
            "与库中一致：本系统内形成的记录不由导入修改",
        ),
        Why::InTheFuture => pick("a day not after today", "不晚于今天的日期"),
        Why::OwnLogin => pick(
            "a known user: enter yourself first with `huifang user add`",
            "已有的用户：请先用 huifang user add 登记本人",
        ),
        Why::Before(_)
        | Why::OutOfRange(..)
        | Why::RateAbove(_)
        | Why::MustBeEmpty(..)
        | Why::NeededWith(..)
        | Why::SameAs(_) => held_against(lang, why),
        Why::NotALogin => pick(
            "a login name: letters, digits and . _ - @, at most 64",
            "用户名：仅限字母、数字和 . _ - @，最长 64 个字符",
        ),
        Why::OwnRow => pick(
            "your own row as it is: somebody else changes your role or disables you",
            "本人记录保持不变：本人角色与停用须由他人办理",
        ),
    }
}

/// What was expected of a cell that is held against a limit or another cell.
fn held_against(lang: Lang, why: &Why) -> String {
    match *why {
        Why::Before(column) => not_before(lang, column),
        Why::OutOfRange(least, most) => match lang {
            Lang::En => format!("a number from {least} to {most}"),
            Lang::Zh => format!("{least} 至 {most} 之间的数"),
        },
        Why::RateAbove(percent) => rate_above(lang, percent),
        Why::MustBeEmpty(column, code) => match lang {
            Lang::En => format!("empty while {column} is {code}"),
            Lang::Zh => format!("{}为“{}”时须为空", title(column), code_zh(column, code)),
        },
        Why::NeededWith(column, code) => match lang {
            Lang::En => format!("a value, because {column} is {code}"),
            Lang::Zh => format!("{}为“{}”时必填", title(column), code_zh(column, code)),
        },
        Why::SameAs(column) => match lang {
            Lang::En => format!("somebody other than {column}"),
            Lang::Zh => format!("不得与{}为同一人", title(column)),
        },
        _ => String::new(),
    }
}

fn table_zh(name: &'static str) -> &'static str {
    crate::protocol::tables::Table::named(name).map_or(name, |t| t.zh)
}

fn code_names(codes: &[CodeName]) -> String {
    let names: Vec<String> = codes
        .iter()
        .map(|c| match c.zh.first() {
            Some(zh) => format!("{} {zh}", c.code),
            None => c.code.to_owned(),
        })
        .collect();
    names.join(", ")
}

/// Why a file can't be read, and what to do.
pub fn unreadable(lang: Lang, name: &str, fault: &ReadFault) -> String {
    let zh = lang == Lang::Zh;
    let what = match fault {
        ReadFault::Io(error) if zh => format!("读取失败：{}", system(error)),
        ReadFault::Io(error) => format!("can't be read: {error}"),
        ReadFault::NotFound => {
            lang.pick("there is no such file or folder; check the name", "文件或文件夹不存在；请检查名称").to_owned()
        }
        ReadFault::Empty => lang
            .pick(
                "it is empty, or has no table in it; `huifang template` writes those of an import",
                "文件为空，或其中没有数据表；可用 huifang template 生成导入模板",
            )
            .to_owned(),
        ReadFault::UnknownEncoding(encoding) if zh => {
            format!("不认识编码 {encoding}；可用 UTF-8 或 GB18030")
        }
        ReadFault::UnknownEncoding(encoding) => {
            format!("the encoding {encoding} is not known; use UTF-8 or GB18030")
        }
        ReadFault::Utf16 => lang
            .pick(
                "it is encoded as UTF-16; save it as UTF-8 (“CSV UTF-8” in Excel), or pass --encoding UTF-16LE",
                "编码是 UTF-16；请另存为 UTF-8（Excel 中选“CSV UTF-8”），或加 --encoding UTF-16LE",
            )
            .to_owned(),
        ReadFault::WrongEncoding { encoding, offset } if zh => {
            format!("第 {offset} 字节附近不是 {encoding} 编码；请另存为 UTF-8，或用 --encoding 指定编码")
        }
        ReadFault::WrongEncoding { encoding, offset } => format!(
            "the bytes near {offset} are not {encoding}; save it as UTF-8, or name its encoding with --encoding"
        ),
        ReadFault::NoEncoding(line) if zh => {
            format!("第 {line} 行有损坏的字符，既不是 UTF-8 也不是 GB18030；请改正该行后另存为 UTF-8")
        }
        ReadFault::NoEncoding(line) => format!(
            "line {line} has a broken character that neither UTF-8 nor GB18030 has; mend it and save the file as UTF-8"
        ),
        ReadFault::EndlessRecord(line) if zh => {
            format!("第 {line} 行的记录没有结束；请检查未闭合的引号")
        }
        ReadFault::EndlessRecord(line) => {
            format!("the record at line {line} does not end; look for an unclosed quotation mark")
        }
        ReadFault::Workbook(why) if zh => {
            format!("不是完好的 .xlsx 工作簿（{why}）；请用 Excel 打开后重新另存")
        }
        ReadFault::Workbook(why) => {
            format!("it is not a sound .xlsx workbook ({why}); open it in Excel and save it again")
        }
        ReadFault::Bomb(_) => lang
            .pick(
                "it unpacks to more than any portfolio holds; save the tables as CSV",
                "解压后远大于任何台账；请改存为 CSV",
            )
            .to_owned(),
        ReadFault::Extension => lang
            .pick(
                "only .xlsx, .csv and folders of .csv can be imported; save it in one of these forms",
                "只能导入 .xlsx、.csv 或存放 .csv 的文件夹；请另存为其中一种",
            )
            .to_owned(),
        ReadFault::UnknownTable(table) if zh => format!(
            "没有名为“{}”的表；请按模板命名，或用 --kind 指明表，或加 --ignore-unknown",
            crate::exchange::fold::visible(table)
        ),
        ReadFault::UnknownTable(table) => format!(
            "no table is named “{}”; name it as in the template, or say --kind TABLE, or --ignore-unknown",
            crate::exchange::fold::visible(table)
        ),
        ReadFault::TableTwice(table) if zh => format!("同一张表出现两次（{table}）；请合并"),
        ReadFault::TableTwice(table) => {
            format!("the same table stands in it twice ({table}); merge the two")
        }
        ReadFault::UnknownColumns(names) if zh => {
            format!("有未知的列：{}；请改名，或加 --ignore-unknown 忽略", listed(names))
        }
        ReadFault::UnknownColumns(names) => {
            format!("unknown columns: {}; rename them, or pass --ignore-unknown", listed(names))
        }
        ReadFault::ColumnsTwice(names) if zh => format!("列重复：{}；请只保留一列", listed(names)),
        ReadFault::ColumnsTwice(names) => {
            format!("columns stand in it twice: {}; keep one of each", listed(names))
        }
        ReadFault::KeyColumnMissing(name) if zh => format!("缺少主键列 {name}；请补上"),
        ReadFault::KeyColumnMissing(name) => {
            format!("the key column {name} is missing; add it")
        }
    };
    let name = crate::exchange::fold::visible(name);
    if zh { format!("{name}：{what}") } else { format!("{name}: {what}") }
}

fn listed(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|n| crate::exchange::fold::visible(n)).collect();
    names.join(", ")
}

/// What is wrong with an option of the import.
pub fn usage(lang: Lang, option: &str) -> String {
    match option {
        "complete" => lang.pick(
            "--complete loans needs the table loans in the file",
            "--complete loans 要求文件中有“借据”表",
        ),
        "settle-missing" => lang.pick(
            "--settle-missing needs --complete loans and --as-of-file DATE",
            "--settle-missing 须与 --complete loans 和 --as-of-file 日期 同用",
        ),
        "encoding" => lang.pick(
            "this encoding is not known; use UTF-8 or GB18030",
            "不认识这种编码；可用 UTF-8 或 GB18030",
        ),
        _ => lang.pick(
            "--kind takes a table name, such as customers or 客户",
            "--kind 应为表名，如 customers 或 客户",
        ),
    }
    .to_owned()
}

/// What the system says of a file, in Chinese where it is one of the common faults.
fn system(error: &str) -> &str {
    let number = error.rsplit_once("(os error ").and_then(|(_, rest)| rest.strip_suffix(')'));
    match number {
        Some("2") => "文件或目录不存在",
        Some("13") => "没有权限",
        Some("20") => "路径中有一段不是目录",
        Some("21") => "是目录，不是文件",
        Some("27" | "28" | "122") => "磁盘已满或超出限额",
        Some("30") => "磁盘只读",
        Some("36") => "文件名过长",
        _ => error,
    }
}

/// A file that can't be written.
pub fn unwritable(lang: Lang, error: &str) -> String {
    match lang {
        Lang::En => format!("the file can't be written: {error}; choose another place"),
        Lang::Zh => format!("文件无法写入：{}；请换一个位置", system(error)),
    }
}

/// An export of a table that does not exist.
pub fn no_table(lang: Lang, name: &str) -> String {
    let name = crate::exchange::fold::visible(name);
    match lang {
        Lang::En => {
            format!("no table is named “{name}”; use a table name, calendar, journal or all")
        }
        Lang::Zh => format!("没有名为“{name}”的表；可用表名、calendar、journal 或 all"),
    }
}

/// An ending that does not fit what is exported.
pub fn no_ending(lang: Lang, path: &str) -> String {
    let path = crate::exchange::fold::visible(path);
    match lang {
        Lang::En => format!(
            "{path}: tables go to .xlsx, .csv or .json, all to .xlsx, .json or a folder, calendar to .ics, journal to .jsonl or .csv"
        ),
        Lang::Zh => format!(
            "{path}：表可导出为 .xlsx、.csv、.json，all 为 .xlsx、.json 或文件夹，calendar 为 .ics，journal 为 .jsonl 或 .csv"
        ),
    }
}

/// `--unmask` without a reason.
pub fn no_reason(lang: Lang) -> String {
    lang.pick(
        "--unmask needs --reason TEXT; it stands in the journal",
        "--unmask 须同时用 --reason 说明理由，理由记入日志",
    )
    .to_owned()
}

/// More rows than a sheet of a workbook has.
pub fn too_many_rows(lang: Lang) -> String {
    lang.pick(
        "a sheet holds at most 1,048,575 rows; export as .csv",
        "一张工作表最多 1,048,575 行；请导出为 .csv",
    )
    .to_owned()
}
