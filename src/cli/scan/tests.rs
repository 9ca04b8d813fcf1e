use std::io::{Read as _, repeat};

use super::*;

#[test]
fn a_text_that_is_too_long_is_refused_and_not_cut() {
    let path = Path::new("talk.txt");
    let read = whole(repeat(b'a').take(MOST), path).unwrap();
    assert_eq!(u64::try_from(read.len()), Ok(MOST));
    let fault = whole(repeat(b'a').take(MOST + 1), path).unwrap_err();
    assert!(matches!(fault, Fault::Talk { line: 1, why: TalkFault::TooLong, .. }), "{fault}");
}
