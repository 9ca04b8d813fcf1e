//! What is offered to do with photos.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::widgets::{Paragraph, Wrap};

use super::*;
use crate::domain::ids::CustomerId;
use crate::i18n::Lang;
use crate::protocol::query::GalleryOf;
use crate::ui::ctx::with_ctx;

#[test]
fn an_empty_box_offers_nothing_to_do_with_a_photo() {
    let of = GalleryOf::Customer(CustomerId::from("C1"));
    let mut gallery = Gallery::new(Photos::Of { of, item: None, open: true }, None);
    let page = GalleryPage { name: "立诚面馆".to_owned(), rows: Vec::new() };
    gallery.load(Arc::new(page));
    let photos =
        [Action::NextPhoto, Action::PreviousPhoto, Action::Closer, Action::Farther, Action::Detach];
    for action in photos {
        assert!(!gallery.offers(&action), "{action:?}");
    }
    assert!(gallery.offers(&Action::Back));
}

#[test]
fn where_there_is_no_file_the_screen_stays_in_view() {
    let of = GalleryOf::Customer(CustomerId::from("C1"));
    let mut gallery = Gallery::new(Photos::Of { of, item: None, open: true }, None);
    gallery.load(Arc::new(GalleryPage { name: "立诚面馆".to_owned(), rows: Vec::new() }));
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    with_ctx(Lang::En, |ctx| {
        let below = Paragraph::new("x".repeat(80 * 24)).wrap(Wrap { trim: false });
        let draw = |frame: &mut Frame<'_>| {
            frame.render_widget(below, frame.area());
            gallery.render(frame, frame.area(), ctx);
        };
        terminal.draw(draw).unwrap();
    });
    let shown = terminal.backend().to_string();
    assert!(shown.contains("No files are registered"), "{shown}");
    assert!(shown.lines().filter(|line| line.contains(&"x".repeat(80))).count() > 12, "{shown}");
}

#[test]
fn one_photo_is_looked_at_closer_but_there_is_no_next() {
    let mut gallery = Gallery::new(Photos::Dropped("a.jpg".to_owned()), None);
    assert!(gallery.offers(&Action::Closer) && !gallery.offers(&Action::Farther));
    assert!(!gallery.offers(&Action::NextPhoto));
    gallery.zoom = 2;
    assert!(gallery.offers(&Action::Farther));
}
