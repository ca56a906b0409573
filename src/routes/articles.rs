//! Articles: `/articles`, `/articles/{slug}`.

pub mod show;
