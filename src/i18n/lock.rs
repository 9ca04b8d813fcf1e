//! Texts of the locked screen and of its PIN.

use super::{Lang, catalog};

catalog! {
    /// The cover, and the dialog in which a PIN is chosen.
    Lock {
        locked: "The screen is locked" | "屏幕已锁定";
        enter: "PIN, then Enter" | "输入锁屏口令后按 Enter";
        looking: "Looking" | "核对中";
        forgotten: "Forgotten? Ctrl-C ends the session; everything typed is kept." | "忘记口令？按 Ctrl-C 结束会话，已输入的内容都会保留。";
        over: "The screen is covered. Any key ends the session; everything typed is kept." | "屏幕已遮住，按任意键结束会话，已输入的内容都会保留";
        first_a_pin: "A locked screen opens with a PIN: choose one first" | "锁屏须凭口令解锁，请先设置";
        title: "PIN of the locked screen" | "锁屏口令";
        present: "Present PIN" | "现口令";
        new: "New PIN" | "新口令";
        again: "Once more" | "再输一遍";
        rules: "At least six digits, letters or signs; not all the same, not in a row such as 123456." | "至少 6 位数字、字母或符号；不可全部相同，也不可是 123456 一类的顺序。";
        if_forgotten: "If you forget it: end the session, and the administrator takes it away (huifang user reset-pin)." | "忘记时：结束会话，由管理员清除（huifang user reset-pin）。";
        differ: "The two are not the same; type them again" | "两次输入不一致，请重新输入";
        is_set: "The PIN is set. Ctrl-O locks the screen." | "锁屏口令已设置，Ctrl-O 锁屏";
        not_set: "No PIN is set yet: commands (:) → set PIN. Without one a covered screen ends the session."
            | "尚未设置锁屏口令：请在命令（:）中选「设置锁屏口令」；未设置时，屏幕遮住后会话即结束。";
    }
}

impl Lock {
    /// A wrong PIN, and how many more until the session ends.
    pub fn wrong(&self, left: u32) -> String {
        match (self.lang, left) {
            (Lang::En, 1) => "Wrong PIN. One more wrong one ends the session.".to_owned(),
            (Lang::En, _) => format!("Wrong PIN. {left} more wrong ones end the session."),
            (Lang::Zh, _) => format!("口令不对，再错 {left} 次将结束会话"),
        }
    }
}
