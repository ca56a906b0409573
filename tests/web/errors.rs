//! Error pages, headers, limits, signals.

use std::{
    io::{Read, Write},
    time::{Duration, Instant},
};

use crate::support::{Check, Reply, Site};

const ALWAYS: [&str; 8] = [
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "x-frame-options",
    "x-request-id",
];

fn is_helpful(reply: &Reply) {
    for name in ALWAYS {
        assert_ne!(
            reply.header(name),
            "",
            "{name} is missing on {}",
            reply.status
        );
    }
    assert_eq!(
        reply.header("content-type"),
        "text/html; charset=utf-8",
        "{}",
        reply.status
    );
    let text = reply.text();
    assert!(
        text.contains("<h1>")
            && text.contains("href=\"/songs\"")
            && text.contains(reply.header("x-request-id"))
    );
    assert!(!text.contains("secret"), "{text}");
}

#[test]
fn every_error_is_a_page_with_a_way_out() {
    let site = Site::start();
    let long = format!("/{}", "a".repeat(9000));
    let cookie = "x=".to_owned() + &"y".repeat(40_000);
    let big = "text=".to_owned() + &"x".repeat(70_000);
    for (status, method, target, headers, body) in [
        (404, "GET", "/nothing/here", vec![], ""),
        (404, "POST", "/nothing/here", vec![], "a=b"),
        (405, "POST", "/page", vec![], "a=b"),
        (400, "GET", "/typed?page=x", vec![], ""),
        (400, "GET", "/songs/%zz", vec![], ""),
        (400, "GET", "/songs/%ff", vec![], ""),
        (400, "GET", "/songs/%00", vec![], ""),
        (400, "GET", "/page?q=%ff", vec![], ""),
        (410, "GET", "/gone", vec![], ""),
        (413, "POST", "/post", vec![], big.as_str()),
        (414, "GET", long.as_str(), vec![], ""),
        (429, "GET", "/busy", vec![], ""),
        (431, "GET", "/page", vec![("Cookie", cookie.as_str())], ""),
        (500, "GET", "/broken", vec![], ""),
        (500, "GET", "/internal", vec![], ""),
    ] {
        let reply = site.ask(method, target, &headers, body);
        assert_eq!(
            reply.status,
            status,
            "{method} {}",
            target.get(..20).unwrap_or(target)
        );
        is_helpful(&reply);
    }
    for from in [
        ("Sec-Fetch-Site", "cross-site"),
        ("Origin", "https://evil.example"),
    ] {
        let reply = site.ask("POST", "/post", &[from], "text=x");
        assert_eq!(reply.status, 403, "{from:?}");
        is_helpful(&reply);
    }
    assert_eq!(site.get("/busy", &[]).header("retry-after"), "2");
    assert!(
        site.ask("POST", "/page", &[], "a=b")
            .header("allow")
            .contains("GET")
    );
    assert!(
        site.get("/gone", &[])
            .text()
            .contains("a copy of &#60;b&#62;another")
    );
    assert_eq!(
        site.get("/page", &[]).status,
        200,
        "the workers live on after a panic"
    );
}

#[test]
fn a_head_error_has_no_body_and_a_program_gets_json() {
    let site = Site::start();
    let head = site.ask("HEAD", "/nothing", &[], "");
    assert_eq!((head.status, head.body.len()), (404, 0));
    let problem = site.get("/api/v1/nothing", &[]);
    assert_eq!(problem.header("content-type"), "application/problem+json");
    let problem: serde_json::Value = serde_json::from_slice(&problem.body).unwrap();
    assert_eq!(problem["status"], 404);
}

#[test]
fn a_page_that_a_handler_wrote_itself_stays() {
    let site = Site::start();
    let reply = site.get("/invalid", &[]);
    assert_eq!(
        (reply.status, reply.text().as_str()),
        (422, "the form again")
    );
    assert_ne!(reply.header("content-security-policy"), "");
}

#[test]
fn transport_security_is_sent_only_over_https() {
    let site = Site::start();
    assert_eq!(
        site.get("/page", &[]).header("strict-transport-security"),
        ""
    );
    let secure = Site::with(
        |config| config.base_url = "https://wiki.example".to_owned(),
        Check(Ok(())),
    );
    let cookie = secure.ask("POST", "/settings/appearance", &[], "theme=dark&back=/page");
    for reply in [
        &cookie,
        &secure.get("/page", &[]),
        &secure.get("/page", &[]),
        &secure.get("/x", &[]),
    ] {
        assert_eq!(
            reply.header("strict-transport-security"),
            "max-age=63072000; includeSubDomains"
        );
    }
    assert!(cookie.header("set-cookie").contains("Secure"));
}

#[test]
fn the_theme_is_kept_and_the_way_back_stays_on_the_site() {
    let site = Site::start();
    let reply = site.ask(
        "POST",
        "/settings/appearance",
        &[],
        "theme=dark&back=%2Fpage%3Fpage%3D2",
    );
    assert_eq!(
        (reply.status, reply.header("location")),
        (303, "/page?page=2")
    );
    let cookie = reply.header("set-cookie");
    assert!(
        cookie.starts_with("theme=dark; ")
            && cookie.contains("HttpOnly")
            && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    for back in [
        "%2F%2Fevil.example",
        "https%3A%2F%2Fevil.example",
        "%2F%5Cevil.example",
        "%2F%0D%0ASet-Cookie%3A+a%3Db",
    ] {
        let reply = site.ask(
            "POST",
            "/settings/appearance",
            &[],
            &format!("theme=dark&back={back}"),
        );
        assert_eq!(reply.header("location"), "/");
    }
}

#[test]
fn a_slow_body_is_cut_and_an_endless_one_too() {
    let site = Site::start();
    let mut slow = site.connect();
    slow.write_all(b"POST /post HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 90\r\n\r\ntext=")
        .unwrap();
    let start = Instant::now();
    let reply = Reply::read(slow);
    assert_eq!(reply.status, 408);
    is_helpful(&reply);
    assert!(start.elapsed() < Duration::from_secs(5));
    let mut endless = site.connect();
    endless
        .write_all(b"POST /post HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n")
        .unwrap();
    for _ in 0..200 {
        if endless
            .write_all(format!("400\r\n{}\r\n", "x".repeat(1024)).as_bytes())
            .is_err()
        {
            break;
        }
    }
    let mut bytes = Vec::new();
    let _ = endless.read_to_end(&mut bytes);
    assert!(
        bytes.starts_with(b"HTTP/1.1 413"),
        "{:?}",
        String::from_utf8_lossy(&bytes)
    );
}

#[test]
fn a_form_of_the_allowed_size_arrives_whole() {
    let site = Site::start();
    let body = "text=".to_owned() + &"x".repeat(60_000);
    assert_eq!(
        site.ask("POST", "/post", &[("Sec-Fetch-Site", "same-origin")], &body)
            .text(),
        "60000"
    );
}

#[test]
fn readiness_follows_the_store_and_the_drain() {
    let site = Site::start();
    assert_eq!(site.get("/healthz", &[]).status, 200);
    assert_eq!(site.get("/readyz", &[]).text(), "ready\n");
    site.shared.drain();
    let draining = site.get("/readyz", &[]);
    assert_eq!(
        (draining.status, draining.text().as_str()),
        (503, "draining\n")
    );
    assert_eq!(site.get("/page", &[]).status, 200);
    let away = Site::with(|_| {}, Check(Err("secret cause".to_owned())));
    let reply = away.get("/readyz", &[]);
    assert_eq!(
        (reply.status, reply.text().as_str()),
        (503, "store unavailable\n")
    );
    assert_eq!(away.get("/healthz", &[]).status, 200);
}

#[test]
fn requests_under_way_finish_while_new_ones_are_refused() {
    let mut site = Site::start();
    let mut under_way = site.connect();
    under_way
        .write_all(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        .unwrap();
    std::thread::sleep(Duration::from_millis(200));
    site.stop();
    assert_eq!(Reply::read(under_way).text(), "slow but done");
    site.join();
    assert!(std::net::TcpStream::connect(site.address).is_err());
}

#[test]
fn metrics_are_for_this_machine_alone() {
    let site = Site::start();
    site.get("/page", &[]);
    site.get("/page", &[]);
    let text = site.get("/metrics", &[]).text();
    assert!(
        text.contains("yeoun_http_requests_total{route=\"/page\",status=\"2xx\"}"),
        "{text}"
    );
    assert!(text.contains("yeoun_page_cache_hits_total") && text.contains("yeoun_uptime_seconds"));
    assert_eq!(
        site.get("/metrics", &[("X-Forwarded-For", "1.2.3.4")])
            .status,
        404
    );
}

#[test]
fn nothing_malformed_gets_past_as_a_server_error() {
    let site = Site::start();
    for raw in [
        "GET / HTTP/9.9\r\n\r\n",
        "\0\0\0\r\n\r\n",
        "GET /\x7f HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET  HTTP/1.1\r\n\r\n",
    ] {
        let mut stream = site.connect();
        stream.write_all(raw.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        assert!(!bytes.starts_with(b"HTTP/1.1 5"), "{raw:?}");
    }
    assert_eq!(site.get("/page", &[]).status, 200);
}
