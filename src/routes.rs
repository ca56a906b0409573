//! First floor: one file a page, the page's struct and its handler together.

pub mod assets;
pub mod pages;
pub mod songs;
