//! A small customer by hand, in every report, language and format.

mod conducted;
mod prepared;
mod ratios;
mod sample;

use std::io::Read as _;

use proptest::prelude::*;
use unicode_width::UnicodeWidthStr as _;

use super::model::{Column, Signature, Table, Tone};
use super::*;
use crate::domain::money::Fen;

const FORMATS: [ReportFormat; 3] = [ReportFormat::Docx, ReportFormat::Markdown, ReportFormat::Text];

fn text_of(page: &ReportPage, lang: Lang, format: ReportFormat) -> String {
    String::from_utf8(render(page, lang, format).unwrap()).unwrap()
}

/// Names and contents of the parts of a `.docx`.
fn parts(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut content = String::new();
        file.read_to_string(&mut content).unwrap();
        parts.push((file.name().unwrap().into_owned(), content));
    }
    parts
}

/// Reads a part as XML; gives its texts.
fn well_formed(name: &str, content: &str) -> String {
    let mut reader = quick_xml::Reader::from_str(content);
    let config = reader.config_mut();
    config.check_end_names = true;
    config.check_comments = true;
    let mut depth = 0_i32;
    let mut texts = String::new();
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => break,
            Ok(quick_xml::events::Event::Start(_)) => depth += 1,
            Ok(quick_xml::events::Event::End(_)) => depth -= 1,
            Ok(quick_xml::events::Event::Text(text)) => {
                texts.push_str(&text);
            }
            Ok(_) => {}
            Err(fault) => panic!("{name}: {fault}: {content}"),
        }
    }
    assert_eq!(depth, 0, "{name}");
    let allowed = |c: char| c == '\n' || !c.is_control() && u32::from(c) & 0xfffe != 0xfffe;
    assert!(content.chars().all(allowed), "{name}: a character that XML may not hold");
    texts
}

#[test]
fn reports_read_as_they_should() {
    for (lang, code) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let visit = sample::visit();
        insta::assert_snapshot!(
            format!("visit_{code}_txt"),
            text_of(&visit, lang, ReportFormat::Text)
        );
        insta::assert_snapshot!(
            format!("visit_{code}_md"),
            text_of(&visit, lang, ReportFormat::Markdown)
        );
        for (name, page) in [
            ("renewal", sample::renewal()),
            ("diligence", sample::diligence()),
            ("brief", sample::brief()),
            ("pack", sample::pack()),
        ] {
            let text = text_of(&page, lang, ReportFormat::Text);
            insta::assert_snapshot!(format!("{name}_{code}_txt"), text);
        }
    }
}

#[test]
fn the_same_page_gives_the_same_bytes() {
    for page in sample::all() {
        for format in FORMATS {
            let once = render(&page, Lang::Zh, format).unwrap();
            assert_eq!(once, render(&page, Lang::Zh, format).unwrap());
            assert_ne!(once, render(&page, Lang::En, format).unwrap());
        }
    }
}

#[test]
fn all_fifteen_chapters_stand_in_their_order() {
    for lang in [Lang::Zh, Lang::En] {
        let t = texts::Report::of(lang);
        let text = text_of(&sample::visit(), lang, ReportFormat::Markdown);
        let titles: Vec<String> =
            (1..=15).map(|n| format!("\n## {}\n", t.numbered(n, t.chapter(n - 1)))).collect();
        let places: Vec<usize> = titles.iter().map(|title| text.find(title).unwrap()).collect();
        assert!(places.is_sorted(), "{places:?}");
    }
}

#[test]
fn what_is_missing_is_said_with_its_reason() {
    let text = text_of(&sample::visit(), Lang::Zh, ReportFormat::Markdown);
    for said in ["缺失（必填）", "未取得", "不可计算", "拒绝提供", "未登记抵质押物"]
    {
        assert!(text.contains(said), "{said}\n{text}");
    }
    // A visit that was never recorded here has all chapters, and each says why it is empty.
    let imported = text_of(&sample::imported(), Lang::Zh, ReportFormat::Markdown);
    assert!(imported.contains("十五、") && imported.matches("无检查记录").count() > 5);
}

#[test]
fn opinions_and_calls_stand_in_the_conclusion() {
    let after = |text: &str| text.split("十四、").last().unwrap().to_owned();
    let text = after(&text_of(&sample::visit(), Lang::Zh, ReportFormat::Markdown));
    for said in ["有条件同意", "月底前补齐股东会决议", "待会签", "确认当日到访"]
    {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let mut page = sample::visit();
    if let ReportBody::Visit(report) = &mut page.body
        && let Some(record) = &mut report.record
    {
        record.needed.clear();
        record.opinions.clear();
        record.calls.clear();
    }
    let text = after(&text_of(&page, Lang::Zh, ReportFormat::Markdown));
    assert!(text.contains("无需会签") && text.contains("尚未回访"), "{text}");
}

#[test]
fn what_the_customer_promised_counts_in_the_renewal() {
    let share = |page: &crate::protocol::page::ReportPage| {
        let text = text_of(page, Lang::En, ReportFormat::Markdown);
        let row = |name: &str| {
            let line = text.lines().find(|line| line.contains(name)).unwrap().to_owned();
            let digits: String = line.chars().filter(char::is_ascii_digit).collect();
            digits.parse::<u32>().unwrap()
        };
        (row("Kept in time"), row(texts::Report::of(Lang::En).broken))
    };
    let with = sample::renewal();
    let mut without = with.clone();
    without.base.dossier.todos.clear();
    let (kept, broken) = share(&without);
    assert_eq!(share(&with), (kept + 1, broken + 1));
}

#[test]
fn what_became_of_each_problem_of_last_time_is_told_apart() {
    let mut page = sample::visit();
    if let ReportBody::Visit(report) = &mut page.body
        && let Some(record) = &mut report.record
    {
        let problems = "存货积压\n报表迟交".to_owned();
        let fact = crate::domain::facts::LAST_PROBLEMS.to_owned();
        record.visit.facts.0.insert(fact, crate::domain::answer::Value::Text(problems));
        record.visit.sections.insert(1, "followup".to_owned());
    }
    let text = text_of(&page, Lang::Zh, ReportFormat::Markdown);
    for said in ["| 上次问题：存货积压 |", "| 上次问题：报表迟交 |"] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert!(!text.contains("{subject}"), "{text}");
}

#[test]
fn a_draft_is_not_taken_for_a_report() {
    let mut page = sample::visit();
    if let ReportBody::Visit(report) = &mut page.body {
        report.row.state = crate::domain::visit::VisitState::Draft;
    }
    assert!(text_of(&page, Lang::Zh, ReportFormat::Text).contains("非正式报告"));
    assert!(!text_of(&sample::visit(), Lang::Zh, ReportFormat::Text).contains("非正式报告"));
}

#[test]
fn the_proof_stands_at_the_end() {
    for page in sample::all() {
        for lang in [Lang::Zh, Lang::En] {
            let text = text_of(&page, lang, ReportFormat::Markdown);
            let end: String = text.lines().rev().take(4).collect();
            assert!(end.contains(&page.base.chain.1), "{end}");
        }
    }
    let visit = text_of(&sample::visit(), Lang::En, ReportFormat::Markdown);
    assert!(visit.contains(sample::HASH) && visit.contains("Hash of version 2"));
}

#[test]
fn hostile_names_become_neither_markup_nor_commands() {
    let hostile = "<w:br/>&\"'|**\u{1b}]52;c;x\u{7}\u{202e}\u{0}\u{ffff}\r\n]]>张*_`#";
    for mut page in sample::all() {
        page.base.dossier.name = hostile.to_owned();
        page.base.dossier.industry = Some(hostile.to_owned());
        for flag in &mut page.base.flags {
            flag.note = Some(hostile.to_owned());
        }
        for (name, content) in parts(render(&page, Lang::Zh, ReportFormat::Docx).unwrap()) {
            well_formed(&name, &content);
        }
        for format in [ReportFormat::Markdown, ReportFormat::Text] {
            let text = text_of(&page, Lang::En, format);
            let allowed = |c: char| matches!(c, '\n' | '\u{c}') || !c.is_control();
            assert!(text.chars().all(allowed) && !text.contains('\u{202e}'));
        }
        let text = text_of(&page, Lang::Zh, ReportFormat::Markdown);
        assert!(text.contains("\\<w:br/\\>") && text.contains("\\|\\*\\*"), "{text}");
    }
}

#[test]
fn a_docx_is_whole_and_says_nothing_of_the_machine() {
    let parts = parts(render(&sample::visit(), Lang::Zh, ReportFormat::Docx).unwrap());
    assert_eq!(parts.len(), 11);
    for (name, content) in &parts {
        well_formed(name, content);
    }
    let of = |wanted: &str| &parts.iter().find(|(name, _)| name == wanted).unwrap().1;
    assert!(of("word/footer1.xml").contains("NUMPAGES"));
    assert!(of("word/header1.xml").contains("贷后检查报告"));
    assert!(of("docProps/core.xml").contains("2026-11-23T00:00:00Z"));
    let document = of("word/document.xml");
    assert!(document.contains("<w:tblHeader/>") && document.contains("w:w=\"11906\""));
    // Each table is followed by something, or two would become one.
    assert!(!document.contains("</w:tbl><w:tbl>"));
}

#[test]
fn pages_of_text_are_full_and_no_heading_ends_one() {
    for page in sample::all() {
        for lang in [Lang::Zh, Lang::En] {
            let text = text_of(&page, lang, ReportFormat::Text);
            let pages: Vec<&str> = text.split('\u{c}').collect();
            for (number, page) in pages.iter().enumerate() {
                let lines: Vec<&str> = page.lines().collect();
                assert_eq!(lines.len(), 62, "page {}", number + 1);
                assert!(lines.iter().all(|line| line.width() <= 80), "{page}");
                let body: Vec<&&str> =
                    lines[2..60].iter().filter(|line| !line.is_empty()).collect();
                let last = body.last().unwrap();
                assert!(!last.starts_with("==="), "page {} ends with a heading", number + 1);
                assert!(lines[61].contains(&pages.len().to_string()));
            }
        }
    }
}

#[test]
fn amounts_are_exact_or_say_their_unit() {
    let cases = [
        (2_000_000_000, "2,000万元", "RMB\u{a0}20,000,000", "2,000.00", "20,000.0"),
        (123_450, "1,234.50元", "RMB\u{a0}1,234.50", "0.12", "1.2"),
        (-1_500_000, "-1.50万元", "RMB\u{a0}-15,000", "-1.50", "-15.0"),
        (123_456_789, "1,234,567.89元", "RMB\u{a0}1,234,567.89", "123.46", "1,234.6"),
        (0, "0元", "RMB\u{a0}0", "0.00", "0.0"),
        (-4_999, "-49.99元", "RMB\u{a0}-49.99", "0.00", "0.0"),
    ];
    for (fen, zh, en, wan, thousand) in cases {
        assert_eq!(show::money(Lang::Zh, Fen(fen)), zh);
        assert_eq!(show::money(Lang::En, Fen(fen)), en);
        assert_eq!(show::figure(Lang::Zh, Fen(fen)), wan);
        assert_eq!(show::figure(Lang::En, Fen(fen)), thousand);
    }
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\x00-\\x1f<>&\"'|*_#\\-0-9a-zA-Z借款人，。 \n]{0,60}",
        Just(String::new()),
    ]
}

fn any_said() -> impl Strategy<Value = Said> {
    (any_text(), prop_oneof![Just(Tone::Plain), Just(Tone::Strong), Just(Tone::Missing)])
        .prop_map(|(text, tone)| Said { text, tone })
}

fn any_table() -> impl Strategy<Value = Table> {
    let columns = prop::collection::vec(any_text(), 0..9);
    let rows = prop::collection::vec(prop::collection::vec(any_said(), 0..10), 0..6);
    (any_text(), columns, rows).prop_map(|(caption, titles, rows)| {
        let columns = titles.into_iter().map(|title| Column { title, ..Column::default() });
        Table { caption, columns: columns.collect(), rows, shares: Vec::new() }
    })
}

fn any_block() -> impl Strategy<Value = Block> {
    prop_oneof![
        (1..3_u8, any_text()).prop_map(|(level, text)| Block::Heading(level, text)),
        any_said().prop_map(Block::Text),
        prop::collection::vec((any_text(), any_said()), 0..6).prop_map(Block::Pairs),
        any_table().prop_map(Block::Table),
        prop::collection::vec(any_said(), 0..5).prop_map(Block::List),
        any_text().prop_map(Block::Note),
        (0..70_u8).prop_map(Block::Lines),
        prop::collection::vec((any_text(), any_text()), 0..3).prop_map(|all| {
            Block::Signatures(
                all.into_iter().map(|(role, name)| Signature { role, name }).collect(),
            )
        }),
        Just(Block::Break),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_stands_in_a_document_every_file_is_sound(
        title in any_text(),
        running in any_text(),
        blocks in prop::collection::vec(any_block(), 0..8),
        chinese in any::<bool>(),
    ) {
        let foot = Foot { before: "第 ", between: " 页 共 ", after: " 页" };
        let document =
            Document { title, running, foot, chinese, blocks, ..Document::default() }.cleaned();
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        for (name, content) in parts(docx::write(&document, day).unwrap()) {
            well_formed(&name, &content);
        }
        let text = text::write(&document);
        for page in text.split('\u{c}') {
            prop_assert_eq!(page.lines().count(), 62);
        }
        let allowed = |c: char| matches!(c, '\n' | '\u{c}') || !c.is_control();
        prop_assert!(text.chars().all(allowed));
        prop_assert!(markdown::write(&document).chars().all(allowed));
    }

    #[test]
    fn columns_fill_the_page_and_no_more(table in any_table(), room in 40_usize..120) {
        let widths = widths::widths(&table, room);
        prop_assert_eq!(widths.len(), table.columns.len());
        prop_assert!(widths.iter().sum::<usize>() <= room);
        prop_assert!(widths.iter().all(|width| *width > 0));
    }
}
