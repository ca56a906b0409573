//! `/moderation`: what those do who watch over the wiki.

pub mod index;
pub mod log;
