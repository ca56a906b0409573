DROP INDEX revisions_by_author;
DROP TABLE invites;
DROP TABLE login_attempts;
DROP TABLE sessions;
DROP TABLE users;
