//! Texts of 待办.

use super::{Lang, catalog};
use crate::protocol::page::TodoRow;

catalog! {
    /// Texts of 待办.
    Todos {
        title: "To do" | "待办";
        what: "what" | "事项";
        kind: "kind" | "类别";
        promised_by: "who is to do it" | "由谁完成";
        owner: "owner (name or login)" | "责任人（姓名或用户名）";
        due_on: "due on" | "期限";
        proof: "what proves it" | "完成依据";
        reason: "reason" | "理由";
        add_title: "Note what is to be done" | "登记待办";
        edit_title: "Change this to-do" | "修改待办";
        finish_title: "Done?" | "已完成？";
        drop_title: "Drop this to-do" | "作罢此待办";
        added: "Noted" | "已登记待办";
        changed: "To-do changed" | "待办已修改";
        finished: "Done" | "待办已完成";
        dropped: "To-do dropped" | "待办已作罢";
        needs: "What, owner and date are needed" | "须填事项、责任人和期限";
        at_visit: "noted at visit" | "登记于回访";
        open: "open" | "未完成";
    }
}

impl Todos {
    /// What is to be done, in the language of the screen where the checklist has it in both.
    pub fn text<'a>(&self, row: &'a TodoRow) -> &'a str {
        match (self.lang, &row.text_en) {
            (Lang::En, Some(english)) => english,
            _ => &row.text,
        }
    }

    /// Why one ended: a code of the store, or the bank's own words.
    pub fn ending<'a>(&self, note: &'a str) -> &'a str {
        match note {
            "undone" => self.lang.pick("noted by mistake", "登记有误，已撤销"),
            "amended" => {
                self.lang.pick("no longer promised: the record was corrected", "记录更正后不再承诺")
            }
            "promised_again" => {
                self.lang.pick("promised anew at a later visit", "后次回访重新承诺")
            }
            "event_closed" => self.lang.pick("its event was closed", "事件已结束，不再需要"),
            "flag_ended" => self.lang.pick("its flag has ended", "信号已结束，不再需要"),
            "answered" => self.lang.pick("answered at a later visit", "后次回访已有答复"),
            other => other,
        }
    }

    /// `待办 2`, with those past their date told apart.
    pub fn heading(&self, open: usize, late: usize) -> String {
        match self.lang {
            _ if late == 0 => format!("{} {open}", self.title),
            Lang::Zh => format!("{} {open}，逾期 {late}", self.title),
            Lang::En => format!("{} {open}, {late} late", self.title),
        }
    }
}
