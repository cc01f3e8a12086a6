//! The way to a receiver: a name is looked up once, what it led to is checked, and the connection goes to just that
//! address. Whoever owns the name cannot show one address to the check and another to the connection.

use engine::Attempt;
use engine::rules::address;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use std::io;
use std::net::{SocketAddr, ToSocketAddrs as _};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// Addresses of one host that are tried.
const MOST: usize = 4;

/// Looks up a host and a port; it may wait.
pub type Resolve = Arc<dyn Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync>;

/// The system's own way to look up names.
pub fn system() -> Resolve {
    Arc::new(|host, port| (host, port).to_socket_addrs().map(Iterator::collect))
}

/// What a request is spoken over.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// Makes connections.
pub struct Connector {
    resolve: Resolve,
    /// For each address of a host.
    patience: Duration,
    /// Made at the first secure address: reading the system's certificates takes a while.
    tls: OnceLock<Result<Arc<ClientConfig>, String>>,
}

impl Connector {
    pub fn new(resolve: Resolve, patience: Duration) -> Self {
        Self { resolve, patience, tls: OnceLock::new() }
    }

    /// A connection to the receiver, or a sentence on why there is none.
    pub async fn connect(self: &Arc<Self>, attempt: &Attempt) -> Result<Box<dyn Stream>, String> {
        let host = attempt.target.host();
        let stream = self.reach(&host, self.addresses(&host, attempt).await?).await?;
        if !attempt.target.is_secure() {
            return Ok(Box::new(stream));
        }
        let name = ServerName::try_from(host.clone())
            .map_err(|_| format!("{host} is no name that a certificate can have."))?;
        let connector = Arc::clone(self);
        let tls = tokio::task::spawn_blocking(move || connector.tls.get_or_init(trust).clone())
            .await
            .map_err(|error| error.to_string())??;
        let secure = TlsConnector::from(tls).connect(name, stream).await;
        Ok(Box::new(secure.map_err(|error| format!("The secure connection to {host} failed: {error}."))?))
    }

    /// Where the host is, without addresses that nothing may be sent to.
    async fn addresses(&self, host: &str, attempt: &Attempt) -> Result<Vec<SocketAddr>, String> {
        let port = attempt.target.port();
        let found = match attempt.target.literal() {
            Some(address) => vec![SocketAddr::new(address, port)],
            None => self.look_up(host, port).await?,
        };
        if attempt.named {
            return Ok(found);
        }
        let mut refused = None;
        let mut open = Vec::new();
        for found in found {
            match address::check(host, found.ip()) {
                Ok(()) => open.push(found),
                Err(error) => refused = Some(error),
            }
        }
        match refused {
            Some(error) if open.is_empty() => Err(error.message().to_owned()),
            _ => Ok(open),
        }
    }

    async fn look_up(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, String> {
        let (resolve, name) = (Arc::clone(&self.resolve), host.to_owned());
        tokio::task::spawn_blocking(move || resolve(&name, port))
            .await
            .map_err(|error| error.to_string())?
            .map_err(|error| format!("{host} cannot be found: {error}."))
    }

    async fn reach(&self, host: &str, addresses: Vec<SocketAddr>) -> Result<TcpStream, String> {
        let mut why = format!("{host} has no address.");
        for address in addresses.into_iter().take(MOST) {
            why = match tokio::time::timeout(self.patience, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => format!("{host} cannot be reached at {address}: {error}."),
                Err(_) => format!("{host} does not answer at {address}."),
            };
        }
        Err(why)
    }
}

/// Trusts whom the system trusts.
fn trust() -> Result<Arc<ClientConfig>, String> {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        return Err(
            "The system has no certificates of authorities. Install them (ca-certificates).".to_owned()
        );
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?;
    Ok(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}
