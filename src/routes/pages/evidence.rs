//! Evidence as pages show it: numbered sources, and the credits that rest on them.

use crate::models::credit::{Credit, Role, RoleGroup};
use crate::models::page::card::Cards;
use crate::models::page::document::Head;
use crate::models::rank::{Rank, RowId};

/// A number in the text that leads to a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cite {
    pub id: RowId,
    /// 1, 2, 3 … as the list of sources is numbered.
    pub number: usize,
}

/// The numbers of these sources.
pub fn cites(head: &Head, ids: &[RowId]) -> Vec<Cite> {
    head.sources
        .iter()
        .zip(1..)
        .filter(|(source, _)| ids.contains(&source.id))
        .map(|(source, number)| Cite {
            id: source.id,
            number,
        })
        .collect()
}

/// Somebody named on a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Who {
    pub name: String,
    pub href: Option<String>,
    pub native: String,
}

/// Who a row names: an artist's page or plain text, under the name as printed.
pub fn who(
    cards: &Cards,
    artist: Option<&crate::models::link::PageRef>,
    text: &str,
    credited_as: &str,
) -> Who {
    let card = cards.of(artist);
    let own = card.map_or(text, |card| &card.title);
    let name = if credited_as.is_empty() {
        own
    } else {
        credited_as
    };
    Who {
        name: if name.is_empty() {
            "a page that was taken away".to_owned()
        } else {
            name.to_owned()
        },
        href: card.map(|card| card.href()),
        native: card
            .and_then(|card| card.native_beside())
            .unwrap_or_default()
            .to_owned(),
    }
}

/// One credit as printed.
#[derive(Debug, Clone)]
pub struct CreditLine {
    pub who: Who,
    pub detail: String,
    pub rank: Rank,
    pub reason: String,
    pub cites: Vec<Cite>,
    pub unverified: bool,
}

/// All credits of one role.
#[derive(Debug, Clone)]
pub struct RoleLine {
    pub role: Role,
    pub lines: Vec<CreditLine>,
    /// Several sources name different people.
    pub disputed: bool,
}

/// The roles of one group.
#[derive(Debug, Clone)]
pub struct CreditGroup {
    pub group: RoleGroup,
    pub roles: Vec<RoleLine>,
}

/// Credits in printing order: by group, by role, preferred claims first. Refuted ones are told of where sources disagree.
pub fn credit_groups(head: &Head, cards: &Cards, credits: &[Credit]) -> Vec<CreditGroup> {
    let mut groups: Vec<CreditGroup> = Vec::new();
    let mut sorted: Vec<&Credit> = credits.iter().collect();
    sorted.sort_by_key(|credit| (credit.role.group(), credit.role, credit.rank));
    for credit in sorted {
        let group = credit.role.group();
        if groups.last().is_none_or(|last| last.group != group) {
            groups.push(CreditGroup {
                group,
                roles: Vec::new(),
            });
        }
        let Some(roles) = groups.last_mut().map(|last| &mut last.roles) else {
            continue;
        };
        if roles.last().is_none_or(|last| last.role != credit.role) {
            roles.push(RoleLine {
                role: credit.role,
                lines: Vec::new(),
                disputed: false,
            });
        }
        let Some(role) = roles.last_mut() else {
            continue;
        };
        role.disputed |= !credit.rank.is_preferred();
        if !credit.rank.is_refuted() {
            role.lines.push(credit_line(head, cards, credit));
        }
    }
    for group in &mut groups {
        group.roles.retain(|role| !role.lines.is_empty());
    }
    groups.retain(|group| !group.roles.is_empty());
    groups
}

/// One credit as printed, with the numbers of its sources.
pub fn credit_line(head: &Head, cards: &Cards, credit: &Credit) -> CreditLine {
    CreditLine {
        who: who(
            cards,
            credit.artist.as_ref(),
            &credit.text,
            &credit.credited_as,
        ),
        detail: credit.detail.clone(),
        rank: credit.rank,
        reason: credit.reason.clone(),
        cites: cites(head, &credit.sources),
        unverified: credit.unverified,
    }
}

/// Sources of a single-valued field: those of its preferred claims.
pub fn field_cites(head: &Head, field: &str) -> Vec<Cite> {
    let ids: Vec<RowId> = head
        .claims
        .iter()
        .filter(|claim| claim.field == field && claim.rank.is_preferred())
        .flat_map(|claim| claim.sources.iter().copied())
        .collect();
    cites(head, &ids)
}
