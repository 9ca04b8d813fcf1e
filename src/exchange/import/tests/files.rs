//! What files look like: headers, encodings, records, workbooks, damage.

use super::*;

#[test]
fn headers() {
    let mut desk = Desk::new();
    let two = "客户号,客户名称,管户经理\ncustomer_id,name,officer\nC1,甲,a\n";
    assert_eq!(desk.good("customers", two), count(1, 0, 0));
    assert_eq!(desk.good("customers", "客户号\t客户名称\t管户经理\nC1\t甲\ta\n"), count(0, 0, 1));
    assert_eq!(
        desk.good("customers", "ｃｕｓｔｏｍｅｒ＿ｉｄ;name;officer\nC1;甲;a\n"),
        count(0, 0, 1)
    );
    let fault = |desk: &mut Desk, content: &str| {
        let path = desk.file("customers.csv", content);
        match desk.take(&path) {
            Err(ImportFault::Source(source)) => source.fault,
            other => panic!("{:?}", other.map(|(r, _)| r)),
        }
    };
    assert_eq!(
        fault(&mut desk, "customer_id,name,officer,foo\n"),
        ReadFault::UnknownColumns(vec!["foo".into()])
    );
    assert_eq!(
        fault(&mut desk, "customer_id,name,客户名称\n"),
        ReadFault::ColumnsTwice(vec!["name".into()])
    );
    assert_eq!(fault(&mut desk, "name,officer\nx,y\n"), ReadFault::KeyColumnMissing("customer_id"));
    assert_eq!(fault(&mut desk, ""), ReadFault::Empty);
    desk.reading.ignore_unknown = true;
    assert_eq!(desk.good("customers", "customer_id,foo,name,officer\nC1,1,甲,a\n"), count(0, 0, 1));
}

#[test]
fn gb18030_is_found_out() {
    let mut desk = Desk::new();
    let text = "客户号,客户名称,管户经理\nC1,䶮𠮷€有限公司,a\n";
    let (bytes, ..) = encoding_rs::GB18030.encode(text);
    let path = desk.file("customers.csv", &bytes);
    let (report, faults) = desk.take(&path).unwrap();
    assert_eq!((faults.count, report.tables[0].1.inserted), (0, 1));
    assert_eq!(desk.field("customers", "name"), "䶮𠮷€有限公司");
    let path = desk.file("customers.csv", b"customer_id,name,officer\nC2,\xff\xfe\x80,a\n");
    assert!(matches!(
        desk.take(&path),
        Err(ImportFault::Source(SourceFault { fault: ReadFault::NoEncoding(2), .. }))
    ));
}

#[test]
fn ragged_and_endless_records() {
    let mut desk = Desk::new();
    let faults = desk.bad("customers", "customer_id,name,officer\nC1,x\nC2,x,a,b\n");
    assert_eq!(faults, [(2, "", Why::Ragged(3, 2)), (3, "", Why::Ragged(3, 4))]);
    assert_eq!(desk.good("customers", "customer_id,name,officer\n\nC2,x,a,,\n"), count(1, 0, 0));
    let long = format!("customer_id,name,officer\nC1,\"{}", "x".repeat(20 << 20));
    let path = desk.file("customers.csv", long);
    assert!(matches!(
        desk.take(&path),
        Err(ImportFault::Source(SourceFault { fault: ReadFault::EndlessRecord(2), .. }))
    ));
    let long = format!("customer_id,name,officer\nC1,\"{}\",a\n", "x".repeat(10 << 20));
    assert_eq!(desk.bad("customers", &long), [(2, "name", Why::TooLong(500))]);
}

#[test]
fn guard_of_formulas_goes_round() {
    let mut desk = Desk::new();
    let file = "customer_id,name,officer,grade\nC1,'=1+1,a,''-x\nC2,'abc,a,＝x\n";
    desk.good("customers", file);
    let out = desk.export("customers");
    assert!(out.contains("\"'=1+1\"") && out.contains("\"''-x\""), "{out}");
    assert!(out.contains("\"'abc\"") && out.contains("\"'＝x\""), "{out}");
    assert_eq!(desk.good("customers", &out), count(0, 0, 2));
}

#[test]
fn a_filled_template_goes_in() {
    use rust_xlsxwriter::Workbook;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("portfolio.xlsx");
    crate::exchange::template::write_workbook(&path).unwrap();
    let mut desk = Desk::new();
    // Empty, it holds nothing and the example is passed over.
    let (report, faults) = desk.take(&path).unwrap();
    assert_eq!((report.tables.len(), faults.count), (0, 0));
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("客户").unwrap();
    let table = crate::protocol::tables::Table::named("customers").unwrap();
    for (at, column) in (0u16..).zip(table.columns) {
        sheet.write(0, at, column.name).unwrap();
        sheet.write(1, at, column.zh).unwrap();
    }
    sheet.write(2, 0, "C1").unwrap();
    sheet.write(2, 1, "甲").unwrap();
    sheet.write(2, 2, "法人").unwrap();
    sheet.write(2, 9, "zhang").unwrap();
    let path = dir.path().join("filled.xlsx");
    book.save(&path).unwrap();
    let (report, faults) = desk.take(&path).unwrap();
    assert_eq!(faults.kept, []);
    assert_eq!(report.tables, [("customers", count(1, 0, 0))]);
    let folder = dir.path().join("csv");
    crate::exchange::template::write_folder(&folder).unwrap();
    let (report, faults) = desk.take(&folder).unwrap();
    assert_eq!((report.tables.len(), faults.count), (0, 0));
}

#[test]
fn damaged_files_are_refused_without_panic() {
    let mut desk = Desk::with_loan();
    let actor = clerk();
    let order = Order {
        wanted: Wanted { actor: &actor, officer: None },
        unmasked: true,
        progress: &|_| {},
    };
    let book = desk.dir.path().join("all.xlsx");
    let mut draft = crate::outgoing::Draft::beside(&book).unwrap();
    let all = export::tables_named("all").unwrap();
    export::workbook(&desk.store, &all, &order, &mut draft).unwrap();
    draft.take(&book).unwrap();
    let sound = [std::fs::read(&book).unwrap(), desk.export("customers").into_bytes()];
    desk.options.dry_run = true;
    // A small generator of its own: the same damage in every run.
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below.max(1)).unwrap()).unwrap()
    };
    for round in 0..300 {
        let which = round % 2;
        let mut bytes = sound[which].clone();
        for _ in 0..=next(6) {
            let at = next(bytes.len());
            match next(4) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at.min(bytes.len()), u8::try_from(next(256)).unwrap()),
                _ => {
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = u8::try_from(next(256)).unwrap();
                    }
                }
            }
        }
        let name = ["damaged.xlsx", "customers.csv"][which];
        let path = desk.file(name, bytes);
        let _ = desk.take(&path);
    }
}
