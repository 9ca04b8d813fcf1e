use super::*;
use crate::domain::picture::View;
use crate::protocol::query::PictureOf;

fn picture() -> Picture {
    let pixels = (0..10_u8).flat_map(|y| (0..8_u8).map(move |x| [x * 36, y * 28, 0])).collect();
    Picture { width: 8, height: 10, pixels }
}

fn placed(x: u16, picture: Picture) -> Placed {
    let view = View { cells: (1, 1), dots: (8, 16), zoom: 1, middle: (500, 500) };
    let what = PictureOf::Stored("s".to_owned());
    let page = Arc::new(PicturePage { what, view, picture: Ok(picture) });
    Placed { area: Rect { x, y: 2, width: 4, height: 3 }, page }
}

/// Reads sixels again: the colour of each pixel in hundredths.
fn decode(bytes: &[u8], width: usize, height: usize) -> Vec<Option<[u8; 3]>> {
    let text = std::str::from_utf8(bytes).unwrap();
    let (_, body) = text.split_once('q').unwrap();
    let body = body.strip_suffix("\u{1b}\\").unwrap();
    let body = body.strip_prefix(&format!("\"1;1;{width};{height}")).unwrap();
    let mut colours = vec![[0_u8; 3]; 256];
    let mut pixels = vec![None; width * height];
    let (mut x, mut top, mut colour) = (0, 0, 0);
    let mut rest = body.chars().peekable();
    while let Some(c) = rest.next() {
        let mut numbers = || {
            let mut digits = String::new();
            while let Some(c) = rest.next_if(|c| c.is_ascii_digit() || *c == ';') {
                digits.push(c);
            }
            digits.split(';').map(|n| n.parse().unwrap()).collect::<Vec<usize>>()
        };
        let (times, sixel) = match c {
            '#' => {
                let said = numbers();
                colour = said[0];
                if let [_, 2, parts @ ..] = said.as_slice() {
                    colours[colour] = [0, 1, 2].map(|n| u8::try_from(parts[n]).unwrap());
                }
                continue;
            }
            '$' => {
                x = 0;
                continue;
            }
            '-' => {
                (x, top) = (0, top + 6);
                continue;
            }
            '!' => (numbers()[0], rest.next().unwrap()),
            c => (1, c),
        };
        let bits = u8::try_from(sixel).unwrap() - b'?';
        for _ in 0..times {
            for y in (0..6).filter(|y| bits & (1 << y) != 0) {
                pixels[(top + y) * width + x] = Some(colours[colour]);
            }
            x += 1;
        }
    }
    pixels
}

#[test]
fn every_pixel_has_one_colour_within_a_step_of_its_own() {
    let mut out = Vec::new();
    sixel::encode(&picture(), &mut out);
    let found = decode(&out, 8, 10);
    for (pixel, shown) in picture().pixels.iter().zip(&found) {
        let shown = shown.expect("no pixel is left out");
        for (part, hundredths) in pixel.iter().zip(shown) {
            let gap = (i32::from(*part) * 100 / 255 - i32::from(hundredths)).abs();
            assert!(gap <= 20, "{pixel:?} {shown:?}");
        }
    }
}

#[test]
fn a_picture_is_drawn_once_and_taken_away_as_its_protocol_wants() {
    let dots = (8, 16);
    let mut canvas = Canvas::new(Some(Pixels { protocol: Protocol::Kitty, dots }));
    let first = placed(5, picture());
    let drawn = canvas.follow(Some(&first));
    assert!(!drawn.anew);
    let text = String::from_utf8(drawn.bytes).unwrap();
    assert!(
        text.starts_with("\u{1b}7\u{1b}[3;6H\u{1b}_Ga=T,f=100,i=1,q=2,C=1,c=4,r=3,m=0;"),
        "{text}"
    );
    assert!(text.ends_with("\u{1b}\\\u{1b}8"), "{text}");
    assert_eq!(canvas.follow(Some(&first)), Stroke::default(), "it lies there");
    let away = canvas.follow(None);
    assert_eq!((away.anew, away.bytes.as_slice()), (false, KITTY_AWAY));
    assert_eq!(canvas.follow(None), Stroke::default());

    let mut canvas = Canvas::new(Some(Pixels { protocol: Protocol::Sixel, dots }));
    let drawn = canvas.follow(Some(&first));
    assert!(!drawn.anew && drawn.bytes.starts_with(b"\x1b7\x1b[3;6H\x1bP0;1;0q"));
    let moved = canvas.follow(Some(&placed(6, picture())));
    assert!(moved.anew && moved.bytes.starts_with(b"\x1b7\x1b[3;7H"), "the old one goes first");
    assert_eq!(canvas.follow(None), Stroke { anew: true, bytes: Vec::new() });
    canvas.follow(Some(&first));
    canvas.forget();
    assert!(!canvas.follow(Some(&first)).bytes.is_empty(), "a cleared screen is drawn again");

    let mut canvas = Canvas::new(None);
    assert_eq!(canvas.follow(Some(&first)), Stroke::default());
}

#[test]
fn a_large_picture_goes_in_parts_that_say_whether_more_follows() {
    let noise = |n: u32| {
        let mixed = (n ^ (n >> 7)).wrapping_mul(2_654_435_761);
        [mixed >> 24, mixed >> 16, mixed >> 8].map(|part| u8::try_from(part & 255).unwrap())
    };
    let pixels = (0..200 * 100).map(noise).collect();
    let mut out = Vec::new();
    let area = Rect { x: 0, y: 0, width: 40, height: 20 };
    kitty(&Picture { width: 200, height: 100, pixels }, area, &mut out);
    let text = String::from_utf8(out).unwrap();
    let parts: Vec<&str> = text.split_terminator("\u{1b}\\").collect();
    assert!(parts.len() > 2, "{}", parts.len());
    let mut file = String::new();
    for (n, part) in parts.iter().enumerate() {
        let (head, body) = part.strip_prefix("\u{1b}_G").unwrap().split_once(';').unwrap();
        assert!(body.len() <= PART);
        assert_eq!(head.ends_with("m=1"), n + 1 < parts.len(), "{head}");
        file.push_str(body);
    }
    let file = STANDARD.decode(file).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut bytes).unwrap();
    assert_eq!(&bytes[..3], noise(0).as_slice());
    assert_eq!(bytes.len(), 200 * 100 * 3);
}
