//! Keys as people type them: the stored key, or what the file was called.

use crate::failure::Failure;
use api::wire::ObjectRef;
use engine::rules::name;

/// The object that is meant. Normalising a stored key changes nothing, so both kinds are read alike.
pub fn object(typed: &str) -> Result<ObjectRef, Failure> {
    let (folder, name) = name::key(typed)?;
    Ok(ObjectRef::Key(if folder.is_empty() { name } else { format!("{folder}/{name}") }))
}

/// The objects that are meant.
pub fn objects(typed: &[String]) -> Result<Vec<ObjectRef>, Failure> {
    typed.iter().map(|typed| object(typed)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_may_be_typed_as_stored_or_as_the_file_was_called() {
        for (typed, key) in [
            ("logo_sheet.svg", "logo_sheet.svg"),
            ("Logo sheet.svg", "logo_sheet.svg"),
            ("Social crops/Été.png", "social_crops/_t_.png"),
            ("/a/b.txt", "a/b.txt"),
        ] {
            assert_eq!(object(typed).unwrap(), ObjectRef::Key(key.to_owned()), "{typed}");
        }
        assert!(object("").is_err());
        assert!(object("..").is_err());
    }
}
