DROP TABLE takebacks;
