//! What editors do, through the models, until the site has forms for it.

use yeoun::db::{Conn, DbError};
use yeoun::models::changes;
use yeoun::models::page::document::Document;
use yeoun::models::page::lives::LifeError;
use yeoun::models::page::revision::Revision;
use yeoun::models::page::save::{self, Proposal, SaveError, Saved};
use yeoun::models::page::{Kind, Page, RevisionId};
use yeoun::models::user::Editor;
use yeoun::server::follower;

use super::Site;
use super::store::AT;

/// Why something was not written.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    #[error(transparent)]
    Save(#[from] SaveError),
    #[error(transparent)]
    Life(#[from] LifeError),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for Refused {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Site {
    /// Reads from the store.
    pub fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Conn) -> diesel::QueryResult<T> + Send + 'static,
    ) -> T {
        self.db.read_blocking(f).unwrap()
    }

    /// Writes to the store, and lets the page cache hear of it as the running site would.
    pub fn write<T: Send + 'static>(
        &self,
        f: impl Fn(&mut Conn) -> Result<T, Refused> + Send + 'static,
    ) -> Result<T, Refused> {
        let seen = self.read(changes::newest);
        let outcome = self.db.write_blocking(f);
        let follow = follower::step(&self.shared, &self.db, Some(seen));
        actix_web::rt::System::new().block_on(follow).unwrap();
        outcome
    }

    /// A page, its latest revision and its content.
    pub fn page(&self, kind: Kind, slug: &str) -> (Page, Revision, Document) {
        let slug = slug.to_owned();
        self.read(move |conn| {
            let page = Page::at(conn, kind, &slug)?.unwrap_or_else(|| panic!("no {kind} {slug}"));
            let revision = Revision::latest(conn, &page)?.unwrap();
            let document = revision.document(kind)?;
            Ok((page, revision, document))
        })
    }

    /// Saves a page as an editor who began from `base` and made this of it.
    pub fn save(
        &self,
        page: &Page,
        base: Option<RevisionId>,
        document: &Document,
    ) -> Result<Saved, Refused> {
        let id = page.id;
        let proposal = Proposal {
            base,
            document: document.clone(),
            note: "A test.".to_owned(),
            at: AT + 1_000_000,
            tags: &[],
        };
        self.write(move |conn| Ok(save::save(conn, &Editor::operator(), id, &proposal)?))
    }
}
