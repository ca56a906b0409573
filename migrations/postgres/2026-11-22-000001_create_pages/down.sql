DROP TABLE changes;
DROP TABLE redirects;
DROP TABLE revisions;
DROP TABLE pages;
