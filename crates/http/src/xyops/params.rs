//! Parameters: from the query, and from a JSON object in the body. Where both name one, the query holds.

use super::answer::Failure;
use crate::door::body;
use axum::body::Body;
use axum::http::HeaderMap;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, HashMap};

/// The largest body of somebody whose key was looked at, and of somebody whose key is in the body.
pub const LARGE: usize = 80 << 20;
/// See [`LARGE`].
pub const SMALL: usize = 1 << 20;

/// Words that neither a parameter nor a bucket can be called: the original is JavaScript, and they mean something there.
const RESERVED: [&str; 12] = [
    "__proto__",
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// The parameters of a request, each as JSON text or as a word of the query.
#[derive(Debug, Default)]
pub struct Params {
    query: BTreeMap<String, String>,
    body: HashMap<String, Box<RawValue>>,
}

impl Params {
    /// Those of a query.
    pub fn of_query(query: Option<&str>) -> Result<Self, Failure> {
        let mut params = Self::default();
        for pair in query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decoded(name)?;
            check(&name)?;
            params.query.insert(name, decoded(value)?);
        }
        Ok(params)
    }

    /// Adds those of a body: a JSON object, or nothing at all.
    pub async fn read_body(&mut self, _: &HeaderMap, body: Body, limit: usize) -> Result<(), Failure> {
        let bytes = body::whole(body, limit).await.map_err(|_| Failure::unreadable())?;
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        self.body = serde_json::from_slice(&bytes).map_err(|_| Failure::unreadable())?;
        self.body.keys().try_for_each(|name| check(name))
    }

    /// Leaves out the query: some methods read their body alone.
    pub fn without_query(mut self) -> Self {
        self.query.clear();
        self
    }

    /// Takes a text parameter away.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let in_body = self.body.remove(name).and_then(|raw| serde_json::from_str(raw.get()).ok());
        self.query.remove(name).or(in_body)
    }

    /// The JSON text of a parameter. A word of the query that is no JSON text is taken for a string.
    pub fn json(&self, name: &str) -> Option<String> {
        match self.query.get(name) {
            Some(word) if serde_json::from_str::<&RawValue>(word).is_ok() => Some(word.clone()),
            Some(word) => Some(serde_json::Value::from(word.as_str()).to_string()),
            None => self.body.get(name).map(|raw| raw.get().to_owned()),
        }
    }

    /// A text parameter; `null` is none.
    ///
    /// # Errors
    /// For what is no text.
    pub fn text(&self, name: &str) -> Result<Option<String>, Failure> {
        if let Some(word) = self.query.get(name) {
            return Ok(Some(word.clone()));
        }
        let Some(raw) = self.body.get(name) else { return Ok(None) };
        serde_json::from_str(raw.get()).map_err(|_| Failure::malformed(name))
    }

    /// A text parameter that has to be there.
    ///
    /// # Errors
    /// If it is not, is empty, or is no text.
    pub fn needed(&self, name: &str) -> Result<String, Failure> {
        self.text(name)?.filter(|text| !text.trim().is_empty()).ok_or_else(|| Failure::missing(name))
    }

    /// The id of a bucket: lower-case letters, digits and `_`, and no reserved word.
    ///
    /// # Errors
    /// If it is not there or cannot be one.
    pub fn bucket(&self) -> Result<String, Failure> {
        let id = self.needed("id")?;
        let good = id.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_');
        if good && !RESERVED.contains(&id.as_str()) { Ok(id) } else { Err(Failure::malformed("id")) }
    }

    /// A switch: `true`, `1`, or not.
    ///
    /// # Errors
    /// For another value.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, Failure> {
        match self.json(name).as_deref() {
            None | Some("null") => Ok(None),
            Some("true" | "1" | "\"true\"" | "\"1\"") => Ok(Some(true)),
            Some("false" | "0" | "\"false\"" | "\"0\"" | "\"\"") => Ok(Some(false)),
            Some(_) => Err(Failure::malformed(name)),
        }
    }

    /// All parameters but some, as JSON texts.
    pub fn others(&self, but: &[&str]) -> BTreeMap<String, String> {
        let names = self.query.keys().chain(self.body.keys()).filter(|name| !but.contains(&name.as_str()));
        names.filter_map(|name| Some((name.clone(), self.json(name)?))).collect()
    }
}

fn check(name: &str) -> Result<(), Failure> {
    if RESERVED.contains(&name) { Err(Failure::malformed(name)) } else { Ok(()) }
}

fn decoded(text: &str) -> Result<String, Failure> {
    let spaced = text.replace('+', " ");
    let decoded = percent_encoding::percent_decode_str(&spaced).decode_utf8();
    decoded.map(std::borrow::Cow::into_owned).map_err(|_| Failure::unreadable())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_decoded_once_and_reserved_words_are_refused() {
        let params = Params::of_query(Some("id=b1&title=My+Files%20%2B&fetch=true&n=1e400")).unwrap();
        assert_eq!(params.needed("title").unwrap(), "My Files +");
        assert_eq!(params.flag("fetch").unwrap(), Some(true));
        assert_eq!(params.json("n").unwrap(), "1e400");
        assert_eq!(params.json("id").unwrap(), "\"b1\"");
        for reserved in RESERVED {
            assert!(Params::of_query(Some(&format!("{reserved}=1"))).is_err());
        }
        assert!(Params::of_query(Some("id=%ff")).is_err());
    }
}
