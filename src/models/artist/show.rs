//! Everything an artist's page shows.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use crate::db::{Conn, rows};
use crate::models::artist::MemberKind;
use crate::models::artist::works::{self, Collaborator, DramaItem, WorkItem};
use crate::models::page::card::{Card, Cards};
use crate::models::page::document::{Document, KindFacts};
use crate::models::page::revision::Revision;
use crate::models::page::view::{self, View};
use crate::models::page::{Kind, Page, PageId, State, mentions};
use crate::models::song::listing;
use crate::models::song::show::referred;
use crate::schema::{memberships, pages};

/// A group the artist belongs to, or lends a voice to.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupItem {
    pub card: Card,
    pub kind: Option<MemberKind>,
    pub begin: String,
    pub end: String,
}

/// What an artist's page is made of.
#[derive(Debug, Clone)]
pub struct ArtistView {
    pub page: Page,
    pub revision: Revision,
    pub document: Document,
    pub cards: Cards,
    pub groups: Vec<GroupItem>,
    pub works: Vec<WorkItem>,
    pub dramas: Vec<DramaItem>,
    /// First day, as precise as known, of the dramas of songs and roles; those without a date are left out.
    pub aired: BTreeMap<PageId, String>,
    pub collaborators: Vec<Collaborator>,
    pub mentions: Vec<Card>,
}

impl View for ArtistView {
    view::parts!();

    fn load(conn: &mut Conn, page: Page, revision: Revision) -> QueryResult<Self> {
        let mut document = revision.document(Kind::Artist)?;
        let groups = groups(conn, page.id)?;
        let voices: Vec<PageId> = groups
            .iter()
            .filter(|group| group.kind == Some(MemberKind::Voice))
            .map(|group| group.card.id)
            .collect();
        let roles = works::roles(conn, page.id, &voices)?;
        let characters = works::characters(conn, page.id)?;
        let ids: Vec<PageId> = roles.keys().copied().collect();
        let sung = listing::credit_rows(conn, &ids)?;
        let uses = listing::uses_of(conn, &ids)?;
        let mut beside: Vec<(PageId, PageId)> = works::credited_on(conn, &ids)?;
        beside.extend(sung.iter().filter_map(|row| Some((row.0, row.3?))));
        let named = ids.iter().chain(characters.keys()).copied();
        let artists = beside.iter().map(|(_, artist)| *artist);
        let cards = Cards::load(conn, named.chain(artists).chain(referred(&mut document)))?;
        let is_song = |id: &PageId| cards.find(*id).is_some_and(|card| card.kind == Kind::Song);
        let songs = ids.iter().filter(|id| is_song(id));
        let cards_of_songs = songs.filter_map(|id| cards.find(*id)).cloned();
        let items = listing::assemble(cards_of_songs, &sung, uses);
        let own: BTreeSet<PageId> = voices
            .iter()
            .copied()
            .chain(own_voices(&document))
            .chain([page.id])
            .collect();
        beside.retain(|(on, _)| is_song(on));
        let together = works::together(beside.into_iter(), &own);
        let mentions = mentions::of(conn, page.id)?;
        let collaborators = works::ranked(&together, &cards);
        let acts: Vec<&Card> = groups.iter().map(|group| &group.card).collect();
        let works = works::songs(items, &roles, &acts);
        let dramas = works::dramas(&roles, characters, &cards);
        let aired = works::aired(conn, &works, &dramas)?;
        Ok(Self {
            page,
            revision,
            document,
            cards,
            groups,
            works,
            dramas,
            aired,
            collaborators,
            mentions,
        })
    }

    fn shown(&self) -> BTreeSet<PageId> {
        let mut ids: BTreeSet<PageId> = self.cards.ids().collect();
        ids.insert(self.page.id);
        ids.extend(self.groups.iter().map(|group| group.card.id));
        ids.extend(self.dramas.iter().map(|drama| drama.card.id));
        ids.extend(self.mentions.iter().map(|card| card.id));
        for work in &self.works {
            ids.extend(listing::shown(std::slice::from_ref(&work.song)));
        }
        ids
    }
}

fn groups(conn: &mut Conn, artist: PageId) -> QueryResult<Vec<GroupItem>> {
    let rows: Vec<(Card, String, String, String)> = rows!(
        conn,
        memberships::table
            .inner_join(pages::table.on(pages::id.eq(memberships::page_id)))
            .filter(memberships::member_id.eq(artist))
            .filter(pages::state.eq(State::Live))
            .order((pages::sort_key, pages::id, memberships::row_id))
            .select((
                Card::as_select(),
                memberships::member_kind,
                memberships::begin_date,
                memberships::end_date,
            ))
    )?;
    Ok(rows
        .into_iter()
        .map(|(card, kind, begin, end)| GroupItem {
            card,
            kind: kind.parse().ok(),
            begin,
            end,
        })
        .collect())
}

/// Who lends a band of a story its voice.
fn own_voices(document: &Document) -> Vec<PageId> {
    let KindFacts::Artist(artist) = &document.facts else {
        return Vec::new();
    };
    let voices = artist
        .members
        .iter()
        .filter(|member| member.kind == Some(MemberKind::Voice));
    voices
        .filter_map(|member| member.artist.as_ref()?.id())
        .collect()
}
