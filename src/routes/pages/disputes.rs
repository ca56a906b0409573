//! The places where sources disagree, as pages show them: every value claimed, side by side.

use std::collections::BTreeSet;

use crate::models::credit::Credit;
use crate::models::page::card::Cards;
use crate::models::page::document::Head;
use crate::models::page::labels;
use crate::models::rank::{Rank, RowId};
use crate::routes::pages::evidence::{self, Cite, Who};

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
    /// "2 sources disagree", that values without sources stand side by side, or that a claim was refuted.
    pub fn summary(&self) -> String {
        let standing = || self.claims.iter().filter(|claim| !claim.rank.is_refuted());
        let claims = standing().count();
        let sources: BTreeSet<RowId> = standing()
            .flat_map(|claim| claim.cites.iter().map(|cite| cite.id))
            .collect();
        match (claims, sources.len()) {
            (0 | 1, _) => "A claim was refuted".to_owned(),
            // One source that says both, or values nobody has a source for.
            (_, 0 | 1) => format!("{claims} claims stand side by side"),
            (_, sources) => format!("{sources} sources disagree"),
        }
    }
}

/// Single-valued fields about which more than one value is claimed.
pub fn of_fields(head: &Head) -> Vec<Dispute> {
    let mut disputes: Vec<Dispute> = Vec::new();
    for claim in &head.claims {
        let line = ClaimLine {
            value: Who {
                name: human(&claim.value),
                ..Who::default()
            },
            rank: claim.rank,
            reason: claim.reason.clone(),
            cites: evidence::cites(head, &claim.sources),
            unverified: claim.unverified,
        };
        match disputes
            .iter_mut()
            .find(|dispute| dispute.key == claim.field)
        {
            Some(dispute) => dispute.claims.push(line),
            None => disputes.push(Dispute {
                key: claim.field.clone(),
                label: labels::field(&claim.field).to_owned(),
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
pub fn of_credits(head: &Head, cards: &Cards, credits: &[Credit]) -> Vec<Dispute> {
    let mut disputes: Vec<Dispute> = Vec::new();
    for credit in credits {
        let has_others = credits
            .iter()
            .any(|other| other.role == credit.role && !other.rank.is_preferred());
        if !has_others {
            continue;
        }
        let line = evidence::credit_line(head, cards, credit);
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

fn human(value: &str) -> String {
    value
        .parse::<crate::text::dates::PartialDate>()
        .map_or_else(|_| value.to_owned(), |date| date.human())
}
