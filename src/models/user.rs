//! Who may write.

/// Proof that somebody may edit pages. Only this module makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor {
    name: String,
}

impl Editor {
    /// The operator at the command line, who owns the store anyway: imports are saved in this name.
    pub fn operator() -> Self {
        Self {
            name: "Yeoun".to_owned(),
        }
    }

    /// The name revisions are signed with.
    pub fn name(&self) -> &str {
        &self.name
    }
}
