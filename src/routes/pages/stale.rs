//! What a change makes stale. Other nodes hear of it through the change log; whoever made it here need not wait for that.

use crate::models::changes::Notice;
use crate::models::page::{Kind, PageId};
use crate::web::Dependency;

/// What pages that show any of these must be made again for.
pub fn dependencies(notices: &[Notice]) -> Vec<Dependency> {
    let changed = notices
        .iter()
        .flat_map(|notice| of_pages(notice.kind, &notice.touched));
    changed.chain([Dependency::Site]).collect()
}

/// What pages that show any of these must be made again for, after a page of this kind was saved.
pub fn of_save(kind: Kind, touched: &[PageId]) -> Vec<Dependency> {
    of_pages(kind, touched).chain([Dependency::Site]).collect()
}

fn of_pages(kind: Kind, touched: &[PageId]) -> impl Iterator<Item = Dependency> {
    let pages = touched.iter().copied().map(Dependency::Page);
    pages.chain([Dependency::Kind(kind.as_str())])
}
