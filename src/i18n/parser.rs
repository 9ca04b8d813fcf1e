//! What the readers of files and of expressions say of a fault, in the language of the screen. Their
//! own words are English; those of the common faults are told anew, others are kept in brackets.

use super::Lang;

/// The words of the reader of TOML, or of the shape that a file has to have.
pub fn shape(lang: Lang, words: &str) -> String {
    match lang {
        Lang::En => words.to_owned(),
        Lang::Zh => shape_zh(words).unwrap_or_else(|| kept("内容不符合要求", words)),
    }
}

/// A report of the reader in several lines, with the place and a picture of it: in one sentence.
pub fn report(lang: Lang, file: &str, words: &str) -> String {
    if lang == Lang::En {
        return format!("{file}: {words}");
    }
    let first = words.lines().next().unwrap_or_default();
    let at = first.split_once("at line ").and_then(|(_, at)| at.split(',').next());
    let line = at.map(|at| format!(" 第 {at} 行")).unwrap_or_default();
    let what = words.lines().rev().find(|line| !line.is_empty() && !line.starts_with("in `"));
    format!("{file}{line}：{}", shape(lang, what.unwrap_or(words)))
}

/// The words of the reader of expressions; it tells several at once.
pub fn expression(lang: Lang, words: &str) -> String {
    match lang {
        // A list of all that could have stood there helps nobody.
        Lang::En => {
            let short = |one: &str| one.split(" expecting {").next().unwrap_or(one).to_owned();
            words.split("; ").map(short).collect::<Vec<_>>().join("; ")
        }
        Lang::Zh => {
            let mut told: Vec<String> = Vec::new();
            for one in words.split("; ") {
                let said = syntax_zh(one).unwrap_or_else(|| kept("写法有误", one));
                if !told.contains(&said) {
                    told.push(said);
                }
            }
            told.join("；")
        }
    }
}

fn kept(told: &str, words: &str) -> String {
    format!("{told}（{words}）")
}

/// What stands in the first pair of marks, and what follows it.
fn quoted(text: &str, mark: char) -> Option<(&str, &str)> {
    text.strip_prefix(mark)?.split_once(mark)
}

/// Every word in backticks.
fn words_of(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn choices(text: &str) -> String {
    let known = words_of(text);
    if known.is_empty() { String::new() } else { format!("，可用：{}", known.join("、")) }
}

fn shape_zh(words: &str) -> Option<String> {
    if words == "net_capital_yuan: no amount in whole yuan" {
        return Some("net_capital_yuan 应为以元计的整数".to_owned());
    }
    if let Some((date, _)) = words.strip_prefix("own_days: ").and_then(|rest| quoted(rest, '`')) {
        return Some(format!("own_days 的“{date}”不是月日，应如 05-18"));
    }
    for (head, told) in [
        ("unknown field ", "没有“{}”这一项"),
        ("unknown variant ", "不能写“{}”"),
        ("missing field ", "缺少“{}”"),
        ("duplicate field ", "“{}”重复"),
    ] {
        if let Some((name, rest)) = words.strip_prefix(head).and_then(|rest| quoted(rest, '`')) {
            return Some(format!("{}{}", told.replace("{}", name), choices(rest)));
        }
    }
    for (head, told) in [
        ("invalid type: ", "类型不符"),
        ("invalid value: ", "数值不符"),
        ("invalid length ", "个数不符"),
    ] {
        if let Some((found, wanted)) =
            words.strip_prefix(head).and_then(|rest| rest.rsplit_once(", expected "))
        {
            return Some(format!("{told}：应为{}，实为{}", wanted_zh(wanted), found_zh(found)));
        }
    }
    let (plain, wanted) = words.split_once(", expected ").unwrap_or((words, ""));
    let told = PLAIN.iter().find(|(en, _)| *en == plain)?.1;
    // Signs are told; what the reader calls by a name is its own affair.
    let signs: Vec<&str> = words_of(wanted);
    let signs =
        if signs.is_empty() { String::new() } else { format!("，应有 {}", signs.join(" ")) };
    Some(format!("{told}{signs}"))
}

/// Faults of TOML that say no name.
const PLAIN: [(&str, &str); 40] = [
    ("duplicate key", "同一项写了两次"),
    ("invalid basic string", "文字的引号不成对，或含有不能用的字符"),
    ("invalid literal string", "文字的引号不成对，或含有不能用的字符"),
    ("invalid multi-line basic string", "多行文字的引号不成对，或含有不能用的字符"),
    ("invalid multi-line literal string", "多行文字的引号不成对，或含有不能用的字符"),
    ("missing opening quote", "文字缺少开头的引号"),
    ("string values must be quoted", "缺少值，或文字没有加引号"),
    ("missing escaped value", "反斜杠之后缺少字符"),
    ("too few unicode value digits", "\\u 之后的位数不足"),
    ("invalid boolean", "应为 true 或 false"),
    ("invalid integer number", "整数写法有误"),
    ("invalid hexadecimal number", "数字写法有误"),
    ("invalid octal number", "数字写法有误"),
    ("invalid binary number", "数字写法有误"),
    ("invalid float", "数字写法有误"),
    ("invalid date-time", "日期写法有误"),
    ("unexpected leading zero", "数字前有多余的 0"),
    ("unexpected sign", "多余的正负号"),
    ("redundant numeric sign", "多余的正负号"),
    ("`_` may only go between digits", "下划线只能写在数字之间"),
    ("integer number overflowed", "数字太大"),
    ("floating-point number overflowed", "数字太大"),
    ("unclosed array", "方括号没有闭合"),
    ("unclosed array table", "方括号没有闭合"),
    ("unclosed table", "方括号没有闭合"),
    ("unclosed inline table", "花括号没有闭合"),
    ("missing comma between array elements", "列表各项之间缺少逗号"),
    ("missing comma between key-value pairs", "各项之间缺少逗号"),
    ("extra comma in array", "列表中多了逗号"),
    ("extra comma in inline table", "多了逗号"),
    ("missing assignment between key-value pairs", "名称与值之间缺少 ="),
    ("extra assignment between key-value pairs", "多了 ="),
    ("extra `=`", "多了 ="),
    ("unexpected `=` in array", "列表中多了 ="),
    ("key with no value", "只有名称，没有值"),
    ("missing value", "缺少值"),
    ("missing value for key", "缺少值"),
    ("invalid unquoted key", "名称中有不能用的字符，须加引号"),
    ("unexpected key or value", "多出的内容"),
    ("unexpected content", "多出的内容"),
];

/// What serde wants, by what it is for people.
fn wanted_zh(wanted: &str) -> String {
    let told = match wanted {
        "u8" | "u16" | "u32" | "u64" | "usize" => "非负整数",
        "i8" | "i16" | "i32" | "i64" | "isize" => "整数",
        "f32" | "f64" => "数字",
        "a string" | "string" | "a borrowed string" | "a character" => "文字",
        "a boolean" => " true 或 false",
        "a sequence" | "an array" => "列表",
        "a map" | "a table" => "表",
        other if other.starts_with("struct ") => "表",
        other if other.starts_with("tuple") => "列表",
        other => other,
    };
    told.to_owned()
}

fn found_zh(found: &str) -> String {
    for (head, told) in [
        ("string ", "文字 "),
        ("integer ", "整数 "),
        ("floating point ", "数字 "),
        ("boolean ", ""),
        ("character ", "文字 "),
    ] {
        if let Some(value) = found.strip_prefix(head) {
            return format!("{told}{}", value.trim_matches('`'));
        }
    }
    let told = match found {
        "map" => "表",
        "sequence" => "列表",
        "unit value" => "空",
        other => other,
    };
    told.to_owned()
}

/// One fault of an expression.
fn syntax_zh(words: &str) -> Option<String> {
    const END: &str = "<EOF>";
    let words = words.strip_prefix("Syntax error: ").unwrap_or(words).trim();
    if words.starts_with("Incomplete ") {
        return Some("没有写完".to_owned());
    }
    if let Some(rest) = words.strip_prefix("token recognition error at: ") {
        let sign = rest.trim_matches('\'');
        return Some(match sign.chars().next() {
            Some('"') => format!("文字的引号不成对：{sign}"),
            None => "文字的引号不成对".to_owned(),
            Some(_) if rest.starts_with("''") => format!("文字的引号不成对：'{sign}"),
            Some(_) => format!("不能用的字符“{sign}”"),
        });
    }
    if let Some((sign, rest)) = words.strip_prefix("missing ").and_then(|rest| quoted(rest, '\'')) {
        let at = rest.strip_prefix(" at ").unwrap_or(rest).trim_matches('\'');
        let end = at.is_empty() || at == END;
        return Some(if end {
            format!("末尾缺少“{sign}”")
        } else {
            format!("“{at}”之前缺少“{sign}”")
        });
    }
    let (kind, rest) = [
        ("mismatched", "mismatched input "),
        ("extraneous", "extraneous input "),
        ("none", "no viable alternative at input "),
    ]
    .into_iter()
    .find_map(|(kind, head)| Some((kind, words.strip_prefix(head)?)))?;
    let (sign, wanted) = rest.split_once(" expecting ").unwrap_or((rest, ""));
    let sign = sign.strip_prefix('\'').and_then(|sign| sign.strip_suffix('\'')).unwrap_or(sign);
    let wanted =
        quoted(wanted, '\'').map(|(sign, _)| format!("，应有“{sign}”")).unwrap_or_default();
    Some(match (kind, sign.ends_with(END)) {
        (_, true) => format!("没有写完{wanted}"),
        ("extraneous", false) => format!("多出“{sign}”"),
        (_, false) => format!("“{sign}”处有误{wanted}"),
    })
}

#[cfg(test)]
mod tests;
