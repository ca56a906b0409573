//! Proofs: values that only an active member of the right role, or the operator, can be turned into. What writes takes one by
//! reference, so that nobody can forget to ask.

use super::{Role, User, UserId};

/// Who somebody is who may do something.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Who {
    name: String,
    role: Role,
    user_id: Option<UserId>,
}

impl Who {
    /// The operator at the command line, who owns the store anyway.
    fn operator() -> Self {
        Self {
            name: "Yeoun".to_owned(),
            role: Role::Admin,
            user_id: None,
        }
    }

    fn of(user: &User, least: Role) -> Option<Self> {
        let may = user.is_active() && user.role >= least;
        may.then(|| Self {
            name: user.name.clone(),
            role: user.role,
            user_id: Some(user.id),
        })
    }
}

/// Proof that somebody may edit pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor(Who);

impl Editor {
    /// The operator at the command line: imports are saved in this name.
    pub fn operator() -> Self {
        Self(Who::operator())
    }

    /// How far they are trusted.
    pub fn role(&self) -> Role {
        self.0.role
    }

    /// The name revisions are signed with.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The member; nobody for the operator.
    pub fn user_id(&self) -> Option<UserId> {
        self.0.user_id
    }
}

/// Proof that somebody may moderate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moderator(Who);

impl Moderator {
    /// The operator at the command line.
    pub fn operator() -> Self {
        Self(Who::operator())
    }

    /// How far they are trusted.
    pub fn role(&self) -> Role {
        self.0.role
    }

    /// The name deeds are signed with.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The member; nobody for the operator.
    pub fn user_id(&self) -> Option<UserId> {
        self.0.user_id
    }

    /// The proof for editing: who may moderate may edit.
    pub fn editor(&self) -> Editor {
        Editor(self.0.clone())
    }
}

/// Proof that somebody may say who is what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admin(Who);

impl Admin {
    /// The operator at the command line.
    pub fn operator() -> Self {
        Self(Who::operator())
    }

    /// The name deeds are signed with.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The member; nobody for the operator.
    pub fn user_id(&self) -> Option<UserId> {
        self.0.user_id
    }
}

/// Who did something, as the logs sign it: made from any proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor<'a> {
    pub name: &'a str,
    /// Nobody for the operator.
    pub user_id: Option<UserId>,
}

impl<'a> From<&'a Who> for Actor<'a> {
    fn from(who: &'a Who) -> Self {
        Self {
            name: &who.name,
            user_id: who.user_id,
        }
    }
}

impl<'a> From<&'a Editor> for Actor<'a> {
    fn from(editor: &'a Editor) -> Self {
        (&editor.0).into()
    }
}

impl<'a> From<&'a Moderator> for Actor<'a> {
    fn from(moderator: &'a Moderator) -> Self {
        (&moderator.0).into()
    }
}

impl<'a> From<&'a Admin> for Actor<'a> {
    fn from(admin: &'a Admin) -> Self {
        (&admin.0).into()
    }
}

impl User {
    /// The proof that this member may edit: everybody who may come in does.
    pub fn editor(&self) -> Option<Editor> {
        Who::of(self, Role::Visitor).map(Editor)
    }

    /// The proof that this member may moderate: moderators and administrators.
    pub fn moderator(&self) -> Option<Moderator> {
        Who::of(self, Role::Moderator).map(Moderator)
    }

    /// The proof that this member may say who is what: administrators.
    pub fn admin(&self) -> Option<Admin> {
        Who::of(self, Role::Admin).map(Admin)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Standing;
    use super::*;

    fn user(role: Role, state: Standing) -> User {
        User {
            id: 7,
            name: "Minji".to_owned(),
            role,
            state,
            created_at: 0,
            blocked_until: None,
            block_reason: String::new(),
        }
    }

    #[test]
    fn each_role_may_what_the_lower_ones_may() {
        let may = |role| {
            let user = user(role, Standing::Active);
            (
                user.editor().is_some(),
                user.moderator().is_some(),
                user.admin().is_some(),
            )
        };
        assert_eq!(may(Role::Visitor), (true, false, false));
        assert_eq!(may(Role::Member), (true, false, false));
        assert_eq!(may(Role::Editor), (true, false, false));
        assert_eq!(may(Role::Moderator), (true, true, false));
        assert_eq!(may(Role::Admin), (true, true, true));
    }

    #[test]
    fn a_disabled_member_may_nothing() {
        for role in Role::ALL.iter().copied() {
            let user = user(role, Standing::Disabled);
            assert_eq!(
                (user.editor(), user.moderator(), user.admin()),
                (None, None, None)
            );
        }
    }

    #[test]
    fn revisions_are_signed_with_the_members_name() {
        let editor = user(Role::Member, Standing::Active).editor();
        assert_eq!(
            editor.map(|editor| (editor.name().to_owned(), editor.user_id())),
            Some(("Minji".to_owned(), Some(7)))
        );
        assert_eq!(Editor::operator().user_id(), None);
    }
}
