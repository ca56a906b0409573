//! Times with their units written out.

/// Units as they are written out, and the seconds in one.
const UNITS: [(&str, u64); 6] = [
    ("시간", 3600),
    ("분", 60),
    ("초", 1),
    ("h", 3600),
    ("m", 60),
    ("s", 1),
];

/// `58m50s`, `1h 2m`, `58분 50초`: numbers with their units, the larger first.
pub(super) fn read(text: &str) -> Option<u64> {
    let mut rest = text.trim();
    let (mut total, mut last) = (0, u64::MAX);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let (number, after) = rest.split_at(digits);
        let after = after.trim_start();
        let (unit, seconds) = UNITS.iter().find(|(unit, _)| after.starts_with(unit))?;
        if *seconds >= last || number.len() > 6 {
            return None;
        }
        total += number.parse::<u64>().ok()? * seconds;
        last = *seconds;
        rest = after.get(unit.len()..)?.trim_start();
    }
    (last != u64::MAX).then_some(total)
}
