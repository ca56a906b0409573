-- Which revisions of a page a later one took back whole: one by an undo, all after a restored one by a restore.
CREATE TABLE takebacks (
    revision_id BIGINT PRIMARY KEY,
    page_id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    from_number BIGINT NOT NULL,
    to_number BIGINT NOT NULL
);
CREATE INDEX takebacks_by_page ON takebacks (page_id, number);
