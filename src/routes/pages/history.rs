//! `/{kind}/{slug}/history`: every revision of a page, newest first.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::page::history::{Entry, History, Wanted};
use crate::models::page::{Kind, labels};
use crate::routes::pages::asked;
use crate::routes::pages::elsewhere;
use crate::routes::pages::frame::{Moment, nav};
use crate::routes::pages::reading::{kind, segment};
use crate::web::{Chrome, Dependency, Error, Rendered, Shared, cached, filters, render};

/// The history of a page.
#[derive(Template)]
#[template(path = "pages/history.html")]
struct HistoryPage {
    chrome: Chrome,
    kind: Kind,
    title: String,
    href: String,
    /// The field it is narrowed to, as written in addresses and in words.
    field: Option<(String, String)>,
    is_newest: bool,
    is_without_minor: bool,
    lines: Vec<Line>,
    older: Option<i64>,
}

/// One revision in the list.
struct Line {
    entry: Entry,
    saved: Moment,
    /// What is chosen for a comparison when the page opens: the newest and the one before.
    is_from: bool,
    is_to: bool,
}

/// `GET /{kind}/{slug}/history`.
pub async fn index(
    request: HttpRequest,
    shared: Data<Shared>,
    db: Data<Db>,
) -> Result<HttpResponse, Error> {
    let (kind, text) = (kind(&request)?, segment(&request, 1)?);
    let wanted = asked::wanted(request.uri().query().unwrap_or_default())?;
    if !text.was_canonical() {
        return elsewhere::below(&shared, &db, kind, text, "/history").await;
    }
    let answer = cached(&request, &["before", "field", "minor"], |viewer| {
        let (text, shared, db) = (text.clone(), shared.clone(), db.clone());
        async move {
            let asked = wanted.clone();
            let history = db
                .read(move |conn| History::load(conn, kind, text.as_title(), &asked))
                .await?
                .ok_or(Error::NotFound)?;
            let shown = vec![Dependency::Page(history.page.id)];
            let page = HistoryPage::fill(&shared, viewer, history, wanted);
            Ok(Rendered::html(render(page).await?, shown))
        }
    });
    match answer.await {
        Err(Error::NotFound) => elsewhere::below(&shared, &db, kind, text, "/history").await,
        answer => answer,
    }
}

impl HistoryPage {
    fn fill(shared: &Shared, viewer: crate::web::Viewer, history: History, wanted: Wanted) -> Self {
        let page = &history.page;
        let href = page.href();
        let (kind, title, older) = (page.kind, page.title.clone(), history.older);
        let mut query: Vec<String> = Vec::new();
        query.extend(wanted.field.as_ref().map(|field| format!("field={field}")));
        query.extend(wanted.is_without_minor.then(|| "minor=no".to_owned()));
        query.extend(wanted.before.map(|before| format!("before={before}")));
        let path = match query.join("&") {
            query if query.is_empty() => format!("{href}/history"),
            query => format!("{href}/history?{query}"),
        };
        // Pages may share a title, but not an address.
        let chrome = Chrome::new(shared, viewer, path, format!("History of {title}, {href}"))
            .with_section(nav(kind))
            .with_no_index();
        let lines = history.entries.into_iter().enumerate();
        Self {
            chrome,
            kind,
            title,
            field: wanted.field.map(|field| {
                let words = labels::field(labels::top(&field)).to_owned();
                (field, words)
            }),
            is_without_minor: wanted.is_without_minor,
            is_newest: wanted.before.is_none_or(|before| before > history.latest),
            lines: lines
                .map(|(at, entry)| Line {
                    saved: Moment::of(entry.at),
                    is_to: at == 0,
                    is_from: at == 1,
                    entry,
                })
                .collect(),
            older,
            href,
        }
    }

    /// "Songs".
    fn kinds(&self) -> String {
        format!("{}s", self.kind.label())
    }

    /// Whether the reader may hide parts of a revision.
    fn may_hide(&self) -> bool {
        let member = self.chrome.viewer.member.as_ref();
        member.is_some_and(|member| member.moderator.is_some())
    }

    /// Whether there is anything to compare with.
    fn has_pairs(&self) -> bool {
        self.lines.len() > 1
    }

    /// The fields a revision changed: name and words.
    fn fields<'a>(&self, line: &'a Line) -> Vec<(&'a str, String)> {
        let mut names: Vec<&str> = Vec::new();
        for path in &line.entry.changed {
            let name = labels::top(path);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.into_iter().zip(line.entry.fields()).collect()
    }

    /// `…/history?field=credits&before=17`.
    fn older_href(&self, before: &i64) -> String {
        self.narrowed(self.is_without_minor, Some(*before))
    }

    /// The history from its beginning, narrowed as this page is.
    fn newest_href(&self) -> String {
        self.narrowed(self.is_without_minor, None)
    }

    /// The same with small edits left out, or with them again.
    fn minor_href(&self) -> String {
        self.narrowed(!self.is_without_minor, None)
    }

    fn narrowed(&self, is_without_minor: bool, before: Option<i64>) -> String {
        let field = self
            .field
            .as_ref()
            .map(|(field, _)| format!("field={field}"));
        let minor = is_without_minor.then(|| "minor=no".to_owned());
        let before = before.map(|before| format!("before={before}"));
        let query: Vec<String> = [field, minor, before].into_iter().flatten().collect();
        match query.join("&") {
            query if query.is_empty() => format!("{}/history", self.href),
            query => format!("{}/history?{query}", self.href),
        }
    }
}

impl Line {
    /// What of it is hidden: "text and note hidden"; empty where nothing is.
    fn hidden(&self) -> String {
        let parts = [
            (self.entry.hides_text, "text"),
            (self.entry.hides_note, "note"),
            (self.entry.hides_author, "name"),
        ];
        let parts: Vec<&str> = parts
            .into_iter()
            .filter_map(|(is_hidden, word)| is_hidden.then_some(word))
            .collect();
        match parts.as_slice() {
            [] => String::new(),
            parts => format!("{} hidden", parts.join(" and ")),
        }
    }

    /// "+120 characters".
    fn grew(&self) -> String {
        let Some(grew) = self.entry.grew else {
            return "length hidden".to_owned();
        };
        match grew {
            0 => "same length".to_owned(),
            more if more > 0 => format!("+{more} characters"),
            less => format!("−{} characters", less.unsigned_abs()),
        }
    }
}
