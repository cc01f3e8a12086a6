//! Names the commands of this program, so that each of them needs a permission (without this list every window could call
//! every command), and asks for the page to be built first.

use std::path::Path;

/// What `src/commands` answers; `capabilities/main.json` allows them to the window.
const COMMANDS: &[&str] = &[
    "run_command",
    "ingest",
    "subscribe",
    "status",
    "pick_files",
    "pick_folders",
    "open_object",
    "edit_object",
    "save_as",
    "copy_text",
    "export_workspace",
    "import_workspace",
    "stop_archive",
    "open_link",
    "set_unsaved",
    "close_window",
];

fn main() {
    assert!(
        Path::new("../ui/dist/index.html").exists(),
        "The page is not built yet. Run `make run`, or `npm ci && npm run build` in ui."
    );
    // The page is embedded at compile time: a new build of it is a new program.
    println!("cargo:rerun-if-changed=../ui/dist");
    println!("cargo:rerun-if-changed=../icons");
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .expect("the configuration is valid");
}
