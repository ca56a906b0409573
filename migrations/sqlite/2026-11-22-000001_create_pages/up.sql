-- Pages, their revisions, the addresses they once had, and the log every cache and feed reads.
CREATE TABLE pages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    native TEXT NOT NULL,
    disambiguation TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    revision_id INTEGER,
    last_row INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    merged_into INTEGER,
    deletion_note TEXT NOT NULL,
    UNIQUE (kind, slug)
) STRICT;
CREATE INDEX pages_by_order ON pages (kind, state, sort_key, id);
CREATE INDEX pages_by_update ON pages (state, updated_at, id);
CREATE TABLE revisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    page_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    parent_id INTEGER,
    author TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    note TEXT NOT NULL,
    changed TEXT NOT NULL,
    tags TEXT NOT NULL,
    content TEXT NOT NULL,
    UNIQUE (page_id, number)
) STRICT;
CREATE TABLE redirects (
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    page_id INTEGER NOT NULL,
    PRIMARY KEY (kind, slug)
) STRICT;
CREATE INDEX redirects_by_page ON redirects (page_id);
CREATE TABLE changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    page_id INTEGER NOT NULL,
    revision_id INTEGER,
    action TEXT NOT NULL,
    author TEXT NOT NULL,
    note TEXT NOT NULL,
    touched TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX changes_by_page ON changes (page_id, id);
