//! The starter catalogue, inside the binary.

use diesel::QueryResult;
use include_dir::{Dir, include_dir};

use crate::db::Conn;
use crate::models::catalogue::{self, Report};
use crate::models::changes;
use crate::models::user::Editor;

static CONTENT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// The files: path and text, in order.
pub fn files() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = CONTENT
        .dirs()
        .flat_map(|folder| folder.files())
        .filter_map(|file| {
            Some((
                file.path().to_str()?.to_owned(),
                file.contents_utf8()?.to_owned(),
            ))
        })
        .filter(|(path, _)| path.ends_with(".md"))
        .collect();
    files.sort();
    files
}

/// Loads the catalogue into a store that has never held anything; answers nothing when it has.
///
/// # Errors
/// The store's own.
pub fn load_into_empty(conn: &mut Conn, at: i64) -> QueryResult<Option<Report>> {
    if changes::newest(conn)? != 0 {
        return Ok(None);
    }
    catalogue::import(conn, &Editor::operator(), &files(), at).map(Some)
}
