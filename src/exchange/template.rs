//! The empty workbook (or folder) that a bank fills: both header languages, lists to choose from,
//! an explaining sheet and an example that the import passes over.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, Format, FormatBorder, Workbook,
    Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use crate::protocol::tables::{CodeName, Column, Kind, Need, TABLES, Table};

/// The explaining sheet.
pub const NOTES_SHEET: &str = "说明 Notes";
/// The sheet with filled-in rows.
pub const EXAMPLE_SHEET: &str = "示例 Example";
/// Sheets that the import passes over.
pub const IGNORED_SHEETS: &[&str] = &[NOTES_SHEET, EXAMPLE_SHEET];

/// Rows below the headers that carry drop-down lists and text formats.
const PREPARED_ROWS: u32 = 5_000;

/// The tables that people fill in.
pub fn filled_in() -> impl Iterator<Item = &'static Table> {
    TABLES.iter().filter(|table| table.filled_in)
}

/// Why a template could not be written.
#[derive(Debug, thiserror::Error)]
pub enum TemplateFault {
    /// The operating system refused.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The writer of workbooks refused.
    #[error(transparent)]
    Workbook(#[from] XlsxError),
}

/// Writes a workbook with all tables.
pub fn write_workbook(path: &Path) -> Result<(), TemplateFault> {
    let mut workbook = Workbook::new();
    // The same template is the same file, byte for byte, on whatever day it is written.
    let stamp = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&stamp));
    write_notes(workbook.add_worksheet())?;
    write_example(workbook.add_worksheet())?;
    for table in filled_in() {
        write_table(workbook.add_worksheet(), table)?;
    }
    workbook.save(path)?;
    Ok(())
}

/// Writes a folder with one CSV file a table: the two header rows, nothing else.
pub fn write_folder(path: &Path) -> Result<(), TemplateFault> {
    std::fs::create_dir_all(path)?;
    for table in filled_in() {
        let file = File::create(path.join(format!("{}.csv", table.name)))?;
        let mut file = BufWriter::new(file);
        file.write_all(b"\xEF\xBB\xBF")?;
        let names: Vec<&str> = table.columns.iter().map(|c| c.name).collect();
        let zh: Vec<&str> = table.columns.iter().map(|c| c.zh).collect();
        write!(file, "{}\r\n{}\r\n", names.join(","), zh.join(","))?;
        file.flush()?;
    }
    Ok(())
}

fn header_format(need: Need) -> Format {
    let tint = match need {
        Need::Key => 0x00D9_E2F3,
        Need::Required => 0x00FF_F2CC,
        Need::Optional => 0x00F2_F2F2,
    };
    Format::new().set_bold().set_background_color(Color::RGB(tint)).set_border(FormatBorder::Thin)
}

/// How wide a column must be to show its headers; a Chinese character is two cells wide.
fn width_of(column: &Column) -> f64 {
    let cells = column.name.width().max(column.zh.width()).max(8) + 3;
    f64::from(u32::try_from(cells).unwrap_or(20))
}

fn at(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

fn write_table(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    sheet.set_name(table.zh)?;
    let text = Format::new().set_num_format("@");
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let amount = Format::new().set_num_format("#,##0.00");
    for (index, column) in table.columns.iter().enumerate() {
        let header = header_format(column.need);
        sheet.write_with_format(0, at(index), column.name, &header)?;
        sheet.write_with_format(1, at(index), column.zh, &header)?;
        sheet.set_column_width(at(index), width_of(column))?;
        match column.kind {
            // An id of sixteen digits typed into a number cell would lose its last digits.
            Kind::Text | Kind::CodeList(_) | Kind::Month => {
                sheet.set_column_format(at(index), &text)?;
            }
            Kind::Date => {
                sheet.set_column_format(at(index), &day)?;
            }
            Kind::Amount => {
                sheet.set_column_format(at(index), &amount)?;
            }
            Kind::YesNo => choose(sheet, index, &["是", "否"])?,
            Kind::Code(codes) => {
                choose(sheet, index, &codes.iter().map(first_name).collect::<Vec<_>>())?;
            }
            Kind::Rate | Kind::Integer | Kind::Quantity => {}
        }
    }
    sheet.set_freeze_panes(2, 0)?;
    Ok(())
}

fn first_name(code: &CodeName) -> &'static str {
    code.zh.first().copied().unwrap_or(code.code)
}

/// Lets a column be filled from a list; the codes themselves may be typed as well.
fn choose(sheet: &mut Worksheet, index: usize, names: &[&str]) -> Result<(), XlsxError> {
    let list = DataValidation::new()
        .allow_list_strings(names)?
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("代码 Code")?
        .set_error_message("请选列表中的名称或填代码 Choose from the list, or type the code")?;
    sheet.add_data_validation(2, at(index), PREPARED_ROWS + 1, at(index), &list)?;
    Ok(())
}

const RULES: &[(&str, &str)] = &[
    (
        "每张表一页；不用的表留空即可。前两行是英文与中文表头，请勿删改。",
        "One sheet a table; leave unused ones empty. The first two rows are the headers; keep them.",
    ),
    (
        "蓝色为主键，黄色为必填，灰色可空。空格会清除已有的值（客户分类、纳管日期除外）；整列删除则保持不变。",
        "Blue = key, yellow = required, grey = optional. An empty cell clears a value (not tier and onboarded_on); a deleted column leaves it.",
    ),
    (
        "日期：2026-03-31、2026/3/31、20260331 或 Excel 日期。月份：2026-03、2026/3、202603。",
        "Dates: 2026-03-31, 2026/3/31, 20260331 or Excel dates. Months: 2026-03, 2026/3, 202603.",
    ),
    (
        "金额：元，最多两位小数，可带千分位；以万元填写时导入加 --unit wan。不作四舍五入。",
        "Amounts: yuan, at most two decimals, thousands separators allowed; for 万元 import with --unit wan. Nothing is rounded.",
    ),
    (
        "编号、证件号码、电话用文本格式（模板已设好）：Excel 的数字只保留 15 位。",
        "Ids, document and phone numbers are text cells (already set): Excel keeps 15 digits of a number.",
    ),
    (
        "代码列填代码或中文名称；检查事由可填多个，用“;”分开，也可写成 代码:对象编号。",
        "Code columns take the code or its Chinese name; purposes takes several, parted by “;”, also as code:ref.",
    ),
    (
        "同一文件可重复导入：按主键更新，不删除任何记录。",
        "The same file may be imported again: rows are updated by their key, nothing is deleted.",
    ),
];

fn write_notes(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(NOTES_SHEET)?;
    let bold = Format::new().set_bold();
    let wrap = Format::new().set_text_wrap();
    for (column, width) in [(0u16, 16.0), (1, 22.0), (2, 24.0), (3, 14.0), (4, 12.0), (5, 70.0)] {
        sheet.set_column_width(column, width)?;
    }
    let mut row = 0;
    for (zh, en) in RULES {
        sheet.merge_range(row, 0, row, 5, &format!("{zh}\n{en}"), &wrap)?;
        sheet.set_row_height(row, 34)?;
        row += 1;
    }
    row += 1;
    let titles = ["表 Table", "列 Column", "表头 Header", "类型 Type", "必填 Need", "取值 Values"];
    for (column, title) in titles.iter().enumerate() {
        sheet.write_with_format(row, at(column), *title, &bold)?;
    }
    for table in filled_in() {
        for column in table.columns {
            row += 1;
            sheet.write(row, 0, table.zh)?;
            sheet.write(row, 1, column.name)?;
            sheet.write(row, 2, column.zh)?;
            sheet.write(row, 3, kind_words(column))?;
            sheet.write(row, 4, need_words(column.need))?;
            sheet.write(row, 5, value_words(column))?;
        }
    }
    Ok(())
}

const fn kind_words(column: &Column) -> &'static str {
    match column.kind {
        Kind::Text if column.free_text => "多行文本 free text",
        Kind::Text => "文本 text",
        Kind::Date => "日期 date",
        Kind::Month => "月份 month",
        Kind::Amount => "金额 amount",
        Kind::Rate => "利率% rate",
        Kind::Integer => "整数 integer",
        Kind::Quantity => "数量 quantity",
        Kind::YesNo => "是否 yes/no",
        Kind::Code(_) => "代码 code",
        Kind::CodeList(_) => "代码列表 codes",
    }
}

const fn need_words(need: Need) -> &'static str {
    match need {
        Need::Key => "主键 key",
        Need::Required => "必填 yes",
        Need::Optional => "",
    }
}

fn value_words(column: &Column) -> String {
    match column.kind {
        Kind::Code(codes) | Kind::CodeList(codes) => {
            let names: Vec<String> =
                codes.iter().map(|c| format!("{} {}", c.code, c.zh.join("/"))).collect();
            names.join(", ")
        }
        _ if column.user => "用户名 a user of the table 用户".to_owned(),
        _ => column.refers.map_or_else(String::new, |table| {
            let zh = Table::named(table).map_or(table, |t| t.zh);
            format!("{zh} {table}")
        }),
    }
}

/// Three invented customers: heading, then rows in the order of the columns named.
const EXAMPLE: &[&[&str]] = &[
    &["customer_id", "name", "line", "id_type", "officer", "tier", "low_risk", "onboarded_on"],
    &["客户号", "客户名称", "业务条线", "证件类型", "管户经理", "客户分类", "低风险", "纳管日期"],
    &[
        "C001",
        "示例建材有限公司",
        "小微企业",
        "统一社会信用代码",
        "zhangwei",
        "正常",
        "否",
        "2026-01-01",
    ],
    &["C002", "示例餐饮店", "小商铺", "营业执照", "zhangwei", "关注", "", "2026/1/1"],
    &[
        "C003",
        "示例制造股份有限公司",
        "corporate",
        "统一社会信用代码",
        "lina",
        "normal",
        "1",
        "20260101",
    ],
];

fn write_example(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(EXAMPLE_SHEET)?;
    let note = Format::new().set_italic().set_font_color(Color::RGB(0x0080_8080));
    sheet.write_with_format(
        0,
        0,
        "本页只作示例，不会被导入。 This sheet is an example; it is not imported.",
        &note,
    )?;
    sheet.write_with_format(1, 0, "表 客户 / table customers", &note)?;
    for (row, cells) in (2u32..).zip(EXAMPLE) {
        for (column, text) in cells.iter().enumerate() {
            sheet.write(row, at(column), *text)?;
            sheet.set_column_width(at(column), 20)?;
        }
    }
    Ok(())
}
