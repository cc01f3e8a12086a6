//! Wrong links, and paths that try to lead elsewhere: all of them lead nowhere.

use crate::Links;

#[test]
fn a_wrong_bucket_token_or_route_leads_nowhere() {
    let links = Links::new();
    let other = links.home.bucket("Other");
    let path = links.put("a.txt", "words");
    let parts: Vec<_> = path.split('/').collect();
    let [_, _, _, bucket, token, name] = parts[..] else { panic!("{path}") };
    let short = &token[..token.len() - 1];
    let upper = token.to_uppercase();
    for wrong in [
        format!("/files/bucket/{other}/{token}/{name}"),
        format!("/files/bucket/kit/{token}/{name}"),
        format!("/files/bucket/{bucket}/{short}/{name}"),
        format!("/files/bucket/{bucket}/{short}_/{name}"),
        format!("/files/bucket/{bucket}/{upper}/{name}"),
        format!("/files/bucket/{bucket}/%25/{name}"),
        format!("/files/bucket/{bucket}/{name}"),
        format!("/files/bucket/{bucket}/{token}"),
        format!("/files/bucket/{bucket}/{token}/"),
        format!("/files/bucket/{bucket}/{token}/{name}/"),
        format!("/files/bucket/{bucket}/{token}/x/{name}"),
        format!("/FILES/bucket/{bucket}/{token}/{name}"),
        format!("//files/bucket/{bucket}/{token}/{name}"),
        "/".to_owned(),
        "/files".to_owned(),
        "/pail.db".to_owned(),
        "/favicon.ico".to_owned(),
    ] {
        let answer = links.get(&wrong);
        assert_eq!(answer.status, 404, "{wrong}");
        assert!(!answer.text().contains("words"), "{wrong}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{wrong}");
    }
}

#[test]
fn what_is_wrong_about_a_link_is_not_told_apart() {
    let links = Links::new();
    let other = links.home.bucket("Other");
    let path = links.put("a.txt", "words");
    let parts: Vec<_> = path.split('/').collect();
    let no_bucket = links.get(&format!("/files/bucket/{other}/{}/a.txt", parts[4]));
    let no_token = links.get(&format!("/files/bucket/{}/{}/a.txt", parts[3], "A".repeat(22)));
    assert_eq!(no_bucket.text(), no_token.text());
    assert_eq!(no_bucket.steady_headers(), no_token.steady_headers());
}

#[test]
fn paths_that_climb_lead_nowhere() {
    let links = Links::new();
    let path = links.put("a.txt", "words");
    let base = path.strip_suffix("/a.txt").unwrap();
    for tail in [
        "/../../../../pail.db",
        "/..%2f..%2f..%2fpail.db",
        "/%2e%2e/%2e%2e/%2e%2e/pail.db",
        "/%2e%2e%2f%2e%2e%2fpail.db",
        "/..%5c..%5cpail.db",
        "/%252e%252e%252fpail.db",
        "/a.txt%00.png",
        "/%00",
        "/a.txt%2f..%2f..%2fpail.db",
        "/%c0%ae%c0%ae/pail.db",
    ] {
        let answer = links.get(&format!("{base}{tail}"));
        // A name that is not the file's only ever leads to the file itself.
        let harmless =
            [400, 404].contains(&answer.status) || answer.status == 302 && answer.header("location") == path;
        assert!(harmless, "{tail}: {} {}", answer.status, answer.header("location"));
        assert!(!answer.text().contains("SQLite"), "{tail}");
    }
}

#[test]
fn an_overlong_path_is_refused_and_the_server_goes_on() {
    let links = Links::new();
    let path = links.put("a.txt", "words");
    let base = path.strip_suffix("/a.txt").unwrap();
    let answer = links.get(&format!("{base}/{}", "x".repeat(8000)));
    assert!([302, 404, 414].contains(&answer.status), "{}", answer.status);
    let answer = links.get_with(&path, &[&format!("X-Long: {}", "x".repeat(20_000))]);
    assert!([200, 431].contains(&answer.status), "{}", answer.status);
    assert_eq!(links.get(&path).text(), "words");
}
