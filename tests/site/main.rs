//! The site as visitors, operators and programs meet it, on both stores.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod support;

mod addresses;
mod catalogue;
mod crawl;
mod errors;
mod files;
mod history;
mod house;
mod html;
mod merging;
mod migrations;
mod processes;
mod projections;
mod samples;
mod save;
mod songs;
mod statements;
mod undo;
mod weight;
