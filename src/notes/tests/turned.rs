//! Words that turn others are denied themselves: what is not over goes on, what nobody saw is hearsay.

use super::{Stand, stands};

fn hold(cases: &[(&str, Stand)]) {
    for (text, stand) in cases {
        assert_eq!(stands(text).first().map(|found| found.1), Some(*stand), "{text}");
    }
}

#[test]
fn a_denied_end_is_no_end() {
    hold(&[
        ("去年停产，至今未恢复生产", Stand::Said),
        ("去年停产，一直没有恢复正常", Stand::Said),
        ("去年停产，至今没有完全恢复正常", Stand::Said),
        ("去年账户被冻结，尚未恢复正常", Stand::Said),
        ("The account frozen last year has not been released", Stand::Said),
        ("Last year the account was frozen, it has not yet been fully released", Stand::Said),
        // Denied elsewhere, or twice, it is over all the same.
        ("去年停产，现已恢复生产", Stand::Denied),
        ("去年停产，没有裁员，已恢复生产", Stand::Denied),
        ("去年停产，不是没有恢复正常", Stand::Denied),
        ("去年停产，没多久就恢复正常", Stand::Denied),
        ("去年停产，起初未恢复生产，8月恢复生产", Stand::Denied),
        ("The account frozen last year was released", Stand::Denied),
    ]);
}

#[test]
fn what_was_not_verified_stays_hearsay() {
    hold(&[
        ("听说已停产，未经核实", Stand::Hearsay),
        ("听说老板跑路了，尚未查实", Stand::Hearsay),
        ("听说停产，尚未核实属实", Stand::Hearsay),
        ("听说停产，经核实属实", Stand::Said),
        ("听说停产，没有人在，现场看到大门紧闭", Stand::Said),
    ]);
}

#[test]
fn what_is_not_settled_and_not_taken_back_is_said() {
    hold(&[
        ("厂子停产，至今没有恢复正常", Stand::Said),
        ("说他停产，不是误会", Stand::Said),
        ("说他停产，是误会", Stand::Denied),
        ("Production stopped and is not back to normal", Stand::Said),
        ("Production stopped, by noon it was back to normal", Stand::Denied),
        // Who did not look takes back only what others told.
        ("停产了。没有到现场看，没这回事", Stand::Said),
        ("听说停产了。没有到现场看，没这回事", Stand::Denied),
        ("Production stopped. We saw it ourselves, not a false alarm", Stand::Said),
        ("Production stopped. We saw it ourselves, a false alarm", Stand::Denied),
    ]);
}
