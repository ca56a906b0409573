//! The page cache from outside.

use std::{io::Read, sync::atomic::Ordering, time::Duration};

use yeoun::web::Dependency;

use crate::support::{Reply, Site};

fn unpacked(reply: &Reply) -> Vec<u8> {
    let mut body = Vec::new();
    match reply.header("content-encoding") {
        "gzip" => drop(
            flate2::read::GzDecoder::new(reply.body.as_slice())
                .read_to_end(&mut body)
                .unwrap(),
        ),
        "br" => drop(
            brotli::Decompressor::new(reply.body.as_slice(), 4096)
                .read_to_end(&mut body)
                .unwrap(),
        ),
        _ => body.clone_from(&reply.body),
    }
    body
}

#[test]
fn every_encoding_is_the_same_page_under_its_own_tag() {
    let site = Site::start();
    let plain = site.get("/page", &[]);
    let mut tags = vec![plain.header("etag").to_owned()];
    for _round in 0..2 {
        for encoding in ["gzip", "br"] {
            let packed = site.get("/page", &[("Accept-Encoding", encoding)]);
            assert_eq!(packed.header("content-encoding"), encoding);
            assert!(packed.body.len() < plain.body.len() / 4);
            assert_eq!(unpacked(&packed), plain.body);
            assert_eq!(packed.header("vary"), "Accept-Encoding, Cookie");
            assert_eq!(
                packed.header("cache-control"),
                "public, max-age=0, must-revalidate"
            );
            tags.push(packed.header("etag").to_owned());
        }
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 3, "{tags:?}");
    assert_eq!(site.renders(), 1);
}

#[test]
fn what_the_client_holds_is_not_sent_again() {
    let site = Site::start();
    let first = site.get("/page", &[("Accept-Encoding", "br")]);
    let weak = format!("W/\"zzz\", W/{}", first.header("etag"));
    for sent in [first.header("etag"), &weak, "*"] {
        let again = site.get(
            "/page",
            &[("Accept-Encoding", "br"), ("If-None-Match", sent)],
        );
        assert_eq!((again.status, again.body.len()), (304, 0), "{sent}");
        assert!(again.header("etag").starts_with('"'));
        assert!(
            again
                .header("content-security-policy")
                .starts_with("default-src 'none'")
        );
        assert_eq!(again.header("content-encoding"), "");
    }
    assert_eq!(
        site.get("/page", &[("If-None-Match", "\"other\"")]).status,
        200
    );
}

#[test]
fn fifty_readers_at_once_cost_one_render() {
    let site = Site::start();
    site.stage.slowness.store(150, Ordering::SeqCst);
    std::thread::scope(|scope| {
        for _ in 0..50 {
            scope.spawn(|| assert_eq!(site.get("/page", &[("Accept-Encoding", "br")]).status, 200));
        }
    });
    assert_eq!(site.renders(), 1);
}

#[test]
fn a_change_drops_exactly_what_shows_it() {
    let site = Site::start();
    site.get("/page", &[]);
    site.shared.cache.invalidate(&[
        Dependency::Page(8),
        Dependency::Kind("drama"),
        Dependency::Site,
    ]);
    site.get("/page", &[]);
    assert_eq!(site.renders(), 1);
    for changed in [Dependency::Page(7), Dependency::Kind("song")] {
        let before = site.renders();
        site.shared.cache.invalidate(&[changed]);
        assert!(
            site.get("/page", &[])
                .text()
                .contains(&format!("render {}", before + 1))
        );
        assert_eq!(site.renders(), before + 1);
    }
    site.shared.cache.clear();
    site.get("/page", &[]);
    assert_eq!(site.renders(), 4);
}

#[test]
fn a_render_that_raced_a_change_is_answered_but_not_kept() {
    let site = Site::start();
    site.stage.slowness.store(300, Ordering::SeqCst);
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| site.get("/page", &[]).text());
        while site.renders() == 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        site.shared.cache.invalidate(&[Dependency::Page(7)]);
        assert!(slow.join().unwrap().contains("render 1"));
    });
    assert_eq!(site.shared.cache.len(), 0);
    assert!(site.get("/page", &[]).text().contains("render 2"));
    // A change to something else does not stand in the way.
    site.shared.cache.clear();
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| site.get("/page", &[]).text());
        while site.renders() == 2 {
            std::thread::sleep(Duration::from_millis(5));
        }
        site.shared.cache.invalidate(&[Dependency::Page(9)]);
        slow.join().unwrap();
    });
    assert_eq!(site.shared.cache.len(), 1);
}

#[test]
fn themes_are_kept_apart_and_sessions_kept_out() {
    let site = Site::start();
    assert!(
        site.get("/page", &[("Cookie", "theme=dark")])
            .text()
            .contains("dark render 1")
    );
    assert!(
        site.get("/page", &[("Cookie", "x=y; theme=dark")])
            .text()
            .contains("dark render 1")
    );
    assert!(site.get("/page", &[]).text().contains("auto render 2"));
    for headers in [
        ("Cookie", "sid=abc"),
        ("Cookie", "theme=dark; __Host-sid=x"),
        ("Authorization", "Bearer x"),
    ] {
        let reply = site.get("/page", &[headers]);
        assert_eq!(reply.header("cache-control"), "private, no-cache");
        assert_eq!(reply.header("etag"), "");
    }
    assert_eq!(site.renders(), 5);
    assert_eq!(site.shared.cache.len(), 2);
}

#[test]
fn unknown_query_parameters_are_answered_but_fill_nothing() {
    let site = Site::start();
    for n in 0..20 {
        assert_eq!(site.get(&format!("/page?{n}=x"), &[]).status, 200);
    }
    assert_eq!(site.shared.cache.len(), 0);
    site.get("/page?page=2", &[]);
    site.get("/page?page=2", &[]);
    assert_eq!((site.shared.cache.len(), site.renders()), (1, 21));
}

#[test]
fn head_is_get_without_a_body() {
    let site = Site::start();
    for _cold_then_hot in 0..2 {
        let head = site.ask("HEAD", "/page", &[], "");
        assert_eq!((head.status, head.body.len()), (200, 0));
        let get = site.get("/page", &[]);
        assert_eq!(head.header("content-length"), get.body.len().to_string());
        assert_eq!(head.header("etag"), get.header("etag"));
    }
}

#[test]
fn the_cache_stays_within_its_bytes() {
    let site = Site::with(|config| config.cache_mib = 1, crate::support::Check(Ok(())));
    for n in 0..60 {
        site.get(&format!("/page?page={n}"), &[]);
    }
    assert!(site.shared.cache.weight() <= 1024 * 1024 && site.shared.cache.len() < 60);
    let none = Site::with(|config| config.cache_mib = 0, crate::support::Check(Ok(())));
    none.get("/page", &[]);
    assert_eq!(none.get("/page", &[]).status, 200);
    assert_eq!(none.shared.cache.len(), 0);
}

#[test]
fn style_sheets_are_kept_for_ever_and_guessed_names_are_nothing() {
    let site = Site::start();
    let url = site.shared.assets.url("site.css").to_owned();
    let sheet = site.get(&url, &[("Accept-Encoding", "br, gzip")]);
    assert_eq!(
        (sheet.status, sheet.header("content-type")),
        (200, "text/css; charset=utf-8")
    );
    assert_eq!(
        sheet.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(
        site.get(&url, &[("If-None-Match", sheet.header("etag"))])
            .status,
        304
    );
    assert_eq!(site.get("/assets/site.000000000000.css", &[]).status, 404);
    assert_eq!(site.get("/assets/..%2f..%2fetc%2fpasswd", &[]).status, 404);
}
