use super::*;
use crate::store::tests::Branch;

fn set(present: Option<&str>, new: &str) -> Command {
    Command::Pin(PinCommand::Set { present: present.map(Pin::new), new: Pin::new(new) })
}

fn unlock(pin: &str) -> Command {
    Command::Pin(PinCommand::Unlock { pin: Pin::new(pin) })
}

const RIGHT: Result<Outcome, Refusal> = Ok(Outcome::Pin { right: true, left: TRIES });

const fn wrong(left: u32) -> Outcome {
    Outcome::Pin { right: false, left }
}

fn no_pin() -> Result<Outcome, Refusal> {
    let state = "no_pin".to_owned();
    Err(Refusal::WrongState { state })
}

#[test]
fn it_is_set_changed_and_opens() {
    let mut branch = Branch::new();
    assert_eq!(branch.run("zhang", unlock("192837")), no_pin());
    assert_eq!(branch.run("zhang", set(None, "192837")), RIGHT);
    assert_eq!(branch.run("zhang", unlock("192837")), RIGHT);
    // The present one is asked for, and it is hers alone.
    assert_eq!(branch.run("zhang", set(None, "564738")), Ok(wrong(4)));
    assert_eq!(branch.run("zhang", set(Some("192837"), "564738")), RIGHT);
    assert_eq!(branch.run("zhang", unlock("192837")), Ok(wrong(4)));
    assert_eq!(branch.run("zhang", unlock("564738")), RIGHT);
    assert_eq!(branch.run("li", unlock("564738")), no_pin());
    let short = Err(Refusal::Invalid { field: "pin", why: "pin_short" });
    assert_eq!(branch.run("li", set(None, "123")), short);
}

#[test]
fn wrong_ones_are_counted_until_a_right_one_whatever_the_session() {
    let mut branch = Branch::new();
    branch.run("zhang", set(None, "192837")).unwrap();
    for left in [4, 3, 2, 1, 0, 0] {
        assert_eq!(branch.run("zhang", unlock("000001")), Ok(wrong(left)));
    }
    assert_eq!(branch.run("zhang", unlock("192837")), RIGHT);
    assert_eq!(branch.run("zhang", unlock("000001")), Ok(wrong(4)));
}

#[test]
fn a_forgotten_one_is_taken_away_by_the_administrator() {
    let mut branch = Branch::new();
    branch.run("zhang", set(None, "192837")).unwrap();
    let reset = || Command::Pin(PinCommand::Reset { user: UserId::from("zhang") });
    for who in ["zhang", "wang", "audit"] {
        assert_eq!(branch.run(who, reset()), Err(Refusal::NotAllowed), "{who}");
    }
    assert_eq!(branch.run("admin", reset()), Ok(Outcome::Plain));
    assert_eq!(branch.run("admin", reset()), no_pin());
    assert_eq!(branch.run("zhang", set(None, "564738")), RIGHT);
}

#[test]
fn the_journal_tells_that_and_never_what() {
    let mut branch = Branch::new();
    branch.run("zhang", set(None, "192837")).unwrap();
    branch.run("zhang", unlock("564738")).unwrap();
    let rows = branch.text("SELECT group_concat(command || after, ' ') FROM journal WHERE seq > 1");
    assert_eq!(rows, r#"set_pin{"result":"set"} unlock{"result":"wrong","left":4}"#);
    let all = branch.text("SELECT group_concat(sealed) FROM pins");
    assert!(all.starts_with("argon2id:") && !all.contains("192837"), "{all}");
}

#[test]
fn a_second_try_of_the_same_write_opens_nothing() {
    let mut branch = Branch::new();
    branch.run("zhang", set(None, "192837")).unwrap();
    let op = crate::domain::ids::OpId::from("again");
    let actor = crate::store::tests::actor("zhang");
    let now = crate::store::tests::day(0);
    assert_eq!(branch.store.apply(&actor, now, &op, &unlock("192837")), RIGHT);
    assert_eq!(branch.store.apply(&actor, now, &op, &unlock("192837")), Ok(Outcome::Plain));
}
