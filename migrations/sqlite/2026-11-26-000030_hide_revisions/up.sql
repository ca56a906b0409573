-- What moderators hide of a revision is moved here, out of the reach of everything that reads revisions.
ALTER TABLE revisions ADD COLUMN hides_text INTEGER NOT NULL DEFAULT 0;
ALTER TABLE revisions ADD COLUMN hides_note INTEGER NOT NULL DEFAULT 0;
ALTER TABLE revisions ADD COLUMN hides_author INTEGER NOT NULL DEFAULT 0;
CREATE TABLE hidden_parts (
    revision_id INTEGER NOT NULL,
    part TEXT NOT NULL,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    hidden_by TEXT NOT NULL,
    hidden_at INTEGER NOT NULL,
    PRIMARY KEY (revision_id, part)
) STRICT;
