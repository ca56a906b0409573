//! The table of settings: the flags, the environment variables, the help and `yeoun config` all come from it.

use super::masked::masked;

/// One setting as the operator sees it.
#[derive(Debug)]
pub struct Setting {
    /// Without the dashes.
    pub flag: &'static str,
    /// The environment variable.
    pub env: &'static str,
    /// The value when neither is given; empty where it is worked out or none.
    pub default: &'static str,
    /// What it stands for in the help, such as `ADDR:PORT`.
    pub placeholder: &'static str,
    /// One sentence for `--help`.
    pub help: &'static str,
}

impl Setting {
    /// The value as it may be printed: passwords in addresses are masked.
    pub fn shown(&self, value: &str) -> String {
        if value.is_empty() {
            return "-".to_owned();
        }
        if self.env == "DATABASE_URL" {
            masked(value)
        } else {
            value.to_owned()
        }
    }
}

const fn setting(
    flag: &'static str,
    env: &'static str,
    default: &'static str,
    placeholder: &'static str,
    help: &'static str,
) -> Setting {
    Setting {
        flag,
        env,
        default,
        placeholder,
        help,
    }
}

/// In the order of the help.
pub static SETTINGS: [Setting; 29] = [
    setting(
        "listen",
        "YEOUN_LISTEN",
        "127.0.0.1:8080",
        "ADDR:PORT",
        "Where the site listens",
    ),
    setting(
        "data-dir",
        "YEOUN_DATA_DIR",
        "./data",
        "DIR",
        "Where the database, secrets and uploads live",
    ),
    setting(
        "database-url",
        "DATABASE_URL",
        "",
        "URL",
        "postgres://… or sqlite:PATH; default: yeoun.db in the data directory",
    ),
    setting(
        "base-url",
        "YEOUN_BASE_URL",
        "",
        "URL",
        "The public address, such as https://wiki.example; default: from --listen",
    ),
    setting(
        "workers",
        "YEOUN_WORKERS",
        "",
        "N",
        "Threads that answer requests; default: one per processor",
    ),
    setting(
        "cache-mib",
        "YEOUN_CACHE_MIB",
        "64",
        "MIB",
        "MiB of rendered pages to keep; 0 keeps none",
    ),
    setting(
        "log-format",
        "YEOUN_LOG_FORMAT",
        "auto",
        "FORMAT",
        "auto, human or json; auto is human on a terminal",
    ),
    setting(
        "log",
        "YEOUN_LOG",
        "info",
        "FILTER",
        "Which log lines are written; info,access=debug adds every page read",
    ),
    setting(
        "shutdown-timeout",
        "YEOUN_SHUTDOWN_TIMEOUT",
        "30",
        "SECONDS",
        "How long requests may finish after SIGTERM",
    ),
    setting(
        "max-connections",
        "YEOUN_MAX_CONNECTIONS",
        "10000",
        "N",
        "Connections open at once",
    ),
    setting(
        "body-timeout",
        "YEOUN_BODY_TIMEOUT",
        "10",
        "SECONDS",
        "How long a body may take, plus 1 s for every KiB that came",
    ),
    setting(
        "metrics-listen",
        "YEOUN_METRICS_LISTEN",
        "",
        "ADDR:PORT",
        "Where to serve /metrics; default: on the site, to this machine only",
    ),
    setting(
        "readers",
        "YEOUN_READERS",
        "",
        "N",
        "Threads that read the database; default: one per processor, at least 2",
    ),
    setting(
        "trusted-proxies",
        "YEOUN_TRUSTED_PROXIES",
        "",
        "LIST",
        "Proxies whose X-Forwarded-For counts: 10.0.0.0/8,::1",
    ),
    setting(
        "login-limit",
        "YEOUN_LOGIN_LIMIT",
        "5/5m",
        "N/TIME",
        "Attempts to log in to an account from one network",
    ),
    setting(
        "login-limit-long",
        "YEOUN_LOGIN_LIMIT_LONG",
        "150/48h",
        "N/TIME",
        "The same over a longer time",
    ),
    setting(
        "join-limit",
        "YEOUN_JOIN_LIMIT",
        "3/1d",
        "N/TIME",
        "Accounts made from one network",
    ),
    setting(
        "visitors",
        "YEOUN_VISITORS",
        "off",
        "COUNT/TIME",
        "Temporary names for editing without an account, given to one network: 6/1d; off: none are given",
    ),
    setting(
        "edit-limit-new",
        "YEOUN_EDIT_LIMIT_NEW",
        "8/60s",
        "N/TIME",
        "Saves of a new member",
    ),
    setting(
        "edit-limit",
        "YEOUN_EDIT_LIMIT",
        "90/60s",
        "N/TIME",
        "Saves of an editor",
    ),
    setting(
        "edit-limit-network",
        "YEOUN_EDIT_LIMIT_NETWORK",
        "90/60s",
        "N/TIME",
        "Saves from one network, whoever saves",
    ),
    setting(
        "undo-limit-new",
        "YEOUN_UNDO_LIMIT_NEW",
        "5/120s",
        "N/TIME",
        "What a new member may undo or restore",
    ),
    setting(
        "undo-limit",
        "YEOUN_UNDO_LIMIT",
        "10/60s",
        "N/TIME",
        "What an editor may undo or restore",
    ),
    setting(
        "editor-edits",
        "YEOUN_EDITOR_EDITS",
        "10",
        "N",
        "Kept edits that make a new member an editor",
    ),
    setting(
        "editor-days",
        "YEOUN_EDITOR_DAYS",
        "14",
        "DAYS",
        "Days after joining before that happens",
    ),
    setting(
        "draft-limit",
        "YEOUN_DRAFT_LIMIT",
        "60/60s",
        "N/TIME",
        "Drafts saved by one member",
    ),
    setting(
        "drafts",
        "YEOUN_DRAFTS",
        "50",
        "N",
        "Drafts kept for one member; the oldest goes first",
    ),
    setting(
        "draft-kib",
        "YEOUN_DRAFT_KIB",
        "1024",
        "KIB",
        "How long one draft may be",
    ),
    setting(
        "draft-days",
        "YEOUN_DRAFT_DAYS",
        "90",
        "DAYS",
        "How long a draft is kept",
    ),
];
