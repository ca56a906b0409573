//! Artists: `/artists`, `/artists/{slug}`.

pub mod form;
pub mod index;
mod people;
pub mod show;
mod work;
