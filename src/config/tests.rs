#![expect(clippy::unwrap_used, reason = "tests")]

use std::ffi::OsString;

use super::{Config, Faults};

fn load(flags: &[(&str, &str)], env: &[(&str, &str)]) -> Result<Config, Faults> {
    let find = |list: &[(&str, &str)], name: &str| {
        list.iter()
            .find(|(n, _)| *n == name)
            .map(|(_, v)| (*v).to_owned())
    };
    Config::from_sources(
        |setting| find(flags, setting.flag),
        |name| find(env, name).map(OsString::from),
    )
}

#[test]
fn the_defaults_are_good() {
    let config = load(&[], &[]).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.base_url, "http://127.0.0.1:8080");
    assert!(!config.is_https());
}

#[test]
fn flags_win_over_the_environment_and_both_are_named() {
    let config = load(
        &[("listen", "0.0.0.0:1")],
        &[("YEOUN_LISTEN", "1.1.1.1:1"), ("YEOUN_CACHE_MIB", "8")],
    )
    .unwrap();
    assert_eq!(config.base_url, "http://127.0.0.1:1");
    assert_eq!(config.cache_mib, 8);
    let text = config.describe();
    assert!(text.lines().any(|l| l.starts_with("YEOUN_LISTEN")
        && l.contains("0.0.0.0:1")
        && l.ends_with("flag --listen")));
    assert!(
        text.lines()
            .any(|l| l.starts_with("YEOUN_CACHE_MIB") && l.ends_with("environment"))
    );
    assert!(text.lines().any(|l| l.starts_with("YEOUN_BASE_URL")
        && l.contains("http://127.0.0.1:1")
        && l.ends_with("default")));
}

#[test]
fn every_wrong_setting_is_named_at_once_and_no_secret_with_it() {
    let wrong = [
        ("YEOUN_LISTEN", "localhost"),
        ("DATABASE_URL", "mysql://me:s3cret@db/x"),
        ("YEOUN_BASE_URL", "https://wiki.example/path"),
        ("YEOUN_WORKERS", "0"),
        ("YEOUN_CACHE_MIB", "-1"),
        ("YEOUN_LOG_FORMAT", "xml"),
        ("YEOUN_LOG", "info=what=is"),
        ("YEOUN_SHUTDOWN_TIMEOUT", "soon"),
        ("YEOUN_MAX_CONNECTIONS", "many"),
        ("YEOUN_BODY_TIMEOUT", "0"),
        ("YEOUN_METRICS_LISTEN", ":9"),
        ("YEOUN_READERS", "1e9"),
        ("YEOUN_TRUSTED_PROXIES", "10.0.0.0/99"),
        ("YEOUN_LOGIN_LIMIT", "5"),
        ("YEOUN_LOGIN_LIMIT_LONG", "150/2w"),
        ("YEOUN_JOIN_LIMIT", "none"),
        ("YEOUN_VISITORS", "yes"),
        ("YEOUN_EDIT_LIMIT_NEW", "0/60s"),
        ("YEOUN_EDIT_LIMIT", "90/60"),
        ("YEOUN_EDITOR_EDITS", "-1"),
        ("YEOUN_EDITOR_DAYS", "soon"),
    ];
    let text = load(&[("data-dir", "")], &wrong).unwrap_err().to_string();
    for (name, _) in wrong.into_iter().chain([("YEOUN_DATA_DIR", "")]) {
        assert!(
            text.contains(&format!("{name} (--")),
            "{name} is missing in {text}"
        );
    }
    assert!(!text.contains("s3cret"));
}

#[test]
fn an_empty_variable_is_not_set() {
    assert_eq!(load(&[], &[("YEOUN_CACHE_MIB", "")]).unwrap().cache_mib, 64);
}

#[test]
fn the_database_password_is_masked() {
    let config = load(&[], &[("DATABASE_URL", "postgres://me:s3cret@db/x")]).unwrap();
    assert!(!config.describe().contains("s3cret") && config.describe().contains("me:***@db"));
    assert!(!format!("{config:?}").contains("s3cret"));
    assert_eq!(config.database_url.unwrap(), "postgres://me:s3cret@db/x");
}
