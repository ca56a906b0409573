//! A song: the recording lists name it by, of the composition it is.

use super::node::Node;
use super::{Graph, card, credited, date, graph, subject, who};
use crate::models::credit::{Credit, Role};
use crate::models::page::document::KindFacts;
use crate::models::song::show::SongView;
use crate::models::song::{Song, Version};

/// Structured data of a song's page.
pub fn graph_of<'a>(view: &'a SongView, base_url: &'a str) -> Graph<'a> {
    let head = &view.document.head;
    let mut recording = subject(&["MusicRecording"], base_url, &view.page, head);
    if let KindFacts::Song(song) = &view.document.facts {
        let main = song
            .versions
            .iter()
            .find(|version| !version.rank.is_refuted());
        if let Some(main) = main {
            recording = with_version(recording, view, base_url, main);
        }
        recording = recording
            .with("inAlbum", albums(view, base_url, main))
            .with("inLanguage", languages(song, main))
            .with("recordingOf", composition(view, base_url, song, main));
    }
    graph(base_url, &view.page, vec![recording])
}

fn with_version<'a>(
    recording: Node<'a>,
    view: &'a SongView,
    base_url: &'a str,
    main: &'a Version,
) -> Node<'a> {
    let singers = main.credit.iter().filter_map(|part| {
        who(
            "MusicGroup",
            base_url,
            &view.cards,
            part.artist.as_ref(),
            &part.text,
            &part.credited_as,
        )
    });
    let is_unverified = main.unverified || view.document.head.is_unverified("released");
    recording
        .with("byArtist", singers.collect::<Vec<_>>())
        .with("duration", main.length.map(|length| length.iso8601()))
        .with("isrcCode", main.isrc.as_str())
        .with("datePublished", date(main.released.as_ref(), is_unverified))
}

/// The releases this version is on; where a track does not say which version it is, it is taken for this one.
fn albums<'a>(view: &'a SongView, base_url: &'a str, main: Option<&'a Version>) -> Vec<Node<'a>> {
    let mut albums: Vec<Node> = Vec::new();
    for release in &view.releases {
        let is_other = release
            .version
            .is_some_and(|version| main.is_none_or(|main| main.id != version));
        let album = card("MusicAlbum", base_url, &release.album);
        if !is_other && !albums.contains(&album) {
            albums.push(album);
        }
    }
    albums
}

fn composition<'a>(
    view: &'a SongView,
    base_url: &'a str,
    song: &'a Song,
    main: Option<&'a Version>,
) -> Node<'a> {
    let credits: Vec<&Credit> = song
        .credits
        .iter()
        .filter(|credit| {
            credit
                .version
                .is_none_or(|version| main.is_some_and(|main| main.id == version))
        })
        .collect();
    let people = |roles: &[Role]| credited("MusicGroup", base_url, &view.cards, &credits, roles);
    Node::new(&["MusicComposition"])
        .with("@id", format!("{base_url}{}#composition", view.page.href()))
        .with("name", view.page.title.as_str())
        .with("composer", people(&[Role::Composer]))
        .with("lyricist", people(&[Role::Lyricist, Role::RapLyrics]))
        .with("inLanguage", languages(song, main))
}

/// What it is sung in; songs without words have no language.
fn languages(song: &Song, main: Option<&Version>) -> Vec<String> {
    let of_version = main
        .map(|main| main.language.clone())
        .filter(|language| !language.is_empty());
    let all = of_version.map_or_else(|| song.languages.clone(), |language| vec![language]);
    all.into_iter()
        .filter(|language| language != "zxx")
        .collect()
}
