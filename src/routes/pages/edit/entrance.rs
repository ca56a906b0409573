//! Whoever saves without a session can log in with the same form: name and password go their own way, and the rest is saved.

use std::sync::Arc;
use std::time::Duration;

use actix_web::cookie::Cookie;
use actix_web::http::StatusCode;
use actix_web::{HttpMessage, HttpRequest, HttpResponse};

use crate::db::Db;
use crate::web::forms::Posted;
use crate::web::guards::MayEdit;
use crate::web::login::{self, Entry};
use crate::web::{Error, Shared, limits};

use super::sent::Sent;

/// Names of the fields. What is typed there is never part of what is kept, shown again or saved; but for the name, which comes back
/// after a slip.
pub const NAME: &str = "_login";
pub const PASSWORD: &str = "_password";
/// The button, and the one it stands for.
const LOGIN: &str = "login";
const SAVE: &str = "save";

/// Name typed and what was wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Login {
    pub name: String,
    pub problem: String,
}

/// Who sends a form, as far as they have come in.
pub struct Entrance {
    pub by: Option<MayEdit>,
    pub token_fits: bool,
    /// Why nobody came in.
    pub refused: Option<(StatusCode, Login)>,
}

/// What goes along with the answer, whatever it is.
#[derive(Default)]
pub struct Along {
    wait: Option<Duration>,
    cookie: Option<Cookie<'static>>,
}

impl Along {
    /// The answer with it.
    ///
    /// # Errors
    /// None that can be met: our own cookies fit into a header.
    pub fn with(self, mut answer: HttpResponse) -> Result<HttpResponse, Error> {
        if let Some(wait) = self.wait {
            limits::tell_to_wait(&mut answer, wait);
        }
        if let Some(cookie) = &self.cookie {
            answer.add_cookie(cookie).map_err(Error::internal)?;
        }
        Ok(answer)
    }
}

/// Reads a form, and lets its sender in if that is what the button says.
///
/// # Errors
/// The store's, and those of hashing.
pub async fn enter(
    by: Option<MayEdit>,
    request: &HttpRequest,
    shared: &Shared,
    db: &Db,
    posted: Posted<Vec<(String, String)>>,
) -> Result<(Entrance, Sent, Along), Error> {
    let token_fits = posted.token_fits;
    let mut pairs = posted.form();
    let [name, password] = [NAME, PASSWORD].map(|field| taken(&mut pairs, field));
    let mut sent = Sent::new(pairs);
    let (mut entrance, mut along) = (
        Entrance {
            by,
            token_fits,
            refused: None,
        },
        Along::default(),
    );
    if sent.operation != LOGIN {
        return Ok((entrance, sent, along));
    }
    SAVE.clone_into(&mut sent.operation);
    if entrance.by.is_some() {
        // Came in meanwhile, by another tab.
        return Ok((entrance, sent, along));
    }
    match login::enter(request, shared, db, name.clone(), password).await? {
        Entry::In(cookie, member) => {
            request.extensions_mut().insert(Arc::clone(&member));
            along.cookie = Some(cookie);
            // Who knows the password has sent the form: there was no session it could carry a token of.
            entrance.token_fits = true;
            entrance.by = member.blocked.is_none().then_some(MayEdit(member));
        }
        Entry::Refused(status, problem, wait) => {
            entrance.refused = Some((status, Login { name, problem }));
            along.wait = wait;
        }
    }
    Ok((entrance, sent, along))
}

/// A field taken out of a form.
fn taken(pairs: &mut Vec<(String, String)>, field: &str) -> String {
    let mut found = String::new();
    pairs.retain_mut(|(name, value)| {
        let is_it = name == field;
        if is_it {
            found = std::mem::take(value);
        }
        !is_it
    });
    found
}
