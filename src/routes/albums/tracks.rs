//! The tracks of an album's page: which song and version each is, and by whom.

use crate::models::album::Track;
use crate::models::album::show::AlbumView;
use crate::models::page::PageId;
use crate::models::song::VersionKind;
use crate::models::song::listing::{CreditName, SongItem};
use crate::routes::pages::disputes::{ClaimLine, Dispute};
use crate::routes::pages::evidence::{self, Cite};

/// One track.
pub struct TrackLine<'a> {
    pub track: &'a Track,
    pub song: Option<&'a SongItem>,
    /// Nothing where nobody said which version it is.
    pub kind: Option<VersionKind>,
    /// It is the version lists name the song by.
    pub is_main: bool,
    pub credit: &'a [CreditName],
    pub cites: Vec<Cite>,
}

impl TrackLine<'_> {
    /// Nobody sings.
    pub fn is_instrumental(&self) -> bool {
        let printed = self.track.title.to_lowercase();
        self.kind.map_or_else(
            || printed.contains("(inst"),
            |kind| kind == VersionKind::Instrumental,
        )
    }

    /// The title on the record, where the song's own does not say it already.
    pub fn printed(&self) -> Option<&str> {
        let title = self.track.title.as_str();
        let known = self
            .song
            .is_some_and(|song| song.card.title == title || song.card.native == title);
        (self.song.is_some() && !title.is_empty() && !known && !self.is_instrumental())
            .then_some(title)
    }

    /// The version's kind, where it is not the main one.
    pub fn version(&self) -> Option<&'static str> {
        let kind = self.kind.filter(|_| !self.is_main);
        if self.is_instrumental() {
            Some(VersionKind::Instrumental.label())
        } else {
            kind.map(VersionKind::label)
        }
    }
}

/// The tracks in order; refuted ones left out.
pub fn lines<'a>(view: &'a AlbumView, tracks: &'a [Track]) -> Vec<TrackLine<'a>> {
    tracks
        .iter()
        .filter(|track| !track.rank.is_refuted())
        .map(|track| line(view, track))
        .collect()
}

fn line<'a>(view: &'a AlbumView, track: &'a Track) -> TrackLine<'a> {
    let song = view
        .cards
        .of(track.song.as_ref())
        .and_then(|card| view.songs.get(&card.id));
    let of_song = song.map(|song| song.card.id);
    let version = of_song
        .zip(track.version)
        .and_then(|key| view.versions.get(&key));
    TrackLine {
        track,
        song,
        kind: version.map(|(kind, _)| *kind),
        is_main: track.version.is_none()
            || of_song.and_then(|song| main_version(view, song)) == track.version,
        credit: version.map_or_else(
            || song.map_or(&[][..], |song| &song.credit),
            |(_, credit)| credit,
        ),
        cites: evidence::cites(&view.document.head, &track.sources),
    }
}

/// The version a song's lists name: the first made for the soundtrack, else the first.
fn main_version(view: &AlbumView, song: PageId) -> Option<i64> {
    let of_song = || view.versions.range((song, i64::MIN)..=(song, i64::MAX));
    let made_for_it =
        |kind: VersionKind| !matches!(kind, VersionKind::Original | VersionKind::Instrumental);
    of_song()
        .find(|(_, (kind, _))| made_for_it(*kind))
        .or_else(|| of_song().next())
        .map(|((_, row), _)| *row)
}

/// The songs of these tracks in their order, each once.
pub fn songs<'a>(lines: &[TrackLine<'a>]) -> Vec<&'a SongItem> {
    let mut songs: Vec<&SongItem> = Vec::new();
    for song in lines.iter().filter_map(|line| line.song) {
        if !songs.iter().any(|other| other.card.id == song.card.id) {
            songs.push(song);
        }
    }
    songs
}

/// What sources disagree about: tracks that are only claimed, and those refuted.
pub fn disputed(view: &AlbumView, tracks: &[Track]) -> Option<Dispute> {
    let claims: Vec<ClaimLine> = tracks
        .iter()
        .filter(|track| !track.rank.is_preferred())
        .map(|track| ClaimLine {
            value: evidence::who(&view.cards, track.song.as_ref(), &track.title, &track.title),
            rank: track.rank,
            reason: track.reason.clone(),
            cites: evidence::cites(&view.document.head, &track.sources),
            unverified: track.unverified,
        })
        .collect();
    (!claims.is_empty()).then(|| Dispute {
        key: "tracks".to_owned(),
        label: "Tracks".to_owned(),
        claims,
    })
}
