//! The facts that rules of signals can name, with their types.

mod answered;

use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::domain::answer::Value;
use crate::domain::code::codes;
use crate::domain::customer::Line;
use crate::domain::loan::Tier;
use crate::domain::money::Decimal4;
use crate::form::rule::FactType;
use crate::risk::{Ratio, Side};

pub use answered::{Answered, VISITS};

codes! {
    /// A fact of a customer. Beside these there are `ratio.…` and `light.…` for every ratio: its
    /// value at the last statement, and how it lies to the limits of the industry.
    pub enum Fact {
        /// 业务条线
        Line = "line",
        /// 行业
        Industry = "industry",
        /// 五级分类
        Tier = "tier",
        /// Fully cash-secured.
        LowRisk = "low_risk",
        /// Sum of balances of the active loans.
        Exposure = "exposure",
        /// 逾期天数: greatest of the active loans.
        DaysPastDue = "days_past_due",
        /// Days since the oldest instalment with interest that is not paid.
        InterestUnpaidDays = "interest_unpaid_days",
        /// Days since the last interest day of a quarter.
        QuarterDayDays = "quarter_day_days",
        /// Instalments of the last six months paid late or not at all.
        Late6m = "late_6m",
        /// The same of twelve months.
        Late12m = "late_12m",
        /// Loans of the last two years that renewed another one, each for one settlement; without the
        /// small-business renewals that the order excepts.
        Renewals24m = "renewals_24m",
        /// Days until the first active loan matures; negative behind it.
        MaturesIn = "matures_in",
        /// Account inflow of the last three full months.
        Inflow3m = "inflow_3m",
        /// By how much it fell against the same months a year before, percent; January and February
        /// together or not at all.
        InflowDropYear = "inflow_drop_year",
        /// By how much it fell against the three months before, percent, beyond the season.
        InflowDropBefore = "inflow_drop_before",
        /// Inflow of twelve months to exposure, percent.
        InflowShare = "inflow_share",
        /// By how many points it fell more than the median of the trade circle did.
        InflowBelowCircle = "inflow_below_circle",
        /// 用电量: fall against the same months a year before, percent.
        PowerDropYear = "power_drop_year",
        /// Fall against the three months before, percent, beyond the season.
        PowerDropBefore = "power_drop_before",
        /// 用水量: fall against the same months a year before, percent.
        WaterDropYear = "water_drop_year",
        /// Fall against the three months before, percent, beyond the season.
        WaterDropBefore = "water_drop_before",
        /// 抵押率: secured exposure to appraised value, percent.
        Ltv = "ltv",
        /// Days since insurance of a collateral ran out.
        UninsuredDays = "uninsured_days",
        /// Days for which a collateral has waited for its registration.
        UnregisteredDays = "unregistered_days",
        /// Days by which a valuation is late.
        ValuationLateDays = "valuation_late_days",
        /// Statements in a row that are past their day, as the deadlines count them; known of who has to
        /// send some.
        StatementsLate = "statements_late",
        /// Whether the limits of the ratios apply to her: not to the finance trade, nor to a project that
        /// is still being built.
        LimitsApply = "limits_apply",
        /// 净利润 of the last statement.
        NetProfit = "net_profit",
        /// 净利润 of the year that ended when its period began.
        NetProfitBefore = "net_profit_before",
        /// 经营现金流净额 of the last statement.
        CashFlow = "operating_cash_flow",
        /// 经营现金流净额 of the year that ended when its period began.
        CashFlowBefore = "operating_cash_flow_before",
        /// 所有者权益
        Equity = "equity",
        /// 应收账款: growth against the same day a year before, percent.
        ReceivablesGrowth = "receivables_growth",
        /// 存货: growth against the same day a year before, percent.
        InventoryGrowth = "inventory_growth",
        /// 毛利率: change against the same period, points.
        GrossMarginChange = "gross_margin_change",
        /// Members of the group and mutual guarantors that are in default.
        NearDefaults = "near_defaults",
        /// Other customers of the trade circle with a confirmed flag of late.
        CircleFlagged = "circle_flagged",
        /// These to all other customers of the circle, percent.
        CircleFlaggedShare = "circle_flagged_share",
        /// Greatest change of a price against her, percent, that an open event reports: a rise of what she
        /// buys, a fall of what she sells.
        EventPrice = "event_price",
        /// An open event of policy concerns her.
        EventPolicy = "event_policy",
        /// An open disaster or epidemic concerns her.
        EventDisaster = "event_disaster",
        /// Days since the visit of the last record that was handed in.
        VisitDays = "visit_days",
    }
}

impl Fact {
    /// Whether it counts days and so changes every day by itself: what it is about is the day from
    /// which it counts.
    pub const fn is_age(self) -> bool {
        matches!(
            self,
            Self::DaysPastDue
                | Self::InterestUnpaidDays
                | Self::QuarterDayDays
                | Self::MaturesIn
                | Self::UninsuredDays
                | Self::UnregisteredDays
                | Self::ValuationLateDays
                | Self::VisitDays
        )
    }

    /// Whether it only tells whom a rule is for: it is nothing that was seen, and no news.
    const fn is_guard(self) -> bool {
        matches!(self, Self::LimitsApply)
    }

    /// Whether it moves a little with every payment or every customer: below a whole percent it is no
    /// news.
    const fn is_coarse(self) -> bool {
        matches!(self, Self::Ltv | Self::CircleFlaggedShare)
    }

    /// Which way it is worse; `None` = no way is.
    const fn side(self) -> Option<Side> {
        match self {
            Self::Late6m
            | Self::Late12m
            | Self::Renewals24m
            | Self::InflowDropYear
            | Self::InflowDropBefore
            | Self::InflowBelowCircle
            | Self::PowerDropYear
            | Self::PowerDropBefore
            | Self::WaterDropYear
            | Self::WaterDropBefore
            | Self::Ltv
            | Self::StatementsLate
            | Self::ReceivablesGrowth
            | Self::InventoryGrowth
            | Self::NearDefaults
            | Self::CircleFlagged
            | Self::CircleFlaggedShare
            | Self::EventPrice => Some(Side::Above),
            Self::Inflow3m
            | Self::InflowShare
            | Self::NetProfit
            | Self::NetProfitBefore
            | Self::CashFlow
            | Self::CashFlowBefore
            | Self::Equity
            | Self::GrossMarginChange => Some(Side::Below),
            _ => None,
        }
    }

    fn kind(self) -> FactType {
        match self {
            Self::Line => FactType::Code(Line::ALL.iter().map(|l| l.as_code()).collect()),
            Self::Tier => FactType::Code(Tier::ALL.iter().map(|t| t.as_code()).collect()),
            Self::Industry => FactType::Text,
            Self::LowRisk | Self::LimitsApply | Self::EventPolicy | Self::EventDisaster => {
                FactType::Bool
            }
            _ => FactType::Number,
        }
    }
}

/// Codes of how a ratio lies to its limits.
pub const LIGHTS: [&str; 4] = ["ok", "watch", "alarm", "grave"];

/// A fact that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What.
    pub value: Value,
    /// The day that it is of: end of the period, or the day from which it counts.
    pub day: Option<NaiveDate>,
    /// What it is about beyond value and day: the same figure of others is news.
    pub mark: Option<String>,
    /// Of how a ratio lies: the limit that it has passed.
    pub limit: Option<Decimal4>,
}

/// So many facts are known of a customer without statements.
const USUAL: usize = 24;

/// The facts of one customer. Of the many that rules can name few are known of most.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    known: Vec<Known>,
    /// By place, which of them it is, from 1; 0 = not known.
    places: Vec<u16>,
}

/// Names of all facts by place.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let ratios = |of: &'static str| Ratio::ALL.iter().map(move |r| format!("{of}.{}", r.as_code()));
    let plain = Fact::ALL.iter().map(|fact| fact.as_code().to_owned());
    let answers = VISITS
        .iter()
        .flat_map(|of| Answered::ALL.iter().map(move |item| format!("{of}.{}", item.as_code())));
    plain.chain(ratios("ratio")).chain(ratios("light")).chain(answers).collect()
});

/// All facts with their types, in the order of their places.
pub fn all() -> Vec<(String, FactType)> {
    let plain = Fact::ALL.iter().map(|fact| fact.kind());
    let values = Ratio::ALL.iter().map(|_| FactType::Number);
    let lights = Ratio::ALL.iter().map(|_| FactType::Code(LIGHTS.to_vec()));
    let answers = NAMES.iter().skip(first_answer()).map(|_| FactType::Number);
    NAMES.iter().cloned().zip(plain.chain(values).chain(lights).chain(answers)).collect()
}

/// Place of the first answer.
fn first_answer() -> usize {
    Fact::ALL.len() + 2 * Ratio::ALL.len()
}

/// Whether the fact at a place is told by a record of a visit.
pub(super) fn is_of_visits(place: usize) -> bool {
    place >= first_answer() || place == Fact::VisitDays as usize
}

/// Name of the fact at a place.
pub fn name(place: usize) -> &'static str {
    NAMES.get(place).map_or("", String::as_str)
}

/// Of how a ratio lies to its limits: the ratio and the place of its value.
pub(super) fn value_of_light(place: usize) -> Option<(Ratio, usize)> {
    let at = place.checked_sub(Fact::ALL.len() + Ratio::ALL.len())?;
    Some((*Ratio::ALL.get(at)?, Fact::ALL.len() + at))
}

/// Whether the fact with this name counts days.
pub(super) fn counts_days(name: &str) -> bool {
    Fact::from_code(name).is_some_and(Fact::is_age)
}

/// Which way the fact with this name is worse, but for ratios: theirs is in the pack.
pub(super) fn side_of(name: &str) -> Option<Side> {
    Fact::from_code(name).and_then(Fact::side)
}

/// Whether the fact at a place counts days.
pub(super) fn is_age(place: usize) -> bool {
    Fact::ALL.get(place).is_some_and(|fact| fact.is_age())
}

/// Whether the fact at a place only tells whom a rule is for.
pub(super) fn is_guard(place: usize) -> bool {
    Fact::ALL.get(place).is_some_and(|fact| fact.is_guard())
}

/// Whether only whole percents of the fact at a place are news.
pub(super) fn is_coarse(place: usize) -> bool {
    Fact::ALL.get(place).is_some_and(|fact| fact.is_coarse())
}

impl Sheet {
    pub(super) fn empty() -> Self {
        Self { known: Vec::with_capacity(USUAL), places: vec![0; NAMES.len()] }
    }

    /// How many places there are.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    fn set(&mut self, place: usize, known: Known) {
        let Some(slot) = self.places.get_mut(place) else { return };
        let there = usize::from(*slot).checked_sub(1).and_then(|at| self.known.get_mut(at));
        if let Some(there) = there {
            *there = known;
        } else if let Ok(number) = u16::try_from(self.known.len() + 1) {
            *slot = number;
            self.known.push(known);
        }
    }

    pub(super) fn put(&mut self, fact: Fact, value: Value, day: Option<NaiveDate>) {
        self.put_marked(fact, value, day, None);
    }

    pub(super) fn put_marked(
        &mut self,
        fact: Fact,
        value: Value,
        day: Option<NaiveDate>,
        mark: Option<String>,
    ) {
        self.set(fact as usize, Known { value, day, mark, limit: None });
    }

    /// A ratio, and how it lies to its limits, where these apply.
    pub(super) fn put_ratio(
        &mut self,
        ratio: Ratio,
        value: Value,
        light: Option<(&str, Option<Decimal4>)>,
        day: NaiveDate,
    ) {
        let place = Fact::ALL.len() + ratio as usize;
        self.set(place, Known { value, day: Some(day), mark: None, limit: None });
        if let Some((light, limit)) = light {
            self.put_light(ratio, light, limit, day);
        }
    }

    /// How a ratio lies to its limits, and which of them it has passed.
    pub(super) fn put_light(
        &mut self,
        ratio: Ratio,
        light: &str,
        limit: Option<Decimal4>,
        day: NaiveDate,
    ) {
        let place = Fact::ALL.len() + Ratio::ALL.len() + ratio as usize;
        let value = Value::Choice(light.to_owned());
        self.set(place, Known { value, day: Some(day), mark: None, limit });
    }

    /// An answer of the last record (0) or of the one before (1).
    pub(super) fn put_answer(&mut self, back: usize, item: Answered, value: Value, day: NaiveDate) {
        let place = first_answer() + back * Answered::ALL.len() + item as usize;
        self.set(place, Known { value, day: Some(day), mark: None, limit: None });
    }

    /// The fact at a place, if it is known.
    pub fn at(&self, place: usize) -> Option<&Known> {
        self.known.get(usize::from(*self.places.get(place)?).checked_sub(1)?)
    }

    /// A fact, if it is known.
    pub fn get(&self, fact: Fact) -> Option<&Known> {
        self.at(fact as usize)
    }

    /// The fact with this name, if it is known.
    pub fn named(&self, name: &str) -> Option<&Known> {
        self.at(NAMES.iter().position(|known| known == name)?)
    }
}
