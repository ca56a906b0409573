//! Who may write to the store.

use super::{having, none};

/// Who may write rows: the save path, the projections of each kind, the change log, the audit log, what
/// mends them, and members with their sessions.
const WRITERS: [&str; 10] = [
    "src/models/page/",
    "src/models/song/projection.rs",
    "src/models/changes.rs",
    "src/models/audit.rs",
    "src/models/credit.rs",
    "src/models/doctor/mend.rs",
    "src/models/catalogue.rs",
    "src/models/user",
    "src/models/patrol.rs",
    "src/models/watch.rs",
];

#[test]
fn only_the_save_path_writes() {
    let writes = having(
        "src",
        &[
            "insert_into(",
            "diesel::update(",
            "diesel::delete(",
            "batch_execute(",
        ],
    );
    let elsewhere: Vec<String> = writes
        .into_iter()
        .filter(|line| {
            !line.starts_with("src/db/") && !WRITERS.iter().any(|writer| line.starts_with(writer))
        })
        .filter(|line| !(line.starts_with("src/models/") && line.contains("/facts.rs:")))
        .collect();
    none("writes outside the save path", &elsewhere);
    let revisions: Vec<String> = having("src", &["insert_into(revisions"])
        .into_iter()
        .filter(|line| !line.starts_with("src/models/page/"))
        .collect();
    none("revisions written elsewhere", &revisions);
}
