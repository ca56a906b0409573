//! Moods: `/moods`, `/moods/{slug}`.

pub mod index;
pub mod show;
