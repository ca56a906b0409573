-- What moderators hide of a revision is moved here, out of the reach of everything that reads revisions.
ALTER TABLE revisions ADD COLUMN hides_text BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE revisions ADD COLUMN hides_note BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE revisions ADD COLUMN hides_author BOOLEAN NOT NULL DEFAULT FALSE;
CREATE TABLE hidden_parts (
    revision_id BIGINT NOT NULL,
    part TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    hidden_by TEXT COLLATE "C" NOT NULL,
    hidden_at BIGINT NOT NULL,
    PRIMARY KEY (revision_id, part)
);
