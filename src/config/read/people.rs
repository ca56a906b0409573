//! Reading the settings about members.

use crate::config::{People, Rate};
use crate::models::user::{draft, promotion};

use super::Reader;

/// Microseconds.
const DAY: i64 = 24 * 3_600 * 1_000_000;

/// Reads the settings about members.
pub(super) fn people(reader: &mut Reader) -> Option<People> {
    let mut rate = |flag| {
        reader.read(flag, "write a count and a time, such as 5/5m", |text| {
            text.parse::<Rate>().ok()
        })
    };
    let rates = [
        rate("login-limit"),
        rate("login-limit-long"),
        rate("join-limit"),
        rate("edit-limit-new"),
        rate("edit-limit"),
        rate("edit-limit-network"),
        rate("undo-limit-new"),
        rate("undo-limit"),
        rate("draft-limit"),
    ];
    let visitors = visitors(reader);
    let edits = reader.number("editor-edits", 0..=100_000);
    let days = reader.number("editor-days", 0..=10_000);
    let most = reader.number("drafts", 1..=10_000);
    let kib = reader.number("draft-kib", 1..=8_192);
    let kept_days = reader.number("draft-days", 1..=10_000);
    let [
        logins,
        logins_long,
        joins,
        edits_new,
        all_edits,
        edits_network,
        undos_new,
        undos,
        draft_saves,
    ] = rates;
    Some(People {
        logins: logins?,
        logins_long: logins_long?,
        joins: joins?,
        visitors: visitors?,
        edits_new: edits_new?,
        edits: all_edits?,
        edits_network: edits_network?,
        undos_new: undos_new?,
        undos: undos?,
        draft_saves: draft_saves?,
        drafts: draft::Caps {
            most: i64::try_from(most?).unwrap_or(i64::MAX),
            bytes: usize::try_from(kib?).unwrap_or(0) * 1_024,
            keep: i64::try_from(kept_days?).unwrap_or(0) * DAY,
        },
        promotion: promotion::Rule {
            edits: i64::try_from(edits?).unwrap_or(i64::MAX),
            after: i64::try_from(days?).unwrap_or(0) * DAY,
        },
    })
}

/// How many temporary names one network is given; `Some(None)` where none are.
fn visitors(reader: &mut Reader) -> Option<Option<Rate>> {
    let advice = "write off, or a count and a time, such as 6/1d";
    reader.read("visitors", advice, |text| match text {
        "off" => Some(None),
        rate => rate.parse::<Rate>().ok().map(Some),
    })
}
