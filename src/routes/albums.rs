//! Albums: `/albums`, `/albums/{slug}`.

pub mod form;
pub mod index;
mod series;
pub mod show;
mod tracks;
