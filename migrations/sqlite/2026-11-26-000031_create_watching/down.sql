DROP TABLE watches;
DROP INDEX users_by_block;
ALTER TABLE users DROP COLUMN block_reason;
ALTER TABLE users DROP COLUMN blocked_until;
DROP INDEX changes_by_author;
DROP TABLE patrols;
