-- Nearly every page is live, so an index that begins with the state looks as if it narrowed something and does not.
DROP INDEX pages_by_update;
CREATE INDEX pages_by_update ON pages (updated_at, id);
-- The values with the most pages, without reading all the others.
CREATE INDEX tallies_by_size ON tallies (kind, facet, pages DESC);
-- The dramas in which a song is heard in a scene.
INSERT INTO facets (page_id, kind, facet, value, sort_key)
SELECT DISTINCT cues.page_id, 'song', 'heard', CAST(drama_id AS TEXT), pages.sort_key
FROM cues JOIN pages ON pages.id = cues.page_id
WHERE cues.rank <> 'refuted' AND pages.state = 'live';
-- The artists who sing a song or made it.
INSERT INTO facets (page_id, kind, facet, value, sort_key)
SELECT pages.id, 'song', 'artist', CAST(credited.artist_id AS TEXT), pages.sort_key
FROM (
    SELECT page_id, artist_id FROM artist_credits
    UNION
    SELECT page_id, artist_id FROM credits WHERE rank <> 'refuted'
) AS credited
JOIN pages ON pages.id = credited.page_id
WHERE credited.artist_id IS NOT NULL AND pages.kind = 'song' AND pages.state = 'live';
INSERT INTO tallies (kind, facet, value, label, pages)
SELECT 'song', facet, value, '', count(*) FROM facets WHERE kind = 'song' AND facet IN ('heard', 'artist') GROUP BY facet, value;
