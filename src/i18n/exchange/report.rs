//! What an import did, in words.

use super::{expected, listed, table_zh};
use crate::domain::loan::{LONGEST_YEARS, LoanDoubt};
use crate::domain::statement::Doubt;
use crate::i18n::format::counted;
use crate::i18n::{Catalog, Lang};
use crate::protocol::import::{Doubtful, Fault, ImportReport, RowDoubt, TableCount};
use crate::protocol::tables::Column;

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

/// A sheet or file with nothing below its header, and what a row would need besides.
pub fn bare(lang: Lang, sheet: &str, lacks: &[&'static Column]) -> String {
    let named: Vec<String> =
        lacks.iter().map(|column| lang.pick(column.name, column.zh).to_owned()).collect();
    let columns = listed(&named);
    match lang {
        Lang::En => format!("{sheet}: no rows, and new ones would need the columns {columns}"),
        Lang::Zh => format!("{sheet}：没有数据行，且缺少必填列 {columns}"),
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
    let Some(column) = fault.column.map(|c| lang.pick(c.name, c.zh)) else {
        // Of the row as a whole: there is no cell to show.
        return match lang {
            Lang::En => format!("{sheet} line {}: expected {expected}", fault.line),
            Lang::Zh => format!("{sheet} 第 {} 行：应为：{expected}", fault.line),
        };
    };
    match lang {
        Lang::En => {
            format!("{sheet} line {}, {column}: “{value}”; expected {expected}", fault.line)
        }
        Lang::Zh => format!("{sheet} 第 {} 行 {column}：“{value}”；应为：{expected}", fault.line),
    }
}

/// What is doubtful in a row.
pub fn doubt(lang: Lang, doubtful: &Doubtful) -> String {
    match doubtful.doubt {
        RowDoubt::Statement(doubt) => statement_doubt(lang, doubt),
        RowDoubt::Loan(doubt) => loan_doubt(lang, doubt),
        RowDoubt::Alike => lang
            .pick(
                "another customer has the same number but for small letters or full width",
                "客户号与已有客户只差大小写或全半角，是否同一户",
            )
            .to_owned(),
        RowDoubt::FullWidth => {
            lang.pick("the number has full-width characters", "客户号含全角字符").to_owned()
        }
        RowDoubt::MonthToCome => lang.pick("the month is to come", "月份尚未到来").to_owned(),
    }
}

/// What is doubtful in a statement.
pub fn statement_doubt(lang: Lang, doubt: Doubt) -> String {
    Catalog::of(lang).statements.doubt(doubt, |fen| match lang {
        Lang::En => fen.to_string(),
        Lang::Zh => format!("{fen} 元"),
    })
}

fn loan_doubt(lang: Lang, doubt: LoanDoubt) -> String {
    let (en, zh) = match doubt {
        LoanDoubt::Nothing => ("the amount is 0", "借据金额为 0"),
        LoanDoubt::ToCome => (
            "paid out on a day to come: it counts for nothing until then",
            "放款日期尚未到来，此前不计入敞口",
        ),
        LoanDoubt::Long => {
            return match lang {
                Lang::En => format!("it runs for more than {}", counted(LONGEST_YEARS, "year")),
                Lang::Zh => format!("期限超过 {LONGEST_YEARS} 年"),
            };
        }
        LoanDoubt::OverAmount => ("the balance is above the amount", "贷款余额大于借据金额"),
        LoanDoubt::Unsettled => ("settled, and there is a balance", "已结清但仍有余额"),
        LoanDoubt::PastDueLonger => {
            ("past due for longer than since it was paid out", "逾期天数多于放款以来的天数")
        }
    };
    lang.pick(en, zh).to_owned()
}

/// A row that was taken in though it hardly can be right, as a line.
pub fn doubtful(lang: Lang, doubtful: &Doubtful) -> String {
    let sheet = crate::exchange::fold::visible(&doubtful.sheet);
    let customer = crate::exchange::fold::visible(doubtful.customer.as_str());
    let (line, day) = (doubtful.line, crate::exchange::fold::visible(&doubtful.key));
    // A customer is named by nothing else.
    let day = if day == customer { String::new() } else { format!(" {day}") };
    let doubt = doubt(lang, doubtful);
    match lang {
        Lang::En => format!("{sheet} line {line}, {customer}{day}: please check: {doubt}"),
        Lang::Zh => format!("{sheet} 第 {line} 行 {customer}{day}：请核对：{doubt}"),
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
