//! What a save would make of the page as it is now, for those who look before they save.

use serde_json::{Map, Value};

use crate::db::{Conn, QueryResult};
use crate::models::page::diff::{self, Diff};
use crate::models::page::document::Document;
use crate::models::page::revision::Content;
use crate::models::page::save::{self, Known, Proposal, plan};

use super::ground::Ground;

/// What others did since an edit began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meanwhile {
    Nothing,
    /// They saved, and the save would bring both together.
    Saved,
    /// They changed the same fields; what is shown is told as if mine stood.
    Collided,
}

/// What a save would make of the page as it is now.
#[derive(Debug)]
pub struct Planned {
    /// The flat form of the page as it is, and as it would be.
    pub before: Map<String, Value>,
    pub after: Map<String, Value>,
    /// The number the revision would have.
    pub number: i64,
    pub meanwhile: Meanwhile,
}

/// What an edit would change.
#[derive(Debug)]
pub struct Proposed {
    pub diff: Diff,
    pub meanwhile: Meanwhile,
}

/// What a save of this would make of the page as it is now.
///
/// # Errors
/// The store's own.
pub fn planned(conn: &mut Conn, began: &Ground, document: Document) -> QueryResult<Planned> {
    if began.is_unborn() {
        return Ok(Planned {
            before: Map::new(),
            after: save::as_saved(conn, &document)?,
            number: 1,
            meanwhile: Meanwhile::Nothing,
        });
    }
    let proposal = Proposal {
        base: Some(began.base.revision.id),
        document,
        note: String::new(),
        at: 0,
        tags: &[],
    };
    let current = Content::latest(conn, &began.page)?;
    let known = Known {
        current: current.as_ref(),
        began: Some(&began.base.flat),
    };
    let (plan, collides) = plan::standing(conn, &began.page, known, &proposal)?;
    Ok(Planned {
        before: plan.before.into_owned(),
        after: plan.after,
        number: current
            .as_ref()
            .map_or(1, |current| current.revision.number + 1),
        meanwhile: match (plan.merged, collides) {
            (_, true) => Meanwhile::Collided,
            (true, false) => Meanwhile::Saved,
            (false, false) => Meanwhile::Nothing,
        },
    })
}

/// What an edit would change of the page as it is now.
///
/// # Errors
/// The store's own.
pub fn proposed(conn: &mut Conn, began: &Ground, document: Document) -> QueryResult<Proposed> {
    let planned = planned(conn, began, document)?;
    let diff = diff::diff(conn, began.page.kind, &planned.before, &planned.after)?;
    Ok(Proposed {
        diff,
        meanwhile: planned.meanwhile,
    })
}
