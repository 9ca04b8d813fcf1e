//! An event outside that concerns a few customers of the demo. What the store refuses is left out.

use chrono::{DateTime, Days, FixedOffset};

use super::Recipe;
use super::staff::actor;
use crate::domain::event::EventKind;
use crate::domain::ids::OpId;
use crate::domain::user::Role;
use crate::protocol::command::{Command, EventCommand, NewEvent};
use crate::store::Store;

/// How many days ago it was entered, how many days before that it happened, and in how many days from
/// today its customers are to be looked at.
const ENTERED: i64 = 9;
const KNOWN_AFTER: u64 = 3;
const LEFT: u64 = 5;

/// Enters it as the supervisor did.
pub(super) fn make(store: &mut Store, recipe: Recipe, now: DateTime<FixedOffset>) {
    let head = actor("lifang", Role::Supervisor);
    let Some(at) = recipe.moment(ENTERED, now) else { return };
    let happened = at.date_naive().checked_sub_days(Days::new(KNOWN_AFTER));
    let due = recipe.today.checked_add_days(Days::new(LEFT));
    let Some((happened_on, due_on)) = happened.zip(due) else { return };
    let event = NewEvent {
        kind: EventKind::Policy,
        title: "挥发性有机物排放新标准施行".to_owned(),
        change: None,
        happened_on,
        industries: ["医药", "印刷", "家具"].map(str::to_owned).to_vec(),
        districts: vec!["高新区".to_owned(), "江北区".to_owned()],
        drivers: Vec::new(),
        points: "排放是否达标、治理设备投入、限产安排和订单交付".to_owned(),
        due_on,
    };
    let command = Command::Event(EventCommand::Add(Box::new(event)));
    if let Err(why) = store.apply(&head, at, &OpId("demo-event".to_owned()), &command) {
        tracing::debug!(?why, "demo event left out");
    }
}
