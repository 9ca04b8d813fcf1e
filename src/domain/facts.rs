//! What is known about a customer when a visit starts: the variables of the checklist's expressions.
//!
//! A flat table of named values: forms read them by name in CEL, the store keeps them with the
//! record, so that an old visit is composed and judged again exactly as it was made.

use std::collections::BTreeMap;

use super::answer::Value;
use super::escape::{escape, unescape};

/// Named facts. Names that the shipped checklists may use are the constants of this module.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts(pub BTreeMap<String, Value>);

/// 业务条线 of the customer (choice, code of `Line`); absent if not known.
pub const LINE: &str = "line";
/// 行业 (text).
pub const INDUSTRY: &str = "industry";
/// Fully cash-secured (bool).
pub const LOW_RISK: &str = "low_risk";
/// Customer tier (choice, code of `Tier`).
pub const TIER: &str = "tier";
/// Sum of balances of the active loans (money).
pub const EXPOSURE: &str = "exposure";
/// Sum of balances of those that are secured by collateral (money); absent if there are none, or one of
/// the balances is not known.
pub const SECURED_EXPOSURE: &str = "secured_exposure";
/// Greatest days past due of the active loans (number).
pub const DAYS_PAST_DUE: &str = "days_past_due";
/// 检查方式 of this visit (choice, code of `VisitClass`).
pub const CLASS: &str = "class";
/// Channel of this visit (choice, code of the conduct pack); absent if the pack does not know it.
pub const CHANNEL: &str = "channel";
/// Duties that this visit serves (multi, codes of `DutyCode`).
pub const DUTIES: &str = "duties";
/// Products of the active loans (multi, the bank's texts).
pub const PRODUCTS: &str = "products";
/// Guarantee modes of the active loans (multi, codes of `GuaranteeMode`).
pub const GUARANTEE_MODES: &str = "guarantee_modes";
/// How many collateral items are registered (number).
pub const COLLATERAL_COUNT: &str = "collateral_count";
/// Sum of their appraised values (money).
pub const COLLATERAL_VALUE: &str = "collateral_value";
/// Sum of the appraised values of the pieces of collateral that are too many to be asked one by one (money);
/// absent if there are none.
pub const COLLATERAL_REST: &str = "collateral_rest";
/// How many guarantors are registered (number).
pub const GUARANTOR_COUNT: &str = "guarantor_count";
/// The financing strategy that was decided and holds (choice, code of `Strategy`); absent if nobody has
/// decided one.
pub const STRATEGY_NOW: &str = "strategy_now";
/// What the balance is to go down to by the next open step of the plan that runs (money); absent
/// without one.
pub const PLAN_TARGET: &str = "plan_target";
/// Signals that the branch does not look for, as it stood when the visit began (multi, codes); absent if
/// there are none.
pub const SIGNALS_OFF: &str = "signals_off";
/// Levels that the branch has set, as they stood when the visit began (multi, `FIN-04:orange:red`: code,
/// level of the library, own level); absent if there are none.
pub const SIGNAL_LEVELS: &str = "signal_levels";
/// Signals of the open confirmed flags (multi, codes such as `OPS-01`).
pub const OPEN_FLAGS: &str = "open_flags";
/// 待办 that the customer or the bank has promised and that are open when the visit starts (multi:
/// their texts, the earliest due first): each is asked again. Absent if there is none.
pub const OPEN_PROMISES: &str = "open_promises";
/// What a superior asked to check, one a line (text); absent if nothing.
pub const POINTS: &str = "points";
/// Principal and interest due in the next three months (money); absent if there is no schedule.
pub const NEXT_INSTALMENTS: &str = "next_instalments";
/// Account inflow of the last three full months (money); absent if there are no flows.
pub const INFLOW_3M: &str = "inflow_3m";
/// Account inflow of the last twelve full months (money).
pub const INFLOW_12M: &str = "inflow_12m";
/// Revenue of the last statement, to a year (money).
pub const REVENUE_12M: &str = "revenue_12m";
/// Power used in the last three months, kWh (number).
pub const POWER_3M: &str = "power_3m";
/// Power used in the three months before those, kWh (number).
pub const POWER_BEFORE_3M: &str = "power_before_3m";
/// Day of the last done visit (date); absent if there was none.
pub const LAST_VISIT: &str = "last_visit";
/// The day of this visit (date).
pub const TODAY: &str = "today";
/// Contract purpose of the youngest active loan (text).
pub const PURPOSE: &str = "purpose";

/// Look-ups before the visit that found something (multi): the look-up's code, behind [`NOTE`] what
/// was found.
pub const FINDINGS: &str = "findings";
/// The same with the result (multi): `licence:revoked`, `court_company:found`.
pub const FINDING_KINDS: &str = "finding_kinds";
/// Look-ups that do not count for the visit (multi): the look-up's code, behind [`NOTE`] the reason.
pub const NOT_QUERIED: &str = "not_queried";
/// How many look-ups gave nothing (number).
pub const LOOKED_UP: &str = "looked_up";
/// Focus that the preparation proposes (choice, code of `Focus`).
pub const PROPOSED_FOCUS: &str = "proposed_focus";
/// Whom the officer meant to meet (multi, masked names); absent if nobody was chosen.
pub const PLANNED_TO_MEET: &str = "planned_to_meet";
/// Roles of those people (multi, codes of contact roles).
pub const PLANNED_ROLES: &str = "planned_roles";

/// Parts an entry of a list from a note about it.
pub const NOTE: char = '\u{1f}';

/// The code of an entry and the note behind it, empty without one.
pub fn parted(entry: &str) -> (&str, &str) {
    entry.split_once(NOTE).unwrap_or((entry, ""))
}

/// Whether the customer belongs to a group or has affiliates on file (bool).
pub const IN_GROUP: &str = "in_group";
/// Days until the first active loan matures (number); absent without a maturity.
pub const MATURES_IN: &str = "matures_in";
/// Instalments of the last six months that were paid late or are open past their day (number).
pub const LATE_6M: &str = "late_6m";
/// Guarantors (multi of keys), each with its `amount` and `relation`; see [`entry`].
pub const GUARANTORS: &str = "guarantors";
/// Collateral (multi of keys), each with its `value`, `valued_on`,
/// `insured_until`, `area`, `registered`.
pub const COLLATERAL: &str = "collateral_items";
/// Approval conditions that are not met yet (multi of keys), each with its `due_on`.
pub const CONDITIONS: &str = "open_conditions";
/// Covenants (multi of keys); of a financial one whose figure can be worked out from statements, its
/// `ratio` (choice, code of `Ratio`); what it is by the latest statement, `figure` (number, in what the
/// ratio counts), of which day, `figure_on`, and how that stands to the limit, `stands` (choice, code
/// of `Headroom`).
pub const COVENANTS: &str = "covenants";
/// Drawdowns whose use this visit checks (multi of keys), each with its `amount`,
/// `payee`, `mode`, `drawn_on`.
pub const DRAWDOWNS: &str = "drawdowns";
/// The next three instalments (multi of keys), each with its `amount`, `due_on`.
pub const INSTALMENTS: &str = "instalments";
/// Group members and affiliates (multi of keys), each with its `kind`.
pub const RELATED: &str = "related_parties";
/// Problems that the last record named (multi of texts).
pub const LAST_PROBLEMS: &str = "last_problems";

/// The columns in which statements are compared: the latest, the last year-end before it, the same
/// day a year before, the last one before the first active loan was paid out. A figure of a column
/// is a fact: `now.revenue`.
pub const COLUMNS: [&str; 4] = ["now", "year_end", "same", "start"];
/// The figures of a statement column (money), but for `months` (number) and `on` (date).
pub const FIGURES: [&str; 19] = [
    "on",
    "months",
    "cash",
    "receivables",
    "inventory",
    "current_assets",
    "total_assets",
    "short_debt",
    "payables",
    "current_liabilities",
    "total_liabilities",
    "equity",
    "revenue",
    "cost_of_sales",
    "ebit",
    "depreciation",
    "interest_expense",
    "net_profit",
    "operating_cash_flow",
];

/// Whether ratios have limits for her (bool): not for the finance trade, nor for a project that is still
/// being built.
pub const RATIOS_APPLY: &str = "ratios_apply";
/// The limits of ratios that hold for her trade, each in its ratio's own unit (number): the second and the
/// third. A limit is a fact: `alarm.debt_ratio`; absent where it is not meant for her.
pub const LIMITS: [&str; 2] = ["alarm", "grave"];
/// The ratios of which the checklists know the limits.
pub const LIMITED: [&str; 5] =
    ["debt_ratio", "current_ratio", "quick_ratio", "interest_cover", "debt_service_cover"];

/// Name of the fact that holds a property of one entry of a list: `guarantors[G1].amount`. The
/// property `label` is how the entry reads.
pub fn entry(list: &str, key: &str, property: &str) -> String {
    format!("{list}[{key}].{property}")
}

/// A key for an entry whose own id is a text of people: the same text always has the same key, and
/// the key tells nothing of it.
pub fn key_of(text: &str) -> String {
    // FNV-1a: a name for a place in a form, not a secret.
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("k{hash:016x}")
}

/// The key under which an entry stands in a path: a short code as it is, everything else by
/// [`key_of`].
pub fn path_key(entry: &str) -> String {
    let plain = |c: char| !c.is_control() && !matches!(c, '[' | ']' | '.');
    if entry.chars().count() <= 40 && entry.chars().all(plain) {
        entry.to_owned()
    } else {
        key_of(entry)
    }
}

/// A text as one part of a list and of an item's key: one line, none of the marks that part keys,
/// of a length that a key can have.
pub fn as_key(text: &str) -> String {
    const LONGEST: usize = 80;
    let plain = text.chars().map(|c| match c {
        ';' => '；',
        '[' => '（',
        ']' => '）',
        c if c.is_control() => ' ',
        c => c,
    });
    plain.take(LONGEST).collect()
}

impl Facts {
    /// The fact with this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// One `name<TAB>value` a line; tabs, line feeds and backslashes inside are escaped.
    pub fn encode(&self) -> String {
        let mut out = String::new();
        for (name, value) in &self.0 {
            out.push_str(name);
            out.push('\t');
            out.push_str(&escape(&value.encode()));
            out.push('\n');
        }
        out
    }

    /// Reads [`Facts::encode`]; lines that are none of ours are left out.
    pub fn decode(text: &str) -> Self {
        let pairs = text.lines().filter_map(|line| {
            let (name, value) = line.split_once('\t')?;
            Some((name.to_owned(), Value::decode(&unescape(value))?))
        });
        Self(pairs.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn facts_survive_storage(entries in prop::collection::btree_map("[a-z_]{1,10}", any::<String>(), 0..6)) {
            let facts = Facts(entries.into_iter().map(|(k, v)| (k, Value::Text(v))).collect());
            prop_assert_eq!(Facts::decode(&facts.encode()), facts);
        }
    }
}
