//! What every kind of page does the same way.

mod asked;
pub mod browse;
mod comparison;
pub mod diff;
pub mod disputes;
pub mod edit;
pub mod elsewhere;
pub mod evidence;
pub mod form;
pub mod frame;
pub mod hiding;
pub mod history;
pub mod permalink;
pub mod reading;
pub mod restores;
pub mod revision;
pub mod stale;
pub mod structured;
pub mod suggestions;
mod taken_back;
pub mod undos;
pub mod watch;
