//! The pages about one customer.

use super::*;

fn statement(year: i32, growth: i64) -> Statement {
    let f = |wan: i64| Fen::from_yuan(wan * 10_000);
    let amounts = BTreeMap::from([
        (StatementLine::TotalAssets, f(12_000)),
        (StatementLine::TotalLiabilities, f(7_700 + growth * 5)),
        (StatementLine::CurrentAssets, f(5_600 - growth)),
        (StatementLine::CurrentLiabilities, f(5_000)),
        (StatementLine::Inventory, f(1_450)),
        (StatementLine::Revenue, f(4_000 - growth * 10)),
        (StatementLine::NetProfit, f(300 - growth)),
        (StatementLine::OperatingCashFlow, f(-120)),
    ]);
    let end = NaiveDate::from_ymd_opt(year, 9, 30).unwrap();
    Statement { months: Some(9), amounts, ..Statement::empty(end) }
}

#[expect(clippy::too_many_lines, reason = "one page, field by field")]
pub(super) fn dossier(id: &CustomerId) -> DossierPage {
    let index = NAMES.iter().position(|n| n.0 == id.as_str()).unwrap_or(0);
    let (id, name, _, yuan, level) = NAMES[index];
    DossierPage {
        proposed: [0; 3],
        customer: id.into(),
        name: name.into(),
        line: Some(line(index)),
        industry: Some("新能源制造".into()),
        unfinished: false,
        district: Some("城东".into()),
        trade_circle: None,
        grade: Some("AA-".into()),
        officer: "zhangwei".into(),
        officer_name: "张伟".into(),
        tier: tier(index),
        low_risk: false,
        group_id: None,
        id_no: Some("911101********123X".into()),
        legal_rep: Some("王**".into()),
        controller: Some("王**".into()),
        phone: Some("138****5678".into()),
        address: Some("城东区和平路".into()),
        onboarded_on: Some(date("2024-03-01")),
        exposure: Some(Fen::from_yuan(yuan)),
        days_past_due: i64::from(index == 1) * 12,
        flags: level.map_or([0; 3], |l| {
            let mut flags = [0; 3];
            flags[l as usize] = 1;
            flags
        }),
        onsite: None,
        deadlines: Vec::new(),
        strategy: None,
        due: vec![agenda_row(index)],
        gaps: Vec::new(),
        loans: vec![
            LoanRow {
                loan: "L000123-1".into(),
                product: Some("流动资金贷款".into()),
                purpose: Some("采购电池组件".into()),
                guarantee: Some(GuaranteeMode::Mortgage),
                amount: Fen::from_yuan(yuan),
                balance: Some(Fen::from_yuan(yuan)),
                rate: Decimal4::parse("4.35").ok(),
                disbursed_on: date("2026-03-16"),
                matures_on: Some(date("2027-03-15")),
                status: LoanStatus::Active,
                days_past_due: Some(0),
                tier: Some(tier(index)),
                next: Some((date("2026-12-21"), Fen::from_yuan(188_500))),
                drawdowns: 2,
            },
            LoanRow {
                loan: "L000099-1".into(),
                product: Some("项目贷款".into()),
                purpose: None,
                guarantee: None,
                amount: Fen::from_yuan(1_000_000),
                balance: Some(Fen::ZERO),
                rate: None,
                disbursed_on: date("2022-03-16"),
                matures_on: None,
                status: LoanStatus::Settled,
                days_past_due: None,
                tier: None,
                next: None,
                drawdowns: 1,
            },
        ],
        statements: vec![statement(2026, 92), statement(2025, 0), statement(2024, -40)],
        flows: (1..=12)
            .map(|m| {
                (
                    format!("2026-{m:02}"),
                    (m != 4).then(|| Fen::from_yuan(1_000_000 + (m * 7_919 % 13) * 90_000)),
                    None,
                )
            })
            .collect(),
        power: (1..=12)
            .map(|m| (format!("2026-{m:02}"), Some(Decimal4::from_int(20_000 - m * 900))))
            .collect(),
        collateral: vec![CollateralRow {
            id: "D1".into(),
            kind: "工业厂房".into(),
            place: Some("城东工业园8号".into()),
            value: Fen::from_yuan(60_000_000),
            valued_on: Some(date("2025-11-01")),
            next_valuation_on: Some(date("2026-11-01")),
            insured_until: Some(date("2027-01-31")),
            counts: true,
        }],
        guarantors: vec![("李*".into(), Some(Fen::from_yuan(5_000_000)), Some("股东".into()))],
        group_sum: None,
        relations: vec![RelationRow {
            name: "江城鼎盛贸易有限公司".into(),
            customer: None,
            kind: "control".into(),
            exposure: Some(Fen::from_yuan(3_000_000)),
            level: Some(Level::Yellow),
        }],
        contacts: vec![("王**".into(), Some("finance".into()), Some("138****5678".into()))],
        conditions: Vec::new(),
        todos: vec![todo()],
        visits: vec![VisitRow {
            visit: "V8".into(),
            visited_on: date("2026-08-20"),
            class: VisitClass::Onsite,
            channel: Some("实地".into()),
            officer_name: "张伟".into(),
            state: VisitState::Approved,
            purposes: vec![Purpose { code: DutyCode::PeriodicOnsite, reference: None }],
            conclusion: Some("经营正常，库存较上次增加，应收账款回款放缓。".into()),
            version: Some(1),
        }],
        handovers: Vec::new(),
        record: (index == 3).then(|| (VisitId::from("V9"), VisitState::Draft)),
    }
}

fn duty(code: DutyCode, reference: &str, class: DutyClass, due: &str, rule: &str) -> Duty {
    Duty {
        code,
        reference: reference.into(),
        class,
        opens: date(due) - Days::new(30),
        raw_due: date(due),
        due: date(due),
        delayed_from: None,
        rule: rule.into(),
        policy: "default@1".into(),
    }
}

pub(super) fn why(id: &CustomerId) -> WhyPage {
    let index = NAMES.iter().position(|n| n.0 == id.as_str()).unwrap_or(0);
    let source = "S 贷后管理办法第十二条".to_owned();
    WhyPage {
        meet: Vec::new(),
        customer: id.clone(),
        name: NAMES[index].1.into(),
        as_of: today(),
        policy: "default@1".into(),
        row: Some("standard".into()),
        tier: tier(index),
        inputs: vec![
            ("exposure".into(), "52000000.00".into()),
            ("anchor".into(), "2026-08-20".into()),
        ],
        duties: vec![
            WhyDuty {
                duty: duty(
                    DutyCode::UseOfFunds,
                    "L000123-1#2",
                    DutyClass::Onsite,
                    "2026-11-20",
                    "node.use_of_funds",
                ),
                fate: Fate::Open,
                source: source.clone(),
                verified: false,
                uncounted: Vec::new(),
            },
            WhyDuty {
                duty: duty(
                    DutyCode::PeriodicOffsite,
                    id.as_str(),
                    DutyClass::Any,
                    "2026-11-27",
                    "cadence.standard.normal",
                ),
                fate: Fate::Open,
                source: source.clone(),
                verified: true,
                uncounted: Vec::new(),
            },
            WhyDuty {
                duty: duty(
                    DutyCode::Day90,
                    "L000123-1",
                    DutyClass::Any,
                    "2026-06-14",
                    "node.day90",
                ),
                fate: Fate::Met { visit: "V7".into(), on: date("2026-06-16"), late_days: 2 },
                source,
                verified: true,
                uncounted: Vec::new(),
            },
        ],
        gaps: Vec::new(),
    }
}

pub(super) fn score(customer: &CustomerId) -> ScorePage {
    let amounts = |debt: i64, revenue: i64| {
        [
            (StatementLine::TotalAssets, 7_700),
            (StatementLine::TotalLiabilities, debt),
            (StatementLine::CurrentAssets, 3_100),
            (StatementLine::Inventory, 800),
            (StatementLine::CurrentLiabilities, 2_770),
            (StatementLine::NetProfit, -120),
            (StatementLine::Revenue, revenue),
        ]
        .map(|(line, wan)| (line, Fen::from_yuan(wan * 10_000)))
        .into_iter()
        .collect()
    };
    let statement = |end: &str, debt, revenue| Statement {
        months: Some(9),
        amounts: amounts(debt, revenue),
        ..Statement::empty(date(end))
    };
    let stored = |on: &str, score| StoredScore {
        on: date(on),
        card: "score@1".to_owned(),
        score,
        grade: "D".to_owned(),
    };
    ScorePage {
        customer: customer.clone(),
        name: NAMES[0].1.to_owned(),
        as_of: today(),
        statements: vec![
            statement("2026-09-30", 5_250, 6_300),
            statement("2025-09-30", 4_900, 8_200),
        ],
        conduct: vec![("days_past_due", Decimal4::from_int(12)), ("overdrawn_months", Decimal4(0))],
        card: None,
        history: vec![stored("2026-11-20", 301), stored("2026-07-31", 264)],
    }
}
