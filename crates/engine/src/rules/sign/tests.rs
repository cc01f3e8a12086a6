//! Signed links: what is signed, what is read back, and that nothing else passes.

use super::*;
use proptest::prelude::*;

const PATH: &str = "files/bucket/b1/o2/report.pdf";
const EXPIRES: i64 = 1_800_000_000;
const NOW: i64 = (EXPIRES - 3600) * 1000;

fn secret() -> [u8; 32] {
    std::array::from_fn(|place| place as u8)
}

fn claim(download: Option<&str>) -> Claim<'_> {
    Claim { path: PATH, expires: EXPIRES, download, key: "k3", nonce: None }
}

fn presented(query: &str) -> Presented {
    parse(query).unwrap().unwrap()
}

fn refused(query: &str) {
    assert_eq!(parse(query).unwrap_err().code(), Code::InvalidSignature, "{query}");
    assert_eq!(id_of(query), None, "{query}");
}

#[test]
fn the_signature_is_the_one_another_program_computes() {
    assert_eq!(query(&secret(), &claim(Some(""))), query(&secret(), &claim(None)), "an empty name is inline");
    assert_eq!(
        query(&secret(), &claim(None)),
        "expires=1800000000&key=k3&signature=JuqtQbH5ou0MAKGKXKPmEhupBm2Qd7hwwIRHCxfCQw8"
    );
    assert_eq!(
        query(&secret(), &claim(Some("Résumé & plan.pdf"))),
        "expires=1800000000&key=k3&signature=fF0_sTT-z95vAXxtsqnheKsZjAul-SAd9HF3klwTLmI\
         &download=R%C3%A9sum%C3%A9%20%26%20plan.pdf"
    );
    assert_eq!(
        query(&secret(), &Claim { nonce: Some("n0-_7"), ..claim(Some("a.pdf")) }),
        "expires=1800000000&key=k3&nonce=n0-_7&signature=tjSdLZIC1LSCVqOzYkunj597eKXR-RGrxM7BNv2KO1A&download=a.pdf"
    );
}

#[test]
fn a_nonce_belongs_to_what_is_signed() {
    let of = |nonce| query(&secret(), &Claim { nonce, ..claim(None) });
    let (one, other, none) = (of(Some("n1")), of(Some("n2")), of(None));
    assert_ne!(id_of(&one), id_of(&other));
    assert_ne!(id_of(&one), id_of(&none));
    for good in [&one, &other, &none] {
        presented(good).verify(&secret(), PATH, NOW).unwrap();
    }
    for changed in [
        Presented { nonce: None, ..presented(&one) },
        Presented { nonce: Some("n2".to_owned()), ..presented(&one) },
        Presented { nonce: Some("n1".to_owned()), ..presented(&none) },
        // The line feed that a key cannot hold either.
        Presented { nonce: None, key: "k3\nn1".to_owned(), ..presented(&one) },
    ] {
        let error = changed.verify(&secret(), PATH, NOW).unwrap_err();
        assert_eq!(error.code(), Code::InvalidSignature, "{changed:?}");
    }
    for wrong in ["nonce=", "nonce", "nonce=n1&nonce=n1", "nonce=n%31", "nonce=n+1", "nonce=n 1", "nonce=é"]
    {
        refused(&one.replace("nonce=n1", wrong));
    }
}

#[test]
fn every_flipped_bit_of_the_signature_is_refused() {
    let good = presented(&query(&secret(), &claim(Some("a.pdf"))));
    good.verify(&secret(), PATH, NOW).unwrap();
    for bit in 0..256 {
        let mut flipped = good.clone();
        flipped.signature[bit / 8] ^= 1 << (bit % 8);
        let error = flipped.verify(&secret(), PATH, NOW).unwrap_err();
        assert_eq!(error.code(), Code::InvalidSignature, "bit {bit}");
        assert_ne!(flipped.id(), good.id());
    }
}

#[test]
fn every_changed_parameter_is_refused() {
    let good = presented(&query(&secret(), &claim(Some("a.pdf"))));
    for changed in [
        Presented { expires: EXPIRES + 1, ..good.clone() },
        Presented { expires: EXPIRES - 1, ..good.clone() },
        Presented { key: "k4".to_owned(), ..good.clone() },
        Presented { key: "K3".to_owned(), ..good.clone() },
        Presented { download: None, ..good.clone() },
        Presented { download: Some("b.pdf".to_owned()), ..good.clone() },
        Presented { download: Some("a.pdf\nk3".to_owned()), ..good.clone() },
    ] {
        let error = changed.verify(&secret(), PATH, NOW).unwrap_err();
        assert_eq!(error.code(), Code::InvalidSignature, "{changed:?}");
    }
    for path in ["files/bucket/b1/o3/report.pdf", "files/bucket/b1/o2/report.pdf/", "", "/files"] {
        let error = good.verify(&secret(), path, NOW).unwrap_err();
        assert_eq!(error.code(), Code::InvalidSignature, "{path}");
    }
    let mut other = secret();
    other[31] ^= 1;
    assert_eq!(good.verify(&other, PATH, NOW).unwrap_err().code(), Code::InvalidSignature);
    let inline = presented(&query(&secret(), &claim(None)));
    let named = Presented { download: Some("x".to_owned()), ..inline };
    assert_eq!(named.verify(&secret(), PATH, NOW).unwrap_err().code(), Code::InvalidSignature);
}

#[test]
fn a_link_ends_at_its_millisecond_and_reaches_no_further_than_seven_days() {
    let link = presented(&query(&secret(), &claim(None)));
    let (end, start) = (EXPIRES * 1000, (EXPIRES - LONGEST) * 1000);
    for (now, good) in [
        (end - 1, true),
        (end, false),
        (end + 1, false),
        (i64::MAX, false),
        (start, true),
        (start - 1, false),
        (0, false),
        (i64::MIN, false),
    ] {
        let answer = link.verify(&secret(), PATH, now);
        assert_eq!(answer.err().map(|error| error.code()), (!good).then_some(Code::LinkExpired), "{now}");
    }
    let far = query(&secret(), &Claim { expires: i64::MAX, ..claim(None) });
    let error = presented(&far).verify(&secret(), PATH, NOW).unwrap_err();
    assert_eq!(error.code(), Code::LinkExpired);
    let error = link.verify(&secret(), "another/path", end).unwrap_err();
    assert_eq!(error.code(), Code::InvalidSignature, "the signature comes first");
}

#[test]
fn unknown_doubled_missing_and_empty_parameters_are_refused() {
    let good = query(&secret(), &claim(Some("a.pdf")));
    for added in
        ["", "x=1", "expires=1800000000", "key=k3", "download=a.pdf", "Key=k3", "download", "=", "%6bey=k3"]
    {
        refused(&format!("{good}&{added}"));
        refused(&format!("{added}&{good}"));
    }
    let parts: Vec<&str> = good.split('&').collect();
    refused(&format!("{good}&{}", parts[2]));
    for (place, part) in parts.iter().enumerate() {
        let (name, _) = part.split_once('=').unwrap();
        for emptied in [name.to_owned(), format!("{name}=")] {
            let mut parts = parts.clone();
            parts[place] = &emptied;
            refused(&parts.join("&"));
        }
    }
    refused(&parts[1..].join("&"));
    refused(&[parts[0], parts[2], parts[3]].join("&"));
}

#[test]
fn each_parameter_is_written_in_one_way() {
    let good = query(&secret(), &claim(None));
    let signature = good.rsplit_once('=').unwrap().1;
    for (from, to) in [
        ("expires=18", "expires=018"),
        ("expires=18", "expires=+18"),
        ("expires=18", "expires=-18"),
        ("expires=18", "expires= 18"),
        ("expires=18", "expires=%318"),
        ("expires=1800000000", "expires=99999999999999999999"),
        ("expires=1800000000", "expires=1e9"),
        ("key=k3", "key=%6b3"),
        ("key=k3", "key=k3 "),
        ("key=k3", "key=k3/"),
        (signature, &format!("{signature}=")),
        (signature, &format!("{signature}A")),
        (signature, &signature[..42]),
        (signature, &format!("%4a{}", &signature[1..])),
        (signature, &format!("{} ", signature)),
        // 43 characters hold two bits more than the signature has.
        (signature, &format!("{}9", &signature[..42])),
        (signature, &format!("{}+", &signature[..42])),
        (signature, &format!("{}/", &signature[..42])),
        (signature, "26eaad41b1f9a2ed0c00a18a5ca3e6121ba9066d9077b870c084470b17c2430f"),
    ] {
        assert!(good.contains(from));
        refused(&good.replacen(from, to, 1));
    }
    for name in ["a+b", "a%2", "a%", "a%zz", "a%%20", "%ff", "%c3%28", "%+1"] {
        refused(&format!("{good}&download={name}"));
    }
}

#[test]
fn parameters_may_stand_in_any_order_and_escapes_in_a_name_may_differ() {
    let good = query(&secret(), &claim(Some("a (1)é.pdf")));
    let mut parts: Vec<&str> = good.split('&').collect();
    parts.reverse();
    let other = parts.join("&").replace("%28", "(").replace("%29", ")").replace("%C3%A9", "%c3%a9");
    assert_ne!(good, other);
    presented(&other).verify(&secret(), PATH, NOW).unwrap();
    assert_eq!(id_of(&good), id_of(&other));
}

#[test]
fn what_carries_no_signature_is_no_signed_link() {
    for query in ["", "download=1", "expires=1&key=k", "x", "Signature=x", "%73ignature=x", "signature2=x"] {
        assert_eq!(parse(query).unwrap(), None, "{query}");
        assert_eq!(id_of(query), None);
    }
}

#[test]
fn a_revocation_names_the_signature() {
    let link = presented(&query(&secret(), &claim(Some("Résumé & plan.pdf"))));
    assert_eq!(link.id(), "8aa7814a145e5852ac245ddbc2362d55");
    assert_ne!(Some(link.id()), id_of(&query(&secret(), &claim(None))));
}

proptest! {
    #[test]
    fn what_was_signed_is_found_again_and_good(
        secret in any::<[u8; 32]>(),
        name in proptest::option::of(any::<String>()),
        key in "[a-z0-9_-]{1,12}",
        nonce in proptest::option::of("[A-Za-z0-9_-]{1,22}"),
        path in "files/bucket/b[a-z0-9]{1,8}/o[a-z0-9]{1,8}/[a-z0-9._-]{1,40}",
        left in 1..=LONGEST,
    ) {
        let (download, nonce) = (name.as_deref(), nonce.as_deref());
        let claim = Claim { path: &path, expires: EXPIRES, download, key: &key, nonce };
        let query = query(&secret, &claim);
        prop_assert!(query.bytes().all(|c| c.is_ascii_graphic()));
        let presented = parse(&query)?.ok_or_else(|| TestCaseError::fail("no signature"))?;
        prop_assert_eq!(&presented.download, &name.filter(|name| !name.is_empty()));
        prop_assert_eq!(&presented.key, &key);
        presented.verify(&secret, &path, (EXPIRES - left) * 1000)?;
    }

    #[test]
    fn hostile_queries_are_refused_or_read_and_never_panic(query in "[a-z=&%+0-9é]{0,80}|(expires|key|nonce|signature|download|=|&|%|[0-9]{1,3}){0,20}") {
        let _ = parse(&query);
        let _ = id_of(&query);
    }

    #[test]
    fn two_claims_never_share_a_signature(
        one in (0..3_i64, proptest::option::of("[:0-9a\n]{1,4}"), "[a-z]{1,2}", proptest::option::of("[a-z]{1,2}")),
        two in (0..3_i64, proptest::option::of("[:0-9a\n]{1,4}"), "[a-z]{1,2}", proptest::option::of("[a-z]{1,2}")),
    ) {
        let sign = |(expires, name, key, nonce): &(i64, Option<String>, String, Option<String>)| {
            let (download, nonce) = (name.as_deref(), nonce.as_deref());
            let mac = mac(&secret(), &Claim { path: PATH, expires: *expires, download, key, nonce });
            mac.finalize().into_bytes()
        };
        prop_assert_eq!(one == two, sign(&one) == sign(&two));
    }
}
