//! Two revisions of a page side by side.

use diesel::QueryResult;

use crate::db::Conn;
use crate::models::page::diff::{self, Diff};
use crate::models::page::revision::Revision;
use crate::models::page::{Kind, Page, hiding, labels};
use crate::models::user::Moderator;

/// Who saved a revision, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saving {
    pub number: i64,
    pub author: String,
    /// Microseconds since 1970.
    pub at: i64,
    pub note: String,
}

impl From<&Revision> for Saving {
    fn from(revision: &Revision) -> Self {
        Self {
            number: revision.number,
            author: labels::author(&revision.author).to_owned(),
            at: revision.created_at,
            note: revision.note.clone(),
        }
    }
}

/// A page and what changed between two of its revisions.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    pub page: Page,
    /// Nothing where the newer one is compared with the empty page.
    pub from: Option<Saving>,
    pub to: Saving,
    /// Number of the latest revision.
    pub latest: i64,
    /// A text that is hidden, by number: then nothing is compared.
    pub hidden: Option<i64>,
    pub diff: Diff,
}

impl Compared {
    /// Compares two revisions of the live page at this address, the older with the newer whichever was named first. Without `to` the
    /// latest is meant, without `from` the one before; before the first there was an empty page, number 0. Only
    /// moderators who ask for it have hidden texts compared.
    pub fn load(
        conn: &mut Conn,
        kind: Kind,
        slug: &str,
        (from, to): (Option<i64>, Option<i64>),
        eyes: Option<&Moderator>,
    ) -> QueryResult<Option<Self>> {
        let Some((page, latest)) = Revision::at(conn, kind, slug)? else {
            return Ok(None);
        };
        let to = to.unwrap_or(latest.number);
        let from = from.unwrap_or(to - 1);
        let (from, to) = (from.min(to), from.max(to));
        let mut find = |number: i64| {
            if number == latest.number {
                Ok(Some(latest.clone()))
            } else {
                Revision::of(conn, page.id, number)
            }
        };
        let (Some(newer), older) = (find(to)?, find(from)?) else {
            return Ok(None);
        };
        if older.is_none() && from != 0 {
            return Ok(None);
        }
        let (newer, older) = match eyes {
            Some(by) => {
                let older = older.map(|older| hiding::with_text(conn, by, older));
                (hiding::with_text(conn, by, newer)?, older.transpose()?)
            }
            None => (newer, older),
        };
        let mut ends = older.iter().chain([&newer]);
        let hidden = ends.find(|end| end.hides_text).map(|end| end.number);
        let before = older.as_ref().map(Revision::flat).transpose()?;
        let diff = match hidden {
            Some(_) => Diff::default(),
            None => diff::diff(conn, kind, &before.unwrap_or_default(), &newer.flat()?)?,
        };
        Ok(Some(Self {
            from: older.as_ref().map(Saving::from),
            to: Saving::from(&newer),
            latest: latest.number,
            page,
            hidden,
            diff,
        }))
    }
}
