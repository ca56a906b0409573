//! The headers that go out with every answer: pages, files, redirects, 304s and errors alike. The set is the one that MDN's
//! HTTP Observatory grades A+; nothing on the site needs more than this allows.

use actix_web::{
    dev::ResponseHead,
    http::header::{
        CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY,
        STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
    },
};

/// Scripts, styles, fonts and pictures come from this site alone; nothing may frame it and no form leaves it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
     connect-src 'self'; form-action 'self'; manifest-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

/// The prepared headers. A handler may only narrow the content policy (raw uploads do, with `sandbox`).
#[derive(Clone, Debug)]
pub struct SecurityHeaders {
    fixed: Vec<(HeaderName, HeaderValue)>,
}

impl SecurityHeaders {
    /// `https`: whether the public address is https. Only then do browsers get `Strict-Transport-Security`; a site reached
    /// over plain http must not send it.
    pub fn new(https: bool) -> Self {
        let named = |name, value| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        };
        let mut fixed = vec![
            (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
            named("cross-origin-opener-policy", "same-origin"),
            named("cross-origin-resource-policy", "same-origin"),
            named(
                "permissions-policy",
                "camera=(), microphone=(), geolocation=(), browsing-topics=()",
            ),
            (X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
        ];
        if https {
            fixed.push((
                STRICT_TRANSPORT_SECURITY,
                HeaderValue::from_static("max-age=63072000; includeSubDomains"),
            ));
        }
        Self { fixed }
    }

    /// Writes the set into the head of an answer.
    pub fn apply(&self, head: &mut ResponseHead) {
        let headers = head.headers_mut();
        if !headers.contains_key(CONTENT_SECURITY_POLICY) {
            headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        }
        for (name, value) in &self.fixed {
            headers.insert(name.clone(), value.clone());
        }
    }
}
