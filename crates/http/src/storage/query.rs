//! The query of a list: parameters by name, and the same query for another page.

use percent_encoding::percent_decode_str;

/// The parameters of a query, in their order.
pub struct Query<'a> {
    pairs: Vec<Pair<'a>>,
}

struct Pair<'a> {
    raw: &'a str,
    name: String,
    value: String,
}

impl<'a> Query<'a> {
    /// Takes a query apart.
    pub fn of(query: Option<&'a str>) -> Self {
        let pairs = query.unwrap_or_default().split('&').filter(|raw| !raw.is_empty()).map(|raw| {
            let (name, value) = raw.split_once('=').unwrap_or((raw, ""));
            Pair { raw, name: decoded(name), value: decoded(value) }
        });
        Self { pairs: pairs.collect() }
    }

    /// A parameter; of several the last, and an empty one is none.
    pub fn get(&self, name: &str) -> Option<&str> {
        let pair = self.pairs.iter().rev().find(|pair| pair.name == name)?;
        Some(pair.value.as_str()).filter(|value| !value.is_empty())
    }

    /// The query of another page. The first needs no number.
    pub fn of_page(&self, page: u64) -> String {
        let kept = self.pairs.iter().filter(|pair| pair.name != "page").map(|pair| pair.raw.to_owned());
        let number = (page > 1).then(|| format!("page={page}"));
        kept.chain(number).collect::<Vec<_>>().join("&")
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_page_keeps_the_other_parameters_to_the_letter() {
        let query = Query::of(Some("search=a+b%26c&page=2&&page_size=5&x"));
        assert_eq!(query.get("search"), Some("a b&c"));
        assert_eq!((query.get("page"), query.get("x"), query.get("y")), (Some("2"), None, None));
        assert_eq!(query.of_page(3), "search=a+b%26c&page_size=5&x&page=3");
        assert_eq!(query.of_page(1), "search=a+b%26c&page_size=5&x");
        assert_eq!(Query::of(None).of_page(1), "");
    }
}
