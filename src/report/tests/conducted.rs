//! What was built beside the reports stands in them: preparation, people, second pair of eyes, the
//! customer's own words.

use super::*;
use crate::domain::answer::Value;
use crate::domain::ids::UserId;
use crate::domain::user::Role;
use crate::protocol::page::Recorded;

fn chapter(text: &str, from: &str, to: &str) -> String {
    let (_, behind) = text.split_once(from).unwrap();
    behind.split_once(to).unwrap().0.to_owned()
}

fn visit(lang: Lang) -> String {
    text_of(&sample::visit(), lang, ReportFormat::Markdown)
}

#[test]
fn what_was_looked_up_is_printed_with_result_source_day_and_person() {
    let text = chapter(&visit(Lang::Zh), "## 一、", "## 二、");
    for row in [
        "| 营业执照状态 | 存续 | 2026-11-18 | 国家企业信用信息公示系统 | 张伟 |",
        "| 被执行信息（企业） | **有记录** | 2026-11-18 | 国家企业信用信息公示系统 | 张伟 | 执行标的 80 万元 |",
        "| 公开报道 | 未查询 |",
        "| 被执行信息（个人） | 未查询 |",
    ] {
        assert!(text.contains(row), "{row}\n{text}");
    }
    let line = |of: &str| text.lines().find(|line| line.contains(of)).unwrap().to_owned();
    assert!(line("公开报道").contains("系统维护"));
    assert!(line("被执行信息（个人）").contains("未说明原因"));
    assert!(line("税务信息").contains("至检查日已过期"), "{}", line("税务信息"));
    // What was not asked is missing, and never reads as "none".
    let annex = chapter(&visit(Lang::Zh), "## 十五、", "### 签字");
    assert!(annex.contains("| 访前查询 | 公开报道 | 未查询（系统维护） |"), "{annex}");
    assert_eq!(annex.matches("| 访前查询 |").count(), 3, "{annex}");
}

#[test]
fn people_stand_with_their_check_and_whoever_was_missed() {
    let text = chapter(&visit(Lang::Zh), "### 约见与接待人员", "### 协查意见");
    for said in [
        "杨\\*（实际控制人）、唐\\*\\*（财务负责人）",
        "未见到：实际控制人",
        "控制人赴外地催款，12-02 补见",
        "证件核对",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert!(!text.contains("授权委托书"), "a column that nobody was asked\n{text}");
    let mut page = sample::visit();
    if let ReportBody::Visit(report) = &mut page.body
        && let Some(record) = &mut report.record
    {
        record.visit.facts.0.remove(crate::domain::facts::PLANNED_TO_MEET);
        record.visit.facts.0.remove(crate::domain::facts::PLANNED_ROLES);
    }
    assert!(text_of(&page, Lang::Zh, ReportFormat::Markdown).contains("访前未约定"));
}

/// Of a group whose rows the checklist brings nothing is left out, and the to-do list does not say
/// the opposite of what the officer found.
#[test]
fn what_became_of_problems_and_promises_is_printed() {
    let mut page = sample::visit();
    let promise = "最近一期报表";
    if let ReportBody::Visit(report) = &mut page.body
        && let Some(record) = &mut report.record
    {
        let visit = &mut record.visit;
        visit.sections.push("followup".to_owned());
        let list = |text: &str| Value::Multi(vec![text.to_owned()]);
        visit.facts.0.insert("last_problems".to_owned(), list("账期拖长"));
        visit.facts.0.insert("open_promises".to_owned(), list(promise));
        for (item, value) in [
            ("problem[账期拖长].state".to_owned(), Value::Choice("open".to_owned())),
            ("problem[账期拖长].left".to_owned(), Value::Text("月底前再收一笔".to_owned())),
            (format!("promise[{promise}].kept"), Value::Choice("kept".to_owned())),
        ] {
            let (by, at) = (UserId::from("zhang"), String::new());
            let answer = sample::said(value);
            visit.answers.insert(item, Recorded { answer, revision: 1, by, at });
        }
        let mut todo = page.base.dossier.todos[0].clone();
        (todo.text, todo.done_on) = (promise.to_owned(), None);
        todo.state = crate::domain::todo::TodoState::Open;
        todo.visit = None;
        page.base.dossier.todos.push(todo);
    }
    let text = text_of(&page, Lang::Zh, ReportFormat::Markdown);
    let text = chapter(&text, "## 九、", "## 十、");
    assert!(text.contains("账期拖长 | 未解决 | 月底前再收一笔"), "{text}");
    assert!(text.contains("已兑现"), "{text}");
    let todo = text.lines().find(|line| line.contains("待办未办结"));
    assert!(todo.is_some_and(|line| line.contains("本次回访：已兑现")), "{text}");
}

#[test]
fn the_co_inspector_speaks_for_herself_and_a_void_signature_says_so() {
    let text = visit(Lang::Zh);
    for said in ["| **保留** |", "库存未逐垛盘点", "11-20 09:12（已在本人会话中签署）"]
    {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let mut page = sample::visit();
    if let ReportBody::Visit(report) = &mut page.body
        && let Some(record) = &mut report.record
        && let Some(row) = &mut record.visit.second.asked
    {
        row.holds = false;
    }
    assert!(text_of(&page, Lang::Zh, ReportFormat::Markdown).contains("签署已失效"));
    assert!(
        text_of(&page, Lang::En, ReportFormat::Markdown).contains("void: an answer was changed")
    );
}

#[test]
fn the_customers_own_words_stand_apart_and_what_is_only_declared_is_marked() {
    let text = visit(Lang::Zh);
    let conclusion = chapter(&text, "## 十四、", "### 客户诉求与意愿");
    for apart in ["客户满意度", "续贷意愿", "客户需求", "廉洁申报"] {
        assert!(!conclusion.contains(apart), "{apart}\n{conclusion}");
    }
    let own = chapter(&text, "### 客户诉求与意愿", "### 会签意见");
    for said in ["结算", "一般", "不作为信号", "廉洁申报"] {
        assert!(own.contains(said), "{said}\n{own}");
    }
    let staff = text.lines().find(|line| line.contains("员工总数")).unwrap();
    assert!(staff.contains("【自述】唐\\*\\* 财务负责人，2026-11-17"), "{staff}");
    // What an officer writes for herself is no part of any report.
    for page in sample::all() {
        assert!(!text_of(&page, Lang::Zh, ReportFormat::Markdown).contains("先看库存再谈数字"));
    }
}

#[test]
fn only_who_reviews_reads_of_likeness() {
    let mut page = sample::visit();
    let of = |page: &ReportPage| text_of(page, Lang::Zh, ReportFormat::Markdown);
    assert!(!of(&page).contains("文字相似提示"));
    page.base.role = Role::Supervisor;
    let text = of(&page);
    for said in ["与 2026-08-20 的记录 96% 相同（本户）", "情况未变"] {
        assert!(text.contains(said), "{said}\n{text}");
    }
}

#[test]
fn the_brief_on_paper_has_all_that_the_screen_has() {
    let text = text_of(&sample::brief(), Lang::Zh, ReportFormat::Markdown);
    for said in [
        "## 一、本次检查事由",
        "风险控制",
        "新放款  2026-11-21  J001-L2  50万元",
        "| 近三个月销售额（口述） | 330万元 | 300万元 | \\+10%、旺季前备货 |",
        "实际控制人或法定代表人 | 已约",
        "档案中无此人",
        "2026-08-01 至 2026-10-31",
        "现场拍摄",
        "2026-08-20  拒绝提供 称涉及商业秘密",
        "被执行信息（企业）",
        "云津化工有限公司 | C002 | **2026-11-20** | 同商圈",
        "话术：风险控制，实地",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    // A tier that is another one is told with both.
    let tier = text.lines().find(|line| line.contains("五级分类")).unwrap();
    assert!(tier.contains("正常") && tier.contains("**关注**"), "{tier}");
    assert!(text.contains("当时未留存"), "{text}");
}

#[test]
fn no_code_of_ours_is_printed_where_words_belong() {
    // The codes stand as literals behind arrows where the commands name themselves.
    let sources = [
        include_str!("../../protocol/command/code.rs"),
        include_str!("../../protocol/command/conduct.rs"),
        include_str!("../../protocol/command/holiday.rs"),
        include_str!("../../protocol/command/order.rs"),
        include_str!("../../protocol/command/policy.rs"),
        include_str!("../../protocol/command/request.rs"),
    ];
    let codes: Vec<&str> = sources
        .iter()
        .flat_map(|text| text.split("=> \"").skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(codes.len() > 30, "{codes:?}");
    for lang in [Lang::Zh, Lang::En] {
        let t = texts::Report::of(lang);
        for code in &codes {
            let word = t.command(code);
            assert!(word != *code || !code.contains('_') && lang == Lang::En, "{lang:?} {code}");
        }
        for kind in [
            "co_inspect",
            "co_signed",
            "request_open",
            "opinion_wanted",
            "todo_overdue",
            "task_issued",
            "task_cancelled",
        ] {
            assert_ne!(t.notice(kind), kind, "{lang:?}");
        }
    }
}

#[test]
fn a_small_shop_has_its_answers_in_their_chapters() {
    use crate::domain::answer::Value;
    let mut page = sample::visit();
    let ReportBody::Visit(report) = &mut page.body else { panic!() };
    let record = report.record.as_mut().unwrap();
    let choice = |code: &str| Value::Choice(code.to_owned());
    record.visit.sections = vec!["shop".to_owned()];
    record.visit.facts.0.insert(crate::domain::facts::LINE.to_owned(), choice("micro_shop"));
    let given = record.visit.answers["focus"].clone();
    for (item, value) in [
        ("shop_met", Value::Text("店主本人".to_owned())),
        ("shop_debts", Value::Money(Fen::from_yuan(290_000))),
        ("shop_verdict", choice("steady")),
    ] {
        let mut recorded = given.clone();
        recorded.answer.value = value;
        record.visit.answers.insert(item.to_owned(), recorded);
    }
    let text = text_of(&page, Lang::Zh, ReportFormat::Markdown);
    for (from, to, said) in [
        ("### 约见与接待人员", "### 协查意见", "店主本人"),
        ("## 七、", "## 八、", "29万元"),
        ("## 十四、", "### 下次检查安排", "一字评价"),
    ] {
        let part = chapter(&text, from, to);
        assert!(part.contains(said), "{said}\n{part}");
    }
}
