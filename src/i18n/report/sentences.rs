//! Sentences of reports that hold values.

use super::Report;
use crate::domain::customer::Line;
use crate::domain::loan::Tier;
use crate::i18n::format::counted;
use crate::i18n::{Lang, words};
use crate::protocol::report::{ReportFormat, ReportKind, ReportLang};

/// The fifteen chapters of the visit report (`domain.md` 4.6).
const CHAPTERS: [(&str, &str); 15] = [
    ("The inspection", "检查基本情况"),
    ("The borrower and what changed", "借款人基本情况及变化"),
    ("Credit facilities and their use", "授信及用信情况"),
    ("Purpose of the loan and flow of funds", "贷款用途及资金流向"),
    ("Business operations", "生产经营情况"),
    ("Financial position", "财务状况分析"),
    ("Other borrowings and guarantees given", "融资及对外担保"),
    ("Security", "担保情况"),
    ("Conditions, earlier problems and promises", "批复条件、上次问题及承诺落实情况"),
    ("Warning signals and their analysis", "风险预警信号及分析"),
    ("Sources of, ability and willingness to repay", "还款来源、还款能力与还款意愿"),
    ("Problems and strengths", "问题与亮点"),
    ("Classification and credit strategy", "风险分类建议与授信策略"),
    ("Conclusion, advice and next inspection", "结论、管理建议及下次检查安排"),
    ("Annex and signatures", "附件清单与签字"),
];

/// Numbers of Chinese headings.
const NUMBERS: [&str; 15] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四",
    "十五",
];

impl Report {
    /// The texts of a language.
    pub const fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Zh => &Self::ZH,
            Lang::En => &Self::EN,
        }
    }

    /// Name of a kind of report.
    pub const fn kind_name(&self, kind: ReportKind) -> &'static str {
        match kind {
            ReportKind::Visit => self.title_visit,
            ReportKind::Renewal => self.title_renewal,
            ReportKind::Diligence => self.title_diligence,
            ReportKind::Brief => self.title_brief,
            ReportKind::Pack => self.title_pack,
            ReportKind::Handover => self.title_handover,
        }
    }

    /// Name of a kind of file.
    pub const fn format_name(&self, format: ReportFormat) -> &'static str {
        match format {
            ReportFormat::Docx => self.docx,
            ReportFormat::Markdown => self.markdown,
            ReportFormat::Text => self.text,
        }
    }

    /// A language in its own words.
    pub const fn language(lang: ReportLang) -> &'static str {
        match lang {
            ReportLang::Chinese => "中文",
            ReportLang::English => "English",
        }
    }

    /// Title of a chapter, counted from 0.
    pub fn chapter(&self, index: usize) -> &'static str {
        CHAPTERS.get(index).map_or("", |(en, zh)| self.lang.pick(en, zh))
    }

    /// `一、检查基本情况`, `1  The inspection`.
    pub fn numbered(&self, number: usize, title: &str) -> String {
        let named = number.checked_sub(1).and_then(|at| NUMBERS.get(at));
        match (self.lang, named) {
            (Lang::Zh, Some(name)) => format!("{name}、{title}"),
            (_, _) => format!("{number}  {title}"),
        }
    }

    /// A word of ours as it begins a row or a heading: English ones with a capital letter.
    pub fn begun(&self, text: &str) -> String {
        let mut chars = text.chars();
        match (self.lang, chars.next()) {
            (Lang::En, Some(first)) => first.to_uppercase().chain(chars).collect(),
            _ => text.to_owned(),
        }
    }

    /// A remark behind a text.
    pub fn bracketed(&self, text: &str) -> String {
        match self.lang {
            Lang::En => format!(" ({text})"),
            Lang::Zh => format!("（{text}）"),
        }
    }

    /// An amount in yuan, never parted from its unit.
    pub fn in_yuan(&self, amount: &str) -> String {
        match self.lang {
            Lang::En => format!("RMB\u{a0}{amount}"),
            Lang::Zh => format!("{amount}元"),
        }
    }

    /// An amount in 万元.
    pub fn in_wan(&self, amount: &str) -> String {
        match self.lang {
            Lang::En => format!("RMB\u{a0}{amount} x 10,000"),
            Lang::Zh => format!("{amount}万元"),
        }
    }

    /// A heading with the unit of its column.
    pub fn unit(&self, title: &str) -> String {
        match self.lang {
            Lang::En => format!("{title}, RMB '000"),
            Lang::Zh => format!("{title}（万元）"),
        }
    }

    /// `5 个` of a repeat group.
    pub fn rows(&self, count: u32) -> String {
        match self.lang {
            Lang::En => counted(count, "row"),
            Lang::Zh => format!("{count} 行"),
        }
    }

    /// Months that a statement covers.
    pub fn months(&self, months: i64) -> String {
        match self.lang {
            Lang::En => format!("{months} m"),
            Lang::Zh => format!("{months}个月"),
        }
    }

    /// Where the journal stands.
    pub fn chain(&self, seq: i64, hash: &str, algorithm: &str) -> String {
        let algorithm = algorithm.to_uppercase();
        match self.lang {
            Lang::En => format!("Journal: row {seq}, {algorithm} {hash}"),
            Lang::Zh => format!("日志链：第 {seq} 行，{algorithm} {hash}"),
        }
    }

    /// How the chain is checked.
    pub fn how_to_verify(&self, seq: i64, hash: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "Every act below is a row of a journal in which each row is hashed over the one \
                 before. Keep the line \"{seq} {hash}\" in a file; `huifang journal verify \
                 --anchors FILE` then shows whether anything was changed, removed or inserted \
                 since."
            ),
            Lang::Zh => format!(
                "以下各项均为日志中的一行，每行哈希覆盖前一行。请将“{seq} {hash}”存为文件，\
                 用 huifang journal verify --anchors 文件 即可核验此前日志有无改动、删除或插入。"
            ),
        }
    }

    /// Rows of single answers.
    pub fn answer_rows(&self, count: u32) -> String {
        match self.lang {
            Lang::En => {
                format!(
                    "Besides, single answers are told in {}, each with its time.",
                    counted(count, "row")
                )
            }
            Lang::Zh => format!("另有逐项填写记录 {count} 行，每行均有时间。"),
        }
    }

    /// A record that is not approved.
    pub fn not_approved(&self, state: &str) -> String {
        match self.lang {
            Lang::En => format!("NOT A FINAL REPORT: the record is {state}."),
            Lang::Zh => format!("非正式报告：检查记录处于“{state}”状态。"),
        }
    }

    /// Loans are as they are on the day of printing.
    pub fn as_of_report(&self, day: &str) -> String {
        match self.lang {
            Lang::En => format!("Balances and flags as on file on {day}."),
            Lang::Zh => format!("余额、分类等为 {day} 系统登记数据。"),
        }
    }

    /// Days since the last visit.
    pub fn since(&self, days: i64, before: &str) -> String {
        match self.lang {
            Lang::En => format!("{} (last on {before})", counted(days, "day")),
            Lang::Zh => format!("{days} 天（上次 {before}）"),
        }
    }

    /// Workdays between visit and submission.
    pub fn workdays_after(&self, days: i64) -> String {
        match self.lang {
            Lang::En => format!("{} after the visit", counted(days, "workday")),
            Lang::Zh => format!("检查后 {days} 个工作日"),
        }
    }

    /// Why a record or visit was late.
    pub fn late_because(&self, reason: &str) -> String {
        match self.lang {
            Lang::En => format!("Late because: {reason}"),
            Lang::Zh => format!("逾期原因：{reason}"),
        }
    }

    /// By how many days a duty was met late.
    pub fn late_days(&self, days: i64) -> String {
        match self.lang {
            Lang::En => format!("{} late", counted(days, "day")),
            Lang::Zh => format!("逾期 {days} 天完成"),
        }
    }

    /// By how many days something is overdue.
    pub fn overdue_days(&self, days: i64) -> String {
        match self.lang {
            Lang::En => format!("{} overdue", counted(days, "day")),
            Lang::Zh => format!("已逾期 {days} 天"),
        }
    }

    /// A due day that was put off.
    pub fn delayed(&self, due: &str, from: &str) -> String {
        match self.lang {
            Lang::En => format!("{due} (put off from {from})"),
            Lang::Zh => format!("{due}（由 {from} 延期）"),
        }
    }

    /// When a condition was met.
    pub fn done_on(&self, day: &str) -> String {
        match self.lang {
            Lang::En => format!("met on {day}"),
            Lang::Zh => format!("{day} 已落实"),
        }
    }

    /// How old the statement is.
    pub fn old_statement(&self, days: i64) -> String {
        match self.lang {
            Lang::En => {
                format!(
                    "The latest statement was {} old on the day of the visit.",
                    counted(days, "day")
                )
            }
            Lang::Zh => format!("最近一期报表距检查日已 {days} 天。"),
        }
    }

    /// Visits that are not listed.
    pub fn more_visits(&self, count: usize) -> String {
        match self.lang {
            Lang::En => format!("And {}.", counted(count, "earlier visit")),
            Lang::Zh => format!("另有更早的回访 {count} 次。"),
        }
    }

    /// Label of the hash of a version.
    pub fn hash_of(&self, version: i64) -> String {
        match self.lang {
            Lang::En => format!("Hash of version {version}"),
            Lang::Zh => format!("版本 {version} 内容哈希"),
        }
    }

    /// 五级分类 in full.
    pub const fn tier_in_full(&self, tier: Tier) -> &'static str {
        match (self.lang, tier) {
            (Lang::En, Tier::SpecialMention) => "special mention",
            (Lang::En, Tier::Substandard) => "substandard",
            (lang, tier) => words::tier(lang, tier),
        }
    }

    /// 业务条线 in full.
    pub const fn line_in_full(&self, line: Line) -> &'static str {
        match (self.lang, line) {
            (Lang::En, Line::SmallBusiness) => "small business",
            (Lang::En, Line::PersonalBusiness) => "personal business",
            (Lang::En, Line::PersonalConsumption) => "personal consumption",
            (Lang::En, Line::MicroShop) => "micro-shop",
            (Lang::En, Line::Project) => "project finance",
            (Lang::Zh, Line::Corporate) => "法人客户",
            (Lang::Zh, Line::SmallBusiness) => "小微企业",
            (Lang::Zh, Line::Project) => "项目融资",
            (lang, line) => words::line(lang, line),
        }
    }
}
