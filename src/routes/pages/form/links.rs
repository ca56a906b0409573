//! Fields that lead to other sites.

use serde_json::{Map, Value};

use crate::text::links::{self, LinkError};

use super::typed::FieldName;
use super::values::Reader;

impl Reader<'_> {
    /// A link in its canonical form. One that was there before stays as it is, whatever rule came since.
    pub(super) fn link(
        &mut self,
        typed: &str,
        name: FieldName<'_>,
        was: Option<&Value>,
    ) -> Option<Value> {
        self.address(typed, name, was, |text| Ok(links::fold(text)?.url))
    }

    /// The address of a source; it may lead to a place in a page, and to a search.
    pub(super) fn source(
        &mut self,
        typed: &str,
        name: FieldName<'_>,
        was: Option<&Value>,
    ) -> Option<Value> {
        self.address(typed, name, was, links::untracked)
    }

    fn address(
        &mut self,
        typed: &str,
        name: FieldName<'_>,
        was: Option<&Value>,
        fold: impl Fn(&str) -> Result<String, LinkError>,
    ) -> Option<Value> {
        if typed.is_empty() {
            return None;
        }
        if was.and_then(Value::as_str) == Some(typed) {
            return Some(Value::from(typed));
        }
        match fold(typed) {
            Ok(url) => Some(Value::from(url)),
            Err(error) => {
                self.fault(name, error.to_string());
                Some(Value::from(typed))
            }
        }
    }
}

/// The site of a link: as written, or read from the address.
pub(super) fn site(typed: &str, row: &Map<String, Value>) -> Option<Value> {
    if !typed.is_empty() {
        return Some(Value::from(links::key_of(typed)));
    }
    let url = row.get("url").and_then(Value::as_str)?;
    let folded = links::fold(url).ok()?;
    Some(Value::from(folded.site))
}
