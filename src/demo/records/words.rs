//! What is written in the demo where a question asks for words of its own: the answer to it, and not
//! a sentence about something else.

use super::Scribe;
use crate::demo::fit::{plain, share};
use crate::domain::facts::Facts;

/// Answers by code of the item; `{}` stands for an amount of the customer's size.
const SAID: [(&str, &[&str]); 20] = [
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
    ("partners_why", &["一户转行不再合作，新增两户为老客户介绍", "新增一户，月采购约 {}元"]),
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
    ("value", &["已按最近一期报表测算，与限值比较见上", "报表已催，测算以下期为准，先按上期控制"]),
    ("left", &["客户账款未全部收回，月底前再收一笔", "已约供应商本月结清，下次核对回单"]),
    ("promises_left", &["补签的抵押物保险单在办理，月底前交来", "对账函已寄出，回函后补交"]),
];

/// What is said in parts, one of each: two records seldom have the same two.
const PARTS: [(&str, [&[&str]; 2]); 3] = [
    (
        "problems",
        [
            &[
                "一户老客户的账期拖长，超期约 {}元。",
                "原料涨价未能全部转给下游，毛利收窄。",
                "旺季前备货占用资金约 {}元。",
                "应收账款前两户占比偏高，约 {}元。",
                "新设备调试慢，产能未完全释放。",
                "用电和人工成本上升，利润变薄。",
            ],
            &[
                "已要求按月报回款。",
                "客户称年底前压下来，下次核对明细账。",
                "暂不影响还本付息。",
                "需看下期报表再定。",
                "已提示老板控制赊销。",
            ],
        ],
    ),
    (
        "strengths",
        [
            &[
                "主要客户合作多年，本季回款约 {}元。",
                "设备保养好，开工正常。",
                "账实基本相符，对账函已收回。",
                "新签订单约 {}元，交期排到下季。",
                "老板常在现场，管理有序。",
                "押品完好，保险在有效期内。",
            ],
            &[
                "员工稳定，未见欠薪。",
                "上游账期未变。",
                "结算基本在我行。",
                "无新增对外担保。",
                "租约续签两年。",
            ],
        ],
    ),
    (
        "conclusion",
        [
            &[
                "能按期还本付息，依据是本季回款约 {}元。",
                "还款来源可靠，近期无到期压力。",
                "经营正常，按期还款，用途与合同一致。",
                "短期偿债有保障，可随时动用资金约 {}元。",
                "还款能力尚可，须看下季回款。",
            ],
            &[
                "维持现有授信，下次核对流水。",
                "维持，按月跟踪应收账款。",
                "下次重点看库存和开票。",
                "按计划回访，不追加授信。",
                "下次索取最近一期报表。",
            ],
        ],
    ),
];

impl Scribe<'_> {
    /// The answer to a question that has words of its own; `None` = any sentence does.
    pub(super) fn said(&mut self, code: &str, facts: &Facts) -> Option<String> {
        if let Some((_, [first, second])) = PARTS.iter().find(|(asked, _)| *asked == code) {
            let said = [self.chance.pick(first), self.chance.pick(second)].concat();
            return Some(said.replace("{}", &plain(share(facts, self.chance, 3, 30))));
        }
        let (_, answers) = SAID.iter().find(|(asked, _)| *asked == code)?;
        let said = self.chance.pick(answers);
        Some(said.replace("{}", &plain(share(facts, self.chance, 3, 30))))
    }
}
