use super::*;
use crate::ui::ctx::with_ctx;

fn line(name: &str, width: usize) -> String {
    let kind = "group".to_owned();
    let row =
        RelationRow { name: name.to_owned(), customer: None, kind, exposure: None, level: None };
    with_ctx(Lang::En, |ctx| {
        let cells = name_cells(std::slice::from_ref(&row), width, ctx);
        let line = party(&row, cells, ctx);
        line.spans.iter().map(|span| span.content.as_ref()).collect()
    })
}

#[test]
fn a_name_is_whole_where_there_is_room_and_never_touches_the_kind() {
    let long = "Lianxing Machinery and Equipment Manufacturing Co.";
    for width in [40, 48, 64, 74, 75, 76, 90, 160] {
        let shown = line(long, width);
        assert!(shown.contains(" group"), "{width}: {shown}");
        assert_eq!(shown.contains(long), width > long.len() + 2 + KIND + AMOUNT, "{shown}");
        assert!(width::cells(&shown) <= width, "{width}: {shown}");
    }
    let short = line("Lianxing", 120);
    assert_eq!(short.find("group"), Some(2 + 36), "short names stay together");
}
