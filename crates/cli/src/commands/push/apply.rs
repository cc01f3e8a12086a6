//! Makes the home as the files say.

use super::definition::Definition;
use super::difference::{Difference, Outcome};
use crate::failure::Failure;
use crate::session::Session;
use engine::BucketChanges;

/// Makes and changes every bucket that differs. All of them were checked before, so what is refused here was changed by
/// somebody else meanwhile; the buckets before it are as their files say, and another push goes on with the rest.
pub fn all(session: &Session, definitions: &[Definition], plan: &[Difference]) -> Result<(), Failure> {
    for (definition, difference) in definitions.iter().zip(plan) {
        match difference.outcome {
            Outcome::Unchanged => {}
            Outcome::Created => {
                session.engine.bucket_create(&session.caller, definition.new_bucket())?;
            }
            Outcome::Changed => change(session, definition)?,
        }
    }
    Ok(())
}

fn change(session: &Session, definition: &Definition) -> Result<(), Failure> {
    let present = session.engine.bucket_show(&session.caller, definition.key())?;
    let changes = BucketChanges {
        title: definition.title().map(str::to_owned),
        limits: Some(definition.limits_over(present.limits)),
        category: definition.category(),
        access: definition.access(),
        ..BucketChanges::default()
    };
    session.engine.bucket_update(&session.caller, &present.id, changes)?;
    Ok(())
}
