//! The site under test: the real server over a store of its own, which holds the starter catalogue.
//!
//! `on_both_stores!(name, |site| { … })` makes the tests `name::sqlite` and `name::postgres`, each with a site that it may
//! change; `read_on_both_stores!` shares one site among all tests that only look.

#[path = "../support/cluster.rs"]
pub mod cluster;
#[path = "support/crawl.rs"]
pub mod crawl;
#[path = "support/dom.rs"]
mod dom;
#[path = "support/edit.rs"]
pub mod edit;
#[path = "support/form.rs"]
pub mod form;
#[path = "support/page.rs"]
pub mod page;
#[path = "support/people.rs"]
pub mod people;
#[path = "support/reply.rs"]
pub mod reply;
#[path = "support/site.rs"]
pub mod site;
#[path = "support/store.rs"]
pub mod store;

pub use edit::Refused;
pub use people::Actor;
pub use reply::Reply;
pub use site::Site;
pub use store::TestStore;

/// One test on each store, with a site of its own.
#[macro_export]
macro_rules! on_both_stores {
    ($name:ident, |$site:ident| $body:block) => {
        fn $name($site: &$crate::support::Site) $body
        mod $name {
            #[test]
            fn sqlite() {
                super::$name(&$crate::support::Site::start(yeoun::db::StoreKind::Sqlite));
            }
            #[test]
            fn postgres() {
                super::$name(&$crate::support::Site::start(yeoun::db::StoreKind::Postgres));
            }
        }
    };
}

/// One test on each store that changes nothing.
#[macro_export]
macro_rules! read_on_both_stores {
    ($name:ident, |$site:ident| $body:block) => {
        fn $name($site: &$crate::support::Site) $body
        mod $name {
            #[test]
            fn sqlite() {
                super::$name($crate::support::Site::reading(yeoun::db::StoreKind::Sqlite));
            }
            #[test]
            fn postgres() {
                super::$name($crate::support::Site::reading(yeoun::db::StoreKind::Postgres));
            }
        }
    };
}
