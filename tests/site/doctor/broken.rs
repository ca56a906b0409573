//! What an enemy of the store can do to it, and what is then said.

/// A statement, in which `@` stands for the number of a song of its own, and words of the finding.
pub type Case = (&'static str, &'static str);

/// What can be derived anew.
pub const MENDED: &[Case] = &[
    (
        "UPDATE title_keys SET norm = 'x' WHERE page_id = @",
        "rows of title_keys too many or wrong",
    ),
    (
        "DELETE FROM title_keys WHERE page_id = @",
        "rows of title_keys missing",
    ),
    (
        "DELETE FROM page_links WHERE from_id = @",
        "rows of page_links missing",
    ),
    (
        "INSERT INTO page_links (from_id, to_id, to_kind, to_slug, relation) SELECT from_id, to_id, to_kind, to_slug, relation FROM page_links WHERE from_id = @",
        "rows of page_links too many",
    ),
    (
        "DELETE FROM facets WHERE page_id = @",
        "rows of facets missing",
    ),
    (
        "UPDATE facets SET sort_key = 'zzz' WHERE page_id = @",
        "rows of facets too many or wrong",
    ),
    (
        "DELETE FROM facets WHERE facet = 'role' AND page_id IN (SELECT artist_id FROM credits WHERE page_id = @)",
        "rows of facets missing",
    ),
    (
        "UPDATE tallies SET pages = pages + 1 WHERE facet = 'all' AND kind = 'song'",
        "song all : ",
    ),
    (
        "DELETE FROM tallies WHERE facet = 'network'",
        "0 pages are told and there are",
    ),
    (
        "DELETE FROM credits WHERE page_id = @",
        "rows of credits missing",
    ),
    (
        "UPDATE cues SET place = place + 1 WHERE page_id = @",
        "rows of cues too many or wrong",
    ),
    (
        "DELETE FROM episode_songs WHERE song_id = @",
        "rows of episode_songs missing",
    ),
    (
        "UPDATE song_uses SET about = 'x' WHERE page_id = @",
        "rows of song_uses too many",
    ),
    (
        "DELETE FROM artist_credits WHERE page_id = @",
        "rows of artist_credits missing",
    ),
    ("DELETE FROM castings", "rows of castings missing"),
    ("DELETE FROM album_facts", "rows of album_facts missing"),
    ("UPDATE tracks SET title = 'x'", "rows of tracks too many"),
    ("DELETE FROM drama_facts", "rows of drama_facts missing"),
    (
        "UPDATE article_facts SET summary = 'x'",
        "rows of article_facts too many",
    ),
    (
        "INSERT INTO memberships (page_id, row_id, position, member_id, name, member_kind, begin_date, end_date) VALUES (987654, 1, 0, NULL, 'x', 'x', '', '')",
        "page 987654: rows of memberships too many",
    ),
    (
        "UPDATE pages SET title = 'Another' WHERE id = @",
        "is stored under another name",
    ),
    (
        "UPDATE pages SET revision_id = NULL WHERE id = @",
        "and has no revision",
    ),
    (
        "UPDATE pages SET state = 'reserved', revision_id = NULL WHERE id = @",
        "is only reserved",
    ),
    (
        "UPDATE pages SET last_row = 1 WHERE id = @",
        "would give out row numbers after 1 again",
    ),
    (
        "INSERT INTO redirects (kind, slug, page_id) SELECT 'song', slug, 1 FROM pages WHERE id = @",
        "is the address of a page as well",
    ),
    (
        "INSERT INTO redirects (kind, slug, page_id) VALUES ('song', 'of-old', 987654)",
        "1 of redirects: page_id leads to number 987654",
    ),
    (
        "DELETE FROM changes WHERE page_id = @",
        "the log does not tell of revision 1 of page",
    ),
    (
        "UPDATE users SET name_key = 'x' WHERE name = 'Boram'",
        "what Boram's name looks like",
    ),
    (
        "UPDATE users SET state = 'disabled' WHERE name = 'Boram'",
        "Boram may not come in and has sessions",
    ),
    (
        "DELETE FROM users WHERE name = 'Dahye'",
        "of sessions: user_id leads to number",
    ),
];

/// What only a person can put right.
pub const FOR_A_PERSON: &[Case] = &[
    (
        "UPDATE pages SET state = 'lost' WHERE id = @",
        "and lost, which are no words for it",
    ),
    (
        "UPDATE revisions SET content = '{' WHERE page_id = @",
        "cannot be read",
    ),
    (
        "UPDATE revisions SET changed = 'names' WHERE page_id = @",
        "the changed fields",
    ),
    (
        "UPDATE revisions SET number = 3 WHERE page_id = @",
        "numbered 3 to 3",
    ),
    (
        "UPDATE revisions SET parent_id = id WHERE page_id = @",
        "does not follow on the one before it",
    ),
    (
        "INSERT INTO redirects (kind, slug, page_id) VALUES ('drama', 'of-old', @)",
        "leads to a page of another kind",
    ),
    (
        "UPDATE changes SET action = 'dance' WHERE page_id = @",
        "the unknown deed dance",
    ),
    (
        "UPDATE changes SET touched = '[]' WHERE page_id = @",
        "does not say that page",
    ),
    (
        "INSERT INTO changes (page_id, revision_id, action, author, note, touched, created_at) SELECT page_id, revision_id, action, author, note, touched, created_at FROM changes WHERE page_id = @",
        "the log tells 2 times",
    ),
    (
        "INSERT INTO revisions (page_id, number, author, created_at, note, changed, tags, content) VALUES (987654, 1, 'x', 0, '', '[]', '[]', '{}')",
        "1 of revisions: page_id leads to number 987654",
    ),
    (
        "UPDATE users SET role = 'queen' WHERE name = 'Boram'",
        "is queen and disabled",
    ),
];
