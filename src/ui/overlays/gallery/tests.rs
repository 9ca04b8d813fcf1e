//! What is offered to do with photos.

use super::*;
use crate::domain::ids::CustomerId;
use crate::protocol::query::GalleryOf;

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
fn one_photo_is_looked_at_closer_but_there_is_no_next() {
    let mut gallery = Gallery::new(Photos::Dropped("a.jpg".to_owned()), None);
    assert!(gallery.offers(&Action::Closer) && !gallery.offers(&Action::Farther));
    assert!(!gallery.offers(&Action::NextPhoto));
    gallery.zoom = 2;
    assert!(gallery.offers(&Action::Farther));
}
