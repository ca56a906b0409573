//! Feeds: what happens here, for programs that watch.

pub mod changes;
