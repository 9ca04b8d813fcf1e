//! What others than the writer said: the reviewer, the levels above, the customer on the phone.

use super::Writing;
use crate::domain::review::{CallResult, Verdict};
use crate::i18n::words;
use crate::report::model::{Block, Said, Signature, Table};

impl Writing<'_> {
    /// Who was for it and who against; those that are still awaited.
    pub(super) fn opinions(&self) -> Vec<Block> {
        let (desk, t) = (self.desk, self.desk.t);
        let Some(record) = &self.report.record else { return Vec::new() };
        let mut table = Table::new(&[t.as_whom, t.name, t.verdict, t.conditions_or_reasons, t.at]);
        for said in &record.opinions {
            let level =
                said.level.map_or(t.reviewer, |level| words::opinion_level(desk.lang, level));
            let word = words::verdict(desk.lang, said.verdict);
            let mut verdict = match said.verdict {
                Verdict::Agree => Said::from(word),
                Verdict::Conditions | Verdict::Disagree => Said::strong(word),
            };
            if !said.current {
                verdict.text.push_str(&t.bracketed(t.opinion_old));
            }
            table.row(vec![
                level.into(),
                said.by.as_str().into(),
                verdict,
                said.text.as_str().into(),
                said.at.as_str().into(),
            ]);
        }
        for level in &record.needed {
            let given = record.opinions.iter().any(|o| o.current && o.level == Some(*level));
            if !given {
                table.row(vec![
                    words::opinion_level(desk.lang, *level).into(),
                    Said::default(),
                    Said::missing(t.opinion_awaited),
                    Said::default(),
                    Said::default(),
                ]);
            }
        }
        vec![Block::Heading(2, t.opinions.to_owned()), table.or(t.no_opinions)]
    }

    /// What the customer said when somebody else called about the visit.
    pub(super) fn calls(&self) -> Vec<Block> {
        let (desk, t) = (self.desk, self.desk.t);
        let Some(record) = &self.report.record else { return Vec::new() };
        let mut table =
            Table::new(&[t.person_called, t.call_result, t.call_said, t.called_by, t.at]);
        for call in &record.calls {
            let word = words::call_result(desk.lang, call.result);
            table.row(vec![
                call.contact.as_str().into(),
                match call.result {
                    CallResult::Confirmed => word.into(),
                    CallResult::NotReached | CallResult::Differs => Said::strong(word),
                },
                call.text.as_str().into(),
                call.by.as_str().into(),
                call.at.as_str().into(),
            ]);
        }
        let none = if record.sampled { t.not_called } else { t.not_sampled };
        vec![Block::Heading(2, t.calls.to_owned()), table.or(none)]
    }

    /// Places to sign for those whose opinion the record needs or has.
    pub(super) fn opinion_signers(&self) -> Vec<Signature> {
        let Some(record) = &self.report.record else { return Vec::new() };
        let given = |level| record.opinions.iter().find(|o| o.current && o.level == Some(level));
        let levels = crate::domain::review::OpinionLevel::ALL.iter();
        let signing = levels.filter(|l| record.needed.contains(l) || given(**l).is_some());
        signing
            .map(|level| Signature {
                role: words::opinion_level(self.desk.lang, *level).into(),
                name: given(*level).map(|said| said.by.clone()).unwrap_or_default(),
            })
            .collect()
    }
}
