//! Flags and events by keys: a grave flag step by step through two desks, an event from its entry to
//! its finding.

use super::*;
use crate::app::tests::desk::Office;
use crate::domain::flag::{FlagState, FlagStep};
use crate::domain::ids::FlagId;
use crate::protocol::page::{EventsPage, FlagHistoryPage, FlagRow, Page, TodoRow};
use crate::protocol::query::{FlagScope, Query, Window};
use std::sync::Arc;

const ALL: Window = Window { offset: 0, limit: 500 };

fn events(desk: &mut Desk) -> Arc<EventsPage> {
    match desk.query(&Query::Events) {
        Page::Events(page) => page,
        other => panic!("{other:?}"),
    }
}

fn todos(desk: &mut Desk) -> Vec<TodoRow> {
    match desk.query(&Query::Todos { owner: None, window: ALL }) {
        Page::Todos(page) => page.rows.clone(),
        other => panic!("{other:?}"),
    }
}

fn history(desk: &mut Desk, flag: &FlagId) -> Arc<FlagHistoryPage> {
    match desk.query(&Query::FlagHistory { flag: flag.clone() }) {
        Page::FlagHistory(page) => page,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_red_flag_goes_step_by_step_through_two_desks() {
    let office = Office::open();
    let mut officer = office.desk("zhangwei");
    officer.play(&[
        ("/C000123<enter>f", "登记风险信号"),
        ("OPS-01<enter>m05<tab>+5<tab>店门紧锁<enter>", "M05 停止提款，冻结未用额度|11-28"),
    ]);
    assert_eq!(officer.refused, [], "{}", officer.screen());
    let page = match officer
        .query(&Query::Flags { scope: FlagScope::Customer("C000123".into()), window: ALL })
    {
        Page::Flags(page) => page,
        other => panic!("{other:?}"),
    };
    let flag = page.rows.iter().find(|row| row.signal == "OPS-01").unwrap().flag.clone();
    assert!(history(&mut officer, &flag).flag.step_due.is_some());
    let step = |desk: &mut Desk| history(desk, &flag).flag.step;
    // The next step is not the officer's, and nobody closes it yet.
    officer.play(&[("n", "下一步须由主管处理"), ("d", "提出人、责任人、确认人")]);
    let mut head = office.desk("lifang");
    head.keys("/C000123<enter>");
    head.keys("<tab>");
    while !head.screen().contains("n 推进") {
        head.keys("<tab>");
    }
    head.play(&[("n<enter>", "信号进度：已阅"), ("n", "不变：M05|推进此信号")]);
    head.keys("<enter>");
    assert_eq!((head.refused.clone(), step(&mut head)), (vec![], FlagStep::MeasureDecided));
    // The measure's step stands on the owner's list.
    let on_list = todos(&mut officer);
    assert!(on_list.iter().any(|row| row.text == "在核心系统设置额度控制"), "{on_list:?}");
    head.play(&[("n<enter>", "信号进度：处置中"), ("n<enter>", "信号进度：待核实")]);
    // Without a file it can only be handed to recovery.
    head.play(&[
        ("d", "结束此信号：移交保全|< 请选择 >|须有证明文件|可按 u 撤回"),
        // Enter alone hands nothing over.
        ("<tab>店门紧锁，查无人<enter>", "还需填写：结果"),
        ("<esc><esc>", "!结束此信号"),
    ]);
    assert!(!head.screen().contains("已解除"));
    // The officer brings one; what proves nothing here is told.
    officer.poll();
    officer.play(&[("r", "登记文件：OPS-01|门头.png|无法识别的类型"), ("gjjjj", "车间.png")]);
    officer.play(&[("<enter>", "已登记为证明：车间.png"), ("o", "证明信号 OPS-01|车间.png|▀")]);
    officer.play(&[("<esc>", "1 个文件")]);
    assert_eq!(officer.refused, [], "{}", officer.screen());
    // Whoever ends it sees what there is, and looks at it before she answers.
    head.poll();
    head.play(&[
        ("d", "解除此信号|结果|证明文件 1 个（按 o 或 F4 查看）|车间.png|哈希"),
        ("o", "证明信号 OPS-01|1/1|车间.png|▀"),
        ("<esc>", "解除此信号"),
        ("<tab>o<enter>", "还需填写：措施未办待办 1 项"),
        ("<right><right>", "< 不再需要，一并作罢 >"),
        ("<enter>", "太短，请写明情况"),
        ("经营已恢复正常<f4>", "1/1|车间.png"),
        ("<esc>", "o经营已恢复正常"),
        ("<enter>", "信号进度：已解除"),
    ]);
    // It is asked before a decision is taken back; then everything is as it was.
    assert!(!todos(&mut head).iter().any(|row| row.text == "在核心系统设置额度控制"));
    head.refused.clear();
    head.play(&[("u", "再按一次 u 撤销"), ("u", "已撤销")]);
    assert_eq!((head.refused.clone(), step(&mut head)), (vec![], FlagStep::Verify));
    assert!(todos(&mut head).iter().any(|row| row.text == "在核心系统设置额度控制"));
    head.keys("d<tab>经营已恢复正常<tab><right><enter>");
    assert_eq!(head.refused, [], "{}", head.screen());
    assert!(todos(&mut head).iter().any(|row| row.text == "在核心系统设置额度控制"));
    let closed = history(&mut head, &flag);
    assert_eq!((closed.flag.state, closed.flag.step), (FlagState::Closed, FlagStep::Cleared));
    assert_eq!((closed.changes.len(), closed.flag.proofs.len()), (9, 1));
    // It keeps its file: nobody takes it away, and none comes after.
    officer.poll();
    officer.play(&[("r", "此信号已结束，证明文件不再变动"), ("ox", "请在未提交")]);
    officer.play(&[("<esc><enter>", "信号经过|证明文件|1 车间.png")]);
}

#[test]
fn a_rejection_is_asked_before_it_is_taken_back() {
    let office = Office::open();
    let mut head = office.desk("lifang");
    let proposed = |desk: &mut Desk| -> Vec<FlagRow> {
        match desk.query(&Query::Flags { scope: FlagScope::Live, window: ALL }) {
            Page::Flags(page) => {
                page.rows.iter().filter(|row| row.state == FlagState::Proposed).cloned().collect()
            }
            other => panic!("{other:?}"),
        }
    };
    let row = proposed(&mut head).remove(0);
    let state = |desk: &mut Desk| history(desk, &row.flag).flag.state;
    head.keys(&format!("/{}<enter>", row.customer));
    while !head.screen().contains("x 否决") {
        head.keys("<tab>");
    }
    head.play(&[("<home>", ""), ("x", "否决此信号"), ("现场已核实<enter>", "已否决")]);
    assert_eq!((state(&mut head), head.refused.clone()), (FlagState::Rejected, vec![]));
    // Looking at messages meanwhile changes nothing of it.
    head.play(&[("i<esc>u", &format!("再按一次 u 撤销：否决信号 {}", row.name))]);
    assert_eq!(state(&mut head), FlagState::Rejected);
    // The palette answers as the key does; what it was opened for in vain is no answer.
    head.play(&[(":<esc>u", "再按一次 u 撤销")]);
    head.play(&[(":撤销<enter>", &format!("已撤销：否决信号 {}", row.name))]);
    assert_eq!(state(&mut head), FlagState::Proposed);
}

#[test]
fn an_event_is_entered_looked_at_and_ended() {
    let office = Office::open();
    let mut officer = office.desk("zhangwei");
    officer.play(&[("4v", "外部事件|新标准施行"), ("a", "主管或风险经理")]);
    let before = todos(&mut officer).len();
    let mut head = office.desk("lifang");
    head.play(&[("4v", "新标准施行"), ("a", "登记外部事件|钢材、油品")]);
    // Whom it will meet is told while the lists are typed, and what nobody knows is told by its word.
    head.play(&[
        ("<tab>粮价上涨<tab>18<tab><tab>粮食", "没有此驱动因素：粮食|!涉及"),
        ("与饲料", "户，敞口 |张伟 "),
        ("<tab>餐饮、飞碟", "行业内没有客户：飞碟|户，敞口 "),
        ("<backspace><backspace><backspace>", "户，敞口 |!行业内没有客户"),
        ("<tab>火星区", "区域内没有客户：火星区|没有涉及的在贷客户"),
        ("<backspace><backspace><backspace>", "户，敞口 |!火星区"),
    ]);
    let foretold = head.screen();
    head.keys("<tab>核查毛利与库存<tab>+10<enter>");
    assert_eq!(head.refused, [], "{}", head.screen());
    let grain = |desk: &mut Desk| {
        let all = events(desk);
        all.rows.iter().find(|row| row.title.contains("粮价上涨")).unwrap().clone()
    };
    // It stays, and what she did before it is not taken back in its stead.
    head.play(&[("<esc>u", "登记事件不能撤销，核查待办已下达"), ("uv", "粮价上涨")]);
    head.refused.clear();
    let row = grain(&mut head);
    assert!(row.customers > 0 && row.done == 0, "{row:?}");
    assert!(foretold.contains(&format!("涉及 {} 户，敞口", row.customers)), "{foretold}");
    head.play(&[("", "粮价上涨 +18%|已核查 0/|核查要点：核查毛利与库存|驱动因素：粮食与饲料")]);
    // The officer has her part on the list, and ends it with what she found.
    officer.poll();
    let mine: Vec<_> =
        todos(&mut officer).into_iter().filter(|row| row.text.contains("粮价上涨")).collect();
    assert!(!mine.is_empty() && todos(&mut officer).len() == before + mine.len());
    officer.play(&[("<esc>1", ""), ("i", "请核查该客户")]);
    head.play(&[
        // Over its customers as over its own row; how many nobody has looked at is told.
        ("<enter>", "粮价上涨|张伟|!核查要点"),
        ("d", "结束此事件|核查结论|户未核查"),
        ("<enter>", "还需填写：核查结论"),
        ("粮价稳<enter>", "还需填写：尚有"),
        ("<right><enter>", "请写核查结论（至少 4 字）"),
        ("<backtab><backspace>回落<enter>", "事件已结束|已结束"),
    ]);
    assert_eq!(head.refused, [], "{}", head.screen());
    let ended = grain(&mut head);
    assert_eq!(ended.finding.as_deref(), Some("粮价回落"));
    head.play(&[("d", "该事件已结束")]);
}

#[test]
fn a_department_is_asked_about_a_flag_and_answers() {
    let office = Office::open();
    let mut officer = office.desk("zhangwei");
    officer.play(&[
        ("/C000123<enter>f", "登记风险信号"),
        ("OPS-01<enter>m05<tab>+5<tab>店门紧锁<enter>", "M05 停止提款，冻结未用额度|11-28"),
        ("m", "发表意见或请部门会办|不请会办，仅发表意见"),
        ("<enter>", "还需填写：意见"),
        ("<backtab><right><right>", "< 风险 >"),
        ("<tab>是否已涉诉？<enter>", "已请风险会办，已发消息|待风险会办"),
        ("m暂不接触<enter>", "意见已记录|!已发消息"),
    ]);
    let mut risk = office.desk("zhouqiang");
    // The message leads to that flag, wherever in the list it stands.
    risk.play(&[("i", "信号请您会办"), ("<enter>", "待风险会办|店门紧锁")]);
    let led = risk.app.panes.flags.selected_flag().unwrap();
    assert_eq!((led.signal.as_str(), led.asks_me), ("OPS-01", true));
    risk.play(&[
        ("4", "待本部门会办 1|待风险 "),
        ("<enter>", "请风险会办|是否已涉诉？"),
        ("<esc>m", "不请会办，仅发表意见|待风险会办"),
    ]);
    risk.play(&[("已查，无新增诉讼<enter>", "会办已答复|!待本部门会办")]);
    assert_eq!((officer.refused.clone(), risk.refused.clone()), (vec![], vec![]));
    officer.poll();
    officer.play(&[("i", "信号会办已答复"), ("<esc>g<enter>", "意见|已查，无新增诉讼")]);
}

#[test]
fn a_flag_of_the_banks_system_tells_its_days_before_what_was_done_here() {
    let office = Office::open();
    let mut officer = office.desk("zhangwei");
    officer.keys("4g");
    let imported = officer.app.panes.flags.selected_flag().unwrap().clone();
    let brought = |desk: &mut Desk| {
        let page = history(desk, &imported.flag);
        (page.brought.iter().map(|(_, what)| *what).collect::<Vec<_>>(), page.changes.len())
    };
    // The head has seen it and decided its measure here, and the officer acts.
    let (days, here) = brought(&mut officer);
    assert_eq!(days, ["raised", "confirmed"]);
    officer.play(&[
        ("<enter>", "登记         由行内系统导入|已确认       由行内系统导入"),
        ("<esc>m已去电<enter>", "意见已记录"),
    ]);
    assert_eq!(brought(&mut officer), (vec!["raised", "confirmed"], here + 1));
    // One that was raised here tells it as what was done here.
    officer.play(&[("/C000123<enter>f", "登记风险信号")]);
    officer.play(&[("OPS-01<enter>m05<tab>+5<tab>店门紧锁<enter>", "M05 停止提款，冻结未用额度")]);
    let raised = officer.app.panes.flags.selected_flag().unwrap().clone();
    let page = history(&mut officer, &raised.flag);
    assert_eq!((page.brought.as_slice(), page.changes.is_empty()), (&[][..], false));
}

#[test]
fn who_decides_about_many_goes_from_one_to_the_next() {
    let office = Office::open();
    // A night finds what is to be decided.
    let night = crate::clock::Clock::now(&office.clock);
    office.store().run_jobs(night, "night");
    let mut head = office.desk("lifang");
    head.keys("4g");
    let selected = |desk: &Desk| desk.app.panes.flags.selected_flag().unwrap().clone();
    let down = |desk: &mut Desk| {
        while selected(desk).state != FlagState::Proposed {
            desk.keys("j");
        }
    };
    down(&mut head);
    let first = selected(&head);
    // Which one comes next in the list.
    head.keys("j");
    down(&mut head);
    let second = selected(&head);
    head.keys("g");
    down(&mut head);
    assert_eq!(selected(&head).flag, first.flag);
    head.keys("c<tab>M02<tab>+5<enter>");
    assert_eq!(head.refused, [], "{}", head.screen());
    assert_eq!(history(&mut head, &first.flag).flag.state, FlagState::Confirmed);
    assert_eq!(selected(&head).flag, second.flag, "{}", head.screen());
    head.keys("x现场已核实<enter>");
    assert_eq!(history(&mut head, &second.flag).flag.state, FlagState::Rejected);
    assert_eq!(selected(&head).state, FlagState::Proposed, "{}", head.screen());
}
