//! Five-tier classification (五级分类): events that bind a debtor to a tier, and reasons for a proposal.

use super::code::codes;
use super::loan::Tier;

codes! {
    /// What happened to a debtor that binds her to at least a tier (`domain.md` 4.1).
    pub enum TierEvent {
        /// 擅自改变贷款用途
        FundsDiverted = "funds_diverted",
        /// 借新还旧，或以其他债务偿还
        Refinanced = "refinanced",
        /// 在其他银行的债务为不良
        BadElsewhere = "bad_elsewhere",
        /// 重组
        Restructured = "restructured",
        /// 已发生信用减值
        Impaired = "impaired",
        /// 外部评级大幅下调，履约能力显著下降
        RatingCut = "rating_cut",
        /// 全部银行债务中逾期 90 天以上的超过比例
        OverdueElsewhere = "overdue_elsewhere",
        /// 重组后再次重组
        RestructuredAgain = "restructured_again",
        /// 逃废银行债务
        EvadesDebt = "evades_debt",
        /// 已减值，预期损失超过一半
        ImpairedHalf = "impaired_half",
        /// 已减值，预期损失超过九成
        ImpairedMost = "impaired_most",
        /// 进入破产清算
        Liquidation = "liquidation",
    }
}

impl TierEvent {
    /// The tier that it asks for at least.
    pub const fn at_least(self) -> Tier {
        match self {
            Self::FundsDiverted | Self::Refinanced | Self::BadElsewhere | Self::Restructured => {
                Tier::SpecialMention
            }
            Self::Impaired | Self::RatingCut | Self::OverdueElsewhere | Self::RestructuredAgain => {
                Tier::Substandard
            }
            Self::EvadesDebt | Self::ImpairedHalf => Tier::Doubtful,
            Self::ImpairedMost | Self::Liquidation => Tier::Loss,
        }
    }

    /// Whether it ends by itself, when the debtor has paid through the observation period.
    pub const fn is_observed(self) -> bool {
        matches!(self, Self::Restructured | Self::RestructuredAgain)
    }

    /// Whether it is about debts of a company at several banks: persons are not bound by it.
    pub const fn is_of_companies(self) -> bool {
        matches!(self, Self::BadElsewhere | Self::OverdueElsewhere)
    }
}

/// Why a debtor is proposed for a tier: each alone is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TierReason {
    /// A loan is past due for more than so many days.
    Overdue {
        /// 借据号
        loan: String,
        /// Days past due.
        days: i64,
        /// The limit that it is over.
        over: i64,
    },
    /// Something happened.
    Event(TierEvent),
    /// So many percent of the debtor's claims here are bad: all of them are.
    BadShare(i64),
    /// The tier in force is not the normal one, and the debtor has not paid properly for long enough: so
    /// many instalments, so many months.
    NotCured(i64, i64),
    /// Nothing asks for the tier in force any more, and the debtor has paid properly for long enough: so
    /// many instalments, so many months.
    Cured(i64, i64),
    /// As [`NotCured`](Self::NotCured), and no schedule tells how the debtor pays: people decide by what they can prove.
    NoSchedule,
}

impl TierReason {
    /// As the store keeps it.
    pub fn encode(&self) -> String {
        match self {
            Self::Overdue { loan, days, over } => format!("overdue:{days}:{over}:{loan}"),
            Self::Event(event) => format!("event:{}", event.as_code()),
            Self::BadShare(percent) => format!("bad_share:{percent}"),
            Self::NotCured(instalments, months) => format!("not_cured:{instalments}:{months}"),
            Self::Cured(instalments, months) => format!("cured:{instalments}:{months}"),
            Self::NoSchedule => "no_schedule".to_owned(),
        }
    }

    /// Reads [`TierReason::encode`].
    pub fn decode(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
        let pair = |text: &str| {
            let (a, b) = text.split_once(':')?;
            Some((a.parse().ok()?, b.parse().ok()?))
        };
        Some(match kind {
            "overdue" => {
                let (days, rest) = rest.split_once(':')?;
                let (over, loan) = rest.split_once(':')?;
                let (days, over) = (days.parse().ok()?, over.parse().ok()?);
                Self::Overdue { loan: loan.to_owned(), days, over }
            }
            "event" => Self::Event(TierEvent::from_code(rest)?),
            "no_schedule" => Self::NoSchedule,
            "bad_share" => Self::BadShare(rest.parse().ok()?),
            "not_cured" => {
                let (instalments, months) = pair(rest)?;
                Self::NotCured(instalments, months)
            }
            "cured" => {
                let (instalments, months) = pair(rest)?;
                Self::Cured(instalments, months)
            }
            _ => return None,
        })
    }
}

/// A tier with the reasons for it, the gravest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierProposal {
    /// Which tier.
    pub tier: Tier,
    /// Why; none for a normal one that is in force.
    pub reasons: Vec<TierReason>,
}

impl TierProposal {
    /// The reasons as the store keeps them, one a line.
    pub fn encode_reasons(&self) -> String {
        self.reasons.iter().map(TierReason::encode).collect::<Vec<_>>().join("\n")
    }
}

/// Reads what [`TierProposal::encode_reasons`] has written; a line that is none of ours is left out.
pub fn decode_reasons(text: &str) -> Vec<TierReason> {
    text.lines().filter_map(TierReason::decode).collect()
}

codes! {
    /// How far a manual tier has come.
    pub enum TierState {
        /// 待确认
        Proposed = "proposed",
        /// 已确认
        Confirmed = "confirmed",
        /// 不同意
        Refused = "refused",
        /// 已撤回
        Withdrawn = "withdrawn",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reasons_survive_storage() {
        let mut all: Vec<TierReason> =
            TierEvent::ALL.iter().map(|event| TierReason::Event(*event)).collect();
        all.extend([TierReason::BadShare(62), TierReason::NotCured(1, 3), TierReason::NoSchedule]);
        all.push(TierReason::Cured(7, 8));
        let proposal = TierProposal { tier: Tier::Loss, reasons: all.clone() };
        assert_eq!(decode_reasons(&proposal.encode_reasons()), all);
        assert_eq!(decode_reasons("event:luck\nnonsense\noverdue:x:1:L"), []);
    }

    proptest! {
        #[test]
        fn a_loan_may_be_called_anything(loan in "[^\n\r]{0,20}", days in 0..9_999_i64, over in 0..999_i64) {
            let reason = TierReason::Overdue { loan, days, over };
            prop_assert_eq!(TierReason::decode(&reason.encode()), Some(reason));
        }
    }
}
