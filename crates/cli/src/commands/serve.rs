//! `pail serve`: links over HTTP, and messages to webhooks, until somebody ends it.

use crate::failure::Failure;
use crate::interrupt;
use crate::output;
use crate::session::Session;
use clap::Args;
use http_face::{Server, Settings};
use std::net::SocketAddr;
use std::sync::mpsc;
use webhooks::Deliverer;

#[derive(Args)]
pub struct Serve {
    /// Address and port to answer on; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7245")]
    listen: SocketAddr,
    /// Another name to answer to, with its port, as behind a proxy; repeatable
    #[arg(long = "host", value_name = "NAME:PORT")]
    hosts: Vec<String>,
    /// Serve the page of the window too, for a browser with a key
    #[arg(long)]
    ui: bool,
}

pub fn run(session: Session, serve: &Serve) -> Result<(), Failure> {
    let (end, ended) = mpsc::channel();
    interrupt::listen(move || {
        // Asked twice, it is ending already.
        let _ = end.send(());
    })?;
    let house = session.engine.keep_house()?;
    let settings = Settings { next_free: false, page: serve.ui, hosts: serve.hosts.clone() };
    let server = Server::start(session.engine.clone(), serve.listen, settings)?;
    let deliverer = Deliverer::start(session.engine.clone(), webhooks::Settings::default())?;
    output::line(&format!("listening on {}", server.url()))?;
    // The listener lives as long as the program, so this only ends when it is asked to.
    let _ = ended.recv();
    drop((deliverer, server, house));
    Ok(())
}
