//! Rows of a list, merged one by one.

use serde_json::{Map, Value};

use super::order::merged_order;
use super::{Collision, by_id, keys, merge_value, row_id};

/// Rows: in an order that does not ask who saved first. A row removed on one side and edited on the other collides, and so do two
/// different rows of one number.
pub fn merge_rows(
    list: &str,
    base: &[Value],
    theirs: &[Value],
    mine: &[Value],
    collisions: &mut Vec<Collision>,
) -> Vec<Value> {
    let (base_rows, their_rows, my_rows) = (by_id(base), by_id(theirs), by_id(mine));
    let mut merged: Vec<Value> = Vec::new();
    let ids = |rows: &[Value]| rows.iter().map(row_id).collect::<Vec<i64>>();
    for id in merged_order(&ids(base), &ids(theirs), &ids(mine)) {
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
