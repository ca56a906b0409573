//! From a cookie to a member: one read, and only for those who bring a session's cookie.

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    cookie::{Cookie, SameSite, time},
    http::header::{CACHE_CONTROL, COOKIE, HeaderMap, HeaderValue, SET_COOKIE},
};

use super::{Error, Shared, viewer::Member};
use crate::db::{Db, DbError};
use crate::models::user::session::{self, Session};
use crate::models::user::{
    User,
    promotion::{self, Rule},
    secret::Secret,
};

/// Who sent a request.
#[derive(Debug)]
pub enum Sender {
    /// No session's cookie came with it.
    Nobody,
    /// Somebody logged in.
    Member(Arc<Member>),
    /// A cookie that leads nowhere: the browser is told to forget it.
    Stale,
}

/// The cookie's name. `__Host-` makes browsers refuse one that is not secure, not for the whole site, or from another host.
fn cookie_name(is_https: bool) -> &'static str {
    if is_https { "__Host-sid" } else { "sid" }
}

/// What the session's cookie of a request holds.
fn cookie_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim_start().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Finds out who sent a request.
///
/// # Errors
/// The store's own: nobody is taken for anonymous because the store is away.
pub async fn sender(shared: &Shared, headers: &HeaderMap) -> Result<Sender, Error> {
    let name = cookie_name(shared.config.is_https());
    let (Some(value), Some(db)) = (cookie_of(headers, name), shared.store.db()) else {
        return Ok(Sender::Nobody);
    };
    let Some(secret) = Secret::parse(value) else {
        return Ok(Sender::Stale);
    };
    let now = shared.world.now();
    let found = db
        .read(move |conn| session::find(conn, &secret, now))
        .await?;
    let Some((session, mut user)) = found else {
        return Ok(Sender::Stale);
    };
    if now - session.seen_at >= session::NOTED_EVERY {
        user = note_use(db, &session, user, shared.config.people.promotion, now).await;
    }
    let member = member(&session, &user, now);
    Ok(member.map_or(Sender::Stale, |member| Sender::Member(Arc::new(member))))
}

/// The member of a session; nobody when the user may not come in.
pub fn member(session: &Session, user: &User, at: i64) -> Option<Member> {
    let member = Member::of(session, user)?;
    Some(member.blocked_by(user.block(at).as_ref()))
}

/// Puts the end of the session off and sees whether its member has become an editor. What goes wrong is no reason not to answer.
async fn note_use(db: &Db, session: &Session, user: User, rule: Rule, now: i64) -> User {
    let (kept, who) = (session.clone(), user.clone());
    let noted = db.write(move |conn| -> Result<_, DbError> {
        session::note_use(conn, &kept, now)?;
        if promotion::promote_if_due(conn, &who, rule, now)? {
            return Ok(User::find(conn, who.id)?);
        }
        Ok(None)
    });
    match noted.await {
        Ok(promoted) => promoted.unwrap_or(user),
        Err(error) => {
            tracing::warn!(%error, "the use of a session was not noted");
            user
        }
    }
}

/// The cookie of a new session.
pub fn cookie(shared: &Shared, secret: &Secret) -> Cookie<'static> {
    let longest = session::LONGEST / 1_000_000;
    build(shared, secret.reveal(), time::Duration::seconds(longest))
}

/// The cookie that makes a browser forget its session.
pub fn no_cookie(shared: &Shared) -> Cookie<'static> {
    build(shared, "", time::Duration::ZERO)
}

fn build(shared: &Shared, value: &str, age: time::Duration) -> Cookie<'static> {
    let is_https = shared.config.is_https();
    Cookie::build(cookie_name(is_https), value.to_owned())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(is_https)
        .max_age(age)
        .finish()
}

/// Adds [`no_cookie`] to an answer, unless a cache may keep that answer for others or it sets a cookie itself.
pub fn forget<B>(shared: &Shared, answer: &mut HttpResponse<B>) {
    let headers = answer.headers_mut();
    let is_shared = headers
        .get(CACHE_CONTROL)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("public"));
    if is_shared || headers.contains_key(SET_COOKIE) {
        return;
    }
    if let Ok(value) = HeaderValue::from_str(&no_cookie(shared).to_string()) {
        headers.append(SET_COOKIE, value);
    }
}

/// Browser and system in a few words, for the list of somebody's sessions; empty when neither is known.
pub fn device(headers: &HeaderMap) -> String {
    let agent = headers
        .get(actix_web::http::header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    // The order matters: every browser claims to be those before it.
    let first = |words: &[(&str, &'static str)]| {
        let found = words.iter().find(|(mark, _)| agent.contains(mark));
        found.map_or("", |(_, word)| *word)
    };
    let browser = first(&[
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Whale/", "Whale"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        ("", system) => system.to_owned(),
        (browser, "") => browser.to_owned(),
        (browser, system) => format!("{browser} on {system}"),
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::{cookie_of, device};

    #[test]
    fn the_cookie_is_found_among_others() {
        let with = |line: &'static str| {
            let request = TestRequest::get()
                .insert_header(("cookie", line))
                .to_http_request();
            cookie_of(request.headers(), "sid").map(str::to_owned)
        };
        assert_eq!(with("a=b; sid=abc; theme=dark").as_deref(), Some("abc"));
        assert_eq!(with("xsid=abc; theme=sid=1"), None);
        assert_eq!(with("sid="), Some(String::new()));
    }

    #[test]
    fn a_device_is_a_few_words() {
        let of = |agent: &'static str| {
            let request = TestRequest::get()
                .insert_header(("user-agent", agent))
                .to_http_request();
            device(request.headers())
        };
        assert_eq!(
            of("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
            "Firefox on Linux"
        );
        assert_eq!(
            of(
                "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"
            ),
            "Chrome on Android"
        );
        assert_eq!(of("<script>alert(1)</script>"), "");
    }
}
