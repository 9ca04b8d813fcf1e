//! Look-ups as the officer notes them.

use chrono::NaiveDate;

use super::*;
use crate::i18n::{Catalog, Lang};
use crate::ui::theme::Theme;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn entry(option: &str, result: LookedUp, detail: &str, on: Option<&str>) -> LookUpEntry {
    LookUpEntry {
        option: option.to_owned(),
        result,
        detail: detail.to_owned(),
        place: String::new(),
        on: on.map(day),
        by: "张伟".to_owned(),
    }
}

fn row(code: &str, result: LookedUp, last: Option<LookUpEntry>, stale: bool) -> LookUpRow {
    LookUpRow { code: code.to_owned(), revision: 1, result, last, stale, before: None }
}

/// What each kind of row says, in Chinese and plain.
#[test]
fn not_queried_never_reads_as_none() {
    let theme = Theme::default();
    let now = "2026-11-23T09:00:00+08:00".parse().unwrap();
    let today = day("2026-11-23");
    let (text, lang) = (Catalog::of(Lang::Zh), Lang::Zh);
    let ctx = Ctx { text, lang, theme: &theme, now, today, home: None };
    let pack = pack().unwrap();
    let told = |row: &LookUpRow| {
        let lookup = pack.lookup(&row.code).unwrap();
        let lines = lines(row, lookup, 46, &ctx);
        lines.iter().map(|line| line.to_string().trim_end().to_owned()).collect::<Vec<_>>()
    };
    let open = row("court_company", LookedUp::NotQueried, None, false);
    assert_eq!(told(&open), [" □ 被执行信息（企业）                  未查询"]);
    let reason = entry("not_queried", LookedUp::NotQueried, "系统维护", None);
    let open = row("court_company", LookedUp::NotQueried, Some(reason), false);
    assert_eq!(told(&open)[1], "   系统维护  张伟");
    let old = entry("none", LookedUp::Nothing, "", Some("2026-09-01"));
    let stale = row("court_company", LookedUp::NotQueried, Some(old), true);
    let lines = told(&stale);
    assert!(lines[0].ends_with("未查询"), "{lines:?}");
    assert_eq!(lines[1], "   09-01 未发现记录 已过期，需重查");
    let found = entry("revoked", LookedUp::Found, "11-20 吊销", Some("2026-11-22"));
    let mut found = row("licence", LookedUp::Found, Some(found), false);
    found.before = Some(entry("existing", LookedUp::Nothing, "", Some("2025-05-01")));
    let lines = told(&found);
    assert!(lines[0].starts_with(" ● 营业执照状态") && lines[0].ends_with("吊销"), "{lines:?}");
    assert_eq!(lines[1], "   11-20 吊销  11-22 张伟  此前 25-05-01 存续");
}
