-- What members did with more than an editor's right. Rows are added and never changed: the store itself refuses.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    created_at INTEGER NOT NULL,
    user_id INTEGER,
    author TEXT NOT NULL,
    action TEXT NOT NULL,
    page_id INTEGER,
    subject_id INTEGER,
    reason TEXT NOT NULL,
    details TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_page ON audit (page_id, id);
CREATE INDEX audit_by_subject ON audit (subject_id, id);
CREATE INDEX audit_by_user ON audit (user_id, id);
CREATE TRIGGER audit_is_not_updated BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
