//! `/join` and `/users/{name}`.

pub mod form;
pub mod show;
