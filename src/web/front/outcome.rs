//! What came back from the router, panics included.

use std::{
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

use actix_http::body::BoxBody;
use actix_web::{HttpResponse, ResponseError, dev::ServiceResponse, http::StatusCode};

use crate::web::Error;

/// A panic in a handler ends that request alone. The future is not polled again after it.
pub(super) async fn caught<T>(work: impl Future<Output = T>) -> std::thread::Result<T> {
    let mut work = pin!(work);
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
            Ok(poll) => poll.map(Ok),
            Err(panic) => Poll::Ready(Err(panic)),
        },
    )
    .await
}

/// An answer and what the log has to know about it.
pub(super) struct Outcome {
    /// The pattern that matched.
    pub route: Option<String>,
    /// As the handler left it; without a body after a panic.
    pub answer: HttpResponse<BoxBody>,
    /// The words of a panic.
    pub panicked: Option<String>,
}

impl Outcome {
    /// Refused before the router.
    pub fn refused(status: StatusCode) -> Self {
        Self {
            route: None,
            answer: HttpResponse::new(status),
            panicked: None,
        }
    }

    /// Something failed before the router.
    pub fn failed(error: Error) -> Self {
        Self {
            route: None,
            answer: HttpResponse::from_error(error),
            panicked: None,
        }
    }

    /// From the router.
    pub fn of(
        result: std::thread::Result<Result<ServiceResponse<BoxBody>, actix_web::Error>>,
    ) -> Self {
        match result {
            Ok(Ok(answered)) => {
                let route = answered.request().match_pattern();
                let (_request, answer) = answered.into_parts();
                Self {
                    route,
                    answer,
                    panicked: None,
                }
            }
            Ok(Err(error)) => Self {
                route: None,
                answer: HttpResponse::from_error(error),
                panicked: None,
            },
            Err(panic) => {
                let words = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
                let words = words
                    .or_else(|| panic.downcast_ref::<String>().cloned())
                    .unwrap_or_default();
                let answer = Error::Internal(String::new()).error_response();
                Self {
                    route: None,
                    answer,
                    panicked: Some(format!("panic: {words}")),
                }
            }
        }
    }
}
