//! `/articles/{slug}`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::article::Article;
use crate::models::article::show::ArticleView;
use crate::models::page::Kind;
use crate::models::page::document::{Head, KindFacts};
use crate::routes::pages::frame::{self, Entry, Shown};
use crate::routes::pages::reading;
use crate::routes::pages::structured;
use crate::text::markdown::Rendered;
use crate::web::Viewer;
use crate::web::chrome::{JsonLd, OpenGraph};
use crate::web::{Chrome, Error, Shared, filters, render};

/// An article's page.
#[derive(Template)]
#[template(path = "articles/show.html")]
pub struct ShowPage<'a> {
    chrome: Chrome,
    shown: Shown,
    view: &'a ArticleView,
    article: Article,
    prose: Option<&'a Rendered>,
}

/// `GET /articles/{slug}`.
pub async fn show(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    reading::show(&request, &shared, &db, Kind::Article, write).await
}

/// `GET /articles/{slug}/history/{n}`.
pub async fn revision(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    crate::routes::pages::revision::show(&request, &shared, &db, Kind::Article, write).await
}

pub(in crate::routes) fn write(
    shared: &Shared,
    viewer: Viewer,
    view: &ArticleView,
    prose: Option<&Rendered>,
) -> askama::Result<String> {
    render::write(&ShowPage::fill(shared, viewer, view, prose))
}

impl<'a> ShowPage<'a> {
    fn fill(
        shared: &Shared,
        viewer: Viewer,
        view: &'a ArticleView,
        prose: Option<&'a Rendered>,
    ) -> Self {
        let article = match &view.document.facts {
            KindFacts::Article(article) => article.clone(),
            _ => Article::default(),
        };
        let shown = Shown::of(&view.page, &view.revision);
        let begins = prose
            .as_ref()
            .map(|prose| prose.text_start.as_str())
            .unwrap_or_default();
        let described = if article.summary.is_empty() {
            begins
        } else {
            &article.summary
        };
        let chrome = Chrome::new(shared, viewer, view.page.href(), view.page.title.clone())
            .with_description(frame::description(described))
            .with_section("articles")
            .with_open_graph(OpenGraph {
                kind: "article",
                image: None,
            });
        let json_ld = JsonLd::new(&structured::article::graph_of(view, &chrome.base_url));
        let chrome = if shown.is_latest {
            chrome.with_json_ld(json_ld)
        } else {
            chrome.with_no_index()
        };
        Self {
            chrome,
            shown,
            view,
            article,
            prose,
        }
    }

    fn head(&self) -> &Head {
        &self.view.document.head
    }

    fn contents(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        if let Some(prose) = &self.prose {
            entries.extend(frame::headings(&prose.headings));
            if prose.has_footnotes {
                entries.push(frame::section("footnotes", "Notes", None));
            }
        }
        if !self.head().sources.is_empty() {
            entries.push(frame::section(
                "sources",
                "Sources",
                Some(self.head().sources.len()),
            ));
        }
        entries
    }
}
