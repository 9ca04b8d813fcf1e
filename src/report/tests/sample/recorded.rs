//! The record of a visit as its reviewer sees it.

use super::*;

pub(super) fn recorded() -> RecordPage {
    let answers = answers().into_iter().map(|(item, answer)| {
        let by = UserId::from("zhang");
        (item, Recorded { answer, revision: 1, by, at: "11-19 10:00:00".to_owned() })
    });
    RecordPage {
        visit: VisitPage {
            visit: VisitId::from("V-C001-20261119-X"),
            version: 2,
            state: VisitState::Approved,
            revision: 3,
            customer: CustomerId::from("C001"),
            name: "枫陵顺兴家具有限公司".to_owned(),
            visited_on: day("2026-11-19"),
            class: VisitClass::Onsite,
            channel: "实地".to_owned(),
            purposes: Vec::new(),
            duties: Vec::new(),
            author: UserId::from("zhang"),
            author_name: "张伟".to_owned(),
            writable: false,
            pack: "checklists@1".to_owned(),
            pack_text: None,
            sections: sections(),
            facts: known(),
            answers: answers.collect(),
            seen_answers: 0,
            last: last(),
            comments: Vec::new(),
            draft: None,
            place: None,
            return_reason: None,
            flags: vec![flag("F1", "FIN-05", Level::Red, FlagState::Confirmed)],
            dossier: crate::protocol::page::DossierNow::default(),
            attachments: Vec::new(),
            heard: Vec::new(),
            reused: Vec::new(),
            second: crate::protocol::page::Second::default(),
            declared: BTreeMap::new(),
        },
        own: false,
        content_hash: Some(HASH.to_owned()),
        submitted_at: Some("11-20 09:30".to_owned()),
        lateness_reason: Some("客户外出，改约".to_owned()),
        amend_reason: None,
        flags: [1, 0, 1],
        review: None,
        handing: crate::protocol::page::Handing::default(),
        versions: Vec::new(),
        returns: Vec::new(),
        mended: Vec::new(),
        needed: vec![OpinionLevel::Second, OpinionLevel::Risk],
        opinions: vec![
            opinion(None, "王芳", Verdict::Agree, ""),
            opinion(
                Some(OpinionLevel::Second),
                "赵敏",
                Verdict::Conditions,
                "月底前补齐股东会决议",
            ),
        ],
        part: crate::protocol::page::ReviewPart::Reader,
        calls: vec![CallRow {
            result: CallResult::Confirmed,
            contact: "陈**".to_owned(),
            text: "确认当日到访，所述库存一致".to_owned(),
            by: "刘洋".to_owned(),
            at: "11-23 09:40".to_owned(),
        }],
        sampled: true,
    }
}
