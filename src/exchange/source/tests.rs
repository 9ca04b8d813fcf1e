use super::*;

#[test]
fn tables_are_known_by_either_name() {
    for (name, wanted) in [
        ("customers", Some("customers")),
        ("客户", Some("customers")),
        ("账户流水（月）", Some("account_flows")),
        ("水电气(月)", Some("utilities")),
        ("ｌｏａｎｓ", Some("loans")),
        ("foo", None),
    ] {
        assert_eq!(table_named(name).map(|t| t.name), wanted);
    }
}

#[test]
fn what_can_not_be_read_says_why() {
    let dir = tempfile::tempdir().unwrap();
    let open = |name: &str, content: Option<&str>| {
        let path = dir.path().join(name);
        if let Some(content) = content {
            std::fs::write(&path, content).unwrap();
        }
        Source::open(&path, None, None, false).map(|s| s.parts.len()).map_err(|f| f.fault)
    };
    assert_eq!(open("loans.csv", None), Err(ReadFault::NotFound));
    assert_eq!(open("loans.pdf", Some("x")), Err(ReadFault::Extension));
    assert_eq!(open("foo.csv", Some("x")), Err(ReadFault::UnknownTable("foo".into())));
    assert_eq!(open("loans.csv", Some("")), Err(ReadFault::Empty));
    assert_eq!(open("借据.csv", Some("x")), Ok(1));
    let twice = Source::open(dir.path(), None, None, true).map(|_| ()).map_err(|f| f.fault);
    assert_eq!(twice, Err(ReadFault::TableTwice("借据.csv".into())));
}
