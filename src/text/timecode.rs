//! Places in an episode and lengths of recordings, both in whole seconds.

mod units;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Neither an episode nor a recording is longer than twelve hours.
const MAX_SECONDS: u32 = 12 * 60 * 60;

/// A place in an episode: seconds from its beginning, at most twelve hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Timecode(u32);

/// How long a recording is: at least one second, at most twelve hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Length(u32);

/// Why a text is no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// It does not look like one.
    #[error(
        "Write the time as 58:50 or 1:02:03 (hours, minutes, seconds), or as a number of seconds."
    )]
    Shape,
    /// A part that must be below 60 is not, or has one digit.
    #[error("Write minutes and seconds after a colon with two digits, 00 to 59.")]
    Part,
    /// It is above twelve hours.
    #[error("The time is too long: at most 12:00:00 is possible.")]
    TooLong,
    /// A length of nothing.
    #[error("The length must be at least one second.")]
    Zero,
}

impl Timecode {
    /// Reads `0:58:50`, `58:50`, `41.05` (minutes and seconds as printed in captions) or seconds alone (`3530`).
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        seconds_of(text).map(Self)
    }

    /// The place so many seconds in; at most twelve hours.
    pub fn from_seconds(seconds: u32) -> Result<Self, TimeError> {
        capped(seconds.into()).map(Self)
    }

    /// Seconds from the beginning.
    pub fn seconds(self) -> u32 {
        self.0
    }

    /// Without hours when there are none: `58:50` or `1:02:03`.
    pub fn short(self) -> String {
        short(self.0)
    }

    /// As ISO 8601 writes a duration: `PT58M50S`.
    pub fn iso8601(self) -> String {
        iso8601(self.0)
    }
}

impl Length {
    /// Reads `3:13`, `1:02:03`, `3.13` or seconds alone (`193`).
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        Self::from_seconds(seconds_of(text)?)
    }

    /// So many seconds; from one to twelve hours.
    pub fn from_seconds(seconds: u32) -> Result<Self, TimeError> {
        if seconds == 0 {
            return Err(TimeError::Zero);
        }
        capped(seconds.into()).map(Self)
    }

    /// The length in seconds.
    pub fn seconds(self) -> u32 {
        self.0
    }

    /// As ISO 8601 writes a duration: `PT3M13S`.
    pub fn iso8601(self) -> String {
        iso8601(self.0)
    }
}

/// Canonical: hours always, `0:58:50`.
impl fmt::Display for Timecode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes, seconds) = parts(self.0);
        f.pad(&format!("{hours}:{minutes:02}:{seconds:02}"))
    }
}

/// Canonical: hours only when there are any, `3:13`.
impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&short(self.0))
    }
}

fn parts(seconds: u32) -> (u32, u32, u32) {
    (seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn short(seconds: u32) -> String {
    match parts(seconds) {
        (0, minutes, seconds) => format!("{minutes}:{seconds:02}"),
        (hours, minutes, seconds) => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

fn iso8601(seconds: u32) -> String {
    if seconds == 0 {
        return "PT0S".to_owned();
    }
    let (hours, minutes, seconds) = parts(seconds);
    let mut out = String::from("PT");
    for (count, unit) in [(hours, 'H'), (minutes, 'M'), (seconds, 'S')] {
        if count > 0 {
            out.push_str(&count.to_string());
            out.push(unit);
        }
    }
    out
}

fn capped(seconds: u64) -> Result<u32, TimeError> {
    match u32::try_from(seconds) {
        Ok(seconds) if seconds <= MAX_SECONDS => Ok(seconds),
        _ => Err(TimeError::TooLong),
    }
}

/// One to three numbers between colons or, all of them, full stops, or with units. The first may be any size; the others are below 60.
fn seconds_of(text: &str) -> Result<u32, TimeError> {
    if let Some(seconds) = units::read(text) {
        return capped(seconds);
    }
    let text = text.trim().replace('：', ":");
    let separator = if text.contains(':') { ':' } else { '.' };
    let mut total: u64 = 0;
    let count = text.split(separator).count();
    if count > 3 {
        return Err(TimeError::Shape);
    }
    for (place, part) in text.split(separator).enumerate() {
        if part.is_empty() || part.len() > 6 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return Err(TimeError::Shape);
        }
        let number: u64 = part.parse().or(Err(TimeError::Shape))?;
        if place > 0 && (part.len() != 2 || number > 59) {
            return Err(TimeError::Part);
        }
        total = total * 60 + number;
    }
    capped(total)
}

macro_rules! text_conversions {
    ($($time:ty),+) => {$(
        impl FromStr for $time {
            type Err = TimeError;

            fn from_str(text: &str) -> Result<Self, TimeError> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $time {
            type Error = TimeError;

            fn try_from(text: String) -> Result<Self, TimeError> {
                Self::parse(&text)
            }
        }

        impl From<$time> for String {
            fn from(time: $time) -> Self {
                time.to_string()
            }
        }
    )+};
}

text_conversions!(Timecode, Length);

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_customary_spelling_of_a_place_is_read() {
        for (text, canonical) in [
            ("58:50", "0:58:50"),
            ("0:58:50", "0:58:50"),
            ("3530", "0:58:50"),
            ("41.05", "0:41:05"),
            ("1.02.03", "1:02:03"),
            ("78:30", "1:18:30"),
            (" 0:05 ", "0:00:05"),
            ("58m50s", "0:58:50"),
            ("1h 2m", "1:02:00"),
            ("58분 50초", "0:58:50"),
            ("1시간 2분 3초", "1:02:03"),
            ("12:00:00", "12:00:00"),
        ] {
            assert_eq!(
                Timecode::parse(text).unwrap().to_string(),
                canonical,
                "{text}"
            );
        }
    }

    #[test]
    fn other_texts_are_refused_with_a_reason() {
        for (text, error) in [
            ("", TimeError::Shape),
            ("soon", TimeError::Shape),
            ("1:2:3:4", TimeError::Shape),
            ("-5", TimeError::Shape),
            (":30", TimeError::Shape),
            ("0:58:50.5", TimeError::Shape),
            ("5m 3h", TimeError::Shape),
            ("5m 3m", TimeError::Shape),
            ("4:5", TimeError::Part),
            ("1:60", TimeError::Part),
            ("1:99:00", TimeError::Part),
            ("12:00:01", TimeError::TooLong),
            ("999999", TimeError::TooLong),
            ("99999999999999999999", TimeError::Shape),
        ] {
            assert_eq!(Timecode::parse(text), Err(error), "{text}");
        }
        assert_eq!(Length::parse("0:00"), Err(TimeError::Zero));
    }

    #[test]
    fn times_are_written_for_people_and_machines() {
        let place = Timecode::parse("58:50").unwrap();
        assert_eq!(
            (place.short(), place.iso8601()),
            ("58:50".to_owned(), "PT58M50S".to_owned())
        );
        assert_eq!(Timecode::from_seconds(3723).unwrap().short(), "1:02:03");
        assert_eq!(Timecode::from_seconds(0).unwrap().iso8601(), "PT0S");
        let length = Length::parse("3:13").unwrap();
        assert_eq!(
            (length.to_string(), length.iso8601()),
            ("3:13".to_owned(), "PT3M13S".to_owned())
        );
        assert_eq!(Length::parse("3600").unwrap().iso8601(), "PT1H");
        assert_eq!(serde_json::to_string(&place).unwrap(), "\"0:58:50\"");
    }

    proptest! {
        #[test]
        fn every_time_is_read_as_it_was_written(seconds in 1u32..=MAX_SECONDS) {
            let place = Timecode::from_seconds(seconds).unwrap();
            prop_assert_eq!(Timecode::parse(&place.to_string()), Ok(place));
            prop_assert_eq!(Timecode::parse(&place.short()), Ok(place));
            let length = Length::from_seconds(seconds).unwrap();
            prop_assert_eq!(Length::parse(&length.to_string()), Ok(length));
        }

        #[test]
        fn any_text_gets_an_answer(text in "\\PC*|[0-9:.]{0,12}") {
            if let Ok(place) = Timecode::parse(&text) {
                prop_assert!(place.seconds() <= MAX_SECONDS);
            }
        }
    }
}
