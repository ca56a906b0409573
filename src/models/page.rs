//! Pages: what drama, song, artist, album and article have in common. Identity, addresses, and the one save path.

pub mod blame;
pub mod browse;
pub mod card;
pub mod claims;
pub mod compare;
pub mod content;
pub mod diff;
pub mod document;
pub mod external;
pub mod facets;
pub mod hiding;
pub mod history;
pub mod index;
pub mod labels;
pub mod lives;
pub mod mentions;
pub mod merge;
pub mod named;
pub mod near;
pub mod projection;
pub mod revision;
pub mod save;
pub mod settle;
pub mod suggest;
pub mod undo;
pub mod view;
pub mod years;

use diesel::prelude::*;

use crate::db::{Conn, first, rows, text_enum};
use crate::schema::{pages, redirects, title_keys};
use crate::text::address::PathText;
use crate::text::romanise;
use crate::text::slug::Slug;

/// Number of a page, the same for ever: `/p/{id}`.
pub type PageId = i64;
/// Number of a revision, over all pages.
pub type RevisionId = i64;

text_enum! {
    /// The five kinds of page.
    pub enum Kind {
        Drama => "drama",
        Song => "song",
        Artist => "artist",
        Album => "album",
        Article => "article",
    }
}

impl Kind {
    /// The word in addresses and folder names.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Drama => "dramas",
            Self::Song => "songs",
            Self::Artist => "artists",
            Self::Album => "albums",
            Self::Article => "articles",
        }
    }

    /// The word for readers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Drama => "Drama",
            Self::Song => "Song",
            Self::Artist => "Artist",
            Self::Album => "Album",
            Self::Article => "Article",
        }
    }

    /// The kind with this word in its address.
    pub fn of_plural(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.plural() == word)
    }
}

text_enum! {
    /// What has become of a page.
    pub enum State {
        /// An identity without a revision yet: not shown anywhere.
        Reserved => "reserved",
        Live => "live",
        Merged => "merged",
        Deleted => "deleted",
    }
}

/// The identity row of a page.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = pages)]
pub struct Page {
    pub id: PageId,
    pub kind: Kind,
    pub slug: String,
    pub state: State,
    /// The name shown to readers of English.
    pub title: String,
    /// The primary Korean name, or nothing.
    pub native: String,
    pub disambiguation: String,
    pub sort_key: String,
    pub revision_id: Option<RevisionId>,
    /// Highest row id ever given out in this page.
    pub last_row: i64,
    pub created_at: i64,
    pub updated_at: i64,
    pub merged_into: Option<PageId>,
    pub deletion_note: String,
}

impl Page {
    /// Address of the page.
    pub fn href(&self) -> String {
        format!("/{}/{}", self.kind.plural(), self.slug)
    }

    /// The page with this id, whatever its state.
    pub fn find(conn: &mut Conn, id: PageId) -> QueryResult<Option<Self>> {
        first!(conn, pages::table.find(id).select(Self::as_select())).optional()
    }

    /// The page at this address, whatever its state.
    pub fn at(conn: &mut Conn, kind: Kind, slug: &str) -> QueryResult<Option<Self>> {
        first!(
            conn,
            pages::table
                .filter(pages::kind.eq(kind))
                .filter(pages::slug.eq(slug))
                .select(Self::as_select())
        )
        .optional()
    }
}

/// What an address turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Address {
    /// The canonical address of a page.
    Here(Box<Page>),
    /// Another way to say it: moved for ever to this address.
    Moved(String),
    /// Was here and was deleted.
    Gone { title: String, note: String },
    /// Nothing is or was here; the words of the address, to search for.
    Missing { words: String },
}

impl Address {
    /// Finds what is meant by one segment of an address: the slug itself, a slug of earlier days, or a title in any script.
    pub fn find(conn: &mut Conn, kind: Kind, text: &PathText) -> QueryResult<Self> {
        let words = text.as_title();
        let slug = words.to_lowercase();
        if Slug::parse(&slug).is_ok() {
            if let Some(page) = Page::at(conn, kind, &slug)? {
                return Self::of_page(conn, page, text.was_canonical());
            }
            let moved: Option<PageId> = first!(
                conn,
                redirects::table
                    .find((kind, &slug))
                    .select(redirects::page_id)
            )
            .optional()?;
            if let Some(page) = moved.map(|id| Page::find(conn, id)).transpose()?.flatten() {
                return Self::of_page(conn, page, false);
            }
        }
        let named = Self::by_title(conn, kind, words)?;
        match named {
            Some(page) => Self::of_page(conn, page, false),
            None => Ok(Self::Missing {
                words: words.to_owned(),
            }),
        }
    }

    /// The one page of this kind with such a name; none where several share it.
    fn by_title(conn: &mut Conn, kind: Kind, words: &str) -> QueryResult<Option<Page>> {
        let norm = romanise::norm(words);
        if norm.is_empty() {
            return Ok(None);
        }
        let ids: Vec<PageId> = rows!(
            conn,
            title_keys::table
                .filter(title_keys::norm.eq(&norm))
                .filter(title_keys::kind.eq(kind))
                .select(title_keys::page_id)
                .distinct()
                .order(title_keys::page_id)
                .limit(2)
        )?;
        match ids.as_slice() {
            [id] => Page::find(conn, *id),
            _ => Ok(None),
        }
    }

    fn of_page(conn: &mut Conn, page: Page, canonical: bool) -> QueryResult<Self> {
        match (page.state, page.merged_into) {
            (State::Live, _) if canonical => Ok(Self::Here(Box::new(page))),
            (State::Live, _) => Ok(Self::Moved(page.href())),
            (State::Merged, Some(into)) => Self::survivor(conn, into),
            (State::Deleted, _) => Ok(Self::Gone {
                title: page.title,
                note: page.deletion_note,
            }),
            (State::Reserved | State::Merged, _) => Ok(Self::Missing {
                words: page.slug.replace('-', " "),
            }),
        }
    }

    /// Follows merges to the page that is left; a chain longer than eight is a fault of the data and ends as missing.
    fn survivor(conn: &mut Conn, mut id: PageId) -> QueryResult<Self> {
        for _ in 0..8 {
            match Page::find(conn, id)? {
                Some(page) if page.state == State::Live => return Ok(Self::Moved(page.href())),
                Some(Page {
                    state: State::Deleted,
                    title,
                    deletion_note,
                    ..
                }) => {
                    return Ok(Self::Gone {
                        title,
                        note: deletion_note,
                    });
                }
                Some(Page {
                    merged_into: Some(next),
                    ..
                }) => id = next,
                _ => break,
            }
        }
        Ok(Self::Missing {
            words: String::new(),
        })
    }
}
