use super::*;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

#[test]
fn the_filter_of_the_manual_is_understood() {
    let filter = parse("officer:zhangwei tier:关注 due:<7d exposure:>10m 鼎盛", today()).unwrap();
    assert_eq!(
        filter,
        CustomerFilter {
            text: "鼎盛".into(),
            officer: Some("zhangwei".into()),
            tier: Some(Tier::SpecialMention),
            due_by: NaiveDate::from_ymd_opt(2026, 11, 30),
            min_exposure: Some(Fen::from_yuan(10_000_000)),
            ..CustomerFilter::default()
        }
    );
}

#[test]
fn both_languages_and_units_mean_the_same() {
    for (a, b) in [
        ("exposure:>1000万", "敞口:10m"),
        ("tier:sm", "分类:special_mention"),
        ("flag:红", "信号:red"),
        ("line:法人", "条线:corporate"),
        ("due:<=1w", "到期:7天"),
        ("gap:yes", "缺口:是"),
        ("watch:yes", "关注:是"),
        ("watch:1", "flag:yellow"),
        ("score:>400", "评分:401"),
        ("score:>=400", "评分:400"),
        ("grade:e", "等级:E"),
        ("exposure:>0.5亿", "exposure:50m"),
        ("敞口：＞1000万", "exposure:>10m"),
        ("评分：＞400", "score:>400"),
        ("评分：＞＝400", "score:400"),
        ("下次应访:＜7天", "due:<7d"),
    ] {
        assert_eq!(parse(a, today()), parse(b, today()), "{a}");
        assert_ne!(parse(a, today()), Ok(CustomerFilter::default()), "{a}");
    }
}

#[test]
fn a_word_not_understood_is_named() {
    for bad in [
        "tier:purple",
        "exposure:>ten",
        "due:soon",
        "colour:red",
        "score:high",
        "score:<400",
        "grade:",
        "officer:",
        "gap:maybe",
        "watch:no",
    ] {
        assert_eq!(misread(&format!("鼎盛 {bad}")).word, bad);
    }
}

fn misread(text: &str) -> Misread {
    parse(text, today()).unwrap_err()
}

/// Whoever mistypes is told what would be understood, in her language.
#[test]
fn what_would_be_understood_is_told() {
    for (bad, wants, zh) in [
        ("tier:不良", Wants::Tier, "正常、关注、次级、可疑、损失"),
        ("信号:紫", Wants::Level, "黄、橙、红"),
        ("colour:red", Wants::Key, "管户、分类"),
        ("due:soon", Wants::Day, "<7天"),
        ("gap:maybe", Wants::YesNo, "是、否"),
        ("grade:", Wants::Text, "冒号后"),
    ] {
        assert_eq!(misread(bad).wants, wants, "{bad}");
        assert!(wants.told(Lang::Zh).starts_with(zh), "{}", wants.told(Lang::Zh));
        assert!(wants.told(Lang::En).is_ascii(), "{}", wants.told(Lang::En));
    }
}

#[test]
fn figures_districts_and_months_are_understood() {
    use crate::domain::cockpit::Figure;
    let filter = parse("区域:\"河 东\" 指标:late_2 month:2026-10 鼎", today()).unwrap();
    assert_eq!(filter.district.as_deref(), Some("河 东"));
    assert_eq!(filter.figure, Some(Figure::Late2));
    assert_eq!(filter.month, NaiveDate::from_ymd_opt(2026, 10, 1));
    assert_eq!(filter.text, "鼎");
    assert_eq!(parse("district:-", today()).unwrap().district.as_deref(), Some(""));
    for bad in ["figure:late", "month:2026-13", "district:"] {
        assert_eq!(misread(bad).word, bad);
    }
}

#[test]
fn a_figure_is_named_in_either_language_or_by_its_code() {
    for figure in Figure::ALL {
        let words = [Lang::En, Lang::Zh].map(|lang| Cockpit::word(lang, *figure));
        assert!(words.iter().all(|word| !word.contains([' ', '_', ':', '"'])), "{words:?}");
        for word in [words[0], words[1], figure.as_code()] {
            for key in ["figure", "指标"] {
                let filter = parse(&format!("{key}:{word}"), today()).unwrap();
                assert_eq!(filter.figure, Some(*figure), "{word}");
            }
        }
    }
}
