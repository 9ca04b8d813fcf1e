//! What an import did, in words.

use super::{expected, listed, table_zh};
use crate::i18n::format::counted;
use crate::i18n::{Catalog, Lang};
use crate::protocol::import::{Doubtful, Fault, ImportReport, TableCount};

/// The counts per table, as aligned lines.
pub fn counts(lang: Lang, tables: &[(&'static str, TableCount)]) -> String {
    use unicode_width::UnicodeWidthStr;
    let titles = match lang {
        Lang::En => ["table", "new", "changed", "same", "masked", "faulty"],
        Lang::Zh => ["表", "新增", "更新", "未变", "掩码跳过", "有误"],
    };
    let mut lines = vec![titles.map(str::to_owned)];
    for (name, c) in tables {
        let name = match lang {
            Lang::En => (*name).to_owned(),
            Lang::Zh => table_zh(name).to_owned(),
        };
        let numbers = [c.inserted, c.updated, c.unchanged, c.skipped, c.faulty];
        let mut line: [String; 6] = Default::default();
        if let Some(cell) = line.first_mut() {
            *cell = name;
        }
        for (cell, number) in line.iter_mut().skip(1).zip(numbers) {
            *cell = number.to_string();
        }
        lines.push(line);
    }
    let mut out = String::new();
    for line in &lines {
        for (at, cell) in line.iter().enumerate() {
            let width =
                lines.iter().filter_map(|l| l.get(at)).map(|c| c.width()).max().unwrap_or(0);
            let pad = " ".repeat(width - cell.width());
            if at == 0 {
                out.push_str(cell);
                out.push_str(&pad);
            } else {
                out.push_str("  ");
                out.push_str(&pad);
                out.push_str(cell);
            }
        }
        out.push('\n');
    }
    out
}

/// Columns that were passed over.
pub fn ignored(lang: Lang, sheet: &str, columns: &[String]) -> String {
    let columns = listed(columns);
    match lang {
        Lang::En => format!("{sheet}: passed over columns {columns}"),
        Lang::Zh => format!("{sheet}：忽略列 {columns}"),
    }
}

/// A sheet or file that was passed over.
pub fn ignored_part(lang: Lang, name: &str) -> String {
    match lang {
        Lang::En => format!("passed over {name}"),
        Lang::Zh => format!("忽略 {name}"),
    }
}

/// Users that were created.
pub fn created(lang: Lang, users: &[String]) -> String {
    let list = users.join(", ");
    match lang {
        Lang::En => format!("created, disabled, {}: {list}", counted(users.len(), "user")),
        Lang::Zh => format!("新建用户 {} 个（停用状态）：{list}", users.len()),
    }
}

/// Active loans that a complete file does not hold.
pub fn missing(lang: Lang, report: &ImportReport, loans: &[String]) -> String {
    let (count, settled) = (report.missing_count, report.settled_count);
    let list = loans.join(", ");
    let held = match (report.settling_held_back, lang) {
        (false, _) => "",
        (true, Lang::En) => "; none settled, because the loan id of a row could not be read",
        (true, Lang::Zh) => "；因有行的借据号无法读取，均未结清",
    };
    match lang {
        Lang::En => {
            format!("active loans not in the file: {count}, settled: {settled}{held}. {list}")
        }
        Lang::Zh => format!("文件中没有的在贷借据 {count} 笔，已结清 {settled} 笔{held}。{list}"),
    }
}

/// One fault as a line.
pub fn fault(lang: Lang, fault: &Fault) -> String {
    let sheet = crate::exchange::fold::visible(&fault.sheet);
    let value = crate::exchange::fold::visible(&fault.value);
    let expected = expected(lang, &fault.why);
    let column = fault.column.map_or("", |c| lang.pick(c.name, c.zh));
    match lang {
        Lang::En => {
            format!("{sheet} line {}, {column}: “{value}”; expected {expected}", fault.line)
        }
        Lang::Zh => format!("{sheet} 第 {} 行 {column}：“{value}”；应为：{expected}", fault.line),
    }
}

/// What is doubtful in a statement.
pub fn doubt(lang: Lang, doubtful: &Doubtful) -> String {
    let text = &Catalog::of(lang).statements;
    text.doubt(doubtful.doubt, |fen| match lang {
        Lang::En => fen.to_string(),
        Lang::Zh => format!("{fen} 元"),
    })
}

/// A statement that was taken in though it hardly can be right, as a line.
pub fn doubtful(lang: Lang, doubtful: &Doubtful) -> String {
    let sheet = crate::exchange::fold::visible(&doubtful.sheet);
    let customer = crate::exchange::fold::visible(doubtful.customer.as_str());
    let (line, day) = (doubtful.line, doubtful.period_end);
    let doubt = doubt(lang, doubtful);
    match lang {
        Lang::En => format!("{sheet} line {line}, {customer} {day}: please check: {doubt}"),
        Lang::Zh => format!("{sheet} 第 {line} 行 {customer} {day}：请核对：{doubt}"),
    }
}

/// How many doubts are not listed.
pub fn more_doubtful(lang: Lang, count: u64) -> String {
    match lang {
        Lang::En => format!("… and {count} more to check; --format json lists a thousand"),
        Lang::Zh => format!("……另有 {count} 处请核对；用 --format json 可列出一千处"),
    }
}

/// How many faults are not listed.
pub fn more_faults(lang: Lang, count: u64) -> String {
    match lang {
        Lang::En => format!("… and {count} more; --rejects FILE.csv has all of them"),
        Lang::Zh => format!("……另有 {count} 处；用 --rejects 文件.csv 可得到全部"),
    }
}
