//! Texts of what superiors order: inspections, and customers that change hands.

use super::format::counted;
use super::{Lang, catalog};
use crate::domain::order::{PacketState, Party};
use crate::protocol::command::OrderCommand;

catalog! {
    /// Texts of orders.
    Orders {
        tasks_title: "Directed inspections" | "专项检查";
        tasks_none: "No inspections were ordered. Mark customers with m, then n orders one." | "没有专项检查。在客户表中按 m 标记客户，再按 n 下达。";
        issue_title: "Order an inspection" | "下达专项检查";
        issue_sure: "Order this inspection?" | "确认下达专项检查？";
        due_on: "Due on" | "期限";
        class: "Class" | "方式";
        point: "Point" | "要点";
        points: "What to check" | "检查要点";
        made: "made" | "已完成";
        made_late: "made late" | "逾期完成";
        open: "open" | "未完成";
        ended: "ended" | "已办结";
        cancelled: "called off" | "已取消";
        progress: "Made" | "完成";
        by: "by" | "下达";
        cancel_reason: "Call off. Why?" | "取消任务。请写理由";
        nothing_open: "Nothing here that could be called off" | "没有可取消的任务";
        not_here: "It came from the bank's system: call it off there" | "来自行内系统的任务，请在原系统取消";
        only_supervisors: "Only a supervisor orders inspections" | "只有主管可以下达专项检查";
        packets_title: "Handovers" | "移交";
        packets_none: "No handovers. h in the customer table starts one." | "没有移交。在客户表中按 h 发起。";
        hand_title: "Hand customers over" | "移交客户";
        giver: "From" | "移交人";
        receiver: "To" | "接收人";
        witness: "Witness" | "监交人";
        on: "Effective from" | "生效日期";
        whom: "Customers" | "客户";
        all_of_giver: "all of the giver" | "移交人名下全部";
        reason: "Reason" | "理由";
        hand_lines: "Nothing moves before all three have signed in their own sessions." | "移交人、接收人、监交人各自登录签署后才生效。";
        own_or_supervisor: "Only a supervisor or the giver hands customers over" | "只有主管或移交人本人可以发起移交";
        signed: "signed" | "已签";
        unsigned: "not signed" | "未签";
        sign_now: "waits for you" | "待您签署";
        sign_sure: "Sign as read?" | "已阅读并签署？";
        nothing_to_sign: "Nothing to sign for you here" | "此移交无须您签署";
        oddity: "Special points" | "特别事项";
        oddity_entry: "What the next officer must know." | "接手人须知";
        no_oddity: "nothing noted (e notes it)" | "未填（按 e 填写）";
        notes_giver_only: "The giver notes this while the handover is open" | "移交进行中由移交人填写";
        withdraw_reason: "Take the handover back. Why?" | "撤回移交。请写理由";
        not_yours: "Not yours to take back, or no longer open" | "您不能撤回，或已结束";
        needs_words: "Write why" | "请填写理由";
        flags: "Flags" | "信号";
        todos: "To-dos" | "待办";
        contacts: "Contacts" | "联系人";
        last: "Last visit" | "上次回访";
        next: "Next due" | "下次到期";
        nothing: "none" | "无";
        seen_elsewhere: "The customers are with the receiver now" | "客户已由接收人管户";
        handed: "handed over" | "移交";
    }
}

impl Orders {
    /// How many customers an order is about.
    pub fn count(&self, count: u32) -> String {
        match self.lang {
            Lang::En => counted(count, "customer"),
            Lang::Zh => format!("{count} 户"),
        }
    }

    /// Whom an order is about: some names, and how many in all.
    pub fn about(&self, names: &[String], count: u32) -> String {
        let shown = names.join(self.lang.list_mark());
        let count = self.count(count);
        match (self.lang, names.is_empty()) {
            (_, true) => count,
            (Lang::En, false) => format!("{count}: {shown}"),
            (Lang::Zh, false) => format!("{count}：{shown}"),
        }
    }

    /// More than the names that are told.
    pub fn and_more(&self) -> &'static str {
        self.lang.pick("…", "等")
    }

    /// Marked customers, as a choice.
    pub fn marked(&self, count: u32) -> String {
        match self.lang {
            Lang::En => format!("chosen: {}", self.count(count)),
            Lang::Zh => format!("所选 {count} 户"),
        }
    }

    /// Past its date.
    pub fn overdue(&self, count: usize) -> String {
        match self.lang {
            Lang::En => format!("{count} overdue"),
            Lang::Zh => format!("逾期 {count}"),
        }
    }

    /// So many days past its date.
    pub fn days_late(&self, days: i64) -> String {
        match self.lang {
            Lang::En => format!("{} late", counted(days, "day")),
            Lang::Zh => format!("逾期 {days} 天"),
        }
    }

    /// Part of somebody in a packet.
    pub const fn party(&self, party: Party) -> &'static str {
        match party {
            Party::Giver => self.giver,
            Party::Receiver => self.receiver,
            Party::Witness => self.witness,
        }
    }

    /// State of a packet.
    pub const fn state(&self, state: PacketState) -> &'static str {
        match state {
            PacketState::Open => self.lang.pick("signing", "签署中"),
            PacketState::Done => self.lang.pick("done", "已完成"),
            PacketState::Withdrawn => self.lang.pick("withdrawn", "已撤回"),
        }
    }

    /// What came of a command that went through.
    pub const fn done(&self, command: &OrderCommand) -> &'static str {
        match command {
            OrderCommand::Issue { .. } => self.lang.pick(
                "Ordered; the officers are told and the visits are due",
                "已下达；客户经理已收到消息，任务已列入应访",
            ),
            OrderCommand::Cancel { .. } => self.lang.pick("Called off", "已取消"),
            OrderCommand::StartPacket(_) => self.lang.pick(
                "Started; giver, receiver and witness are asked to sign",
                "已发起；移交人、接收人、监交人将收到签署消息",
            ),
            OrderCommand::NoteOddity { .. } => {
                self.lang.pick("Kept; whoever has signed signs anew", "已保存；已签署的须重新签署")
            }
            OrderCommand::Sign { .. } => self.lang.pick("Signed", "已签署"),
            OrderCommand::WithdrawPacket { .. } => self.lang.pick("Taken back", "已撤回"),
        }
    }

    /// A line of the history: who gave the customer to whom.
    pub fn line(&self, from: &str, to: &str, witness: Option<&str>) -> String {
        let said = witness.map(|name| match self.lang {
            Lang::En => format!(", witness {name}"),
            Lang::Zh => format!("，监交 {name}"),
        });
        let said = said.unwrap_or_default();
        match self.lang {
            Lang::En => format!("handed over: {from} to {to}{said}"),
            Lang::Zh => format!("移交：{from} 至 {to}{said}"),
        }
    }
}
