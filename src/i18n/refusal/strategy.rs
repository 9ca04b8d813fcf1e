//! What the store says to financing strategies and their plans.

use super::Lang;

/// The name of a field.
pub(super) fn field(lang: Lang, code: &str) -> Option<&'static str> {
    let (en, zh) = match code {
        "strategy" => ("The strategy", "授信策略"),
        "plan" => ("The plan", "压降计划"),
        _ => return None,
    };
    Some(lang.pick(en, zh))
}

/// What is wrong with a field and what helps.
pub(super) fn fault(lang: Lang, code: &str) -> Option<&'static str> {
    let (en, zh) = match code {
        "in_force_already" => ("is in force already", "与现行策略相同，无须再提"),
        "no_plan" => ("goes with reduce and exit alone", "只用于压缩和退出"),
        "no_steps" => {
            ("has no steps yet; who put it forward adds them with e", "尚无步骤，请提出人按 e 补齐")
        }
        "too_many_steps" => ("has too many steps", "步骤过多"),
        "step_days" => (
            "has a step that lies today or earlier, or not after the one before it",
            "有步骤的日期不晚于今天，或不晚于上一步",
        ),
        "too_far" => ("ends later than the bank's rules allow", "最后一步超过本行规定的最长期限"),
        "step_targets" => (
            "has a step whose balance is not below the one before it",
            "有步骤的目标余额不低于上一步或现余额",
        ),
        "not_nothing" => ("of an exit ends at a balance of 0", "退出计划最后一步的目标余额须为 0"),
        "step_measure" => ("has a step without a measure", "有步骤未写措施"),
        "record_open" => (
            "waits for its record, which was sent back or taken back",
            "对应的回访记录已退回或撤回，待重新提交",
        ),
        _ => return None,
    };
    Some(lang.pick(en, zh))
}
