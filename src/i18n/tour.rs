//! First start and the tour of two minutes.

use super::{Lang, catalog};

catalog! {
    /// Texts of the first start and of the tour.
    Tour {
        welcome: "Welcome to Huifang" | "欢迎使用回访";
        empty: "There is no customer in this file yet." | "数据文件中还没有客户。";
        choose: "Choose how to begin:" | "请选择如何开始：";
        demo: "Look around with an invented portfolio" | "先用虚构的演示数据看一看";
        demo_how: "leave, then: huifang demo" | "退出后运行：huifang demo";
        template: "Fill in the Excel template" | "填写 Excel 模板";
        template_how: "huifang template --out book.xlsx" | "huifang template --out book.xlsx";
        import: "Import files from the core system" | "导入核心系统导出的文件";
        import_how: "huifang import <folder or file>" | "huifang import <文件夹或文件>";
        tour_offer: "Take the tour" | "看两分钟导览";
        copy_hint: "Enter copies the command" | "Enter 复制命令";
        heading: "Tour" | "导览";
    }
}

impl Tour {
    /// The pages of the tour: heading and lines.
    pub const fn pages(&self) -> &'static [(&'static str, &'static [&'static str])] {
        match self.lang {
            Lang::Zh => ZH,
            Lang::En => EN,
        }
    }
}

const ZH: &[(&str, &[&str])] = &[
    (
        "今日",
        &[
            "左边是日历和当天的应访客户，逾期的排在最前。",
            "方向键或 j k 移动；Tab 换窗格；t 回到今天；[ ] 换月。",
            "中间的档案和右边的信号总是跟着所选客户。",
        ],
    ),
    (
        "为何到期",
        &["按 w 看每一项检查义务：规则、来源、依据、下次日期。", "没有任何日期是凭空出现的。"],
    ),
    (
        "回访",
        &[
            "在日程上按 Enter 开始：选方式、渠道、日期和事由。",
            "检查表边答边存；= 表示“与上次相同，已再次核实”。",
            "断线也不会丢：重新登录后停在同一个问题。",
        ],
    ),
    (
        "查找与命令",
        &["/ 查找客户：汉字、拼音首字母、客户号都可以。", ": 打开命令；? 显示本界面全部按键。"],
    ),
    (
        "提交与复核",
        &["提交前会列出缺项；主管在“复核”中先看差异，再通过或退回。", "没有人能复核自己的记录。"],
    ),
];

const EN: &[(&str, &[&str])] = &[
    (
        "Today",
        &[
            "On the left: the month and the visits due that day, overdue ones first.",
            "Arrows or j k move; Tab changes the pane; t goes to today; [ ] change the month.",
            "The dossier and the flags always follow the selected customer.",
        ],
    ),
    (
        "Why due",
        &[
            "w shows every duty with its rule, source, inputs and next date.",
            "No date comes from nowhere.",
        ],
    ),
    (
        "The visit",
        &[
            "Enter in the agenda starts one: class, channel, day and duties.",
            "Every answer is saved at once; = means \"unchanged, seen again\".",
            "A lost line loses nothing: log in again and go on at the same question.",
        ],
    ),
    (
        "Find and command",
        &[
            "/ finds customers by name, pinyin initials or number.",
            ": opens the commands; ? shows all keys of a place.",
        ],
    ),
    (
        "Hand in and review",
        &[
            "Before handing in you see what is missing. Supervisors see differences first,",
            "then approve or return. Nobody reviews a record of her own.",
        ],
    ),
];
