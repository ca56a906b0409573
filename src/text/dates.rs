//! Dates as precisely as they are known, and no more precisely.

mod typed;

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A year, a month or a day of the Gregorian calendar: `2016`, `2016-12` or `2016-12-03`.
///
/// Dates sort by time; one with an unknown part stands after all dates it might be, so that `2016-03` follows
/// `2016-03-31` and `2016` follows `2016-12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: i16,
    /// 0 when unknown.
    month: i8,
    /// 0 when unknown.
    day: i8,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// It does not look like one.
    #[error("Write the date as 2016, 2016-12 or 2016-12-03, as far as it is known.")]
    Shape,
    /// The calendar has no such month or day.
    #[error("There is no such day in the calendar: check the month and the day.")]
    Calendar,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl PartialDate {
    /// Reads the canonical form only: four, two and two ASCII digits; the day must exist.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let mut parts = text.split('-');
        let year: i16 = number(parts.next(), 4)?.ok_or(DateError::Shape)?;
        let month: i8 = number(parts.next(), 2)?.unwrap_or(0);
        let day: i8 = number(parts.next(), 2)?.unwrap_or(0);
        if parts.next().is_some() {
            return Err(DateError::Shape);
        }
        let written = text.split('-').count();
        let (known_month, known_day) = (written > 1, written > 2);
        if year == 0 {
            return Err(DateError::Calendar);
        }
        let whole = Date::new(
            year,
            if known_month { month } else { 1 },
            if known_day { day } else { 1 },
        );
        match whole {
            Ok(_) => Ok(Self { year, month, day }),
            // The reason is always the same and the message says what to check.
            Err(_) => Err(DateError::Calendar),
        }
    }

    /// Reads a date as people type and copy it: `2016.12.2`, `Dec 2016`, `2016년 12월 2일`.
    ///
    /// # Errors
    /// The shape, or a day the calendar does not have.
    pub fn read(text: &str) -> Result<Self, DateError> {
        typed::read(text)
    }

    /// The year.
    pub fn year(&self) -> i16 {
        self.year
    }

    /// The month from 1 to 12, if known.
    pub fn month(&self) -> Option<i8> {
        (self.month > 0).then_some(self.month)
    }

    /// The day of the month, if known.
    pub fn day(&self) -> Option<i8> {
        (self.day > 0).then_some(self.day)
    }

    /// The whole date, if the day is known.
    pub fn date(&self) -> Option<Date> {
        Date::new(self.year, self.month()?, self.day()?).ok()
    }

    /// For reading: `3 December 2016`, `December 2016` or `2016`.
    pub fn human(&self) -> String {
        let month = self
            .month()
            .and_then(|m| MONTHS.get(usize::try_from(m).ok()?.checked_sub(1)?));
        match (month, self.day()) {
            (Some(month), Some(day)) => format!("{day} {month} {}", self.year),
            (Some(month), None) => format!("{month} {}", self.year),
            _ => self.year.to_string(),
        }
    }

    fn sort_key(&self) -> (i16, i8, i8) {
        (
            self.year,
            self.month().unwrap_or(i8::MAX),
            self.day().unwrap_or(i8::MAX),
        )
    }
}

/// A part of exactly so many digits; `None` when the part is not there.
fn number<N: FromStr>(part: Option<&str>, digits: usize) -> Result<Option<N>, DateError> {
    let Some(part) = part else { return Ok(None) };
    if part.len() != digits || !part.bytes().all(|b| b.is_ascii_digit()) {
        return Err(DateError::Shape);
    }
    part.parse().map(Some).or(Err(DateError::Shape))
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month() {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day() {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl Ord for PartialDate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sort_key().cmp(&other.sort_key())
    }
}

impl PartialOrd for PartialDate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for PartialDate {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        Self::parse(&text)
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> PartialDate {
        PartialDate::parse(text).unwrap()
    }

    #[test]
    fn dates_read_as_they_are_known() {
        assert_eq!(date("2016-12-03").human(), "3 December 2016");
        assert_eq!(date("2016-12").human(), "December 2016");
        assert_eq!(date("2016").human(), "2016");
        assert_eq!(date("2016-12").year(), 2016);
        assert_eq!(
            date("2016-12-03").date(),
            Some(jiff::civil::date(2016, 12, 3))
        );
        assert_eq!(date("2016-12").date(), None);
    }

    #[test]
    fn only_real_days_in_canonical_form_are_dates() {
        for bad in [
            "",
            "16",
            "2016-1",
            "2016-1-3",
            "2016-12-3",
            "2016/12/03",
            "2016-12-03 ",
            "2016-",
            "-2016",
            "２０１６",
            "2016-12-03-01",
            "+201",
        ] {
            assert_eq!(PartialDate::parse(bad), Err(DateError::Shape), "{bad}");
        }
        for bad in [
            "2016-13",
            "2016-00",
            "2015-02-29",
            "2016-04-31",
            "2016-01-00",
            "0000",
        ] {
            assert_eq!(PartialDate::parse(bad), Err(DateError::Calendar), "{bad}");
        }
        assert!(PartialDate::parse("2016-02-29").is_ok());
    }

    #[test]
    fn an_unknown_part_sorts_after_the_known_ones() {
        let mut dates: Vec<_> = [
            "2017",
            "2016",
            "2016-04-01",
            "2016-03",
            "2016-03-31",
            "2016-12-31",
        ]
        .map(date)
        .into();
        dates.sort();
        let sorted: Vec<_> = dates.iter().map(ToString::to_string).collect();
        assert_eq!(
            sorted,
            [
                "2016-03-31",
                "2016-03",
                "2016-04-01",
                "2016-12-31",
                "2016",
                "2017"
            ]
        );
    }

    proptest! {
        #[test]
        fn every_date_is_written_as_it_was_read(year in 1i16..=9999, month in 1i8..=12, day in 1i8..=28, parts in 1usize..=3) {
            let text = [format!("{year:04}"), format!("-{month:02}"), format!("-{day:02}")].iter().take(parts).cloned().collect::<String>();
            prop_assert_eq!(date(&text).to_string(), text.clone());
            let json = serde_json::to_string(&date(&text)).unwrap();
            prop_assert_eq!(serde_json::from_str::<PartialDate>(&json).unwrap(), date(&text));
        }

        #[test]
        fn any_text_gets_an_answer(text in "\\PC*|[0-9-]{0,11}") {
            if let Ok(read) = PartialDate::parse(&text) {
                prop_assert_eq!(read.to_string(), text);
            }
        }
    }
}
