//! Dramas: `/dramas`, `/dramas/{slug}`, the cue sheets of their episodes.

mod cast;
pub mod episode;
pub mod form;
pub mod index;
mod shelf;
pub mod show;
