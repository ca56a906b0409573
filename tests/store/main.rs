//! The store layer on both stores.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

#[path = "../support/cluster.rs"]
mod cluster;
mod support;

mod opening;
mod postgres;
mod queries;
mod reads_and_writes;
mod sqlite;

/// Runs one test body on each store.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($kind:ident) $body:block)+) => {
        $(mod $name {
            use super::*;
            async fn body($kind: StoreKind) $body
            $(#[$meta])* #[actix_web::test]
            async fn sqlite() { body(StoreKind::Sqlite).await }
            $(#[$meta])* #[actix_web::test]
            async fn postgres() { body(StoreKind::Postgres).await }
        })+
    };
}
pub(crate) use on_both;
