//! Artists: `/artists`, `/artists/{slug}`.

pub mod index;
pub mod show;
mod work;
