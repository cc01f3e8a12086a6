//! `pail push`: buckets as files in a directory define them (C1). The difference is shown first; a file with an error
//! keeps everything as it was.

mod apply;
pub mod definition;
mod difference;
pub mod directory;
mod place;

use crate::commands::buckets;
use crate::failure::Failure;
use crate::output;
use crate::session::Session;
use api::ErrorCode;
use clap::Args;
use definition::Definition;
use difference::{Difference, Outcome};
use place::Fault;
use serde::Serialize;
use std::collections::HashMap;
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

#[derive(Args)]
pub struct Push {
    /// The directory; its folder blob-buckets holds a file for each bucket, *.toml
    #[arg(long)]
    dir: PathBuf,
    /// Show the difference and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Do not ask on a terminal
    #[arg(short, long)]
    yes: bool,
}

/// What a push comes to.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Plan {
    /// Whether the home is as the files say.
    applied: bool,
    buckets: Vec<Difference>,
    /// Slugs of buckets that no file names. They stay as they are.
    left_alone: Vec<String>,
}

pub fn run(session: &Session, push: &Push) -> Result<(), Failure> {
    let definitions = read(session, push)?;
    let mut plan = compare(session, &definitions)?;
    let same = plan.buckets.iter().all(|difference| difference.outcome == Outcome::Unchanged);
    if !session.json {
        show(&plan)?;
    }
    if same {
        plan.applied = true;
    } else if !push.dry_run && (push.yes || agreed(session)?) {
        apply::all(session, &definitions, &plan.buckets)?;
        plan.applied = true;
    }
    session.show(&plan, |plan| told(plan, push.dry_run))
}

/// Every definition; with an error in any of them, none, and each error is told.
fn read(session: &Session, push: &Push) -> Result<Vec<Definition>, Failure> {
    let mut definitions: Vec<Definition> = Vec::new();
    let mut faults = Vec::new();
    for path in directory::files(&push.dir)? {
        match definition::read(&path) {
            Ok(definition) => definitions.push(definition),
            Err(fault) => faults.push(fault),
        }
    }
    faults.extend(twins(&definitions));
    for definition in &definitions {
        faults.extend(in_trash(session, definition)?);
    }
    if faults.is_empty() {
        return Ok(definitions);
    }
    for fault in faults {
        output::tell(&fault.into(), session.json);
    }
    if !session.json {
        output::aside("Nothing was changed.");
    }
    Err(Failure::Told)
}

/// Files that define the same bucket.
fn twins(definitions: &[Definition]) -> Vec<Fault> {
    let mut first: HashMap<&str, &Definition> = HashMap::new();
    let mut faults = Vec::new();
    for definition in definitions {
        if let Some(other) = first.insert(definition.key(), definition) {
            let why = format!("{} defines “{}” already", other.file.name(), definition.key());
            faults.push(definition.refused("key", ErrorCode::NameTaken, why, "Keep one of them."));
        }
    }
    faults
}

fn in_trash(session: &Session, definition: &Definition) -> Result<Option<Fault>, Failure> {
    let found = difference::present(session, definition.key())?;
    Ok(found.filter(|bucket| bucket.deleted.is_some()).map(|bucket| {
        let why = format!("“{}” is in the trash", bucket.slug);
        definition.refused("key", ErrorCode::InTrash, why, "Restore it or purge it first.")
    }))
}

fn compare(session: &Session, definitions: &[Definition]) -> Result<Plan, Failure> {
    let differences = definitions.iter().map(|definition| difference::of(session, definition));
    let buckets = differences.collect::<Result<Vec<_>, _>>()?;
    let all = session.engine.bucket_list(&session.caller, "", engine::model::BucketOrder::Title, false)?;
    let named = |slug: &str| definitions.iter().any(|definition| definition.key() == slug);
    let left_alone = all.into_iter().map(|bucket| bucket.slug).filter(|slug| !named(slug)).collect();
    Ok(Plan { applied: false, buckets, left_alone })
}

/// What the person at a terminal says; a script has said it by pushing.
fn agreed(session: &Session) -> Result<bool, Failure> {
    if session.json || !io::stdin().is_terminal() {
        return Ok(true);
    }
    output::ask("Apply this? [y/N] ");
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}

fn show(plan: &Plan) -> io::Result<()> {
    for bucket in &plan.buckets {
        let sign = match bucket.outcome {
            Outcome::Created => '+',
            Outcome::Changed => '~',
            Outcome::Unchanged => '=',
        };
        output::line(&format!("{sign} {}", bucket.key))?;
        for change in &bucket.changes {
            output::line(&format!("    {}", change.in_words()))?;
        }
    }
    if !plan.left_alone.is_empty() {
        output::line(&format!("Left alone, as no file names them: {}", plan.left_alone.join(", ")))?;
    }
    Ok(())
}

fn told(plan: &Plan, dry_run: bool) -> io::Result<()> {
    let count = |outcome| plan.buckets.iter().filter(|bucket| bucket.outcome == outcome).count() as u64;
    let (made, changed) = (count(Outcome::Created), count(Outcome::Changed));
    output::line(&match (made + changed, plan.applied, dry_run) {
        (0, _, _) => "Everything is as the files say.".to_owned(),
        (_, true, _) => format!("Made {}, changed {}.", buckets(made), buckets(changed)),
        (_, false, true) => format!("Would make {}, change {}.", buckets(made), buckets(changed)),
        (_, false, false) => "Nothing was changed.".to_owned(),
    })
}
