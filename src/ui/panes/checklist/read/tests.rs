use super::*;

fn answers(rows: &[(&str, &str)]) -> BTreeMap<String, Answer> {
    let answer = |text: &str| Answer::plain(Value::Text(text.to_owned()));
    rows.iter().map(|(item, text)| ((*item).to_owned(), answer(text))).collect()
}

#[test]
fn own_words_name_signals_once_with_their_place() {
    let found = proposals(&answers(&[
        ("a", "现场看到，企业已停产两个月。"),
        ("b", "停产是因为订单减少"),
        ("c", "没有拖欠工资"),
        ("d", "张三"),
    ]));
    let told: Vec<(&str, &str)> =
        found.iter().map(|p| (p.signal.as_str(), p.item.as_str())).collect();
    assert_eq!(told, [("OPS-01", "a"), ("OPS-07", "b")]);
    assert!(found[0].note.zh.contains("[停产]"), "{}", found[0].note.zh);
    assert!(proposals(&answers(&[])).is_empty());
}

#[test]
fn notes_beside_answers_are_read_as_well() {
    let mut answer = Answer::plain(Value::Bool(true));
    "老板联系不上".clone_into(&mut answer.note);
    let found = proposals(&BTreeMap::from([("x".to_owned(), answer)]));
    assert_eq!(found[0].signal, "MGT-04");
}
