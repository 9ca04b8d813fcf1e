use super::*;
use proptest::prelude::*;

fn any_value() -> impl Strategy<Value = Value> {
    let day =
        (0i32..40_000).prop_map(|n| NaiveDate::from_num_days_from_ce_opt(720_000 + n).unwrap());
    prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        "[a-z_]{1,8}".prop_map(Value::Choice),
        prop::collection::vec("[a-z_]{1,8}", 0..4).prop_map(Value::Multi),
        any::<i64>().prop_map(|n| Value::Number(Decimal4(n))),
        any::<i64>().prop_map(|n| Value::Money(Fen(n))),
        day.clone().prop_map(Value::Date),
        any::<String>().prop_map(Value::Text),
        (prop::option::of(day), any::<String>()).prop_map(|(until, note)| Value::Document {
            state: DocumentState::Promised,
            until,
            note
        }),
        any::<u32>().prop_map(Value::Rows),
    ]
}

proptest! {
    #[test]
    fn what_is_stored_reads_back_the_same(value in any_value()) {
        prop_assert_eq!(Value::decode(&value.encode()), Some(value));
    }

    #[test]
    fn foreign_text_is_never_a_panic(text in any::<String>()) {
        let _ = Value::decode(&text);
    }
}
