//! Escaping while prose is written.
//!
//! What must be escaped is written as a noncharacter first and becomes its entity only behind the allow-list, whose
//! parser and writer need time in the square of the number of entities in one text. Noncharacters mean nothing in
//! HTML, so the allow-list sees the same document.

use crate::text::html::{KOREAN, lang_runs};

/// Characters, the noncharacters that stand for them and the entities they end as.
const SHIELDS: [(char, char, &str); 5] = [
    ('&', '\u{FDD0}', "&amp;"),
    ('<', '\u{FDD1}', "&lt;"),
    ('>', '\u{FDD2}', "&gt;"),
    ('"', '\u{FDD3}', "&quot;"),
    ('\u{A0}', '\u{FDD4}', "&nbsp;"),
];

/// Appends text for use between tags.
pub(super) fn push_text(text: &str, out: &mut String) {
    out.extend(text.chars().map(|c| if c == '"' { c } else { shielded(c) }));
}

/// Appends text for use between tags, its Korean runs marked.
pub(super) fn push_lang(text: &str, out: &mut String) {
    for (run, korean) in lang_runs(text) {
        if korean {
            out.push_str(KOREAN);
            push_text(run, out);
            out.push_str("</span>");
        } else {
            push_text(run, out);
        }
    }
}

/// Appends ` name="value"`.
pub(super) fn push_attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    out.extend(value.chars().map(shielded));
    out.push('"');
}

/// Carriage returns and NUL never come back from an HTML parser as they went in.
fn shielded(c: char) -> char {
    match c {
        '&' | '<' | '>' | '"' | '\u{A0}' => SHIELDS
            .iter()
            .find(|(plain, _, _)| *plain == c)
            .map_or(c, |row| row.1),
        '\r' => ' ',
        '\0' | '\u{FDD0}'..='\u{FDEF}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// The sanitised text with its entities.
pub(super) fn unshielded(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(at) = rest.find(|c| matches!(c, '\u{FDD0}'..='\u{FDD4}')) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mut chars = from.chars();
        let shield = chars.next();
        out.push_str(
            SHIELDS
                .iter()
                .find(|row| Some(row.1) == shield)
                .map_or("", |row| row.2),
        );
        rest = chars.as_str();
    }
    out.push_str(rest);
    out
}
