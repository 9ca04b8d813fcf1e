//! Three years of history: flags, orders, and the visits that met the duties as they fell due.
//! What should be visited comes from the planner itself, so that the demo's plan is a quiet one.

use chrono::{Days, NaiveDate};

use super::borrower::{Book, Borrower, days_before};
use super::chance::Chance;
use super::flags;
use super::row::Row;
use super::staff;
use crate::domain::customer::Line;
use crate::domain::duty::{Duty, DutyClass, DutyCode};
use crate::domain::ids::{HandoverId, TaskId, UserId, VisitId};
use crate::domain::order::{Handover, Task};
use crate::domain::visit::{Purpose, Visit, VisitClass, VisitState};
use crate::domain::workday::Workdays;
use crate::planning::{self, Policy};

/// What the planner needs.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// The policy pack.
    pub policy: &'a Policy,
    /// The holiday table.
    pub days: &'a Workdays,
}

/// How many rounds of planning it takes at most until every old duty is met: a flag asks for its
/// next visit only after the last one.
const ROUNDS: usize = 14;

/// Adds flags, orders and visits; returns their rows in the order in which they may be written.
pub(super) fn rows(
    book: &Book<'_>,
    rules: Rules<'_>,
    made: &mut Borrower,
    n: u32,
    chance: &mut Chance,
) -> Vec<Row> {
    let flags = flags::rows(book, made, n, chance);
    let orders = orders(book, rules, made, n, chance);
    let visits = visits(book, rules, made, n, chance);
    let requests = requests(book, rules, made, n, chance);
    let calls = calls(book, rules, made, chance);
    flags.into_iter().chain(orders).chain(visits).chain(requests).chain(calls).collect()
}

fn customer(made: &Borrower) -> &str {
    made.file.customer.id.as_str()
}

/// What a head wants looked at, by line.
const fn points_for(line: Option<Line>) -> &'static str {
    match line {
        Some(Line::MicroShop) => "看近三十天收款码账单\n核实欠供应商货款",
        Some(Line::PersonalConsumption) => "核实工作单位与收入\n核实其他借款",
        Some(Line::Project) => "核对工程进度与监理月报\n核实资本金到位",
        Some(Line::Corporate | Line::SmallBusiness | Line::PersonalBusiness) | None => {
            "核对在手订单与开工率\n核实应收账款前五户"
        }
    }
}

/// Directed inspections and handovers.
fn orders(
    book: &Book<'_>,
    rules: Rules<'_>,
    made: &mut Borrower,
    n: u32,
    chance: &mut Chance,
) -> Vec<Row> {
    let mut rows = Vec::new();
    let officer = made.file.customer.officer.as_str().to_owned();
    let head = staff::supervisor_of(book.people, &officer).to_owned();
    if n == 5 || n == 38 || chance.per_mille(14) {
        let issued = days_before(book.today, chance.between(2, 9));
        let due = rules.days.on_or_before(days_before(book.today, -chance.between(3, 25)));
        let class = if chance.per_mille(500) { DutyClass::Onsite } else { DutyClass::Any };
        let id = format!("Z{}", customer(made));
        let points = points_for(made.file.customer.line);
        rows.push(
            Row::of("tasks")
                .text("task_id", &id)
                .text("customer_id", customer(made))
                .date("issued_on", Some(issued))
                .date("due_on", Some(due))
                .text("class", class.as_code())
                .text("issued_by", &head)
                .text("points", points),
        );
        made.file.tasks.push(Task {
            id: TaskId(id),
            issued_on: issued,
            due_on: due,
            class,
            points: Some(points.to_owned()),
            closed_on: None,
        });
    }
    if n == 11 || chance.per_mille(12) {
        let on = days_before(book.today, chance.between(4, 200));
        let id = format!("H{}", customer(made));
        rows.push(
            Row::of("handovers")
                .text("handover_id", &id)
                .text("customer_id", customer(made))
                .text("from", staff::LEFT)
                .text("to", &officer)
                .date("on", Some(on))
                .text("witness", &head),
        );
        made.file.handovers.push(Handover {
            id: HandoverId(id),
            from: UserId::from(staff::LEFT),
            to: UserId(officer),
            on,
        });
    }
    rows
}

/// Visits that met what fell due, until nothing old is left open but what is overdue on purpose.
fn visits(
    book: &Book<'_>,
    rules: Rules<'_>,
    made: &mut Borrower,
    n: u32,
    chance: &mut Chance,
) -> Vec<Row> {
    // One customer in three may have let something slip in the last weeks.
    let slack = if chance.per_mille(320) || n == 3 { chance.between(4, 26) } else { 0 };
    let until = days_before(book.today, slack);
    let mut rows = Vec::new();
    for _ in 0..ROUNDS {
        let plan = planning::plan(&made.file, rules.policy, rules.days, book.today, book.today);
        let mut open: Vec<Duty> = plan
            .visits
            .into_iter()
            .flat_map(|v| v.duties)
            .filter(|d| d.due < until && d.opens < book.today)
            .collect();
        if open.is_empty() {
            break;
        }
        open.sort_by(|a, b| a.due.cmp(&b.due).then_with(|| a.reference.cmp(&b.reference)));
        let before = rows.len();
        while !open.is_empty() {
            let first = open.remove(0);
            let day = visit_day(&first, book.today, rules.days, chance);
            let mut served = vec![first];
            // One trip serves everything that is open on the day and falls due soon.
            open.retain(|d| {
                let joins = d.opens <= day && d.due >= day && (d.due - day).num_days() <= 45;
                if joins {
                    served.push(d.clone());
                }
                !joins
            });
            rows.extend(visit(book, made, day, &served, chance));
        }
        if rows.len() == before {
            break;
        }
    }
    rows
}

/// Calls that no duty asked for: officers ring up now and then. They lie before the last visit, where
/// they meet nothing that is still open.
fn calls(book: &Book<'_>, rules: Rules<'_>, made: &mut Borrower, chance: &mut Chance) -> Vec<Row> {
    let first = made.file.customer.onboarded_on.unwrap_or(book.today);
    let last = made.file.visits.iter().map(|visit| visit.visited_on).max().unwrap_or(first);
    let span = (last - first).num_days();
    let wanted = span * chance.between(2, 6) / 1000;
    (0..wanted)
        .filter_map(|_| {
            let day = rules.days.on_or_before(days_before(last, chance.between(1, span)));
            if day > first { visit(book, made, day, &[], chance) } else { None }
        })
        .collect()
}

/// A workday in the duty's window, a little before its end.
fn visit_day(duty: &Duty, today: NaiveDate, days: &Workdays, chance: &mut Chance) -> NaiveDate {
    let early = chance.between(0, 9);
    let wanted = days.on_or_before(days_before(duty.due, early)).max(duty.opens);
    // A window that opens on a holiday is met on its last day.
    let day = if days.is_workday(wanted) { wanted } else { duty.due.max(duty.opens) };
    day.min(days_before(today, 1)).max(duty.opens)
}

fn visit(
    book: &Book<'_>,
    made: &mut Borrower,
    day: NaiveDate,
    served: &[Duty],
    chance: &mut Chance,
) -> Option<Row> {
    let onsite = served.iter().any(|d| d.class == DutyClass::Onsite) || chance.per_mille(250);
    let (class, mark) = if onsite { (VisitClass::Onsite, 'X') } else { (VisitClass::Offsite, 'F') };
    let id = format!("V-{}-{}-{mark}", customer(made), day.format("%Y%m%d"));
    if made.file.visits.iter().any(|v| v.id.as_str() == id) {
        return None;
    }
    let mut codes: Vec<DutyCode> = served.iter().map(|d| d.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let purposes: Vec<Purpose> =
        codes.into_iter().map(|code| Purpose { code, reference: None }).collect();
    let text: Vec<String> = purposes.iter().map(ToString::to_string).collect();
    let channel =
        if onsite { "实地" } else { chance.pick(&["电话", "电话", "视频", "案头"]) };
    let submitted = day.checked_add_days(Days::new(chance.between(0, 3).unsigned_abs()));
    let submitted = submitted.unwrap_or(day).min(book.today);
    made.file.visits.push(Visit {
        id: VisitId(id.clone()),
        visited_on: day,
        submitted_on: Some(submitted),
        class,
        state: VisitState::Approved,
        purposes,
    });
    Some(
        Row::of("visits")
            .text("visit_id", &id)
            .text("customer_id", customer(made))
            .date("visited_on", Some(day))
            .date("submitted_on", Some(submitted))
            .text("class", class.as_code())
            .text("channel", channel)
            .text("officer", made.file.customer.officer.as_str())
            .text("state", VisitState::Approved.as_code())
            .text("purposes", text.join(";"))
            .text("conclusion", chance.pick(&book.names.sentences)),
    )
}

/// Requests for delay: some wait, some are decided.
fn requests(
    book: &Book<'_>,
    rules: Rules<'_>,
    made: &Borrower,
    n: u32,
    chance: &mut Chance,
) -> Vec<Row> {
    if n != 3 && n != 17 && !chance.per_mille(9) {
        return Vec::new();
    }
    let to = days_before(book.today, -40);
    let plan = planning::plan(&made.file, rules.policy, rules.days, book.today, to);
    let Some(duty) = plan.visits.first().and_then(|v| v.duties.first()) else { return Vec::new() };
    let officer = made.file.customer.officer.as_str();
    let approved = chance.per_mille(500);
    let head = staff::supervisor_of(book.people, officer);
    let new_due = rules.days.plus_workdays(duty.due.max(book.today), 10);
    let row = Row::of("requests")
        .text("request_id", format!("S{}", customer(made)))
        .text("customer_id", customer(made))
        .text("code", duty.code.as_code())
        .text("ref", &duty.reference)
        .date("raw_due", Some(duty.raw_due))
        .text("kind", "delay")
        .date("new_due", Some(new_due))
        .text("reason", "实际控制人出差，约定返回后面谈")
        .text("requested_by", officer);
    let row = if approved {
        row.text("decided_by", head)
            .date("decided_on", Some(book.today))
            .text("decision", "approved")
    } else {
        row
    };
    vec![row]
}
