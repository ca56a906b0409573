//! Who a page is written for.

use std::sync::Arc;

use actix_web::{HttpMessage, HttpRequest};

use super::theme::{Theme, Visitor};

/// What the frame of a page has to know about its reader.
#[derive(Clone, Debug, Default)]
pub struct Viewer {
    /// The colours chosen.
    pub theme: Theme,
    /// Nobody for those who are not logged in; their pages are shared by all.
    pub member: Option<Arc<Member>>,
}

/// Somebody logged in.
#[derive(Debug, PartialEq, Eq)]
pub struct Member {
    /// The name shown.
    pub name: String,
    /// What forms carry to show that they were written for this session.
    pub token: String,
}

impl Viewer {
    /// A reader nobody knows.
    pub fn anonymous(theme: Theme) -> Self {
        Self {
            theme,
            member: None,
        }
    }

    /// Reads the cookies, and takes the member from the request where the session was found.
    pub fn of(request: &HttpRequest) -> Self {
        Self {
            theme: Visitor::read(request.headers()).theme,
            member: request.extensions().get::<Arc<Member>>().cloned(),
        }
    }
}
