//! Light or dark, chosen by the reader and written into `<html data-theme>` by the server: no flash, no script.

use actix_web::{
    HttpResponse,
    cookie::{Cookie, SameSite, time},
    http::header::{AUTHORIZATION, COOKIE, HeaderMap, LOCATION},
    web,
};
use serde::Deserialize;

use super::{Shared, urls};

/// The colours a reader wants. `Auto` follows the device.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Hash)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Whatever the device prefers.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The value of `data-theme` and of the cookie.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Whether this is the theme with that name.
    pub fn is(self, name: &str) -> bool {
        self.as_str() == name
    }

    fn parse(value: &str) -> Self {
        match value {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }
}

/// Cookies that make a page somebody's own: whoever sends one never gets a page from the shared cache and never puts one there.
const PERSONAL_COOKIES: [&str; 5] = ["__Host-sid", "sid", "__Host-flash", "flash", "progress"];

/// What the cookies of a request say, read once without copying anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visitor {
    /// The chosen colours.
    pub theme: Theme,
    /// Whether the page may differ for this visitor (session, flash message, spoiler progress, API token).
    pub is_personal: bool,
}

impl Visitor {
    /// Reads the request's cookies. Cookies of other programs on the same host are ignored.
    pub fn read(headers: &HeaderMap) -> Self {
        let mut visitor = Self {
            theme: Theme::Auto,
            is_personal: headers.contains_key(AUTHORIZATION),
        };
        for line in headers.get_all(COOKIE) {
            // A cookie line that is not ASCII is not one of ours.
            let Ok(line) = line.to_str() else { continue };
            for pair in line.split(';') {
                let Some((name, value)) = pair.trim_start().split_once('=') else {
                    continue;
                };
                if name == "theme" {
                    visitor.theme = Theme::parse(value);
                } else if PERSONAL_COOKIES.contains(&name) {
                    visitor.is_personal = true;
                }
            }
        }
        visitor
    }
}

/// The appearance form: which colours, and the page to come back to.
#[derive(Debug, Deserialize)]
pub struct AppearanceForm {
    #[serde(default)]
    theme: String,
    #[serde(default)]
    back: String,
}

/// `POST /settings/appearance`: keeps the choice for a year and goes back to the page the form stood on.
pub async fn save(shared: web::Data<Shared>, form: web::Form<AppearanceForm>) -> HttpResponse {
    let cookie = Cookie::build("theme", Theme::parse(&form.theme).as_str())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(shared.config.is_https())
        .max_age(time::Duration::days(365))
        .finish();
    HttpResponse::SeeOther()
        .insert_header((LOCATION, urls::same_site_path(&form.back)))
        .cookie(cookie)
        .finish()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::{Theme, Visitor};

    fn visitor(cookies: &'static str) -> Visitor {
        Visitor::read(
            TestRequest::get()
                .insert_header(("cookie", cookies))
                .to_http_request()
                .headers(),
        )
    }

    #[test]
    fn the_theme_is_read_and_foreign_cookies_are_ignored() {
        assert_eq!(
            visitor("a=b; theme=dark; c=d"),
            Visitor {
                theme: Theme::Dark,
                is_personal: false
            }
        );
        assert_eq!(visitor("theme=%00; ;;; x"), Visitor::default());
    }

    #[test]
    fn a_session_makes_the_visitor_somebody() {
        assert!(visitor("theme=light;sid=abc").is_personal);
        assert!(visitor("__Host-sid=").is_personal);
    }
}
