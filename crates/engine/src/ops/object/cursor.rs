//! Cursors: where a page of a list ended, handed out as text that means nothing to others, and read back from anybody.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// A row's place by one column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Place {
    /// By a number.
    Number(i64),
    /// By a text.
    Text(String),
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Numbers.
    Number,
    /// Texts.
    Text,
}

impl Place {
    fn kind(&self) -> Kind {
        match self {
            Self::Number(_) => Kind::Number,
            Self::Text(_) => Kind::Text,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cursor {
    sort: String,
    place: Vec<Place>,
}

/// The cursor of a row in that order.
pub fn write(order: &str, place: Vec<Place>) -> String {
    let cursor = Cursor { sort: order.to_owned(), place };
    URL_SAFE_NO_PAD.encode(serde_json::json!(cursor).to_string())
}

/// The place that a cursor names; `None` if it is none, is of another order, or does not have these columns.
pub fn read(cursor: &str, order: &str, columns: &[Kind]) -> Option<Vec<Place>> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let Cursor { sort, place } = serde_json::from_slice(&bytes).ok()?;
    let fits = sort == order && place.iter().map(Place::kind).eq(columns.iter().copied());
    fits.then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_only_in_its_order() {
        let columns = [Kind::Text, Kind::Number];
        let place = vec![Place::Text("Größe \"1\"\0".into()), Place::Number(i64::MIN)];
        let cursor = write("Size true", place.clone());
        assert_eq!(read(&cursor, "Size true", &columns), Some(place));
        assert_eq!(read(&cursor, "Size false", &columns), None);
        assert_eq!(read(&cursor, "Size true", &[Kind::Text, Kind::Text]), None);
        assert_eq!(read(&cursor, "Size true", &[Kind::Text]), None);
    }

    #[test]
    fn what_is_no_cursor_is_refused() {
        let encoded = |json: &str| URL_SAFE_NO_PAD.encode(json);
        for cursor in [
            String::new(),
            "%%%".to_owned(),
            encoded("{}"),
            encoded(r#"{"sort":"Size true","place":[1.5]}"#),
            encoded(r#"{"sort":"Size true","place":[9223372036854775808]}"#),
            encoded(r#"{"sort":"Size true","place":[null]}"#),
            encoded(r#"{"sort":"Size true","place":[1],"more":1}"#),
            write("Size true", vec![Place::Number(1)]) + "=",
        ] {
            assert_eq!(read(&cursor, "Size true", &[Kind::Number]), None, "{cursor:?}");
        }
    }
}
