//! Songs: `/songs`, `/songs/{slug}`.

pub mod form;
pub mod index;
mod scenes;
pub mod show;
mod versions;
