//! Names of files and folders, from the file system to the bucket and back.

use acceptance::Home;

#[test]
fn names_are_normalised_and_the_original_is_kept() {
    let home = Home::new();
    home.bucket("Names");
    for (original, stored) in [
        ("Résumé (Final) 2025.PDF", "r_sum_final_2025.pdf"),
        ("日本語.txt", "_.txt"),
        ("NOEXT", "noext"),
        (".gitignore", ".gitignore"),
        ("con", "_con"),
        ("nul.txt", "_nul.txt"),
        ("tab\there.txt", "tab_here.txt"),
        ("a'b\"c;d.txt", "a_b_c_d.txt"),
        ("-rf", "-rf"),
        ("...", "..."),
    ] {
        let object = home.put("names", original, "x");
        assert_eq!(object["key"], stored, "{original:?}");
        let shown = original.replace('\t', "");
        assert_eq!(object["originalName"], shown, "{original:?}");
    }
}

#[test]
fn a_long_name_keeps_its_extension() {
    let home = Home::new();
    home.bucket("Names");
    let object = home.put("names", &format!("{}.jpeg", "É".repeat(120)), "x");
    assert_eq!(object["key"], "_.jpeg");
    let object = home.put("names", &format!("{}.jpeg", "x".repeat(250)), "x");
    assert_eq!(object["name"].as_str().unwrap().len(), 255);
}

#[test]
fn dropped_folders_keep_their_paths() {
    let home = Home::new();
    home.bucket("Names");
    home.source("Social crops/Été 2026/Mug.PNG", "a");
    home.source("Social crops/deep/er/x.txt", "b");
    let folder = home.sources().join("Social crops");
    let put = ["file", "put", "names", folder.to_str().unwrap(), "--into", "Brand Kit/2026"];
    home.run(put).done();
    assert_eq!(
        home.keys("names"),
        ["brand_kit/2026/social_crops/_t_2026/mug.png", "brand_kit/2026/social_crops/deep/er/x.txt"]
    );
    let page = home.json(["file", "list", "names", "--folder", "brand kit/2026/Social crops"]);
    assert_eq!(page["folders"][0]["originalName"], "Été 2026");
    assert_eq!(page["objects"].as_array().unwrap().len(), 0);
}

#[test]
fn a_folder_that_leads_out_is_refused() {
    let home = Home::new();
    home.bucket("Names");
    let file = home.source("a.txt", "a");
    let error = home.error(["file", "put", "names", file.to_str().unwrap(), "--into", "../secret"]);
    assert_eq!(error["code"], "invalid_name");
    assert!(home.keys("names").is_empty());
}

#[test]
fn a_file_is_found_by_its_key_and_by_the_name_it_came_with() {
    let home = Home::new();
    home.bucket("Names");
    home.put("names", "Logo sheet (new).svg", "<svg/>");
    for typed in
        ["logo_sheet_new_.svg", "Logo sheet (new).svg", "LOGO SHEET (NEW).SVG", "/logo_sheet_new_.svg"]
    {
        assert_eq!(home.run(["file", "get", "names", typed]).done(), "<svg/>", "{typed}");
    }
    for typed in ["logo.svg", "x/logo_sheet_new_.svg"] {
        assert_eq!(home.error(["file", "link", "names", typed])["code"], "object_not_found", "{typed}");
    }
    for typed in ["", "..", "a/.."] {
        assert_eq!(home.error(["file", "link", "names", typed])["code"], "invalid_name", "{typed}");
    }
}

#[test]
fn a_file_name_that_is_no_text_comes_in() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let home = Home::new();
    home.bucket("Names");
    let path = home.sources().join(OsStr::from_bytes(b"caf\xe9.txt"));
    std::fs::write(&path, "x").unwrap();
    home.run(["file".as_ref(), "put".as_ref(), "names".as_ref(), path.as_os_str()]).done();
    assert_eq!(home.keys("names"), ["caf_.txt"]);
}

#[test]
fn renaming_and_moving_keep_the_link() {
    let home = Home::new();
    home.bucket("Names");
    let token =
        |object: &serde_json::Value| object["path"].as_str().unwrap().split('/').nth(3).unwrap().to_owned();
    let object = home.put("names", "Draft.txt", "x");
    let renamed = home.json(["file", "rename", "names", "draft.txt", "Final Version.txt"]);
    assert_eq!(
        (&renamed["key"], &renamed["originalName"]),
        (&"final_version.txt".into(), &"Final Version.txt".into())
    );
    let moved = home.json(["file", "move", "names", "Final Version.txt", "--to", "Done/Été"]);
    let moved = &moved["objects"][0];
    assert_eq!(moved["key"], "done/_t_/final_version.txt");
    assert_eq!((&moved["id"], token(moved)), (&object["id"], token(&object)));
    home.run(["file", "move", "names", "done/_t_/final_version.txt", "--to", "/"]).done();
    assert_eq!(home.keys("names"), ["final_version.txt"]);
}

#[test]
fn a_name_that_another_file_has_is_refused() {
    let home = Home::new();
    home.bucket("Names");
    home.put("names", "a.txt", "a");
    home.put("names", "b.txt", "b");
    assert_eq!(home.error(["file", "rename", "names", "a.txt", "B.txt"])["code"], "name_taken");
    assert_eq!(home.error(["file", "rename", "names", "a.txt", ".."])["code"], "invalid_name");
    assert_eq!(home.run(["file", "get", "names", "b.txt"]).done(), "b");
}
