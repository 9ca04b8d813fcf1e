//! Texts of the month plan.

use super::format::counted;
use super::{Lang, catalog};
use crate::domain::plan::{AppointmentKind, Unplaced};

catalog! {
    /// Texts of the month plan.
    Board {
        officer: "Officer" | "客户经理";
        sums_column: "set/p/no" | "定/拟/缺";
        fixed: "set" | "已定";
        proposed: "proposed" | "建议";
        unplaced: "no day" | "排不下";
        free: "nothing planned" | "尚无安排";
        nobody: "No officer's month lies in your scope" | "没有您可查看的客户经理";
        nothing: "Nothing on this day. n enters an appointment" | "当日没有安排。按 n 登记外出或约会";
        near: "Near by, due soon: a sets it on this day" | "附近可同访：按 a 排入当日";
        no_day: "No day found: m sets one, d asks for a delay" | "排不下：按 m 定日，按 d 申请延期";
        onsite: "on site" | "现场";
        offsite: "off site" | "非现场";
        over: "over capacity" | "超出容量";
        set: "Set" | "已排定";
        released: "Let go: a day is proposed again" | "已取消排定，恢复为建议";
        nothing_to_accept: "There is no proposal to accept" | "没有可接受的建议";
        not_fixed: "Only a day that is set can be let go" | "只有已排定的日期可以取消";
        accept_title: "Accept all proposals of this month?" | "接受本月全部建议？";
        give_way_title: "Others give way: set these days?" | "须有人让位：这样排定？";
        move_title: "Set the day" | "排定日期";
        day: "Day" | "日期";
        appoint_title: "Appointment" | "登记外出或约会";
        kind: "Kind" | "类别";
        title: "What" | "事项";
        area: "District" | "区域";
        trade_circle: "Trade circle" | "商圈";
        points: "Points of the day" | "占用点数";
        points_number: "Points are a whole number: 0 to 6" | "占用点数请填整数，如 0 至 6";
        cancel_title: "Take this appointment out?" | "取消此安排？";
        only_appointments: "Only an appointment can be changed; m moves a visit" | "只有外出与约会可以编辑；应访请按 m 改日期";
        appointed: "Entered" | "已登记";
        cancelled: "Taken out" | "已取消";
        paused_until: "paused to" | "暂停至";
        lapsed: "was set for" | "原定";
        only_supervisors: "Only a supervisor pauses a customer" | "只有主管可以暂停";
        pause_title: "Pause: nothing is asked of this customer until" | "暂停：在此日期前不提示该客户";
        until: "Last day" | "截止日";
        reason: "Reason" | "理由";
        pause_note: "What is due stays due and in sight; it ends by itself." | "到期日不变，仍在清单中显示；到期自动恢复。";
        resume_title: "End the pause now?" | "现在结束暂停？";
        paused: "Paused. The list shows until when" | "已暂停，清单中会显示截止日";
        resumed: "The pause has ended" | "已结束暂停";
    }
}

impl Board {
    /// Why there is no day.
    pub const fn why(&self, reason: Unplaced) -> &'static str {
        match (self.lang, reason) {
            (Lang::En, Unplaced::NoCapacity) => "every day is full",
            (Lang::Zh, Unplaced::NoCapacity) => "各日已满",
            (Lang::En, Unplaced::Crowded) => "full of proposals",
            (Lang::Zh, Unplaced::Crowded) => "建议已排满",
            (Lang::En, Unplaced::NoWorkday) => "no workday left",
            (Lang::Zh, Unplaced::NoWorkday) => "窗口内无工作日",
            (Lang::En, Unplaced::Paused) => "paused",
            (Lang::Zh, Unplaced::Paused) => "暂停中",
        }
    }

    /// What an appointment is.
    pub const fn appointment(&self, kind: AppointmentKind) -> &'static str {
        match (self.lang, kind) {
            (Lang::En, AppointmentKind::PreLoan) => "pre-loan trip",
            (Lang::Zh, AppointmentKind::PreLoan) => "贷前调查",
            (Lang::En, AppointmentKind::Other) => "appointment",
            (Lang::Zh, AppointmentKind::Other) => "其他安排",
        }
    }

    /// `4/6 分`.
    pub fn load(&self, taken: u32, capacity: u32) -> String {
        format!("{taken}/{capacity} {}", self.lang.pick("points", "点"))
    }

    /// What an appointment takes of a day.
    pub fn takes(&self, points: u32) -> String {
        format!("{points} {}", self.lang.pick("points", "点"))
    }

    /// `已定 12 · 建议 8 · 排不下 2`, only what there is.
    pub fn sums(&self, fixed: u32, proposed: u32, unplaced: u32) -> String {
        let parts: Vec<String> =
            [(self.fixed, fixed), (self.proposed, proposed), (self.unplaced, unplaced)]
                .into_iter()
                .filter(|(_, n)| *n > 0)
                .map(|(name, n)| format!("{name} {n}"))
                .collect();
        parts.join("  ")
    }

    /// A day that the window does not hold: which days it does, and what helps.
    pub fn outside_window(&self, day: &str, from: &str, until: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "{day} is outside the window {from} to {until}: choose a workday in it, or ask for a delay (d)"
            ),
            Lang::Zh => format!(
                "{day} 不在可访窗口 {from} 至 {until} 内：请选窗口内的工作日，或按 d 申请延期"
            ),
        }
    }

    /// No free day on this side of the present one.
    pub fn no_free_day(&self, from: &str, until: &str) -> String {
        match self.lang {
            Lang::En => format!(
                "No free workday that way this month (window {from} to {until}). m sets any day of the window"
            ),
            Lang::Zh => format!(
                "本月该方向没有空闲工作日（窗口 {from} 至 {until}）。按 m 可指定窗口内任一日"
            ),
        }
    }

    /// The window of a visit.
    pub fn window(&self, from: &str, until: &str) -> String {
        match self.lang {
            Lang::En => format!("Window: {from} to {until}"),
            Lang::Zh => format!("可访窗口：{from} 至 {until}"),
        }
    }

    /// How many proposals are accepted.
    pub fn accepting(&self, count: usize) -> String {
        match self.lang {
            Lang::En => {
                let gets = if count == 1 { "gets" } else { "get" };
                format!(
                    "{} {gets} the day that is proposed. u takes it back.",
                    counted(count, "visit")
                )
            }
            Lang::Zh => format!("{count} 户按建议日期排定，可用 u 撤销。"),
        }
    }

    /// A visit that is to be set.
    pub fn set_visit(&self, name: &str, day: &str) -> String {
        match self.lang {
            Lang::En => format!("{name}: {day}"),
            Lang::Zh => format!("{name}：{day}"),
        }
    }

    /// A proposal that gives way, and where it goes.
    pub fn gives_way(&self, name: &str, due: &str, to: &str) -> String {
        match self.lang {
            Lang::En => format!("{name} (due {due}) goes to {to}"),
            Lang::Zh => format!("{name}（{due} 到期）改到 {to}"),
        }
    }

    /// A proposal that gives way, and for which the plan finds another day up to this one.
    pub fn is_replanned(&self, name: &str, due: &str, last: &str) -> String {
        match self.lang {
            Lang::En => format!("{name} (due {due}) gets another day up to {last}"),
            Lang::Zh => format!("{name}（{due} 到期）另排日期，最迟 {last}"),
        }
    }

    /// A proposal that gives way and has no other free day.
    pub fn has_no_other(&self, name: &str, due: &str) -> String {
        match self.lang {
            Lang::En => format!("{name} (due {due}) has no other free day"),
            Lang::Zh => format!("{name}（{due} 到期）没有别的空日"),
        }
    }

    /// How many were set.
    pub fn set_many(&self, count: usize) -> String {
        match self.lang {
            Lang::En => format!("{} set", counted(count, "visit")),
            Lang::Zh => format!("已排定 {count} 户"),
        }
    }

    /// A visit was set on a day that holds more than it should.
    pub fn set_over(&self, day: &str, taken: u32, capacity: u32) -> String {
        match self.lang {
            Lang::En => format!("Set on {day}, which is over capacity now: {taken}/{capacity}"),
            Lang::Zh => format!("已排定 {day}，但当日已超出容量：{taken}/{capacity}"),
        }
    }

    /// A visit was set.
    pub fn set_on(&self, day: &str) -> String {
        match self.lang {
            Lang::En => format!("Set on {day}"),
            Lang::Zh => format!("已排定 {day}"),
        }
    }

    /// Districts where visits are due.
    pub fn areas(&self, names: &str) -> String {
        match self.lang {
            Lang::En => format!("Districts of this month: {names}"),
            Lang::Zh => format!("本月涉及区域：{names}"),
        }
    }
}
