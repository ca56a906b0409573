//! `/changes`: recent changes, narrowed by the address.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::changes::recent::Recent;
use crate::models::page::Kind;
use crate::models::user::Role;
use crate::web::{
    Chrome, Dependency, Error, Rendered, Shared, Viewer, cached, filters, forms, render, viewer,
};

use super::asked::{Asked, Faults, with_query};
use super::line::{Day, Line, by_day};

/// Changes on one page.
const SIZE: usize = 100;
/// Where it is.
const PATH: &str = "/changes";

/// The list and its filters.
#[derive(Template)]
#[template(path = "changes/index.html")]
struct ChangesPage {
    chrome: Chrome,
    asked: Asked,
    faults: Faults,
    days: Vec<Day>,
    /// Where the older ones are.
    older: Option<String>,
    is_newest: bool,
}

/// `GET /changes`.
///
/// # Errors
/// The store's own.
pub async fn index(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let asked = asked.into_inner();
    let me = viewer::member(&request).map(|member| member.name.clone());
    let (wanted, faults) = {
        let asked = asked.clone();
        db.read(move |conn| asked.wanted(conn, me.as_deref()))
            .await?
    };
    if !faults.is_empty() {
        let recent = Recent {
            entries: Vec::new(),
            older: None,
        };
        let page = ChangesPage::fill(&shared, Viewer::of(&request), asked, faults, recent);
        return Ok(forms::page(
            StatusCode::UNPROCESSABLE_ENTITY,
            render(page).await?,
        ));
    }
    cached(
        &request,
        &["kind", "new", "minor", "unpatrolled", "before"],
        |viewer| {
            let (shared, db) = (shared.clone(), db.clone());
            async move {
                let recent = db
                    .read(move |conn| Recent::load(conn, &wanted, SIZE))
                    .await?;
                let page = ChangesPage::fill(&shared, viewer, asked, faults, recent);
                Ok(Rendered::html(render(page).await?, vec![Dependency::Site]))
            }
        },
    )
    .await
}

impl ChangesPage {
    fn fill(shared: &Shared, viewer: Viewer, asked: Asked, faults: Faults, recent: Recent) -> Self {
        let path = with_query(PATH, &asked.query(None));
        let lines = recent
            .entries
            .into_iter()
            .map(|entry| Line::new(entry, false));
        Self {
            chrome: Chrome::new(shared, viewer, path, "Recent changes").with_no_index(),
            days: by_day(lines),
            older: recent
                .older
                .map(|before| with_query(PATH, &asked.query(Some(before)))),
            is_newest: asked.before.is_empty(),
            asked,
            faults,
        }
    }

    /// The kinds to choose from.
    fn kinds(&self) -> &'static [Kind] {
        Kind::ALL
    }

    /// The tags to choose from: as kept, and in words.
    fn tags(&self) -> [(&'static str, &'static str); 4] {
        [
            ("undo", "Taken back"),
            ("restore", "Restored"),
            ("merged", "Merged with another edit"),
            ("import", "Imported"),
        ]
    }

    fn feed(&self) -> String {
        with_query("/feeds/changes.atom", &self.asked.query(None))
    }

    fn newest(&self) -> String {
        with_query(PATH, &self.asked.query(None))
    }

    /// What is wrong with a field; empty where nothing is.
    fn fault(&self, field: &str) -> &'static str {
        let mut faults = self.faults.iter();
        faults
            .find(|(of, _)| *of == field)
            .map_or("", |(_, says)| says)
    }

    fn is_member(&self) -> bool {
        self.chrome.viewer.member.is_some()
    }

    /// Whether the reader may mark what new members did.
    fn may_patrol(&self) -> bool {
        let member = self.chrome.viewer.member.as_ref();
        member.is_some_and(|member| member.role >= Role::Editor)
    }
}
