//! Songs: `/songs`, `/songs/{slug}`.

pub mod index;
pub mod show;
