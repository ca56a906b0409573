//! The one layer every request passes, in front of the router. A page or file that is in memory is answered right here:
//! no routing, no request object, no boxed future. Everything else goes through the long way in `front/site.rs`, which guards the way in and
//! completes the way out: error pages, security headers, request id, log line, counters.

mod admission;
mod outcome;
mod site;

use std::{
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
};

use actix_http::{Request, Response, body::BoxBody};
use actix_service::{IntoServiceFactory, Service, ServiceFactory};
use actix_web::{
    dev::{AppConfig, ServiceResponse},
    http::header::HeaderName,
    web,
};
use futures_util::future::LocalBoxFuture;

use super::Shared;
use site::Site;

/// The name of the identifier's header.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// How many bytes a request to a path may carry.
pub type BodyLimit = fn(&str) -> usize;

/// Puts the layer in front of an application.
pub fn front<I, S>(
    application: I,
    shared: web::Data<Shared>,
    body_limit: BodyLimit,
) -> impl ServiceFactory<
    Request,
    Config = AppConfig,
    Response = Response<BoxBody>,
    Error = actix_web::Error,
    InitError = (),
    Service: 'static,
>
where
    I: IntoServiceFactory<S, Request>,
    S: ServiceFactory<
            Request,
            Config = AppConfig,
            Response = ServiceResponse<BoxBody>,
            Error = actix_web::Error,
            InitError = (),
        > + 'static,
{
    FrontFactory {
        inner: application.into_factory(),
        shared,
        body_limit,
    }
}

struct FrontFactory<S> {
    inner: S,
    shared: web::Data<Shared>,
    body_limit: BodyLimit,
}

impl<S> ServiceFactory<Request> for FrontFactory<S>
where
    S: ServiceFactory<
            Request,
            Config = AppConfig,
            Response = ServiceResponse<BoxBody>,
            Error = actix_web::Error,
            InitError = (),
        > + 'static,
{
    type Response = Response<BoxBody>;
    type Error = actix_web::Error;
    type Config = AppConfig;
    type Service = Front<S::Service>;
    type InitError = ();
    type Future = LocalBoxFuture<'static, Result<Self::Service, ()>>;

    fn new_service(&self, config: AppConfig) -> Self::Future {
        let inner = self.inner.new_service(config);
        let (shared, body_limit) = (self.shared.clone(), self.body_limit);
        Box::pin(async move {
            Ok(Front(Rc::new(Site {
                inner: inner.await?,
                shared,
                body_limit,
            })))
        })
    }
}

/// The layer, one per worker.
pub struct Front<S>(Rc<Site<S>>);

/// Either an answer from memory or the long way round.
pub enum Answer {
    /// Taken out when polled.
    Now(Option<Response<BoxBody>>),
    /// The one box of the whole stack.
    Later(LocalBoxFuture<'static, Response<BoxBody>>),
}

impl Future for Answer {
    type Output = Result<Response<BoxBody>, actix_web::Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.get_mut() {
            // A future is polled once after it is ready; a second poll waits for ever, as a fused one would.
            Self::Now(answer) => answer
                .take()
                .map_or(Poll::Pending, |answer| Poll::Ready(Ok(answer))),
            Self::Later(answer) => answer.as_mut().poll(context).map(Ok),
        }
    }
}

impl<S> Service<Request> for Front<S>
where
    S: Service<Request, Response = ServiceResponse<BoxBody>, Error = actix_web::Error> + 'static,
{
    type Response = Response<BoxBody>;
    type Error = actix_web::Error;
    type Future = Answer;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.0.inner.poll_ready(context)
    }

    fn call(&self, request: Request) -> Answer {
        if let Some(answer) = self.0.remembered(&request) {
            return Answer::Now(Some(answer));
        }
        let site = Rc::clone(&self.0);
        Answer::Later(Box::pin(async move { site.slow(request).await }))
    }
}
