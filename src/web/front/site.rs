//! What happens to a request, on the short way and on the long one.

use std::{
    cell::Cell,
    rc::Rc,
    sync::Arc,
    time::{Duration, Instant},
};

use actix_http::{
    Request, Response,
    body::{BodySize, BoxBody, MessageBody},
};
use actix_service::Service;
use actix_web::{
    HttpMessage,
    dev::ServiceResponse,
    http::{ConnectionType, Method, StatusCode, header::ALLOW},
    web,
};

use super::{
    BodyLimit, X_REQUEST_ID,
    admission::{admit, limited},
    outcome::{Outcome, caught},
};
use crate::db::reading_only;
use crate::web::{
    Error, Shared,
    access_log::{self, Line},
    csrf,
    deadline::Fate,
    error_pages::{self, Asker},
    metrics,
    request_id::RequestId,
    session::{self, Sender},
};

/// The application behind the layer, and what both share.
pub(super) struct Site<S> {
    pub inner: S,
    pub shared: web::Data<Shared>,
    pub body_limit: BodyLimit,
}

impl<S> Site<S> {
    /// The hot path.
    pub fn remembered(&self, request: &Request) -> Option<Response<BoxBody>> {
        let head = request.head();
        if head.method != Method::GET && head.method != Method::HEAD {
            return None;
        }
        let target = head.uri.path_and_query()?.as_str();
        let (mut answer, counters) = match self.shared.cache.answer(head, target) {
            Some(hit) => hit,
            None => {
                let file = self.shared.assets.at(target)?;
                (file.answer(head)?, file.counters.clone())
            }
        };
        counters.count(answer.status());
        self.shared.metrics.hits.increment(1);
        let id = RequestId::next();
        if access_log::is_verbose() {
            let (status, bytes) = (answer.status(), body_bytes(answer.body()));
            let (path, method) = (head.uri.path(), &head.method);
            let took = Duration::ZERO;
            Line {
                method,
                path,
                route: Some("memory"),
                status,
                took,
                bytes,
                id: id.as_str(),
                cause: None,
            }
            .write();
        }
        self.shared.security_headers.apply(answer.head_mut());
        answer.headers_mut().insert(X_REQUEST_ID, id.into_header());
        Some(answer)
    }
}

impl<S> Site<S>
where
    S: Service<Request, Response = ServiceResponse<BoxBody>, Error = actix_web::Error> + 'static,
{
    /// Asks the application, once it is known who asks. Tells also whether the request came with a cookie that leads nowhere.
    async fn asked(
        &self,
        mut request: Request,
        limit: usize,
        fate: &Rc<Cell<Fate>>,
        asker: &mut Asker,
    ) -> (Outcome, bool) {
        if *request.method() == Method::HEAD {
            // Every page answers HEAD as it would GET; the HTTP layer leaves the body out.
            request.head_mut().method = Method::GET;
        }
        let sender = match session::sender(&self.shared, request.headers()).await {
            Ok(sender) => sender,
            Err(error) => return (Outcome::failed(error), false),
        };
        if let Sender::Member(member) = &sender {
            asker.member = Some(Arc::clone(member));
            request.extensions_mut().insert(Arc::clone(member));
        }
        let request = limited(request, limit, self.shared.config.body_timeout, fate);
        let is_read = csrf::is_read(request.method());
        let work = caught(async { self.inner.call(request).await });
        // What a link, a robot or a browser's guess asks for changes nothing.
        let outcome = Outcome::of(if is_read {
            reading_only(work).await
        } else {
            work.await
        });
        (outcome, matches!(sender, Sender::Stale))
    }

    /// The long way.
    pub async fn slow(&self, request: Request) -> Response<BoxBody> {
        let start = Instant::now();
        let _in_flight = self.shared.in_flight.enter();
        let id = RequestId::next();
        let method = request.method().clone();
        let mut asker = Asker::new(request.path(), request.headers());
        let fate = Rc::new(Cell::new(Fate::Fine));
        let (outcome, is_stale) =
            match admit(&request, &self.shared.config.base_url, self.body_limit) {
                Err(status) => (Outcome::refused(status), false),
                Ok(limit) => {
                    request.extensions_mut().insert(id.clone());
                    self.asked(request, limit, &fate, &mut asker).await
                }
            };
        let Outcome {
            route,
            mut answer,
            panicked,
        } = outcome;
        let status = match fate.get() {
            Fate::Fine => answer.status(),
            Fate::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Fate::TooSlow => StatusCode::REQUEST_TIMEOUT,
        };
        let mut cause = None;
        if status != answer.status() || !error_pages::is_finished(&answer) {
            if status.is_server_error() {
                cause = panicked.or_else(|| answer.error().map(ToString::to_string));
            }
            let error = answer.error().and_then(|error| error.as_error::<Error>());
            let allow = answer.headers().get(ALLOW).cloned();
            answer = error_pages::answer(&self.shared, &asker, &id, status, error, allow);
        }
        if fate.get() != Fate::Fine || status == StatusCode::PAYLOAD_TOO_LARGE {
            // What is left of the body is not worth reading.
            answer.head_mut().set_connection_type(ConnectionType::Close);
        }
        if is_stale {
            session::forget(&self.shared, &mut answer);
        }
        self.shared.security_headers.apply(answer.head_mut());
        answer.headers_mut().insert(X_REQUEST_ID, id.header());
        let took = start.elapsed();
        metrics::record(route.as_deref(), status, took);
        let (path, bytes) = (asker.path.as_str(), body_bytes(answer.body()));
        Line {
            method: &method,
            path,
            route: route.as_deref(),
            status,
            took,
            bytes,
            id: id.as_str(),
            cause: cause.as_deref(),
        }
        .write();
        answer.into()
    }
}

fn body_bytes(body: &BoxBody) -> u64 {
    match body.size() {
        BodySize::Sized(bytes) => bytes,
        BodySize::None | BodySize::Stream => 0,
    }
}
