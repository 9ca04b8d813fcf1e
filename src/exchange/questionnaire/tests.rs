//! What was written is read back, by whichever program a customer filled it in.

use super::*;
use proptest::prelude::*;

fn sheet() -> Sheet {
    let question = |key: &str, title: &str, options: &[&str]| Question {
        key: key.to_owned(),
        title: title.to_owned(),
        hint: "按实际填写".to_owned(),
        options: options.iter().map(|o| (*o).to_owned()).collect(),
    };
    Sheet {
        notes: vec!["请如实填写，不清楚的留空。".to_owned()],
        head: ["checklists@2".to_owned(), "V-C1-20261123-F".to_owned(), "1".to_owned()],
        questions: vec![
            question("by", "填写人", &[]),
            question("on", "填写日期", &[]),
            question("staff_total", "员工总数（人）", &[]),
            question("renewal", "是否需要续贷", &["有", "没有"]),
            question("turnover_why", "变化原因", &[]),
        ],
    }
}

fn pairs(entries: &[Entry]) -> Vec<(&str, &str)> {
    entries.iter().map(|e| (e.key.as_str(), e.value.as_str())).collect()
}

#[test]
fn a_text_that_was_filled_in_is_read() {
    let empty = text_of(&sheet());
    let head = [("form", "checklists@2"), ("visit", "V-C1-20261123-F"), ("version", "1")];
    assert_eq!(pairs(&entries(&empty)), head, "nothing was answered");
    let filled = empty
        .replacen("> \n", "> 王建国 财务负责人\n", 1)
        .replace("[staff_total] 员工总数（人）\n    按实际填写\n> ", "[staff_total] 员工总数（人）\n    按实际填写\n＞ １２")
        .replace(
            "[turnover_why] 变化原因\n    按实际填写\n> ",
            "[turnover_why] 变化原因\n    按实际填写\n> 下游两家停产：\n  甲厂 3 月\n[不是题目] 乙厂 5 月\n",
        );
    for text in [filled.clone(), filled.replace('\n', "\r\n")] {
        let found = entries(&text);
        let said = pairs(&found);
        assert_eq!(
            said.get(3..),
            Some(
                &[
                    ("by", "王建国 财务负责人"),
                    ("staff_total", "１２"),
                    ("turnover_why", "下游两家停产：\n甲厂 3 月\n[不是题目] 乙厂 5 月"),
                ][..]
            )
        );
        assert_eq!(found[4].line, 14, "{text}");
    }
}

#[test]
fn files_are_written_once_and_read_in_what_a_notepad_saves() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["q.txt", "q.xlsx", "q.XLSX"] {
        let path = dir.path().join(name);
        write(&path, &sheet()).unwrap();
        assert!(matches!(write(&path, &sheet()), Err(TemplateFault::Io(_))), "{name}");
        let found = read(&path).unwrap();
        assert_eq!(pairs(&found).first(), Some(&("form", "checklists@2")), "{name}");
        assert_eq!(found.len(), 3, "{name}");
    }
    // The same form is the same file.
    assert_eq!(workbook_of(&sheet()).unwrap(), workbook_of(&sheet()).unwrap());
    let gb = dir.path().join("gb.txt");
    let text = text_of(&sheet()).replacen("> ", "> 王建国", 1);
    std::fs::write(&gb, encoding_rs::GB18030.encode(&text).0).unwrap();
    assert_eq!(pairs(&read(&gb).unwrap()).get(3), Some(&("by", "王建国")));
    for (bytes, wanted) in [
        (&b""[..], ReadFault::Empty),
        (&b"\xFF\xFEa\0"[..], ReadFault::Utf16),
        (&b"a\xFF\xFF"[..], ReadFault::WrongEncoding { encoding: "GB18030", offset: 1 }),
    ] {
        std::fs::write(&gb, bytes).unwrap();
        assert_eq!(read(&gb), Err(wanted));
    }
    let big = File::create(dir.path().join("big.txt")).unwrap();
    big.set_len(LARGEST + 1).unwrap();
    assert_eq!(read(&dir.path().join("big.txt")), Err(ReadFault::Bomb(LARGEST + 1)));
    std::fs::write(dir.path().join("no.xlsx"), b"no workbook").unwrap();
    assert!(matches!(read(&dir.path().join("no.xlsx")), Err(ReadFault::Workbook(_))));
    assert_eq!(read(&dir.path().join("none.txt")), Err(ReadFault::NotFound));
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>()) {
        for entry in entries(&text) {
            prop_assert!(!entry.value.trim().is_empty() && !entry.key.is_empty());
        }
    }
}
