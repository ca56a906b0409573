//! The songs of a drama's page, side by side as records on a shelf.

use std::collections::BTreeSet;

use crate::models::drama::show::DramaView;
use crate::models::page::PageId;
use crate::models::song::listing::SongItem;

/// The soundtrack as it came out: every song once, under the first release it is on; then songs on none. Each comes with the
/// part of the soundtrack it is on, or nothing.
pub fn songs(view: &DramaView) -> Vec<(String, &SongItem)> {
    let mut seen: BTreeSet<PageId> = BTreeSet::new();
    let mut shelf = Vec::new();
    for album in &view.albums {
        for id in &album.songs {
            if let Some(song) = view.songs.get(id).filter(|_| seen.insert(*id)) {
                shelf.push((album.part.clone(), song));
            }
        }
    }
    shelf.extend(
        view.loose
            .iter()
            .filter_map(|id| Some((String::new(), view.songs.get(id)?))),
    );
    shelf
}
