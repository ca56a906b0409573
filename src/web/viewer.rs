//! Who a page is written for.

use std::sync::Arc;

use actix_web::{HttpMessage, HttpRequest};

use super::theme::{Theme, Visitor};
use crate::db::Micros;
use crate::models::user::block::{Block, FOR_GOOD};
use crate::models::user::session::Session;
use crate::models::user::{Admin, Editor, Moderator, Role, User, UserId};
use crate::text::html::{Html, escape_lang};

/// What the frame of a page has to know about its reader.
#[derive(Clone, Debug, Default)]
pub struct Viewer {
    /// The colours chosen.
    pub theme: Theme,
    /// Nobody for those who are not logged in; their pages are shared by all.
    pub member: Option<Arc<Member>>,
    /// A page that is not saved yet, shown as it would be.
    pub draft: Option<Arc<Draft>>,
    /// The member has just saved this page.
    pub saved: Option<JustSaved>,
    /// What whoever previews or has just saved the page should look at.
    pub notes: Vec<Note>,
}

/// Something worth another look, and the page it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub before: String,
    pub title: Html,
    pub href: String,
    pub after: &'static str,
}

/// A form carried along with the preview of what it would save.
#[derive(Debug, PartialEq, Eq)]
pub struct Draft {
    /// Where the form is sent.
    pub action: String,
    /// Everything typed.
    pub pairs: Vec<(String, String)>,
    /// Which parts differ from the page as it is; empty when none does.
    pub changes: String,
    /// The page is not there yet: there is nothing to compare with.
    pub is_new: bool,
    /// What is to be known of what others saved since; mostly nothing.
    pub meanwhile: &'static str,
}

/// What a save came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JustSaved {
    /// Of the revision made; 0 when nothing was changed.
    pub number: u32,
    /// It was brought together with what somebody else saved meanwhile.
    pub is_merged: bool,
    /// The same member had saved meanwhile; where the two edits differ, this later one stands.
    pub is_own: bool,
}

impl JustSaved {
    /// From the address a save leads to: `?saved=7&merged=yes`.
    fn read(query: &str) -> Option<Self> {
        let value = |name: &str| {
            query
                .split('&')
                .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
        };
        Some(Self {
            number: value("saved")?.parse().ok()?,
            is_merged: value("merged") == Some("yes"),
            is_own: value("merged") == Some("own"),
        })
    }
}

/// Somebody logged in, and what they may do.
#[derive(Debug, PartialEq, Eq)]
pub struct Member {
    /// Their number.
    pub id: UserId,
    /// The name shown.
    pub name: String,
    /// How far they are trusted.
    pub role: Role,
    /// What forms carry to show that they were written for this session.
    pub token: String,
    /// The hash by which the store knows this session.
    pub session: String,
    /// Until when they may not edit, and why; nothing for nearly everybody.
    pub blocked: Option<String>,
    /// The proof for writing pages.
    pub editor: Editor,
    /// The proof for moderating, if they may.
    pub moderator: Option<Moderator>,
    /// The proof for saying who is what, if they may.
    pub admin: Option<Admin>,
}

impl Member {
    /// Of a session; nobody when the user may not come in.
    pub fn of(session: &Session, user: &User) -> Option<Self> {
        Some(Self {
            id: user.id,
            name: user.name.clone(),
            role: user.role,
            token: session.form_token.clone(),
            session: session.token_hash.clone(),
            blocked: None,
            editor: user.editor()?,
            moderator: user.moderator(),
            admin: user.admin(),
        })
    }

    /// The same with the block in force.
    #[must_use]
    pub fn blocked_by(mut self, block: Option<&Block>) -> Self {
        self.blocked = block.map(|block| {
            let Block { until, reason } = block;
            let until = match *until {
                FOR_GOOD => "for good".to_owned(),
                until => Micros(until)
                    .timestamp()
                    .strftime("until %-d %B %Y, %H:%M UTC")
                    .to_string(),
            };
            format!("You are kept from editing {until}. The reason given: {reason}")
        });
        self
    }

    /// The name with its Korean runs marked.
    pub fn label(&self) -> Html {
        escape_lang(&self.name)
    }

    /// Address of the member's page.
    pub fn href(&self) -> String {
        crate::models::user::href(&self.name)
    }
}

impl Viewer {
    /// A reader nobody knows.
    pub fn anonymous(theme: Theme) -> Self {
        Self {
            theme,
            ..Self::default()
        }
    }

    /// Reads the cookies, and takes the member from the request where the session was found.
    pub fn of(request: &HttpRequest) -> Self {
        let member = member(request);
        let query = request.uri().query().unwrap_or_default();
        Self {
            theme: Visitor::read(request.headers()).theme,
            saved: member.as_ref().and_then(|_| JustSaved::read(query)),
            member,
            draft: None,
            notes: Vec::new(),
        }
    }
}

/// Whoever is logged in.
pub fn member(request: &HttpRequest) -> Option<Arc<Member>> {
    request.extensions().get::<Arc<Member>>().cloned()
}
