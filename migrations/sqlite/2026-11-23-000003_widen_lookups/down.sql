DELETE FROM tallies WHERE kind = 'song' AND facet IN ('heard', 'artist');
DELETE FROM facets WHERE kind = 'song' AND facet IN ('heard', 'artist');
DROP INDEX tallies_by_size;
DROP INDEX pages_by_update;
CREATE INDEX pages_by_update ON pages (state, updated_at, id);
