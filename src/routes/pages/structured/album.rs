//! An album: the soundtrack album, the release it is, and its tracks.

use super::node::Node;
use super::{Graph, card, date, graph, subject};
use crate::models::album::show::AlbumView;
use crate::models::album::{Album, Track};
use crate::models::page::document::KindFacts;
use crate::models::song::listing::CreditName;

/// Structured data of an album's page.
pub fn graph_of<'a>(view: &'a AlbumView, base_url: &'a str) -> Graph<'a> {
    let KindFacts::Album(album) = &view.document.facts else {
        return graph(base_url, &view.page, Vec::new());
    };
    let released = date(
        album.date.as_ref(),
        view.document.head.is_unverified("date"),
    );
    let drama = view
        .cards
        .of(album.drama.as_ref())
        .map(|drama| card("TVSeries", base_url, drama));
    let tracks: Vec<&Track> = album
        .tracks
        .iter()
        .filter(|track| !track.rank.is_refuted())
        .collect();
    let mut node = subject(&["MusicAlbum"], base_url, &view.page, &view.document.head)
        .with("albumProductionType", "https://schema.org/SoundtrackAlbum")
        .with("datePublished", released.clone())
        .with("about", drama)
        .with("albumRelease", release(view, base_url, album, released));
    if !tracks.is_empty() {
        let items: Vec<Node> = tracks
            .iter()
            .zip(1..)
            .map(|(one, place)| track(one, place, view, base_url))
            .collect();
        let list = Node::new(&["ItemList"])
            .with("numberOfItems", items.len())
            .with("itemListElement", items);
        node = node.with("numTracks", tracks.len()).with("track", list);
    }
    graph(base_url, &view.page, vec![node])
}

/// What was put out: labels and catalogue numbers belong to a release, not to an album.
fn release<'a>(
    view: &'a AlbumView,
    base_url: &'a str,
    album: &'a Album,
    released: Option<String>,
) -> Node<'a> {
    let label = (!album.label.is_empty())
        .then(|| Node::new(&["Organization"]).with("name", album.label.as_str()));
    Node::new(&["MusicRelease"])
        .with("@id", format!("{base_url}{}#release", view.page.href()))
        .with("name", view.page.title.as_str())
        .with("catalogNumber", album.catalogue_number.as_str())
        .with("datePublished", released)
        .with("recordLabel", label)
}

fn track<'a>(track: &'a Track, place: i64, view: &'a AlbumView, base_url: &'a str) -> Node<'a> {
    let song = view.cards.of(track.song.as_ref());
    let title = match song {
        Some(song) if track.title.is_empty() => song.title.as_str(),
        _ => track.title.as_str(),
    };
    let id = song.map(|song| song.id).unwrap_or_default();
    let of_version = track
        .version
        .and_then(|version| view.versions.get(&(id, version)))
        .map(|(_, credit)| credit);
    let credit = of_version.or_else(|| view.songs.get(&id).map(|song| &song.credit));
    let recording = Node::new(&["MusicRecording"])
        .with("name", title)
        .with("url", song.map(|song| format!("{base_url}{}", song.href())))
        .with(
            "byArtist",
            credit.map(|credit| {
                credit
                    .iter()
                    .map(|name| singer(name, base_url))
                    .collect::<Vec<_>>()
            }),
        )
        .with("duration", track.length.map(|length| length.iso8601()));
    let position = if track.position == 0 {
        place
    } else {
        i64::from(track.position)
    };
    Node::new(&["ListItem"])
        .with("position", position)
        .with("item", recording)
}

fn singer<'a>(name: &'a CreditName, base_url: &'a str) -> Node<'a> {
    let address = name.href.as_ref().map(|href| format!("{base_url}{href}"));
    Node::new(&["MusicGroup"])
        .with("@id", address)
        .with("name", name.name.as_str())
}
