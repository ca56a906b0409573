//! Mending: only what can be derived anew, or says nothing any more. Each remedy is a write of its own, short, and told in the change
//! log, so that servers that run forget the pages they keep.

use diesel::prelude::*;
use diesel::sql_query;

use super::tables::{REFERENCES, Reference};
use super::{Remedy, numbers, snapshots};
use crate::db::{Conn, both, integrity, tables};
use crate::models::changes::{self, Action, Change};
use crate::models::page::revision::Revision;
use crate::models::page::{Kind, Page, PageId, RevisionId, State, facets, projection};
use crate::models::user::{Admin, Editor, name};
use crate::schema::{pages, redirects, revisions, sessions, tallies, users};

/// Applies a remedy and answers what was done, in words for the operator. To be called inside a write.
pub fn mend(conn: &mut Conn, _by: &Admin, remedy: &Remedy, at: i64) -> QueryResult<String> {
    match remedy {
        Remedy::Indexes => {
            integrity::rebuild_indexes(conn).map(|()| "built every index anew".to_owned())
        }
        Remedy::Page(id) => page(conn, *id, at),
        Remedy::Tallies => recount(conn),
        Remedy::Redirect(kind, slug) => redirect(conn, kind, slug),
        Remedy::Merged(from, into) => {
            diesel::update(pages::table.find(from))
                .set(pages::merged_into.eq(Some(into)))
                .execute(conn)?;
            Ok(format!("let page {from} lead straight to page {into}"))
        }
        Remedy::Orphans(place) => orphans(conn, *place),
        Remedy::LogLine(id) => log_line(conn, *id, at),
        Remedy::LastRow(id) => {
            let highest = highest_row(conn, *id)?;
            diesel::update(pages::table.find(id))
                .set(pages::last_row.eq(highest))
                .execute(conn)?;
            Ok(format!(
                "noted that page {id} has used row numbers up to {highest}"
            ))
        }
        Remedy::Number(table) => number(conn, table),
        Remedy::Sessions => end_sessions(conn),
        Remedy::NameKey(id) => name_key(conn, *id),
    }
}

/// Takes a page to its latest revision: its row, everything derived from it, and a line in the log.
fn page(conn: &mut Conn, id: PageId, at: i64) -> QueryResult<String> {
    let Some(page) = Page::find(conn, id)? else {
        projection::remove(conn, id, Kind::Article)?;
        return Ok(format!(
            "removed what was derived of page {id}, which is not there"
        ));
    };
    let latest = revisions::table
        .filter(revisions::page_id.eq(id))
        .order(revisions::number.desc())
        .select(Revision::as_select())
        .first::<Revision>(conn)
        .optional()?;
    let document = latest
        .as_ref()
        .map(|latest| latest.document(page.kind))
        .transpose()
        .map_err(diesel::result::Error::from)?;
    let (Some(latest), Some(document)) = (latest, document) else {
        return Ok(format!(
            "left page {id} alone: it has no revision to be written from"
        ));
    };
    let state = if page.state == State::Reserved {
        State::Live
    } else {
        page.state
    };
    let head = &document.head;
    diesel::update(pages::table.find(id))
        .set((
            pages::state.eq(state),
            pages::revision_id.eq(Some(latest.id)),
            pages::title.eq(head.title()),
            pages::native.eq(head.native()),
            pages::disambiguation.eq(&head.disambiguation),
            pages::sort_key.eq(projection::sort_key(head)),
        ))
        .execute(conn)?;
    let mut touched = projection::remove(conn, id, page.kind)?;
    facets::forget(conn, id)?;
    if state == State::Live {
        touched.extend(projection::rewrite(conn, id, None, document)?);
    }
    tell(conn, id, None, &touched, at)?;
    Ok(format!(
        "wrote page {id} anew from its revision {}",
        latest.number
    ))
}

fn tell(
    conn: &mut Conn,
    page: PageId,
    revision: Option<RevisionId>,
    touched: &[PageId],
    at: i64,
) -> QueryResult<()> {
    let change = Change {
        page,
        revision,
        action: Action::Rebuild,
        note: "",
        touched,
        at,
    };
    changes::record(conn, &Editor::operator(), &change)
}

/// Counts the pages of every facet; a tally that is new gets its words from a page that has it.
fn recount(conn: &mut Conn) -> QueryResult<String> {
    let counted = "coalesce((SELECT count(*) FROM facets AS f WHERE f.kind = tallies.kind AND f.facet = tallies.facet AND f.value = tallies.value), 0)";
    let changed = sql_query(format!(
        "UPDATE tallies SET pages = {counted} WHERE pages <> {counted}"
    ))
    .execute(conn)?;
    let missing = facets::without_tally(conn)?;
    for (kind, facet, value, pages) in &missing {
        let label = facets::label(conn, *kind, facet, value)?;
        diesel::insert_into(tallies::table)
            .values((
                tallies::kind.eq(kind),
                tallies::facet.eq(facet),
                tallies::value.eq(value),
                tallies::label.eq(label),
                tallies::pages.eq(pages),
            ))
            .execute(conn)?;
    }
    Ok(format!(
        "counted the pages of every facet anew; {} numbers were wrong",
        changed + missing.len()
    ))
}

fn redirect(conn: &mut Conn, kind: &str, slug: &str) -> QueryResult<String> {
    both!(conn, c => diesel::delete(redirects::table)
        .filter(redirects::kind.eq(kind.parse::<Kind>().unwrap_or(Kind::Article)))
        .filter(redirects::slug.eq(slug))
        .execute(c))?;
    Ok(format!("removed the redirect {kind} {slug}"))
}

fn orphans(conn: &mut Conn, place: usize) -> QueryResult<String> {
    let Some(Reference {
        table, column, to, ..
    }) = REFERENCES.get(place)
    else {
        return Ok("left an unknown kind of row alone".to_owned());
    };
    let removed = sql_query(format!(
        "DELETE FROM {table} WHERE {column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {to} WHERE {to}.id = {table}.{column})"
    ))
    .execute(conn)?;
    Ok(format!(
        "removed {removed} of {table} that belonged to nothing"
    ))
}

fn log_line(conn: &mut Conn, id: RevisionId, at: i64) -> QueryResult<String> {
    let Some(revision) = Revision::find(conn, id)? else {
        return Ok(format!(
            "left the revision with number {id} alone: it is gone"
        ));
    };
    tell(conn, revision.page_id, Some(id), &[revision.page_id], at)?;
    Ok(format!(
        "told the change log of revision {} of page {}",
        revision.number, revision.page_id
    ))
}

/// The highest number of a row in any revision of a page.
fn highest_row(conn: &mut Conn, id: PageId) -> QueryResult<i64> {
    let Some(page) = Page::find(conn, id)? else {
        return Ok(0);
    };
    let all: Vec<Revision> = revisions::table
        .filter(revisions::page_id.eq(id))
        .order(revisions::number)
        .select(Revision::as_select())
        .load(conn)?;
    let contents = all.iter().filter_map(|revision| revision.flat().ok());
    let numbers = contents.flat_map(|content| snapshots::row_numbers(page.kind, &content));
    Ok(numbers
        .map(|(_, number)| number)
        .fold(page.last_row, i64::max))
}

fn number(conn: &mut Conn, name: &str) -> QueryResult<String> {
    let all = tables::tables(conn)?;
    let Some(table) = all.iter().find(|table| table.name == name) else {
        return Ok(format!("left {name} alone: it is gone"));
    };
    let next = numbers::highest(conn, table)? + 1;
    tables::set_next_number(conn, table, next)?;
    Ok(format!("let {name} go on from the number {next}"))
}

fn end_sessions(conn: &mut Conn) -> QueryResult<String> {
    let disabled = users::table
        .filter(users::state.eq("disabled"))
        .select(users::id);
    let ended = diesel::delete(
        sessions::table.filter(
            sessions::user_id
                .eq_any(disabled)
                .or(sessions::expires_at.lt(sessions::created_at)),
        ),
    )
    .execute(conn)?;
    Ok(format!("ended {ended} sessions"))
}

fn name_key(conn: &mut Conn, id: i64) -> QueryResult<String> {
    let of_member: String = users::table.find(id).select(users::name).first(conn)?;
    diesel::update(users::table.find(id))
        .set(users::name_key.eq(name::key(&of_member)))
        .execute(conn)?;
    Ok(format!(
        "worked out anew what {of_member}'s name looks like"
    ))
}
