use super::*;
use crate::protocol::tables::Table;

fn rows_of(bytes: &[u8], encoding: Option<&'static Encoding>) -> Result<Vec<String>, ReadFault> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("customers.csv");
    std::fs::write(&path, bytes).unwrap();
    let mut rows = CsvRows::open(&path, Table::named("customers").unwrap(), encoding)?;
    let mut found = Vec::new();
    while let Some(line) = rows.advance()? {
        let cells: Vec<String> =
            (0..rows.width()).map(|at| super::super::rows::text_of(rows.cell(at))).collect();
        found.push(format!("{line}:{}", cells.join("|")));
    }
    Ok(found)
}

#[test]
fn encodings_and_delimiters() {
    let wanted = ["1:客户号|客户名称", "2:C1|甲"];
    let plain = "客户号,客户名称\nC1,甲\n";
    let gb = encoding_rs::GB18030.encode(plain).0.into_owned();
    let marked = [b"\xEF\xBB\xBF", plain.as_bytes()].concat();
    let mut wide = vec![0xFF, 0xFE];
    wide.extend(plain.encode_utf16().flat_map(u16::to_le_bytes));
    for bytes in [plain.as_bytes().to_vec(), gb.clone(), marked] {
        assert_eq!(rows_of(&bytes, None).unwrap(), wanted);
    }
    let unmarked: Vec<u8> = "customer_id\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [&wide, &unmarked] {
        assert_eq!(rows_of(bytes, None), Err(ReadFault::Utf16));
    }
    assert_eq!(rows_of(&wide, Some(encoding_rs::UTF_16LE)).unwrap(), wanted);
    for delimiter in [";", "\t"] {
        assert_eq!(rows_of(plain.replace(',', delimiter).as_bytes(), None).unwrap(), wanted);
    }
    assert!(matches!(rows_of(&gb, Some(UTF_8)), Err(ReadFault::WrongEncoding { .. })));
    assert_eq!(encoding_named("gbk"), Ok(GB18030));
    assert!(encoding_named("klingon").is_err());
}

#[test]
fn lines_are_those_of_the_file() {
    let rows = rows_of(b"customer_id,name\n\nC1,\"a\nb\"\nC2,c\n", None).unwrap();
    assert_eq!(rows, ["1:customer_id|name", "3:C1|a\nb", "5:C2|c"]);
    let rows = rows_of(b"\r\ncustomer_id,name\r\n\r\nC1,\"a\r\nb\"\r\nC2,c\r\n\r\n\r\nC3,d", None)
        .unwrap();
    assert_eq!(rows, ["2:customer_id|name", "4:C1|a\r\nb", "6:C2|c", "9:C3|d"]);
}

#[test]
fn a_character_across_chunks_is_one() {
    let mut text = String::from("customer_id,name\n");
    while text.len() < CHUNK - 4 {
        text.push_str("C,x\n");
    }
    for pad in 0..4 {
        let text = format!("{text}{}汉字汉字\n", "y".repeat(pad));
        let rows = rows_of(text.as_bytes(), None).unwrap();
        assert!(rows.last().unwrap().ends_with("汉字汉字"));
        let gb = encoding_rs::GB18030.encode(&text).0.into_owned();
        assert!(rows_of(&gb, None).unwrap().last().unwrap().ends_with("汉字汉字"));
    }
}
