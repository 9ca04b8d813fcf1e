//! Texts of the early-warning score.

use chrono::NaiveDate;

use super::format::counted;
use super::{Catalog, Lang, catalog, format};
use crate::protocol::tables::SCORE_INPUTS;
use crate::risk::NotComputable;
use crate::risk::score::{Input, Measure, Rule, Scored, Taken, Unknown};

catalog! {
    /// Texts of the score, on the screen and on the command line.
    Score {
        title: "Early-warning score" | "预警评分";
        score: "Score" | "评分";
        probability: "Probability" | "违约概率";
        grade: "Grade" | "评分等级";
        card: "Card" | "评分卡";
        input: "Input" | "指标";
        value: "Value" | "数值";
        points: "Pts" | "分值";
        most: "Of at most" | "最高分";
        bin: "From" | "分档";
        how: "How" | "算法";
        sum: "Sum" | "合计";
        known: "Known" | "已知指标";
        id: "Id" | "编号";
        yes: "yes" | "是";
        no: "no" | "否";
        mean: "neutral" | "取中性值";
        aid: "An aid, no verdict: nothing follows from it by itself." | "仅供参考，不作结论，不会自动触发任何处置。";
        unverified: "judgement, to be confirmed by the bank" | "经验值，须由银行确认";
        statement: "Statement" | "报表";
        no_statement: "no statement" | "无报表";
        conduct: "Conduct" | "账户与履约";
        no_figures: "No figure of a statement is known: beside conduct the score stands in the middle and tells little." | "没有可用的报表数据：除账户与履约外各项取中性值，评分参考意义有限。";
        in_default: "In default already: the probability of a failure to come does not apply." | "已属违约，概率（针对未来违约）不再适用。";
        nothing_known: "Neither statements nor conduct are known: there is no score." | "既无报表也无账户与履约数据，不评分。";
        market: "Set" | "样本";
        rows: "Rows" | "样本数";
        bad: "Bad" | "违约数";
        auc: "AUC" | "AUC";
        recall: "Recall at 10%" | "前10%召回率";
        lead: "Lead in AUC over the card in force" | "AUC较现行卡";
        lead_from: "95% from" | "95%下限";
        lead_to: "to" | "上限";
        lead_clear: "Beyond chance" | "是否显著";
        predicted: "Predicted" | "预测";
        observed: "Observed" | "实际";
        tenth: "Tenth" | "分位";
        earlier: "Stored scores" | "历次评分";
        built_in: "built in" | "内置";
        own: "the bank's own" | "本行自有";
        score_now: "Score now" | "现评分";
        grade_now: "Grade now" | "现等级";
        score_then: "Score then" | "新评分";
        grade_then: "Grade then" | "新等级";
    }
}

impl Score {
    /// What the sum means.
    pub fn meaning(&self, score: i32, from: i32, probability: &str, grade: char) -> String {
        match self.lang {
            Lang::En => format!(
                "{score} lies in the band from {from}: {probability} turned bad there, grade {grade}"
            ),
            Lang::Zh => format!(
                "{score} 分落在 {from} 分起的一档：该档违约占比 {probability}，等级 {grade}"
            ),
        }
    }

    /// What points mean among each other.
    pub fn doubles(&self, points: i32) -> String {
        match self.lang {
            Lang::En => format!("{points} points more double the odds"),
            Lang::Zh => format!("每多 {points} 分，违约几率翻倍"),
        }
    }

    /// What the built-in card says beside the bank's own.
    pub fn beside(&self, card: &str, score: i32, probability: &str, grade: char) -> String {
        match self.lang {
            Lang::En => {
                format!("The built-in card {card} says {score}, {probability}, grade {grade}")
            }
            Lang::Zh => {
                format!("内置评分卡 {card}：{score} 分，违约概率 {probability}，等级 {grade}")
            }
        }
    }

    /// Which card is in force.
    pub fn in_force(&self, card: &str) -> String {
        match self.lang {
            Lang::En => format!("In force: {card}"),
            Lang::Zh => format!("现行评分卡：{card}"),
        }
    }

    /// How the book would look by another card.
    pub fn compared(&self, now: &str, then: &str, all: usize, up: usize, down: usize) -> String {
        match self.lang {
            Lang::En => format!(
                "{then} instead of {now}: of {all} scored customers {up} would have a worse grade, {down} a better one"
            ),
            Lang::Zh => {
                format!("以 {then} 代替 {now}：已评分 {all} 户，等级变差 {up} 户，变好 {down} 户")
            }
        }
    }

    /// What comes next after a proposal.
    pub fn proposed(&self, card: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "{card} is proposed; a colleague activates it with `huifang score activate {card}`"
            ),
            Lang::Zh => format!("{card} 已提出，须由另一人运行 huifang score activate {card} 启用"),
        }
    }

    /// What was decided.
    pub fn decided(&self, card: &str, active: bool) -> String {
        match (self.lang, active) {
            (Lang::En, true) => format!("{card} is in force; the next night scores the book by it"),
            (Lang::Zh, true) => format!("{card} 已启用，当晚批处理起按其评分"),
            (Lang::En, false) => format!("{card} is refused"),
            (Lang::Zh, false) => format!("{card} 未启用"),
        }
    }

    /// The built-in card scores again.
    pub fn retired(&self, card: &str, built_in: &str) -> String {
        match self.lang {
            Lang::En => format!("{card} is retired, {built_in} is in force again"),
            Lang::Zh => format!("{card} 已停用，恢复使用 {built_in}"),
        }
    }

    /// A figure is not there.
    pub fn missing(&self, name: &str) -> String {
        match self.lang {
            Lang::En => format!("not computable, {name} missing"),
            Lang::Zh => format!("不可计算，缺{name}"),
        }
    }

    /// Why an input has no value.
    pub fn because(&self, name: &str, why: &str) -> String {
        match self.lang {
            Lang::En => format!("{name}: {why}"),
            Lang::Zh => format!("{name}：{why}"),
        }
    }

    /// Who has no score, because nothing is known of her; the first of many.
    pub fn unscored(&self, ids: &[&str]) -> String {
        const TOLD: usize = 5;
        let n = ids.len();
        let mut told =
            ids.iter().take(TOLD).copied().collect::<Vec<_>>().join(self.lang.list_mark());
        if n > TOLD {
            told.push('…');
        }
        match self.lang {
            Lang::En => {
                format!("Not scored, neither statements nor conduct are known: {n} ({told})")
            }
            Lang::Zh => format!("未评分 {n} 户（既无报表也无账户与履约数据）：{told}"),
        }
    }

    /// Columns that were not read.
    pub fn ignored(&self, columns: &[String]) -> String {
        match self.lang {
            Lang::En => format!("Columns not read: {}", columns.join(", ")),
            Lang::Zh => format!("未读取的列：{}", columns.join("、")),
        }
    }

    /// Growth was read as this ÷ last.
    pub fn quotient(&self, file: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "{file}: sales_growth reads as this ÷ last (hardly any below 0, more than 0.5 in \
                 the median); 1 was taken off each. If it is a change, say --growth change."
            ),
            Lang::Zh => format!(
                "{file}：sales_growth 按“本期 ÷ 上期”读取（几无负值且中位数大于 0.5），已各减 1；\
                 如本为增减幅度，请加 --growth change。"
            ),
        }
    }

    /// A column has percents where shares are read.
    pub fn percents(&self, file: &str, column: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "{file}, column {column}: these are percents; write 0.45 for 45 %. Nothing was scored."
            ),
            Lang::Zh => {
                format!("{file} 的“{column}”列填的是百分数；请改填小数，如 45% 填 0.45。未评分。")
            }
        }
    }

    /// So many companies were scored.
    pub fn scored(&self, count: usize) -> String {
        match self.lang {
            Lang::En => format!("{count} scored"),
            Lang::Zh => format!("已评分 {count} 户"),
        }
    }

    /// A cell of a file is faulty.
    pub fn faulty(&self, file: &str, line: u64, column: &str, value: &str, right: &str) -> String {
        match self.lang {
            Lang::En => format!("{file}, line {line}, column {column}: {value} should be {right}."),
            Lang::Zh => format!("{file} 第 {line} 行“{column}”列：{value}，应填{right}。"),
        }
    }

    /// Which other rows are faulty; the first twenty.
    pub fn more_lines(&self, lines: &[u64]) -> String {
        let shown: Vec<String> = lines.iter().take(20).map(u64::to_string).collect();
        let (count, more) = (lines.len(), lines.len() > shown.len());
        match self.lang {
            Lang::En => {
                let rest = if more { " …" } else { "" };
                let rows = counted(count, "more faulty row");
                format!(" {rows}: line {}{rest}.", shown.join(", "))
            }
            Lang::Zh => {
                let rest = if more { " ……" } else { "" };
                format!("另有 {count} 行有误：第 {} 行{rest}。", shown.join("、"))
            }
        }
    }

    /// A key stands twice in a file.
    pub fn twice(&self, file: &str, line: u64, key: &str) -> String {
        match self.lang {
            Lang::En => {
                format!("{file}, line {line}: {key} stands twice; leave one of the rows out.")
            }
            Lang::Zh => format!("{file} 第 {line} 行：{key} 重复；请只保留一行。"),
        }
    }

    /// Nobody of this id is in the file or book.
    pub fn nobody(&self, id: &str) -> String {
        match self.lang {
            Lang::En => format!("{id} is not among those to score; look at the ids of the file."),
            Lang::Zh => format!("待评分名单中没有 {id}；请核对编号。"),
        }
    }

    /// Too few outcomes to make a card of.
    pub fn too_few(&self, bad: u32, good: u32, least: u32) -> String {
        match self.lang {
            Lang::En => format!(
                "{bad} bad and {good} good outcomes are too few; at least {least} of each are needed."
            ),
            Lang::Zh => {
                format!("违约 {bad} 户、正常 {good} 户，样本不足；两类各需至少 {least} 户。")
            }
        }
    }

    /// A file for training has no outcomes.
    pub fn no_outcome(&self, file: &str, line: u64) -> String {
        match self.lang {
            Lang::En => {
                format!("{file}, line {line}: column bad must be 1 or 0 in every row.")
            }
            Lang::Zh => format!("{file} 第 {line} 行：bad（违约）列每行须为 1 或 0。"),
        }
    }
}

/// What has to be said beside a score so that nobody takes it for more than it is. `substandard`:
/// days past due beyond which a loan counts as bad.
pub fn caveats(t: &Score, taken: &Taken, scored: &Scored, substandard: i64) -> Vec<&'static str> {
    let mut told = Vec::new();
    if taken.in_default(substandard) {
        told.push(t.in_default);
    }
    if scored.known == 0 {
        told.push(t.no_figures);
    }
    told
}

/// A share in percent, finer where it is small.
pub fn percent(share: f64) -> String {
    if share < 0.1 { format!("{:.2}%", share * 100.0) } else { format!("{:.1}%", share * 100.0) }
}

/// The value of an input.
pub fn value(t: &Score, input: Input, value: f64) -> String {
    match input.measure() {
        Measure::Share => format!("{:.1}%", value * 100.0),
        Measure::Times => format!("{value:.2}"),
        Measure::Count => format!("{value:.0}"),
        Measure::YesNo if value >= 0.5 => t.yes.to_owned(),
        Measure::YesNo => t.no.to_owned(),
    }
}

/// The bin of a value: from where to where.
pub fn bin(t: &Score, rule: &Rule, at: f64) -> String {
    let below = rule.steps.iter().rev().find(|step| **step <= at);
    let above = rule.steps.iter().find(|step| **step > at);
    let told = |step: &f64| value(t, rule.input, *step);
    match (below, above) {
        _ if rule.input.measure() == Measure::YesNo => value(t, rule.input, at),
        (None, None) => "-".to_owned(),
        (None, Some(high)) => format!("< {}", told(high)),
        (Some(low), None) => format!("≥ {}", told(low)),
        (Some(low), Some(high)) => format!("{} – {}", told(low), told(high)),
    }
}

/// The bin of an input without a value.
pub fn bin_without(t: &Score, input: Input, why: Unknown) -> &'static str {
    match (input, why) {
        (Input::Debt, Unknown::OwesOnNothing) => t.lang.pick("worst bin", "取最差档"),
        _ => t.mean,
    }
}

/// Of which days the statements are that a score rests on: those that tell something, else the latest.
pub fn days(told: &[NaiveDate], latest: NaiveDate) -> String {
    let told: Vec<String> = told.iter().map(|day| format::full_day(*day)).collect();
    if told.is_empty() { format::full_day(latest) } else { told.join(" + ") }
}

/// Why an input has no value.
pub fn unknown(t: &Score, why: Unknown) -> String {
    match why {
        Unknown::NotGiven(given) => {
            let column = SCORE_INPUTS.column(given.as_code());
            let zh = column.map_or(given.as_code(), |column| column.zh);
            t.missing(t.lang.pick(&given.as_code().replace('_', " "), zh))
        }
        Unknown::Statement(why) => Catalog::of(t.lang).statements.reason(why),
        Unknown::TooOld(end) => match t.lang {
            Lang::En => format!("statement too old: {}", format::full_day(end)),
            Lang::Zh => format!("报表过旧：{}", format::full_day(end)),
        },
        Unknown::OwesOnNothing => t.lang.pick("debts and no assets", "有负债而无资产").to_owned(),
    }
}

/// The same where there is room: `no net profit` could be read as a finding.
pub fn unknown_whole(t: &Score, why: Unknown) -> String {
    match why {
        Unknown::Statement(NotComputable::Missing(input)) => {
            t.missing(Catalog::of(t.lang).statements.input(input))
        }
        why => unknown(t, why),
    }
}
