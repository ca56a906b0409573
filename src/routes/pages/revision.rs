//! `/{kind}/{slug}/history/{n}`: a page as it was.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::page::revision::Revision;
use crate::models::page::view::View;
use crate::models::page::{Kind, Page, hiding};
use crate::models::user::Moderator;
use crate::routes::pages::elsewhere;
use crate::routes::pages::frame::nav;
use crate::routes::pages::reading::{Write, segment, written};
use crate::web::{Chrome, Error, Shared, Viewer, cached, filters, forms, render, viewer};

/// In the place of a text that is hidden.
#[derive(Template)]
#[template(path = "pages/hidden.html")]
struct HiddenPage {
    chrome: Chrome,
    kind: Kind,
    title: String,
    href: String,
    number: i64,
}

/// Answers an old revision in the form of the kind's own page.
pub async fn show<V: View>(
    request: &HttpRequest,
    shared: &Data<Shared>,
    db: &Data<Db>,
    kind: Kind,
    write: Write<V>,
) -> Result<HttpResponse, Error> {
    let text = segment(request, 1)?;
    let number = numbered(request)?;
    let rest = format!("/history/{number}");
    if !text.was_canonical() {
        return elsewhere::below(shared, db, kind, text, &rest).await;
    }
    let answer = cached(request, &[], |viewer| {
        let (text, eyes) = (text.clone(), eyes(request));
        written(db, shared.clone(), viewer, write, move |conn| {
            let found = Revision::numbered(conn, kind, text.as_title(), number)?;
            Ok(match (found, eyes) {
                (Some((page, revision)), Some(by)) => {
                    Some((page, hiding::with_text(conn, &by, revision)?))
                }
                (found, _) => found.filter(|(_, revision)| !revision.hides_text),
            })
        })
    });
    match answer.await {
        Err(Error::NotFound) => {
            let slug = text.as_title().to_owned();
            let found = db.read(move |conn| Revision::numbered(conn, kind, &slug, number));
            match found.await? {
                Some((page, _)) => HiddenPage::answer(request, shared, page, number).await,
                None => elsewhere::below(shared, db, kind, text, &rest).await,
            }
        }
        answer => answer,
    }
}

/// The number of a revision in the address.
///
/// # Errors
/// 404 for anything else.
pub fn numbered(request: &HttpRequest) -> Result<i64, Error> {
    let number = segment(request, 3)?;
    let parsed: Option<i64> = number.as_title().parse().ok();
    parsed
        .filter(|parsed| parsed.to_string() == number.as_title())
        .ok_or(Error::NotFound)
}

/// The proof of a moderator who asks to see what is hidden: `?hidden=show`.
pub fn eyes(request: &HttpRequest) -> Option<Moderator> {
    let query = request.uri().query().unwrap_or_default();
    let asks = query.split('&').any(|pair| pair == "hidden=show");
    let member = viewer::member(request).filter(|_| asks)?;
    member.moderator.clone()
}

impl HiddenPage {
    async fn answer(
        request: &HttpRequest,
        shared: &Shared,
        page: Page,
        number: i64,
    ) -> Result<HttpResponse, Error> {
        let href = page.href();
        let title = format!("Revision {number} is hidden, {href}");
        let hidden = Self {
            chrome: Chrome::new(
                shared,
                Viewer::of(request),
                format!("{href}/history"),
                title,
            )
            .with_section(nav(page.kind))
            .with_no_index(),
            kind: page.kind,
            title: page.title,
            href,
            number,
        };
        Ok(forms::page(StatusCode::FORBIDDEN, render(hidden).await?))
    }

    /// "Songs".
    fn kinds(&self) -> String {
        format!("{}s", self.kind.label())
    }

    fn is_moderator(&self) -> bool {
        let member = self.chrome.viewer.member.as_ref();
        member.is_some_and(|member| member.moderator.is_some())
    }
}
