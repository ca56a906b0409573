DROP TABLE external_links;
