-- What members have typed and not saved: one for each member and place, the fields of the form as a JSON list of pairs.
CREATE TABLE drafts (
    user_id INTEGER NOT NULL,
    place TEXT NOT NULL,
    fields TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, place)
) STRICT;
CREATE INDEX drafts_by_moment ON drafts (saved_at);
