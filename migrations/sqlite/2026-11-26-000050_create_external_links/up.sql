-- Links to other sites, to find out which pages share one.
CREATE TABLE external_links (
    page_id INTEGER NOT NULL,
    row_id INTEGER NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (page_id, row_id)
) STRICT;
CREATE INDEX external_links_by_url ON external_links (url);
INSERT INTO external_links (page_id, row_id, url)
SELECT pages.id, json_extract(link.value, '$.id'), json_extract(link.value, '$.url')
FROM pages
JOIN revisions ON revisions.id = pages.revision_id, json_each(revisions.content, '$.links') AS link
WHERE pages.state = 'live';
