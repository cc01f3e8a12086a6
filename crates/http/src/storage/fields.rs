//! Fields of a request in JSON, each checked in the words of Django REST framework. All that is wrong is told at once.

use super::answer::Failure;
use super::python;
use axum::http::StatusCode;
use engine::rules::types;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::HashMap;

const REQUIRED: &str = "This field is required.";
const NULL: &str = "This field may not be null.";
/// The longest name of a bucket, in characters.
const MAX_NAME: usize = 200;

/// Fields, and what was found wrong with them so far.
#[derive(Debug, Default)]
pub struct Fields {
    given: HashMap<String, Box<RawValue>>,
    errors: Map<String, Value>,
}

impl Fields {
    /// Those of a body: a JSON object, or nothing at all.
    ///
    /// # Errors
    /// 400 for what is no JSON, is too deep, or is no object.
    pub fn read(bytes: &[u8]) -> Result<Self, Failure> {
        let parse_error =
            |words: &str| Failure::detail(StatusCode::BAD_REQUEST, format!("JSON parse error - {words}"));
        let text = std::str::from_utf8(bytes).map_err(|error| parse_error(&error.to_string()))?;
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        engine::rules::json::check(text).map_err(|error| parse_error(error.message()))?;
        if !text.trim_start().starts_with('{') {
            let kind = serde_json::from_str(text).map_or("float", |value| python::type_name(&value));
            let words = format!("Invalid data. Expected a dictionary, but got {kind}.");
            return Err(Failure::field("non_field_errors", words));
        }
        let given = serde_json::from_str(text).map_err(|error| parse_error(&error.to_string()))?;
        Ok(Self { given, errors: Map::new() })
    }

    /// Notes that a field is wrong.
    fn wrong(&mut self, name: &str, words: impl Into<String>) {
        self.errors.insert(name.to_owned(), Value::from(vec![words.into()]));
    }

    /// The value of a field that is there and not null; else, that is noted if it must be.
    fn value(&mut self, name: &str, required: bool) -> Option<Value> {
        let Some(raw) = self.given.get(name) else {
            if required {
                self.wrong(name, REQUIRED);
            }
            return None;
        };
        // A number that no float holds is a value of no field here.
        let value = serde_json::from_str(raw.get()).unwrap_or_else(|_| Value::from(raw.get()));
        if value.is_null() {
            self.wrong(name, NULL);
            return None;
        }
        Some(value)
    }

    /// The name of a bucket.
    pub fn name(&mut self, required: bool) -> Option<String> {
        let value = self.value("name", required)?;
        let Value::String(name) = value else {
            self.wrong("name", "Not a valid string.");
            return None;
        };
        let name = name.trim();
        if name.is_empty() {
            self.wrong("name", "This field may not be blank.");
        } else if name.chars().count() > MAX_NAME {
            self.wrong("name", format!("Ensure this field has no more than {MAX_NAME} characters."));
        } else if name.chars().any(char::is_control) {
            self.wrong("name", "Control characters are not allowed.");
        } else {
            return Some(name.to_owned());
        }
        None
    }

    /// One of some names.
    pub fn choice<T>(&mut self, name: &str, required: bool, named: fn(&str) -> Option<T>) -> Option<T> {
        let value = self.value(name, required)?;
        let chosen = value.as_str().and_then(named);
        if chosen.is_none() {
            self.wrong(name, not_a_choice(&python::text(&value)));
        }
        chosen
    }

    /// One of some names, or null: `Some(None)`.
    pub fn choice_or_null<T>(&mut self, name: &str, named: fn(&str) -> Option<T>) -> Option<Option<T>> {
        if self.given.get(name)?.get() == "null" {
            return Some(None);
        }
        self.choice(name, false, named).map(Some)
    }

    /// A number of bytes.
    pub fn bytes(&mut self, name: &str) -> Option<u64> {
        let value = self.value(name, false)?;
        let whole = value.as_i64().map(i128::from).or(value.as_u64().map(i128::from));
        match whole {
            None => self.wrong(name, "A valid integer is required."),
            Some(bytes) if bytes < 1 => {
                self.wrong(name, "Ensure this value is greater than or equal to 1.");
            }
            Some(bytes) if bytes > i128::from(i64::MAX) => {
                self.wrong(name, format!("Ensure this value is less than or equal to {}.", i64::MAX));
            }
            Some(bytes) => return u64::try_from(bytes).ok(),
        }
        None
    }

    /// Patterns of media types (E7).
    pub fn types(&mut self, name: &str) -> Option<Vec<String>> {
        let value = self.value(name, false)?;
        let Value::Array(entries) = value else {
            let kind = python::type_name(&value);
            self.wrong(name, format!("Expected a list of items but got type \"{kind}\"."));
            return None;
        };
        let good = |entry: &Value| entry.as_str().is_some_and(types::is_pattern);
        let (good, bad): (Vec<Value>, Vec<Value>) = entries.into_iter().partition(good);
        if bad.is_empty() {
            return Some(good.iter().filter_map(Value::as_str).map(str::to_owned).collect());
        }
        let bad = python::repr(&Value::Array(bad));
        self.wrong(
            name,
            format!(
                "Invalid MIME type format: {bad}. Valid formats: 'image/png', 'image/*', 'application/pdf', etc."
            ),
        );
        None
    }

    /// The JSON text of a field, to the letter.
    pub fn json(&self, name: &str) -> Option<String> {
        self.given.get(name).map(|raw| raw.get().to_owned())
    }

    /// Refuses if anything was found wrong.
    ///
    /// # Errors
    /// 400 with all of it.
    pub fn finish(self) -> Result<(), Failure> {
        if self.errors.is_empty() { Ok(()) } else { Err(Failure::fields(self.errors)) }
    }
}

/// The words for a value that is none of the names.
pub fn not_a_choice(given: &str) -> String {
    format!("\"{given}\" is not a valid choice.")
}
