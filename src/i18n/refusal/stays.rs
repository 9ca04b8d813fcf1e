//! What can't be taken back: what it was, and why it stays or what helps instead.

use crate::i18n::Lang;
use crate::i18n::report::Report;

/// The last change as a sentence, by its code.
pub fn stays(lang: Lang, command: &str) -> String {
    let what = Report::of(lang).command(command);
    let (en, zh) = why(command);
    match lang {
        Lang::En => format!("Not undone: {what}; {en}"),
        Lang::Zh => format!("{what}不能撤销，{zh}"),
    }
}

/// Short: the status line of a small screen has room for some forty letters.
fn why(command: &str) -> (&'static str, &'static str) {
    match command {
        "start_visit" => (": discards the draft", "草稿可用 : 中的“作废草稿”删除"),
        "discard" => ("begin the visit again", "可重新开始回访"),
        "submit" => (": takes it back from its reviewer", "已送复核，可用 : 中的“撤回”收回"),
        "withdraw" => ("hand it in again", "可重新提交"),
        "amend" => ("finish the new version", "请完成新版本后提交"),
        "reply_comment" => ("answer it again to change it", "可重新填写批注处理说明"),
        "give_opinion" => ("give it again to change it", "审定前可重新会签"),
        "call_back" => ("it is on file, note another call", "已存档，可再登记一次"),
        "propose_flag" => ("c confirms it, x rejects it", "可在风险界面按 c 确认或按 x 否决"),
        "raise_flag" | "confirm_flag" | "update_flag" => (
            "somebody else lowers or closes an orange or red flag",
            "橙色、红色信号须由他人降级或解除",
        ),
        "decide_measure" => ("its steps are on people's lists", "其步骤已列入责任人待办"),
        "discuss_flag" => ("others have read it, add a word", "他人已可见，可补充意见"),
        "make_event" => ("d ends it, look-ats are on lists", "核查待办已下达，可按 d 结束"),
        "propose_tier" | "propose_strategy" | "ask_request" | "propose_erasure"
        | "start_handover" => ("take it back in its list", "审批前可在其清单中撤回"),
        "set_pin" => ("set another one", "可重新设置"),
        _ => ("others may have acted on it", "他人可能已据此办理"),
    }
}
