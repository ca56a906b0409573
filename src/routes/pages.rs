//! What every kind of page does the same way.

mod asked;
pub mod browse;
mod comparison;
pub mod deletions;
pub mod diff;
pub mod disputes;
pub mod edit;
pub mod elsewhere;
pub mod evidence;
pub mod form;
pub mod frame;
pub mod hiding;
pub mod history;
pub mod info;
pub mod links;
pub mod merges;
pub mod permalink;
pub mod protections;
pub mod reading;
pub mod renames;
pub mod restores;
pub mod revision;
pub mod stale;
pub mod structured;
mod taken_back;
mod tool;
pub mod undos;
