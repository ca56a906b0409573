//! `/robots.txt`.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::web::{Error, Rendered, Shared, cached};

/// `GET /robots.txt`.
///
/// # Errors
/// None of its own.
pub async fn show(request: HttpRequest, shared: Data<Shared>) -> Result<HttpResponse, Error> {
    cached(&request, &[], |_viewer| async {
        Ok(Rendered {
            body: rules(&shared.config.base_url),
            depends: Vec::new(),
            content_type: "text/plain; charset=utf-8",
        })
    })
    .await
}

/// Everybody may read every page; what pages were, and answers to questions, are not worth a crawler's time.
fn rules(base_url: &str) -> String {
    format!(
        "User-agent: *\nDisallow: /*/history\nDisallow: /*/diff\nDisallow: /*/edit\nDisallow: /*/new\nDisallow: /search\nAllow: /\n\nSitemap: {base_url}/sitemap.xml\n"
    )
}
