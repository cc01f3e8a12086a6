//! One file: what it says of its bucket, with the place of each word (C1).

use super::directory::Found;
use super::place::Fault;
use crate::size::{self, Limit};
use api::{ErrorCode, wire};
use engine::model;
use engine::rules::{limits, words};
use engine::{Access, Code, NewBucket};
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};
use std::fmt;
use std::fs::File;
use std::io::Read as _;
use std::ops::Range;
use toml::Spanned;

/// The longest file.
const MAX_BYTES: u64 = 256 << 10;

/// What a file says of its bucket, and its text.
pub struct Definition {
    /// The file.
    pub file: Found,
    text: String,
    says: Says,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    #[serde(rename = "blobBucket")]
    blob_bucket: Says,
}

/// The table of a bucket. What it leaves out stays as it is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Says {
    key: Spanned<String>,
    display_name: Option<Spanned<String>>,
    access_policy: Option<Spanned<Policy>>,
    ttl_tier: Option<Spanned<wire::Tier>>,
    rules: Option<Spanned<Rules>>,
    max_file_size: Option<Spanned<Size>>,
    max_files: Option<Spanned<Count>>,
    allowed_types: Option<Spanned<Vec<String>>>,
    category: Option<Spanned<wire::Category>>,
}

/// The rules of the policy `cel`; one that is missing denies.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    read: Option<Spanned<String>>,
    write: Option<Spanned<String>>,
    delete: Option<Spanned<String>>,
}

/// Policies in the words of the document, and Pail's own `private`.
#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Policy {
    Public,
    Authenticated,
    Owner,
    #[serde(alias = "rules")]
    Cel,
    Private,
}

/// A size: bytes, or a text such as `"100MB"` or `"none"`.
#[derive(Clone, Copy)]
struct Size(Limit);

/// A number, or `"none"`.
#[derive(Clone, Copy)]
struct Count(Limit);

impl Definition {
    /// The bucket's slug.
    pub fn key(&self) -> &str {
        self.says.key.as_ref()
    }

    /// What people call the bucket, if the file says that.
    pub fn title(&self) -> Option<&str> {
        self.says.display_name.as_ref().map(|name| name.as_ref().trim())
    }

    /// Who may do what, how long objects live.
    pub fn access(&self) -> Access {
        let source = |rule: &Option<Spanned<String>>| rule.as_ref().map(|rule| rule.as_ref().clone());
        Access {
            policy: self.says.access_policy.as_ref().map(|policy| (*policy.as_ref()).into()),
            rules: self.says.rules.as_ref().map(Spanned::as_ref).map(|rules| model::Rules {
                read: source(&rules.read),
                write: source(&rules.write),
                delete: source(&rules.delete),
            }),
            permalink: None,
            tier: self.says.ttl_tier.as_ref().map(|tier| (*tier.as_ref()).into()),
        }
    }

    /// What the bucket is for.
    pub fn category(&self) -> Option<model::Category> {
        self.says.category.as_ref().map(|category| (*category.as_ref()).into())
    }

    /// The limits with what the file says put in.
    pub fn limits_over(&self, limits: model::Limits) -> model::Limits {
        let says = &self.says;
        model::Limits {
            file_size_limit: says.max_file_size.as_ref().map_or(limits.file_size_limit, |it| it.as_ref().0.0),
            max_files: says.max_files.as_ref().map_or(limits.max_files, |it| it.as_ref().0.0),
            quota: limits.quota,
            allowed_mime_types: match &says.allowed_types {
                Some(types) => types.as_ref().clone(),
                None => limits.allowed_mime_types,
            },
        }
    }

    /// The bucket as it is made where there is none.
    pub fn new_bucket(&self) -> NewBucket {
        NewBucket {
            title: self.title().unwrap_or(self.key()).to_owned(),
            slug: Some(self.key().to_owned()),
            limits: self.limits_over(limits::for_blobs()),
            category: self.category(),
            access: self.access(),
            ..NewBucket::default()
        }
    }

    /// An error at one of the fields.
    pub fn refused(&self, field: &str, code: ErrorCode, why: String, advice: &str) -> Fault {
        Fault::of(&self.file, code, format!("{why}. {advice}")).at(&self.text, self.span(field))
    }

    /// Where the value of a field stands.
    fn span(&self, field: &str) -> Option<Range<usize>> {
        let says = &self.says;
        let rules = says.rules.as_ref().map(Spanned::as_ref);
        match field {
            "key" => Some(says.key.span()),
            "displayName" => says.display_name.as_ref().map(Spanned::span),
            "maxFileSize" => says.max_file_size.as_ref().map(Spanned::span),
            "maxFiles" => says.max_files.as_ref().map(Spanned::span),
            "allowedTypes" => says.allowed_types.as_ref().map(Spanned::span),
            "rules" => says.rules.as_ref().map(Spanned::span),
            "read" => rules?.read.as_ref().map(Spanned::span),
            "write" => rules?.write.as_ref().map(Spanned::span),
            "delete" => rules?.delete.as_ref().map(Spanned::span),
            _ => None,
        }
    }

    /// Refuses what no bucket can be, as the engine would.
    fn check(&self) -> Result<(), Fault> {
        let cel = self.says.access_policy.as_ref().is_some_and(|policy| *policy.as_ref() == Policy::Cel);
        if self.says.rules.is_some() && !cel {
            let why = "Rules hold with accessPolicy = \"cel\" only".to_owned();
            return Err(self.refused(
                "rules",
                ErrorCode::BadRequest,
                why,
                "Set that, or leave the rules out.",
            ));
        }
        self.new_bucket().check().map_err(|error| {
            let field = match error.code() {
                Code::InvalidSlug => "key",
                Code::InvalidTitle => "displayName",
                Code::InvalidType => "allowedTypes",
                Code::InvalidLimit => "maxFileSize",
                Code::InvalidRule => error.detail("rule").unwrap_or_default(),
                _ => "",
            };
            let fault = Fault::of(&self.file, error.code().into(), error.message());
            fault.at(&self.text, self.span(field))
        })
    }
}

/// Reads one file.
pub fn read(file: &Found) -> Result<Definition, Fault> {
    let unread = |error: std::io::Error| {
        Fault::of(file, ErrorCode::SourceUnreadable, format!("It cannot be read: {error}. Look at it."))
    };
    let mut bytes = Vec::new();
    File::open(&file.real).map_err(unread)?.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(unread)?;
    parse(file, bytes)
}

/// Reads what stands in it.
pub fn parse(file: &Found, bytes: Vec<u8>) -> Result<Definition, Fault> {
    if bytes.len() as u64 > MAX_BYTES {
        let most = words::limit(MAX_BYTES);
        let message = format!("It is over {most}, too long for the definition of a bucket. Shorten it.");
        return Err(Fault::of(file, ErrorCode::TooLarge, message));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = format!("Byte {at} is not UTF-8. Save it as UTF-8.");
        Fault::of(file, ErrorCode::BadRequest, message)
    })?;
    let whole: Whole = toml::from_str(&text).map_err(|error| {
        let message = format!("{}. Correct it and push again.", sentence(error.message()));
        Fault::of(file, ErrorCode::BadRequest, message).at(&text, error.span())
    })?;
    let definition = Definition { file: file.clone(), text, says: whole.blob_bucket };
    definition.check()?;
    Ok(definition)
}

/// The parser's words as the beginning of a sentence.
fn sentence(message: &str) -> String {
    let lines: Vec<&str> = message.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let words = lines.join(", ");
    let mut letters = words.trim_end_matches('.').chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

impl From<Policy> for model::Policy {
    fn from(policy: Policy) -> Self {
        match policy {
            Policy::Public => Self::Public,
            Policy::Authenticated => Self::Authenticated,
            Policy::Owner => Self::Owner,
            Policy::Cel => Self::Rules,
            Policy::Private => Self::Private,
        }
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Amount(size::bytes)).map(Self)
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Amount(size::count)).map(Self)
    }
}

/// Reads a limit from a number or a text.
struct Amount(fn(&str) -> Result<Limit, String>);

impl Visitor<'_> for Amount {
    type Value = Limit;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or a text")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Limit, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Limit, E> {
        (self.0)(text).map_err(E::custom)
    }
}
