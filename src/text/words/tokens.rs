//! Texts in words: runs of letters and digits, where Hangul and other letters meet a new word; each sign, and each run of white
//! space. Chinese characters and kana stand alone, because nothing separates their words.

use crate::text::hangul::is_hangul;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Space,
    Hangul,
    Ideograph,
    Word,
    Sign,
}

fn sort(c: char) -> Sort {
    if c.is_whitespace() {
        Sort::Space
    } else if is_hangul(c) {
        Sort::Hangul
    } else if matches!(u32::from(c), 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
    {
        Sort::Ideograph
    } else if c.is_alphanumeric() || c == '_' || matches!(u32::from(c), 0x300..=0x36F) {
        Sort::Word
    } else {
        Sort::Sign
    }
}

/// What a token is to a count of words: Hangul and ideographs are words too.
pub fn sort_of(token: &str) -> Sort {
    match token.chars().next().map_or(Sort::Space, sort) {
        Sort::Hangul | Sort::Ideograph => Sort::Word,
        other => other,
    }
}

/// The words, signs and spaces of a text, in order and without a gap.
pub fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut chars = rest.char_indices();
        let (_, first) = chars.next()?;
        let kind = sort(first);
        let is_single = matches!(kind, Sort::Ideograph | Sort::Sign);
        let end = chars
            .find(|(_, c)| is_single || sort(*c) != kind)
            .map_or(rest.len(), |(at, _)| at);
        let (token, after) = rest.split_at(end);
        rest = after;
        Some(token)
    })
}

/// The paragraphs of a text, each with the white space behind it; a paragraph ends where a line is left blank.
pub fn paragraphs(text: &str) -> Vec<&str> {
    let mut list = Vec::new();
    let (mut begin, mut at) = (0, 0);
    for token in tokens(text) {
        at += token.len();
        if is_break(token) {
            list.extend(text.get(begin..at));
            begin = at;
        }
    }
    list.extend(text.get(begin..).filter(|last| !last.is_empty()));
    list
}

/// Whether the text ends with a blank line.
pub fn ends_paragraph(text: &str) -> bool {
    let words = text.trim_end();
    text.get(words.len()..).is_some_and(is_break)
}

fn is_break(space: &str) -> bool {
    space.chars().all(char::is_whitespace) && space.matches('\n').count() > 1
}
