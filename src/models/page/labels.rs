//! Fields in words: one table for all kinds of page, for everything that speaks of a field rather than of its value.

/// What a field is called, by its name in the content format; names alike in several lists mean the same in all of them.
const FIELDS: [(&str, &str); 78] = [
    ("about", "About"),
    ("agency", "Agency"),
    ("artist", "Artist"),
    ("authors", "Authors"),
    ("begin", "Begins at"),
    ("cast", "Cast"),
    ("catalogue_number", "Catalogue number"),
    ("certainty", "How sure"),
    ("character", "Character"),
    ("character_ko", "Character in Korean"),
    ("characters", "Characters"),
    ("claims", "Claims"),
    ("credit", "Artist credit"),
    ("credited_as", "Credited as"),
    ("credits", "Credits"),
    ("cues", "Scenes"),
    ("cut", "Cut"),
    ("date", "Release date"),
    ("debut", "Debut"),
    ("description", "Description"),
    ("detail", "Detail"),
    ("disambiguation", "Told apart by"),
    ("drama", "Drama"),
    ("end", "Ends at"),
    ("episode", "Episode"),
    ("episodes", "Episodes"),
    ("field", "Field"),
    ("first_aired", "First aired"),
    ("from", "From"),
    ("genres", "Genres"),
    ("isrc", "ISRC"),
    ("kind", "Kind"),
    ("label", "Label"),
    ("language", "Language"),
    ("languages", "Languages"),
    ("last_aired", "Last aired"),
    ("length", "Length"),
    ("links", "Links"),
    ("locale", "Language"),
    ("members", "Members"),
    ("moods", "Moods"),
    ("names", "Names"),
    ("networks", "Networks"),
    ("note", "Note"),
    ("number", "Number"),
    ("order", "Order"),
    ("part", "Part"),
    ("position", "Track number"),
    ("primary", "Main name"),
    ("prose", "Text"),
    ("publisher", "Publisher"),
    ("rank", "Rank"),
    ("reason", "Reason"),
    ("released", "Release date"),
    ("remake_of", "Remake of"),
    ("role", "Role"),
    ("season", "Season"),
    ("seasons", "Seasons"),
    ("site", "Site"),
    ("song", "Song"),
    ("sort", "Sorted as"),
    ("sources", "Sources"),
    ("specials", "Special episodes"),
    ("spoiler", "Spoils episode"),
    ("streaming", "Streaming"),
    ("summary", "Summary"),
    ("text", "Name as text"),
    ("theme", "Theme song"),
    ("time", "Hour of release"),
    ("title", "Title"),
    ("to", "To"),
    ("tracks", "Tracks"),
    ("type", "Type"),
    ("unverified", "Unverified"),
    ("url", "Address"),
    ("uses", "Dramas"),
    ("value", "Value"),
    ("versions", "Versions"),
];

/// What a field is called; a name nobody knows stands for itself.
pub fn field(name: &str) -> &str {
    FIELDS
        .iter()
        .find(|(key, _)| *key == name)
        .map_or(name, |(_, label)| label)
}

/// Who saved something, or words for somebody whose name is hidden.
pub fn author(name: &str) -> &str {
    if name.is_empty() {
        "somebody whose name is hidden"
    } else {
        name
    }
}

/// Name of the field a path begins with: `credits` of `credits[12].role`.
pub fn top(path: &str) -> &str {
    path.split(['[', '.']).next().unwrap_or(path)
}

/// Changed paths in words, each field once, those with several rows counted: "Credits (3 rows)".
pub fn changed(paths: &[String]) -> Vec<String> {
    let mut fields: Vec<(&str, usize)> = Vec::new();
    for path in paths {
        let name = top(path);
        match fields.iter_mut().find(|(field, _)| *field == name) {
            Some((_, rows)) => *rows += 1,
            None => fields.push((name, 1)),
        }
    }
    fields
        .into_iter()
        .map(|(name, rows)| match rows {
            1 => field(name).to_owned(),
            _ => format!("{} ({rows} rows)", field(name)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{changed, field, top};
    use crate::models::page::Kind;
    use crate::models::page::document::row_lists;

    #[test]
    fn every_list_of_rows_has_a_name_for_readers() {
        for kind in Kind::ALL {
            for list in row_lists(*kind) {
                assert_ne!(field(list), list);
            }
        }
        assert_eq!(field("what_is_this"), "what_is_this");
    }

    #[test]
    fn changed_paths_are_gathered_by_field() {
        let paths = ["credits[3]", "credits[7]", "prose", "first_aired"].map(str::to_owned);
        assert_eq!(changed(&paths), ["Credits (2 rows)", "Text", "First aired"]);
        assert_eq!(top(paths.first().unwrap()), "credits");
    }
}
