//! `/{kind}/{slug}/links`: what links here, by the relation in which it does.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use crate::db::{Conn, Db, QueryResult};
use crate::models::page::backlinks;
use crate::models::page::card::Card;
use crate::models::page::revision::Revision;
use crate::models::page::{Kind, Page, PageId, labels};
use crate::routes::pages::elsewhere;
use crate::routes::pages::frame::nav;
use crate::routes::pages::reading::{kind, segment};
use crate::routes::pages::tool::Around;
use crate::web::{Chrome, Dependency, Error, Rendered, Shared, Viewer, cached, filters, render};

/// Pages of one relation shown among the others, and by themselves.
const FEW: usize = 20;
const MANY: usize = 100;

/// Which part is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// One relation alone.
    relation: String,
    /// Behind this page.
    after: Option<PageId>,
}

/// The page.
#[derive(Template)]
#[template(path = "pages/links.html")]
struct LinksPage {
    chrome: Chrome,
    around: Around,
    groups: Vec<Group>,
    /// Whether only one relation is shown, and not from its beginning.
    is_narrowed: bool,
    is_continued: bool,
}

/// The pages that name this one in one relation.
struct Group {
    relation: String,
    words: String,
    count: i64,
    cards: Vec<Card>,
    /// Where the list goes on.
    next: Option<String>,
}

/// `GET /{kind}/{slug}/links`.
///
/// # Errors
/// 404, and the store's own.
pub async fn index(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
    asked: Query<Asked>,
) -> Result<HttpResponse, Error> {
    let (kind, text) = (kind(&request)?, segment(&request, 1)?);
    if !text.was_canonical() {
        return elsewhere::below(&shared, &db, kind, text, "/links").await;
    }
    let answer = cached(&request, &["relation", "after"], |viewer| {
        let (text, shared, db) = (text.clone(), shared.clone(), db.clone());
        let asked = asked.clone();
        async move {
            let loaded = asked.clone();
            let (page, groups) = db
                .read(move |conn| load(conn, kind, text.as_title(), &loaded))
                .await?
                .ok_or(Error::NotFound)?;
            let cards = groups.iter().flat_map(|group| &group.cards);
            let mut shown: Vec<Dependency> = cards.map(|card| Dependency::Page(card.id)).collect();
            shown.push(Dependency::Page(page.id));
            let page = fill(&shared, viewer, &page, groups, &asked);
            Ok(Rendered::html(render(page).await?, shown))
        }
    });
    match answer.await {
        Err(Error::NotFound) => elsewhere::below(&shared, &db, kind, text, "/links").await,
        answer => answer,
    }
}

fn load(
    conn: &mut Conn,
    kind: Kind,
    slug: &str,
    asked: &Asked,
) -> QueryResult<Option<(Page, Vec<Group>)>> {
    let Some((page, _)) = Revision::at(conn, kind, slug)? else {
        return Ok(None);
    };
    let is_narrowed = !asked.relation.is_empty();
    let most = if is_narrowed { MANY } else { FEW };
    let limit = i64::try_from(most + 1).unwrap_or(i64::MAX);
    let mut groups = Vec::new();
    for (relation, count) in backlinks::groups(conn, page.id)? {
        if is_narrowed && relation != asked.relation {
            continue;
        }
        let after = asked.after.filter(|_| is_narrowed);
        let mut cards = backlinks::page(conn, page.id, &relation, after, limit)?;
        let has_more = cards.len() > most;
        cards.truncate(most);
        let last = cards.last().filter(|_| has_more);
        let next = last.map(|last| {
            format!(
                "{}/links?relation={relation}&after={}",
                page.href(),
                last.id
            )
        });
        groups.push(Group {
            words: labels::relation(&relation),
            relation,
            count,
            cards,
            next,
        });
    }
    Ok(Some((page, groups)))
}

fn fill(
    shared: &Shared,
    viewer: Viewer,
    page: &Page,
    groups: Vec<Group>,
    asked: &Asked,
) -> LinksPage {
    let title = format!("What links to {}, {}", page.title, page.href());
    LinksPage {
        chrome: Chrome::new(shared, viewer, format!("{}/links", page.href()), title)
            .with_section(nav(page.kind))
            .with_no_index(),
        around: Around::new(page),
        groups,
        is_narrowed: !asked.relation.is_empty(),
        is_continued: asked.after.is_some(),
    }
}
