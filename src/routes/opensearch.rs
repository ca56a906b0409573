//! `/opensearch.xml`: how a browser's search field asks for a song.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::text::xml::Xml;
use crate::web::chrome::SITE_NAME;
use crate::web::{Error, Rendered, Shared, cached};

/// The form of this description.
const TYPE: &str = "application/opensearchdescription+xml";

/// `GET /opensearch.xml`.
///
/// # Errors
/// None of its own.
pub async fn show(request: HttpRequest, shared: Data<Shared>) -> Result<HttpResponse, Error> {
    cached(&request, &[], |_viewer| async {
        let body = description(
            &shared.config.base_url,
            shared.assets.url("img/favicon.svg"),
        );
        Ok(Rendered {
            body,
            depends: Vec::new(),
            content_type: "application/opensearchdescription+xml; charset=utf-8",
        })
    })
    .await
}

/// The words typed are a song's address: a title in any script leads to its song, an unknown one to songs of similar names.
fn description(base_url: &str, icon: &str) -> String {
    let mut xml = Xml::new(
        "OpenSearchDescription",
        &[("xmlns", "http://a9.com/-/spec/opensearch/1.1/")],
    );
    xml.text("ShortName", &[], SITE_NAME);
    xml.text("LongName", &[], "Yeoun: songs of Korean dramas");
    xml.text(
        "Description",
        &[],
        "Opens the song of a Korean drama by its title, in English or in Korean",
    );
    xml.empty(
        "Url",
        &[
            ("type", "text/html"),
            ("template", &format!("{base_url}/songs/{{searchTerms}}")),
        ],
    );
    xml.empty(
        "Url",
        &[
            ("type", TYPE),
            ("rel", "self"),
            ("template", &format!("{base_url}/opensearch.xml")),
        ],
    );
    let image = [("width", "16"), ("height", "16"), ("type", "image/svg+xml")];
    xml.text("Image", &image, &format!("{base_url}{icon}"));
    xml.text("Language", &[], "en");
    xml.text("Language", &[], "ko");
    xml.text("InputEncoding", &[], "UTF-8");
    xml.text("OutputEncoding", &[], "UTF-8");
    xml.finish()
}
