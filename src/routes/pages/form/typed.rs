//! What somebody typed, as typed: nothing of it is lost whatever becomes of the save.

use std::collections::BTreeMap;
use std::fmt;

/// Most fields of one form.
pub const MOST_FIELDS: usize = 20_000;

/// The fields of a row, or of the page outside its lists.
pub type Texts = BTreeMap<String, Vec<String>>;

/// One row as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The row's id, or `new1`, `new2` … for one that was never saved.
    pub key: String,
    pub texts: Texts,
}

impl Row {
    /// The id, unless the row is new.
    pub fn id(&self) -> Option<i64> {
        self.key.parse().ok().filter(|id| *id > 0)
    }

    /// The text of a field; nothing where it is not there.
    pub fn text(&self, field: &str) -> &str {
        text(&self.texts, field)
    }

    /// Whether nothing was typed. What is chosen beforehand does not count.
    pub fn is_blank(&self) -> bool {
        self.id().is_none()
            && self.texts.iter().all(|(name, texts)| {
                IS_CHOSEN.contains(&name.rsplit('.').next().unwrap_or_default())
                    || texts.iter().all(|text| text.trim().is_empty())
            })
    }
}

/// Fields in which something is always chosen.
const IS_CHOSEN: [&str; 5] = ["rank", "locale", "kind", "role", "join"];

/// The name of a field in the form, put together only where something is wrong with it.
#[derive(Clone, Copy)]
pub(super) struct FieldName<'a> {
    /// `credits.12.`, or nothing for a field of the page.
    pub(super) prefix: &'a str,
    pub(super) key: &'a str,
}

impl fmt::Display for FieldName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.prefix)?;
        f.write_str(self.key)
    }
}

/// A whole form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    pub texts: Texts,
    pub lists: BTreeMap<String, Vec<Row>>,
}

/// The first text of a field; nothing where it is not there.
pub fn text<'a>(texts: &'a Texts, field: &str) -> &'a str {
    texts
        .get(field)
        .and_then(|texts| texts.first())
        .map_or("", String::as_str)
}

impl Typed {
    /// Sorts the pairs of a form: `title` is a field of the page, `credits.12.role` one of a row. Rows keep the order in which they
    /// come. Line ends become plain ones.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut typed = Self::default();
        for (name, value) in pairs.into_iter().take(MOST_FIELDS) {
            let value = match value.contains('\r') {
                true => value.replace("\r\n", "\n").replace('\r', "\n"),
                false => value,
            };
            let mut steps = name.splitn(3, '.');
            let (first, key, field) = (steps.next(), steps.next(), steps.next());
            let texts = match (first, key, field) {
                (Some(list), Some(key), Some(field)) => {
                    if !typed.lists.contains_key(list) {
                        typed.lists.insert(list.to_owned(), Vec::new());
                    }
                    let Some(rows) = typed.lists.get_mut(list) else {
                        continue;
                    };
                    // The fields of a row come one after the other.
                    let at = rows.iter().rposition(|row| row.key == key);
                    let at = at.unwrap_or_else(|| {
                        rows.push(Row {
                            key: key.to_owned(),
                            ..Row::default()
                        });
                        rows.len() - 1
                    });
                    match rows.get_mut(at) {
                        Some(row) => row.texts.entry(field.to_owned()),
                        None => continue,
                    }
                }
                _ => typed.texts.entry(name),
            };
            texts.or_default().push(value);
        }
        typed
    }

    /// The pairs again, to be carried through another form.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        for (name, texts) in &self.texts {
            pairs.extend(texts.iter().map(|text| (name.clone(), text.clone())));
        }
        for (list, rows) in &self.lists {
            for row in rows {
                for (name, texts) in &row.texts {
                    let name = format!("{list}.{}.{name}", row.key);
                    pairs.extend(texts.iter().map(|text| (name.clone(), text.clone())));
                }
            }
        }
        pairs
    }

    /// The text of a field of the page; nothing where it is not there.
    pub fn text(&self, field: &str) -> &str {
        text(&self.texts, field)
    }

    /// The rows of a list.
    pub fn rows(&self, list: &str) -> &[Row] {
        self.lists.get(list).map(Vec::as_slice).unwrap_or_default()
    }

    /// Takes a field of the page away: what is not content, such as the note.
    pub fn take(&mut self, field: &str) -> String {
        self.texts
            .remove(field)
            .and_then(|texts| texts.into_iter().next())
            .unwrap_or_default()
    }
}
