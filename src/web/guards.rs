//! Who may call a handler. Guards are taken as its first argument and decide at once, so that nothing of a request is read before
//! it is known that it may be.

use std::{
    future::{Ready, ready},
    sync::Arc,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::Method};

use super::{
    Error,
    viewer::{self, Member},
};
use crate::models::user::{Admin, Editor, Moderator};

/// Anybody logged in.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Arc<Member>);

/// Somebody who may write pages. Take `Option<MayEdit>` where what was typed must survive an ended session.
#[derive(Clone, Debug)]
pub struct MayEdit(pub Arc<Member>);

/// Somebody who may moderate.
#[derive(Clone, Debug)]
pub struct MayModerate {
    /// Who it is.
    pub member: Arc<Member>,
    /// The proof.
    pub moderator: Moderator,
}

/// Somebody who may say who is what.
#[derive(Clone, Debug)]
pub struct MayAdminister {
    /// Who it is.
    pub member: Arc<Member>,
    /// The proof.
    pub admin: Admin,
}

impl MayEdit {
    /// The proof.
    pub fn editor(&self) -> &Editor {
        &self.0.editor
    }
}

impl FromRequest for SignedIn {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(known(request).map(Self))
    }
}

impl FromRequest for MayEdit {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(known(request).map(Self))
    }
}

impl FromRequest for MayModerate {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(known(request).and_then(|member| {
            let moderator = member.moderator.clone().ok_or(Error::Forbidden(
                "Only moderators and administrators may do this.",
            ))?;
            Ok(Self { member, moderator })
        }))
    }
}

impl FromRequest for MayAdminister {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(known(request).and_then(|member| {
            let admin = member
                .admin
                .clone()
                .ok_or(Error::Forbidden("Only administrators may do this."))?;
            Ok(Self { member, admin })
        }))
    }
}

/// Whoever is logged in. A reader who is not is shown the way in and comes back; what was sent without a session is not thrown
/// away by leading its sender elsewhere.
fn known(request: &HttpRequest) -> Result<Arc<Member>, Error> {
    if let Some(member) = viewer::member(request) {
        return Ok(member);
    }
    if *request.method() == Method::GET {
        let back = request.uri().path_and_query();
        return Err(Error::LoginNeeded {
            back: back.map_or("/", |back| back.as_str()).to_owned(),
        });
    }
    Err(Error::Forbidden(
        "You are not logged in, or no longer. Log in in another tab, then go back here and send it again: what you wrote is still \
         in the form.",
    ))
}
