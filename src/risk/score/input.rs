//! What a score looks at: given figures, and inputs worked out of them.

use chrono::NaiveDate;

use crate::domain::code::codes;
use crate::domain::money::Decimal4;
use crate::domain::statement::{Statement, StatementLine as Line, years_before};
use crate::risk::ratios::{Beside, Input as Figure, NotComputable, Ratio, ratio};
use crate::risk::statements::{is_told, owes_more_than_nothing};

codes! {
    /// A figure that is given, by the column of a file of ratios: true ratios, not percent.
    pub enum Given {
        /// 资产负债率: total liabilities ÷ total assets.
        Debt = "debt_ratio",
        /// 流动比率: current assets ÷ current liabilities.
        Current = "current_ratio",
        /// 速动比率: (current assets − inventory) ÷ current liabilities.
        Quick = "quick_ratio",
        /// 总资产净利率: net profit of a year ÷ total assets.
        Roa = "roa",
        /// 留存收益 ÷ 总资产.
        Retained = "retained_earnings_ratio",
        /// 总资产周转率: revenue of a year ÷ total assets.
        AssetTurnover = "asset_turnover",
        /// 利息保障倍数: EBIT ÷ interest expense.
        InterestCover = "interest_coverage",
        /// 营业收入增长率: against the same period of the year before.
        RevenueGrowth = "sales_growth",
        /// 亏损: 1 if the net profit is negative, else 0.
        Loss = "net_loss",
        /// 逾期天数: the most of all running loans.
        PastDue = "days_past_due",
        /// 透支: of the last six months those in which the account went below zero.
        Overdrawn = "overdrawn_months",
        /// 流入变化: inflow of the last three months against the three before, as a share.
        Inflow = "inflow_change",
    }
}

impl Given {
    /// Those that statements give.
    pub const STATEMENT: &'static [Self] = &[
        Self::Debt,
        Self::Current,
        Self::Quick,
        Self::Roa,
        Self::Retained,
        Self::AssetTurnover,
        Self::InterestCover,
        Self::RevenueGrowth,
        Self::Loss,
    ];
}

codes! {
    /// An input of a card.
    pub enum Input {
        /// 资产负债率
        Debt = "debt_ratio",
        /// 流动比率
        Current = "current_ratio",
        /// 速动比率
        Quick = "quick_ratio",
        /// 总资产净利率
        Roa = "roa",
        /// 留存收益 ÷ 总资产
        Retained = "retained_earnings_ratio",
        /// 总资产周转率
        AssetTurnover = "asset_turnover",
        /// 利息保障倍数
        InterestCover = "interest_coverage",
        /// 营业收入增长率
        RevenueGrowth = "sales_growth",
        /// 亏损
        Loss = "net_loss",
        /// 压力指数: debt ratio (at most 1.2) − 1.2 × return on assets (−0.6 to 0.3) − 0.1 × ln of the
        /// quick ratio (0.05 to 10): debt that profit and ready money do not carry.
        Strain = "strain",
        /// 盈利积累低值: the lower of return on assets and half of retained earnings ÷ total assets: a
        /// loss of this year, or the losses of all years.
        Weaker = "weaker_earnings",
        /// 负债率对速动比率: debt ratio ÷ quick ratio.
        DebtToQuick = "debt_to_quick",
        /// 净利对负债: return on assets ÷ debt ratio.
        ProfitToDebt = "profit_to_debt",
        /// 负债对收入: debt ratio ÷ asset turnover.
        DebtToRevenue = "debt_to_revenue",
        /// 逾期天数
        PastDue = "days_past_due",
        /// 透支月数
        Overdrawn = "overdrawn_months",
        /// 流入变化
        Inflow = "inflow_change",
    }
}

/// On which side an input is riskier: what the trade knows, so that no card may say otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The higher the riskier.
    High,
    /// The lower the riskier.
    Low,
}

/// In what an input is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// A share, told in percent.
    Share,
    /// So many times.
    Times,
    /// A whole number of days or months.
    Count,
    /// Yes or no.
    YesNo,
}

/// Why an input has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// This figure was not given.
    NotGiven(Given),
    /// It can't be worked out of the statement.
    Statement(NotComputable),
    /// The latest statement ends on this day: too long ago to tell of today.
    TooOld(NaiveDate),
    /// There are debts and no assets: no ratio, and no debt ratio is worse.
    OwesOnNothing,
}

/// What is known of a company.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    values: [Result<f64, Unknown>; Given::ALL.len()],
    /// Of which days the statements are that tell it, the latest first.
    days: Vec<NaiveDate>,
}

impl Default for Taken {
    fn default() -> Self {
        let values = [Err(Unknown::NotGiven(Given::Debt)); Given::ALL.len()];
        let mut taken = Self { values, days: Vec::new() };
        for given in Given::ALL {
            taken.set(*given, Err(Unknown::NotGiven(*given)));
        }
        taken
    }
}

/// Below this a ratio below the line counts as this: so that a hundredth is no infinity.
const FLOOR: f64 = 0.02;
const TURNOVER_FLOOR: f64 = 0.05;

impl Input {
    /// On which side it is riskier.
    pub const fn riskier(self) -> Side {
        match self {
            Self::Debt
            | Self::Loss
            | Self::Strain
            | Self::DebtToQuick
            | Self::DebtToRevenue
            | Self::PastDue
            | Self::Overdrawn => Side::High,
            Self::Current
            | Self::Quick
            | Self::Roa
            | Self::Retained
            | Self::Weaker
            | Self::AssetTurnover
            | Self::InterestCover
            | Self::RevenueGrowth
            | Self::ProfitToDebt
            | Self::Inflow => Side::Low,
        }
    }

    /// In what it is told.
    pub const fn measure(self) -> Measure {
        match self {
            Self::Debt
            | Self::Roa
            | Self::Retained
            | Self::Weaker
            | Self::RevenueGrowth
            | Self::ProfitToDebt
            | Self::DebtToRevenue
            | Self::Inflow => Measure::Share,
            Self::Current
            | Self::Quick
            | Self::AssetTurnover
            | Self::InterestCover
            | Self::DebtToQuick
            | Self::Strain => Measure::Times,
            Self::PastDue | Self::Overdrawn => Measure::Count,
            Self::Loss => Measure::YesNo,
        }
    }

    /// Whether it is a matter of conduct, not of statements.
    pub const fn is_conduct(self) -> bool {
        matches!(self, Self::PastDue | Self::Overdrawn | Self::Inflow)
    }

    /// Its value, or the first figure that is not known.
    pub fn value(self, taken: &Taken) -> Result<f64, Unknown> {
        let get = |given| taken.get(given);
        let value = match self {
            Self::Debt => get(Given::Debt)?,
            Self::Current => get(Given::Current)?,
            Self::Quick => get(Given::Quick)?,
            Self::Roa => get(Given::Roa)?,
            Self::Retained => get(Given::Retained)?,
            Self::AssetTurnover => get(Given::AssetTurnover)?,
            Self::InterestCover => get(Given::InterestCover)?,
            Self::RevenueGrowth => get(Given::RevenueGrowth)?,
            Self::Loss => get(Given::Loss)?,
            Self::Strain => {
                let debt = get(Given::Debt)?.clamp(0.0, 1.2);
                let roa = get(Given::Roa)?.clamp(-0.6, 0.3);
                let quick = get(Given::Quick)?.clamp(0.05, 10.0);
                debt - 1.2 * roa - 0.1 * quick.ln()
            }
            Self::Weaker => get(Given::Roa)?.min(get(Given::Retained)? / 2.0),
            Self::DebtToQuick => get(Given::Debt)? / get(Given::Quick)?.max(TURNOVER_FLOOR),
            Self::ProfitToDebt => get(Given::Roa)? / get(Given::Debt)?.max(FLOOR),
            Self::DebtToRevenue => {
                get(Given::Debt)? / get(Given::AssetTurnover)?.max(TURNOVER_FLOOR)
            }
            Self::PastDue => get(Given::PastDue)?,
            Self::Overdrawn => get(Given::Overdrawn)?,
            Self::Inflow => get(Given::Inflow)?,
        };
        Ok(value)
    }
}

impl Taken {
    /// A figure.
    pub fn get(&self, given: Given) -> Result<f64, Unknown> {
        let unknown = Err(Unknown::NotGiven(given));
        self.values.get(given as usize).copied().unwrap_or(unknown)
    }

    /// Of which days the statements are that tell it, the latest first; none where nothing does.
    pub fn days(&self) -> &[NaiveDate] {
        &self.days
    }

    /// Whether a loan is past due for more than so many days: it has turned bad already.
    #[expect(clippy::cast_precision_loss, reason = "days")]
    pub fn in_default(&self, days: i64) -> bool {
        self.get(Given::PastDue).is_ok_and(|past| past > days as f64)
    }

    /// Sets a figure; what is no number is not known.
    pub fn set(&mut self, given: Given, value: Result<f64, Unknown>) {
        let value = match value {
            Ok(number) if !number.is_finite() => Err(Unknown::NotGiven(given)),
            other => other,
        };
        if let Some(slot) = self.values.get_mut(given as usize) {
            *slot = value;
        }
    }

    /// Whether nothing at all is known.
    pub fn is_empty(&self) -> bool {
        self.values.iter().all(Result::is_err)
    }

    /// What is known of a customer: statements, latest first, of which those that end before `oldest`
    /// tell nothing, and figures of conduct.
    pub fn of_customer(
        statements: &[Statement],
        conduct: &[(Given, Decimal4)],
        oldest: Option<NaiveDate>,
    ) -> Self {
        let mut taken = match statements.first() {
            None => Self::default(),
            Some(now) if oldest.is_some_and(|oldest| now.period_end < oldest) => {
                let mut taken = Self::default();
                for given in Given::STATEMENT {
                    taken.set(*given, Err(Unknown::TooOld(now.period_end)));
                }
                taken
            }
            Some(_) => Self::telling(statements, oldest),
        };
        for (given, value) in conduct {
            taken.set(*given, Ok(float(value.0) / 10_000.0));
        }
        taken
    }

    /// Each figure of the latest statement that tells it: that one has no balance sheet says nothing
    /// about the one before it.
    fn telling(statements: &[Statement], oldest: Option<NaiveDate>) -> Self {
        let judged = |now: &&Statement| oldest.is_none_or(|oldest| now.period_end >= oldest);
        let mut all = statements.iter().filter(judged).map(|now| {
            (now.period_end, Self::of_statements(now, years_before(statements, now.period_end, 1)))
        });
        // What none tells is missing in the latest.
        let Some((on, mut taken)) = all.next() else { return Self::default() };
        let has = |taken: &Self, given: Given| match taken.get(given) {
            Err(Unknown::Statement(why)) => is_told(&Err::<(), _>(why)),
            // That it owes without assets is told, and the worst that can be told.
            Ok(_) | Err(Unknown::OwesOnNothing) => true,
            Err(_) => false,
        };
        let (told, mut open): (Vec<Given>, Vec<Given>) =
            Given::STATEMENT.iter().copied().partition(|given| has(&taken, *given));
        taken.days.extend((!told.is_empty()).then_some(on));
        for (on, older) in all {
            if open.is_empty() {
                break;
            }
            let asked = open.len();
            open.retain(|given| {
                let told = has(&older, *given);
                if told {
                    taken.set(*given, older.get(*given));
                }
                !told
            });
            taken.days.extend((open.len() < asked).then_some(on));
        }
        taken
    }

    /// What a statement says, and the one of the same period of the year before.
    pub fn of_statements(now: &Statement, before: Option<&Statement>) -> Self {
        let mut taken = Self::default();
        let shares = [(Given::Debt, Ratio::Debt), (Given::RevenueGrowth, Ratio::RevenueGrowth)];
        for (given, of) in shares {
            taken.set(given, read(of, now, before).map(|percent| percent / 100.0));
        }
        if owes_more_than_nothing(now) {
            taken.set(Given::Debt, Err(Unknown::OwesOnNothing));
        }
        let times = [
            (Given::Current, Ratio::Current),
            (Given::Quick, Ratio::Quick),
            (Given::AssetTurnover, Ratio::AssetTurnover),
            (Given::InterestCover, Ratio::InterestCover),
        ];
        for (given, of) in times {
            taken.set(given, read(of, now, before));
        }
        let assets = below(now, Line::TotalAssets);
        let profit = amount(now, Line::NetProfit);
        let year = months(now).map(|months| 12.0 / months);
        let roa = profit.and_then(|profit| Ok(profit * year? / assets?));
        taken.set(Given::Roa, roa.map_err(Unknown::Statement));
        let kept = amount(now, Line::RetainedEarnings).and_then(|kept| Ok(kept / assets?));
        taken.set(Given::Retained, kept.map_err(Unknown::Statement));
        let loss = profit.map(|profit| f64::from(u8::from(profit < 0.0)));
        taken.set(Given::Loss, loss.map_err(Unknown::Statement));
        taken
    }
}

fn read(of: Ratio, now: &Statement, before: Option<&Statement>) -> Result<f64, Unknown> {
    let value = ratio(of, now, before, &Beside::default()).map_err(Unknown::Statement)?;
    Ok(float(value.0) / 10_000.0)
}

fn amount(now: &Statement, line: Line) -> Result<f64, NotComputable> {
    let fen = now.get(line).ok_or(NotComputable::Missing(Figure::Line(line)))?;
    Ok(float(fen.0))
}

fn below(now: &Statement, line: Line) -> Result<f64, NotComputable> {
    let value = amount(now, line)?;
    if value > 0.0 { Ok(value) } else { Err(NotComputable::NothingBelow(Figure::Line(line))) }
}

fn months(now: &Statement) -> Result<f64, NotComputable> {
    let months = now.months.filter(|months| (1..=120).contains(months));
    months.map(float).ok_or(NotComputable::Missing(Figure::Months))
}

#[expect(clippy::cast_precision_loss, reason = "a ratio needs no more than fifteen digits")]
const fn float(n: i64) -> f64 {
    n as f64
}
