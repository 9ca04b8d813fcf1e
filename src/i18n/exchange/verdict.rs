//! What came of an import as a whole.

use crate::i18n::Lang;
use crate::protocol::import::ImportReport;

/// What came of the import as a whole.
pub fn verdict(lang: Lang, report: &ImportReport, empty: bool) -> String {
    let faulty = report.faulty();
    let (en, zh) = if empty {
        (
            "no row was found below the headers: nothing to import",
            "表头下没有数据行：没有可导入的内容",
        )
    } else if report.dry_run {
        ("rehearsal: nothing was changed", "试运行：未作任何改动")
    } else if report.committed && faulty > 0 {
        ("imported without the faulty rows", "已导入，有误的行除外")
    } else if report.committed {
        ("imported", "已导入")
    } else {
        (
            "nothing was imported: correct the faulty rows, or pass --accept-valid",
            "未导入：请更正有误的行，或加 --accept-valid",
        )
    };
    lang.pick(en, zh).to_owned()
}
