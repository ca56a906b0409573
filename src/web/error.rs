//! Everything a handler can answer with instead of a page.

use std::{fmt, time::Duration};

use actix_web::{HttpResponse, ResponseError, http::StatusCode};

/// What went wrong, as far as the person asking may know it. The status is all [`ResponseError`] decides; the page itself is
/// written by [`super::error_pages`], which is also where the cause of an [`Error::Internal`] goes to the log.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// 404: nothing is here, or it is hidden from this reader (the two must look the same).
    #[error("not found")]
    NotFound,
    /// 410: the page was deleted; `note` is the public reason the moderator gave.
    #[error("gone: {note}")]
    Gone {
        /// Plain text; empty when none was given.
        note: String,
    },
    /// 400: the address or the form cannot be read. The text is one sentence for the reader and names no input.
    #[error("malformed request: {0}")]
    Malformed(&'static str),
    /// 403: the reader is known and may not do this. The text is one sentence that says who may.
    #[error("forbidden: {0}")]
    Forbidden(&'static str),
    /// 403: the reader was kept from editing, for a while or for good.
    #[error("blocked")]
    Blocked {
        /// Until when, and why.
        says: String,
    },
    /// 303 to the log-in page: a page for members was opened by somebody not logged in. They come back to it.
    #[error("a login is needed")]
    LoginNeeded {
        /// The page they wanted, as they wrote its address.
        back: String,
    },
    /// 405: the address exists, but not for this method.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// 408: the body came slower than [`super::deadline`] allows.
    #[error("the body came too slowly")]
    TooSlow,
    /// 413: the body is larger than this address takes.
    #[error("payload too large")]
    PayloadTooLarge,
    /// 429: too many of these; the answer carries `Retry-After`.
    #[error("too many requests")]
    TooManyRequests {
        /// When the next one is welcome; rounded up to whole seconds.
        retry_after: Duration,
    },
    /// 503: the store or the renderers are busy or away; the answer carries `Retry-After`. The text goes only to the log.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// 500: ours to mend. The text goes only to the log.
    #[error("internal: {0}")]
    Internal(String),
}

impl Error {
    /// An [`Error::Internal`] from whatever failed, with its chain of causes for the log.
    pub fn internal(cause: impl std::error::Error) -> Self {
        use fmt::Write;
        let mut text = cause.to_string();
        let mut source = cause.source();
        while let Some(inner) = source {
            // Writing to a String cannot fail.
            let _ = write!(text, ": {inner}");
            source = inner.source();
        }
        Self::Internal(text)
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone { .. } => StatusCode::GONE,
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Forbidden(_) | Self::Blocked { .. } => StatusCode::FORBIDDEN,
            Self::LoginNeeded { .. } => StatusCode::SEE_OTHER,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        if let Self::LoginNeeded { back } = self {
            let back =
                percent_encoding::utf8_percent_encode(back, percent_encoding::NON_ALPHANUMERIC);
            return super::forms::see_other(&format!("/login?back={back}"));
        }
        HttpResponse::new(self.status_code())
    }
}

impl From<crate::db::DbError> for Error {
    /// A store that is away or too busy is a 503; anything else it says is ours to mend.
    fn from(error: crate::db::DbError) -> Self {
        if error.is_unavailable() {
            Self::Unavailable(error.to_string())
        } else {
            Self::Internal(error.to_string())
        }
    }
}
