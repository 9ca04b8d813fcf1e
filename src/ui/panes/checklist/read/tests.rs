use super::*;

fn answers(rows: &[(&str, &str)]) -> BTreeMap<String, Answer> {
    let answer = |text: &str| Answer::plain(Value::Text(text.to_owned()));
    rows.iter().map(|(item, text)| ((*item).to_owned(), answer(text))).collect()
}

fn heard(kind: HeardKind, code: &str, mark: &str, words: &str) -> HeardRow {
    HeardRow {
        file: "面谈.srt".to_owned(),
        item: "photo_meeting".to_owned(),
        mark: mark.to_owned(),
        kind,
        code: code.to_owned(),
        words: words.to_owned(),
        hearsay: false,
    }
}

fn read(answers: &BTreeMap<String, Answer>, heard: &[HeardRow]) -> Read {
    let title = |item: &String| (item.clone(), Words { zh: item.clone(), en: item.clone() });
    let titles: BTreeMap<String, Words> = answers.keys().map(title).collect();
    super::read(answers, heard, |path| titles.get(path))
}

#[test]
fn what_is_not_asked_any_more_says_nothing() {
    let answers = answers(&[("a", "现场看到，企业已停产")]);
    assert_eq!(super::read(&answers, &[], |_| None).signals, []);
}

#[test]
fn the_question_is_told_as_the_record_asks_it() {
    let title =
        Words { zh: "核对 工资占销售：为何".to_owned(), en: "Wages: why".to_owned() };
    let answers = answers(&[("check[C1]", "现场看到，企业已停产")]);
    let found = super::read(&answers, &[], |path| (path == "check[C1]").then_some(&title));
    let note = &found.signals[0].note;
    assert_eq!(note.zh, "文字提及（核对 工资占销售：为何）：现场看到，企业已[停产]");
    assert!(note.en.starts_with("own words (Wages: why): "), "{}", note.en);
}

#[test]
fn own_words_name_signals_once_with_their_place() {
    let found = read(
        &answers(&[
            ("a", "现场看到，企业已停产两个月。"),
            ("b", "停产是因为订单减少"),
            ("c", "没有拖欠工资"),
            ("d", "张三"),
        ]),
        &[],
    );
    let told: Vec<(&str, &str)> =
        found.signals.iter().map(|p| (p.signal.as_str(), p.item.as_str())).collect();
    assert_eq!(told, [("OPS-01", "a"), ("OPS-07", "b")]);
    assert_eq!(found.signals[0].note.zh, "文字提及（a）：现场看到，企业已[停产]两个月。");
    assert!(read(&answers(&[]), &[]).signals.is_empty());
}

#[test]
fn notes_beside_answers_are_read_as_well() {
    let mut answer = Answer::plain(Value::Bool(true));
    "老板联系不上".clone_into(&mut answer.note);
    let found = read(&BTreeMap::from([("x".to_owned(), answer)]), &[]);
    assert_eq!(found.signals[0].signal, "MGT-04");
}

#[test]
fn talks_stand_behind_own_words_with_file_and_time() {
    let rows = [
        heard(HeardKind::Signal, "OPS-01", "00:01:05", "上月就[停产]了"),
        heard(HeardKind::Signal, "OPS-07", "00:02:10", "[没有订单]"),
        heard(HeardKind::Attitude, "evasive", "00:03:00", "[不愿多说]"),
        heard(HeardKind::Tag, "cash_tight", "12", "[资金紧张]"),
        heard(HeardKind::Tag, "cash_tight", "13", "[手头紧]"),
        heard(HeardKind::Signal, "ZZZ-99", "14", "[未知]"),
    ];
    let found = read(&answers(&[("a", "企业已停产")]), &rows);
    let told: Vec<(&str, &str)> =
        found.signals.iter().map(|p| (p.signal.as_str(), p.note.zh.as_str())).collect();
    assert_eq!(
        told,
        [("OPS-01", "文字提及（a）：企业已[停产]"), ("OPS-07", "面谈.srt 00:02:10：[没有订单]")]
    );
    let hints: Vec<(&str, &str)> =
        found.hints.iter().map(|hint| (hint.code.as_str(), hint.said.en.as_str())).collect();
    assert_eq!(
        hints,
        [
            ("evasive", "面谈.srt 00:03:00: [不愿多说]"),
            ("cash_tight", "面谈.srt line 12: [资金紧张]")
        ]
    );
}

#[test]
fn hearsay_is_a_hint_and_no_suggestion() {
    let mut told = heard(HeardKind::Signal, "ACC-10", "00:00:05", "听说账户[冻结]了");
    told.hearsay = true;
    let found = read(&answers(&[("a", "据说他被列为被执行人"), ("b", "订单下降5%")]), &[told]);
    assert!(found.signals.is_empty(), "{:?}", found.signals);
    let hints: Vec<(HeardKind, &str)> =
        found.hints.iter().map(|hint| (hint.kind, hint.code.as_str())).collect();
    assert_eq!(hints, [(HeardKind::Signal, "EXT-05"), (HeardKind::Signal, "ACC-10")]);
    // What is said elsewhere as a fact is suggested, and no hearsay any more.
    let found = read(&answers(&[("a", "听说停产了"), ("b", "现场看到已停产")]), &[]);
    assert_eq!((found.signals.len(), found.hints.len()), (1, 0));
}
