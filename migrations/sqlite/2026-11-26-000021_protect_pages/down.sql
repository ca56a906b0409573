ALTER TABLE pages DROP COLUMN protection;
