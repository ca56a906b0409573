-- Edits of new members that somebody has looked at, who is blocked, and what members watch.
CREATE TABLE patrols (
    revision_id INTEGER NOT NULL,
    patrolled_by TEXT NOT NULL,
    patrolled_at INTEGER NOT NULL,
    PRIMARY KEY (revision_id)
) STRICT;
CREATE INDEX changes_by_author ON changes (author, id);
ALTER TABLE users ADD COLUMN blocked_until INTEGER;
ALTER TABLE users ADD COLUMN block_reason TEXT NOT NULL DEFAULT '';
CREATE INDEX users_by_block ON users (blocked_until, id);
CREATE TABLE watches (
    user_id INTEGER NOT NULL,
    page_id INTEGER NOT NULL,
    is_wide INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    expires_at INTEGER,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, page_id)
) STRICT;
