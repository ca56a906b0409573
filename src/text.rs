//! Pure text: Hangul, romanisation, slugs, addresses, dates, time codes, Markdown and what changed in a text. Nothing in here reads a clock,
//! a file or a database, so every rule can be tested by itself.

pub mod address;
pub mod credits;
pub mod dates;
pub mod hangul;
pub mod html;
pub mod language;
pub mod letters;
pub mod links;
pub mod markdown;
pub mod romanise;
pub mod sleeve;
pub mod slug;
pub mod timecode;
pub mod words;
pub mod xml;
