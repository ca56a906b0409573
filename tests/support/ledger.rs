//! The ledger of what editors were promised, and whether it is so.

use std::collections::BTreeMap;
use std::time::Duration;

use diesel::prelude::*;
use serde_json::Value;
use yeoun::db::{Conn, Db};
use yeoun::models::page::revision::Revision;
use yeoun::models::page::{Kind, Page, PageId};
use yeoun::schema::revisions;

use crate::editors::{Desk, EDITORS, Outcome, name};

/// The credit of each editor: its row, and the number it says.
pub type Rows = BTreeMap<usize, (i64, u64)>;

/// What one editor was promised: the numbers that were acknowledged for each song, and the last that was tried.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    pub acknowledged: BTreeMap<usize, Vec<u64>>,
    pub tried: BTreeMap<usize, u64>,
    pub saves: u64,
    /// How long each acknowledged save took, from the press of the button.
    pub took: Vec<Duration>,
    /// Answers that were neither a save nor the end of the server.
    pub refusals: Vec<String>,
}

/// What the credits of the editors say on a song now: row and number; and how many revisions the song has.
pub fn details(conn: &mut Conn, slug: &str) -> QueryResult<(i64, Rows)> {
    let page = Page::at(conn, Kind::Song, slug)?.ok_or(diesel::result::Error::NotFound)?;
    let latest = Revision::latest(conn, &page)?.ok_or(diesel::result::Error::NotFound)?;
    Ok((latest.number, told(&latest.content)))
}

/// The editors' credits in a content.
fn told(content: &str) -> Rows {
    let content: Value = serde_json::from_str(content).unwrap_or_default();
    let credits = content.get("credits").and_then(Value::as_array);
    let text = |row: &Value, key: &str| row.get(key).and_then(Value::as_str).map(str::to_owned);
    let of = |row: &Value| {
        let who = text(row, "text")?;
        let editor = (0..EDITORS).find(|editor| name(*editor) == who)?;
        let number = text(row, "detail")?.parse().ok()?;
        Some((editor, (row.get("id")?.as_i64()?, number)))
    };
    credits.into_iter().flatten().filter_map(of).collect()
}

/// Looks whether everything acknowledged is there, in the pages and in their history; what was tried last may be there or not.
/// Answers how many revisions the songs have.
pub fn settle(db: &Db, desk: &Desk, ledgers: &[Ledger]) -> Outcome<u64> {
    let mut all = 0;
    for (song, slug) in desk.songs.iter().enumerate() {
        let at = slug.clone();
        let (count, now, past) = db.read_blocking(move |conn| {
            let (count, now) = details(conn, &at)?;
            let page = Page::at(conn, Kind::Song, &at)?.ok_or(diesel::result::Error::NotFound)?;
            Ok((count, now, history(conn, page.id)?))
        })?;
        all += u64::try_from(count)?;
        for (editor, ledger) in ledgers.iter().enumerate() {
            let promised = ledger
                .acknowledged
                .get(&song)
                .map(Vec::as_slice)
                .unwrap_or_default();
            let acknowledged = promised.last().copied().unwrap_or(0);
            let tried = ledger.tried.get(&song).copied().unwrap_or(0);
            let found = now.get(&editor).map(|(_, number)| *number);
            if !found.is_some_and(|found| (acknowledged..=tried).contains(&found)) {
                return Err(format!("{slug}: editor {editor} was promised {acknowledged} and the page says {found:?}").into());
            }
            let numbers = past.get(&editor).map(Vec::as_slice).unwrap_or_default();
            let lost: Vec<&u64> = promised
                .iter()
                .filter(|number| numbers.binary_search(number).is_err())
                .collect();
            if !lost.is_empty() || !numbers.is_sorted() {
                return Err(format!(
                    "{slug}: the history of editor {editor} is {numbers:?} and lacks {lost:?}"
                )
                .into());
            }
        }
    }
    Ok(all)
}

/// The numbers each editor's credit went through, in the order of the revisions.
fn history(conn: &mut Conn, page: PageId) -> QueryResult<BTreeMap<usize, Vec<u64>>> {
    let contents: Vec<String> = revisions::table
        .filter(revisions::page_id.eq(page))
        .order(revisions::number)
        .select(revisions::content)
        .load(conn)?;
    let mut past: BTreeMap<usize, Vec<u64>> = BTreeMap::new();
    for content in contents {
        for (editor, (_, number)) in told(&content) {
            let numbers = past.entry(editor).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        }
    }
    Ok(past)
}
