//! Changes of values that a source stands behind: what was claimed is not lost because somebody claims something else.

use serde_json::{Map, Value};

use crate::models::page::Kind;
use crate::models::page::document::row_lists;
use crate::models::rank::{Rank, RowId};

/// Lists whose rows are claims, and the keys that say what is claimed.
const CONTESTABLE: [(&str, &[&str]); 7] = [
    ("credits", &["role", "artist", "text"]),
    ("uses", &["drama", "role"]),
    ("versions", &["credit", "released"]),
    ("cues", &["drama", "episode", "begin", "part"]),
    ("tracks", &["song", "title"]),
    ("cast", &["character", "artist", "text"]),
    ("members", &["artist", "text"]),
];
/// List of the claims about single values.
const CLAIMS: &str = "claims";

/// A sourced value that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contested {
    /// A field with a single value.
    Field(String),
    /// A row, by list and id.
    Row(&'static str, RowId),
}

/// What is to become of the value that was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settlement {
    /// It was wrong: it stays as refuted, with the reason.
    Correct(String),
    /// Both are claimed, and the page goes on following the first.
    Both,
    /// It was only written wrongly.
    Typo,
}

impl Contested {
    /// As changes are named: `first_aired`, `credits[12]`.
    pub fn path(&self) -> String {
        match self {
            Self::Field(key) => key.clone(),
            Self::Row(list, id) => format!("{list}[{id}]"),
        }
    }
}

/// The sourced values that `mine` changes. Whoever changed the claims about a field by hand has said what there is to say, and giving a
/// name its page claims nothing new.
pub fn contested(
    kind: Kind,
    base: &Map<String, Value>,
    mine: &Map<String, Value>,
) -> Vec<Contested> {
    let mut found = Vec::new();
    for (key, value) in base {
        if row_lists(kind).any(|list| list == key) {
            continue;
        }
        let is_sourced = rows(base, CLAIMS)
            .iter()
            .any(|claim| claims(claim, key, value) && has_sources(claim));
        let about = |of: &Map<String, Value>| -> Vec<Value> {
            let claims = rows(of, CLAIMS).iter();
            claims
                .filter(|claim| text(claim, "field") == key)
                .cloned()
                .collect()
        };
        let is_changed = mine.get(key).is_some_and(|now| now != value);
        if is_sourced && is_changed && about(base) == about(mine) {
            found.push(Contested::Field(key.clone()));
        }
    }
    for (list, keys) in CONTESTABLE {
        for row in rows(base, list) {
            let Some(now) = id(row).and_then(|id| row_of(mine, list, id)) else {
                continue;
            };
            let is_changed = keys.iter().any(|key| row.get(key) != now.get(key));
            let is_linked = !text(row, "text").is_empty() && !text(now, "artist").is_empty();
            let is_ranked = row.get("rank").is_some() || now.get("rank").is_some();
            if is_changed && !is_linked && !is_ranked && has_sources(row) {
                found.extend(id(row).map(|id| Contested::Row(list, id)));
            }
        }
    }
    found
}

/// Does what was decided about one of them; `sources` stand behind the new value. New rows get ids above `last`.
pub fn settle(
    base: &Map<String, Value>,
    mine: &mut Map<String, Value>,
    contested: &Contested,
    how: &Settlement,
    sources: &[RowId],
    last: &mut RowId,
) {
    match contested {
        Contested::Field(key) => settle_field(base, mine, key, how, sources, last),
        Contested::Row(list, id) => settle_row(base, mine, (list, *id), how, sources, last),
    }
}

fn settle_field(
    base: &Map<String, Value>,
    mine: &mut Map<String, Value>,
    key: &str,
    how: &Settlement,
    sources: &[RowId],
    last: &mut RowId,
) {
    let (Some(was), Some(now)) = (base.get(key).cloned(), mine.get(key).cloned()) else {
        return;
    };
    if *how == Settlement::Both {
        mine.insert(key.to_owned(), was.clone());
    }
    let mut all = rows(mine, CLAIMS).to_vec();
    for claim in all.iter_mut().filter(|claim| claims(claim, key, &was)) {
        match how {
            Settlement::Correct(reason) => refute(claim, reason),
            Settlement::Typo => {
                set(claim, "value", Value::from(words(&now)));
                cite(claim, sources);
            }
            Settlement::Both => {}
        }
    }
    if *how != Settlement::Typo {
        let rank = match how {
            Settlement::Both => Rank::Also,
            _ => Rank::Preferred,
        };
        let known = all.iter_mut().find(|claim| claims(claim, key, &now));
        match known {
            Some(claim) => {
                put_rank(claim, rank);
                cite(claim, sources);
            }
            None => {
                *last += 1;
                let mut claim = Value::Object(Map::new());
                set(&mut claim, "id", Value::from(*last));
                set(&mut claim, "field", Value::from(key));
                set(&mut claim, "value", Value::from(words(&now)));
                put_rank(&mut claim, rank);
                cite(&mut claim, sources);
                all.push(claim);
            }
        }
    }
    mine.insert(CLAIMS.to_owned(), Value::Array(all));
}

fn settle_row(
    base: &Map<String, Value>,
    mine: &mut Map<String, Value>,
    (list, id): (&str, RowId),
    how: &Settlement,
    sources: &[RowId],
    last: &mut RowId,
) {
    let (Some(was), Some(now)) = (
        row_of(base, list, id).cloned(),
        row_of(mine, list, id).cloned(),
    ) else {
        return;
    };
    let (mut kept, mut added) = match how {
        Settlement::Typo => (now, None),
        Settlement::Correct(reason) => {
            let mut old = was.clone();
            refute(&mut old, reason);
            (unsourced(&was, now), Some(old))
        }
        Settlement::Both => {
            let mut other = unsourced(&was, now);
            put_rank(&mut other, Rank::Also);
            (was, Some(other))
        }
    };
    match &mut added {
        Some(other) if *how == Settlement::Both => cite(other, sources),
        _ => cite(&mut kept, sources),
    }
    let mut all = rows(mine, list).to_vec();
    if let Some(row) = all.iter_mut().find(|row| self::id(row) == Some(id)) {
        *row = kept;
    }
    if let Some(mut added) = added {
        *last += 1;
        set(&mut added, "id", Value::from(*last));
        all.push(added);
    }
    mine.insert(list.to_owned(), Value::Array(all));
}

/// A row without the sources of what it said before, unless they were changed together with it.
fn unsourced(was: &Value, mut now: Value) -> Value {
    if was.get("sources") == now.get("sources")
        && let Some(row) = now.as_object_mut()
    {
        row.shift_remove("sources");
    }
    now
}

fn refute(row: &mut Value, reason: &str) {
    put_rank(row, Rank::Refuted);
    set(row, "reason", Value::from(reason));
}

fn put_rank(row: &mut Value, rank: Rank) {
    if rank.is_preferred() {
        if let Some(row) = row.as_object_mut() {
            row.shift_remove("rank");
        }
    } else {
        set(row, "rank", Value::from(rank.as_str()));
    }
}

/// Adds sources to a row.
fn cite(row: &mut Value, sources: &[RowId]) {
    let mut all: Vec<Value> = row
        .get("sources")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    for source in sources.iter().copied().map(Value::from) {
        if !all.contains(&source) {
            all.push(source);
        }
    }
    if !all.is_empty() {
        set(row, "sources", Value::Array(all));
    }
}

fn set(row: &mut Value, key: &str, value: Value) {
    if let Some(row) = row.as_object_mut() {
        row.insert(key.to_owned(), value);
    }
}

/// Whether a claim says that the field has this value, and holds.
fn claims(claim: &Value, field: &str, value: &Value) -> bool {
    text(claim, "field") == field
        && text(claim, "value") == words(value)
        && text(claim, "rank") != "refuted"
}

fn has_sources(row: &Value) -> bool {
    row.get("sources")
        .and_then(Value::as_array)
        .is_some_and(|sources| !sources.is_empty())
}

fn rows<'a>(flat: &'a Map<String, Value>, list: &str) -> &'a [Value] {
    let rows = flat.get(list).and_then(Value::as_array);
    rows.map(Vec::as_slice).unwrap_or_default()
}

fn row_of<'a>(flat: &'a Map<String, Value>, list: &str, wanted: RowId) -> Option<&'a Value> {
    rows(flat, list).iter().find(|row| id(row) == Some(wanted))
}

fn id(row: &Value) -> Option<RowId> {
    row.get("id").and_then(Value::as_i64)
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A single value as claims write it.
fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
