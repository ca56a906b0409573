-- Which revisions of a page a later one took back whole: one by an undo, all after a restored one by a restore.
CREATE TABLE takebacks (
    revision_id INTEGER PRIMARY KEY,
    page_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    from_number INTEGER NOT NULL,
    to_number INTEGER NOT NULL
) STRICT;
CREATE INDEX takebacks_by_page ON takebacks (page_id, number);
