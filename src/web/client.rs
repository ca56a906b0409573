//! Who is on the other end of the connection.

use std::net::IpAddr;

use actix_web::{
    dev::RequestHead,
    http::header::{FORWARDED, HeaderName, VIA, X_FORWARDED_FOR},
};

use crate::config::Network;

const X_REAL_IP: HeaderName = HeaderName::from_static("x-real-ip");

/// The address a request comes from: the peer's own, unless the peer is a trusted proxy; then the last address in
/// `X-Forwarded-For` that is not itself one. What anybody else writes into that header is ignored.
pub fn address(head: &RequestHead, trusted: &[Network]) -> Option<IpAddr> {
    let peer = head.peer_addr?.ip().to_canonical();
    let is_trusted = |ip: IpAddr| trusted.iter().any(|network| network.contains(ip));
    if !is_trusted(peer) {
        return Some(peer);
    }
    let mut client = peer;
    let chain: Vec<&str> = head
        .headers()
        .get_all(X_FORWARDED_FOR)
        .filter_map(|v| v.to_str().ok())
        .collect();
    for entry in chain.iter().rev().flat_map(|line| line.rsplit(',')) {
        let Ok(ip) = entry.trim().parse::<IpAddr>() else {
            break;
        };
        client = ip.to_canonical();
        if !is_trusted(client) {
            break;
        }
    }
    Some(client)
}

/// Whether a request was made on this very machine and not passed on by a proxy that runs here.
pub fn is_local(head: &RequestHead) -> bool {
    let forwarded = [FORWARDED, VIA, X_FORWARDED_FOR, X_REAL_IP];
    head.peer_addr
        .is_some_and(|peer| peer.ip().to_canonical().is_loopback())
        && !forwarded
            .iter()
            .any(|name| head.headers().contains_key(name))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use actix_web::test::TestRequest;

    use super::{Network, address, is_local};

    #[test]
    fn forwarded_addresses_count_only_from_trusted_proxies() {
        let trusted: Vec<Network> = vec!["10.0.0.0/8".parse().unwrap()];
        let from = |peer: &str, header: &'static str| {
            let request = TestRequest::get()
                .peer_addr(peer.parse().unwrap())
                .insert_header(("x-forwarded-for", header));
            address(request.to_http_request().head(), &trusted)
                .unwrap()
                .to_string()
        };
        assert_eq!(from("203.0.113.9:1", "1.1.1.1"), "203.0.113.9");
        assert_eq!(
            from("10.0.0.1:1", "6.6.6.6, 198.51.100.7, 10.2.2.2"),
            "198.51.100.7"
        );
        assert_eq!(from("10.0.0.1:1", "nonsense"), "10.0.0.1");
    }

    #[test]
    fn a_proxied_request_is_not_local() {
        let local = TestRequest::get().peer_addr("127.0.0.1:1".parse().unwrap());
        assert!(is_local(local.to_http_request().head()));
        let proxied = TestRequest::get()
            .peer_addr("127.0.0.1:1".parse().unwrap())
            .insert_header(("via", "1.1 x"));
        assert!(!is_local(proxied.to_http_request().head()));
    }
}
