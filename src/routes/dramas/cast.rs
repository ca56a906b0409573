//! The cast of a drama's page.

use crate::models::drama::CastMember;
use crate::models::page::card::Cards;
use crate::models::page::document::Head;
use crate::routes::pages::evidence::{self, Cite, Who};

/// A character and who plays it.
pub struct CastLine<'a> {
    pub member: &'a CastMember,
    pub actor: Option<Who>,
    pub theme: Option<Who>,
    pub cites: Vec<Cite>,
}

/// The cast in order; refuted rows left out.
pub fn lines<'a>(head: &Head, cards: &Cards, cast: &'a [CastMember]) -> Vec<CastLine<'a>> {
    cast.iter()
        .filter(|member| !member.rank.is_refuted())
        .map(|member| CastLine {
            actor: (member.artist.is_some() || !member.text.is_empty())
                .then(|| evidence::who(cards, member.artist.as_ref(), &member.text, "")),
            theme: member
                .theme
                .as_ref()
                .map(|theme| evidence::who(cards, Some(theme), "", "")),
            cites: evidence::cites(head, &member.sources),
            member,
        })
        .collect()
}
