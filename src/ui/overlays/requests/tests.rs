use super::*;
use crate::domain::ids::RequestId;
use crate::domain::order::RequestKind;
use crate::i18n::{Catalog, Lang};
use crate::ui::key::Key;
use crate::ui::theme::{Scheme, Theme};

fn request(bundle: &str) -> RequestEntry {
    RequestEntry {
        bundle: RequestId::from(bundle),
        customer: format!("C-{bundle}").as_str().into(),
        name: bundle.to_owned(),
        kind: RequestKind::Delay,
        codes: Vec::new(),
        due: "2026-11-20".parse().unwrap(),
        new_due: None,
        ground: None,
        reason: String::new(),
        interim: String::new(),
        by: String::new(),
        at: String::new(),
        own: false,
        revision: 3,
        decision: None,
        decided: None,
    }
}

fn page(bundles: &[&str]) -> Arc<RequestsPage> {
    let rows = bundles.iter().map(|bundle| request(bundle)).collect();
    Arc::new(RequestsPage { rows, counts: Vec::new(), grounds: Vec::new() })
}

/// While a reason is typed somebody else decides the request, and its row goes: the decision must not
/// hit the row that has come into its place.
#[test]
fn fresh_pages_never_change_what_is_decided() {
    let theme = Theme::new(Scheme::Mono, false, false);
    let now = chrono::DateTime::parse_from_rfc3339("2026-11-23T09:00:00+08:00").unwrap();
    let text = Catalog::of(Lang::Zh);
    let (lang, today) = (Lang::Zh, now.date_naive());
    let ctx = Ctx { text, lang, theme: &theme, now, today, home: None };
    for begin in [Action::Approve, Action::ReturnRecord] {
        let mut requests = Requests::default();
        requests.load(page(&["R1", "R2", "R3"]));
        requests.on_action(&Action::Next, &ctx);
        requests.on_action(&begin, &ctx);
        requests.on_key(Key::char('x'));
        requests.load(page(&["R1", "R3"]));
        let step = requests.on_action(&Action::Accept, &ctx);
        let decided = Command::Request(RequestCommand::Decide {
            bundle: RequestId::from("R2"),
            seen: 3,
            approve: begin == Action::Approve,
            note: "x".to_owned(),
        });
        assert_eq!(step.actions, [Action::apply(decided)]);
    }
}

#[test]
fn a_line_that_is_typed_offers_no_list_to_move_in() {
    crate::ui::ctx::with_ctx(Lang::Zh, |ctx| {
        let mut requests = Requests::default();
        requests.load(page(&["R1", "R2"]));
        let typing = |requests| {
            let overlay = crate::ui::overlays::Overlay::Requests(requests);
            [Action::Next, Action::Previous, Action::Accept].map(|action| overlay.offers(&action))
        };
        requests.on_action(&Action::Approve, ctx);
        assert!(requests.is_typing());
        assert_eq!(typing(requests), [false, false, true]);
        let mut list = Requests::default();
        list.load(page(&["R1", "R2"]));
        assert_eq!(typing(list), [true, true, true]);
    });
}
