//! HTML that is safe to print as it is, and the marking of Korean in it.

use std::fmt;

use super::hangul::is_hangul;

/// HTML that templates print without escaping. Only this part of the program can make one, from text it escaped or
/// from Markdown it sanitised.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Html(String);

impl Html {
    /// Trusts the text; the caller escaped or sanitised it.
    pub(in crate::text) fn trusted(html: String) -> Self {
        Self(html)
    }

    /// The HTML text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Html {}

/// The text escaped, with every Korean run in `<span lang="ko">`, so that screen readers and fonts follow.
pub fn escape_lang(text: &str) -> Html {
    let mut out = String::with_capacity(text.len() + 16);
    push_lang(text, &mut out);
    Html::trusted(out)
}

/// Appends escaped text with its Korean runs marked. A run goes from one Hangul character to the last that follows
/// without a letter of another script between them.
fn push_lang(text: &str, out: &mut String) {
    for (run, korean) in lang_runs(text) {
        if korean {
            out.push_str(KOREAN);
            push_escaped(run, out);
            out.push_str("</span>");
        } else {
            push_escaped(run, out);
        }
    }
}

/// Opens a run of Korean.
pub(in crate::text) const KOREAN: &str = "<span lang=\"ko\">";

/// The text in runs, each with whether it is Korean.
pub(in crate::text) fn lang_runs(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(is_hangul).unwrap_or(rest.len());
        let (length, korean) = if start > 0 {
            (start, false)
        } else {
            (run_length(rest), true)
        };
        let (run, after) = rest.split_at(length);
        rest = after;
        (!run.is_empty()).then_some((run, korean))
    })
}

fn run_length(from_hangul: &str) -> usize {
    let mut end = 0;
    for (at, c) in from_hangul.char_indices() {
        if is_hangul(c) {
            end = at + c.len_utf8();
        } else if c.is_alphabetic() {
            break;
        }
    }
    end
}

fn push_escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn korean_runs_are_marked_and_everything_is_escaped() {
        for (text, html) in [
            ("Goblin", "Goblin"),
            ("도깨비", "<span lang=\"ko\">도깨비</span>"),
            (
                "Goblin (도깨비) & more",
                "Goblin (<span lang=\"ko\">도깨비</span>) &amp; more",
            ),
            (
                "사랑의 불시착 OST",
                "<span lang=\"ko\">사랑의 불시착</span> OST",
            ),
            ("응답하라 1988!", "<span lang=\"ko\">응답하라</span> 1988!"),
            (
                "가 <b> 나",
                "<span lang=\"ko\">가</span> &lt;b&gt; <span lang=\"ko\">나</span>",
            ),
            ("가, 나", "<span lang=\"ko\">가, 나</span>"),
        ] {
            assert_eq!(escape_lang(text).as_str(), html);
        }
    }
}
