-- Query tables: what the latest revisions say, laid out for looking up. Everything here can be rebuilt from them.
CREATE TABLE title_keys (
    page_id INTEGER NOT NULL,
    row_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    locale TEXT NOT NULL,
    name_kind TEXT NOT NULL,
    norm TEXT NOT NULL,
    jamo TEXT NOT NULL,
    initials TEXT NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (page_id, row_id)
) STRICT;
CREATE INDEX title_keys_by_norm ON title_keys (norm, kind);
CREATE INDEX title_keys_by_jamo ON title_keys (jamo);
CREATE INDEX title_keys_by_initials ON title_keys (initials);
CREATE INDEX title_keys_by_folded ON title_keys (folded);
CREATE TABLE page_links (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    from_id INTEGER NOT NULL,
    to_id INTEGER,
    to_kind TEXT NOT NULL,
    to_slug TEXT NOT NULL,
    relation TEXT NOT NULL
) STRICT;
CREATE INDEX page_links_by_source ON page_links (from_id);
CREATE INDEX page_links_by_target ON page_links (to_id, relation);
CREATE INDEX page_links_by_slug ON page_links (to_kind, to_slug);
CREATE TABLE facets (
    page_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    PRIMARY KEY (page_id, facet, value)
) STRICT;
CREATE INDEX facets_by_value ON facets (kind, facet, value, sort_key, page_id);
CREATE TABLE tallies (
    kind TEXT NOT NULL,
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    label TEXT NOT NULL,
    pages INTEGER NOT NULL,
    PRIMARY KEY (kind, facet, value)
) STRICT;
CREATE TABLE song_uses (
    page_id INTEGER NOT NULL,
    row_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    drama_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    about TEXT NOT NULL,
    note TEXT NOT NULL,
    rank TEXT NOT NULL,
    reason TEXT NOT NULL,
    is_unverified INTEGER NOT NULL,
    PRIMARY KEY (page_id, row_id)
) STRICT;
CREATE INDEX song_uses_by_drama ON song_uses (drama_id, page_id);
CREATE TABLE artist_credits (
    page_id INTEGER NOT NULL,
    version_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    version_kind TEXT NOT NULL,
    artist_id INTEGER,
    name TEXT NOT NULL,
    join_phrase TEXT NOT NULL,
    is_unverified INTEGER NOT NULL,
    PRIMARY KEY (page_id, version_id, position)
) STRICT;
CREATE INDEX artist_credits_by_artist ON artist_credits (artist_id, page_id);
CREATE TABLE credits (
    page_id INTEGER NOT NULL,
    row_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    role TEXT NOT NULL,
    artist_id INTEGER,
    name TEXT NOT NULL,
    detail TEXT NOT NULL,
    rank TEXT NOT NULL,
    is_unverified INTEGER NOT NULL,
    PRIMARY KEY (page_id, row_id)
) STRICT;
CREATE INDEX credits_by_artist ON credits (artist_id, page_id);
CREATE TABLE cues (
    page_id INTEGER NOT NULL,
    row_id INTEGER NOT NULL,
    drama_id INTEGER NOT NULL,
    season INTEGER NOT NULL,
    episode INTEGER NOT NULL,
    place INTEGER NOT NULL,
    begin_s INTEGER,
    end_s INTEGER,
    part TEXT NOT NULL,
    cut TEXT NOT NULL,
    version_id INTEGER,
    cue_kind TEXT NOT NULL,
    description TEXT NOT NULL,
    characters TEXT NOT NULL,
    moods TEXT NOT NULL,
    spoiler INTEGER,
    certainty TEXT NOT NULL,
    rank TEXT NOT NULL,
    PRIMARY KEY (page_id, row_id)
) STRICT;
CREATE INDEX cues_by_episode ON cues (drama_id, season, episode, place, page_id, row_id);
CREATE TABLE episode_songs (
    drama_id INTEGER NOT NULL,
    season INTEGER NOT NULL,
    episode INTEGER NOT NULL,
    song_id INTEGER NOT NULL,
    cues INTEGER NOT NULL,
    first_place INTEGER NOT NULL,
    PRIMARY KEY (drama_id, season, episode, song_id)
) STRICT;
CREATE INDEX episode_songs_by_song ON episode_songs (song_id);
CREATE TABLE castings (
    page_id INTEGER NOT NULL,
    row_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    character TEXT NOT NULL,
    character_ko TEXT NOT NULL,
    artist_id INTEGER,
    name TEXT NOT NULL,
    part TEXT NOT NULL,
    PRIMARY KEY (page_id, row_id)
) STRICT;
CREATE INDEX castings_by_artist ON castings (artist_id, page_id);
CREATE TABLE memberships (
    page_id INTEGER NOT NULL,
    row_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    member_id INTEGER,
    name TEXT NOT NULL,
    member_kind TEXT NOT NULL,
    begin_date TEXT NOT NULL,
    end_date TEXT NOT NULL,
    PRIMARY KEY (page_id, row_id)
) STRICT;
CREATE INDEX memberships_by_member ON memberships (member_id, page_id);
CREATE TABLE album_facts (
    page_id INTEGER NOT NULL,
    drama_id INTEGER,
    album_kind TEXT NOT NULL,
    part TEXT NOT NULL,
    place INTEGER NOT NULL,
    release_date TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (page_id)
) STRICT;
CREATE INDEX album_facts_by_drama ON album_facts (drama_id, place, page_id);
CREATE TABLE tracks (
    page_id INTEGER NOT NULL,
    row_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    song_id INTEGER,
    version_id INTEGER,
    title TEXT NOT NULL,
    PRIMARY KEY (page_id, row_id)
) STRICT;
CREATE INDEX tracks_by_song ON tracks (song_id, page_id);
CREATE TABLE drama_facts (
    page_id INTEGER NOT NULL,
    first_aired TEXT NOT NULL,
    last_aired TEXT NOT NULL,
    episodes INTEGER,
    networks TEXT NOT NULL,
    PRIMARY KEY (page_id)
) STRICT;
CREATE INDEX drama_facts_by_date ON drama_facts (first_aired, page_id);
CREATE TABLE article_facts (
    page_id INTEGER NOT NULL,
    summary TEXT NOT NULL,
    PRIMARY KEY (page_id)
) STRICT;
