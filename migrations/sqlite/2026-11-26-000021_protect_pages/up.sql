-- Who may edit and rename a page, where that is not everybody: a JSON list, empty text for none.
ALTER TABLE pages ADD COLUMN protection TEXT NOT NULL DEFAULT '';
