//! What a visit found changed goes into the dossier by one key, seen before and after.

use super::*;
use crate::domain::customer::DossierField;
use crate::i18n::Lang;

fn changed(desk: &mut Desk, visit: &VisitId) -> usize {
    desk.visit(visit).dossier.changed.len()
}

#[test]
fn a_new_address_is_taken_over_and_taken_back() {
    for (columns, rows) in [(80, 24), (120, 36)] {
        let office = Office::open();
        let mut h = office.desk_of("zhangwei", columns, rows, Lang::Zh);
        h.keys("/C000113<enter>v<enter>");
        let visit = h.open_visit();
        h.play(&[("'", "没有回答表明客户档案有变")]);
        at(&mut h, &visit, "changed", "3");
        at(&mut h, &visit, "new_address", "<enter>城西路 8 号 2 车间<enter>");
        assert_eq!(changed(&mut h, &visit), 0, "never by itself");
        let before = h.visit(&visit).dossier.fields.get(&DossierField::Address).cloned();
        // From anywhere in the record: the first answer that waits.
        at(&mut h, &visit, "changed", "");
        h.play(&[("'", "更新客户档案：地址")]);
        assert!(h.screen().contains("城西路 8 号 2 车间"), "{}", h.screen());
        h.play(&[("<enter>", "客户档案已更新")]);
        assert_eq!(changed(&mut h, &visit), 1);
        at(&mut h, &visit, "new_address", "");
        assert!(h.screen().contains("已更新地址"), "{}", h.screen());
        h.keys("u");
        assert_eq!(changed(&mut h, &visit), 0, "{}", h.screen());
        assert_eq!(h.visit(&visit).dossier.fields.get(&DossierField::Address).cloned(), before);
    }
}
