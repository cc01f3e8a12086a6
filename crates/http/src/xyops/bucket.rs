//! Methods on buckets.

use super::answer::{Failure, Fields};
use super::model::{Bucket, Length};
use super::params::Params;
use super::{Answered, asked, files};
use crate::door::Face;
use axum::extract::Request;
use engine::model::{BucketOrder, Privilege};
use engine::{BucketChanges, Code, DEFAULT_ICON, Error, NewBucket};

/// `get_buckets`
pub async fn list(face: &Face, request: Request) -> Answered {
    let (caller, _) = asked(face, request).await?;
    let buckets = face.run(move |engine| engine.bucket_list(&caller, "", BucketOrder::Title, false)).await?;
    let rows: Vec<Bucket> = buckets.into_iter().map(Into::into).collect();
    Ok(Fields::none().with("rows", &rows).with("list", &Length { length: rows.len() }))
}

/// `get_bucket`
pub async fn get(face: &Face, request: Request) -> Answered {
    let (caller, params) = asked(face, request).await?;
    let id = params.bucket()?;
    let named = id.clone();
    let (bucket, data, files) = face
        .run(move |engine| {
            let bucket = engine.bucket_show(&caller, &named)?;
            let data = engine.data_show(&caller, &named)?;
            let files = files::all(engine, &caller, &named)?;
            Ok((bucket, data, files))
        })
        .await
        .map_err(|error| match error.code() {
            Code::BucketNotFound | Code::InTrash => {
                Failure::new("notfound", format!("Bucket not found: {id}"))
            }
            _ => error.into(),
        })?;
    Ok(Fields::none().with("bucket", &Bucket::from(bucket)).raw("data", &data.text).with("files", &files))
}

/// `create_bucket`
pub async fn create(face: &Face, request: Request) -> Answered {
    let (caller, params) = asked(face, request).await?;
    caller.need(Privilege::CreateBuckets)?;
    let params = params.without_query();
    let id = params.text("id")?.map(|_| params.bucket()).transpose()?;
    let new = NewBucket {
        title: title(params.needed("title")?)?,
        icon: params.text("icon")?.filter(|icon| !icon.is_empty()),
        notes: params.text("notes")?.map(|notes| without_tags(&notes)),
        enabled: params.flag("enabled")?,
        data: params.json("data"),
        id: id.clone(),
        ..NewBucket::default()
    };
    let made = face.run(move |engine| engine.bucket_create(&caller, new)).await;
    let bucket = made.map_err(|error| settings_failure(error, id.as_deref().unwrap_or_default()))?;
    Ok(Fields::none().with("bucket", &Bucket::from(bucket)))
}

/// `update_bucket`
pub async fn update(face: &Face, request: Request) -> Answered {
    let (caller, params) = asked(face, request).await?;
    caller.need(Privilege::EditBuckets)?;
    let params = params.without_query();
    let id = params.bucket()?;
    let icon = params.text("icon")?.map(|icon| if icon.is_empty() { DEFAULT_ICON.to_owned() } else { icon });
    let changes = BucketChanges {
        title: params.text("title")?.map(title).transpose()?,
        icon,
        notes: params.text("notes")?.map(|notes| without_tags(&notes)),
        enabled: params.flag("enabled")?,
        data: params.json("data"),
        ..BucketChanges::default()
    };
    let named = id.clone();
    face.run(move |engine| engine.bucket_update(&caller, &named, changes))
        .await
        .map_err(|error| settings_failure(error, &id))?;
    Ok(Fields::none())
}

/// `delete_bucket`
pub async fn delete(face: &Face, request: Request) -> Answered {
    let (caller, params) = asked(face, request).await?;
    caller.need(Privilege::DeleteBuckets)?;
    let id = params.without_query().bucket()?;
    let named = id.clone();
    face.run(move |engine| engine.bucket_erase(&caller, &named))
        .await
        .map_err(|error| failure(error, &id))?;
    Ok(Fields::none())
}

/// A refusal of what concerns a bucket of that id.
pub fn failure(error: Error, id: &str) -> Failure {
    match error.code() {
        Code::BucketNotFound | Code::InTrash => Failure::new("bucket", format!("Bucket not found: {id}")),
        _ => error.into(),
    }
}

fn settings_failure(error: Error, id: &str) -> Failure {
    match error.code() {
        Code::IdTaken => Failure::new("bucket", format!("That Bucket ID already exists: {id}")),
        Code::InvalidTitle => Failure::malformed("title"),
        Code::InvalidIcon => Failure::malformed("icon"),
        Code::InvalidId => Failure::malformed("id"),
        _ => failure(error, id),
    }
}

/// A title: no `<` and no `>`.
fn title(title: String) -> Result<String, Failure> {
    if title.contains(['<', '>']) { Err(Failure::malformed("title")) } else { Ok(title) }
}

/// Notes without what looks like a tag: `<`, something in the same line, `>`.
fn without_tags(notes: &str) -> String {
    let mut kept = String::with_capacity(notes.len());
    let mut rest = notes;
    while let Some(begin) = rest.find('<') {
        let inner = &rest[begin + 1..];
        let line = inner.split('\n').next().unwrap_or_default();
        let first = line.chars().next().map_or(0, char::len_utf8);
        let end = line[first..].find('>').map(|end| first + end);
        kept.push_str(&rest[..begin]);
        rest = match end {
            Some(end) => &inner[end + 1..],
            None => {
                kept.push('<');
                inner
            }
        };
    }
    kept + rest
}

impl Params {
    /// The id of the bucket, in whichever of its two fields.
    pub fn bucket_of_form(&self) -> Result<Option<String>, Failure> {
        if self.text("id")?.is_none() {
            return self.text("bucket");
        }
        self.bucket().map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_lose_their_tags_and_nothing_else() {
        for (notes, kept) in [
            ("plain", "plain"),
            ("a <b>bold</b> word", "a bold word"),
            ("<script>alert(1)</script>", "alert(1)"),
            ("1 < 2", "1 < 2"),
            ("1 < 2 and 3 > 2", "1  2"),
            ("<>", "<>"),
            ("<é>x", "x"),
            ("<a\n>", "<a\n>"),
            ("<<b>>", ">"),
            ("<", "<"),
            ("<\n<b>", "<\n"),
        ] {
            assert_eq!(without_tags(notes), kept, "{notes:?}");
        }
    }
}
