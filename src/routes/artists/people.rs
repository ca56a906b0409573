//! Who belongs to whom on an artist's page: the members of a group or the voice of a band, and the groups the artist is in.

use crate::models::artist::show::GroupItem;
use crate::models::artist::{Member, MemberKind};
use crate::models::page::card::Cards;
use crate::models::page::document::Head;
use crate::routes::pages::disputes::{ClaimLine, Dispute};
use crate::routes::pages::evidence::{self, Cite, Who};
use crate::text::dates::PartialDate;

/// One member of a group, or the voice of a band in a story.
pub struct MemberLine<'a> {
    pub member: &'a Member,
    pub who: Who,
    pub years: String,
    pub cites: Vec<Cite>,
}

/// Members of one sort.
pub struct MemberGroup<'a> {
    pub heading: &'static str,
    pub members: Vec<MemberLine<'a>>,
}

/// A group the artist belongs to.
pub struct GroupLine<'a> {
    pub group: &'a GroupItem,
    /// "Member of".
    pub relation: &'static str,
    pub years: String,
}

/// Members by what they are to the group: voice, members, sub-units, those who left; refuted ones left out.
pub fn members<'a>(head: &Head, cards: &Cards, members: &'a [Member]) -> Vec<MemberGroup<'a>> {
    let sort = |member: &Member| match (member.kind, member.to.is_some()) {
        (Some(MemberKind::Voice), _) => 0,
        (Some(MemberKind::Subgroup), _) => 2,
        (_, false) => 1,
        (_, true) => 3,
    };
    let headings = ["Voice", "Members", "Sub-units", "Former members"];
    let standing: Vec<&Member> = members
        .iter()
        .filter(|member| !member.rank.is_refuted())
        .collect();
    let groups = headings
        .into_iter()
        .enumerate()
        .map(|(at, heading)| MemberGroup {
            heading,
            members: standing
                .iter()
                .filter(|member| sort(member) == at)
                .map(|member| MemberLine {
                    who: evidence::who(cards, member.artist.as_ref(), &member.text, ""),
                    years: span(member.from.as_ref(), member.to.as_ref()),
                    cites: evidence::cites(head, &member.sources),
                    member,
                })
                .collect(),
        });
    groups.filter(|group| !group.members.is_empty()).collect()
}

/// What to call them all: their own heading where there is one sort only.
pub fn heading(groups: &[MemberGroup<'_>]) -> &'static str {
    match groups {
        [only] => only.heading,
        _ => "Members",
    }
}

/// Groups the artist belongs to, then those left.
pub fn groups(groups: &[GroupItem]) -> Vec<GroupLine<'_>> {
    let mut lines: Vec<GroupLine<'_>> = groups
        .iter()
        .map(|group| GroupLine {
            relation: match (group.kind, group.end.is_empty()) {
                (Some(MemberKind::Voice), _) => "Voice of",
                (Some(MemberKind::Subgroup), _) => "Part of",
                (_, true) => "Member of",
                (_, false) => "Formerly of",
            },
            years: span(
                group.begin.parse().ok().as_ref(),
                group.end.parse().ok().as_ref(),
            ),
            group,
        })
        .collect();
    lines.sort_by_key(|line| line.relation == "Formerly of");
    lines
}

/// What sources disagree about: members that are only claimed, and those refuted.
pub fn disputed(head: &Head, cards: &Cards, members: &[Member]) -> Option<Dispute> {
    let claims: Vec<ClaimLine> = members
        .iter()
        .filter(|member| !member.rank.is_preferred())
        .map(|member| ClaimLine {
            value: evidence::who(cards, member.artist.as_ref(), &member.text, ""),
            rank: member.rank,
            reason: member.reason.clone(),
            cites: evidence::cites(head, &member.sources),
            unverified: member.unverified,
        })
        .collect();
    (!claims.is_empty()).then(|| Dispute {
        key: "members".to_owned(),
        label: "Members".to_owned(),
        claims,
    })
}

/// "2012 to 2017", "since 2012", "until 2017", or nothing.
fn span(from: Option<&PartialDate>, to: Option<&PartialDate>) -> String {
    match (from.map(PartialDate::year), to.map(PartialDate::year)) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("since {from}"),
        (None, Some(to)) => format!("until {to}"),
        (None, None) => String::new(),
    }
}
