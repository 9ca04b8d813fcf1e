//! The people of the demo branches: a few officers for a small book, forty for a large one.

use super::chance::Chance;
use super::row::Row;
use crate::access::Actor;
use crate::domain::ids::UserId;
use crate::domain::user::Role;

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    /// Login name.
    pub(super) id: String,
    /// Name for people.
    pub(super) name: String,
    /// Role.
    pub(super) role: Role,
    /// Branch.
    pub(super) branch: &'static str,
}

/// Customers above which a book is large.
const LARGE: u32 = 1_000;
const BRANCHES: [&str; 8] = [
    "城东支行",
    "江北支行",
    "城西支行",
    "高新支行",
    "滨湖支行",
    "老城支行",
    "港口支行",
    "会展支行",
];
/// The officers and heads of a small book; the first officer is the one whose desk the demo opens.
const SMALL: [(&str, &str, Role, usize); 9] = [
    ("zhangwei", "张伟", Role::Officer, 0),
    ("wangfang", "王芳", Role::Officer, 0),
    ("chenjing", "陈静", Role::Officer, 0),
    ("liuyang", "刘洋", Role::Officer, 1),
    ("zhaomin", "赵敏", Role::Officer, 1),
    ("lifang", "李芳", Role::Supervisor, 0),
    ("sunhao", "孙浩", Role::Supervisor, 1),
    ("zhouqiang", "周强", Role::Risk, 0),
    ("hupeng", "胡鹏", Role::Supervisor, 0),
];
const OFFICE: [(&str, &str, Role); 3] = [
    ("wumei", "吴梅", Role::Compliance),
    ("zhenghua", "郑华", Role::Auditor),
    ("admin", "系统管理员", Role::Admin),
];

/// The login name that the demo opens as.
pub const fn login(role: Role) -> &'static str {
    match role {
        Role::Officer => "zhangwei",
        Role::Supervisor => "lifang",
        Role::Risk => "zhouqiang",
        Role::Compliance => "wumei",
        Role::Auditor => "zhenghua",
        Role::Admin => "admin",
    }
}

/// A member of staff of the small book, signed in to do in the demo what she does at her desk.
pub(super) fn actor(user: &str, role: Role) -> Actor {
    let people = people(1);
    let person = people.iter().find(|p| p.id == user);
    Actor {
        user: UserId::from(user),
        name: person.map(|p| p.name.clone()).unwrap_or_default(),
        role,
        branch: person.map(|p| p.branch.to_owned()).unwrap_or_default(),
        os_user: String::from("demo"),
        session: format!("demo-{user}"),
        operator: false,
    }
}

/// Everybody, those of the small book first.
pub(super) fn people(customers: u32) -> Vec<Person> {
    let person = |id: &str, name: &str, role, branch: usize| Person {
        id: id.to_owned(),
        name: name.to_owned(),
        role,
        branch: BRANCHES.get(branch).copied().unwrap_or(BRANCHES[0]),
    };
    let mut all: Vec<Person> = SMALL.iter().map(|(i, n, r, b)| person(i, n, *r, *b)).collect();
    all.extend(OFFICE.iter().map(|(i, n, r)| person(i, n, *r, 0)));
    if customers > LARGE {
        let given = ["明", "慧", "磊", "倩", "波"];
        for n in 6..=40_usize {
            let name =
                format!("{}{}", ["冯", "韩", "曹", "许", "沈", "吕", "傅"][n % 7], given[n % 5]);
            all.push(person(&format!("officer{n:02}"), &name, Role::Officer, n % BRANCHES.len()));
        }
        for (branch, name) in BRANCHES.iter().enumerate().skip(2) {
            let id = format!("head{branch}");
            let name = format!("{}主管", name.trim_end_matches("支行"));
            all.push(person(&id, &name, Role::Supervisor, branch));
        }
    }
    all
}

/// The rows of `users`, with one who has left: her customers are a gap of the plan.
pub(super) fn rows(people: &[Person]) -> Vec<Row> {
    let mut rows: Vec<Row> = people
        .iter()
        .map(|p| {
            Row::of("users")
                .text("user", &p.id)
                .text("name", &p.name)
                .text("role", p.role.as_code())
                .text("branch", p.branch)
                .int("disabled", Some(0))
        })
        .collect();
    rows.push(
        Row::of("users")
            .text("user", LEFT)
            .text("name", "何娟")
            .text("role", Role::Officer.as_code())
            .text("branch", BRANCHES[0])
            .int("disabled", Some(1)),
    );
    rows
}

/// The officer who has left.
pub(super) const LEFT: &str = "hejuan";

/// The officer of a customer: in a small book the first officer has the fullest desk, in a large
/// one everybody the same.
pub(super) fn officer_of(people: &[Person], n: u32, chance: &mut Chance) -> String {
    let officers: Vec<&Person> = people.iter().filter(|p| p.role == Role::Officer).collect();
    if chance.per_mille(3) {
        return LEFT.to_owned();
    }
    let place = if officers.len() > SMALL.len() {
        usize::try_from(n).unwrap_or(0) % officers.len()
    } else {
        chance.weigh(0, &[(1, 17), (2, 14), (3, 13), (4, 11)], 45)
    };
    officers.get(place).map_or_else(|| LEFT.to_owned(), |p| p.id.clone())
}

/// The head of a customer's branch, for orders and decisions.
pub(super) fn supervisor_of<'a>(people: &'a [Person], officer: &str) -> &'a str {
    let branch = people.iter().find(|p| p.id == officer).map_or(BRANCHES[0], |p| p.branch);
    people
        .iter()
        .find(|p| p.role == Role::Supervisor && p.branch == branch)
        .map_or("lifang", |p| p.id.as_str())
}
