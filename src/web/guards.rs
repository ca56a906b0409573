//! Who may call a handler. Guards are taken as its first argument and decide at once, so that nothing of a request is read before
//! it is known that it may be.

pub mod declared;

use std::{
    future::{Ready, ready},
    sync::Arc,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::Method};

use super::{
    Error,
    viewer::{self, Member},
};
use crate::models::user::{Admin, Editor, Moderator, Role};

/// Anybody logged in.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Arc<Member>);

/// Somebody who may write pages. Take `Option<MayEdit>` where what was typed must survive an ended session.
#[derive(Clone, Debug)]
pub struct MayEdit(pub Arc<Member>);

/// Somebody who may give pages other names and addresses: members, and no visitors.
#[derive(Clone, Debug)]
pub struct MayRename(pub Arc<Member>);

/// Somebody whose own edits need no second look, and who may mark those of new members as looked at.
#[derive(Clone, Debug)]
pub struct MayPatrol(pub Arc<Member>);

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

impl MayRename {
    /// The proof.
    pub fn editor(&self) -> &Editor {
        &self.0.editor
    }
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
        ready(unblocked(request).map(Self))
    }
}

impl FromRequest for MayRename {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(
            at_least(
                request,
                Role::Member,
                "Only members may do this. Join, or log in.",
            )
            .map(Self),
        )
    }
}

impl FromRequest for MayPatrol {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(at_least(request, Role::Editor, "Only editors may do this.").map(Self))
    }
}

impl FromRequest for MayModerate {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(unblocked(request).and_then(|member| {
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
        ready(unblocked(request).and_then(|member| {
            let admin = member
                .admin
                .clone()
                .ok_or(Error::Forbidden("Only administrators may do this."))?;
            Ok(Self { member, admin })
        }))
    }
}

/// Whoever is not blocked and trusted this far.
fn at_least(
    request: &HttpRequest,
    role: Role,
    refusal: &'static str,
) -> Result<Arc<Member>, Error> {
    let member = unblocked(request)?;
    match member.role >= role {
        true => Ok(member),
        false => Err(Error::Forbidden(refusal)),
    }
}

/// Whoever is logged in and not blocked.
fn unblocked(request: &HttpRequest) -> Result<Arc<Member>, Error> {
    let member = known(request)?;
    match &member.blocked {
        Some(says) => Err(Error::Blocked { says: says.clone() }),
        None => Ok(member),
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use actix_web::{HttpMessage, ResponseError, http::header::LOCATION, test::TestRequest};

    use super::*;
    use crate::models::user::{Standing, User, session::Session};

    /// A request by somebody of a role, or by nobody.
    fn request(method: Method, role: Option<Role>) -> HttpRequest {
        let request = TestRequest::default()
            .method(method)
            .uri("/songs/hush/edit?from=1&x=%2f")
            .to_http_request();
        if let Some(role) = role {
            let user = User {
                id: 7,
                name: "Minji".to_owned(),
                role,
                state: Standing::Active,
                created_at: 0,
                blocked_until: None,
                block_reason: String::new(),
            };
            let session = Session {
                token_hash: "hash".to_owned(),
                user_id: 7,
                form_token: "token".to_owned(),
                device: String::new(),
                created_at: 0,
                seen_at: 0,
                expires_at: 0,
            };
            let member = Arc::new(Member::of(&session, &user).unwrap());
            request.extensions_mut().insert(member);
        }
        request
    }

    fn ask<G: FromRequest<Error = Error, Future = Ready<Result<G, Error>>>>(
        method: Method,
        role: Option<Role>,
    ) -> Result<G, Error> {
        G::from_request(&request(method, role), &mut Payload::None).into_inner()
    }

    #[test]
    fn each_guard_lets_its_roles_through() {
        for role in Role::ALL.iter().copied() {
            let may = [
                ask::<SignedIn>(Method::POST, Some(role)).is_ok(),
                ask::<MayEdit>(Method::POST, Some(role)).is_ok(),
                ask::<MayModerate>(Method::POST, Some(role)).is_ok(),
                ask::<MayAdminister>(Method::POST, Some(role)).is_ok(),
            ];
            let wanted = match role {
                Role::Visitor | Role::Member | Role::Editor => [true, true, false, false],
                Role::Moderator => [true, true, true, false],
                Role::Admin => [true; 4],
            };
            assert_eq!(may, wanted, "{role}");
        }
    }

    #[test]
    fn a_refusal_says_who_may() {
        for (refusal, who) in [
            (
                ask::<MayModerate>(Method::GET, Some(Role::Editor)).err(),
                "moderators",
            ),
            (
                ask::<MayAdminister>(Method::GET, Some(Role::Moderator)).err(),
                "administrators",
            ),
            (ask::<MayEdit>(Method::POST, None).err(), "Log in"),
        ] {
            assert!(
                matches!(refusal, Some(Error::Forbidden(text)) if text.contains(who)),
                "{who}"
            );
        }
    }

    #[test]
    fn a_reader_is_led_to_the_login_and_back() {
        let refusal = ask::<MayEdit>(Method::GET, None)
            .unwrap_err()
            .error_response();
        assert_eq!(refusal.status(), 303);
        let to = refusal.headers().get(LOCATION).unwrap().to_str().unwrap();
        assert_eq!(
            to,
            "/login?back=%2Fsongs%2Fhush%2Fedit%3Ffrom%3D1%26x%3D%252f"
        );
    }
}
