//! Members have names nobody can take for another's, and sessions are of members who may come in.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};

use super::{Checked, Remedy, odd, quoted};
use crate::db::Conn;
use crate::models::user::{Role, Standing, name};

#[derive(QueryableByName)]
struct Member {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    name_key: String,
}

const SESSIONS: [&str; 2] = [
    "SELECT u.id, u.name || ' may not come in and has sessions' AS line FROM users AS u \
     WHERE u.state = 'disabled' AND EXISTS (SELECT 1 FROM sessions AS s WHERE s.user_id = u.id)",
    "SELECT user_id AS id, 'a session of member ' || CAST(user_id AS TEXT) || ' ends before it began' AS line FROM sessions \
     WHERE expires_at < created_at",
];

pub(super) fn check(conn: &mut Conn, report: &mut Vec<Checked>) -> QueryResult<()> {
    let mut members = Checked::new("Every member has a name, a role and a standing");
    let all: Vec<Member> =
        sql_query("SELECT id, name, name_key FROM users ORDER BY id").load(conn)?;
    for member in all {
        if member.name_key != name::key(&member.name) {
            members.find(
                format!("what {}'s name looks like is stored otherwise", member.name),
                Some(Remedy::NameKey(member.id)),
            );
        }
    }
    let words = format!(
        "SELECT id, name || ' is ' || role || ' and ' || state || ', which are no words for it' AS line \
         FROM users WHERE role NOT IN ({}) OR state NOT IN ({})",
        quoted(Role::ALL.iter().map(|role| role.as_str())),
        quoted(Standing::ALL.iter().map(|state| state.as_str())),
    );
    for found in odd(conn, &words)? {
        members.find(found.line, None);
    }
    let mut sessions = Checked::new("Every session is of a member who may come in");
    for query in SESSIONS {
        for found in odd(conn, query)? {
            sessions.find(found.line, Some(Remedy::Sessions));
        }
    }
    report.extend([members, sessions]);
    Ok(())
}
