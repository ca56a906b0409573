//! One body in the forms it is sent in, with every header prepared. Pages and assets are both kept like this.

use std::io::Write;

use actix_http::{Response, body::BoxBody};
use actix_web::{
    dev::RequestHead,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderValue, VARY},
    },
};
use bytes::Bytes;
use tokio::sync::OnceCell;
use twox_hash::XxHash3_128;

use super::negotiation::{self, Encoding};
use crate::web::metrics::RouteCounters;

/// Bodies below this many bytes are sent as they are: packing them saves no packet.
const SMALLEST_PACKED: usize = 512;

/// How hard to pack: pages are packed while someone waits, assets once per start.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// 0 to 9.
    pub gzip: u32,
    /// 0 to 11.
    pub brotli: u32,
}

impl Effort {
    /// For pages.
    pub const PAGE: Self = Self { gzip: 6, brotli: 5 };
    /// For files that live as long as the process.
    pub const ASSET: Self = Self { gzip: 9, brotli: 9 };
    /// For files that are packed already, such as fonts and photographs.
    pub const NONE: Self = Self { gzip: 0, brotli: 0 };
}

/// A body and its packed forms. A packed form is made when the first client asks for it, on a blocking thread, once.
#[derive(Debug)]
pub struct Entry {
    identity: Bytes,
    gzip: OnceCell<Bytes>,
    brotli: OnceCell<Bytes>,
    /// Of the identity, gzip and brotli form, in this order.
    tags: [HeaderValue; 3],
    content_type: HeaderValue,
    cache_control: HeaderValue,
    vary: HeaderValue,
    effort: Effort,
    /// Counted when the body is sent without passing the router.
    pub(crate) counters: RouteCounters,
}

impl Entry {
    /// Keeps `body`. `vary` says which request headers choose between forms.
    pub fn new(
        body: Bytes,
        content_type: HeaderValue,
        cache_control: HeaderValue,
        vary: HeaderValue,
        effort: Effort,
        counters: RouteCounters,
    ) -> Self {
        // A tag tells forms of one address apart. Nobody gains by two that are the same, so it needs no digest made against foul play.
        let digest = format!("{:032x}", XxHash3_128::oneshot(&body));
        let tag = |suffix: &str| {
            // Hexadecimal digits, quotes and a suffix of ours are always a valid header value.
            HeaderValue::from_str(&format!("\"{digest}{suffix}\""))
                .unwrap_or_else(|_| HeaderValue::from_static("\"0\""))
        };
        let tags = [tag(""), tag("-gz"), tag("-br")];
        Self {
            identity: body,
            gzip: OnceCell::new(),
            brotli: OnceCell::new(),
            tags,
            content_type,
            cache_control,
            vary,
            effort,
            counters,
        }
    }

    /// Bytes of the body as rendered.
    pub fn len(&self) -> usize {
        self.identity.len()
    }

    /// Whether there is no body.
    pub fn is_empty(&self) -> bool {
        self.identity.is_empty()
    }

    /// The answer to a request, if the form it wants is there: 304 when the client holds one of our forms already, else 200.
    /// `None` means that [`Entry::pack`] has to run first.
    pub fn answer(&self, request: &RequestHead) -> Option<Response<BoxBody>> {
        if let Some(tag) = negotiation::matching_tag(request.headers(), &self.tags) {
            let mut answer = Response::with_body(StatusCode::NOT_MODIFIED, BoxBody::new(()));
            let headers = answer.headers_mut();
            headers.insert(ETAG, tag.clone());
            headers.insert(CACHE_CONTROL, self.cache_control.clone());
            headers.insert(VARY, self.vary.clone());
            return Some(answer);
        }
        let (wanted, packed, name, tag) = match negotiation::encoding(request.headers()) {
            Encoding::Identity => (&self.identity, None, "", 0),
            Encoding::Gzip => (self.gzip_form()?, Some(()), "gzip", 1),
            Encoding::Brotli => (self.brotli_form()?, Some(()), "br", 2),
        };
        // Where packing did not pay, the cell holds the identity form itself.
        let is_packed = packed.is_some() && wanted.len() != self.identity.len();
        let mut answer = Response::with_body(StatusCode::OK, BoxBody::new(wanted.clone()));
        let headers = answer.headers_mut();
        headers.insert(CONTENT_TYPE, self.content_type.clone());
        if is_packed {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        let tag = self.tags.get(if is_packed { tag } else { 0 })?;
        headers.insert(ETAG, tag.clone());
        headers.insert(CACHE_CONTROL, self.cache_control.clone());
        headers.insert(VARY, self.vary.clone());
        Some(answer)
    }

    fn is_packable(&self) -> bool {
        self.identity.len() >= SMALLEST_PACKED && self.effort.brotli > 0
    }

    fn gzip_form(&self) -> Option<&Bytes> {
        if self.is_packable() {
            self.gzip.get()
        } else {
            Some(&self.identity)
        }
    }

    fn brotli_form(&self) -> Option<&Bytes> {
        if self.is_packable() {
            self.brotli.get()
        } else {
            Some(&self.identity)
        }
    }

    /// Makes the form this request wants. Many may ask at once: one works, the others wait for it. Without a runtime thread
    /// to spare the identity form stands in.
    pub async fn pack(&self, request: &RequestHead) {
        let wanted = negotiation::encoding(request.headers());
        let cell = match wanted {
            Encoding::Identity => return,
            Encoding::Gzip => &self.gzip,
            Encoding::Brotli => &self.brotli,
        };
        if !self.is_packable() {
            return;
        }
        let (body, effort) = (self.identity.clone(), self.effort);
        cell.get_or_init(|| async {
            let work = tokio::task::spawn_blocking(move || match wanted {
                Encoding::Brotli => brotli_bytes(&body, effort.brotli),
                Encoding::Gzip | Encoding::Identity => gzip_bytes(&body, effort.gzip),
            });
            match work.await {
                Ok(Some(packed)) if packed.len() < self.identity.len() => Bytes::from(packed),
                _ => self.identity.clone(),
            }
        })
        .await;
    }
}

fn gzip_bytes(body: &[u8], level: u32) -> Option<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(
        Vec::with_capacity(body.len() / 4),
        flate2::Compression::new(level),
    );
    encoder.write_all(body).ok()?;
    encoder.finish().ok()
}

fn brotli_bytes(body: &[u8], quality: u32) -> Option<Vec<u8>> {
    let mut packed = Vec::with_capacity(body.len() / 4);
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: i32::try_from(quality).unwrap_or(5),
        size_hint: body.len(),
        // A window as large as the body is all a body can use.
        lgwin: i32::try_from(body.len().max(1).ilog2() + 1)
            .unwrap_or(22)
            .clamp(16, 22),
        mode: brotli::enc::backward_references::BrotliEncoderMode::BROTLI_MODE_TEXT,
        ..Default::default()
    };
    let mut reader = body;
    brotli::BrotliCompress(&mut reader, &mut packed, &parameters).ok()?;
    Some(packed)
}
