//! What the command line says of holidays.

use super::format::counted;
use super::{Lang, catalog, parser};
use crate::domain::holiday::{HolidayFault, Wrong};

catalog! {
    /// Texts about holidays.
    Holidays {
        year: "Year" | "年份";
        state: "State" | "状态";
        off: "Days off" | "放假天数";
        work: "Make-up workdays" | "调休上班天数";
        added_by: "Added by" | "添加人";
        added: "added; the whole book is planned anew" | "已添加，全部计划已重算";
        removed: "taken back; the whole book is planned anew" | "已移除，全部计划已重算";
    }
}

impl Holidays {
    /// State of a year, by code.
    pub const fn state_of(&self, code: &str) -> &'static str {
        match code.as_bytes() {
            b"announced" => self.lang.pick("announced", "已公布"),
            b"added" => self.lang.pick("added here", "本行添加"),
            _ => self.lang.pick("not yet announced", "尚未公布"),
        }
    }

    /// What a table holds, and what came of it.
    pub fn counted(&self, year: i32, off: usize, work: usize, what: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "{year}: {} off, {}; {what}",
                counted(off, "day"),
                counted(work, "make-up workday")
            ),
            Lang::Zh => format!("{year} 年：放假 {off} 天，调休上班 {work} 天；{what}"),
        }
    }

    /// What to do about a year without a notice.
    pub fn what_to_do(&self, year: i32) -> String {
        match self.lang {
            Lang::En => format!(
                "{year} is not yet announced: only legal days count, without make-up workdays.\n\
                 When the State Council has announced it: huifang holidays show {year} > {year}.toml, \
                 write the days of the notice into it, announced = true, \
                 huifang holidays check {year}.toml, huifang holidays add {year}.toml"
            ),
            Lang::Zh => format!(
                "{year} 年放假安排尚未公布：暂按法定节日计算，无调休。\n\
                 国务院办公厅公布后：huifang holidays show {year} > {year}.toml，按通知填写日期并改为 announced = true，\
                 再运行 huifang holidays check {year}.toml 和 huifang holidays add {year}.toml"
            ),
        }
    }
}

/// A fault with its place.
pub fn fault(lang: Lang, fault: &HolidayFault) -> String {
    match lang {
        Lang::En => fault.to_string(),
        Lang::Zh => format!("{} 第 {} 行：{}", fault.file, fault.line, zh(&fault.what)),
    }
}

fn zh(what: &Wrong) -> String {
    match what {
        Wrong::Syntax(why) => parser::shape(Lang::Zh, why),
        Wrong::NotOfYear(text, year) => format!("“{text}”不是 {year} 年的日期"),
        Wrong::Twice(date) => format!("{date} 重复"),
        Wrong::YearTwice(year) => format!("{year} 年已有节假日表"),
        Wrong::WorkOnWeekday(date) => format!("{date} 是工作日，调休上班日应为周六或周日"),
        Wrong::LegalDayMissing(date, name) => format!("缺少法定节日 {date}（{name}）"),
        Wrong::NotAnnounced => "announced = false：只能添加国务院已公布的年份".to_owned(),
        Wrong::Year(year) => format!("{year} 不是 2007 至 2199 之间的年份"),
    }
}
