//! Cursors of lists. Input: which order, then a cursor, or what a cursor would hold.

use crate::Target;
use crate::input::Input;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use engine::fuzzing::cursor::{Kind, Place, read, write};

pub const TARGET: Target = Target {
    name: "cursors",
    holds,
    words: &[
        "{\"sort\":\"",
        "\",\"place\":[",
        "]}",
        "\"",
        ",",
        "1",
        "-9223372036854775808",
        "9223372036854775808",
        "1.5",
        "null",
        "\\ud800",
        "\\u0000",
        "Name false true",
        "Size true false",
        "{",
        "[",
        "eyJ",
        "=",
        "\n",
    ],
    tries: 10_000,
};

const ORDERS: [(&str, &[Kind]); 4] = [
    ("Name false true", &[Kind::Text]),
    ("Name true false", &[Kind::Text, Kind::Text]),
    ("Size true false", &[Kind::Number, Kind::Number]),
    ("Type false false", &[Kind::Text, Kind::Number]),
];

fn holds(input: &[u8]) {
    let mut input = Input::new(input);
    let which = usize::try_from(input.number() % ORDERS.len() as u64).unwrap();
    let (order, columns) = ORDERS[which];
    let text = input.text();
    for cursor in [text.to_string(), URL_SAFE_NO_PAD.encode(text.as_bytes())] {
        if let Some(place) = read(&cursor, order, columns) {
            what_was_written_is_read(order, columns, place);
        }
    }
    let mut parts = text.split('\n');
    let place = columns.iter().map(|kind| match (kind, parts.next().unwrap_or_default()) {
        (Kind::Text, text) => Place::Text(text.to_owned()),
        (Kind::Number, text) => Place::Number(text.trim().parse().unwrap_or(i64::MIN)),
    });
    what_was_written_is_read(order, columns, place.collect());
}

fn what_was_written_is_read(order: &str, columns: &[Kind], place: Vec<Place>) {
    assert!(place.len() == columns.len());
    let cursor = write(order, place.clone());
    assert!(cursor.bytes().all(|c| c.is_ascii_alphanumeric() || b"-_".contains(&c)), "{cursor:?}");
    assert_eq!(read(&cursor, order, columns).as_ref(), Some(&place));
    assert_eq!(read(&cursor, "Date false false", columns), None, "a cursor is of one order");
    assert_eq!(read(&cursor, order, &columns[1..]), None, "a cursor has one place for each column");
    assert_eq!(read(&cursor[..cursor.len() - 1], order, columns), None, "a cursor that was cut is none");
}
