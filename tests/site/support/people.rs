//! Members, as tests meet them: named, with a browser that keeps its cookie.

use std::sync::OnceLock;
use std::sync::atomic::Ordering;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use yeoun::cli::store::random;
use yeoun::models::user::join::{self, Newcomer};
use yeoun::models::user::secret::Secret;
use yeoun::models::user::session::{self, Fresh};
use yeoun::models::user::{Hashed, Role, User, UserName, password};

use super::{Refused, Reply, Site};

/// The password of everybody.
pub const PASSWORD: &str = "correct horse battery";

/// The type of forms.
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// A browser, logged in or not.
#[derive(Clone)]
pub struct Actor<'a> {
    site: &'a Site,
    /// The header it sends; empty without a session.
    pub cookie: String,
    /// The token in the forms of its session.
    pub token: String,
}

fn secret() -> Secret {
    let mut bytes = [0; 32];
    random(&mut bytes).unwrap();
    Secret::new(bytes)
}

/// Hashed once for all.
fn hashed() -> Hashed {
    static HASHED: OnceLock<Hashed> = OnceLock::new();
    HASHED
        .get_or_init(|| password::hash(PASSWORD, [3; 16]).unwrap())
        .clone()
}

/// Fields as a form sends them.
pub fn fields(pairs: &[(&str, &str)]) -> String {
    let escaped = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    pairs
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect::<Vec<_>>()
        .join("&")
}

impl Site {
    /// What the site takes for now.
    pub fn now(&self) -> i64 {
        self.clock.load(Ordering::SeqCst)
    }

    /// A browser nobody knows.
    pub fn anon(&self) -> Actor<'_> {
        Actor {
            site: self,
            cookie: String::new(),
            token: String::new(),
        }
    }

    /// Makes a member of this name and role.
    pub fn user(&self, name: &str, role: Role) -> User {
        let newcomer = Newcomer {
            name: UserName::parse(name).unwrap(),
            password: hashed(),
        };
        let now = self.now();
        self.write(move |conn| {
            join::create(conn, &newcomer, role, now)
                .map_err(|error| panic!("{error}"))
                .or(Err(Refused::Db(yeoun::db::DbError::Closed)))
        })
        .unwrap()
    }

    /// The same, unless the name is too much like another.
    pub fn try_user(&self, name: &str) -> Option<User> {
        let newcomer = Newcomer {
            name: UserName::parse(name).ok()?,
            password: hashed(),
        };
        let now = self.now();
        let made = self.write(move |conn| {
            let made = join::create(conn, &newcomer, Role::Member, now);
            made.map_err(|_taken| Refused::Db(yeoun::db::DbError::Closed))
        });
        made.ok()
    }

    /// A member of this name and role, logged in.
    pub fn member(&self, name: &str, role: Role) -> Actor<'_> {
        let user = self.user(name, role);
        self.session_of(&user)
    }

    /// One more session of a member.
    pub fn session_of(&self, user: &User) -> Actor<'_> {
        let fresh = Fresh {
            cookie: secret(),
            form: secret(),
            device: "Firefox on Linux".to_owned(),
        };
        let (cookie, token) = (
            format!("sid={}", fresh.cookie.reveal()),
            fresh.form.reveal().to_owned(),
        );
        let (user, now) = (user.clone(), self.now());
        self.write(move |conn| Ok(session::create(conn, &user, &fresh, now)?))
            .unwrap();
        Actor {
            site: self,
            cookie,
            token,
        }
    }
}

impl Actor<'_> {
    /// Opens a page.
    pub fn get(&self, path: &str) -> Reply {
        if self.cookie.is_empty() {
            return self.site.get(path);
        }
        self.site.get_with(path, &[("cookie", &self.cookie)])
    }

    /// Sends a form with the token of the session.
    pub fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Reply {
        let mut all = pairs.to_vec();
        if !self.token.is_empty() {
            all.push(("token", &self.token));
        }
        self.post_as_it_is(path, &all, &[])
    }

    /// Sends a form as it is, with more headers.
    pub fn post_as_it_is(
        &self,
        path: &str,
        pairs: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Reply {
        let mut all = vec![FORM];
        all.extend(headers);
        if !self.cookie.is_empty() {
            all.push(("cookie", &self.cookie));
        }
        self.site.ask("POST", path, &all, &fields(pairs))
    }

    /// Logs in from a network; what comes back may be a refusal.
    pub fn log_in_from(&self, network: &str, name: &str, password: &str) -> Reply {
        let form = [("name", name), ("password", password), ("back", "/songs")];
        self.post_as_it_is("/login", &form, &[("x-forwarded-for", network)])
    }

    /// The same browser after an answer: with the cookie it set, and the token of the session's forms.
    pub fn after(&self, reply: &Reply) -> Self {
        let set = reply.header("set-cookie");
        let cookie = set.split(';').next().unwrap_or_default().to_owned();
        let mut actor = Actor {
            site: self.site,
            cookie,
            token: String::new(),
        };
        let page = actor.get("/account");
        let token = page.source().split("name=\"token\" value=\"").nth(1);
        actor.token = token
            .and_then(|rest| rest.split('"').next())
            .unwrap_or_default()
            .to_owned();
        actor
    }

    /// Whose session this is, as the header of a page says.
    pub fn name(&self) -> Option<String> {
        let page = self.get("/");
        let (_, rest) = page
            .source()
            .split_once("class=\"who-name\" href=\"/account\">")?;
        rest.split("</a>").next().map(str::to_owned)
    }
}
