//! The pages that are asked for: of each kind one as it is, one that is deleted, one with a hidden revision, one that is protected.

use yeoun::models::page::protection::{self, Guarded, Wanted};
use yeoun::models::page::{Kind, PageId, lives};
use yeoun::models::user::{Moderator, Role};

use super::canaries;
use super::table::Row;
use crate::support::{Site, store::AT};

/// What has become of the page asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Normal,
    Deleted,
    /// Its second revision is hidden, all of it.
    Hidden,
    /// Only moderators may edit or rename it.
    Protected,
}

impl State {
    /// The revision asked for.
    fn number(self) -> &'static str {
        if self == Self::Hidden { "2" } else { "1" }
    }

    /// What a row sends about a page in this state.
    pub fn fields(self, row: &Row) -> Vec<(&'static str, &'static str)> {
        let number = |value| if value == "{n}" { self.number() } else { value };
        let fields = row.fields.iter();
        fields
            .map(|(name, value)| (*name, number(*value)))
            .collect()
    }
}

/// Four pages of each kind: the first stays as it is, the second is deleted, the third gets the hidden revision, the fourth is protected.
const PAGES: [(Kind, [&str; 4]); 4] = [
    (
        Kind::Drama,
        [
            "reply-1988",
            "hotel-del-luna",
            "goblin",
            "descendants-of-the-sun",
        ],
    ),
    (
        Kind::Song,
        ["hush", "a-little-girl", "stay-with-me", "round-and-round"],
    ),
    (Kind::Artist, ["chanyeol", "punch", "crush", "gummy"]),
    (
        Kind::Album,
        [
            "goblin-part-1",
            "goblin-part-2",
            "goblin-part-3",
            "goblin-part-4",
        ],
    ),
];

/// The pages of a site: their kinds, slugs and numbers in each state.
pub struct Pages(Vec<(Kind, State, String, PageId)>);

impl Pages {
    pub fn prepare(site: &Site) -> Self {
        let mut pages = Vec::new();
        let articles = articles(site);
        let fixed = PAGES.map(|(kind, slugs)| (kind, slugs.map(str::to_owned)));
        for (kind, slugs) in fixed.into_iter().chain([(Kind::Article, articles)]) {
            let states = [
                State::Normal,
                State::Deleted,
                State::Hidden,
                State::Protected,
            ];
            for (slug, state) in slugs.into_iter().zip(states) {
                let id = site.page(kind, &slug).0.id;
                match state {
                    State::Normal => {}
                    State::Deleted => delete(site, id),
                    State::Hidden => canaries::hide(site, kind, &slug),
                    State::Protected => protect(site, id),
                }
                pages.push((kind, state, slug, id));
            }
        }
        Self(pages)
    }

    /// The page of a kind in a state.
    pub fn href(&self, kind: Kind, state: State) -> String {
        format!("/{}/{}", kind.plural(), self.find(kind, state).0)
    }

    fn find(&self, kind: Kind, state: State) -> (&str, PageId) {
        let mut pages = self.0.iter();
        let found = pages.find(|(of, is, ..)| *of == kind && *is == state);
        found.map(|(_, _, slug, id)| (slug.as_str(), *id)).unwrap()
    }

    /// The address of a row for a page in a state.
    pub fn address(&self, row: &Row, pattern: &str, kind: Option<Kind>, state: State) -> String {
        let kind = kind.unwrap_or(Kind::Song);
        let (slug, id) = self.find(kind, state);
        let example = row.example.replace("{n}", state.number());
        if pattern.starts_with(&format!("/{}/{{slug}}", kind.plural())) && !example.is_empty() {
            return format!("/{}/{slug}{example}", kind.plural());
        }
        if !example.is_empty() {
            return example;
        }
        pattern
            .replace("{slug}", slug)
            .replace("{id}", &id.to_string())
    }
}

fn delete(site: &Site, page: PageId) {
    let deleted = site.write(move |conn| {
        let by = Moderator::operator();
        Ok(lives::delete(conn, &by, page, "Made for a test.", AT + 1)?)
    });
    deleted.unwrap();
}

fn protect(site: &Site, page: PageId) {
    let wanted = [Guarded::Edit, Guarded::Rename].map(|action| Wanted {
        action,
        level: Role::Moderator,
        until: None,
    });
    let protected = site.write(move |conn| {
        let by = Moderator::operator();
        Ok(protection::protect(
            conn,
            &by,
            page,
            &wanted,
            "Edited back and forth.",
            AT + 1,
        )?)
    });
    protected.unwrap();
}

/// Four articles of the catalogue, whichever they are.
fn articles(site: &Site) -> [String; 4] {
    let page = site.get("/articles");
    let links = page.facts().links.into_iter();
    let mut slugs: Vec<String> = links
        .filter_map(|link| link.strip_prefix("/articles/").map(str::to_owned))
        .collect();
    slugs.dedup();
    [0, 1, 2, 3].map(|at| slugs[at].clone())
}
