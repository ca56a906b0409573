//! What forms send.

use std::{future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest, HttpResponse,
    dev::Payload,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE, VARY},
    },
    web::Bytes,
};
use serde::de::DeserializeOwned;

use super::{Error, csrf, viewer};

/// Most fields of a form.
pub const MOST_FIELDS: usize = 10_000;
/// Most bytes of one field, as it is sent, percent signs and all.
pub const LONGEST_FIELD: usize = 800_000;

/// A form that was sent, read into `T`: a struct of texts, or a list of pairs where fields repeat.
///
/// The token is looked at and the outcome handed on: whether a save with a wrong one becomes a preview that keeps what was typed,
/// or nothing happens at all, is the handler's to say. [`Posted::trusted`] is for those that need it to fit.
#[derive(Clone, Debug)]
pub struct Posted<T> {
    form: T,
    /// Whether the form was written for this very session.
    pub token_fits: bool,
}

impl<T> Posted<T> {
    /// The form, whether its token fits or not.
    pub fn form(self) -> T {
        self.form
    }

    /// The form, if its token fits.
    ///
    /// # Errors
    /// [`Error::Forbidden`] with what to do.
    pub fn trusted(self) -> Result<T, Error> {
        if self.token_fits {
            return Ok(self.form);
        }
        Err(Error::Forbidden(
            "This form was written for another session. Go back, reload the page and send it again.",
        ))
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Posted<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_form = request.content_type() == "application/x-www-form-urlencoded";
        let member = viewer::member(request);
        let body = Bytes::from_request(request, payload);
        Box::pin(async move {
            if !is_form {
                return Err(Error::Malformed(
                    "Forms are read as application/x-www-form-urlencoded only.",
                ));
            }
            // What cuts a body short is answered by the front layer, whatever is said here.
            let body = body
                .await
                .map_err(|_cut_short| Error::Malformed("The form did not arrive whole."))?;
            let form = read(&body)?;
            let token = member.and_then(|member| {
                let mut fields = body.split(|byte| *byte == b'&');
                let sent = fields.find_map(|field| field.strip_prefix(b"token="))?;
                let sent = percent_encoding::percent_decode(sent).decode_utf8().ok()?;
                Some(csrf::token_fits(&sent, &member.token))
            });
            Ok(Self {
                form,
                token_fits: token.unwrap_or(false),
            })
        })
    }
}

/// Reads a body, after its fields were counted and measured.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    let mut fields = 0;
    for field in body.split(|byte| *byte == b'&') {
        fields += 1;
        if field.len() > LONGEST_FIELD {
            return Err(Error::Malformed(
                "One field of the form is longer than 800,000 bytes. Go back and shorten it.",
            ));
        }
    }
    if fields > MOST_FIELDS {
        return Err(Error::Malformed(
            "The form has more than 10,000 fields. Go back and send less at once.",
        ));
    }
    if percent_encoding::percent_decode(body)
        .decode_utf8()
        .is_err()
    {
        return Err(Error::Malformed("The form is not UTF-8 text."));
    }
    serde_urlencoded::from_bytes(body).map_err(|_unreadable| {
        Error::Malformed(
            "The form cannot be read: a field is there twice, or is of the wrong kind.",
        )
    })
}

/// A page with a form, or with what is one member's alone: kept by nobody, not even for the way back.
pub fn page(status: StatusCode, body: String) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .insert_header((VARY, "Cookie"))
        .body(body)
}

/// 303 to an address of this site, after something was done.
pub fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((actix_web::http::header::LOCATION, to))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .finish()
}

#[cfg(test)]
mod tests {
    use super::{Error, LONGEST_FIELD, MOST_FIELDS, read};

    type Pairs = Vec<(String, String)>;

    fn refusal(body: &str) -> String {
        match read::<Pairs>(body.as_bytes()) {
            Err(Error::Malformed(words)) => words.to_owned(),
            _ => String::new(),
        }
    }

    #[test]
    fn the_caps_are_named() {
        assert_eq!(refusal(&vec!["a=b"; MOST_FIELDS].join("&")), "");
        assert!(refusal(&vec!["a=b"; MOST_FIELDS + 1].join("&")).contains("10,000 fields"));
        assert!(refusal(&"x".repeat(LONGEST_FIELD + 1)).contains("800,000 bytes"));
    }

    #[test]
    fn a_field_that_is_there_twice_is_refused_where_one_is_meant() {
        #[derive(serde::Deserialize)]
        struct One {
            #[serde(default)]
            name: String,
        }
        assert!(read::<One>(b"name=a&name=b").is_err());
        assert!(read::<One>(b"name=%ff").is_err());
        assert!(read::<One>(b"other=1").is_ok_and(|one| one.name.is_empty()));
    }
}
