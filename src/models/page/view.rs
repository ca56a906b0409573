//! What all pages to read have in common, whatever their kind.

use std::collections::BTreeSet;

use crate::db::{Conn, QueryResult};
use crate::models::page::card::Cards;
use crate::models::page::document::Document;
use crate::models::page::revision::Revision;
use crate::models::page::{Page, PageId};

/// Everything one page shows.
pub trait View: Sized + Send + 'static {
    /// Loads it at a revision, in the same read as the page itself.
    fn load(conn: &mut Conn, page: Page, revision: Revision) -> QueryResult<Self>;
    /// The content at that revision.
    fn document(&self) -> &Document;
    /// The identity.
    fn page(&self) -> &Page;
    /// The pages its facts and prose name.
    fn cards(&self) -> &Cards;
    /// The revision shown.
    fn revision(&self) -> &Revision;
    /// Every page shown: what a rendered copy depends on.
    fn shown(&self) -> BTreeSet<PageId>;
}

/// The four parts every view holds under the same names.
macro_rules! parts {
    () => {
        fn document(&self) -> &crate::models::page::document::Document {
            &self.document
        }

        fn page(&self) -> &crate::models::page::Page {
            &self.page
        }

        fn cards(&self) -> &crate::models::page::card::Cards {
            &self.cards
        }

        fn revision(&self) -> &crate::models::page::revision::Revision {
            &self.revision
        }
    };
}
pub(crate) use parts;
