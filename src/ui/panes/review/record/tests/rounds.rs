//! A record that has gone through rounds: what its reviewer sees, and what she is asked.

use super::*;
use crate::domain::review::{CallResult, OpinionLevel, Verdict};
use crate::protocol::page::{CallRow, Mended, OpinionRow, RecordVersion, ReplyRow, ReturnRow};

/// Returned once, mended at one of two comments, and one opinion is against it.
fn second_round() -> RecordPage {
    let mut page = record();
    page.returns = vec![ReturnRow {
        n: 1,
        by: "李芳".to_owned(),
        at: "11-20 17:40".to_owned(),
        reason: "依据不足".to_owned(),
    }];
    page.mended = vec![
        Mended {
            item: "shop_takings".to_owned(),
            before: Some(given(Value::Money(Fen::from_yuan(50_000)))),
            by: "张伟".to_owned(),
            at: "11-20 18:00:00".to_owned(),
        },
        Mended {
            item: "no_longer_asked".to_owned(),
            before: Some(given(Value::Text("旧".to_owned()))),
            by: String::new(),
            at: String::new(),
        },
    ];
    let comment = |id: &str, item: &str, reply: Option<&str>| CommentRow {
        id: id.to_owned(),
        item: Some(item.to_owned()),
        text: "看流水\u{1b}[2J".to_owned(),
        by: "李芳".to_owned(),
        at: "11-20 17:30:00".to_owned(),
        version: 2,
        resolved: true,
        returned: true,
        reply: reply.map(|text| ReplyRow {
            text: text.to_owned(),
            by: "张伟".to_owned(),
            at: "11-20 18:01:00".to_owned(),
            revision: 1,
        }),
    };
    page.visit.comments =
        vec![comment("K-1", "shop_takings", Some("已核流水")), comment("K-2", "shop_open", None)];
    page.needed = vec![OpinionLevel::Second, OpinionLevel::Risk];
    let opinion = |level, verdict, text: &str, current| OpinionRow {
        level,
        by: "胡鹏".to_owned(),
        verdict,
        text: text.to_owned(),
        at: "11-21 09:00".to_owned(),
        revision: 1,
        mine: false,
        current,
    };
    page.opinions = vec![
        opinion(None, Verdict::Agree, "", true),
        opinion(Some(OpinionLevel::Second), Verdict::Disagree, "用途不明", true),
        opinion(Some(OpinionLevel::Second), Verdict::Agree, "", false),
    ];
    page.calls = vec![CallRow {
        result: CallResult::Differs,
        contact: "王店长".to_owned(),
        text: "未见客户经理".to_owned(),
        by: "胡鹏".to_owned(),
        at: "11-22 10:00".to_owned(),
    }];
    let version = |version, state, in_force, reason: Option<&str>| RecordVersion {
        version,
        state,
        author_name: "张伟".to_owned(),
        at: "11-20 16:00".to_owned(),
        reason: reason.map(str::to_owned),
        in_force,
    };
    page.versions = vec![
        version(2, VisitState::Submitted, false, Some("金额录错")),
        version(1, VisitState::Approved, true, None),
    ];
    page
}

/// A drawing as lines, without what stands under the second half of a wide character.
fn plain(drawn: &str) -> String {
    let line = |line: &str| {
        let shown = line.split("\" Hidden by").next().unwrap_or_default();
        shown.trim_matches('"').trim_end().to_owned()
    };
    drawn.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_was_mended_stands_first_and_every_comment_says_what_became_of_it() {
    let theme = Theme::default();
    for (size, lang, name) in [
        ((80, 40), Lang::Zh, "80_zh"),
        ((80, 40), Lang::En, "80_en"),
        ((120, 44), Lang::Zh, "120_zh"),
        ((120, 44), Lang::En, "120_en"),
        ((200, 44), Lang::Zh, "200_zh"),
        ((200, 44), Lang::En, "200_en"),
    ] {
        let ctx = ctx(lang, &theme);
        let mut view = pane_of(second_round());
        let first = view.entries.iter().find(|entry| entry.is_row());
        assert!(matches!(first, Some(Entry::Mended(..))), "{first:?}");
        let shown = plain(&drawn(&mut view, size, &ctx));
        insta::assert_snapshot!(format!("second_round_{name}"), shown);
    }
}

#[test]
fn a_record_that_is_with_its_officer_shows_no_second_round() {
    let mut page = second_round();
    page.visit.state = VisitState::Returned;
    let view = pane_of(page);
    assert!(!view.entries.iter().any(|entry| matches!(entry, Entry::Mended(..))));
}

#[test]
fn each_part_is_asked_its_own_question() {
    let theme = Theme::default();
    let ctx = ctx(Lang::Zh, &theme);
    let text = &ctx.text.review;
    let with = |part| {
        let mut page = second_round();
        page.part = part;
        pane_of(page)
    };
    let mut view = with(ReviewPart::Reviewer);
    let ask = asked(&mut view, &Action::Approve, &ctx);
    assert!(ask.lines.iter().any(|line| line.contains("第二主管 风险")), "{:?}", ask.lines);
    let mut view = with(ReviewPart::Opinion(OpinionLevel::Risk));
    let ask = asked(&mut view, &Action::Approve, &ctx);
    let values = vec!["disagree".to_owned(), "用途不明".to_owned()];
    let done = view.on_action(&Action::Answered(Answered { tag: ask.tag, values }), &ctx);
    let [Action::Apply(command)] = done.as_slice() else { panic!("{done:?}") };
    let Command::GiveOpinion { level, verdict, seen, .. } = &**command else { panic!() };
    assert_eq!((*level, *verdict, *seen), (OpinionLevel::Risk, Verdict::Disagree, 0));
    assert_eq!(view.on_action(&Action::ReturnRecord, &ctx), [Action::warn(text.only_opinion)]);
    let cases = [(ReviewPart::Waits, text.you_wait), (ReviewPart::Reader, text.not_your_turn)];
    for (part, said) in cases {
        assert_eq!(with(part).on_action(&Action::Approve, &ctx), [Action::warn(said)], "{part:?}");
    }
    // Whoever has approved may still return it.
    asked(&mut with(ReviewPart::Waits), &Action::ReturnRecord, &ctx);
}

#[test]
fn a_call_is_kept_with_its_result() {
    let theme = Theme::default();
    let ctx = ctx(Lang::En, &theme);
    let mut view = pane_of(second_round());
    let ask = asked(&mut view, &Action::Sample, &ctx);
    assert!(ask.lines.len() > 3, "the script: {:?}", ask.lines);
    let values = vec!["Wang".to_owned(), "differs".to_owned(), "never met".to_owned()];
    let done = view.on_action(&Action::Answered(Answered { tag: ask.tag, values }), &ctx);
    let [Action::Apply(command)] = done.as_slice() else { panic!("{done:?}") };
    let after = view.on_done(command, &Outcome::Plain, &ctx);
    assert_eq!(after, [Action::warn(ctx.text.review.call_differs)]);
    let mut page = second_round();
    page.own = true;
    let refused = pane_of(page).on_action(&Action::Sample, &ctx);
    assert_eq!(refused, [Action::warn(ctx.text.review.call_own)]);
}
