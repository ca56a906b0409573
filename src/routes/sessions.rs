//! `/login` and `/logout`.

mod attempt;
pub mod delete;
pub mod form;
