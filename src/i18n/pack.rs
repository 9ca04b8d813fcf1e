//! Why a checklist pack is refused, in words: file, line, reason.

use super::{Lang, parser};
use crate::form::{Fault, FaultKind};

/// A fault with its place.
pub fn fault(lang: Lang, fault: &Fault) -> String {
    match lang {
        Lang::En => match &fault.what {
            FaultKind::Syntax(why) => {
                let what = FaultKind::Syntax(parser::expression(lang, why));
                Fault { what, ..fault.clone() }.to_string()
            }
            _ => fault.to_string(),
        },
        Lang::Zh => format!("{} 第 {} 行：{}", fault.file, fault.line, zh(&fault.what)),
    }
}

fn zh(what: &FaultKind) -> String {
    match what {
        FaultKind::Shape(why) => parser::shape(Lang::Zh, why),
        FaultKind::MissingWords(what, lang) => format!("“{what}”缺少“{lang}”文字"),
        FaultKind::Duplicate(code) => format!("“{code}”重复"),
        FaultKind::BadCode(code) => {
            format!("“{code}”不能作代码：只用小写字母、数字和下划线，以字母开头")
        }
        FaultKind::Unknown(word) => format!("此处没有“{word}”"),
        FaultKind::NoneOf(word, known) => {
            format!("此处没有“{word}”，可用：{}", known.join("、"))
        }
        FaultKind::NoNumber(text) => format!("“{text}”不是数字，应如 30 或 12.5"),
        FaultKind::Syntax(why) => {
            format!("表达式有误：{}", parser::expression(Lang::Zh, why))
        }
        FaultKind::UnknownName(name) => format!("表达式引用了“{name}”，事实和项目中都没有"),
        FaultKind::ZeroBelow(text) => format!("“{text}”除以零"),
        FaultKind::Unsupported(what) => format!("检查表不支持“{what}”"),
        FaultKind::WrongType(text, wanted, found) => {
            format!("“{text}”类型不符：应为{}，实为{}", kind(wanted), kind(found))
        }
        FaultKind::NotAnOption(code, text) => format!("“{code}”不是“{text}”的选项"),
        FaultKind::UnknownSignal(code) => format!("信号库中没有“{code}”"),
        FaultKind::EmptyChoice(code) => format!("“{code}”没有可选内容"),
        FaultKind::Cycle(code, path) => format!("“{code}”依赖自身：{path}"),
    }
}

fn kind(name: &str) -> &str {
    match name {
        "bool" => "是否",
        "number" => "数字",
        "date" => "日期",
        "text" => "文字",
        "list" => "列表",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_file_line_and_reason_in_both_languages() {
        let what = FaultKind::WrongType("a + 1".into(), "number".into(), "text".into());
        let told = Fault { file: "shop.toml".to_owned(), line: 7, what };
        assert_eq!(
            fault(Lang::Zh, &told),
            "shop.toml 第 7 行：“a + 1”类型不符：应为数字，实为文字"
        );
        let en = "shop.toml:7: wrong type in `a + 1`: expected number, found text";
        assert_eq!(fault(Lang::En, &told), en);
    }
}
