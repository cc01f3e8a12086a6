//! Through TLS: whom the system trusts is told, and nobody who only says to be the receiver.

use crate::receiver::{Receiver, Tls};
use acceptance::{Home, wait_until};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::sync::Arc;

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A receiver with a certificate for that name from that authority.
fn receiver(name: &str, authority: &CertifiedIssuer<'static, KeyPair>) -> Receiver {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    let certificate = params.signed_by(&key, authority).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config: Tls = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .unwrap()
        .into();
    Receiver::secure(config)
}

#[test]
fn whom_the_system_trusts_is_told_and_nobody_else() {
    let (trusted, stranger) = (authority(), authority());
    let good = receiver("localhost", &trusted);
    let forged = receiver("localhost", &stranger);
    let misnamed = receiver("example.com", &trusted);
    let home = Home::new();
    let certificates = home.source("authorities.pem", trusted.pem());
    home.bucket("Kit");
    home.run(["workspace", "update", "--webhook-host", "localhost"]).done();
    let hook = |receiver: &Receiver| {
        let url = format!("https://localhost:{}/", receiver.port());
        let made = home.json(["webhook", "create", "kit", &url]);
        (made["webhook"]["id"].as_str().unwrap().to_owned(), made["secret"].as_str().unwrap().to_owned())
    };
    let ((told, secret), (cheated, _), (confused, _)) = (hook(&good), hook(&forged), hook(&misnamed));
    // A proxy that the environment names is not asked.
    let mut serve = home.command(["serve", "--listen", "127.0.0.1:0"]);
    serve.env("SSL_CERT_FILE", certificates).env("HTTPS_PROXY", "http://127.0.0.1:1").stdout(Stdio::piped());
    let mut server = serve.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();

    home.put("kit", "a.txt", "a");
    assert!(good.next().is_signed_with(&secret));
    let newest = |hook: &str| home.json(["webhook", "log", hook])[0].clone();
    wait_until("it is in the log", || newest(&told)["state"] == "delivered");
    for hook in [&cheated, &confused] {
        wait_until("a failure is in the log", || newest(hook)["attempts"].as_u64() > Some(0));
        let said = newest(hook)["said"].as_str().unwrap().to_owned();
        assert!(said.contains("certificate"), "{said}");
    }
    assert_eq!((forged.rest().len(), misnamed.rest().len()), (0, 0));
    server.kill().unwrap();
    server.wait().unwrap();
}
