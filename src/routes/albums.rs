//! Albums: `/albums`, `/albums/{slug}`.

pub mod show;
