//! `/{kind}/{slug}/diff`: what changed between two revisions of a page.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::page::compare::Compared;
use crate::routes::pages::asked::{self, Pair};
use crate::routes::pages::comparison::Comparison;
use crate::routes::pages::elsewhere;
use crate::routes::pages::frame::{Moment, nav};
use crate::routes::pages::reading::{kind, segment};
use crate::routes::pages::revision::eyes;
use crate::web::{Chrome, Dependency, Error, Rendered, Shared, Viewer, cached, filters, render};

/// Two revisions compared.
#[derive(Template)]
#[template(path = "pages/diff.html")]
struct DiffPage {
    chrome: Chrome,
    href: String,
    compared: Compared,
    it: Comparison,
}

/// `GET /{kind}/{slug}/diff`.
pub async fn show(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let (kind, text) = (kind(&request)?, segment(&request, 1)?);
    let pair = asked::pair(request.uri().query().unwrap_or_default())?;
    if !text.was_canonical() {
        return elsewhere::below(&shared, &db, kind, text, "/history").await;
    }
    let answer = cached(&request, &["from", "to", "prose"], |viewer| {
        let (text, shared, db) = (text.clone(), shared.clone(), db.clone());
        let eyes = eyes(&request);
        async move {
            let compared = db
                .read(move |conn| {
                    let ends = (pair.from, pair.to);
                    Compared::load(conn, kind, text.as_title(), ends, eyes.as_ref())
                })
                .await?
                .ok_or(Error::NotFound)?;
            let mut shown: Vec<Dependency> = compared
                .diff
                .shown
                .iter()
                .copied()
                .map(Dependency::Page)
                .collect();
            shown.push(Dependency::Page(compared.page.id));
            let page = DiffPage::fill(&shared, viewer, compared, pair);
            Ok(Rendered::html(render(page).await?, shown))
        }
    });
    match answer.await {
        Err(Error::NotFound) => elsewhere::below(&shared, &db, kind, text, "/history").await,
        answer => answer,
    }
}

impl DiffPage {
    fn fill(shared: &Shared, viewer: Viewer, compared: Compared, pair: Pair) -> Self {
        let page = &compared.page;
        let href = page.href();
        let title = format!("Changes to {}, {href}", page.title);
        let it = Comparison {
            is_side: pair.is_side,
            ..Comparison::from(compared.diff.clone())
        };
        let mut made = Self {
            chrome: Chrome::new(shared, viewer, "", title)
                .with_section(nav(page.kind))
                .with_no_index(),
            href,
            it,
            compared,
        };
        made.chrome.path = made.view_href(pair.is_side);
        made.it.other_href = made.view_href(!pair.is_side);
        made.it.may_undo = made.may_undo();
        made
    }

    /// "Songs".
    fn kinds(&self) -> String {
        format!("{}s", self.compared.page.kind.label())
    }

    /// Whether the reader can take back what is shown: a member, and one revision that is not the first.
    fn may_undo(&self) -> bool {
        let from = self.compared.from.as_ref();
        let is_one = from.is_some_and(|from| from.number + 1 == self.compared.to.number);
        is_one && self.compared.hidden.is_none() && self.chrome.viewer.member.is_some()
    }

    /// This comparison, with the texts in one or beside each other.
    fn view_href(&self, is_side: bool) -> String {
        let from = self.compared.from.as_ref().map_or(0, |from| from.number);
        let side = if is_side { "&prose=side" } else { "" };
        format!(
            "{}/diff?from={from}&to={}{side}",
            self.href, self.compared.to.number
        )
    }

    /// Where a moderator sees what is hidden here.
    fn hidden_href(&self) -> Option<String> {
        let member = self.chrome.viewer.member.as_ref()?;
        member
            .moderator
            .as_ref()
            .map(|_| format!("{}&hidden=show", self.view_href(self.it.is_side)))
    }

    /// What the revision after this one changed, and the one before.
    fn next_href(&self) -> Option<String> {
        let number = self.compared.to.number;
        (number < self.compared.latest).then(|| format!("{}/diff?to={}", self.href, number + 1))
    }

    fn previous_href(&self) -> Option<String> {
        let from = self.compared.from.as_ref()?.number;
        (from > 1).then(|| format!("{}/diff?to={from}", self.href))
    }

    fn saved(&self, at: &i64) -> Moment {
        Moment::of(*at)
    }
}
