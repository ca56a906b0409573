//! Files that are no whole backup.

use std::io::Read;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use yeoun::models::backup::{self, RestoreError};
use yeoun::models::user::Admin;

use super::{does, fails, rows};
use crate::on_both_stores;
use crate::support::TestStore;

/// What is done to a whole backup so that it is one no more.
type Harm = fn(Vec<u8>) -> Vec<u8>;

pub(super) fn written_anew(bytes: &[u8], change: fn(&str) -> String) -> Vec<u8> {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    packed(&change(&text))
}

fn packed(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    std::io::Write::write_all(&mut packed, text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

on_both_stores!(
    a_file_that_is_not_whole_is_refused_and_nothing_is_touched,
    |site| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("yeoun.backup");
        does(&site.store, &["backup", path.to_str().unwrap()]);
        let whole = std::fs::read(&path).unwrap();
        let harms: [(&str, Harm); 9] = [
            ("no backup of Yeoun", |_| Vec::new()),
            ("no backup of Yeoun", |_| b"words of somebody else".to_vec()),
            ("no backup of Yeoun", |_| packed("{\"a\":1}\n")),
            ("ends in the middle", |bytes| {
                bytes[..bytes.len() / 2].to_vec()
            }),
            ("ends in the middle", |bytes| {
                written_anew(&bytes, |text| text[..text.len() / 2].to_owned())
            }),
            ("checksum is wrong", |bytes| {
                written_anew(&bytes, |text| {
                    text.replacen("Stay With Me", "Stay With You", 1)
                })
            }),
            ("rows where", |bytes| {
                written_anew(&bytes, |text| {
                    let row = text.find("\n[").unwrap();
                    let end = text[row + 1..].find('\n').unwrap();
                    format!("{}{}", &text[..row], &text[row + 1 + end..])
                })
            }),
            ("newer version", |bytes| {
                written_anew(&bytes, |text| {
                    text.replacen("\"yeoun_backup\":1", "\"yeoun_backup\":2", 1)
                })
            }),
            ("not as it was written", |bytes| {
                written_anew(&bytes, |text| format!("{text}[1]\n"))
            }),
        ];
        let empty = TestStore::empty(site.db.kind());
        for (words, harm) in harms {
            std::fs::write(&path, harm(whole.clone())).unwrap();
            let refused = backup::restore(&empty.db, &Admin::operator(), &path, true).unwrap_err();
            assert!(
                matches!(refused, RestoreError::Damaged(_)),
                "{words}: {refused}"
            );
            assert!(
                refused.to_string().contains(words),
                "{words:?} is not in {refused}"
            );
            assert_eq!(rows(&empty), 0);
        }
        fails(&empty, &["restore", path.to_str().unwrap()], "is not whole");
        fails(&empty, &["restore", "/nowhere/at/all"], "/nowhere/at/all");
    }
);
