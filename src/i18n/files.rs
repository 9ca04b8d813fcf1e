//! Texts about documents and photos: the drop folder, the register, the viewer.

use super::scan::talk;
use super::{Lang, catalog, format};
use crate::domain::attachment::{FileFault, FileWarning};
use crate::domain::heard::MOST_HEARD_MB;
use crate::domain::picture::PictureFault;
use crate::protocol::page::{FirstPlace, FirstUse};

catalog! {
    /// Texts about documents and photos.
    Files {
        drops_title: "Register files" | "登记文件";
        drops_empty: "Nothing is there. Put photos and documents into this folder and open this list again:" | "文件夹是空的。请把照片、资料放入以下文件夹，再重新打开：";
        name: "name" | "文件名";
        kind: "kind" | "类型";
        size: "size" | "大小";
        taken: "taken" | "拍摄时间";
        remark: "remark" | "备注";
        registered: "registered" | "已登记";
        nothing_marked: "This file can't be taken; choose another" | "此文件不能登记，请选择其他文件";
        gallery_title: "Documents and photos" | "资料与照片";
        gallery_empty: "No files are registered" | "没有已登记的文件";
        missing: "file missing" | "文件缺失";
        by: "registered by" | "登记人";
        hash: "hash" | "哈希";
        place: "place" | "地点";
        no_place: "no place" | "无定位";
        detached: "Taken away" | "已移除";
        not_detachable: "Files are taken away from their open record" | "请在未提交的检查表中移除文件";
        files: "files" | "文件";
        no_files: "no file registered" | "未登记文件";
        reused: "used before" | "重复使用";
        photo_refused: "can't be taken" | "无法拍摄";
        coverage: "Photos and documents" | "照片与资料";
        window: "period" | "期间";
        reused_title: "This file belongs elsewhere" | "此文件已用于别处";
        proof_of: "proof of" | "证明信号";
    }
}

impl Files {
    /// What is odd about a file.
    pub fn warning(&self, warning: FileWarning) -> String {
        match (warning, self.lang) {
            (FileWarning::TakenBefore(n), Lang::En) => {
                format!("taken {} before the visit", days(n))
            }
            (FileWarning::TakenBefore(n), Lang::Zh) => format!("拍摄于回访前 {n} 天"),
            (FileWarning::TakenAfter(n), Lang::En) => {
                format!("taken {} after the visit", days(n))
            }
            (FileWarning::TakenAfter(n), Lang::Zh) => format!("拍摄于回访后 {n} 天"),
            (FileWarning::NoTime, Lang::En) => "no time of taking".to_owned(),
            (FileWarning::NoTime, Lang::Zh) => "无拍摄时间".to_owned(),
            (FileWarning::Unread(line, why), Lang::En) => {
                format!("not read for signals: {}", talk(self.lang, line, why, MOST_HEARD_MB))
            }
            (FileWarning::Unread(line, why), Lang::Zh) => {
                format!("未能读取：{}", talk(self.lang, line, why, MOST_HEARD_MB))
            }
        }
    }

    /// Why a file is not taken, in a few words.
    pub const fn fault(&self, fault: FileFault) -> &'static str {
        let (en, zh) = match fault {
            FileFault::NotThere => ("not there", "不存在"),
            FileFault::NotPlain => ("no plain file", "不是普通文件"),
            FileFault::Empty => ("empty", "空文件"),
            FileFault::TooLarge => ("too large", "文件过大"),
            FileFault::UnknownKind => ("unknown kind", "无法识别的类型"),
            FileFault::NoPhoto => ("no photo", "不是照片"),
            FileFault::Unreadable => ("can't be read", "无法读取"),
        };
        self.lang.pick(en, zh)
    }

    /// Why a picture is not shown.
    pub const fn picture(&self, fault: PictureFault) -> &'static str {
        let (en, zh) = match fault {
            PictureFault::Gone => ("The picture is not there", "图片不存在"),
            PictureFault::Kind => {
                ("This kind of file can't be shown in a terminal", "此类文件不能在终端显示")
            }
            PictureFault::Broken => ("The picture is broken", "图片已损坏"),
            PictureFault::TooLarge => {
                ("The picture is too large to be shown", "图片过大，无法显示")
            }
        };
        self.lang.pick(en, zh)
    }

    /// A file was not taken, and where it was used first.
    pub fn reused(&self, name: &str, first: Option<&FirstUse>) -> String {
        let place = first.map(|first| (&first.name, &first.place));
        match (place, self.lang) {
            (Some((whose, FirstPlace::Visit { on, .. })), Lang::En) => format!(
                "{name} was used before: {whose} on {}. Not registered; the attempt is noted",
                format::full_day(*on)
            ),
            (Some((whose, FirstPlace::Visit { on, .. })), Lang::Zh) => format!(
                "{name} 已用于 {} 的回访（{whose}），不予登记；此次尝试已记录",
                format::full_day(*on)
            ),
            (Some((whose, FirstPlace::Flag { on, .. })), Lang::En) => format!(
                "{name} proves a flag already: {whose}, raised on {}. Not registered; the attempt is noted",
                format::full_day(*on)
            ),
            (Some((whose, FirstPlace::Flag { on, .. })), Lang::Zh) => format!(
                "{name} 已用作 {} 登记的风险信号（{whose}）的证明，不予登记；此次尝试已记录",
                format::full_day(*on)
            ),
            (None, Lang::En) => format!(
                "{name} was used before in another record. Not registered; the attempt is noted"
            ),
            (None, Lang::Zh) => format!("{name} 已用于其他记录，不予登记；此次尝试已记录"),
        }
    }

    /// A file is registered.
    pub fn attached(&self, name: &str, known: bool) -> String {
        match (known, self.lang) {
            (false, Lang::En) => format!("Registered: {name}"),
            (false, Lang::Zh) => format!("已登记：{name}"),
            (true, Lang::En) => format!("{name} was registered with this visit before"),
            (true, Lang::Zh) => format!("{name} 本次回访已登记过"),
        }
    }

    /// A file is registered as proof of a flag.
    pub fn proof_attached(&self, name: &str, known: bool) -> String {
        match (known, self.lang) {
            (false, Lang::En) => format!("Registered as proof: {name}"),
            (false, Lang::Zh) => format!("已登记为证明：{name}"),
            (true, Lang::En) => format!("{name} was registered with this flag before"),
            (true, Lang::Zh) => format!("{name} 已登记在此信号"),
        }
    }

    /// What is odd about a file that proves what became of a flag.
    pub fn proof_warning(&self, warning: FileWarning) -> String {
        match (warning, self.lang) {
            (FileWarning::TakenBefore(n), Lang::En) => {
                format!("taken {} before the flag was raised", days(n))
            }
            (FileWarning::TakenBefore(n), Lang::Zh) => format!("拍摄于信号登记前 {n} 天"),
            (other, _) => self.warning(other),
        }
    }

    /// So many more files than are listed.
    pub fn more(&self, n: u32) -> String {
        match self.lang {
            Lang::En => format!("{n} more; register some first"),
            Lang::Zh => format!("另有 {n} 个文件，请先登记一部分"),
        }
    }

    /// How many are marked.
    pub fn marked(&self, n: usize) -> String {
        match self.lang {
            Lang::En => format!("{n} marked"),
            Lang::Zh => format!("已选 {n} 个"),
        }
    }

    /// `2026-08-01 至 2026-10-31`.
    pub fn period(&self, from: chrono::NaiveDate, to: chrono::NaiveDate) -> String {
        match self.lang {
            Lang::En => format!("{from} to {to}"),
            Lang::Zh => format!("{from} 至 {to}"),
        }
    }

    /// How many files, of how many.
    pub fn count(&self, n: usize) -> String {
        match self.lang {
            Lang::En => format::counted(n, "file"),
            Lang::Zh => format!("{n} 个文件"),
        }
    }
}

fn days(n: i64) -> String {
    format::counted(n, "day")
}

/// `2.3 MB`, `812 kB`.
pub fn size(bytes: u64) -> String {
    let tenths = |unit: u64| bytes.saturating_mul(10) / unit;
    if bytes >= 1 << 20 {
        let mb = tenths(1 << 20);
        format!("{}.{} MB", mb / 10, mb % 10)
    } else {
        format!("{} kB", bytes.div_ceil(1 << 10))
    }
}

/// The beginning of a hash: enough to tell files apart.
pub fn short_hash(sha256: &str) -> String {
    sha256.chars().take(12).collect()
}
