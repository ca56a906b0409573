//! An artist: a group, or a person. A person is written as both, as music databases do, because only groups make recordings
//! in schema.org.

use super::node::Node;
use super::{Graph, card, date, graph, subject, who};
use crate::models::artist::show::{ArtistView, GroupItem};
use crate::models::artist::{ArtistType, Member, MemberKind};
use crate::models::page::document::KindFacts;

/// Structured data of an artist's page.
pub fn graph_of<'a>(view: &'a ArtistView, base_url: &'a str) -> Graph<'a> {
    let KindFacts::Artist(artist) = &view.document.facts else {
        return graph(base_url, &view.page, Vec::new());
    };
    let types: &[&str] = if artist.artist_type == ArtistType::Person {
        &["Person", "MusicGroup"]
    } else {
        &["MusicGroup"]
    };
    let members: Vec<&Member> = artist
        .members
        .iter()
        .filter(|member| !member.rank.is_refuted())
        .collect();
    let of_kind = |is_part: bool| {
        let wanted = members
            .iter()
            .filter(move |member| (member.kind == Some(MemberKind::Subgroup)) == is_part);
        wanted
            .filter_map(|one| member(one, view, base_url))
            .collect::<Vec<_>>()
    };
    let groups = |is_part: bool| {
        let wanted = view
            .groups
            .iter()
            .filter(move |group| (group.kind == Some(MemberKind::Subgroup)) == is_part);
        wanted.map(|one| group(one, base_url)).collect::<Vec<_>>()
    };
    let node = subject(types, base_url, &view.page, &view.document.head)
        .with("member", of_kind(false))
        .with("subOrganization", of_kind(true))
        .with("memberOf", groups(false))
        .with("parentOrganization", groups(true));
    graph(base_url, &view.page, vec![node])
}

/// A member, in a role where there is more to say than that.
fn member<'a>(member: &'a Member, view: &'a ArtistView, base_url: &'a str) -> Option<Node<'a>> {
    let kind = if member.kind == Some(MemberKind::Subgroup) {
        "MusicGroup"
    } else {
        "Person"
    };
    let artist = who(
        kind,
        base_url,
        &view.cards,
        member.artist.as_ref(),
        &member.text,
        "",
    )?;
    let begin = date(member.from.as_ref(), member.unverified);
    let end = date(member.to.as_ref(), member.unverified);
    let voice = (member.kind == Some(MemberKind::Voice)).then_some("voice");
    let is_plain = (begin.is_none() && end.is_none() && voice.is_none()) || kind == "MusicGroup";
    if is_plain {
        return Some(artist);
    }
    let role = Node::new(&["OrganizationRole"])
        .with("member", artist)
        .with("roleName", voice);
    Some(role.with("startDate", begin).with("endDate", end))
}

/// A group the artist is in. Its dates are told on the group's own page, with their sources.
fn group<'a>(group: &'a GroupItem, base_url: &'a str) -> Node<'a> {
    let node = card("MusicGroup", base_url, &group.card);
    match group.kind {
        Some(MemberKind::Voice) => Node::new(&["OrganizationRole"])
            .with("memberOf", node)
            .with("roleName", "voice"),
        _ => node,
    }
}
