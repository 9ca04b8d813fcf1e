//! Texts about whom an event would concern.

use super::{Lang, catalog, format};
use crate::protocol::page::ForeseenPage;

catalog! {
    /// Texts about whom an event would concern.
    Foreseen {
        counting: "Counting…" | "正在测算…";
        nothing_entered: "Nothing was entered." | "未登记任何事件。";
        officer: "Officer" | "管户经理";
        customers: "Customers" | "户数";
        first: "The largest of them:" | "其中敞口最大的：";
    }
}

impl Foreseen {
    /// How many customers, and how much they owe.
    pub fn meets(&self, page: &ForeseenPage) -> String {
        let amount = format::amount(self.lang, page.exposure);
        match (self.lang, page.customers, page.unknown_exposure) {
            (Lang::En, 0, _) => "Meets no customer with a running loan".to_owned(),
            (Lang::Zh, 0, _) => "没有涉及的在贷客户".to_owned(),
            (Lang::En, n, gap) => {
                let met = format::counted(n, "customer");
                let unknown = if gap > 0 { format!(" ({gap} not known)") } else { String::new() };
                format!("Meets {met}, exposure {amount}{unknown}")
            }
            (Lang::Zh, n, 0) => format!("涉及 {n} 户，敞口 {amount}"),
            (Lang::Zh, n, gap) => format!("涉及 {n} 户，敞口 {amount}（{gap} 户敞口不明）"),
        }
    }

    /// How many customers of an officer.
    pub fn of_officer(&self, name: &str, customers: u32) -> String {
        match self.lang {
            Lang::En => format!("{name} {customers}"),
            Lang::Zh => format!("{name} {customers} 户"),
        }
    }

    /// Words that name nothing: drivers that the pack does not have, industries and districts of
    /// which nobody in sight is. A line each.
    pub fn strange(&self, page: &ForeseenPage) -> Vec<String> {
        let told = [
            (&page.unknown_drivers, "No such driver: ", "没有此驱动因素："),
            (
                &page.unknown_industries,
                "No customer in sight is of the industry: ",
                "行业内没有客户：",
            ),
            (&page.unknown_districts, "No customer in sight is in: ", "区域内没有客户："),
        ];
        let some = told.into_iter().filter(|(words, ..)| !words.is_empty());
        let line = |(words, en, zh): (&Vec<String>, _, _)| {
            format!("{}{}", self.lang.pick(en, zh), words.join(self.lang.list_mark()))
        };
        some.map(line).collect()
    }
}
