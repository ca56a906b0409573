//! `/join` and `/users/{name}`.

pub mod block;
pub mod form;
pub mod reverts;
pub mod show;
