//! The parts of the file beside its content.

use chrono::NaiveDate;

use super::xml::{escaped, field, paragraph, run};
use crate::report::model::{Document, Tone};

/// Begins each part.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// Names used in the parts of the text.
pub(super) const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

pub(super) const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>\
<Override PartName=\"/word/fontTable.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml\"/>\
<Override PartName=\"/word/header1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>\
<Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
<Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>\
</Types>";

pub(super) const PACKAGE_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/>\
</Relationships>";

pub(super) const DOCUMENT_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" Target=\"settings.xml\"/>\
<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable\" Target=\"fontTable.xml\"/>\
<Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" Target=\"header1.xml\"/>\
<Relationship Id=\"rId5\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/>\
</Relationships>";

pub(super) const APP: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
<Application>huifang</Application></Properties>";

pub(super) const SETTINGS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
<w:defaultTabStop w:val=\"420\"/><w:characterSpacingControl w:val=\"compressPunctuation\"/>\
<w:compat><w:compatSetting w:name=\"compatibilityMode\" \
w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>";

pub(super) const FONTS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<w:fonts xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
<w:font w:name=\"宋体\"><w:altName w:val=\"SimSun\"/><w:charset w:val=\"86\"/><w:family w:val=\"auto\"/></w:font>\
<w:font w:name=\"黑体\"><w:altName w:val=\"SimHei\"/><w:charset w:val=\"86\"/><w:family w:val=\"auto\"/></w:font>\
<w:font w:name=\"Times New Roman\"><w:family w:val=\"roman\"/></w:font>\
<w:font w:name=\"Arial\"><w:family w:val=\"swiss\"/></w:font></w:fonts>";

/// What the file says of itself.
pub(super) fn core(document: &Document, day: NaiveDate) -> String {
    let language = if document.chinese { "zh-CN" } else { "en-GB" };
    format!(
        "{HEAD}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>\
         <dc:creator>huifang</dc:creator><cp:lastModifiedBy>huifang</cp:lastModifiedBy>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:modified>\
         <dc:language>{language}</dc:language></cp:coreProperties>",
        escaped(&document.title),
    )
}

/// The top of each page.
pub(super) fn header(document: &Document) -> String {
    let line = paragraph("Header", "", &run(&document.running, Tone::Plain));
    format!("{HEAD}<w:hdr {SPACES}>{line}</w:hdr>")
}

/// The foot of each page, with its number.
pub(super) fn footer(document: &Document) -> String {
    let foot = &document.foot;
    let runs = format!(
        "{}{}{}{}{}",
        run(foot.before, Tone::Plain),
        field("PAGE"),
        run(foot.between, Tone::Plain),
        field("NUMPAGES"),
        run(foot.after, Tone::Plain)
    );
    format!("{HEAD}<w:ftr {SPACES}>{}</w:ftr>", paragraph("Footer", "", &runs))
}

/// Fonts of a style: Chinese characters and Latin ones each have theirs.
fn fonts(bold: bool) -> &'static str {
    if bold {
        "<w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:eastAsia=\"黑体\" w:cs=\"Arial\"/>"
    } else {
        "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"宋体\" \
         w:cs=\"Times New Roman\"/>"
    }
}

/// A paragraph style: id, properties of the paragraph and of its runs.
fn style(id: &str, paragraph: &str, run: &str) -> String {
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{}\"/>\
         <w:basedOn w:val=\"Normal\"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>",
        match id {
            "Heading1" => "heading 1",
            "Heading2" => "heading 2",
            "Header" => "header",
            "Footer" => "footer",
            other => other,
        }
    )
}

/// Sizes are half points, distances twentieths of a point.
pub(super) fn styles(chinese: bool) -> String {
    let language = if chinese {
        "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/>"
    } else {
        "<w:lang w:val=\"en-GB\" w:eastAsia=\"zh-CN\"/>"
    };
    let (serif, sans) = (fonts(false), fonts(true));
    let size = |half_points: u8| {
        format!("<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/>")
    };
    let styles = [
        style(
            "Issuer",
            "<w:spacing w:before=\"60\" w:after=\"0\"/><w:jc w:val=\"center\"/>",
            &format!("{sans}<w:color w:val=\"1F3864\"/>{}", size(24)),
        ),
        style(
            "Title",
            "<w:spacing w:before=\"120\" w:after=\"120\"/><w:jc w:val=\"center\"/>",
            &format!("{sans}<w:b/>{}", size(36)),
        ),
        style(
            "Subtitle",
            "<w:spacing w:before=\"0\" w:after=\"20\"/><w:jc w:val=\"center\"/>",
            &format!("<w:color w:val=\"404040\"/>{}", size(20)),
        ),
        style(
            "Heading1",
            "<w:keepNext/><w:keepLines/><w:pBdr><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"2\" \
             w:color=\"1F3864\"/></w:pBdr><w:spacing w:before=\"300\" w:after=\"120\"/>\
             <w:outlineLvl w:val=\"0\"/>",
            &format!("{sans}<w:b/><w:color w:val=\"1F3864\"/>{}", size(28)),
        ),
        style(
            "Heading2",
            "<w:keepNext/><w:keepLines/><w:spacing w:before=\"160\" w:after=\"60\"/>\
             <w:outlineLvl w:val=\"1\"/>",
            &format!("{sans}<w:b/>{}", size(22)),
        ),
        style(
            "Point",
            "<w:spacing w:before=\"0\" w:after=\"40\"/><w:ind w:left=\"320\" w:hanging=\"320\"/>",
            "",
        ),
        style(
            "Remark",
            "<w:pBdr><w:left w:val=\"single\" w:sz=\"12\" w:space=\"6\" w:color=\"BFBFBF\"/></w:pBdr>\
             <w:spacing w:before=\"60\" w:after=\"100\"/><w:ind w:left=\"140\"/>",
            &format!("<w:color w:val=\"595959\"/>{}", size(18)),
        ),
        style(
            "Caption",
            "<w:keepNext/><w:spacing w:before=\"100\" w:after=\"40\"/>",
            &format!("{sans}{}", size(19)),
        ),
        style(
            "Cell",
            "<w:spacing w:before=\"20\" w:after=\"20\" w:line=\"250\" w:lineRule=\"auto\"/>",
            &size(18),
        ),
        style(
            "CellHead",
            "<w:keepNext/><w:spacing w:before=\"20\" w:after=\"20\" w:line=\"250\" w:lineRule=\"auto\"/>",
            &format!("{sans}{}", size(18)),
        ),
        style(
            "Writing",
            "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"7F7F7F\"/>\
             <w:between w:val=\"single\" w:sz=\"4\" w:space=\"1\" w:color=\"7F7F7F\"/></w:pBdr>\
             <w:spacing w:before=\"0\" w:after=\"0\" w:line=\"440\" w:lineRule=\"exact\"/>",
            "",
        ),
        style(
            "Header",
            "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"2\" w:color=\"A6A6A6\"/></w:pBdr>\
             <w:spacing w:before=\"0\" w:after=\"0\"/><w:jc w:val=\"left\"/>",
            &format!("<w:color w:val=\"595959\"/>{}", size(17)),
        ),
        style(
            "Footer",
            "<w:spacing w:before=\"0\" w:after=\"0\"/><w:jc w:val=\"center\"/>",
            &format!("<w:color w:val=\"595959\"/>{}", size(17)),
        ),
    ];
    format!(
        "{HEAD}<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr>{serif}{}{language}</w:rPr>\
         </w:rPrDefault><w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>\
         <w:qFormat/><w:pPr><w:widowControl/><w:spacing w:before=\"0\" w:after=\"100\" w:line=\"300\" \
         w:lineRule=\"auto\"/></w:pPr></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name \
         w:val=\"Normal Table\"/><w:tblPr><w:tblCellMar><w:left w:w=\"80\" w:type=\"dxa\"/>\
         <w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>{}</w:styles>",
        size(21),
        styles.concat()
    )
}
