//! `huifang backtest`: what signals and scores foretold, once there are outcomes enough.

use serde_json::json;

use super::args::Format;
use super::fault::Fault;
use super::session::{Desk, Io, Session, Want};
use super::table::{Sheet, document};
use crate::assets::{backtest as pack, signals};
use crate::i18n::{Catalog, scan, score};
use crate::risk::backtest::{Scores, SignalResult, scores, signals as judge};

/// Prints signals, then scores by quarter.
pub fn run(desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    let faulty = |fault: crate::form::Fault| Fault::Pack(fault.to_string());
    let rules = pack::load().map_err(faulty)?;
    let names = signals::shared().map_err(faulty)?;
    let session = Session::batch(desk, Want::Read)?;
    let today = session.today();
    let material = session.store.backtest(&session.actor, today, rules.late_days)?;
    let machine = format == Format::Json;
    let t = &Catalog::of(desk.lang).backtest;
    let mut of_signals = Sheet::new(&[
        ("signal", t.signal),
        ("raised", t.raised),
        ("confirmed", t.confirmed),
        ("ripe", t.ripe),
        ("true", t.came_true),
        ("precision", t.precision),
        ("days_ahead", t.days_ahead),
    ]);
    for one in judge(&material.raised, &material.events, &rules, today) {
        let name =
            if machine { one.signal.clone() } else { scan::signal(desk.lang, &one.signal, &names) };
        let share = precision(&one);
        let told = match (share, machine) {
            (Some(share), true) => json!(share),
            (Some(share), false) => json!(score::percent(share)),
            (None, true) => json!(null),
            (None, false) => json!(t.too_few),
        };
        of_signals.push(vec![
            json!(name),
            json!(one.raised),
            json!(one.confirmed),
            json!(one.ripe),
            json!(one.true_ones),
            told,
            json!(share.and(one.days_ahead)),
        ]);
    }
    let mut of_scores = Sheet::new(&[
        ("quarter", t.quarter),
        ("grade", t.grade),
        ("customers", t.customers),
        ("predicted", t.predicted),
        ("events", t.events),
        ("observed", t.observed),
    ]);
    let judged = scores(&material.stood, &material.events, &rules, today);
    if let Scores::Known(results) = &judged {
        for one in results {
            let observed = f64::from(one.events) / f64::from(one.customers.max(1));
            let share = |n: f64| if machine { json!(n) } else { json!(score::percent(n)) };
            of_scores.push(vec![
                json!(one.quarter.to_string()),
                json!(one.grade.to_string()),
                json!(one.customers),
                share(one.predicted),
                json!(one.events),
                share(observed),
            ]);
        }
    }
    if machine {
        let early = matches!(judged, Scores::TooEarly(..));
        let all = json!({
            "pack": rules.id,
            "signals": of_signals.value(),
            "scores": of_scores.value(),
            "scores_too_early": early,
        });
        return Ok(document(&all, io.out)?);
    }
    if of_signals.is_empty() {
        writeln!(io.out, "{}", t.no_signals)?;
    } else {
        of_signals.text(io.out)?;
    }
    writeln!(io.out)?;
    match judged {
        Scores::TooEarly(known, least) => writeln!(io.out, "{}", t.too_early(known, least))?,
        Scores::Known(_) => of_scores.text(io.out)?,
    }
    let note = if rules.verified { "" } else { t.unverified };
    writeln!(io.out, "\n{}", t.rules(rules.horizon_days, rules.late_days, note))?;
    Ok(())
}

/// Share that came true, where there are enough of them to tell.
fn precision(of: &SignalResult) -> Option<f64> {
    of.enough.then(|| f64::from(of.true_ones) / f64::from(of.ripe.max(1)))
}
