//! Evidence as pages show it: numbered sources, and the places where they disagree.

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

fn credit_line(head: &Head, cards: &Cards, credit: &Credit) -> CreditLine {
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

/// One thing several sources say differently.
#[derive(Debug, Clone)]
pub struct Dispute {
    /// Anchor: `claims-` and this.
    pub key: String,
    pub label: String,
    pub claims: Vec<ClaimLine>,
}

/// One of the values claimed.
#[derive(Debug, Clone)]
pub struct ClaimLine {
    pub value: Who,
    pub rank: Rank,
    pub reason: String,
    pub cites: Vec<Cite>,
    pub unverified: bool,
}

impl ClaimLine {
    /// The rank in plain words.
    pub fn rank_label(&self) -> &'static str {
        match self.rank {
            Rank::Preferred => "Preferred",
            Rank::Also => "Also claimed",
            Rank::Refuted => "Refuted",
        }
    }
}

impl Dispute {
    /// "2 sources disagree", or that a claim was refuted.
    pub fn summary(&self) -> String {
        let standing = self
            .claims
            .iter()
            .filter(|claim| !claim.rank.is_refuted())
            .count();
        if standing > 1 {
            format!("{standing} claims stand side by side")
        } else {
            "A claim was refuted".to_owned()
        }
    }
}

/// Single-valued fields about which more than one value is claimed.
pub fn disputed_fields(head: &Head) -> Vec<Dispute> {
    let mut disputes: Vec<Dispute> = Vec::new();
    for claim in &head.claims {
        let line = ClaimLine {
            value: Who {
                name: human(&claim.value),
                ..Who::default()
            },
            rank: claim.rank,
            reason: claim.reason.clone(),
            cites: cites(head, &claim.sources),
            unverified: claim.unverified,
        };
        match disputes
            .iter_mut()
            .find(|dispute| dispute.key == claim.field)
        {
            Some(dispute) => dispute.claims.push(line),
            None => disputes.push(Dispute {
                key: claim.field.clone(),
                label: field_label(&claim.field).to_owned(),
                claims: vec![line],
            }),
        }
    }
    disputes.retain(|dispute| {
        dispute
            .claims
            .iter()
            .any(|claim| !claim.rank.is_preferred())
    });
    for dispute in &mut disputes {
        dispute.claims.sort_by_key(|claim| claim.rank);
    }
    disputes
}

/// Roles for which more than one person is claimed.
pub fn disputed_credits(head: &Head, cards: &Cards, credits: &[Credit]) -> Vec<Dispute> {
    let mut disputes: Vec<Dispute> = Vec::new();
    for credit in credits {
        let has_others = credits
            .iter()
            .any(|other| other.role == credit.role && !other.rank.is_preferred());
        if !has_others {
            continue;
        }
        let line = credit_line(head, cards, credit);
        let claim = ClaimLine {
            value: line.who,
            rank: line.rank,
            reason: line.reason,
            cites: line.cites,
            unverified: line.unverified,
        };
        match disputes
            .iter_mut()
            .find(|dispute| dispute.key == credit.role.as_str())
        {
            Some(dispute) => dispute.claims.push(claim),
            None => disputes.push(Dispute {
                key: credit.role.as_str().to_owned(),
                label: credit.role.label().to_owned(),
                claims: vec![claim],
            }),
        }
    }
    for dispute in &mut disputes {
        dispute.claims.sort_by_key(|claim| claim.rank);
    }
    disputes
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

fn human(value: &str) -> String {
    value
        .parse::<crate::text::dates::PartialDate>()
        .map_or_else(|_| value.to_owned(), |date| date.human())
}

/// A field's name for readers.
fn field_label(field: &str) -> &str {
    match field {
        "first_aired" => "First aired",
        "last_aired" => "Last aired",
        "networks" => "Network",
        "date" | "released" => "Release date",
        "episodes" => "Episodes",
        "remake_of" => "Remake of",
        "time" => "Hour of release",
        "part" => "Part",
        "kind" => "Kind",
        "type" => "Type",
        "label" => "Label",
        "catalogue_number" => "Catalogue number",
        "debut" => "Debut",
        "agency" => "Agency",
        other => other,
    }
}
