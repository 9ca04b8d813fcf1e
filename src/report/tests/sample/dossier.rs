//! What the bank knows of the customer.

use super::*;
use crate::domain::strategy::{PlanStep, Strategy, StrategyState};

pub(super) fn dossier() -> DossierPage {
    DossierPage {
        proposed: [0; 3],
        customer: CustomerId::from("C001"),
        name: "枫陵顺兴家具有限公司".to_owned(),
        line: Some(Line::Corporate),
        industry: Some("家具制造".to_owned()),
        unfinished: false,
        district: Some("江北".to_owned()),
        trade_circle: None,
        grade: None,
        officer: UserId::from("zhang"),
        officer_name: "张伟".to_owned(),
        tier: Tier::SpecialMention,
        low_risk: false,
        group_id: None,
        id_no: Some("919900********83G2".to_owned()),
        legal_rep: Some("杨*".to_owned()),
        controller: Some("杨*".to_owned()),
        phone: Some("126****0998".to_owned()),
        address: Some("松浦市江北区望湖大道".to_owned()),
        onboarded_on: Some(day("2025-05-03")),
        exposure: Some(Fen::from_yuan(9_236_000)),
        days_past_due: 0,
        flags: [1, 0, 1],
        onsite: None,
        deadlines: Vec::new(),
        strategy: Some(Box::new(strategy())),
        due: Vec::new(),
        gaps: Vec::new(),
        loans: vec![LoanRow {
            loan: "J001-L1".to_owned(),
            product: Some("流动资金贷款".to_owned()),
            purpose: Some("补充营运资金".to_owned()),
            guarantee: Some(GuaranteeMode::Guarantee),
            amount: Fen::from_yuan(10_000_000),
            balance: Some(Fen::from_yuan(9_236_000)),
            rate: Some(Decimal4(43_500)),
            disbursed_on: day("2026-02-03"),
            matures_on: Some(day("2027-02-03")),
            status: LoanStatus::Active,
            days_past_due: Some(0),
            tier: Some(Tier::Normal),
            next: None,
            drawdowns: 1,
        }],
        statements: vec![
            statement("2026-09-30", 9, 13_000_000),
            statement("2026-06-30", 6, 8_400_000),
            statement("2025-12-31", 12, 18_000_000),
        ],
        flows: vec![
            ("2026-09".to_owned(), Some(Fen::from_yuan(1_000_000)), None),
            ("2026-10".to_owned(), Some(Fen::from_yuan(800_000)), Some(Fen::from_yuan(900_000))),
        ],
        power: Vec::new(),
        collateral: Vec::new(),
        guarantors: vec![("王*".to_owned(), Some(Fen::from_yuan(5_000_000)), None)],
        relations: Vec::new(),
        group_sum: None,
        contacts: vec![("杨*".to_owned(), Some("controller".to_owned()), None)],
        conditions: vec![
            condition("K1", "办妥抵押登记", "2026-06-30", Some("2026-06-20")),
            condition("K2", "补充股东会决议", "2026-10-01", None),
        ],
        todos: vec![
            todo("T1", "补交股东会决议", "2026-11-10", None),
            todo("T2", "腾空二号仓库", "2026-10-31", Some("2026-10-28")),
        ],
        visits: Vec::new(),
        handovers: Vec::new(),
        record: None,
    }
}

/// A reduction under way: one step met, one ahead; before it the strategy was to keep.
fn strategy() -> StrategyRow {
    let step = |step, due: &str, yuan, measure: &str| StepRow {
        step,
        plan: PlanStep { due: day(due), target: Fen::from_yuan(yuan), measure: measure.to_owned() },
        met: None,
        marked: None,
    };
    let met = StepRow {
        met: Some((day("2026-10-29"), Fen::from_yuan(9_236_000))),
        ..step(1, "2026-10-31", 9_500_000, "处置存货还款")
    };
    let current = StrategyDecision {
        n: 2,
        revision: 2,
        state: StrategyState::Approved,
        before: Strategy::Keep,
        strategy: Strategy::Reduce,
        reason: "负债率升高，逐步降低敞口".to_owned(),
        visit: Some((VisitId::from("V1"), day("2026-08-20"))),
        balance: Some(Fen::from_yuan(12_000_000)),
        by: "张伟".to_owned(),
        by_login: "zhangwei".into(),
        own: false,
        wrote: false,
        on: day("2026-08-21"),
        decided: Some(("王芳".to_owned(), day("2026-08-24"), "同意".to_owned())),
        decided_login: Some("wangfang".into()),
        steps: vec![met, step(2, "2027-03-31", 6_000_000, "应收账款回笼")],
    };
    let past = StrategyDecision {
        n: 1,
        state: StrategyState::Refused,
        strategy: Strategy::Increase,
        reason: "订单增加".to_owned(),
        visit: None,
        on: day("2026-03-02"),
        decided: Some(("王芳".to_owned(), day("2026-03-05"), "担保不足".to_owned())),
        steps: Vec::new(),
        ..current.clone()
    };
    StrategyRow {
        customer: CustomerId::from("C001"),
        name: String::new(),
        officer: String::new(),
        officer_name: String::new(),
        balance: Some(Fen::from_yuan(9_236_000)),
        current: Some(current),
        assumed: Strategy::Keep,
        open: None,
        past: vec![past],
    }
}
