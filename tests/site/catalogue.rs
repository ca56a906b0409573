//! The starter catalogue is whole.

use diesel::prelude::*;
use yeoun::db::StoreKind;
use yeoun::models::page::Kind;
use yeoun::schema::{cues, pages, revisions};

use crate::read_on_both_stores;
use crate::support::TestStore;

/// How many pages of each kind there are at least.
const AT_LEAST: [(Kind, i64); 5] = [
    (Kind::Drama, 18),
    (Kind::Song, 175),
    (Kind::Artist, 130),
    (Kind::Album, 90),
    (Kind::Article, 4),
];

read_on_both_stores!(every_kind_of_page_is_there, |site| {
    for (kind, least) in AT_LEAST {
        let count: i64 = site.read(move |conn| {
            pages::table
                .filter(pages::kind.eq(kind))
                .count()
                .get_result(conn)
        });
        assert!(count >= least, "{count} pages of the kind {kind}");
    }
    let dramas: i64 = site.read(|conn| {
        pages::table
            .filter(pages::kind.eq(Kind::Drama))
            .count()
            .get_result(conn)
    });
    assert_eq!(dramas, 18);
});

read_on_both_stores!(exactly_the_79_timed_scenes_are_there, |site| {
    let timed: i64 = site.read(|conn| {
        cues::table
            .filter(cues::begin_s.is_not_null())
            .count()
            .get_result(conn)
    });
    assert_eq!(timed, 79);
});

read_on_both_stores!(every_page_is_live_with_its_first_revision, |site| {
    let (pages, revisions, first): (i64, i64, i64) = site.read(|conn| {
        let live = pages::table
            .filter(pages::state.eq("live"))
            .filter(pages::revision_id.is_not_null());
        Ok((
            live.count().get_result(conn)?,
            revisions::table.count().get_result(conn)?,
            revisions::table
                .filter(revisions::number.eq(1))
                .count()
                .get_result(conn)?,
        ))
    });
    assert_eq!((revisions, first), (pages, pages));
});

fn loads_without_a_problem(kind: StoreKind) {
    let report = TestStore::empty(kind).load();
    assert_eq!(report.problems, []);
    assert_eq!((report.changed, report.unchanged), (0, 0));
    assert!(report.created > 400, "{report:?}");
}

#[test]
fn it_loads_into_sqlite_without_a_problem() {
    loads_without_a_problem(StoreKind::Sqlite);
}

#[test]
fn it_loads_into_postgres_without_a_problem() {
    loads_without_a_problem(StoreKind::Postgres);
}
