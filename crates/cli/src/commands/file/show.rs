//! The link of a file, and its versions.

use super::{Named, key};
use crate::failure::Failure;
use crate::output::{self, Table};
use crate::session::Session;
use crate::when;
use api::wire;
use engine::rules::words;
use std::io;

pub fn link(session: &Session, named: Named) -> Result<(), Failure> {
    let link: wire::Link = session.call("link_show", request(named)?)?;
    session.show(&link, |link| output::line(&link.url))?;
    if !session.json && !link.served {
        output::aside("It answers while Pail's window is open or `pail serve` runs.");
    }
    Ok(())
}

pub fn versions(session: &Session, named: Named) -> Result<(), Failure> {
    let detail: wire::ObjectDetail = session.call("object_show", request(named)?)?;
    session.show(&detail, table)
}

fn request(named: Named) -> Result<wire::ObjectRequest, Failure> {
    Ok(wire::ObjectRequest { bucket: named.bucket, object: key::object(&named.key)? })
}

fn table(detail: &wire::ObjectDetail) -> io::Result<()> {
    let object = &detail.object;
    output::line(&format!("{}  {}", object.key, object.original_name))?;
    let mut table = Table::new(&["Version", "Size", "Added", "Type", "By"], &[0, 1]);
    for version in &detail.versions {
        let number =
            if version.current { format!("* {}", version.number) } else { version.number.to_string() };
        table.row([
            number,
            words::size(version.size),
            when::minute(version.created),
            version.media_type.clone(),
            version.by.clone(),
        ]);
    }
    table.print()
}
