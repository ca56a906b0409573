UPDATE revisions SET content = (SELECT value FROM hidden_parts WHERE revision_id = revisions.id AND part = 'text') WHERE hides_text;
UPDATE revisions SET note = (SELECT value FROM hidden_parts WHERE revision_id = revisions.id AND part = 'note') WHERE hides_note;
UPDATE revisions SET author = (SELECT value FROM hidden_parts WHERE revision_id = revisions.id AND part = 'author') WHERE hides_author;
ALTER TABLE revisions DROP COLUMN hides_text;
ALTER TABLE revisions DROP COLUMN hides_note;
ALTER TABLE revisions DROP COLUMN hides_author;
DROP TABLE hidden_parts;
