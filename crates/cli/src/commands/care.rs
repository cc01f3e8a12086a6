//! `pail verify`, `pail backup`, `pail restore`, `pail doctor`: the care of a home.

use super::files;
use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use api::{ApiError, ErrorCode, wire};
use clap::Args;
use engine::rules::words;
use std::io;
use std::path::{Path, PathBuf};

/// Where a backup lies.
#[derive(Args)]
pub struct Place {
    /// The backup's directory
    pub dir: PathBuf,
}

/// What the doctor may do.
#[derive(Args)]
pub struct Doctor {
    /// Put right what can be put right
    #[arg(long)]
    pub repair: bool,
    /// A backup to heal damaged files from
    #[arg(long, value_name = "DIR", requires = "repair")]
    pub from: Option<PathBuf>,
    /// Make a lost or broken database anew from the files alone; a former one is put aside
    #[arg(long, conflicts_with_all = ["repair", "from"])]
    pub rebuild: bool,
}

/// Compares every content with its hash.
pub fn verify(session: &Session) -> Result<(), Failure> {
    let verified: wire::Verified = session.engine.verify(&mut |_, _| true)?.into();
    session.show(&verified, |verified| {
        let size = words::size(verified.bytes);
        output::line(&format!("Read {}, {size}.", versions(verified.contents)))?;
        damages(&verified.damaged)
    })?;
    well(verified.damaged.is_empty())
}

/// Makes or renews a backup.
pub fn backup(session: &Session, place: &Place) -> Result<(), Failure> {
    let copied: wire::Copied = session.engine.backup(&place.dir, &mut |_, _| ())?.into();
    session.show(&copied, |copied| told(copied, "The backup holds"))?;
    well(copied.damaged.is_empty())
}

/// Makes a home out of a backup.
pub fn restore(home: Option<PathBuf>, json: bool, place: &Place) -> Result<(), Failure> {
    let copied: wire::Copied =
        engine::restore(&place.dir, &engine::home::locate(home)?, &mut |_, _| ())?.into();
    if json {
        output::json(&copied)?;
    } else {
        told(&copied, "The home holds")?;
    }
    well(copied.damaged.is_empty())
}

/// Says what is wrong, and puts it right if that was asked for.
pub fn doctor(session: &Session, doctor: &Doctor) -> Result<(), Failure> {
    let diagnosis: wire::Diagnosis = if doctor.repair {
        session.engine.repair_home(doctor.from.as_deref())?.into()
    } else {
        session.engine.examine_home()?.into()
    };
    session.show(&diagnosis, findings)?;
    well(diagnosis.well)
}

/// Makes the database anew from the files.
pub fn rebuild(home: Option<PathBuf>, json: bool) -> Result<(), Failure> {
    let rebuilt: wire::Rebuilt = engine::rebuild(&engine::home::locate(home)?)?.into();
    if json {
        output::json(&rebuilt)?;
        return Ok(());
    }
    let objects = files(rebuilt.objects);
    output::line(&format!(
        "{} buckets with {objects} are back, in {}.",
        rebuilt.buckets,
        versions(rebuilt.versions)
    ))?;
    if rebuilt.untagged > 0 {
        output::line(&format!("{} had nothing beside them and have new links.", versions(rebuilt.untagged)))?;
    }
    if let Some(former) = &rebuilt.former {
        output::line(&format!("The former database is {}.", Path::new(former).display()))?;
    }
    Ok(())
}

fn told(copied: &wire::Copied, begins: &str) -> io::Result<()> {
    let (all, new, size) = (versions(copied.contents), versions(copied.copied), words::size(copied.bytes));
    output::line(&format!("{begins} {all}; {new} were copied, {size}."))?;
    for place in &copied.damaged {
        output::line(&format!("{place} is damaged and was left out."))?;
    }
    Ok(())
}

fn findings(diagnosis: &wire::Diagnosis) -> io::Result<()> {
    for line in diagnosis.database.iter().chain(&diagnosis.counters) {
        output::line(line)?;
    }
    if diagnosis.orphans > 0 {
        output::line(&format!("{} on the disk belong to no file.", versions(diagnosis.orphans)))?;
    }
    damages(&diagnosis.damaged)?;
    if diagnosis.healed > 0 {
        output::line(&format!("Healed {}.", versions(diagnosis.healed)))?;
    }
    if diagnosis.well {
        output::line(&format!("All is well: {} read.", versions(diagnosis.contents)))?;
    } else {
        output::line("Run pail doctor --repair to put right what can be put right.")?;
    }
    Ok(())
}

fn damages(damaged: &[wire::Damage]) -> io::Result<()> {
    for damage in damaged {
        let what = match damage.problem {
            wire::Problem::Missing => "is gone from the disk",
            wire::Problem::Unreadable => "cannot be read",
            wire::Problem::Size => "has another size",
            wire::Problem::Hash => "is not what it was",
        };
        let current = if damage.current { ", the current one," } else { "" };
        let way = if !damage.healers.is_empty() {
            format!("The same content is whole in {}.", damage.healers.join(", "))
        } else if damage.others.is_empty() {
            "Only a backup can heal it: pail doctor --repair --from DIR.".to_owned()
        } else {
            let numbers: Vec<String> = damage.others.iter().map(u64::to_string).collect();
            format!("Version {} of it is whole; a backup may hold this one.", numbers.join(", "))
        };
        output::line(&format!("{} version {}{current} {what}. {way}", damage.key, damage.version))?;
    }
    Ok(())
}

fn versions(number: u64) -> String {
    if number == 1 { "1 version".to_owned() } else { format!("{} versions", words::count(number)) }
}

/// Something wrong makes the exit code 1; what it is was said already.
fn well(well: bool) -> Result<(), Failure> {
    if well {
        return Ok(());
    }
    Err(Failure::Refused(ApiError::new(ErrorCode::ContentDamaged, "Not all is well; see above.")))
}
