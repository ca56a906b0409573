//! Songs: `/songs`, `/songs/{slug}`.

pub mod show;
