//! Talks as files: what is read of them, and what is refused.

use super::*;

#[test]
fn transcripts_lose_numbers_and_times() {
    use transcript::{Cue, Layout, cues};
    let cue = |at: &str, text: &str| Cue { at: at.to_owned(), text: text.to_owned() };
    let srt = "1\r\n00:00:01,000 --> 00:00:03,000\r\n工厂停产了\r\n两个月\r\n\r\n2\r\n00:01:05,250 --> 00:01:06,000\r\n好的\r\n\r\n还有呢\r\n";
    assert_eq!(
        cues(srt, Layout::Srt).unwrap(),
        [cue("00:00:01", "工厂停产了两个月"), cue("00:01:05", "好的\n还有呢")]
    );
    let vtt = "WEBVTT - talk\n\nNOTE nothing\n\nfirst\n00:05.000 --> 00:06.000 align:start\n<v Zhang>停产 <i>3</i> 天\n";
    assert_eq!(cues(vtt, Layout::Vtt).unwrap(), [cue("00:05", "停产 3 天")]);
    // Without an empty line behind the header, what stands before the first time belongs to it.
    let tight =
        "WEBVTT\nKind: captions\n00:05.000 --> 00:06.000\n停产\n\n00:07.000 --> 00:08.000\n好\n";
    assert_eq!(cues(tight, Layout::Vtt).unwrap(), [cue("00:05", "停产"), cue("00:07", "好")]);
    // Nor are empty lines needed between cues: a time begins one, with the number just before it.
    let dense = "1\n00:00:01,000 --> 00:00:03,000\n工厂停产了\n两个月\n2\n00:01:05,250 --> 00:01:06,000\n\
        3\n00:01:07,000 --> 00:01:08,000\n好的\n";
    assert_eq!(
        cues(dense, Layout::Srt).unwrap(),
        [cue("00:00:01", "工厂停产了两个月"), cue("00:01:07", "好的")]
    );
    let dense = "WEBVTT\n00:05.000 --> 00:06.000\n停产\n三天\n00:07.000 --> 00:08.000\n好\n";
    assert_eq!(cues(dense, Layout::Vtt).unwrap(), [cue("00:05", "停产三天"), cue("00:07", "好")]);
    assert_eq!(cues("a --> b", Layout::Plain).unwrap(), [cue("", "a --> b")]);
}

#[test]
fn what_is_no_transcript_is_refused_with_its_line() {
    use crate::domain::heard::TalkFault;
    use transcript::{Layout, Unread, cues};
    let good = "1\n00:00:01,000 --> 00:00:03,000\n停产\n\n";
    let cases = [
        ("", Layout::Plain, 1, TalkFault::Empty),
        (" \n\n", Layout::Srt, 1, TalkFault::Empty),
        ("1\n00:00:01,000 --> 00:00:03,000\n", Layout::Srt, 1, TalkFault::Empty),
        ("1\nnotatime\nxx\n", Layout::Srt, 2, TalkFault::NoTime),
        ("停产了\n", Layout::Srt, 1, TalkFault::NoTime),
        ("1\n00:00:09,000 --> 00:00:03,000\n停产\n", Layout::Srt, 2, TalkFault::NoTime),
        ("1\n00:00:09,050 --> 00:00:09,040\n停产\n", Layout::Srt, 2, TalkFault::NoTime),
        ("1\nsoon --> later\n停产\n", Layout::Srt, 2, TalkFault::NoTime),
        ("1\n00:01,000 --> later\n停产\n", Layout::Srt, 2, TalkFault::NoTime),
        (&format!("{good}2\n停产\n"), Layout::Srt, 6, TalkFault::NoTime),
        (
            &format!("{}\n2\nlater --> soon\n停产\n", good.trim_end()),
            Layout::Srt,
            5,
            TalkFault::NoTime,
        ),
        ("hello", Layout::Vtt, 1, TalkFault::NoHeader),
        (good, Layout::Vtt, 1, TalkFault::NoHeader),
        ("WEBVTT\n\n停产了\n", Layout::Vtt, 3, TalkFault::NoTime),
        ("WEBVTT\n", Layout::Vtt, 1, TalkFault::Empty),
    ];
    for (text, layout, line, why) in cases {
        assert_eq!(cues(text, layout), Err(Unread { line, why }), "{text}");
    }
}

proptest! {
    /// Whatever the text: spans lie within it, in order, and none is empty.
    #[test]
    fn spans_lie_within_the_text(text in "[停产没有未，。a-c 0-9万元年月日.,如果\\PC]{0,60}") {
        let lexicon = shared().unwrap();
        let length = text.chars().count();
        let found = lexicon.scan(&text);
        for finding in &found {
            prop_assert!(finding.start < finding.end && finding.end <= length);
        }
        prop_assert!(found.windows(2).all(|pair| pair[0].start <= pair[1].start));
    }
}
