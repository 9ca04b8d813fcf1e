//! The small pieces of the text's markup: runs and paragraphs.

use crate::report::model::{Tone, clean};

/// A text as XML holds it: marks escaped, what no XML may hold left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A run of text; line feeds become breaks.
pub(super) fn run(text: &str, tone: Tone) -> String {
    // Marks that both kinds of fonts have (quotes, boxes) are those of the Chinese one.
    let hint = if text.is_ascii() {
        ""
    } else if text.contains('□') {
        "<w:rFonts w:hint=\"eastAsia\" w:ascii=\"宋体\" w:hAnsi=\"宋体\"/>"
    } else {
        "<w:rFonts w:hint=\"eastAsia\"/>"
    };
    let weight = match tone {
        Tone::Plain => "",
        Tone::Strong => "<w:b/><w:bCs/>",
        Tone::Missing => "<w:color w:val=\"7F7F7F\"/>",
    };
    let properties = if hint.is_empty() && weight.is_empty() {
        String::new()
    } else {
        format!("<w:rPr>{hint}{weight}</w:rPr>")
    };
    let lines: Vec<String> = clean(text)
        .split('\n')
        .map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(line)))
        .collect();
    format!("<w:r>{properties}{}</w:r>", lines.join("<w:br/>"))
}

/// A paragraph of a style, with more properties and its runs.
pub(super) fn paragraph(style: &str, properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>{runs}</w:p>")
}

/// A field that the word processor fills in: `PAGE`, `NUMPAGES`.
pub(super) fn field(name: &str) -> String {
    format!(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
         <w:r><w:instrText xml:space=\"preserve\"> {name} </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r>\
         <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
    )
}
