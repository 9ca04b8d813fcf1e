//! Answers and signals in words for people.

use chrono::NaiveDate;

use crate::domain::answer::{Answer, DocumentState, Value};
use crate::domain::flag::Level;
use crate::form::definition::{Choice, Item, Kind};
use crate::form::{Figure, Words, entry};
use crate::i18n::{Lang, words};
use crate::risk::care::{BETWEEN, Least, Measure};
use crate::ui::ctx::Ctx;

/// One of the two wordings.
pub fn pick(words: &Words, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &words.zh,
        Lang::En => &words.en,
    }
}

/// A value as the row shows it. What is worked out has more decimals than anybody has seen: it is
/// rounded, as it is in reports.
pub fn show(item: &Item, value: &Value, ctx: &Ctx<'_>) -> String {
    if item.computed { show_computed(item, value, ctx) } else { whole(item, value, ctx) }
}

/// A worked-out value beside the one of an item.
pub fn show_computed(item: &Item, value: &Value, ctx: &Ctx<'_>) -> String {
    match (value, &item.kind) {
        (Value::Number(n), Kind::Percent) => format!("{}%", entry::format_tenths(*n)),
        (Value::Number(n), kind) => with_unit(entry::format_worked_out(*n), kind, ctx),
        _ => whole(item, value, ctx),
    }
}

/// A number of an item with its unit.
fn with_unit(number: String, kind: &Kind, ctx: &Ctx<'_>) -> String {
    let Kind::Number(unit) = kind else { return number };
    let unit = pick(unit, ctx.lang);
    let gap = if unit.is_empty() { "" } else { " " };
    format!("{number}{gap}{unit}")
}

/// A value with all that it has.
fn whole(item: &Item, value: &Value, ctx: &Ctx<'_>) -> String {
    let text = &ctx.text.checklist;
    match (value, &item.kind) {
        (Value::Bool(yes), _) => (if *yes { text.yes } else { text.no }).to_owned(),
        (Value::Choice(code), kind) => option(kind.choices(), code, ctx.lang).to_owned(),
        (Value::Multi(codes), kind) => {
            let names: Vec<_> =
                codes.iter().map(|code| option(kind.choices(), code, ctx.lang)).collect();
            names.join(ctx.lang.list_mark())
        }
        (Value::Number(n), Kind::Percent) => format!("{}%", entry::format_number(*n)),
        (Value::Number(n), kind) => with_unit(entry::format_number(*n), kind, ctx),
        (Value::Money(fen), _) => entry::format_money(*fen),
        (Value::Date(day), _) => day.to_string(),
        (Value::Text(text), _) => text.replace('\n', " "),
        (Value::Document { state, until, note }, _) => {
            let mut out = document_state(item, *state, ctx).to_owned();
            if let Some(day) = until {
                out.push(' ');
                out.push_str(&day.to_string());
            }
            if !note.is_empty() {
                out.push(' ');
                out.push_str(note);
            }
            out
        }
        (Value::Rows(n), _) => text.rows(*n),
    }
}

/// State of a document; a photo is not refused but can't be taken.
pub fn document_state(item: &Item, state: DocumentState, ctx: &Ctx<'_>) -> &'static str {
    if item.photo && state == DocumentState::Refused {
        return ctx.text.files.photo_refused;
    }
    words::document(ctx.lang, state)
}

/// Last time's answer with its value only.
pub fn show_answer(item: &Item, answer: &Answer, ctx: &Ctx<'_>) -> String {
    show(item, &answer.value, ctx)
}

fn option<'a>(choices: &'a [Choice], code: &'a str, lang: Lang) -> &'a str {
    choices.iter().find(|c| c.code == code).map_or(code, |c| pick(&c.words, lang))
}

/// A figure of a cross-check.
pub fn figure(figure: Option<Figure>, ctx: &Ctx<'_>) -> String {
    match figure {
        None => "-".to_owned(),
        Some(Figure::Money(fen)) => crate::i18n::format::amount(ctx.lang, fen),
        Some(Figure::Percent(n)) => format!("{}%", entry::format_tenths(n)),
        Some(Figure::Number(n)) => entry::format_worked_out(n),
    }
}

/// Reads ahead what names signals and measures.
pub fn warm() {
    // A fault is told by a test, and here by signals that are shown by their codes.
    let _ = crate::assets::signals::shared();
    let _ = crate::assets::care::shared();
}

/// The name of a signal; `None` for the officer's own words and for codes that the library has not.
pub fn signal(code: &str, lang: Lang) -> Option<String> {
    let signals = crate::assets::signals::shared().ok()?;
    signals.get(code).map(|signal| match lang {
        Lang::Zh => signal.zh.clone(),
        Lang::En => signal.en.clone(),
    })
}

/// How grave the library has a signal; `None` = it does not know the code.
pub fn signal_level(code: &str) -> Option<Level> {
    let signals = crate::assets::signals::shared().ok()?;
    signals.get(code).map(|signal| signal.level)
}

/// The last day on which a measure at this level may end.
pub fn latest(level: Level, today: NaiveDate) -> Option<NaiveDate> {
    crate::assets::care::shared().ok()?.latest(level, today)
}

/// The fewest characters of what is written about a flag.
pub fn least() -> Least {
    let least = crate::assets::care::shared().map(|care| care.least);
    least.unwrap_or(Least { reason: 1, proof: 1 })
}

/// Whether a text has as many characters, blanks not counted, as say anything.
pub fn says_enough(text: &str, least: u32) -> bool {
    text.chars().filter(|c| !c.is_whitespace()).count() >= least.max(1) as usize
}

/// A measure as it is shown: what was written with the name of one language is read in the other.
pub fn measure_shown(written: &str, lang: Lang) -> String {
    parted(written, lang).map_or_else(|| written.to_owned(), |parted| parted.shown)
}

/// A measure as it is written down: a code of the catalogue gets its name, `m05 今日` becomes
/// `M05 停止提款，冻结未用额度 今日`. Other texts stay as they are.
pub fn measure_written(typed: &str, lang: Lang) -> String {
    let typed = typed.trim();
    match parted(typed, lang) {
        Some(Parted { shown, is_named: false }) => shown,
        _ => typed.to_owned(),
    }
}

/// A measure of the catalogue with the name of the language.
struct Parted {
    /// Code, name and what stands beside them.
    shown: String,
    /// Whether its name stood there already, in either language.
    is_named: bool,
}

/// Parts a measure, or several one behind the other: `M02、M05 今日`; `None` = it begins with no
/// code of the catalogue.
fn parted(written: &str, lang: Lang) -> Option<Parted> {
    let care = crate::assets::care::shared().ok()?;
    let joining = format!("/+&{BETWEEN}");
    let (mut names, mut is_named, mut rest, mut next) = (Vec::new(), true, "", written);
    while let Some((measure, behind)) = care.measure_first(next) {
        let named = measure.behind_name(behind);
        is_named &= named.is_some();
        names.push(format!("{} {}", measure.code, measure_name(measure, lang)));
        rest = between(named.unwrap_or(behind), "");
        next = between(rest, &joining);
    }
    if names.is_empty() {
        return None;
    }
    let shown = format!("{} {}", names.join(lang.list_mark()), rest.trim_end());
    Some(Parted { shown: shown.trim_end().to_owned(), is_named })
}

/// A text without the marks at its beginning that part one thing from the next.
fn between<'t>(text: &'t str, besides: &str) -> &'t str {
    text.trim_start_matches(|c: char| {
        c.is_whitespace() || "、，,；;".contains(c) || besides.contains(c)
    })
}

/// The measures of the catalogue for a level: code, and code with name.
pub fn measures(level: Level, lang: Lang) -> Vec<(String, String)> {
    let Ok(care) = crate::assets::care::shared() else { return Vec::new() };
    let shown = |m: &Measure| (m.code.clone(), format!("{} {}", m.code, measure_name(m, lang)));
    care.measures_for(level).map(shown).collect()
}

fn measure_name(measure: &Measure, lang: Lang) -> &str {
    match lang {
        Lang::Zh => &measure.zh,
        Lang::En => &measure.en,
    }
}

/// The question at a path of the built-in checklists.
pub fn item_title(path: &str) -> Option<Words> {
    let library = crate::assets::checklists::shared().ok()?;
    // Which flag or point a question was made for only its record knows.
    let bare = |title: &str| title.replace("{subject}", "…").replace("{question}", "…");
    library.item(path).map(|item| Words { zh: bare(&item.title.zh), en: bare(&item.title.en) })
}

/// Code and name of a signal, or the officer's own words: `EXT-05 被执行人`.
pub fn signal_line(code: &str, lang: Lang) -> String {
    signal(code, lang).map_or_else(|| code.to_owned(), |name| format!("{code} {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Decimal4;

    #[test]
    fn no_question_shows_what_its_record_fills_in() {
        let library = crate::assets::checklists::shared().unwrap();
        let items = library.sections().iter().flat_map(|section| &section.items);
        let mut filled = 0;
        for item in items {
            let title = item_title(&item.code).unwrap();
            assert!(!title.zh.contains('{') && !title.en.contains('{'), "{}", item.code);
            filled += usize::from(item.title.zh.contains('{'));
        }
        assert!(filled > 3, "some are made for a flag or point");
    }

    #[test]
    fn what_is_worked_out_is_rounded_wherever_it_is_shown_and_what_was_answered_is_not() {
        let library = crate::assets::checklists::shared().unwrap();
        let number = Value::Number(Decimal4(1_234_567));
        let small = Value::Number(Decimal4(12_345));
        for (lang, days) in [(Lang::Zh, "123.5 天"), (Lang::En, "123.5 days")] {
            crate::ui::ctx::with_ctx(lang, |ctx| {
                let shown =
                    |code: &str, value: &Value| show(library.item(code).unwrap(), value, ctx);
                assert_eq!(shown("stock_days", &number), days);
                assert_eq!(shown("inventory_days", &number), "123.5");
                assert_eq!(shown("inventory_days", &Value::Number(Decimal4(820_000))), "82");
                assert_eq!(shown("debt_ratio", &number), "123.5%");
                // A multiple says little without its hundredths.
                assert!(shown("interest_cover", &small).starts_with("1.23"));
                assert!(shown("staff_total", &small).starts_with("1.2345"));
            });
        }
    }

    #[test]
    fn several_measures_in_one_field_are_each_named_and_read_again() {
        let both = "M02 约谈实际控制人，限期整改、M05 停止提款，冻结未用额度";
        for (typed, behind) in [
            ("M02、M05", ""),
            ("m02，m05，今日", " 今日"),
            ("M02 M05 今日", " 今日"),
            ("M02,M05", ""),
            ("M02和M05 和解协议", " 和解协议"),
        ] {
            let written = measure_written(typed, Lang::Zh);
            assert_eq!(written, format!("{both}{behind}"), "{typed}");
            assert_eq!(measure_written(&written, Lang::Zh), written, "nothing is named twice");
            let shown = measure_shown(&written, Lang::En);
            assert!(shown.starts_with("M02 talk") && shown.contains(", M05 stop"), "{shown}");
            assert!(shown.ends_with(behind), "{shown}");
        }
        // One with words behind it is as it was, and words that only name a code are words.
        assert_eq!(measure_written("m05 今日", Lang::Zh), "M05 停止提款，冻结未用额度 今日");
        assert_eq!(measure_written("和M05 一致", Lang::Zh), "和M05 一致");
    }
}
