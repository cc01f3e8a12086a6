//! A manifest that was read becomes what is to be made, or is refused. Pure: it looks at nothing but the manifest.

use super::archive::invalid;
use super::manifest::{self, Manifest, Packed};
use super::{data_entry, file_entry};
use crate::model::{Category, Limits, Permalink, Policy, Rules, Tier, Visibility};
use crate::ops::bucket::check_id;
use crate::ops::object::{Facts, check_metadata};
use crate::rules::json;
use crate::{Access, NewBucket, Result, rules};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A bucket to be made.
pub struct Plan {
    pub new: NewBucket,
    pub uuid: String,
    pub data: Expected,
    pub files: Vec<File>,
}

/// An object to be made.
pub struct File {
    pub id: String,
    pub folder: String,
    pub original_folder: String,
    pub name: String,
    pub original_name: String,
    pub content: Expected,
    pub facts: Facts,
}

/// An entry that is to be in the archive.
pub struct Expected {
    pub size: u64,
    pub hash: [u8; 32],
}

/// What an entry stands for.
#[derive(Debug, Clone, Copy)]
pub enum Part {
    /// The document of a bucket, by its place among the plans.
    Data(usize),
    /// A file of it.
    File(usize, usize),
}

/// Everything that the archive says it holds.
pub struct Plans {
    pub buckets: Vec<Plan>,
    /// By name of the entry.
    pub parts: HashMap<String, Part>,
    pub files: u64,
    /// Bytes of files.
    pub bytes: u64,
}

/// Checks a manifest: every word of it, and that nothing stands twice.
///
/// # Errors
/// `invalid_archive`, and what [`NewBucket::check`] refuses.
pub fn examine(manifest: Manifest) -> Result<Plans> {
    let mut once = Once::default();
    let mut plans = Plans { buckets: Vec::new(), parts: HashMap::new(), files: 0, bytes: 0 };
    for bucket in manifest.buckets {
        let at = plans.buckets.len();
        let slug = bucket.slug.clone();
        for (what, value) in [("slug", &slug), ("id", &bucket.id), ("uuid", &bucket.uuid)] {
            once.take(what, value)?;
        }
        let (plan, keys) = plan(bucket, &mut once)?;
        plans.parts.insert(data_entry(&slug), Part::Data(at));
        for (number, (file, key)) in plan.files.iter().zip(keys).enumerate() {
            // A key stands once in its bucket.
            if plans.parts.insert(file_entry(&slug, &key), Part::File(at, number)).is_some() {
                return Err(invalid(format!("The key “{key}” is there twice")));
            }
            plans.files += 1;
            plans.bytes = plans
                .bytes
                .checked_add(file.content.size)
                .ok_or_else(|| invalid("Its files are larger than any disk"))?;
        }
        plans.buckets.push(plan);
    }
    Ok(plans)
}

/// Ids and slugs that stand for one thing only.
#[derive(Default)]
struct Once(HashSet<(&'static str, String)>);

impl Once {
    fn take(&mut self, what: &'static str, value: &str) -> Result<()> {
        if self.0.insert((what, value.to_owned())) {
            return Ok(());
        }
        Err(invalid(format!("The {what} “{value}” is there twice")))
    }
}

fn plan(bucket: manifest::Bucket, once: &mut Once) -> Result<(Plan, Vec<String>)> {
    let of = |what: &str, word: &str| invalid(format!("“{word}” is no {what} that this Pail knows"));
    let new = NewBucket {
        access: Access {
            policy: Some(Policy::named(&bucket.policy).ok_or_else(|| of("policy", &bucket.policy))?),
            rules: Some(Rules {
                read: bucket.rules.read,
                write: bucket.rules.write,
                delete: bucket.rules.delete,
            }),
            permalink: Some(
                Permalink::named(&bucket.permalink).ok_or_else(|| of("permalink", &bucket.permalink))?,
            ),
            tier: Some(Tier::named(&bucket.tier).ok_or_else(|| of("tier", &bucket.tier))?),
        },
        category: Some(Category::named(&bucket.category).ok_or_else(|| of("category", &bucket.category))?),
        title: bucket.title,
        icon: Some(bucket.icon),
        notes: Some(bucket.notes),
        enabled: Some(bucket.enabled),
        limits: Limits {
            file_size_limit: bucket.limits.file_size_limit,
            max_files: bucket.limits.max_files,
            quota: bucket.limits.quota,
            allowed_mime_types: bucket.limits.allowed_mime_types,
        },
        id: Some(bucket.id),
        slug: Some(bucket.slug),
        data: None,
    };
    new.check().map_err(|error| invalid(error.message()).with("cause", error.message()))?;
    if !uuid::Uuid::try_parse(&bucket.uuid).is_ok_and(|uuid| uuid.to_string() == bucket.uuid) {
        return Err(invalid(format!("“{}” is no UUID", bucket.uuid)));
    }
    let data = expected(bucket.data.size, &bucket.data.blake3)?;
    if data.size > json::MAX_BYTES as u64 {
        return Err(invalid(format!("The data of “{}” is too long", new.title)));
    }
    let mut files = Vec::with_capacity(bucket.objects.len());
    let mut keys = Vec::with_capacity(bucket.objects.len());
    for object in bucket.objects {
        once.take("id", &object.id)?;
        keys.push(object.key.clone());
        files.push(file(object, &bucket.folders)?);
    }
    Ok((Plan { new, uuid: bucket.uuid, data, files }, keys))
}

fn file(object: Packed, folders: &BTreeMap<String, String>) -> Result<File> {
    let refused = |why: &str| invalid(format!("The key “{}” {why}", shortened(&object.key)));
    check_id(&object.id).map_err(|_| refused("belongs to something with no proper id"))?;
    let (folder, name) = rules::name::key(&object.key).map_err(|_| refused("can be none"))?;
    if crate::model::join(&folder, &name) != object.key {
        return Err(refused("can be none"));
    }
    let original_name = rules::name::original(&object.original_name);
    if rules::name::normalise(&original_name).is_err() {
        return Err(refused("has no name that people see"));
    }
    let metadata = object.metadata.get().to_owned();
    check_metadata(&metadata).map_err(|_| refused("has metadata that can be none"))?;
    let visibility = match object.visibility.as_deref() {
        None => None,
        Some(word) => {
            Some(Visibility::named(word).ok_or_else(|| refused("has a visibility that can be none"))?)
        }
    };
    Ok(File {
        original_folder: original_folder(&folder, folders),
        content: expected(object.size, &object.blake3)?,
        facts: Facts { metadata: Some(metadata), visibility: Some(visibility) },
        id: object.id,
        folder,
        name,
        original_name,
    })
}

/// What the person's folders are called, as deep as `folder`.
fn original_folder(folder: &str, names: &BTreeMap<String, String>) -> String {
    let mut path = String::new();
    let mut originals = Vec::new();
    for segment in folder.split('/').filter(|segment| !segment.is_empty()) {
        if !path.is_empty() {
            path.push('/');
        }
        path.push_str(segment);
        let original = names.get(&path).map(|name| rules::name::original(name));
        originals.push(original.filter(|name| !name.is_empty()).unwrap_or_else(|| segment.to_owned()));
    }
    originals.join("/")
}

fn expected(size: u64, blake3: &str) -> Result<Expected> {
    let hash = blake3::Hash::from_hex(blake3).map_err(|_| invalid("One of its hashes can be none"))?;
    Ok(Expected { size, hash: *hash.as_bytes() })
}

fn shortened(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(120).collect()
}
