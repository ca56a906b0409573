//! Rows added, taken away and moved by the buttons of the form, without a script.

use super::typed::{Row, Typed};

/// Most rows added at once: a credit block that is pasted in may be long.
const MOST_NEW: usize = 500;

/// Does what a button says: `add:credits`, `remove:credits:12`, `up:credits:12`, `down:credits:12`. Answers the name of the row that
/// should be shown, or nothing for a button that is not one of these.
pub fn apply(typed: &mut Typed, operation: &str) -> Option<String> {
    let mut words = operation.splitn(3, ':');
    let (verb, list, key) = (
        words.next()?,
        words.next()?,
        words.next().unwrap_or_default(),
    );
    if verb == "add" {
        let key = new_key(typed.rows(list))?;
        let name = format!("{list}.{key}");
        typed.lists.entry(list.to_owned()).or_default().push(Row {
            key,
            ..Row::default()
        });
        return Some(name);
    }
    let rows = typed.lists.get_mut(list)?;
    let at = rows.iter().position(|row| row.key == key)?;
    let shown = match verb {
        "remove" => {
            rows.remove(at);
            rows.get(at)
                .or(rows.last())
                .map_or_else(String::new, |row| row.key.clone())
        }
        "up" if at > 0 => {
            rows.swap(at, at - 1);
            key.to_owned()
        }
        "down" if at + 1 < rows.len() => {
            rows.swap(at, at + 1);
            key.to_owned()
        }
        "up" | "down" => key.to_owned(),
        _ => return None,
    };
    Some(format!("{list}.{shown}"))
}

/// A key no row has yet.
pub fn new_key(rows: &[Row]) -> Option<String> {
    (1..=MOST_NEW)
        .map(|n| format!("new{n}"))
        .find(|key| rows.iter().all(|row| row.key != *key))
}

#[cfg(test)]
mod tests {
    use super::apply;
    use crate::routes::pages::form::Typed;

    fn typed() -> Typed {
        Typed::new(
            [
                ("credits.4.role", "composer"),
                ("credits.9.role", "lyricist"),
                ("credits.4.who", "Rocoberry"),
            ]
            .map(|(name, text)| (name.to_owned(), text.to_owned())),
        )
    }

    fn keys(typed: &Typed) -> Vec<&str> {
        typed
            .rows("credits")
            .iter()
            .map(|row| row.key.as_str())
            .collect()
    }

    #[test]
    fn rows_come_go_and_move() {
        let mut form = typed();
        assert_eq!(
            apply(&mut form, "add:credits").as_deref(),
            Some("credits.new1")
        );
        assert_eq!(
            apply(&mut form, "up:credits:new1").as_deref(),
            Some("credits.new1")
        );
        assert_eq!(keys(&form), ["4", "new1", "9"]);
        assert_eq!(
            apply(&mut form, "remove:credits:4").as_deref(),
            Some("credits.new1")
        );
        assert_eq!(keys(&form), ["new1", "9"]);
        assert_eq!(
            apply(&mut form, "up:credits:new1").as_deref(),
            Some("credits.new1")
        );
        assert_eq!(keys(&form), ["new1", "9"]);
    }

    #[test]
    fn a_button_that_means_nothing_changes_nothing() {
        for operation in [
            "",
            "remove:credits:77",
            "burn:credits:4",
            "remove:nothing:4",
            "::",
            "add",
        ] {
            let mut form = typed();
            apply(&mut form, operation);
            assert_eq!(form, typed(), "{operation}");
        }
    }

    #[test]
    fn what_was_typed_goes_through_another_form_unchanged() {
        let form = typed();
        assert_eq!(Typed::new(form.pairs()), form);
    }
}
