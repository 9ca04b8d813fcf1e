use super::*;
use crate::ui::ctx::with_ctx;

#[test]
fn why_she_is_looked_at_begins_with_what_is_known_of_her() {
    with_ctx(Lang::Zh, begins_with_what_is_known);
}

fn begins_with_what_is_known(ctx: &Ctx<'_>) {
    let mark = ctx.theme.glyphs.dot;
    for (industry, district, said) in [
        (Some("钢贸"), Some("江北"), format!("钢贸 {mark} 螺纹钢、焦炭")),
        (None, Some("江北"), format!("江北 {mark} 螺纹钢、焦炭")),
        (None, None, "螺纹钢、焦炭".to_owned()),
    ] {
        let row = LookAtRow {
            event: "E1".into(),
            title: "钢价下跌".to_owned(),
            customer: "C1".into(),
            name: "立诚".to_owned(),
            industry: industry.map(str::to_owned),
            district: district.map(str::to_owned),
            why: vec!["螺纹钢".to_owned(), "焦炭".to_owned()],
            owner: "zhang".into(),
            owner_name: "张伟".to_owned(),
            due_on: ctx.today,
            state: TodoState::Open,
            done_on: None,
            result: None,
        };
        let line = look(&row, 100, ctx);
        assert_eq!(line.spans[1].content.trim(), said);
    }
}
