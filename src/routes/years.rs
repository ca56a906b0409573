//! Years: `/years`, `/years/{yyyy}`.

pub mod index;
pub mod show;
