-- What members have typed and not saved: one for each member and place, the fields of the form as a JSON list of pairs.
CREATE TABLE drafts (
    user_id BIGINT NOT NULL,
    place TEXT COLLATE "C" NOT NULL,
    fields TEXT COLLATE "C" NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, place)
);
CREATE INDEX drafts_by_moment ON drafts (saved_at);
