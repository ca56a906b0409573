//! Eight editors at once, and a server that is killed under them: nothing that was acknowledged is lost.
//! `bin/bench saves` and `bin/bench crash` do the same for longer.

use yeoun::db::StoreKind;

use crate::cluster::PgCluster;
use crate::crashes::Patient;
use crate::doctor::finds_nothing;
use crate::editors::{self, EDITORS, Editor, FEW};
use crate::ledger::{self, Ledger};
use crate::support::{Site, TestStore};

/// Saves of each editor.
const SAVES: usize = 25;

fn nothing_is_lost_between_eight_editors(kind: StoreKind) {
    let site = Site::over_with(TestStore::with_catalogue(kind), |config| {
        config.people.edits = "1000000/60s".parse().unwrap();
    });
    editors::join(&site.db, site.now()).unwrap();
    let desk = editors::prepare(&site.db, &FEW, site.now()).unwrap();
    let before = ledger::settle(&site.db, &desk, &[]).unwrap();
    let enter = |number| Editor::enter(number, site.address, &desk).unwrap();
    let mut crowd: Vec<Editor> = (0..EDITORS).map(enter).collect();
    std::thread::scope(|scope| {
        for editor in &mut crowd {
            scope.spawn(|| (0..SAVES).for_each(|_| editor.save(site.address).unwrap()));
        }
    });
    let refusals: Vec<&String> = crowd
        .iter()
        .flat_map(|editor| &editor.ledger.refusals)
        .collect();
    assert!(refusals.is_empty(), "{refusals:#?}");
    assert!(crowd.iter().all(|editor| editor.ledger.took.len() == SAVES));
    let ledgers: Vec<Ledger> = crowd.into_iter().map(|editor| editor.ledger).collect();
    let after = ledger::settle(&site.db, &desk, &ledgers).unwrap();
    assert_eq!(
        after - before,
        (EDITORS * SAVES) as u64,
        "a save is one revision"
    );
    finds_nothing(&site.store);
}

#[test]
fn nothing_is_lost_between_eight_editors_sqlite() {
    nothing_is_lost_between_eight_editors(StoreKind::Sqlite);
}

#[test]
fn nothing_is_lost_between_eight_editors_postgres() {
    nothing_is_lost_between_eight_editors(StoreKind::Postgres);
}

#[test]
fn what_was_acknowledged_survives_the_end_of_the_server_sqlite() {
    let store = TestStore::with_catalogue(StoreKind::Sqlite);
    store.db.close();
    let patient = Patient {
        url: store.url(),
        folder: store.dir.path(),
        cluster: None,
    };
    let toll = patient.suffer(3, &mut |_| {}).unwrap();
    assert!(
        toll.saves > 0 && toll.rounds == 3 && toll.backups == 3,
        "{toll:?}"
    );
}

#[test]
fn what_was_acknowledged_survives_the_end_of_both_servers_postgres() {
    let cluster = PgCluster::start_new(&[]);
    let folder = tempfile::tempdir().unwrap();
    let url = cluster.database();
    crate::program::run(
        &url,
        folder.path(),
        &["import", concat!(env!("CARGO_MANIFEST_DIR"), "/content")],
    )
    .unwrap();
    let patient = Patient {
        url,
        folder: folder.path(),
        cluster: Some(&cluster),
    };
    let toll = patient.suffer(3, &mut |_| {}).unwrap();
    assert!(toll.saves > 0 && toll.stops == 1, "{toll:?}");
}
