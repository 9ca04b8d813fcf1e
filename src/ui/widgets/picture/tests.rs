use super::*;

fn checker(width: u32, height: u32) -> Picture {
    let pixel = |n: u32| if (n % width + n / width).is_multiple_of(2) { [255; 3] } else { [0; 3] };
    Picture { width, height, pixels: (0..width * height).map(pixel).collect() }
}

fn drawn(picture: &Picture, area: (u16, u16), theme: &Theme) -> Buffer {
    let mut buf = Buffer::empty(Rect::new(0, 0, area.0, area.1));
    let whole = buf.area;
    draw(&mut buf, whole, picture, theme);
    buf
}

#[test]
fn two_pixels_share_a_cell() {
    let theme = Theme::default();
    let buf = drawn(&checker(4, 4), (4, 2), &theme);
    let cell = &buf[(0, 0)];
    assert_eq!(cell.symbol(), "▀");
    assert_eq!((cell.fg, cell.bg), (Color::Indexed(231), Color::Indexed(16)));
    assert_eq!((buf[(1, 0)].fg, buf[(1, 0)].bg), (Color::Indexed(16), Color::Indexed(231)));
    // In the middle of a larger area, and never beyond a smaller one.
    let buf = drawn(&checker(4, 4), (10, 6), &theme);
    assert_eq!((buf[(2, 2)].symbol(), buf[(3, 2)].symbol()), (" ", "▀"));
    drawn(&checker(40, 41), (3, 2), &theme);
    drawn(&Picture::default(), (3, 2), &theme);
}

#[test]
fn it_needs_neither_colour_nor_blocks() {
    let mono = Theme::new(Scheme::Mono, false, false);
    let white = Picture { width: 1, height: 2, pixels: vec![[255; 3]; 2] };
    let black = Picture { width: 1, height: 2, pixels: vec![[0; 3]; 2] };
    assert_eq!(drawn(&white, (1, 1), &mono)[(0, 0)].symbol(), "@");
    assert_eq!(drawn(&black, (1, 1), &mono)[(0, 0)].symbol(), " ");
    let ascii = Theme::new(Scheme::Dark, true, false);
    let buf = drawn(&checker(1, 2), (1, 1), &ascii);
    assert_eq!((buf[(0, 0)].symbol(), buf[(0, 0)].bg), (" ", Color::Indexed(244)));
    let sixteen = Theme::new(Scheme::Sixteen, false, false);
    assert_eq!(drawn(&checker(1, 2), (1, 1), &sixteen)[(0, 0)].fg, Color::White);
}

#[test]
fn colours_are_the_nearest_there_are() {
    for (pixel, wanted) in [
        ([0, 0, 0], 16),
        ([255, 255, 255], 231),
        ([255, 0, 0], 196),
        ([0, 0, 255], 21),
        ([128, 128, 128], 244),
        ([93, 96, 94], 59),
    ] {
        assert_eq!(indexed(pixel), Color::Indexed(wanted), "{pixel:?}");
    }
}
