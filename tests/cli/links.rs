//! Signed links: made, listed, revoked, signed anew.

use acceptance::Home;
use serde_json::Value;

fn with_file() -> Home {
    let home = Home::new();
    home.bucket("Kit");
    home.put("kit", "Logo sheet.svg", "<svg/>");
    home
}

fn links(home: &Home) -> Vec<Value> {
    home.json(["link", "list", "kit", "logo_sheet.svg"]).as_array().unwrap().clone()
}

#[test]
fn a_signed_link_is_printed_alone_and_lives_an_hour() {
    let home = with_file();
    let url = home.run(["link", "sign", "kit", "Logo sheet.svg"]).done();
    assert!(url.starts_with("http://127.0.0.1:7245/files/bucket/b") && url.ends_with('\n'), "{url}");
    assert!(url.contains("signature=") && !url.contains("download="), "{url}");
    let listed = &links(&home)[0];
    assert_eq!(listed["url"], url.trim_end());
    let lives = listed["expires"].as_i64().unwrap() - listed["created"].as_i64().unwrap();
    // It ends with a whole second.
    assert!((3_599_000..=3_600_000).contains(&lives), "{listed}");
}

#[test]
fn a_life_is_written_as_seconds_or_with_a_unit() {
    let home = with_file();
    for (written, seconds) in [("90", 90), ("15m", 900), ("1h", 3600), ("7d", 604_800)] {
        let link = home.json(["link", "sign", "kit", "logo_sheet.svg", "--expires", written]);
        let lives = link["expires"].as_i64().unwrap() - link["created"].as_i64().unwrap();
        assert!((seconds * 1000 - 1000..=seconds * 1000).contains(&lives), "{written}: {link}");
    }
    for written in ["8d", "604801"] {
        let error = home.error(["link", "sign", "kit", "logo_sheet.svg", "--expires", written]);
        assert_eq!(error["code"], "invalid_limit", "{written}");
        assert!(error["message"].as_str().unwrap().contains("7 days"), "{error}");
    }
    for written in ["0", "-1", "1y", "soon", ""] {
        let option = format!("--expires={written}");
        assert_eq!(home.run(["link", "sign", "kit", "logo_sheet.svg", &option]).code, Some(2), "{written}");
    }
}

#[test]
fn a_link_may_offer_a_download_under_a_name() {
    let home = with_file();
    let sign = |download: &[&str]| {
        home.json([&["link", "sign", "kit", "logo_sheet.svg"], download].concat())["download"].clone()
    };
    assert_eq!(sign(&[]), Value::Null);
    assert_eq!(sign(&["--download"]), "Logo sheet.svg");
    assert_eq!(sign(&["--download", "Été.svg"]), "Été.svg");
}

#[test]
fn a_revoked_link_says_so_and_others_stay() {
    let home = with_file();
    let [one, two] = ["1h", "2h"]
        .map(|life| home.json(["link", "sign", "kit", "logo_sheet.svg", "--expires", life])["id"].clone());
    home.run(["link", "revoke", one.as_str().unwrap()]).done();
    for link in links(&home) {
        assert_eq!(link["revoked"].is_null(), link["id"] == two, "{link}");
    }
    let table = home.run(["link", "list", "kit", "logo_sheet.svg"]).done();
    assert_eq!(table.matches("  revoked  ").count(), 1, "{table}");
    assert_eq!(home.error(["link", "revoke", "nothing"])["code"], "link_not_found");
}

#[test]
fn links_are_signed_anew_and_the_former_end_if_asked() {
    let home = with_file();
    let key = |link: &Value| {
        let url = link["url"].as_str().unwrap();
        url.split("key=").nth(1).unwrap().split('&').next().unwrap().to_owned()
    };
    let sign = || key(&home.json(["link", "sign", "kit", "logo_sheet.svg"]));
    let first = sign();
    assert_eq!(sign(), first);
    let told = home.run(["link", "rotate"]).done();
    assert!(told.contains("answer until they end"), "{told}");
    assert_ne!(sign(), first);
    let told = home.run(["link", "rotate", "--revoke"]).done();
    assert!(told.contains("answer no more"), "{told}");
}

#[test]
fn what_is_not_there_gets_no_link() {
    let home = with_file();
    assert_eq!(home.error(["link", "sign", "none", "a.txt"])["code"], "bucket_not_found");
    assert_eq!(home.error(["link", "sign", "kit", "a.txt"])["code"], "object_not_found");
    assert_eq!(home.error(["link", "list", "kit", "a.txt"])["code"], "object_not_found");
    home.run(["file", "delete", "kit", "logo_sheet.svg"]).done();
    assert_eq!(home.error(["link", "sign", "kit", "logo_sheet.svg"])["code"], "object_not_found");
}
