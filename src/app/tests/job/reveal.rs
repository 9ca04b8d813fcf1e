//! Personal data in clear: asked with a reason, shown for a moment, gone by itself.

use crate::app::Event;
use crate::app::tests::desk::Office;

#[test]
fn shown_with_a_reason_and_gone_by_itself() {
    let office = Office::open();
    let mut h = office.desk("zhangwei");
    h.play(&[("/C000113<enter>", "C000113"), ("m", "查看完整个人信息|联系客户|记入日志")]);
    assert!(!h.app.is_in_clear());
    h.play(&[("<enter>", "联系电话：|15 秒后自动隐去")]);
    assert_eq!(h.refused, []);
    assert!(h.app.is_in_clear());
    h.event(Event::Conceal);
    h.draw();
    assert!(!h.screen().contains("15 秒后自动隐去"));
    assert!(!h.app.is_in_clear());
    // Another reason wants words.
    h.play(&[
        ("m", "查看完整个人信息"),
        ("<right><right><right><right><right><enter>", "还需填写：说明"),
    ]);
    h.play(&[("客户来电核对<enter>", "15 秒后自动隐去"), ("<enter>", "!15 秒后自动隐去")]);
}
