//! Networks: `/networks`, `/networks/{slug}`.

pub mod index;
pub mod show;
