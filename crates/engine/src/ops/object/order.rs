//! The orders of a list: the columns of each, a row's place in it, and what lies after that place.

use super::cursor::{self, Kind, Place};
use super::{ListRequest, signed};
use crate::model::{Object, ObjectSort};
use rusqlite::types::Value;

/// An order of objects `o`, in which no two have the same place.
pub(super) struct Order {
    /// What it belongs to; a cursor of another means nothing.
    name: String,
    columns: &'static [&'static str],
    descending: bool,
}

impl Order {
    /// The one that is asked for.
    pub fn of(request: &ListRequest) -> Self {
        let in_folder = request.folder.is_some();
        // The last column makes it one order whatever is equal.
        let columns: &[&str] = match (request.sort, in_folder) {
            (ObjectSort::Name, true) => &["o.name"],
            (ObjectSort::Name, false) => &["o.folder", "o.name"],
            (ObjectSort::Size, _) => &["o.size", "o.seq"],
            (ObjectSort::Type, _) => &["o.media_type", "o.seq"],
            (ObjectSort::Date, _) => &["o.modified", "o.seq"],
        };
        let name = format!("{:?} {} {in_folder}", request.sort, request.descending);
        Self { name, columns, descending: request.descending }
    }

    /// What to order by.
    pub fn by(&self) -> String {
        let direction = if self.descending { " DESC" } else { "" };
        self.columns.iter().map(|column| format!("{column}{direction}")).collect::<Vec<_>>().join(", ")
    }

    /// The cursor of an object.
    pub fn cursor(&self, object: &Object) -> String {
        let of = |column: &&str| match *column {
            "o.folder" => Place::Text(object.folder.clone()),
            "o.name" => Place::Text(object.name.clone()),
            "o.size" => Place::Number(signed(object.size)),
            "o.media_type" => Place::Text(object.media_type.clone()),
            "o.modified" => Place::Number(object.modified),
            _ => Place::Number(object.seq),
        };
        cursor::write(&self.name, self.columns.iter().map(of).collect())
    }

    /// Conditions for what lies after a cursor, whose place is put to the values: `None` if it is no cursor of this order.
    ///
    /// `in_pieces`, there may be two, of which all that meets the first comes before all that meets the second: a row's
    /// number is found by an index only among rows whose other column is equal. Many have the same type.
    pub fn after(&self, cursor: &str, in_pieces: bool, values: &mut Vec<Value>) -> Option<Vec<String>> {
        let kinds: Vec<Kind> = self.columns.iter().map(kind).collect();
        let mut marks = Vec::new();
        for place in cursor::read(cursor, &self.name, &kinds)? {
            values.push(match place {
                Place::Text(text) => Value::Text(text),
                Place::Number(number) => Value::Integer(number),
            });
            marks.push(format!("?{}", values.len()));
        }
        let sign = if self.descending { '<' } else { '>' };
        Some(match (self.columns, &marks[..]) {
            ([column, "o.seq"], [value, seq]) if in_pieces => {
                vec![format!("{column} = {value} AND o.seq {sign} {seq}"), format!("{column} {sign} {value}")]
            }
            _ => vec![format!("({}) {sign} ({})", self.columns.join(", "), marks.join(", "))],
        })
    }
}

fn kind(column: &&str) -> Kind {
    match *column {
        "o.folder" | "o.name" | "o.media_type" => Kind::Text,
        _ => Kind::Number,
    }
}
