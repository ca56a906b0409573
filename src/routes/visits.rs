//! `/visits`: editing without an account.

pub mod create;
