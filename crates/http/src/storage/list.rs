//! All buckets: searched, filtered, ordered, by pages (E2).

use super::Answer;
use super::answer::{Detail, Failure, Invalid, json};
use super::asked::Asked;
use super::at::At;
use super::model::{self, Bucket, Buckets};
use super::pages::Wanted;
use super::query::Query;
use crate::door::Face;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use engine::model::{BucketOrder, Category, Visibility};
use std::cmp::Ordering;

/// List buckets
#[utoipa::path(
    get, path = "/api/apps/{app}/storage/buckets/", tag = "storage buckets", operation_id = "storage_bucket_list",
    params(
        ("app" = String, Path, description = "Slug of the workspace"),
        ("search" = Option<String>, Query, description = "Words that name or slug contain, all of them"),
        ("ordering" = Option<String>, Query,
            description = "Fields between commas, `-` before one for descending; what is no field is ignored"),
        ("visibility" = Option<model::StorageVisibility>, Query, description = "Only those"),
        ("app_category" = Option<model::StorageCategory>, Query, description = "Only those"),
        ("page" = Option<String>, Query, description = "From 1 on, or `last`"),
        ("page_size" = Option<u64>, Query, minimum = 1, description = "100 if nothing is said, 1000 at most"),
    ),
    responses(
        (status = 200, description = "A page of them", body = Buckets),
        (status = 400, description = "A parameter cannot be", body = Invalid),
        (status = 401, description = "No key, or no living one", body = Detail),
        (status = 404, description = "No such app, or no such page", body = Detail),
        (status = 429, description = "The key asks too often", body = Detail),
    ),
    security(("key" = []), ("bearer" = [])),
)]
pub async fn list(State(face): State<Face>, At(app): At<String>, uri: Uri, headers: HeaderMap) -> Answer {
    let asked = Asked::user(&face, &headers, app).await?;
    let query = Query::of(uri.query());
    let wanted = Wanted::read(&query)?;
    let visibility = filter(&query, "visibility", Visibility::named)?;
    let category = filter(&query, "app_category", Category::named)?;
    let caller = asked.caller;
    let (buckets, numbers) = face
        .run(move |engine| {
            Ok((engine.bucket_list(&caller, "", BucketOrder::Created, false)?, engine.user_numbers()?))
        })
        .await?;
    let mut found: Vec<Bucket> = buckets
        .into_iter()
        .filter(|bucket| category.is_none_or(|category| bucket.category == category))
        .filter(|bucket| visibility.is_none_or(|wanted| model::visibility(bucket.policy) == wanted))
        .filter(|bucket| searched(&bucket.title, &bucket.slug, query.get("search").unwrap_or_default()))
        .map(|bucket| Bucket::of(bucket, &numbers))
        .collect();
    found.sort_by_key(|bucket| bucket.id);
    // The least important first: each sort keeps the order of what is equal.
    for field in query.get("ordering").unwrap_or_default().split(',').rev() {
        order(&mut found, field.trim());
    }
    let count = found.len() as u64;
    let page = wanted.among(count)?;
    let (next, previous) = page.links(&asked.site, uri.path(), &query);
    let on_page = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let results = found.into_iter().skip(on_page(page.offset)).take(on_page(page.size)).collect();
    Ok(json(StatusCode::OK, &Buckets { count, next, previous, results }))
}

/// A parameter that is one of some names.
fn filter<T>(query: &Query<'_>, name: &str, named: fn(&str) -> Option<T>) -> Result<Option<T>, Failure> {
    let Some(word) = query.get(name) else { return Ok(None) };
    named(word).map(Some).ok_or_else(|| {
        let words = format!("Select a valid choice. {word} is not one of the available choices.");
        Failure::field(name, words)
    })
}

/// Whether name or slug contain each of the words, in any case.
fn searched(name: &str, slug: &str, words: &str) -> bool {
    let name = name.to_lowercase();
    let mut words = words.split([' ', ',']).filter(|word| !word.is_empty()).map(str::to_lowercase);
    words.all(|word| name.contains(&word) || slug.contains(&word))
}

fn order(buckets: &mut [Bucket], field: &str) {
    let (field, descending) = field.strip_prefix('-').map_or((field, false), |field| (field, true));
    let by: fn(&Bucket, &Bucket) -> Ordering = match field {
        "id" => |a, b| a.id.cmp(&b.id),
        "name" => |a, b| a.name.to_lowercase().cmp(&b.name.to_lowercase()),
        "slug" => |a, b| a.slug.cmp(&b.slug),
        "visibility" => |a, b| a.visibility.cmp(b.visibility),
        "file_size_limit" => |a, b| a.file_size_limit.cmp(&b.file_size_limit),
        "app_category" => |a, b| a.app_category.cmp(b.app_category),
        "object_count" => |a, b| a.object_count.cmp(&b.object_count),
        // Numbers of rows rise with the time, also within a second.
        "created_at" => |a, b| a.created_at.cmp(&b.created_at).then(a.id.cmp(&b.id)),
        "updated_at" => |a, b| a.updated_at.cmp(&b.updated_at),
        _ => return,
    };
    buckets.sort_by(|a, b| if descending { by(b, a) } else { by(a, b) });
}
