//! Dramas: `/dramas`, `/dramas/{slug}`, the cue sheets of their episodes.

pub mod episode;
pub mod index;
pub mod show;
