//! The site as visitors, operators and programs meet it, on both stores.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

#[path = "../support/crashes.rs"]
mod crashes;
#[path = "../support/editors.rs"]
mod editors;
#[path = "../support/ledger.rs"]
mod ledger;
#[path = "../support/program.rs"]
mod program;
mod support;
#[path = "../support/typing.rs"]
mod typing;

use support::cluster;

mod addresses;
mod attacks;
mod audit;
mod backups;
mod catalogue;
mod claims;
mod crawl;
mod creation;
mod doctor;
mod drafts;
mod editing;
mod errors;
mod files;
mod forms;
mod history;
mod house;
mod html;
mod links;
mod lives;
mod merging;
mod migrations;
mod paste;
mod people;
mod people_commands;
mod people_logins;
mod people_pages;
mod people_sessions;
mod permissions;
mod pickers;
mod processes;
mod projections;
mod samples;
mod save;
mod saves;
mod songs;
mod statements;
mod undo;
mod visitors;
mod watching;
mod weight;
