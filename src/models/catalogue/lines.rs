//! Lines of front matter: where a field stands, so that a fault can be pointed at.

use toml::de::{DeTable, DeValue};

/// The line (from one) of a byte offset.
pub fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()
        .iter()
        .take(offset)
        .filter(|byte| **byte == b'\n')
        .count()
        + 1
}

/// The line (from one) of a field such as `credits[2].artist`; of the nearest thing around it when it is not there itself.
pub fn find(text: &str, field: &str) -> Option<usize> {
    let table = DeTable::parse(text).ok()?;
    let mut steps = field
        .split(['.', '['])
        .map(|step| step.trim_end_matches(']'))
        .filter(|step| !step.is_empty());
    let first = steps.next()?;
    let mut here = table.get_ref().get(first)?;
    let mut offset = key_offset(text, first, here.span().start);
    for step in steps {
        let next = match here.get_ref() {
            DeValue::Table(table) => table.get(step),
            DeValue::Array(items) => step.parse::<usize>().ok().and_then(|at| items.get(at)),
            _ => None,
        };
        let Some(next) = next else { break };
        offset = next.span().start;
        here = next;
    }
    Some(line_of(text, offset))
}

/// A list of tables has no place of its own; its first row has.
fn key_offset(text: &str, key: &str, offset: usize) -> usize {
    if offset > 0 {
        return offset;
    }
    text.find(&format!("[[{key}]]")).unwrap_or(offset)
}
