//! Who may see and do what: role × scope × action, and what is masked. One place for screen and
//! command line alike; the store asks here before each read and write.
//!
//! Officer: own customers. Supervisor, risk, compliance: the branch. Auditor: everything, read
//! only. Administrator: people and housekeeping, no customers (`security.md` 3.4).

use crate::domain::ids::UserId;
use crate::domain::user::{Role, Work};

/// Who acts in this session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Login name.
    pub user: UserId,
    /// Name for people.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Branch.
    pub branch: String,
    /// User of the operating system, for the journal.
    pub os_user: String,
    /// Id of this session, for the journal.
    pub session: String,
    /// Owns the file on a single-user machine, or is the service itself: may run the batch
    /// commands (import, people, jobs, backup) whatever her role.
    pub operator: bool,
}

impl Actor {
    /// The program itself, in a session: what runs by itself is done by nobody in particular.
    pub fn program(session: &str) -> Self {
        Self {
            user: UserId::from("huifang"),
            name: String::new(),
            role: Role::Admin,
            branch: String::new(),
            os_user: String::new(),
            session: session.to_owned(),
            operator: false,
        }
    }
}

/// Which customers an actor sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Those of this officer.
    Own(UserId),
    /// Those whose officer belongs to this branch; empty = the one branch that has no name.
    Branch(String),
    /// All.
    All,
    /// None.
    Nothing,
}

impl Scope {
    /// What a member of staff sees.
    pub fn of(user: &UserId, role: Role, branch: &str) -> Self {
        match role {
            Role::Officer => Self::Own(user.clone()),
            Role::Supervisor | Role::Risk | Role::Compliance => Self::Branch(branch.to_owned()),
            Role::Auditor => Self::All,
            Role::Admin => Self::Nothing,
        }
    }
}

/// What an actor wants to do, as far as roles differ in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// See customers, plans, records, flags within the scope.
    Read,
    /// Start and write visits, raise flags.
    Visit,
    /// Approve and return records of others.
    Review,
    /// Order inspections, and let customers of others change hands.
    Order,
    /// Give an opinion on records of others that need several.
    Opine,
    /// Confirm, change and move flags.
    HandleFlags,
    /// Enter and close events outside.
    RegisterEvents,
    /// Add and disable people.
    ManagePeople,
    /// Import, export of the whole book, jobs, backup.
    Operate,
    /// See personal data in clear in a file, with a reason that is journalled.
    Unmask,
    /// Put policies forward and bring them into force, always two people.
    DecidePolicy,
    /// Read the journal.
    ReadJournal,
    /// Put the erasure of data forward whose time is over, and hold it up.
    ProposeErasure,
    /// Agree to an erasure that somebody else has put forward.
    AgreeErasure,
    /// See what is due to be erased, and what was.
    ReadErasures,
}

impl Actor {
    /// Which customers this actor sees.
    pub fn scope(&self) -> Scope {
        Scope::of(&self.user, self.role, &self.branch)
    }

    /// Whether the role may do this at all; the scope is checked apart.
    pub fn may(&self, action: Action) -> bool {
        use Role::{Admin, Auditor, Compliance, Risk, Supervisor};
        match action {
            Action::Read | Action::Unmask => self.role != Admin,
            Action::Visit => self.role.does(Work::Visits),
            Action::Review | Action::Order => self.role.does(Work::Decisions),
            Action::Opine => self.role.does(Work::Opinions),
            Action::HandleFlags => self.role.does(Work::Flags),
            Action::RegisterEvents => self.role.does(Work::Events),
            Action::DecidePolicy => matches!(self.role, Supervisor | Risk),
            Action::ProposeErasure => self.role == Compliance,
            Action::AgreeErasure => matches!(self.role, Compliance | Supervisor),
            Action::ReadErasures => matches!(self.role, Compliance | Supervisor | Auditor),
            Action::ManagePeople | Action::Operate => self.role == Admin || self.operator,
            Action::ReadJournal => matches!(self.role, Auditor | Admin) || self.operator,
        }
    }

    /// Whether the actor may write in a record: she began it, was responsible for the customer when
    /// it was begun, or is so now. The scope is checked apart.
    pub fn may_write(&self, author: &str, officer_then: &str, officer_now: &str) -> bool {
        let me = self.user.as_str();
        self.may(Action::Visit) && [author, officer_then, officer_now].contains(&me)
    }
}

/// `110101********0123`: identity documents keep six characters in front and four behind.
pub fn mask_id(text: &str) -> String {
    mask_middle(text, 6, 4)
}

/// `138****5678`: phone numbers keep three digits in front and four behind.
pub fn mask_phone(text: &str) -> String {
    mask_middle(text, 3, 4)
}

/// `张**`: a person's name keeps its first character.
pub fn mask_name(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    std::iter::once(first).chain(chars.map(|_| '*')).collect()
}

/// Keeps `front` and `back` characters; a text too short for that is masked whole.
fn mask_middle(text: &str, front: usize, back: usize) -> String {
    let count = text.chars().count();
    let hide_all = count <= front + back;
    let shown = |i: usize| !hide_all && (i < front || i >= count - back);
    text.chars().enumerate().map(|(i, c)| if shown(i) { c } else { '*' }).collect()
}

#[cfg(test)]
mod tests;
