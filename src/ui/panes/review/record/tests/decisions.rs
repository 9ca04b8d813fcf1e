//! Approval, return, comments, and what they lead to.

use super::*;

#[test]
fn approval_names_what_was_seen_when_the_dialog_opened() {
    let theme = Theme::default();
    let ctx = ctx(Lang::Zh, &theme);
    let mut view = pane_of(record());
    let ask = asked(&mut view, &Action::Approve, &ctx);
    assert_eq!((ask.fields.len(), ask.dangerous), (1, false));
    let mut newer = record();
    (newer.visit.revision, newer.content_hash) = (5, Some("def".to_owned()));
    view.load(Arc::new(newer));
    let command = written(&mut view, ask.tag, "同意", &ctx);
    let expected = Command::Approve {
        visit: VisitId::from("V1"),
        seen: 4,
        content_hash: "abc".to_owned(),
        note: "同意".to_owned(),
    };
    assert_eq!(command, expected);
    // The store refuses that; the view says so itself and offers no "write mine".
    let field = ConflictField {
        field: "content_hash".to_owned(),
        mine: "abc".to_owned(),
        theirs: "def".to_owned(),
        by: "zhangwei".to_owned(),
    };
    let why = Refusal::Conflict { now: 5, fields: vec![field] };
    assert!(view.on_refused(&command, &why, &ctx));
    let shown = drawn(&mut view, (120, 32), &self::ctx(Lang::En, &theme));
    assert!(shown.contains(Catalog::of(Lang::En).review.meanwhile), "{shown}");
    assert!(!view.on_refused(&command, &Refusal::Busy, &ctx));
}

#[test]
fn a_red_flag_is_named_in_the_title_of_the_approval() {
    let theme = Theme::default();
    let ctx = ctx(Lang::Zh, &theme);
    let mut raised = record();
    raised.visit.flags = vec![flag(Level::Red)];
    let mut open_before = record();
    open_before.flags = [0, 0, 1];
    for page in [raised, open_before] {
        let ask = asked(&mut pane_of(page), &Action::Approve, &ctx);
        assert!(ask.title.contains(ctx.text.review.approve_red), "{}", ask.title);
        assert!(ask.title.contains("张记货栈"), "{}", ask.title);
        assert!(ask.dangerous);
    }
}

#[test]
fn what_can_not_be_decided_says_why() {
    let theme = Theme::default();
    let ctx = ctx(Lang::En, &theme);
    let text = &ctx.text.review;
    let mut own = record();
    own.own = true;
    let mut approved = record();
    approved.visit.state = VisitState::Approved;
    let mut unsealed = record();
    unsealed.content_hash = None;
    let cases = [
        (own.clone(), Action::Approve, text.own_note),
        (own, Action::ReturnRecord, text.own_note),
        (approved, Action::Approve, text.only_submitted),
        (unsealed, Action::Approve, text.no_hash),
        (record(), Action::Amend, text.only_approved),
    ];
    for (page, key, why) in cases {
        assert_eq!(pane_of(page).on_action(&key, &ctx), [Action::warn(why)], "{key:?}");
    }
    let nothing = RecordPane::default().on_action(&Action::Approve, &ctx);
    assert_eq!(nothing, [Action::warn(text.no_record)]);
}

#[test]
fn a_return_wants_its_reason_unless_comments_say_it() {
    let theme = Theme::default();
    let ctx = ctx(Lang::Zh, &theme);
    let mut commented = record();
    commented.visit.comments = vec![CommentRow {
        id: "K-1".to_owned(),
        returned: false,
        reply: None,
        item: Some("shop_takings".to_owned()),
        text: "流水呢".to_owned(),
        by: "李芳".to_owned(),
        at: "11-23 09:00".to_owned(),
        version: 2,
        resolved: false,
    }];
    for (page, required) in [(record(), true), (commented, false)] {
        let mut view = pane_of(page);
        let ask = asked(&mut view, &Action::ReturnRecord, &ctx);
        assert_eq!(ask.fields[0].required, required);
        let command = written(&mut view, ask.tag, "补流水", &ctx);
        let (visit, reason) = (VisitId::from("V1"), "补流水".to_owned());
        assert_eq!(command, Command::Return { visit, seen: 4, reason });
    }
}

#[test]
fn a_comment_stands_at_the_selected_item() {
    let theme = Theme::default();
    let ctx = ctx(Lang::Zh, &theme);
    let mut view = pane_of(record());
    let ask = asked(&mut view, &Action::Comment, &ctx);
    let Command::Comment { item, text, .. } = written(&mut view, ask.tag, "看流水", &ctx) else {
        panic!("no comment");
    };
    assert_eq!((item.as_deref(), text.as_str()), (Some("shop_takings"), "看流水"));
}

#[test]
fn a_decision_leads_to_the_next_record_and_an_amendment_to_the_checklist() {
    let theme = Theme::default();
    let ctx = ctx(Lang::Zh, &theme);
    let mut page = record();
    page.visit.state = VisitState::Approved;
    let mut view = pane_of(page);
    let ask = asked(&mut view, &Action::Amend, &ctx);
    let amend = written(&mut view, ask.tag, "金额录错", &ctx);
    let visit = VisitId::from("V1");
    assert_eq!(amend, Command::Amend { visit: visit.clone(), reason: "金额录错".to_owned() });
    let after = view.on_done(&amend, &Outcome::Plain, &ctx);
    assert_eq!(after.last(), Some(&Action::OpenVisit(visit.clone())));
    let returned = Command::Return { visit: visit.clone(), seen: 4, reason: String::new() };
    let after = view.on_done(&returned, &Outcome::Plain, &ctx);
    assert_eq!(after.last(), Some(&Action::Reviewed(visit)));
}
