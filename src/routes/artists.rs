//! Artists: `/artists`, `/artists/{slug}`.

pub mod index;
mod people;
pub mod show;
mod work;
