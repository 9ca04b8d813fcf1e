use super::*;
use rust_xlsxwriter::{Formula, Workbook as Out};

fn rows_of(path: &Path, sheet: &str) -> Vec<(u64, Vec<String>)> {
    let mut workbook = Workbook::open(path).unwrap();
    let mut rows = workbook.rows(sheet).unwrap();
    let mut found = Vec::new();
    while let Some(line) = rows.advance().unwrap() {
        let cells = (0..rows.width()).map(|at| format!("{:?}", rows.cell(at))).collect();
        found.push((line, cells));
    }
    found
}

#[test]
fn cells_keep_their_kind() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.xlsx");
    let mut out = Out::new();
    let sheet = out.add_worksheet();
    sheet.set_name("客户").unwrap();
    sheet.write(0, 0, "a").unwrap();
    sheet.write(2, 1, 1.5).unwrap();
    sheet.write(2, 2, true).unwrap();
    sheet.write_formula(2, 3, Formula::new("=1+1").set_result("2")).unwrap();
    sheet.write_formula(2, 4, Formula::new("=NA()").set_result("#N/A")).unwrap();
    let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 3, 31).unwrap();
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_datetime_with_format(2, 5, &day, &format).unwrap();
    out.save(&path).unwrap();
    assert_eq!(
        rows_of(&path, "客户"),
        [
            (1, vec!["Text(\"a\")".to_owned()]),
            (
                3,
                [
                    "Empty",
                    "Number(1.5)",
                    "Bool(true)",
                    "Number(2.0)",
                    "Error(\"#N/A\")",
                    "Date(2026-03-31T00:00:00)"
                ]
                .map(str::to_owned)
                .to_vec()
            ),
        ]
    );
}

#[test]
fn what_is_no_workbook_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.xlsx");
    for content in [&b"plain"[..], b"PK\x03\x04", b"PK\x03\x04 and then nothing of a zip"] {
        std::fs::write(&path, content).unwrap();
        assert!(matches!(Workbook::open(&path), Err(ReadFault::Workbook(_))));
    }
    std::fs::write(&path, b"").unwrap();
    assert!(matches!(Workbook::open(&path), Err(ReadFault::Empty)));
    assert!(matches!(Workbook::open(&dir.path().join("none.xlsx")), Err(ReadFault::NotFound)));
}

#[test]
fn a_bomb_is_weighed_before_it_is_opened() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.xlsx");
    let mut out = Out::new();
    out.add_worksheet().write(0, 0, "a").unwrap();
    out.save(&path).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    // The directory now says that the first part unpacks to 4 GB.
    let at = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    for byte in bytes.iter_mut().skip(at + 24).take(4) {
        *byte = 0xFE;
    }
    std::fs::write(&path, bytes).unwrap();
    assert!(matches!(Workbook::open(&path), Err(ReadFault::Bomb(_))));
}
