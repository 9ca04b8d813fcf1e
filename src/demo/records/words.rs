//! What is written in the demo where a question asks for words of its own: the answer to it, and not
//! a sentence about something else.

use super::Scribe;
use crate::demo::fit::{plain, share};
use crate::domain::facts::Facts;

/// Answers by code of the item; `{}` stands for an amount of the customer's size.
const SAID: [(&str, &[&str]); 18] = [
    ("number_called", &["登记的法定代表人手机", "登记的财务负责人手机", "登记的经营地固定电话"]),
    ("relation", &["法定代表人", "财务负责人", "股东", "配偶", "会计"]),
    (
        "key_person_why",
        &["外出谈订单，由财务负责人接待", "在外地展会，已电话核实", "当日就医，改由股东接待"],
    ),
    ("spent_on", &["购原料，付给登记的供应商，有发票和回单", "付设备尾款，合同、发票与回单相符"]),
    ("gifts_detail", &["水果一箱，当场退回，已登记", "土特产一份，次日退回，已登记"]),
    ("strategy_plan", &["每季归还本金一成，年末再议", "到期收回三成，余额落实抵押后续作"]),
    ("tier_why", &["第一还款来源不足，押品可覆盖本金", "已按期还清欠息，观察期满"]),
    ("measure", &["应收账款回笼优先还本", "压缩库存，旺季回款归还"]),
    ("plan", &["资料在税务变更中，下月 10 日前补齐", "对方盖章流程未完，月底前补齐"]),
    ("operating_why", &["淡季减一班，下月恢复，库存约 {}元", "等一批原料到货，十日内恢复"]),
    ("partners_why", &["一户停产不再合作，新增两户为老客户介绍", "新增一户，月采购约 {}元"]),
    (
        "check_note",
        &[
            "口述含未开票销售约 {}元，已核对明细账",
            "两者口径不同：一为含税，一为不含税，差额约 {}元",
        ],
    ),
    ("differs", &["余款 {}元的发票未到，约定两周内补交", "收款人为集团采购公司，合同已补看"]),
    (
        "clearing_plan",
        &["先收欠息，押品挂牌处置，预计收回 {}元", "与保证人谈代偿，首笔 {}元月底前到账"],
    ),
    ("asset_clues", &["名下厂房一处、货车两辆，应收账款约 {}元", "持有参股公司股权，估值约 {}元"]),
    ("cash_plan", &["到期前预计回款 {}元，付货款和工资后足够还本付息"]),
    ("group_summary", &["成员企业经营平稳，互保余额未增加，合并负债约 {}元"]),
    ("promises_left", &["补签的抵押物保险单在办理，月底前交来", "对账函已寄出，回函后补交"]),
];

impl Scribe<'_> {
    /// The answer to a question that has words of its own; `None` = any sentence does.
    pub(super) fn said(&mut self, code: &str, facts: &Facts) -> Option<String> {
        let (_, answers) = SAID.iter().find(|(asked, _)| *asked == code)?;
        let said = self.chance.pick(answers);
        Some(said.replace("{}", &plain(share(facts, self.chance, 3, 30))))
    }
}
