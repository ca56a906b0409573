-- Edits of new members that somebody has looked at, who is blocked, and what members watch.
CREATE TABLE patrols (
    revision_id BIGINT NOT NULL,
    patrolled_by TEXT COLLATE "C" NOT NULL,
    patrolled_at BIGINT NOT NULL,
    PRIMARY KEY (revision_id)
);
CREATE INDEX changes_by_author ON changes (author, id);
ALTER TABLE users ADD COLUMN blocked_until BIGINT;
ALTER TABLE users ADD COLUMN block_reason TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX users_by_block ON users (blocked_until, id);
CREATE TABLE watches (
    user_id BIGINT NOT NULL,
    page_id BIGINT NOT NULL,
    is_wide BOOLEAN NOT NULL,
    seen BIGINT NOT NULL,
    expires_at BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, page_id)
);
