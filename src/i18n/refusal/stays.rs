//! What can't be taken back: what it was, and why it stays or what helps instead.

use crate::i18n::Lang;
use crate::i18n::report::Report;

/// The last change as a sentence, by its code.
pub fn stays(lang: Lang, command: &str) -> String {
    let what = Report::of(lang).command(command);
    let (en, zh) = why(command);
    match lang {
        Lang::En => format!("Can't be taken back: {what}; {en}"),
        Lang::Zh => format!("{what}不能撤销，{zh}"),
    }
}

fn why(command: &str) -> (&'static str, &'static str) {
    match command {
        "start_visit" => {
            ("a draft is thrown away by : and \"discard draft\"", "草稿可用 : 中的“作废草稿”删除")
        }
        "discard" => ("begin the visit again", "可重新开始回访"),
        "submit" => (
            "its reviewer has it; : and \"take back\" gets it back",
            "已送复核；可用 : 中的“撤回”收回",
        ),
        "withdraw" => ("hand it in again", "可重新提交"),
        "amend" => ("finish the new version and hand it in", "请完成新版本后提交"),
        "reply_comment" => ("answer the comment again to change it", "可重新填写批注处理说明"),
        "give_opinion" => {
            ("give it again to change it, as long as nobody has decided", "审定前可重新会签")
        }
        "call_back" => ("it is on file; note another call", "已存档，可再登记一次"),
        "propose_flag" => {
            ("c confirms it and x rejects it among the flags", "可在风险界面按 c 确认或按 x 否决")
        }
        "raise_flag" | "confirm_flag" | "update_flag" => (
            "an orange or red flag is lowered or closed by somebody else",
            "橙色、红色信号须由他人降级或解除",
        ),
        "decide_measure" => ("its steps are on people's lists already", "其步骤已列入责任人待办"),
        "discuss_flag" => {
            ("others have it before them; add another word", "他人已可见，可补充意见")
        }
        "make_event" => (
            "look-ats are on people's lists; d closes it in the list of events",
            "核查待办已下达；可在外部事件中按 d 结束",
        ),
        "propose_tier" | "propose_strategy" | "ask_request" | "propose_erasure"
        | "start_handover" => {
            ("take it back in its list, as long as nobody has decided", "审批前可在其清单中撤回")
        }
        "set_pin" => ("set another one", "可重新设置"),
        _ => ("others may have acted on it already", "他人可能已据此办理"),
    }
}
