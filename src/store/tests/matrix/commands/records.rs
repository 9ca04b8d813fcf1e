//! The co-inspector, and the customer's own words.

use super::super::world::today;
use super::{Row, WORDS, matrix};
use crate::domain::conduct::Stand;
use crate::domain::ids::UserId;
use crate::protocol::command::{Command, Conduct};

matrix! {
    conduct_rows, conduct_name: Conduct;
    Conduct::AskSecond { .. } => "ask_second", true, "zhang", |ids| Command::Conduct(Conduct::AskSecond {
        visit: ids.visit.clone(),
        user: Some(UserId::from("li")),
        seen: 0,
    });
    // Only whoever was asked: nobody here.
    Conduct::SignSecond { .. } => "sign_second", true, "", |ids| Command::Conduct(Conduct::SignSecond {
        visit: ids.visit.clone(),
        stand: Stand::Agree,
        opinion: WORDS.to_owned(),
        content_hash: ids.hash.clone(),
        seen: 1,
    });
    Conduct::TakeQuestionnaire { .. } => "take_questionnaire", true, "zhang", |ids| Command::Conduct(Conduct::TakeQuestionnaire {
        visit: ids.visit.clone(),
        version: 1,
        pack: "x".to_owned(),
        by: WORDS.to_owned(),
        on: today(),
        answers: Vec::new(),
    });
    Conduct::DecideDeclared { .. } => "decide_declared", true, "", |ids| Command::Conduct(Conduct::DecideDeclared {
        visit: ids.visit.clone(),
        item: "conclusion".to_owned(),
        take: true,
        seen: 0,
    });
}
