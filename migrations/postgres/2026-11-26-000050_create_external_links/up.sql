-- Links to other sites, to find out which pages share one.
CREATE TABLE external_links (
    page_id BIGINT NOT NULL,
    row_id BIGINT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (page_id, row_id)
);
-- By hash, because an escaped address can be longer than an ordered index takes.
CREATE INDEX external_links_by_url ON external_links USING hash (url);
INSERT INTO external_links (page_id, row_id, url)
SELECT pages.id, (link.value ->> 'id')::bigint, link.value ->> 'url'
FROM pages
JOIN revisions ON revisions.id = pages.revision_id
CROSS JOIN LATERAL jsonb_array_elements(revisions.content::jsonb -> 'links') AS link
WHERE pages.state = 'live';
