//! The small language in which addresses are described: `shorts/{id}/*`, `watch?v={id}`, `{lang}.m.wikipedia.org`. A name in braces says
//! what may stand there and can be named again in the form that is folded to; `*` at the end is any number of further steps.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::Url;

/// What needs no escaping in a step of a path; titles in wikis are full of it.
const PLAIN: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b':')
    .remove(b'(')
    .remove(b')')
    .remove(b',')
    .remove(b'!')
    .remove(b'@');

/// And in several of them.
const TITLE: &AsciiSet = &PLAIN.remove(b'/');

/// What the names in braces stood for, escaped as it is written in an address.
#[derive(Debug, Clone, Default)]
pub struct Caught(Vec<(&'static str, String)>);

impl Caught {
    /// A form with the names replaced.
    pub fn filled(&self, form: &str) -> String {
        self.0.iter().fold(form.to_owned(), |form, (name, value)| {
            form.replace(&format!("{{{name}}}"), value)
        })
    }

    /// Whether the text may stand for the name; if so it is kept. Names and what they stand for:
    /// `n`, `m` digits; `num` digits before a name in words; `id` letters, digits, `-` and `_`; `uuid`; `title` and `rest` several steps; `cc` a country;
    /// `loc` a country or language; `lang` the language of a wiki; `word` small letters; `handle` a user; anything else anything.
    fn keep(&mut self, name: &'static str, text: &str) -> bool {
        let all = |fits: fn(u8) -> bool| !text.is_empty() && text.bytes().all(fits);
        let fits = match name {
            "n" | "m" => all(|b| b.is_ascii_digit()),
            "num" => {
                let (digits, _) = text.split_once('-').unwrap_or((text, ""));
                if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
                    self.0.push((name, digits.to_owned()));
                    return true;
                }
                false
            }
            "id" => all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')),
            "uuid" => {
                if text.len() == 36 && all(|b| b.is_ascii_hexdigit() || b == b'-') {
                    self.0.push((name, text.to_ascii_lowercase()));
                    return true;
                }
                false
            }
            "title" | "rest" => {
                let Some(title) = several_steps(name, text) else {
                    return false;
                };
                self.0.push((name, title));
                return true;
            }
            "cc" => text.len() == 2 && all(|b| b.is_ascii_alphabetic()),
            "loc" => {
                let parts: Vec<&str> = text.split('-').collect();
                parts.len() < 3
                    && parts.iter().all(|part| {
                        part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic())
                    })
            }
            "lang" => !matches!(text, "www" | "m") && all(|b| b.is_ascii_lowercase() || b == b'-'),
            "word" => all(|b| b.is_ascii_lowercase() || b == b'-'),
            "handle" => all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-')),
            _ => !text.is_empty(),
        };
        if fits {
            self.0
                .push((name, utf8_percent_encode(text, &PLAIN).to_string()));
        }
        fits
    }

    /// One step: letters, then perhaps a name.
    fn step(&mut self, pattern: &'static str, given: &str) -> bool {
        match pattern.split_once('{') {
            None => pattern == given,
            Some((before, name)) => given
                .strip_prefix(before)
                .is_some_and(|text| self.keep(name.trim_end_matches('}'), text)),
        }
    }
}

/// Several steps of a path, or what becomes them, as they are written in an address. Wikis write the spaces of a title as lines, or as
/// they are. Nothing where there is no step, or one that leads upwards.
fn several_steps(name: &str, text: &str) -> Option<String> {
    let steps: Vec<&str> = text.split('/').filter(|step| !step.is_empty()).collect();
    if steps.is_empty() || steps.iter().any(|step| matches!(*step, "." | "..")) {
        return None;
    }
    let text = match name {
        "title" => steps.join("/").replace(' ', "_"),
        _ => steps.join("/"),
    };
    Some(utf8_percent_encode(&text, TITLE).to_string())
}

/// Whether a host is the one described.
pub fn host(pattern: &'static str, given: &str, caught: &mut Caught) -> bool {
    let mut kept = caught.clone();
    let fits = pattern.split('.').count() == given.split('.').count()
        && pattern
            .split('.')
            .zip(given.split('.'))
            .all(|(of, part)| kept.step(of, part));
    if fits {
        *caught = kept;
    }
    fits
}

/// Whether path and query are the ones described; further parameters do not matter.
pub fn page(pattern: &'static str, url: &Url, caught: &mut Caught) -> bool {
    let Some(steps) = steps(url) else {
        return false;
    };
    let (path, query) = pattern.split_once('?').unwrap_or((pattern, ""));
    let mut given = steps.iter();
    for of in path.split('/').filter(|of| !of.is_empty()) {
        match of {
            "*" => {
                given = [].iter();
                break;
            }
            // The rest of the path as one title.
            "{title}" | "{rest}" => {
                let rest: Vec<&str> = given.map(String::as_str).collect();
                if !caught.step(of, &rest.join("/")) {
                    return false;
                }
                given = [].iter();
            }
            _ => match given.next() {
                Some(step) if caught.step(of, step) => {}
                _ => return false,
            },
        }
    }
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    given.next().is_none()
        && query.split('&').filter(|of| !of.is_empty()).all(|of| {
            let (name, value) = of.split_once('=').unwrap_or((of, ""));
            let given = pairs.iter().find(|(given, _)| given == name);
            given.is_some_and(|(_, given)| caught.step(value, given))
        })
}

/// The steps of a path as text; nothing where they are none.
fn steps(url: &Url) -> Option<Vec<String>> {
    let steps = url.path_segments()?.filter(|step| !step.is_empty());
    steps
        .map(|step| {
            let text = percent_decode_str(step).decode_utf8().ok()?;
            Some(text.into_owned())
        })
        .collect()
}
