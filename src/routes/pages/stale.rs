//! What a change makes stale. Other nodes hear of it through the change log; whoever made it here need not wait for that.

use crate::models::changes::Notice;
use crate::web::Dependency;

/// What pages that show any of these must be made again for.
pub fn dependencies(notices: &[Notice]) -> Vec<Dependency> {
    let mut changed = vec![Dependency::Site];
    for notice in notices {
        changed.push(Dependency::Kind(notice.kind.as_str()));
        changed.extend(notice.touched.iter().copied().map(Dependency::Page));
    }
    changed
}
