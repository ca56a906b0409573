//! Dates as people type and copy them: `2016.12.2`, `2016-12`, `Dec 2016`, `2 December 2016`, `2016년 12월 2일`.

use unicode_normalization::UnicodeNormalization;

use super::{DateError, MONTHS, PartialDate};

/// Fewest letters by which a month is told from the others.
const MONTH_LETTERS: usize = 3;

/// Reads a date however it was written, as long as it can mean one day only: the year has four digits, and stands first unless the
/// month is a word.
///
/// # Errors
/// The shape, or a day the calendar does not have.
pub fn read(text: &str) -> Result<PartialDate, DateError> {
    if let Ok(date) = PartialDate::parse(text) {
        return Ok(date);
    }
    let (numbers, month) = parts(text)?;
    let written: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let canonical = match (month, written.as_slice()) {
        (None, [year]) if year.len() == 4 => (*year).to_owned(),
        (None, [whole]) if whole.len() == 8 => {
            let (year, rest) = whole.split_at(4);
            let (month, day) = rest.split_at(2);
            format!("{year}-{month}-{day}")
        }
        (None, [year, month]) if is_year(year) => format!("{year}-{month:0>2}"),
        (None, [year, month, day]) if is_year(year) => format!("{year}-{month:0>2}-{day:0>2}"),
        (Some(month), [year]) if is_year(year) => format!("{year}-{month:02}"),
        (Some(month), [day, year]) if is_year(year) => format!("{year}-{month:02}-{day:0>2}"),
        (Some(month), [year, day]) if is_year(year) => format!("{year}-{month:02}-{day:0>2}"),
        _ => return Err(DateError::Shape),
    };
    PartialDate::parse(&canonical)
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4
}

/// The numbers of a text in order, and the month if it is a word. Weekdays, `st`, `of` and what stands in brackets say nothing.
fn parts(text: &str) -> Result<(Vec<String>, Option<usize>), DateError> {
    let plain: String = text.nfkc().collect();
    let mut numbers: Vec<String> = Vec::new();
    let mut month = None;
    let mut rest = plain.trim();
    while let Some(first) = rest.chars().next() {
        let length = |fits: fn(char) -> bool| rest.find(|c| !fits(c)).unwrap_or(rest.len());
        let end = if first.is_ascii_digit() {
            let end = length(|c| c.is_ascii_digit());
            numbers.push(rest.get(..end).unwrap_or_default().to_owned());
            end
        } else if first.is_alphabetic() {
            let end = length(char::is_alphabetic);
            let word = rest.get(..end).unwrap_or_default().to_lowercase();
            match month_of(&word) {
                Some(number) if month.is_none() => month = Some(number),
                _ if says_nothing(&word) => {}
                _ => return Err(DateError::Shape),
            }
            end
        } else if first == '(' {
            rest.find(')').map(|end| end + 1).ok_or(DateError::Shape)?
        } else if matches!(first, '.' | ',' | '-' | '/' | '–' | ' ') {
            first.len_utf8()
        } else {
            return Err(DateError::Shape);
        };
        rest = rest.get(end..).unwrap_or_default();
    }
    Ok((numbers, month))
}

fn month_of(word: &str) -> Option<usize> {
    let at = MONTHS.iter().position(|month| {
        word.len() >= MONTH_LETTERS && month.to_lowercase().starts_with(word)
            || word == "sept" && *month == "September"
    });
    at.map(|at| at + 1)
}

fn says_nothing(word: &str) -> bool {
    const DAYS: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    matches!(word, "년" | "월" | "일" | "st" | "nd" | "rd" | "th" | "of")
        || word.len() >= MONTH_LETTERS && DAYS.iter().any(|day| day.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::text::dates::{DateError, PartialDate};
    use proptest::prelude::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (text, canonical) in [
            ("2016.12.2", "2016-12-02"),
            ("2016. 12. 2.", "2016-12-02"),
            ("2016. 12. 2. (금)", "2016-12-02"),
            ("2016/12/02", "2016-12-02"),
            ("2016-12-2", "2016-12-02"),
            ("2016-12", "2016-12"),
            ("2016.12", "2016-12"),
            (" 2016 ", "2016"),
            ("2016년", "2016"),
            ("2016년 12월", "2016-12"),
            ("2016년 12월 2일", "2016-12-02"),
            ("2016년12월2일 (금)", "2016-12-02"),
            ("20161202", "2016-12-02"),
            ("２０１６.１２.２", "2016-12-02"),
            ("Dec 2016", "2016-12"),
            ("december 2016", "2016-12"),
            ("2 Dec 2016", "2016-12-02"),
            ("Dec. 2, 2016", "2016-12-02"),
            ("Friday, 2nd of December 2016", "2016-12-02"),
            ("2016 Dec 2", "2016-12-02"),
            ("Sept 2016", "2016-09"),
        ] {
            assert_eq!(
                read(text).map(|date| date.to_string()),
                Ok(canonical.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_may_mean_two_days_is_refused() {
        for text in [
            "",
            "soon",
            "2/12/2016",
            "12-2016",
            "16.12.2",
            "December",
            "Dec Jan 2016",
            "2016 12 2 1",
            "Ma 2016",
            "2016~2017",
            "(2016",
            "2016 (12",
        ] {
            assert_eq!(read(text), Err(DateError::Shape), "{text}");
        }
        for text in ["2016.13.1", "31 Feb 2016", "2016년 4월 31일"] {
            assert_eq!(read(text), Err(DateError::Calendar), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_spelling_of_a_day_means_that_day(year in 1000i16..=9999, month in 1usize..=12, day in 1usize..=28) {
            let date = PartialDate::parse(&format!("{year}-{month:02}-{day:02}"));
            let human = date.map(|date| date.human()).unwrap_or_default();
            for text in [
                format!("{year}.{month}.{day}"), format!("{year}년 {month}월 {day}일"), format!("{year}{month:02}{day:02}"), human,
            ] {
                prop_assert_eq!(read(&text), date, "{}", text);
            }
        }

        #[test]
        fn any_text_gets_an_answer(text in "\\PC*|[0-9.년월일 Decmbr(),-]{0,14}") {
            if let Ok(date) = read(&text) {
                prop_assert_eq!(read(&date.to_string()), Ok(date));
            }
        }
    }
}
