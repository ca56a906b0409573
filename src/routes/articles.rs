//! Articles: `/articles`, `/articles/{slug}`.

pub mod form;
pub mod index;
pub mod show;
