//! Rows that came, went, changed and moved.

use serde_json::{Map, Value};

use super::values::Side;
use super::{Cell, Change, Row, moves, titles};
use crate::models::page::{labels, merge};

/// The one row of a field with a single value.
pub fn single(key: &str, old: &Side<'_>, new: &Side<'_>) -> Row {
    let (before, after) = (old.content.get(key), new.content.get(key));
    Row {
        path: key.to_owned(),
        title: String::new(),
        change: match (before, after) {
            (None, _) => Change::Added,
            (_, None) => Change::Removed,
            _ => Change::Changed,
        },
        moved: None,
        spoiler: None,
        cells: vec![Cell {
            label: labels::field(key).to_owned(),
            before: old.shown("", key, before),
            after: new.shown("", key, after),
        }],
    }
}

/// The rows of a list that differ: those of the newer list in its order, then those that went.
pub fn rows(list: &str, old: &Side<'_>, new: &Side<'_>) -> Vec<Row> {
    let (before, after) = (
        merge::rows_of(old.content.get(list)),
        merge::rows_of(new.content.get(list)),
    );
    let (old_rows, new_rows) = (merge::by_id(before), merge::by_id(after));
    let ids = |rows: &[Value]| -> Vec<i64> { rows.iter().map(merge::row_id).collect() };
    let moved = moves::moved(&ids(before), &ids(after));
    let mut found = Vec::new();
    for row in after {
        let id = merge::row_id(row);
        let was = old_rows.get(&id).copied();
        let place = moved.get(&id).copied();
        if was == Some(row) && place.is_none() {
            continue;
        }
        found.push(Row {
            path: format!("{list}[{id}]"),
            title: titles::title(list, row, new),
            change: match was {
                None => Change::Added,
                Some(was) if was == row => Change::Moved,
                Some(_) => Change::Changed,
            },
            moved: place,
            spoiler: spoiler(Some(row)).max(spoiler(was)),
            cells: cells(list, (was, old), (Some(row), new)),
        });
    }
    for row in before {
        let id = merge::row_id(row);
        if !new_rows.contains_key(&id) {
            found.push(Row {
                path: format!("{list}[{id}]"),
                title: titles::title(list, row, old),
                change: Change::Removed,
                moved: None,
                spoiler: spoiler(Some(row)),
                cells: cells(list, (Some(row), old), (None, new)),
            });
        }
    }
    found
}

/// The episode a row gives something away of.
fn spoiler(row: Option<&Value>) -> Option<i64> {
    row?.get("spoiler").and_then(Value::as_i64)
}

/// The values of a row that differ.
fn cells(
    list: &str,
    (before, old): (Option<&Value>, &Side<'_>),
    (after, new): (Option<&Value>, &Side<'_>),
) -> Vec<Cell> {
    let nothing = Map::new();
    let values = |row: Option<&'_ Value>| row.and_then(Value::as_object).cloned();
    let (before, after) = (values(before), values(after));
    let (was, is) = (
        before.as_ref().unwrap_or(&nothing),
        after.as_ref().unwrap_or(&nothing),
    );
    merge::keys(&[is, was])
        .into_iter()
        .filter(|key| *key != "id" && was.get(*key) != is.get(*key))
        .map(|key| {
            let side = |there: bool, side: &Side<'_>, row: &Map<String, Value>| match row.get(key) {
                // A row that says nothing of its rank simply holds.
                None if there && key == "rank" => side.shown(list, key, Some(&"preferred".into())),
                value => side.shown(list, key, value),
            };
            Cell {
                label: labels::field(key).to_owned(),
                before: side(before.is_some(), old, was),
                after: side(after.is_some(), new, is),
            }
        })
        .collect()
}
