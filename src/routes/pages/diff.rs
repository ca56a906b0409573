//! `/{kind}/{slug}/diff`: what changed between two revisions of a page.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use crate::db::Db;
use crate::models::page::compare::Compared;
use crate::models::page::diff::{Cell, Change, Counts, Row};
use crate::routes::pages::asked::{self, Pair};
use crate::routes::pages::elsewhere;
use crate::routes::pages::frame::{Moment, nav};
use crate::routes::pages::reading::{kind, segment};
use crate::routes::pages::revision::eyes;
use crate::text::words::{Paragraph, Piece, Stretch};
use crate::web::{Chrome, Dependency, Error, Rendered, Shared, Viewer, cached, filters, render};

/// Two revisions compared.
#[derive(Template)]
#[template(path = "pages/diff.html")]
struct DiffPage {
    chrome: Chrome,
    href: String,
    compared: Compared,
    is_side: bool,
}

/// A run of text within a paragraph.
struct Run<'a> {
    text: &'a str,
    is_removed: bool,
    is_added: bool,
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
        let mut it = Self {
            chrome: Chrome::new(shared, viewer, "", title)
                .with_section(nav(page.kind))
                .with_no_index(),
            href,
            is_side: pair.is_side,
            compared,
        };
        it.chrome.path = it.view_href(it.is_side);
        it
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
            .map(|_| format!("{}&hidden=show", self.view_href(self.is_side)))
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

    /// "2 fields", "1 row added", "24 words added, 3 removed".
    fn summary(&self) -> Vec<String> {
        let Counts {
            fields,
            rows_added,
            rows_removed,
            rows_changed,
            rows_moved,
            words,
        } = self.compared.diff.counts;
        let counted = |count: usize, word: &str, deed: &str| {
            let plural = if count == 1 { "" } else { "s" };
            (count > 0).then(|| format!("{count} {word}{plural} {deed}"))
        };
        [
            counted(fields, "field", "changed"),
            counted(rows_added, "row", "added"),
            counted(rows_removed, "row", "removed"),
            counted(rows_changed, "row", "changed"),
            counted(rows_moved, "row", "moved"),
            counted(words.added, "word", "added"),
            counted(words.removed, "word", "removed"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Whether a row has an older and a newer side; one that came or went has one.
    fn has_before(&self, row: &Row) -> bool {
        row.change != Change::Added
    }

    /// What stands beside a value: its field, or where the heading says that already, what happened to it.
    fn label<'a>(&self, row: &Row, cell: &'a Cell) -> &'a str {
        if row.title.is_empty() {
            row.change.word()
        } else {
            &cell.label
        }
    }

    fn has_after(&self, row: &Row) -> bool {
        row.change != Change::Removed
    }

    /// The paragraph of a stretch that is shown.
    fn shown<'a>(&self, stretch: &'a Stretch) -> Option<&'a Paragraph> {
        match stretch {
            Stretch::Shown(paragraph) => Some(paragraph),
            Stretch::Folded(_) => None,
        }
    }

    fn folded<'a>(&self, stretch: &'a Stretch) -> &'a [Paragraph] {
        match stretch {
            Stretch::Shown(_) => &[],
            Stretch::Folded(paragraphs) => paragraphs,
        }
    }

    /// The word beside a paragraph.
    fn word(&self, paragraph: &Paragraph) -> Option<&'static str> {
        let change = match (paragraph.is_before(), paragraph.is_after()) {
            (false, _) => Change::Added,
            (_, false) => Change::Removed,
            _ => Change::Changed,
        };
        paragraph.is_changed().then(|| change.word())
    }

    fn inline<'a>(&self, paragraph: &'a Paragraph) -> Vec<Run<'a>> {
        runs(paragraph, |_| true)
    }

    fn before<'a>(&self, paragraph: &'a Paragraph) -> Vec<Run<'a>> {
        runs(paragraph, Piece::is_before)
    }

    fn after<'a>(&self, paragraph: &'a Paragraph) -> Vec<Run<'a>> {
        runs(paragraph, Piece::is_after)
    }
}

/// The pieces of a paragraph without the blank lines behind it.
fn runs(paragraph: &Paragraph, keep: impl Fn(&Piece) -> bool) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = paragraph
        .pieces
        .iter()
        .filter(|piece| keep(piece))
        .map(|piece| Run {
            text: piece.text(),
            is_removed: !piece.is_after(),
            is_added: !piece.is_before(),
        })
        .collect();
    while let Some(last) = runs.last_mut() {
        last.text = last.text.trim_end();
        if !last.text.is_empty() {
            break;
        }
        runs.pop();
    }
    runs
}
