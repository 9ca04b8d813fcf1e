//! What two people have changed at the same time, in the words of the history.

use super::{
    flag_state, flag_step, level, opinion_level, statement_line, statement_source, strategy,
    strategy_state, todo_state, verdict, visit_state,
};
use crate::domain::flag::{FlagState, FlagStep, Level};
use crate::domain::review::{OpinionLevel, Verdict};
use crate::domain::statement::{StatementLine, StatementSource};
use crate::domain::strategy::{Strategy, StrategyState};
use crate::domain::todo::TodoState;
use crate::domain::visit::VisitState;
use crate::i18n::report::Report;
use crate::i18n::{Lang, refusal};

/// What was changed, where it is no item of a form; `None` = it may be one.
pub fn conflict_field(lang: Lang, field: &str) -> Option<&'static str> {
    Some(match field {
        "state" => lang.pick("state", "状态"),
        "comment" => lang.pick("comment", "批注"),
        "text" => lang.pick("text", "文字"),
        "people" => lang.pick("who is to be met", "应见人员"),
        "opinion" => lang.pick("opinion", "会签意见"),
        "content_hash" => lang.pick("content", "记录内容"),
        "file" => lang.pick("file", "文件"),
        "period_months" => lang.pick("months of the statement", "报表月数"),
        "source" => lang.pick("source", "报表来源"),
        "audited" => lang.pick("audited", "是否审计"),
        "shares_pledged" => lang.pick("shares pledged", "股权质押比例"),
        "level" => lang.pick("level", "等级"),
        "step" => lang.pick("step", "进度"),
        "day" => lang.pick("day", "日期"),
        "strategy" => lang.pick("strategy", "授信策略"),
        other => {
            let line = StatementLine::from_code(other).map(|line| statement_line(lang, line));
            return line.or_else(|| refusal::field(lang, other));
        }
    })
}

/// What somebody made of it: codes in words, anything else as it stands.
pub fn conflict_value(lang: Lang, field: &str, value: &str) -> String {
    let said = match field {
        "state" => state(lang, value),
        "level" => Level::from_code(value).map(|one| level(lang, one)),
        "step" => FlagStep::from_code(value).map(|step| flag_step(lang, step)),
        "strategy" => Strategy::from_code(value).map(|one| strategy(lang, one)),
        "opinion" => Verdict::from_code(value)
            .map(|said| verdict(lang, said))
            .or_else(|| Some(opinion_level(lang, OpinionLevel::from_code(value)?))),
        "content_hash" => Some(lang.pick("changed", "已变动")),
        "source" => StatementSource::from_code(value).map(|source| statement_source(lang, source)),
        "audited" => {
            Some(if value.is_empty() { lang.pick("no", "否") } else { lang.pick("yes", "是") })
        }
        _ => None,
    };
    let said = said.or(match value {
        "undo" => Some(lang.pick("take back", "撤销")),
        "cancelled" => Some(lang.pick("cancelled", "已取消")),
        "withdrawn" => Some(lang.pick("taken back", "已撤回")),
        "resolved" => Some(lang.pick("dealt with", "已处理")),
        "asked" => Some(lang.pick("asked", "已请协查")),
        _ => None,
    });
    said.unwrap_or(value).to_owned()
}

/// The state of a record, a flag, a to-do or a strategy; or what somebody wanted to do to it.
fn state(lang: Lang, code: &str) -> Option<&str> {
    let visit = || VisitState::from_code(code).map(|one| visit_state(lang, one));
    let flag = || FlagState::from_code(code).map(|one| flag_state(lang, one));
    let todo = || TodoState::from_code(code).map(|one| todo_state(lang, one));
    let strategy = || StrategyState::from_code(code).map(|one| strategy_state(lang, one));
    let known = visit().or_else(flag).or_else(todo).or_else(strategy);
    known.or_else(|| Some(Report::of(lang).command(code)).filter(|said| *said != code))
}
