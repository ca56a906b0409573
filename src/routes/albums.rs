//! Albums: `/albums`, `/albums/{slug}`.

pub mod index;
pub mod show;
mod tracks;
