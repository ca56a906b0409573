//! `/login` and `/logout`.

pub mod delete;
pub mod form;
