//! What the form has to say about the last button pressed.

use crate::models::page::card::Card;
use crate::models::page::content::Faults;
use crate::routes::pages::tool::Lock;

use super::entrance::Login;

/// What the form has to say about the last button pressed.
#[derive(Debug)]
pub enum Told {
    Nothing,
    Faults(Faults),
    /// Pages of such a name, and the faults besides.
    Alike(Vec<Card>, Faults),
    /// Only some may edit the page.
    Protected(Box<Lock>),
    NotLoggedIn,
    /// Name and password typed into the form let nobody in.
    NotIn(Login),
    /// Until when and why.
    Blocked(String),
    NewSession,
    NotKept,
    Gone,
    Busy,
    TooMany,
}

impl Told {
    /// What stands above the form: what happened, and what to do.
    pub fn notice(&self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::Nothing
            | Self::Faults(_)
            | Self::Alike(..)
            | Self::Protected(_)
            | Self::Blocked(_) => return None,
            Self::NotLoggedIn => (
                "You are not logged in any more",
                "Nothing is lost: every word is still in the form, and logging in with it saves it.",
            ),
            Self::NotIn(_) => (
                "Not logged in, and not saved",
                "Nothing is lost: every word is still in the form.",
            ),
            Self::NewSession => (
                "You logged in again since this form was opened",
                "Nothing is lost: every word is still here. Press Save once more.",
            ),
            Self::NotKept => (
                "The draft was not kept",
                "It is too long, or the wiki cannot save at this moment. Your words are still in the form.",
            ),
            Self::Gone => (
                "This page is no longer there",
                "It was deleted or merged with another while you were editing. Your words are still in the form: keep a copy of what matters.",
            ),
            Self::TooMany => (
                "That was many saves in a short time",
                "Nothing is lost. Wait a minute and press Save again.",
            ),
            Self::Busy => (
                "The wiki cannot save at this moment",
                "Nothing was saved and nothing is lost. Wait a little and press Save again.",
            ),
        })
    }
}
