use super::*;
use crate::domain::statement::StatementLine;
use crate::i18n::{Catalog, Lang, words};
use crate::ui::theme::Theme;

fn ctx(lang: Lang, theme: &Theme) -> Ctx<'_> {
    let now: chrono::DateTime<chrono::FixedOffset> = "2026-11-23T09:12:00+08:00".parse().unwrap();
    Ctx { text: Catalog::of(lang), lang, theme, now, today: now.date_naive(), home: None }
}

#[test]
fn what_differs_in_a_statement_is_told_in_words() {
    let lines = StatementLine::ALL.iter().map(|line| line.as_code());
    for field in ["period_months", "source", "audited", "shares_pledged"].into_iter().chain(lines) {
        for lang in [Lang::En, Lang::Zh] {
            let name = words::conflict_field(lang, field).unwrap();
            assert!(!name.contains('_'), "{field}");
            assert!(lang == Lang::En || !name.is_ascii(), "{field}: {name}");
        }
    }
    assert_eq!(words::conflict_value(Lang::Zh, "source", "tax"), "税务报送");
    assert_eq!(words::conflict_value(Lang::En, "audited", ""), "no");
}

#[test]
fn what_differs_is_told_in_the_words_of_the_history() {
    let theme = Theme::default();
    let cases = [
        ("level", "orange", "level", "orange", "等级", "橙"),
        ("state", "proposed", "state", "proposed", "状态", "待确认"),
        ("state", "dropped", "state", "dropped", "状态", "已作罢"),
        ("state", "set_visit", "state", "visit changed", "状态", "修改回访"),
        ("step", "measure_decided", "step", "decided", "进度", "已定措施"),
        ("strategy", "exit", "strategy", "exit", "授信策略", "退出"),
        ("due_on", "2026-12-01", "Due on", "2026-12-01", "期限", "2026-12-01"),
        ("opinion", "second", "opinion", "second supervisor", "会签意见", "第二主管"),
        (
            "measure",
            "M05 停止提款，冻结未用额度",
            "Measure",
            "M05 stop drawdowns, freeze the unused limit",
            "措施",
            "M05 停止提款，冻结未用额度",
        ),
    ];
    for (field, value, name_en, value_en, name_zh, value_zh) in cases {
        for (lang, name, said) in [(Lang::En, name_en, value_en), (Lang::Zh, name_zh, value_zh)] {
            let ctx = ctx(lang, &theme);
            assert_eq!(told::name(field, &ctx), name, "{field}");
            assert_eq!(told::value(field, value, &ctx), said, "{field} {value}");
        }
    }
}

#[test]
fn questions_and_look_ups_are_told_without_their_codes() {
    let theme = Theme::default();
    let library = crate::assets::checklists::shared().unwrap();
    let focus = library.item("focus").unwrap();
    let option = &focus.kind.choices()[0];
    let pack = crate::assets::preparation::shared().unwrap();
    let look_up = &pack.lookups[0];
    let result = &look_up.options[0];
    for (lang, said, found) in [
        (Lang::En, &option.words.en, &result.words.en),
        (Lang::Zh, &option.words.zh, &result.words.zh),
    ] {
        let ctx = ctx(lang, &theme);
        assert_eq!(told::value("focus", &format!("c:{}", option.code), &ctx), *said);
        assert_ne!(told::name("focus", &ctx), "focus");
        assert_eq!(told::value("focus", "", &ctx), ctx.text.checklist.no_answer);
        let kept = format!("{} 已吊销", result.code);
        assert_eq!(told::value(&look_up.code, &kept, &ctx), format!("{found} 已吊销"));
        assert_ne!(told::name(&look_up.code, &ctx), look_up.code);
    }
}
