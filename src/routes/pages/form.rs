//! The one form of all kinds of page. What a kind has is said in its own table (`routes/songs/form.rs` and its like); here a table and a content
//! become fields, and what was typed becomes a content again. What was typed is kept as it was typed ([`Typed`]) until it is saved.

pub mod cite;
pub mod fields;
mod links;
pub mod operations;
pub mod paste;
pub mod questions;
pub mod read;
mod references;
pub mod show;
pub mod table;
pub mod touched;
pub mod typed;
mod values;
pub mod views;
pub mod written;

pub use table::{Field, Form, Input, List, Part, Section};
pub use typed::Typed;
