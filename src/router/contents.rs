//! How the table of contents is kept: what registers an address lists it as well, with its methods and who may ask.

use actix_web::{
    App, FromRequest, Handler, Responder, http::Method, web, web::ServiceConfig as Actix,
};

use crate::web::guards::declared::{Declares, Who};

/// One method of one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// `GET` or `POST`.
    pub method: Method,
    /// As the router matches it: `/songs/{slug}`.
    pub pattern: String,
    /// Who may ask, as the handler's first argument declares.
    pub who: Who,
}

/// The table being written.
pub struct Contents<'a> {
    site: &'a mut Actix,
    listed: Vec<Listed>,
}

impl Contents<'_> {
    /// Adds an address.
    pub fn service(&mut self, resource: Resource) -> &mut Self {
        let pattern = &resource.pattern;
        self.listed
            .extend(resource.routes.into_iter().map(|(method, who)| Listed {
                method,
                pattern: pattern.clone(),
                who,
            }));
        self.site.service(resource.inner);
        self
    }
}

/// Registers what `write` writes down.
pub fn register(site: &mut Actix, write: fn(&mut Contents<'_>)) -> Vec<Listed> {
    let mut contents = Contents {
        site,
        listed: Vec::new(),
    };
    write(&mut contents);
    contents.listed
}

/// What `write` writes down.
pub fn list(write: fn(&mut Contents<'_>)) -> Vec<Listed> {
    let mut listed = Vec::new();
    let _application = App::new().configure(|site| listed = register(site, write));
    listed
}

/// An address and what answers it.
pub struct Resource {
    pattern: String,
    routes: Vec<(Method, Who)>,
    inner: actix_web::Resource,
}

/// An address.
pub fn resource(pattern: impl Into<String>) -> Resource {
    let pattern = pattern.into();
    Resource {
        inner: web::resource(pattern.as_str()),
        routes: Vec::new(),
        pattern,
    }
}

impl Resource {
    /// Adds a method.
    #[must_use]
    pub fn route(mut self, route: Route) -> Self {
        self.routes.push((route.method, route.who));
        self.inner = self.inner.route(route.inner);
        self
    }
}

/// A method with its handler.
pub struct Route {
    method: Method,
    who: Who,
    inner: actix_web::Route,
}

/// A method that is to get a handler.
pub struct Asked(Method);

/// `GET`.
pub fn get() -> Asked {
    Asked(Method::GET)
}

/// `POST`.
pub fn post() -> Asked {
    Asked(Method::POST)
}

impl Asked {
    /// Gives it the handler, whose first argument says who may ask.
    pub fn to<F, Args>(self, handler: F) -> Route
    where
        F: Handler<Args>,
        Args: FromRequest + Declares + 'static,
        F::Output: Responder + 'static,
    {
        Route {
            inner: web::method(self.0.clone()).to(handler),
            method: self.0,
            who: Args::WHO,
        }
    }
}
