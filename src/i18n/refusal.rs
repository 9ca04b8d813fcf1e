//! Why the store took something not: its codes as sentences that say what to do.

mod orders;
mod stays;
mod strategy;

use chrono::NaiveDate;

use super::{Lang, words};
use crate::domain::flag::{FlagState, FlagStep};
use crate::domain::todo::TodoState;
use crate::domain::visit::VisitState;

pub use stays::stays;

/// The name of a field that the store can find fault with; `None` for a code it does not use.
pub fn field(lang: Lang, code: &str) -> Option<&'static str> {
    let (en, zh) = match code {
        "branch" => ("Branch", "机构"),
        "user" => ("User", "用户"),
        "name" => ("Name", "姓名"),
        "owner" => ("Owner", "责任人"),
        "measure" => ("Measure", "措施"),
        "due_on" => ("Due on", "期限"),
        "reason" => ("Reason", "理由"),
        "note" => ("Note", "说明"),
        "done_on" => ("Done on", "办理日期"),
        "new_value" => ("New value", "重估价值"),
        "lowered_why" => ("Why milder", "调低理由"),
        "reveal" => ("Looking at personal data", "查看完整个人信息"),
        "signal" => ("Signal", "信号"),
        "flag_proof" => ("Proof", "证明材料"),
        "left" => ("What becomes of open to-dos", "未办待办如何处理"),
        "step" => ("Next step", "下一步"),
        "signals_file" => ("signals.toml", "signals.toml "),
        "text" => ("Text", "内容"),
        "proof" => ("What proves it", "完成依据"),
        "kind" => ("Kind", "类别"),
        "channel" => ("Channel", "方式"),
        "visited_on" => ("Date of the visit", "回访日期"),
        "purposes" => ("Duties served", "完成的任务"),
        "lateness_reason" => ("Reason for the delay", "逾期原因"),
        "likeness_reason" => ("Reason for the likeness", "相似原因"),
        "co_inspector" => ("Co-inspector", "协查人"),
        "opinion" => ("Opinion", "意见"),
        "questionnaire" => ("Questionnaire", "问卷"),
        "declared_by" => ("Who filled it in", "填写人"),
        "declared_on" => ("Filled in on", "填写日期"),
        "item" => ("Question", "检查项"),
        "dossier" => ("The dossier", "客户档案"),
        "value" => ("Answer", "答案"),
        "what" => ("What was copied", "复制的内容"),
        "contact" => ("Who was called", "联系人"),
        "policy" => ("Policy", "制度"),
        "card" => ("Score card", "评分卡"),
        "new_due" => ("New due date", "新到期日"),
        "interim" => ("Meanwhile", "过渡措施"),
        "asks" => ("The department asked", "会办部门"),
        "words" => ("Words", "意见"),
        "request" => ("The request", "该申请"),
        "op" => ("Operation", "本次操作"),
        "check" => ("Look-up", "查询项目"),
        "option" => ("Result", "查询结果"),
        "detail" => ("What was found, or why not", "查到的内容或未查原因"),
        "place" => ("Where", "查询渠道"),
        "looked_up_on" => ("Day of the look-up", "查询日期"),
        "people" => ("People to meet", "约见人"),
        "planned_day" => ("The day", "日期"),
        "points" => ("Points", "点数"),
        "area" => ("District or trade circle", "区域或商圈"),
        "until" => ("Last day of the pause", "暂停截止日"),
        "subgrade" => ("The grade", "子级"),
        "file" => ("The file", "文件"),
        "pin" => ("The PIN", "锁屏口令"),
        _ => return orders::field(lang, code),
    };
    Some(lang.pick(en, zh))
}

/// What is wrong with a field and what helps; `None` for a code the store does not use.
fn fault(lang: Lang, code: &str) -> Option<&'static str> {
    let (en, zh) = match code {
        "missing" => ("is needed; please fill it in", "必填，请填写"),
        "empty" => ("is empty; please try again", "为空，请重试"),
        "past" => {
            ("lies in the past; choose today or a later day", "早于今天，请改为今天或以后的日期")
        }
        "future" => (
            "lies in the future; choose today or an earlier day",
            "晚于今天，请改为今天或以前的日期",
        ),
        "unknown_user" => (
            "names nobody who is active here; enter the login name of a colleague",
            "不是本库的在用用户，请填同事的登录名",
        ),
        "control_character" => (
            "contains characters that can't be kept; type it again without them",
            "含有不能保存的字符，请重新输入",
        ),
        "unknown_code" => (
            "is none that this customer is asked for; choose it again",
            "不适用于该客户，请重新选择",
        ),
        "too_many" => (
            "is at its limit: 30 times an hour; go on later, or ask for an export",
            "已达上限（每小时 30 次），请稍后再查，或申请导出",
        ),
        "too_long" => ("is too long; shorten it", "太长，请缩短"),
        "no_login" => (
            "must be letters, digits and . _ - @, at most 64",
            "只能用字母、数字和 . _ - @，最长 64 个字符",
        ),
        "malformed" => ("was not understood; correct it", "格式不对，请更正"),
        "this_visit" => (
            "belongs to this visit alone and can't be confirmed as unchanged; enter it anew",
            "只属于本次回访，不能按未变确认，请重新填写",
        ),
        "wrong_kind" => {
            ("does not fit this question; enter it again", "与该项类型不符，请重新填写")
        }
        "needs_onsite" => (
            "include a visit on site, which a call or a desk check does not serve; choose on site or leave that duty out",
            "含须现场完成的任务，非现场方式不能计入；请改为现场或去掉该任务",
        ),
        "other_channel" => (
            "include a duty that this channel does not serve; choose another channel or leave it out",
            "含该渠道不能完成的任务，请改换渠道或去掉该任务",
        ),
        "other_class" => (
            "does not fit the class of the visit; choose another",
            "与检查方式（现场、非现场）不符，请更改",
        ),
        "wrote" => (
            "wrote in this record already; choose a colleague who looks at it with her own eyes",
            "已在此记录中填写过内容，请另选同事",
        ),
        "other_form" => (
            "was made for another version of this record; export it again",
            "不是按此记录当前版本生成的，请重新导出",
        ),
        "not_asked" => (
            "is not one that a customer answers; export the form again",
            "不是由客户填写的项目，请重新导出问卷",
        ),
        "no_news" => ("is none whose answer the dossier keeps", "不是与客户档案对应的项目"),
        "not_answered" => {
            ("is not answered in this record; answer it first", "在本记录中还没有回答，请先填写")
        }
        "same" => ("says so already", "已是此内容，无须更新"),
        "exists" => ("is there already; try again", "已存在，请重试"),
        "unwritable" => (
            "can't be written; ask whoever keeps the export folder",
            "无法写入，请联系导出目录的管理人",
        ),
        "unreadable_pack" => (
            "can't be put together: the record's checklist can't be read",
            "无法生成：该记录的检查表不可读",
        ),
        "self" => ("can't be your own; somebody else has to do it", "不能是您自己，请由他人操作"),
        "not_later" => ("is not later than the present one", "不晚于现到期日"),
        "put_off_enough" => (
            "can't be any later: the policy allows no longer delay; make the visit, or ask for its end",
            "不能再晚：已达制度允许的最长延期，请尽快回访或申请终止",
        ),
        "asked_already" => ("was made already and waits for a decision", "已提交过，正在等待审批"),
        "unsound" => {
            ("is not sound; run `huifang policy check`", "有误，请先运行 huifang policy check 检查")
        }
        "known" => {
            ("has this version already; raise the version number", "已有同一版本，请提高版本号")
        }
        "changed" => {
            ("is not the one that was looked at; look at it again", "与查看时不同，请重新查看")
        }
        "used" => {
            ("was already done with other content; please try again", "已用于其他内容，请重试")
        }
        _ => return care_fault(lang, code),
    };
    Some(lang.pick(en, zh))
}

/// The same of flags and of the days of visits.
fn care_fault(lang: Lang, code: &str) -> Option<&'static str> {
    let (en, zh) = match code {
        "says_little" => ("says too little; tell what was found", "太短，请写明情况"),
        "no_such_measure" => (
            "is a code that the catalogue does not have; take one of it, or words of your own",
            "不是目录中的代码，请改用目录中的代码或文字",
        ),
        "no_such_signal" => (
            "is a code that the library does not have; correct it, or use words of your own",
            "不是信号库中的代码，请更正或改用文字",
        ),
        "own_department" => (
            "is your own department; just say what you have to say",
            "是您自己的部门，直接发表意见即可",
        ),
        "before_onboarding" => (
            "lies before the customer came under this system; correct the date",
            "早于该客户纳入回访管理之日，请更正日期",
        ),
        "before_last" => (
            "lies before the last visit that was handed in; correct the date",
            "早于上一次已提交的回访，请更正日期",
        ),
        _ => return file_fault(lang, code),
    };
    Some(lang.pick(en, zh))
}

/// The same of a file.
fn file_fault(lang: Lang, code: &str) -> Option<&'static str> {
    let (en, zh) = match code {
        "file_not_there" => {
            ("is not there any more; open the list again", "已不存在，请重新打开清单")
        }
        "file_not_plain" => (
            "is no plain file of this folder; copy the file itself there",
            "不是该文件夹内的普通文件，请复制文件本身",
        ),
        "file_empty" => ("is empty; bring it again", "是空的，请重新上传"),
        "file_too_large" => {
            ("is larger than allowed; make it smaller", "超过允许的大小，请压缩后再登记")
        }
        "file_unknown_kind" => (
            "is of no known kind; bring a photo, a PDF or an Office file",
            "类型无法识别，请提供照片、PDF 或 Office 文件",
        ),
        "file_no_photo" => ("is no photo; this question wants one", "不是照片，该项须为照片"),
        "pin_short" => ("is too short; at least six characters", "太短，至少 6 位"),
        "unknown_kind" => ("is none that the journal knows", "不是日志中的操作类别"),
        "pin_differs" => ("was not the same twice; try again", "两次输入不一致，请重试"),
        "pin_long" => ("is too long; at most 64 characters", "太长，最多 64 位"),
        "pin_kind" => (
            "may have digits, letters and signs only, no blanks",
            "只能用数字、字母和符号，不能有空格",
        ),
        "pin_needed" => (
            "is needed: this record has a red flag; open the decision again",
            "须输入：记录含红色信号，请重新打开决定",
        ),
        "pin_wrong" => ("is wrong; try again", "不对，请重试"),
        "pin_plain" => (
            "is too easy to guess; not all the same, not in a row",
            "太容易猜到，不可全部相同或为顺序数字",
        ),
        "file_unreadable" => ("can't be read; bring it again", "无法读取，请重新上传"),
        "no_file" => (
            "must be a file before this flag can end so; register one with r",
            "须为文件方可如此解除或降级，请先按 r 登记",
        ),
        _ => return month_fault(lang, code),
    };
    Some(lang.pick(en, zh))
}

/// The same for the month plan.
fn month_fault(lang: Lang, code: &str) -> Option<&'static str> {
    let (en, zh) = match code {
        "before_window" => (
            "lies before the window of this visit opens; choose a day within the window",
            "早于该应访的可访窗口，请改为窗口内的工作日",
        ),
        "after_due" => (
            "lies after the due date; choose an earlier day or ask for a delay (d)",
            "晚于到期日，请改为更早的日期或申请延期（d）",
        ),
        "overdue_later" => (
            "is too late for a visit that is overdue: past the first workdays of next month it is a delay, which somebody approves; choose an earlier day or ask for it (d)",
            "对已逾期的应访太晚：过了下月最初几个工作日即属延期，须经审批；请改为更早的日期或按 d 申请延期",
        ),
        "no_workday" => ("is no workday; choose another day", "不是工作日，请改选其他日期"),
        "paused" => (
            "lies within a pause of this customer; choose a day after it",
            "在该客户的暂停期内，请改为暂停结束后的日期",
        ),
        "more_than_a_day" => {
            ("are more than a day holds; enter fewer", "超过一天的容量，请填更小的数")
        }
        "longer_than_a_delay" => (
            "is further away than a delay may be; choose an earlier day",
            "超过制度允许的最长延期天数，请改为较早的日期",
        ),
        _ => return orders::fault(lang, code),
    };
    Some(lang.pick(en, zh))
}

/// A sentence of its own, where the name of the field and what is wrong with it would not make one.
fn whole(lang: Lang, why: &str) -> Option<&'static str> {
    let (en, zh) = match why {
        "proposed_already" => (
            "This signal is proposed for the customer already; confirm or reject that one",
            "该客户已有同一信号待确认，请确认或否决该信号",
        ),
        "open_already" => (
            "This signal is open at the customer already; change that one",
            "该客户已有同一信号未解除，请更改该信号",
        ),
        _ => return orders::whole(lang, why),
    };
    Some(lang.pick(en, zh))
}

/// A day that is further away than it may be, with the last one that may.
pub fn too_far(lang: Lang, name: &str, last: NaiveDate) -> String {
    let code = name;
    let name = field(lang, name).unwrap_or(lang.pick("The day", "日期"));
    if code == "new_due" {
        return match lang {
            Lang::En => format!(
                "{name}: {last} is the latest that the policy allows; choose an earlier day"
            ),
            Lang::Zh => {
                format!("{name}最迟为 {last}（制度允许的最长延期），请改为该日或更早的日期")
            }
        };
    }
    match lang {
        Lang::En => format!("{name} may be {last} at the latest; choose it or take it in steps"),
        Lang::Zh => format!("{name}最迟为 {last}，请改为该日以前的日期，或分步处置"),
    }
}

/// A value that is missing or wrong, as one sentence.
pub fn invalid(lang: Lang, name: &str, why: &str) -> String {
    if let Some(whole) = whole(lang, why) {
        return whole.to_owned();
    }
    let name = field(lang, name).unwrap_or(lang.pick("What was entered", "输入内容"));
    let why =
        fault(lang, why).unwrap_or(lang.pick("can't be used; correct it", "不能使用，请更正"));
    match lang {
        Lang::En => format!("{name} {why}"),
        Lang::Zh => format!("{name}{why}"),
    }
}

/// Something that can't be done in the state a record or a flag is in.
pub fn wrong_state(lang: Lang, code: &str) -> String {
    let special = match code {
        "amendment" => lang.pick(
            "An amendment keeps the date, way and duties of its visit",
            "补正记录沿用原回访的日期、方式和任务，不能更改",
        ),
        "decided" => lang.pick("It is decided already", "已审批，不能再改"),
        "imported" => lang.pick(
            "It came from the bank's system: change it there",
            "来自行内系统，请在原系统修改",
        ),
        "closed" => lang.pick("It is made or closed already", "已完成或已办结"),
        "packet_done" => lang.pick("The handover is done already", "移交已完成"),
        "packet_withdrawn" => lang.pick("The handover was taken back", "移交已撤回"),
        "packet_signed" => lang.pick("You have signed this already", "您已签署"),
        "rows_changed" => lang.pick(
            "Somebody changed these rows meanwhile: look at them again first",
            "这些行期间已被他人修改，请先重新查看",
        ),
        "acted_on" => lang.pick(
            "Somebody has acted on it already: it can't be taken back",
            "他人已据此处理，不能撤销",
        ),
        "overruled" => lang.pick(
            "A superior has it decided again after your rejection: confirm it, or leave it to her",
            "您否决后上级已重新提出：请确认，或由上级处理",
        ),
        "no_opinion_needed" => lang.pick(
            "This record does not need that opinion (any more)",
            "此记录无须（或不再须）该会签意见",
        ),
        "nothing_over" => lang.pick("Nobody's time is over", "没有可清除的期满客户"),
        "erasure_done" => lang.pick("It is erased already", "已清除"),
        "erasure_refused" => lang.pick("It was refused", "已被否决"),
        "erasure_withdrawn" => lang.pick("It was taken back", "已撤回"),
        "held" => lang.pick("It is held up already", "已在暂缓中"),
        "not_held" => lang.pick("Nothing holds it up", "没有暂缓"),
        "no_pin" => lang.pick("No PIN is set", "没有设置锁屏口令"),
        "submitted_before" => lang
            .pick("A record that was handed in once can't be thrown away", "提交过的记录不能丢弃"),
        _ => "",
    };
    if !special.is_empty() {
        return special.to_owned();
    }
    let named = VisitState::from_code(code)
        .map(|state| words::visit_state(lang, state))
        .or_else(|| FlagState::from_code(code).map(|state| words::flag_state(lang, state)))
        .or_else(|| FlagStep::from_code(code).map(|step| words::flag_step(lang, step)))
        .or_else(|| TodoState::from_code(code).map(|state| words::todo_state(lang, state)));
    match (lang, named) {
        (Lang::En, Some(name)) => format!("Not possible while it is: {name}"),
        (Lang::Zh, Some(name)) => format!("当前状态（{name}）不能这样做"),
        (Lang::En, None) => "Not possible in its present state".to_owned(),
        (Lang::Zh, None) => "当前状态不能这样做".to_owned(),
    }
}

#[cfg(test)]
mod tests;
