//! Figures, policies, holidays, PINs, the end of what is kept.

use super::super::world::today;
use super::{Row, WORDS, matrix};
use crate::domain::cockpit::Grouping;
use crate::domain::pin::Pin;
use crate::domain::portfolio_by::PortfolioBy;
use crate::protocol::command::{
    CardCommand, CockpitCommand, Command, FigureOrder, HolidayCommand, PinCommand, PolicyCommand,
    PortfolioOrder, RetentionCommand,
};
use crate::protocol::report::ReportLang;
use chrono::Days;

matrix! {
    cockpit_rows, cockpit_name: CockpitCommand;
    CockpitCommand::CloseMonth { .. } => "close_month", false, "wang far", |_| {
        Command::Cockpit(CockpitCommand::CloseMonth { month: today() - Days::new(31) })
    };
    CockpitCommand::Export { .. } => "export_figures", false, "zhang li wang risk law audit far", |_| {
        let order = FigureOrder {
            by: Grouping::Officer,
            month: today(),
            lang: ReportLang::Chinese,
        };
        Command::Cockpit(CockpitCommand::Export { order, made: None })
    };
    CockpitCommand::ExportPortfolio { .. } => "export_portfolio", false, "zhang li wang risk law audit far", |_| {
        let (by, lang) = (PortfolioBy::Strategy, ReportLang::Chinese);
        let order = PortfolioOrder { by, part: None, lang };
        Command::Cockpit(CockpitCommand::ExportPortfolio { order, made: None })
    };
}

matrix! {
    policy_rows, policy_name: PolicyCommand;
    PolicyCommand::Propose { .. } => "propose_policy", false, "wang risk far", |_| Command::Policy(PolicyCommand::Propose {
        content: "x = 1".to_owned(),
        reason: WORDS.to_owned(),
    });
    PolicyCommand::Decide { .. } => "decide_policy", false, "", |_| Command::Policy(PolicyCommand::Decide {
        policy: "nothing@1".to_owned(),
        sha256: "0".repeat(64),
        activate: true,
        reason: WORDS.to_owned(),
    });
}

matrix! {
    card_rows, card_name: CardCommand;
    CardCommand::Propose { .. } => "propose_card", false, "wang risk far", |_| Command::Card(CardCommand::Propose {
        content: "x = 1".to_owned(),
        reason: WORDS.to_owned(),
    });
    CardCommand::Decide { .. } => "decide_card", false, "", |_| Command::Card(CardCommand::Decide {
        card: "nothing@1".to_owned(),
        sha256: "0".repeat(64),
        activate: true,
        reason: WORDS.to_owned(),
    });
    CardCommand::Retire { .. } => "retire_card", false, "", |_| Command::Card(CardCommand::Retire {
        card: "nothing@1".to_owned(),
        reason: WORDS.to_owned(),
    });
}

matrix! {
    holidays_rows, holidays_name: HolidayCommand;
    HolidayCommand::Add { .. } => "add_holidays", false, "admin", |_| Command::Holidays(HolidayCommand::Add {
        content: "year = 2027".to_owned(),
    });
    HolidayCommand::Remove { .. } => "remove_holidays", false, "", |_| Command::Holidays(HolidayCommand::Remove {
        year: 2027,
        reason: WORDS.to_owned(),
    });
}

matrix! {
    retention_rows, retention_name: RetentionCommand;
    RetentionCommand::Propose { .. } => "propose_erasure", false, "law", |_| {
        Command::Retention(RetentionCommand::Propose { reason: WORDS.to_owned() })
    };
    RetentionCommand::Decide { .. } => "decide_erasure", true, "wang law", |ids| {
        Command::Retention(RetentionCommand::Decide {
            erasure: ids.erasure.clone(),
            agree: true,
            note: WORDS.to_owned(),
        })
    };
    // Whose it is not is told nothing more.
    RetentionCommand::Withdraw { .. } => "withdraw_erasure", true, "law", |ids| {
        Command::Retention(RetentionCommand::Withdraw { erasure: ids.erasure.clone() })
    };
    RetentionCommand::Hold { .. } => "hold", true, "law", |ids| {
        Command::Retention(RetentionCommand::Hold {
            customer: ids.customer.clone(),
            reason: WORDS.to_owned(),
        })
    };
    RetentionCommand::Release { .. } => "release_hold", true, "law", |ids| {
        Command::Retention(RetentionCommand::Release {
            customer: ids.customer.clone(),
            reason: WORDS.to_owned(),
        })
    };
}

matrix! {
    pin_rows, pin_name: PinCommand;
    PinCommand::Set { .. } => "set_pin", false, "zhang li wang risk law audit admin far", |_| {
        Command::Pin(PinCommand::Set { present: None, new: Pin::new("192837") })
    };
    // Of a PIN that is not set nobody is told more than that.
    PinCommand::Unlock { .. } => "unlock", false, "zhang li wang risk law audit admin far", |_| {
        Command::Pin(PinCommand::Unlock { pin: Pin::new("192837") })
    };
    PinCommand::Vouch { .. } => "vouch", true, "wang risk law", |ids| {
        Command::Pin(PinCommand::Vouch { pin: Pin::new("192837"), visit: ids.sent.clone() })
    };
    PinCommand::Reset { .. } => "reset_pin", false, "admin", |ids| {
        Command::Pin(PinCommand::Reset { user: ids.officer.clone() })
    };
}
