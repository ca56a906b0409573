//! Artists: `/artists`, `/artists/{slug}`.

pub mod show;
mod work;
