//! The name a browser saves a file under (RFC 6266).

use crate::Links;

#[test]
fn a_download_is_saved_under_the_name_the_file_came_with() {
    let links = Links::new();
    for (name, header) in [
        ("plain.txt", "filename=\"plain.txt\""),
        ("Two words.txt", "filename=\"Two words.txt\""),
        ("Résumé.txt", "filename*=UTF-8''R%C3%A9sum%C3%A9.txt"),
        ("日本.txt", "filename*=UTF-8''%E6%97%A5%E6%9C%AC.txt"),
        ("100% \"sure\".txt", "filename*=UTF-8''100%25%20%22sure%22.txt"),
        ("semi;colon.txt", "filename=\"semi;colon.txt\""),
    ] {
        let path = links.put(name, "words");
        for query in ["?download=1", "?download=true", "?download", "?download="] {
            let answer = links.get(&format!("{path}{query}"));
            let said = answer.header("content-disposition");
            assert!(said.starts_with("attachment; filename=\""), "{name}{query}: {said}");
            assert!(said.contains(header), "{name}{query}: {said}");
            assert_eq!(answer.text(), "words", "{name}{query}");
        }
        let shown = links.get(&path);
        assert!(shown.header("content-disposition").starts_with("inline"), "{shown:?}");
    }
}

#[test]
fn a_download_is_saved_under_the_name_that_is_asked_for() {
    let links = Links::new();
    let path = links.put("a.txt", "words");
    for (query, header) in [
        ("?download=other.txt", "filename=\"other.txt\""),
        ("?download=two%20words.txt", "filename=\"two words.txt\""),
        ("?download=two+words.txt", "filename=\"two words.txt\""),
        ("?download=%C3%89t%C3%A9.txt", "filename*=UTF-8''%C3%89t%C3%A9.txt"),
        ("?download=a%22b.txt", "filename*=UTF-8''a%22b.txt"),
        ("?download=a%5Cb.txt", "filename=\"b.txt\""),
        ("?download=..%2F..%2Fetc%2Fpasswd", "filename=\"passwd\""),
        ("?download=a%0D%0ASet-Cookie:%20x=1.txt", "filename=\"aSet-Cookie: x=1.txt\""),
        ("?download=%00.txt", "filename=\".txt\""),
        ("?x=1&download=b.txt", "filename=\"b.txt\""),
    ] {
        let answer = links.get(&format!("{path}{query}"));
        let said = answer.header("content-disposition");
        assert!(said.starts_with("attachment; filename=\""), "{query}: {said}");
        assert!(said.contains(header), "{query}: {said}");
        assert_eq!(answer.header("set-cookie"), "", "{query}");
        assert_eq!((answer.status, answer.text().as_str()), (200, "words"), "{query}");
    }
}

#[test]
fn a_name_that_nothing_is_left_of_falls_back() {
    let links = Links::new();
    let path = links.put("a.txt", "words");
    for query in ["?download=%0D%0A", "?download=%2F"] {
        let answer = links.get(&format!("{path}{query}"));
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"a.txt\"", "{query}");
    }
    assert!(links.get(&format!("{path}?other=1")).header("content-disposition").starts_with("inline"));
}
