//! Save as: copies out of a bucket, at a place the person chooses.

use super::{Answer, aside, pick};
use api::{
    ApiError, ErrorCode,
    wire::{ObjectDetail, ObjectRef},
};
use engine::{Caller, Engine};
use serde_json::json;
use std::path::{Path, PathBuf};
use tauri::{Runtime, State, WebviewWindow};

/// Saves one file under the name it came with, or several into one folder. The number saved, or `None` if the person chose
/// no place.
#[tauri::command]
pub async fn save_as<R: Runtime>(
    window: WebviewWindow<R>,
    engine: State<'_, Engine>,
    bucket: String,
    objects: Vec<ObjectRef>,
) -> Answer<Option<usize>> {
    let engine = engine.inner().clone();
    let names = {
        let (engine, bucket, objects) = (engine.clone(), bucket.clone(), objects.clone());
        aside(move || {
            objects.iter().map(|object| original_name(&engine, &bucket, object)).collect::<Answer<Vec<_>>>()
        })
        .await?
    };
    let one_file = match names.as_slice() {
        [] => return Ok(Some(0)),
        [name] => Some(name.clone()),
        _ => None,
    };
    let place = match one_file {
        Some(name) => pick::place_for_file(&window, name).await?.map(Place::File),
        None => pick::place_for_files(&window, names.len()).await?.map(Place::Folder),
    };
    let Some(place) = place else { return Ok(None) };
    aside(move || {
        for (object, name) in objects.iter().zip(&names) {
            api::save_copy(&engine, &Caller::window(), &bucket, object, &place.of(name))?;
        }
        Ok(Some(objects.len()))
    })
    .await
}

/// What the person chose.
enum Place {
    /// This very file; the dialog asked about one that is there.
    File(PathBuf),
    /// A folder for all of them; what lies there stays.
    Folder(PathBuf),
}

impl Place {
    fn of(&self, name: &str) -> PathBuf {
        match self {
            Self::File(path) => path.clone(),
            Self::Folder(folder) => free_place(folder, name),
        }
    }
}

/// What the person's file was called, without any folder.
fn original_name(engine: &Engine, bucket: &str, object: &ObjectRef) -> Answer<String> {
    let shown = api::dispatch(
        engine,
        &Caller::window(),
        "object_show",
        json!({ "bucket": bucket, "object": object }),
    )?;
    let detail: ObjectDetail = serde_json::from_value(shown)
        .map_err(|error| ApiError::new(ErrorCode::Internal, error.to_string()))?;
    Ok(base_name(&detail.object.original_name).unwrap_or(detail.object.name))
}

fn base_name(original: &str) -> Option<String> {
    Path::new(original).file_name().map(|name| name.to_string_lossy().into_owned())
}

/// `name` in the folder, or `name (2)`, `name (3)` beside what is there already.
fn free_place(folder: &Path, name: &str) -> PathBuf {
    let file = Path::new(name);
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let extension =
        file.extension().map(|extension| format!(".{}", extension.to_string_lossy())).unwrap_or_default();
    std::iter::once(folder.join(name))
        .chain((2..).map(|number: u64| folder.join(format!("{stem} ({number}){extension}"))))
        .find(|path| path.symlink_metadata().is_err())
        .expect("numbers do not run out")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saving_several_files_overwrites_none_that_is_there() {
        let folder = tempfile::tempdir().unwrap();
        for (name, place) in [
            ("Mug with lemons.jpg", "Mug with lemons.jpg"),
            ("Mug with lemons.jpg", "Mug with lemons (2).jpg"),
            ("Mug with lemons.jpg", "Mug with lemons (3).jpg"),
            ("README", "README"),
            ("README", "README (2)"),
        ] {
            let path = free_place(folder.path(), name);
            assert_eq!(path, folder.path().join(place));
            std::fs::write(path, "").unwrap();
        }
    }

    #[test]
    fn an_original_name_cannot_lead_out_of_the_folder() {
        assert_eq!(base_name("../../etc/passwd").as_deref(), Some("passwd"));
        assert_eq!(base_name("Résumé.pdf").as_deref(), Some("Résumé.pdf"));
        assert_eq!(base_name(".."), None);
    }
}
