//! Articles: `/articles`, `/articles/{slug}`.

pub mod index;
pub mod show;
