//! What a record falls short of is the same figure wherever somebody reads it.

use super::review::open;
use super::*;
use crate::app::tests::desk::Office;
use crate::domain::visit::VisitState;

#[test]
fn officer_queue_record_and_approval_tell_the_same_figures() {
    let office = Office::open();
    let mut officer = office.desk("zhangwei");
    officer.keys("/C000013<enter>v<enter>");
    let visit = officer.open_visit();
    fill(&mut officer, &visit, &[]);
    for _ in 0..9 {
        let page = officer.visit(&visit);
        let decided = |signal: &str| page.flags.iter().any(|flag| flag.signal == signal);
        if judged(&page).proposals.iter().all(|p| decided(&p.signal)) {
            break;
        }
        officer.keys("f<down><enter>现场已核实<enter>");
    }
    let page = officer.visit(&visit);
    let mut state = judged(&page);
    let answers = page.answers.iter().map(|(k, r)| (k.clone(), r.answer.clone())).collect();
    state.look_at_files(&answers, &page.filed());
    let short = state.short();
    assert!(short.missing > 0, "nothing to tell: {short:?}");
    // In the list of what is open and in the dialog that hands in.
    let mut listed = vec![format!("应取得 {} 项", short.missing)];
    if short.weak > 0 {
        listed.push(format!("依据弱 {} 项", short.weak));
    }
    let listed = listed.join(" · ");
    officer.play(&[("e", &listed)]);
    officer.keys("<esc>");
    officer.play(&[("s", &format!("缺项 {} 项", short.missing)), ("<enter>", "已提交")]);
    assert_eq!(officer.visit(&visit).state, VisitState::Submitted, "{}", officer.screen());

    let mut head = office.desk("lifang");
    let Page::Queue(queue) = head.query(&Query::Queue) else { panic!() };
    let row = queue.rows.iter().find(|row| row.visit == visit).expect("in the queue");
    assert_eq!(row.missing as usize, short.missing);
    open(&mut head, &visit);
    head.play(&[("e", &format!("缺项 {}", short.missing))]);
    head.play(&[("a", &format!("缺项 {} 项", short.missing))]);
}
