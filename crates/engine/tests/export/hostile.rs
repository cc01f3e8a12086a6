//! Archives that somebody made to do harm: each is refused as a whole, and leaves nothing.

use super::common::Home;
use super::forgery::{Forgery, Header, declare, headers};
use super::rounds::{archive, export};
use engine::model::BucketOrder;
use engine::{Code, Error, ImportOptions};
use serde_json::{Value, json};
use std::fs;
use std::io::Write as _;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// Three small files in a bucket, exported and taken apart.
fn forgery() -> Forgery {
    let home = Home::new();
    let bucket = home.bucket("Kit");
    home.put(&bucket, "a.txt", b"alpha");
    home.put(&bucket, "b.txt", b"beta!");
    home.put(&bucket, "sub/c.txt", b"gamma");
    export(&home);
    Forgery::of(&archive(&home))
}

/// Imports bytes into a home that must stay empty.
fn refused(bytes: &[u8]) -> Error {
    let home = Home::new();
    fs::write(archive(&home), bytes).unwrap();
    let seen = home.newest_event();
    let mut error = None;
    for keep_ids in [false, true] {
        let options = ImportOptions { keep_ids };
        error = home.engine.import(&home.me, &archive(&home), options, &mut |_| true).err();
        assert!(error.is_some(), "it came in");
    }
    assert!(home.engine.bucket_list(&home.me, "", BucketOrder::Title, false).unwrap().is_empty());
    assert_eq!((home.content_files().len(), home.staged_files(), home.events(seen)), (0, 0, vec![]));
    error.unwrap()
}

/// Expects the refusal of an archive, with a word in it.
fn expect(what: &str, bytes: &[u8], word: &str) {
    let error = refused(bytes);
    assert_eq!(error.code(), Code::InvalidArchive, "{what}: {error}");
    assert!(error.message().contains(word), "{what}: {error}");
    assert!(
        error.message().contains("Nothing was changed") || error.message().contains("Update Pail"),
        "{error}"
    );
    assert!(error.message().len() < 600, "{what}: {error}");
}

/// Changes one thing and expects a refusal.
fn changed(what: &str, word: &str, change: impl FnOnce(&mut Forgery)) {
    let mut forged = forgery();
    change(&mut forged);
    expect(what, &forged.bytes(), word);
}

#[test]
fn the_forger_makes_good_archives_when_nothing_is_changed() {
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        let home = Home::new();
        fs::write(archive(&home), Forgery { method, ..forgery() }.bytes()).unwrap();
        let imported =
            home.engine.import(&home.me, &archive(&home), ImportOptions::default(), &mut |_| true).unwrap();
        assert_eq!((imported.files, home.read(&imported.buckets[0], "sub/c.txt")), (3, b"gamma".to_vec()));
    }
}

#[test]
fn lengths_in_the_long_form_are_read() {
    let home = Home::new();
    let mut forged = forgery();
    let (name, content) = forged.entries.remove(1);
    let bytes = forged.bytes_with(&mut |zip| {
        zip.start_file(name.as_str(), SimpleFileOptions::default().large_file(true)).unwrap();
        zip.write_all(&content).unwrap();
    });
    fs::write(archive(&home), bytes).unwrap();
    let options = ImportOptions::default();
    assert_eq!(home.engine.import(&home.me, &archive(&home), options, &mut |_| true).unwrap().files, 3);
}

#[test]
fn the_order_of_entries_does_not_matter() {
    let home = Home::new();
    let mut forged = forgery();
    forged.entries.reverse();
    fs::write(archive(&home), forged.bytes()).unwrap();
    let options = ImportOptions::default();
    assert_eq!(home.engine.import(&home.me, &archive(&home), options, &mut |_| true).unwrap().files, 3);
}

#[test]
fn entries_beside_the_manifest_are_refused() {
    for name in [
        "kit/files/extra.txt",
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\autoexec.bat",
        "kit/files/../../x",
        "\u{1b}[2J",
    ] {
        let add = |forged: &mut Forgery| forged.entries.push((name.to_owned(), b"x".to_vec()));
        changed(name, "more or less", add);
        // In place of one that is listed, too.
        changed(name, "is not in its manifest", |forged| forged.entries[1].0 = name.to_owned());
    }
    changed("one is missing", "more or less", |forged| drop(forged.entries.remove(2)));
}

#[test]
fn keys_that_lead_out_or_are_not_normal_are_refused() {
    for key in [
        "../escape",
        "/abs",
        "a//b",
        "Upper.TXT",
        "",
        "..",
        ".",
        "a/../b",
        "con",
        "a b",
        "a\\b",
        "./a",
        "a/",
        "ö",
        "\u{0}",
    ] {
        changed(key, "", |forged| forged.rename(key));
    }
    let long = "x".repeat(300);
    changed("a long key", "", |forged| forged.rename(&long));
}

#[test]
fn slugs_and_ids_that_are_paths_are_refused() {
    for bad in ["../x", "a/b", "", "..", "UPPER", "a b", "x\u{0}"] {
        changed(bad, "", |forged| forged.bucket()["slug"] = bad.into());
        changed(bad, "", |forged| forged.bucket()["id"] = bad.into());
        changed(bad, "", |forged| forged.object()["id"] = bad.into());
        changed(bad, "", |forged| forged.bucket()["uuid"] = bad.into());
    }
}

#[test]
fn what_stands_twice_is_refused() {
    changed("a key", "twice", |forged| forged.bucket()["objects"][1]["key"] = "a.txt".into());
    changed("an id", "twice", |forged| {
        let id = forged.object()["id"].clone();
        forged.bucket()["objects"][1]["id"] = id;
    });
    for field in ["slug", "id", "uuid"] {
        changed(field, "twice", |forged| {
            let mut other = forged.bucket().clone();
            other["objects"] = json!([]);
            for (unique, value) in
                [("slug", "other"), ("id", "bother"), ("uuid", "00000000-0000-4000-8000-000000000000")]
            {
                if unique != field {
                    other[unique] = value.into();
                }
            }
            forged.manifest["buckets"].as_array_mut().unwrap().push(other);
        });
    }
    let mut bytes = forgery().bytes();
    headers(&mut bytes, "kit/files/b.txt", &mut |header, kind| {
        let at = if kind == Header::Local { 30 } else { 46 };
        header[at..at + 15].copy_from_slice(b"kit/files/a.txt");
    });
    expect("an entry", &bytes, "twice");
}

#[test]
fn content_that_is_not_what_the_manifest_says_is_refused() {
    changed("other bytes", "not what its manifest says", |forged| {
        *forged.content("kit/files/a.txt") = b"ALPHA".to_vec()
    });
    changed("longer", "another size", |forged| forged.content("kit/files/a.txt").push(b'!'));
    changed("shorter", "another size", |forged| forged.content("kit/files/a.txt").truncate(4));
    changed("another hash", "not what", |forged| forged.object()["blake3"] = "0".repeat(64).into());
    for hash in ["", "xyz", &"g".repeat(64), &"0".repeat(65)] {
        changed("no hash", "hash", |forged| forged.object()["blake3"] = hash.into());
    }
    changed("data", "not what", |forged| *forged.content("kit/data.json") = b"[]".to_vec());
}

#[test]
fn data_that_is_no_document_is_refused() {
    for (data, word) in [(&b"{"[..], "not JSON"), (b"\xff\xff", "UTF-8"), (b"", "not JSON")] {
        changed("data", word, |forged| {
            *forged.content("kit/data.json") = data.to_vec();
            let hash = engine::blob::hash(data);
            forged.bucket()["data"] = json!({"size": data.len(), "blake3": hash});
        });
    }
}

#[test]
fn a_manifest_of_other_words_is_refused() {
    let string = |text: &str| Value::from(text);
    for (pointer, value) in [
        ("/buckets/0/policy", string("everybody")),
        ("/buckets/0/tier", string("2-days")),
        ("/buckets/0/permalink", string("maybe")),
        ("/buckets/0/category", string("other")),
        ("/buckets/0/title", string(" ")),
        ("/buckets/0/icon", string("<svg>")),
        ("/buckets/0/notes", string(&"x".repeat(10_001))),
        ("/buckets/0/enabled", string("yes")),
        ("/buckets/0/rules/read", string("user.")),
        ("/buckets/0/limits/maxFiles", json!(0)),
        ("/buckets/0/limits/maxFiles", json!(-1)),
        ("/buckets/0/limits/allowedMimeTypes", json!(["image"])),
        ("/buckets/0/objects/0/metadata", json!([])),
        ("/buckets/0/objects/0/metadata", json!({"a": "x".repeat(9000)})),
        ("/buckets/0/objects/0/visibility", string("secret")),
        ("/buckets/0/objects/0/originalName", string("..")),
        ("/buckets/0/objects/0/size", json!(-5)),
        ("/buckets/0/objects/0/size", json!(1e300)),
        ("/buckets", json!({})),
        ("/workspace", Value::Null),
        ("/format", string("tar")),
    ] {
        changed(pointer, "", |forged| *forged.manifest.pointer_mut(pointer).unwrap() = value.clone());
    }
    for (pointer, field) in [("", "more"), ("/buckets/0", "token"), ("/buckets/0/objects/0", "path")] {
        changed(field, "unknown field", |forged| {
            forged.manifest.pointer_mut(pointer).unwrap()[field] = "x".into()
        });
    }
    for (pointer, field) in [("", "buckets"), ("/buckets/0", "slug"), ("/buckets/0/objects/0", "blake3")] {
        changed(field, "missing field", |forged| {
            forged.manifest.pointer_mut(pointer).unwrap().as_object_mut().unwrap().shift_remove(field);
        });
    }
}

#[test]
fn a_manifest_of_a_newer_pail_says_so() {
    changed("version", "Update Pail", |forged| {
        forged.manifest["version"] = 2.into();
        forged.manifest["news"] = "something that this Pail does not know".into();
    });
}

#[test]
fn sizes_beyond_any_disk_are_refused() {
    changed("a sum that overflows", "larger than any disk", |forged| {
        for object in forged.bucket()["objects"].as_array_mut().unwrap() {
            object["size"] = u64::MAX.into();
        }
    });
    // As many files of nearly 4 GiB as this disk cannot hold, by what every header says.
    let mut forged = forgery();
    let size = u32::MAX - 1;
    let free = Home::new().engine.free_bytes().unwrap();
    let original = forged.object().clone();
    for number in 0..free / u64::from(size) + 2 {
        let mut object = original.clone();
        object["key"] = format!("big{number}").into();
        object["id"] = format!("fbig{number}").into();
        object["size"] = size.into();
        forged.bucket()["objects"].as_array_mut().unwrap().push(object);
        forged.entries.push((format!("kit/files/big{number}"), b"small".to_vec()));
    }
    let mut bytes = forged.bytes();
    for (name, _) in forged.entries.iter().filter(|(name, _)| name.contains("big")) {
        declare(&mut bytes, name, size);
    }
    assert_eq!(refused(&bytes).code(), Code::NoSpace);
}

#[test]
fn a_small_entry_that_swells_is_cut_off_at_what_it_said() {
    for said in [5_u32, 1000, 1 << 20] {
        let mut forged = forgery();
        forged.method = CompressionMethod::Deflated;
        *forged.content("kit/files/a.txt") = vec![0; 8 << 20];
        forged.object()["size"] = said.into();
        let mut bytes = forged.bytes();
        assert!(bytes.len() < 20_000, "it is a bomb");
        declare(&mut bytes, "kit/files/a.txt", said);
        expect("a bomb", &bytes, "kit/files/a.txt");
    }
}

#[test]
fn much_in_little_is_no_sign_by_itself() {
    let home = Home::new();
    let bucket = home.bucket("Kit");
    home.put(&bucket, "zeros.txt", &vec![b'0'; 4 << 20]);
    let exported = export(&home);
    assert!(exported.size < 20_000, "{exported:?}");
    let into = Home::new();
    fs::copy(archive(&home), archive(&into)).unwrap();
    let options = ImportOptions::default();
    assert_eq!(into.engine.import(&into.me, &archive(&into), options, &mut |_| true).unwrap().bytes, 4 << 20);
}

#[test]
fn a_manifest_that_swells_is_not_read() {
    let mut forged = forgery();
    forged.method = CompressionMethod::Deflated;
    forged.manifest["created"] = json!(1);
    forged.manifest["workspace"]["title"] = " ".repeat(4 << 20).into();
    expect("a long manifest", &forged.bytes(), "too long for what it holds");
    let mut bytes = forged.bytes();
    declare(&mut bytes, "manifest.json", 1000);
    expect("one that says less", &bytes, "manifest");
}

#[test]
fn links_folders_and_secrets_are_refused() {
    let mut forged = forgery();
    let target = forged.entries.remove(1).1;
    let target = String::from_utf8(target).unwrap();
    let bytes = forged.bytes_with(&mut |zip| {
        zip.add_symlink("kit/files/a.txt", target.as_str(), SimpleFileOptions::default()).unwrap();
    });
    expect("a symbolic link", &bytes, "is a link");
    for (kind, mode) in [("a device", 0o020_644_u32), ("a pipe", 0o010_644), ("a socket", 0o140_644)] {
        let mut bytes = forgery().bytes();
        headers(&mut bytes, "kit/files/a.txt", &mut |header, kind| {
            if kind == Header::Central {
                header[38..42].copy_from_slice(&(mode << 16).to_le_bytes());
            }
        });
        expect(kind, &bytes, "is a link or a device");
    }
    let mut forged = forgery();
    forged.entries.remove(1);
    let bytes = forged.bytes_with(&mut |zip| {
        zip.add_directory("kit/files/", SimpleFileOptions::default()).unwrap();
    });
    expect("a folder", &bytes, "is a folder");
    let mut bytes = forgery().bytes();
    headers(&mut bytes, "kit/files/a.txt", &mut |header, kind| {
        header[if kind == Header::Local { 6 } else { 8 }] |= 1;
    });
    expect("an encrypted entry", &bytes, "is encrypted");
    let mut bytes = forgery().bytes();
    headers(&mut bytes, "kit/files/a.txt", &mut |header, kind| {
        header[if kind == Header::Local { 8 } else { 10 }] = 12;
    });
    expect("bzip2", &bytes, "does not use");
}

#[test]
fn headers_that_contradict_each_other_are_refused() {
    let mut bytes = forgery().bytes();
    headers(&mut bytes, "kit/files/a.txt", &mut |header, kind| {
        if kind == Header::Local {
            header[30..45].copy_from_slice(b"kit/files/z.txt");
        }
    });
    expect("another name before the content", &bytes, "no sound zip");
    let mut bytes = forgery().bytes();
    let mut first = [0; 4];
    headers(&mut bytes, "kit/files/a.txt", &mut |header, kind| {
        if kind == Header::Central {
            first.copy_from_slice(&header[42..46]);
        }
    });
    headers(&mut bytes, "kit/files/b.txt", &mut |header, kind| {
        if kind == Header::Central {
            header[42..46].copy_from_slice(&first);
        }
    });
    expect("two entries in one place", &bytes, "");
}

#[test]
fn what_is_no_archive_is_refused() {
    let whole = forgery().bytes();
    let empty = zip::ZipWriter::new(std::io::Cursor::new(Vec::new())).finish().unwrap().into_inner();
    let mut many = whole.clone();
    let end = many.len() - 22;
    many[end + 8..end + 12].copy_from_slice(&[0xfe, 0xff, 0xfe, 0xff]);
    for (what, bytes) in [
        ("nothing", vec![]),
        ("words", b"these are words, and no archive at all".to_vec()),
        ("zeros", vec![0; 100_000]),
        ("an end that repeats", b"PK\x05\x06".repeat(10_000)),
        ("an archive of nothing", empty),
        ("an end that lists more than there is", many),
        ("another archive", {
            let mut forged = forgery();
            forged.manifest = Value::Null;
            forged.bytes()
        }),
    ] {
        expect(what, &bytes, "");
    }
    let home = Home::new();
    for (path, code) in [("none.zip", Code::SourceMissing), ("home", Code::SourceNotAFile)] {
        let path = home.dir.path().join(path);
        let error = home.engine.import(&home.me, &path, ImportOptions::default(), &mut |_| true).unwrap_err();
        assert_eq!(error.code(), code);
    }
}

#[test]
fn an_archive_that_is_cut_off_is_refused_wherever_that_is() {
    let bytes = forgery().bytes();
    for length in (0..bytes.len()).step_by(7) {
        expect("cut off", &bytes[..length], "");
    }
}

#[test]
fn no_flipped_bit_brings_in_anything_else() {
    let bytes = forgery().bytes();
    let (mut came, mut told) = (0, 0);
    let home = Home::new();
    for at in 0..bytes.len() {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        fs::write(archive(&home), flipped).unwrap();
        let imported = home.engine.import(&home.me, &archive(&home), ImportOptions::default(), &mut |_| true);
        match imported {
            Err(error) => {
                assert_eq!(error.code(), Code::InvalidArchive, "byte {at}: {error}");
                told += 1;
            }
            Ok(imported) => {
                assert_eq!(imported.buckets[0].title, "Kit", "byte {at}");
                for (key, content) in [("a.txt", "alpha"), ("b.txt", "beta!"), ("sub/c.txt", "gamma")] {
                    assert_eq!(home.read(&imported.buckets[0], key), content.as_bytes(), "byte {at}");
                }
                came += 1;
            }
        }
        assert_eq!(home.staged_files(), 0);
    }
    // Some bytes say nothing that counts, such as times.
    assert!(told > bytes.len() / 2 && came > 0, "{told} refused, {came} came in");
    assert_eq!(home.content_files().len(), came * 3);
}
