//! Rows of a list, merged one by one.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{Collision, by_id, keys, merge_value, row_id};

/// Rows: in the order of whoever moved them, each new one behind the row its editor put it behind. A row removed on one side and
/// edited on the other collides, and so do two different rows of one number.
pub fn merge_rows(
    list: &str,
    base: &[Value],
    theirs: &[Value],
    mine: &[Value],
    collisions: &mut Vec<Collision>,
) -> Vec<Value> {
    let (base_rows, their_rows, my_rows) = (by_id(base), by_id(theirs), by_id(mine));
    let mut merged: Vec<Value> = Vec::new();
    for id in merged_order(base, theirs, mine) {
        let path = format!("{list}[{id}]");
        let (b, t, m) = (
            base_rows.get(&id).copied(),
            their_rows.get(&id).copied(),
            my_rows.get(&id).copied(),
        );
        match (b, t, m) {
            (Some(Value::Object(b)), Some(Value::Object(t)), Some(Value::Object(m))) => {
                let mut row = Map::new();
                for key in keys(&[t, m, b]) {
                    let path = format!("{path}.{key}");
                    if let Some(value) =
                        merge_value(&path, b.get(key), t.get(key), m.get(key), collisions)
                    {
                        row.insert(key.to_owned(), value);
                    }
                }
                merged.push(Value::Object(row));
            }
            _ => merged.extend(merge_value(&path, b, t, m, collisions)),
        }
    }
    merged
}

/// Their order, unless only I moved rows. Rows the other list does not have stand behind the one they stood behind; where both put
/// rows in one place, the lower number comes first, so that the outcome is the same whoever saved first.
fn merged_order(base: &[Value], theirs: &[Value], mine: &[Value]) -> Vec<i64> {
    let known: HashSet<i64> = base.iter().map(row_id).collect();
    let (first, second) = if has_order_of(base, theirs, &known) {
        (mine, theirs)
    } else {
        (theirs, mine)
    };
    let mut order: Vec<i64> = first.iter().map(row_id).collect();
    let mut placed: HashSet<i64> = order.iter().copied().collect();
    let mut behind: Option<i64> = None;
    for id in second.iter().map(row_id) {
        if placed.insert(id) {
            let start = behind
                .and_then(|anchor| order.iter().position(|other| *other == anchor))
                .map_or(0, |at| at + 1);
            let ahead = order
                .iter()
                .skip(start)
                .take_while(|other| !known.contains(other) && **other < id)
                .count();
            order.insert(start + ahead, id);
        }
        behind = Some(id);
    }
    order
}

/// Whether the rows that were there before stand in the order they had.
fn has_order_of(base: &[Value], rows: &[Value], known: &HashSet<i64>) -> bool {
    let kept: Vec<i64> = rows
        .iter()
        .map(row_id)
        .filter(|id| known.contains(id))
        .collect();
    let still: HashSet<i64> = kept.iter().copied().collect();
    let was: Vec<i64> = base
        .iter()
        .map(row_id)
        .filter(|id| still.contains(id))
        .collect();
    was == kept
}
