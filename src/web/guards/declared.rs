//! Who may ask, as a handler's first argument declares it. The router takes no handler that begins with anything else, so that
//! nobody can add an address without having said so.

use actix_web::{HttpRequest, web::Data};

use super::{MayAdminister, MayEdit, MayModerate, MayPatrol, MayRename, SignedIn};

/// Who may ask for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    Anybody,
    /// Whoever is logged in.
    SignedIn,
    /// Whoever may write pages.
    Editors,
    /// Members: whoever may write pages and is no visitor.
    Members,
    /// Whoever may mark what new members did.
    Patrollers,
    /// Moderators and administrators.
    Moderators,
    /// Administrators.
    Admins,
}

/// What can stand first among a handler's arguments.
pub trait Declares {
    /// Who it lets through.
    const WHO: Who;
}

impl Declares for HttpRequest {
    const WHO: Who = Who::Anybody;
}

impl<T> Declares for Data<T> {
    const WHO: Who = Who::Anybody;
}

impl Declares for SignedIn {
    const WHO: Who = Who::SignedIn;
}

impl Declares for MayEdit {
    const WHO: Who = Who::Editors;
}

/// The handler keeps what was typed by those who may not, and tells them so.
impl Declares for Option<MayEdit> {
    const WHO: Who = Who::Editors;
}

impl Declares for MayRename {
    const WHO: Who = Who::Members;
}

impl Declares for MayPatrol {
    const WHO: Who = Who::Patrollers;
}

impl Declares for MayModerate {
    const WHO: Who = Who::Moderators;
}

impl Declares for MayAdminister {
    const WHO: Who = Who::Admins;
}

impl Declares for () {
    const WHO: Who = Who::Anybody;
}

/// A list of arguments declares what its first does.
macro_rules! first_declares {
    ($($rest:ident)*) => {
        impl<First: Declares, $($rest),*> Declares for (First, $($rest,)*) {
            const WHO: Who = First::WHO;
        }
    };
}

first_declares!();
first_declares!(A);
first_declares!(A B);
first_declares!(A B C);
first_declares!(A B C D);
first_declares!(A B C D E);
first_declares!(A B C D E F);
first_declares!(A B C D E F G);
