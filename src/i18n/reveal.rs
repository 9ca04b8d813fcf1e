//! Personal data in clear for a moment.

use super::{Lang, catalog};
use crate::domain::reveal::{RevealReason, RevealedField};
use crate::protocol::reply::Revealed;

catalog! {
    /// Texts of the dialog and of what it shows.
    Reveal {
        title: "Show personal data in clear" | "查看完整个人信息";
        why: "Why" | "事由";
        note: "In words" | "说明";
        journalled: "It stands in the journal that you looked, and why." | "查看人、时间与事由将记入日志。";
        gone: "Goes by itself after 15 seconds." | "15 秒后自动隐去。";
        nothing: "Nothing is on file." | "没有登记个人信息。";
    }
}

impl Reveal {
    /// Name of a reason.
    pub const fn reason(&self, reason: RevealReason) -> &'static str {
        let (en, zh) = match reason {
            RevealReason::Contact => ("to reach the customer", "联系客户"),
            RevealReason::Identity => ("to compare an identity", "核对身份"),
            RevealReason::Papers => ("to fill in papers", "填写资料"),
            RevealReason::Risk => ("to act on a risk", "风险处置"),
            RevealReason::Inspection => {
                ("inspection or audit (its number)", "检查或审计（写明编号）")
            }
            RevealReason::Other => ("something else (in words)", "其他（请说明）"),
        };
        self.lang.pick(en, zh)
    }

    const fn field(&self, field: RevealedField) -> &'static str {
        let (en, zh) = match field {
            RevealedField::Phone => ("Telephone", "联系电话"),
            RevealedField::IdNo => ("Identity number", "证件号码"),
            RevealedField::LegalRep => ("Legal representative", "法定代表人"),
            RevealedField::Controller => ("Controller", "实际控制人"),
            RevealedField::Contact => ("Contact", "联系人"),
            RevealedField::Guarantor => ("Guarantor", "保证人"),
        };
        self.lang.pick(en, zh)
    }

    /// What is shown, a line each.
    pub fn lines(&self, shown: &Revealed) -> Vec<String> {
        let mut lines: Vec<String> = shown
            .lines
            .iter()
            .map(|(field, whose, value)| {
                let field = self.field(*field);
                match (whose.as_str(), self.lang) {
                    ("", Lang::En) => format!("{field}: {value}"),
                    ("", Lang::Zh) => format!("{field}：{value}"),
                    (whose, Lang::En) => format!("{field} {whose}: {value}"),
                    (whose, Lang::Zh) => format!("{field} {whose}：{value}"),
                }
            })
            .collect();
        if lines.is_empty() {
            lines.push(self.nothing.to_owned());
        }
        lines.push(self.gone.to_owned());
        lines
    }
}
