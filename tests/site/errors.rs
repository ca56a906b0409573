//! What a visitor meets when something is refused or broken: a page that says so, and never a panic.

use std::io::{Seek, SeekFrom, Write};

use diesel::connection::SimpleConnection;
use yeoun::db::{Settings, Store, StoreKind};
use yeoun::models::page::{Kind, Page};

use crate::read_on_both_stores;
use crate::support::cluster::PgCluster;
use crate::support::{Refused, Site, TestStore};

read_on_both_stores!(refusals_are_pages, |site| {
    let form = ("content-type", "application/x-www-form-urlencoded");
    let theme = "/settings/appearance";
    for from in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
    ] {
        site.ask("POST", theme, &[form, from], "theme=dark")
            .refuses(403);
    }
    for path in ["/", "/songs", "/songs/stay-with-me", "/p/1", "/healthz"] {
        site.post(path, "a=b").refuses(405);
    }
    let reply = site.ask("GET", theme, &[], "");
    reply.refuses(405);
    assert!(reply.header("allow").contains("POST"));
    site.post(theme, &format!("theme={}", "x".repeat(70_000)))
        .refuses(413);
    site.get(&format!("/{}", "a".repeat(9000))).refuses(414);
});

read_on_both_stores!(a_chosen_theme_is_written_into_pages, |site| {
    let saved = site.post(
        "/settings/appearance",
        "theme=dark&back=%2Fsongs%2Fstay-with-me",
    );
    assert_eq!(
        (saved.status, saved.header("location")),
        (303, "/songs/stay-with-me")
    );
    assert!(saved.header("set-cookie").starts_with("theme=dark;"));
    let page = site.get_with("/songs/stay-with-me", &[("cookie", "theme=dark")]);
    assert!(page.ok().source().contains("data-theme=\"dark\""));
    // The page's own form leads back to the page.
    assert!(
        page.source()
            .contains("name=\"back\" value=\"/songs/stay-with-me\""),
        "the form says no way back"
    );
});

read_on_both_stores!(a_program_is_told_in_its_own_language, |site| {
    let reply = site.get("/api/v1/nothing");
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (404, "application/problem+json")
    );
    assert_eq!(site.get("/healthz").ok().source(), "ok\n");
    assert_eq!(site.get("/readyz").ok().source(), "ready\n");
});

/// Whatever is asked of a site whose store is away is answered 503 as a page, and the balancer is told.
fn is_away(site: &Site, what: &str) {
    site.shared.cache.clear();
    for path in [
        "/songs/stay-with-me",
        "/songs",
        "/",
        "/dramas/도깨비",
        "/songs/nothing",
        "/p/1",
    ] {
        let reply = site.get(path);
        let cause = || {
            site.db
                .read_blocking(|conn| Page::at(conn, Kind::Song, "stay-with-me"))
                .err()
        };
        assert_eq!(reply.status, 503, "{what}: {path}: {:?}", cause());
        reply.refuses(503);
        assert_ne!(reply.header("retry-after"), "", "{what}: {path}");
        assert!(
            !reply.source().contains("sqlite") && !reply.source().contains("yeoun.db"),
            "{what}: {path} tells too much"
        );
    }
    let ready = site.get("/readyz");
    assert_eq!(
        (ready.status, ready.source()),
        (503, "store unavailable\n"),
        "{what}"
    );
    site.get("/healthz").ok();
}

fn file_of(site: &Site) -> std::path::PathBuf {
    match &site.store.settings.store {
        Store::Sqlite { path } => path.clone(),
        Store::Postgres { .. } => panic!("a file was expected"),
    }
}

#[test]
fn a_database_that_vanished_is_unavailable_and_heals() {
    let site = Site::start(StoreKind::Sqlite);
    site.get("/songs/stay-with-me").ok();
    let (file, aside) = (file_of(&site), site.store.dir.path().join("aside"));
    std::fs::rename(&file, &aside).unwrap();
    let ready = site.get("/readyz");
    assert_eq!((ready.status, ready.source()), (503, "store unavailable\n"));
    let write = site
        .db
        .write_blocking(|conn| Ok::<_, Refused>(conn.batch_execute("DELETE FROM changes")?));
    assert!(write.is_err(), "a write went into a file that is gone");
    std::fs::rename(&aside, &file).unwrap();
    site.get("/readyz").ok();
    site.get("/songs/in-silence").ok();
}

#[test]
fn a_corrupt_database_is_unavailable() {
    let site = Site::start(StoreKind::Sqlite);
    site.get("/songs/stay-with-me").ok();
    let path = file_of(&site);
    let length = std::fs::metadata(&path).unwrap().len();
    let mut file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    let junk = vec![0xa5u8; 1 << 16];
    let mut written = 0;
    while written < length {
        file.write_all(&junk).unwrap();
        written += junk.len() as u64;
    }
    file.sync_all().unwrap();
    is_away(&site, "corrupt");
}

#[test]
fn a_truncated_database_is_unavailable() {
    let site = Site::start(StoreKind::Sqlite);
    let file = std::fs::OpenOptions::new()
        .write(true)
        .open(file_of(&site))
        .unwrap();
    file.set_len(0).unwrap();
    is_away(&site, "truncated");
}

#[test]
fn a_store_without_its_tables_does_not_end_the_process() {
    for kind in [StoreKind::Sqlite, StoreKind::Postgres] {
        let site = Site::start(kind);
        site.write(|conn| {
            Ok::<_, Refused>(conn.batch_execute("DROP TABLE redirects; DROP TABLE page_links")?)
        })
        .unwrap();
        for path in ["/songs/stay-with-me", "/songs/nothing"] {
            let reply = site.get(path);
            assert!(
                matches!(reply.status, 500 | 503),
                "{path}: {}",
                reply.status
            );
            reply.refuses(reply.status).hides("redirects");
        }
        site.get("/healthz").ok();
    }
}

#[test]
fn a_server_that_stopped_is_unavailable_and_heals() {
    let cluster = PgCluster::start_new(&[]);
    let settings = Settings::new(Store::Postgres {
        url: cluster.database(),
    });
    let db = yeoun::db::Db::open(&settings).unwrap();
    db.migrate().unwrap();
    let store = TestStore {
        db,
        settings,
        dir: tempfile::tempdir().unwrap(),
    };
    store.load();
    let site = Site::over(store);
    site.get("/songs/stay-with-me").ok();
    cluster.stop();
    is_away(&site, "stopped");
    cluster.start();
    let since = std::time::Instant::now();
    while site.get("/readyz").status != 200 {
        assert!(since.elapsed().as_secs() < 10, "it does not heal");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    site.get("/songs/stay-with-me").ok();
}
