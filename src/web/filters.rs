//! What templates do to text beyond printing it.

use crate::text::html::{Html, escape_lang};

/// Marks Korean runs with their language: `{{ title|lang }}`.
#[askama::filter_fn]
pub fn lang(text: impl std::fmt::Display, _: &dyn askama::Values) -> askama::Result<Html> {
    Ok(escape_lang(&text.to_string()))
}

/// A partial date as people write it; anything else as it stands.
#[askama::filter_fn]
pub fn human_date(text: impl std::fmt::Display, _: &dyn askama::Values) -> askama::Result<String> {
    let text = text.to_string();
    Ok(text
        .parse::<crate::text::dates::PartialDate>()
        .map_or(text, |date| date.human()))
}

/// Seconds as a time code, `58:50`.
#[askama::filter_fn]
pub fn timecode(seconds: &i64, _: &dyn askama::Values) -> askama::Result<String> {
    let seconds = u32::try_from(*seconds).unwrap_or(0);
    Ok(crate::text::timecode::Timecode::from_seconds(seconds)
        .map_or_else(|_| seconds.to_string(), |time| time.short()))
}

/// `1 song`, `2 songs`.
#[askama::filter_fn]
pub fn counted(
    count: impl std::fmt::Display,
    _: &dyn askama::Values,
    word: &str,
) -> askama::Result<String> {
    let count = count.to_string();
    let plural = if count == "1" { "" } else { "s" };
    Ok(format!("{count} {word}{plural}"))
}
