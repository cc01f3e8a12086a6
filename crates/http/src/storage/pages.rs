//! Pages by number, with absolute links to their neighbours (E2).

use super::answer::Failure;
use super::asked::Site;
use super::query::Query;
use axum::http::StatusCode;

/// Entries of a page, unless the request says so, and the most of them.
const USUAL: u64 = 100;
const MOST: u64 = 1000;
/// More than any bucket holds.
const FAR: u64 = 1 << 40;

/// Which page, of how many entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    number: Number,
    size: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Number {
    Of(u64),
    Last,
}

/// A page that is there.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    number: u64,
    last: u64,
    /// Entries before it.
    pub offset: u64,
    /// The most entries on it.
    pub size: u64,
}

impl Wanted {
    /// `page` and `page_size` of a query.
    ///
    /// # Errors
    /// 404 for a page that is none, 400 for a size that is none. A size over 1,000 is taken for 1,000.
    pub fn read(query: &Query<'_>) -> Result<Self, Failure> {
        let number = match query.get("page") {
            None => Number::Of(1),
            Some("last") => Number::Last,
            Some(page) => Number::Of(digits(page).ok_or_else(invalid)?),
        };
        let size = match query.get("page_size") {
            None => USUAL,
            Some(size) => digits(size)
                .filter(|size| *size > 0)
                .ok_or_else(|| Failure::field("page_size", "A valid integer is required."))?
                .min(MOST),
        };
        Ok(Self { number, size })
    }

    /// The page among `count` entries. There is always a first one.
    ///
    /// # Errors
    /// 404 for one beyond the end.
    pub fn among(self, count: u64) -> Result<Found, Failure> {
        let last = count.div_ceil(self.size).max(1);
        let number = match self.number {
            Number::Of(number) if number == 0 || number > last => return Err(invalid()),
            Number::Of(number) => number,
            Number::Last => last,
        };
        Ok(Found { number, last, offset: (number - 1) * self.size, size: self.size })
    }

    /// Entries before the page and the most on it, where it is not known yet how many there are.
    pub fn guess(self) -> (u64, u32) {
        let before = match self.number {
            Number::Of(number) => number.saturating_sub(1).saturating_mul(self.size).min(FAR),
            Number::Last => 0,
        };
        (before, u32::try_from(self.size).unwrap_or(u32::MAX))
    }
}

impl Found {
    /// Addresses of the next page and of the one before.
    pub fn links(&self, site: &Site, path: &str, query: &Query<'_>) -> (Option<String>, Option<String>) {
        let address = |page: u64| {
            let query = query.of_page(page);
            let mark = if query.is_empty() { "" } else { "?" };
            format!("{}{path}{mark}{query}", site.origin)
        };
        let next = (self.number < self.last).then(|| address(self.number + 1));
        let previous = (self.number > 1).then(|| address(self.number - 1));
        (next, previous)
    }
}

fn digits(text: &str) -> Option<u64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn invalid() -> Failure {
    Failure::detail(StatusCode::NOT_FOUND, "Invalid page.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_begin_at_one_and_end_with_the_entries() {
        for (query, count, offset) in [
            ("", 0, Some(0)),
            ("page=1", 0, Some(0)),
            ("page=2", 0, None),
            ("page=0", 5, None),
            ("page=-1", 5, None),
            ("page=x", 5, None),
            ("page=99999999999999999999", 5, None),
            ("page=2&page_size=2", 5, Some(2)),
            ("page=3&page_size=2", 5, Some(4)),
            ("page=4&page_size=2", 5, None),
            ("page=last&page_size=2", 5, Some(4)),
            ("page_size=100000", 5, Some(0)),
            ("page_size=0", 5, None),
            ("page_size=x", 5, None),
        ] {
            let found = Wanted::read(&Query::of(Some(query))).and_then(|wanted| wanted.among(count));
            assert_eq!(found.ok().map(|found| found.offset), offset, "{query} of {count}");
        }
    }
}
