//! People, messages, and what left by the clipboard.

use rusqlite::{Connection, OptionalExtension, named_params, params};

use super::canon::Object;
use super::{Ctx, Done, Written, needed};
use crate::access::{Action, Actor, Scope};
use crate::domain::ids::{CustomerId, UserId};
use crate::domain::user::{Role, Work};
use crate::protocol::command::SetUser;
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::read::scope::Sight;
use crate::store::row::{code, id};

impl Ctx<'_> {
    /// Who is meant by the owner of a flag or 待办: a login, or the name of one person alone. Refuses
    /// who is no enabled member of staff, whose work that is not, or who does not see the customer: it
    /// would be off everybody's desk.
    pub(super) fn owner(
        &self,
        typed: &UserId,
        customer: &CustomerId,
        field: &'static str,
    ) -> Result<UserId, Refusal> {
        const SQL: &str = "
            SELECT user, role, coalesce(branch, '') FROM users
            WHERE disabled = 0 AND (user = ?1 OR name = ?1) ORDER BY user <> ?1, user";
        let invalid = |why| Refusal::Invalid { field, why };
        let mut statement = self.tx.prepare_cached(SQL)?;
        let rows = statement.query_map([typed.as_str()], |row| {
            let user: UserId = id(row, 0)?;
            Ok((user, code(row, 1, Role::from_code)?, row.get::<_, String>(2)?))
        })?;
        let all: Vec<(UserId, Role, String)> = rows.collect::<rusqlite::Result<_>>()?;
        if all.is_empty() {
            return Err(invalid("unknown_user"));
        }
        let is_login = all.first().is_some_and(|(user, ..)| user == typed);
        let mut able = Vec::new();
        for (user, role, branch) in all.into_iter().take(if is_login { 1 } else { usize::MAX }) {
            let sight = Sight::within(Scope::of(&user, role, &branch));
            if role.does(Work::Flags) && sight.sees(self.tx, customer)? {
                able.push(user);
            }
        }
        match (able.pop(), able.is_empty()) {
            (Some(user), true) => Ok(user),
            (Some(_), false) => Err(invalid("several_users")),
            (None, _) => Err(invalid("sees_not")),
        }
    }
}

/// Adds a member of staff or changes her. Whether she can log in decides whether her customers
/// have an officer, so these are planned anew.
pub(super) fn set_user(ctx: &Ctx<'_>, wish: &SetUser) -> Result<Done, Refusal> {
    const BEFORE: &str = "
        SELECT json_object('name', name, 'role', role, 'branch', branch, 'disabled', disabled)
        FROM users WHERE user = ?1";
    const SQL: &str = "
        INSERT INTO users (user, name, role, branch, disabled)
        VALUES (:user, :name, :role, :branch, :disabled)
        ON CONFLICT (user) DO UPDATE SET name = excluded.name, role = excluded.role,
            branch = excluded.branch, disabled = excluded.disabled, revision = revision + 1";
    let SetUser { user, name, role, branch, disabled } = wish;
    ctx.require(Action::ManagePeople)?;
    let name = needed(name, "name")?;
    let branch = branch.trim();
    check_person(ctx.tx, ctx.actor, user, *role, branch, *disabled)?;
    let before: Option<String> =
        ctx.tx.prepare_cached(BEFORE)?.query_row([user.as_str()], |row| row.get(0)).optional()?;
    ctx.tx.prepare_cached(SQL)?.execute(named_params! {
        ":user": user.as_str(), ":name": name, ":role": role.as_code(),
        ":branch": Some(branch).filter(|b| !b.is_empty()), ":disabled": disabled,
    })?;
    let after = Object::new()
        .text("name", &name)
        .text("role", role.as_code())
        .text("branch", branch)
        .int("disabled", i64::from(*disabled))
        .done();
    for customer in customers_of(ctx, user)? {
        ctx.replan(&customer)?;
    }
    Ok(Written::plain(user.as_str(), before, Some(after)).into())
}

/// What holds of every member of staff, entered or imported: a login that fits, a branch where the
/// role needs one, and nobody locks herself out or gives herself another role than the one she has
/// in the file.
pub(crate) fn check_person(
    conn: &Connection,
    actor: &Actor,
    user: &UserId,
    role: Role,
    branch: &str,
    disabled: bool,
) -> Result<(), Refusal> {
    const SAME: &str = "SELECT role = ?2 FROM users WHERE user = ?1";
    check_login(user)?;
    if branch.is_empty() && !disabled && !matches!(role, Role::Admin | Role::Auditor) {
        return Err(Refusal::Invalid { field: "branch", why: "missing" });
    }
    if *user == actor.user {
        let mut statement = conn.prepare_cached(SAME)?;
        let same: Option<bool> =
            statement.query_row([user.as_str(), role.as_code()], |row| row.get(0)).optional()?;
        // Whoever is no user yet enters herself as the owner of the file.
        if disabled || !same.unwrap_or(actor.operator) {
            return Err(Refusal::Invalid { field: "user", why: "self" });
        }
    }
    Ok(())
}

fn check_login(user: &UserId) -> Result<(), Refusal> {
    let text = user.as_str();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@');
    if text.is_empty() || text.chars().count() > 64 || !text.chars().all(fits) {
        return Err(Refusal::Invalid { field: "user", why: "no_login" });
    }
    Ok(())
}

fn customers_of(ctx: &Ctx<'_>, user: &UserId) -> Result<Vec<CustomerId>, Refusal> {
    let mut statement =
        ctx.tx.prepare_cached("SELECT customer_id FROM customers WHERE officer = ?1")?;
    let rows = statement.query_map([user.as_str()], |row| row.get(0).map(CustomerId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Marks a message to the actor as read.
pub(super) fn acknowledge(ctx: &Ctx<'_>, notice: i64) -> Result<Done, Refusal> {
    const SQL: &str = "
        UPDATE notices SET acknowledged_at = ?3
        WHERE notice_id = ?1 AND to_user = ?2 AND acknowledged_at IS NULL";
    let me = ctx.actor.user.as_str();
    if ctx.tx.prepare_cached(SQL)?.execute(params![notice, me, ctx.at()])? > 0 {
        return Ok(Written::plain(&format!("notice:{notice}"), None, None).into());
    }
    let mine = "SELECT 1 FROM notices WHERE notice_id = ?1 AND to_user = ?2";
    let known = ctx.tx.prepare_cached(mine)?.exists(params![notice, me])?;
    if known { Ok(Done::Quiet(Outcome::Plain)) } else { Err(Refusal::NotFound) }
}

/// Notes which field left the server by the clipboard, never what stood in it.
pub(super) fn note_copy(
    ctx: &Ctx<'_>,
    customer: Option<&CustomerId>,
    what: &str,
) -> Result<Done, Refusal> {
    if let Some(customer) = customer {
        ctx.require_scope(customer)?;
    }
    let what = needed(what, "what")?;
    let subject = customer.map_or("clipboard", CustomerId::as_str);
    let after = Object::new().text("what", &what).done();
    Ok(Written::plain(subject, None, Some(after)).into())
}
