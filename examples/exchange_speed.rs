use huifang::access::Actor;
use huifang::assets::Packs;
use huifang::cli::import::{Context, Options, run};
use huifang::domain::user::Role;
use huifang::i18n::Lang;
use huifang::store::*;
use std::sync::Arc;
fn rss() -> String {
    std::fs::read_to_string("/proc/self/status")
        .unwrap()
        .lines()
        .filter(|l| l.starts_with("VmHWM") || l.starts_with("RssAnon"))
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .join(" ")
}
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let actor = Actor {
        user: "ops".into(),
        name: "ops".into(),
        role: Role::Admin,
        branch: String::new(),
        os_user: "o".into(),
        session: "s".into(),
        operator: true,
    };
    let now = {
        use huifang::clock::{Clock, SystemClock};
        SystemClock.now()
    };
    let mut store =
        Store::open(std::path::Path::new(&args[1]), Arc::new(Packs::default()), Mode::Create)
            .unwrap();
    let t = std::time::Instant::now();
    if args[2] == "export" {
        let o = huifang::cli::export::Options {
            what: args[3].clone(),
            out: args[4].clone().into(),
            ..Default::default()
        };
        let n = huifang::cli::export::run(
            &o,
            huifang::cli::export::Context {
                store: &mut store,
                actor: &actor,
                now,
                lang: Lang::En,
                due: &|_| Ok(vec![]),
            },
        )
        .unwrap();
        eprintln!("export {n} rows {:?} {}", t.elapsed(), rss());
        return;
    }
    let mut o = Options { source: args[2].clone().into(), ..Default::default() };
    o.taking.create_users = true;
    o.taking.accept_valid = args.len() > 3;
    let r = run(
        &o,
        Context {
            store: &mut store,
            actor: &actor,
            now,
            lang: Lang::En,
            json: false,
            out: &mut std::io::stdout(),
            progress: &mut |_| {},
        },
    );
    match r {
        Ok(s) => eprintln!("status {s} {:?} {}", t.elapsed(), rss()),
        Err(e) => eprintln!("{:?} {:?}", e, e.sentence(Lang::En)),
    }
}
